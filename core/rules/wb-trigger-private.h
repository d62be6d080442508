/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-condition-private.h"

G_BEGIN_DECLS

/* A field that ends a clock. */
typedef struct {
  gboolean of_case;
  char *name;
} WbTriggerEnd;

/* What starts, meets and cancels the clocks of one rule: one item of triggers.json. */
typedef struct {
  const WbRule *rule;  /* borrowed from the rules */
  char *type;          /* of the record */
  GPtrArray *fields;   /* (element-type utf8) dates of the start: the last of them counts */
  gboolean recorded;   /* starts when the act was recorded */
  const WbRule *after; /* (nullable): starts when that rule's period from the field ends */
  WbCondition *when;   /* (nullable) */
  GPtrArray *touched;  /* (element-type utf8) fields whose change makes us look again */
  GPtrArray *met_by, *cancelled_by; /* (element-type WbTriggerEnd) */
  gboolean has_lenient;
  WbRegime lenient;
  char *family;
  char *recurs; /* (nullable): field of the latest time that it was done */
  gboolean once;
} WbTrigger;

typedef struct {
  GPtrArray *list;     /* (element-type WbTrigger) */
  GHashTable *by_rule; /* code -> GPtrArray of borrowed WbTrigger */
  GPtrArray *remarks;  /* (element-type WbRemark) */
  GPtrArray *releases; /* (element-type WbRelease) */
} WbTriggers;

WbTriggers *wb_triggers_load (GBytes *json, const WbRules *rules, GError **error);
void wb_triggers_free (WbTriggers *self);
/* (transfer none) (nullable) (element-type WbTrigger): those of one rule */
GPtrArray *wb_triggers_of_rule (const WbTriggers *self, const char *code);

G_END_DECLS
