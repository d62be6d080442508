/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What must hold of one field: its value, or one of its values, is among these. "*" stands for any
 * value, "-" for none, "=name" for the value that the record of the act has in that field. */
typedef struct {
  char *field;
  char **values;
} WbMatch;
/* (element-type WbMatch): all of them hold. @subject: (nullable): what "=name" looks at. */
gboolean wb_match_test (GPtrArray *matches, JsonObject *values, JsonObject *subject);
gboolean wb_match_value (JsonObject *values, const char *field, const char *const *among);

/* The kinds of bodies that the register knows; NULL-terminated. */
extern const char *const WB_BODY_PROFILES[];

/* What a guard looks at. "Subject" is the record of the act; of a move, the case. */
typedef enum {
  WB_GUARD_FIELD_PRESENT,     /* @field of @type (the case or the subject) holds a value */
  WB_GUARD_FIELD_NOT,         /* ... holds none of @values */
  WB_GUARD_EVERY_RECORD_NOT,  /* every record of @type holds in @field a value outside @values */
  WB_GUARD_EVERY_TERM,        /* every record of @type weighs in @field every term of its list */
  WB_GUARD_RECORD_EXISTS,     /* some record of @type matches; @about: and points at the subject */
  WB_GUARD_NO_RUNNING_CLOCK,  /* no clock of the kinds @values runs */
  WB_GUARD_DATE_PASSED,       /* the day in @field of the subject is over */
  WB_GUARD_NOT_AHEAD,         /* the moment in @field of the subject can have come */
  WB_GUARD_OTHER_USER,        /* somebody else than who set @field of the subject before */
  WB_GUARD_RETENTION_EXPIRED, /* as the body's own list counts it */
  WB_GUARD_NO_OPEN_REQUEST,   /* no data subject waits for an answer */
  WB_GUARD_CONSENT,           /* for one of the purposes @values and the subject's recipient, now */
  WB_GUARD_DECISION,          /* two persons decided one of the kinds @values about the subject */
  WB_GUARD_DOCUMENTS,         /* none of its documents is as confidential as @values, or decided */
  WB_GUARD_IDENTITY,          /* the persons concerned are known by @values (fields) */
  WB_GUARD_USER_EXISTS,       /* @field names a user of the register */
  WB_GUARD_OWN_NAME,          /* @field names the user who acts */
  WB_GUARD_NO_INTEREST,       /* the user who acts declared no interest in the case */
  WB_GUARD_CONSENT_SETTLED,   /* every withdrawal was acted on */
  WB_GUARD_PERSONS_NOT,       /* no person concerned holds in @field one of @values */
  WB_GUARD_CHILD_REPRESENTED, /* the person is no child, or a representative acts for it */
  WB_GUARD_MERGEABLE,         /* @field points at another case that is alive */
  WB_GUARD_CLEARED,           /* the documents in @field are not above the recipient's level */
  WB_GUARD_ADMITTED,          /* the user who acts may have the document as it was */
  WB_GUARD_SEALED,            /* the fields @values, of the subject or of the record in @field, hold
                                 nothing in the clear; @about: of the records that @if looks for */
  WB_GUARD_REFERRAL_ALLOWED,  /* some referral of the case may go now as it is */
  WB_GUARD_NEVER,             /* it may not be */
  WB_N_GUARD_CHECKS
} WbGuardCheck;

/* Something that must hold before a move or an act: a rule that refuses, with its name. */
typedef struct {
  char *name;
  WbGuardCheck check;
  char *label[2];    /* one sentence */
  char *basis;       /* (nullable): "OB-21; OPCAT 21(2)" */
  char *type;        /* (nullable): record type; NULL: the subject */
  char *field;       /* (nullable) */
  char **values;     /* never NULL */
  GPtrArray *match;  /* (element-type WbMatch): of the record that is looked for */
  char *about;       /* (nullable): field of that record which points at the subject */
  gboolean newest;   /* only the newest record about the subject counts */
  GPtrArray *unless; /* (element-type WbMatch): the subject so needs no guard */
  char *if_type;     /* (nullable): only where the case has a record of this type */
  GPtrArray *if_match;
  char *each;       /* (nullable): field of @type; each record of @if_type needs one of its own */
  char **decisions; /* kinds of decisions of two persons that lift it */
  char **profiles;  /* only where the body has one of these; empty: everywhere */
} WbGuard;

/* From one status of a case to another. */
typedef struct {
  char *from;
  char *to;
  char *who;             /* "user", "second-reader", "erasure" */
  guint users;           /* 1, or 2 that act together */
  gboolean needs_reason; /* the act must say why */
  char *basis;           /* (nullable) */
  GPtrArray *guards;     /* (element-type WbGuard) */
} WbMove;

/* A decision of @kind counts only for as long as @guard holds, seen from the act that it lifts. */
typedef struct {
  char *kind; /* decisionkind.* */
  const WbGuard *guard;
} WbLapse;

typedef enum {
  WB_ACT_CREATE = 1 << 0,
  WB_ACT_CHANGE = 1 << 1,
  WB_ACT_DECIDE = 1 << 2,
  WB_ACT_WIDEN = 1 << 3 /* something sealed is for more people than before */
} WbActKind;

/* Records of @type, where only @fields are set. */
typedef struct {
  char *type;
  char **fields; /* empty: all */
} WbActException;

/* An act that asks for something: recording or changing a record so. */
typedef struct {
  char *name;
  char *type;                   /* record type, or "*" for all */
  guint on;                     /* WbActKind */
  GPtrArray *when, *before;     /* (element-type WbMatch): after and before */
  GPtrArray *of_case, *of_body; /* ... of its case; of the settings of the body */
  char **sets;                  /* empty, or it sets one of these */
  char *lowers;                 /* (nullable): or it sets this one lower than it was */
  gboolean needs_reason;
  char *basis;       /* (nullable) */
  GPtrArray *except; /* (element-type WbActException) */
  GPtrArray *guards; /* (element-type WbGuard) */
} WbActRule;

G_END_DECLS
