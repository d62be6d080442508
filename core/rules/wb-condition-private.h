/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-due.h"
#include "wb-moment.h"
#include "wb-rule.h"
#include "wb-shape-private.h"

G_BEGIN_DECLS

typedef struct _WbCondition WbCondition;

/* What is known while a clock is started or judged. */
typedef struct {
  const WbRules *rules;
  const WbCalendar *calendar;
  const WbZone *zone;
  const char *profile; /* NULL: not known */
  JsonObject *body;    /* NULL: the body has set nothing */
  GHashTable *targets; /* NULL: no own targets */
  const char *type;
  JsonObject *record;
  JsonObject *of_case;   /* NULL: not known */
  GHashTable *linked;    /* field -> JsonObject; NULL: not known */
  GPtrArray *neighbours; /* (element-type WbNeighbour), NULL: none */
  GPtrArray *standing;   /* (element-type WbClock), NULL: none */
  WbInstant now;
  gboolean has_start;
  WbDate start;
  WbInstant start_instant;
} WbFacts;

typedef enum { WB_ANSWER_NO, WB_ANSWER_YES, WB_ANSWER_UNKNOWN } WbAnswer;

/* @guards: (nullable): conditions by name, which a text refers to */
WbCondition *wb_condition_load (JsonNode *node,
                                JsonObject *guards,
                                const WbPlace *place,
                                GError **error);
void wb_condition_free (WbCondition *self);
WbAnswer wb_condition_ask (const WbCondition *self, const WbFacts *facts);
/* Adds the fields that it looks at: (element-type utf8). */
typedef enum {
  WB_FIELDS_OF_RECORD,
  WB_FIELDS_OF_CASE,
  WB_FIELDS_OF_LINK,
  WB_FIELDS_OF_BODY
} WbFieldsOf;
void wb_condition_list_fields (const WbCondition *self, WbFieldsOf of, GPtrArray *fields);
/* Name of a rule that it measures against and that @rules lacks, or NULL. */
const char *wb_condition_find_unknown_rule (const WbCondition *self, const WbRules *rules);

/* A present value: no null, no empty text or list. NULL otherwise. */
JsonNode *wb_facts_get (JsonObject *object, const char *field);
const char *wb_facts_get_text (JsonObject *object, const char *field);
WbMoment *wb_facts_get_moment (JsonObject *object, const char *field, const WbZone *zone);
/* wb-clock-pause.c: the period of @rule from the start of @facts, moved by what suspended it; NULL
 * with *ret_paused where it stands still now. */
WbDue *wb_facts_measure (const WbFacts *facts, const WbRule *rule, gboolean *ret_paused);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCondition, wb_condition_free)

G_END_DECLS
