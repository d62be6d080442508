/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a guard looks at. */
typedef enum {
  WB_GUARD_FIELD_PRESENT,     /* @field of the case's record of @type holds a value */
  WB_GUARD_FIELD_NOT,         /* ... holds none of @values */
  WB_GUARD_EVERY_RECORD_NOT,  /* every record of @type holds in @field a value outside @values */
  WB_GUARD_RECORD_EXISTS,     /* some record of @type holds in @field one of @values */
  WB_GUARD_NO_RUNNING_CLOCK,  /* no clock of the kinds @values runs */
  WB_GUARD_CONFIRMED,         /* a person says so */
  WB_GUARD_OTHER_USER,        /* somebody else than who made the move before */
  WB_GUARD_RETENTION_EXPIRED, /* as the rules count it */
} WbGuardCheck;

/* Something that must hold before a move. */
typedef struct {
  char *name;
  WbGuardCheck check;
  char *label[2]; /* one sentence */
  char *type;     /* (nullable): record type */
  char *field;    /* (nullable) */
  char **values;  /* never NULL */
} WbGuard;

/* From one status of a case to another. */
typedef struct {
  char *from;
  char *to;
  char *who;             /* "user", "second-reader" */
  guint users;           /* 1, or 2 that act together */
  gboolean needs_reason; /* the act must say why */
  GPtrArray *guards;     /* (element-type WbGuard) */
} WbMove;

G_END_DECLS
