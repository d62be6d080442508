/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-condition-private.h"

G_BEGIN_DECLS

/* Where a date comes from. */
typedef enum {
  WB_SOURCE_FIELD,      /* a field of the record */
  WB_SOURCE_CASE,       /* a field of its case */
  WB_SOURCE_YEAR_END,   /* the last day of the year that a field names */
  WB_SOURCE_NEIGHBOURS, /* a field of the records of a type that point at this one */
} WbSourceKind;
typedef struct {
  WbSourceKind kind;
  char *name;        /* of the field */
  char *type, *by;   /* neighbours: of which type, and by which of their fields they point */
  WbCondition *when; /* (nullable) of a neighbour */
} WbTriggerSource;
WbTriggerSource *wb_trigger_source_load (JsonNode *node,
                                         JsonObject *guards,
                                         const WbPlace *place,
                                         GError **error);
void wb_trigger_source_free (WbTriggerSource *self);
/* (element-type WbMoment): every date that it gives, in no order */
GPtrArray *wb_trigger_source_list (const WbTriggerSource *self, const WbFacts *facts);

/* Days between two dates that do not count. */
typedef struct {
  char *from, *until; /* fields of the record */
  gboolean by_hand;   /* nobody can tell what is left after it: the new date is entered by hand */
  WbCondition *when;  /* (nullable) */
} WbTriggerPause;

/* What is said beside a clock. */
typedef struct {
  WbCondition *when;
  char *text[2];
} WbTriggerNote;

/* What starts, meets and cancels the clocks of one rule: one item of triggers.json. */
typedef struct {
  const WbRule *rule;    /* borrowed from the rules */
  char *type;            /* of the record */
  GPtrArray *fields;     /* (element-type WbTriggerSource) dates of the start: the last counts */
  gboolean recorded;     /* starts when the record was made */
  const WbRule *after;   /* (nullable): starts when that rule's period from the field ends */
  const WbRule *extends; /* (nullable): its period is added to that rule's, from the same start */
  char *date;            /* (nullable): field that gives the due date itself */
  char *own_length;      /* (nullable): field of the body's settings with its announced length, */
  WbCondition *own_when; /* (nullable): which counts where this holds */
  WbCondition *when;     /* (nullable) */
  GPtrArray *touched;    /* (element-type utf8) fields whose change makes us look again, */
  GPtrArray *touched_case, *touched_link; /* the same of its case, and of linked records */
  GPtrArray *met_by, *cancelled_by;       /* (element-type WbTriggerSource) */
  GPtrArray *answered_by;                 /* (element-type WbTriggerSource) of what @recurs asked */
  GPtrArray *pauses;                      /* (element-type WbTriggerPause) */
  GPtrArray *notes;                       /* (element-type WbTriggerNote) */
  gboolean has_lenient;
  WbRegime lenient;
  char *family;
  WbTriggerSource *recurs; /* (nullable): when it was done */
  gboolean once;
} WbTrigger;

/* Clocks of records of @target look at the records that point at them by @field. */
typedef struct {
  const char *field, *target;
} WbTriggerWatch;

typedef struct {
  GPtrArray *list;     /* (element-type WbTrigger) */
  GHashTable *by_rule; /* code -> GPtrArray of borrowed WbTrigger */
  GPtrArray *remarks;  /* (element-type WbRemark) */
  GPtrArray *releases; /* (element-type WbRelease) */
  GHashTable *watched; /* type of what points -> GArray of WbTriggerWatch */
  GHashTable *linked;  /* set: fields of linked records that some clock looks at */
} WbTriggers;

WbTriggers *wb_triggers_load (GBytes *json, const WbRules *rules, GError **error);
void wb_triggers_free (WbTriggers *self);
/* (transfer none) (nullable) (element-type WbTrigger): those of one rule */
GPtrArray *wb_triggers_of_rule (const WbTriggers *self, const char *code);
/* The first of one rule for records of a type, or NULL. */
const WbTrigger *wb_triggers_find (const WbTriggers *self, const char *code, const char *type);

G_END_DECLS
