/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

#include "wb-time.h"

G_BEGIN_DECLS

typedef struct {
  char *code;
  char *label[2];
  char *vocabulary; /* "right", "theme", "act", ... */
  char *section;    /* of taxonomy.tsv */
  char *extra;      /* its last column */
  gboolean own;     /* added by the body, not shipped */
  char *from;       /* (nullable) YYYY-MM-DD: first day of use; shipped terms have neither */
  char *until;      /* (nullable) last day of use */
} WbTerm;

/* Whether it may be chosen for something of that day. */
gboolean wb_term_is_valid_on (const WbTerm *self, WbDate date);
/* Or for something of a day that is not known more exactly. */
gboolean wb_term_is_valid_within (const WbTerm *self, WbDate earliest, WbDate latest);

/* The value of @key in the column extra ("At least=...; ..."), or NULL. */
char *wb_term_dup_extra (const WbTerm *self, const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
