/* SPDX-License-Identifier: EUPL-1.2 */

/* Acts on a clock: a person extends, suspends, meets or waives it, or enters its date. Each is a
 * record of its own; nothing edits a clock in place. */
#include <string.h>

#include "wb-clock-private.h"
#include "wb-practice.h"

#define ACT_TYPE "clockact"
#define ACT_FIELD "record"

/**
 * wb_neighbour_new:
 * @type: type of the record that points
 * @field: the field by which it does
 * @created: when it was made
 * @record: its present fields
 *
 * Returns: (transfer full): the neighbour
 */
WbNeighbour *
wb_neighbour_new (const char *type, const char *field, WbInstant created, JsonObject *record)
{
  WbNeighbour *self = g_new0 (WbNeighbour, 1);

  self->type = g_strdup (type);
  self->field = g_strdup (field);
  self->created = created;
  self->record = json_object_ref (record);
  return self;
}

void
wb_neighbour_free (WbNeighbour *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->field);
  g_clear_pointer (&self->record, json_object_unref);
  g_free (self);
}

/* Whoever extends the six weeks of a complaint means its clock, whatever that has become since. */
static gboolean
is_of_family (const WbFacts *facts, const WbTrigger *trigger, const char *code)
{
  const WbTrigger *named;

  if (code == NULL)
    return FALSE;
  if (strcmp (code, trigger->rule->code) == 0)
    return TRUE;
  named = wb_triggers_find (facts->rules->triggers, code, trigger->type);
  return named != NULL && strcmp (named->family, trigger->family) == 0;
}

/**
 * wb_clock_acts:
 * @facts: what is known of a record
 * @trigger: what started a clock of it
 * @action: such as "clockact.extend"
 *
 * Returns: (transfer container) (element-type WbNeighbour): the acts of that kind on it, oldest
 *   first
 */
GPtrArray *
wb_clock_acts (const WbFacts *facts, const WbTrigger *trigger, const char *action)
{
  GPtrArray *acts = g_ptr_array_new ();

  for (guint i = 0; facts->neighbours != NULL && i < facts->neighbours->len; i++) {
    const WbNeighbour *neighbour = facts->neighbours->pdata[i];

    if (strcmp (neighbour->type, ACT_TYPE) == 0 && strcmp (neighbour->field, ACT_FIELD) == 0 &&
        g_strcmp0 (wb_facts_get_text (neighbour->record, "action"), action) == 0 &&
        is_of_family (facts, trigger, wb_facts_get_text (neighbour->record, "rule")))
      g_ptr_array_add (acts, (gpointer) neighbour);
  }
  return acts;
}

/**
 * wb_clock_act_get_at:
 * @act: an act on a clock
 * @zone: local time of the body
 *
 * Returns: the moment that it says, else when it was recorded
 */
WbInstant
wb_clock_act_get_at (const WbNeighbour *act, const WbZone *zone)
{
  g_autoptr (WbMoment) from = wb_facts_get_moment (act->record, "from", zone);

  return from != NULL ? from->earliest : act->created;
}

/**
 * wb_clock_act_extends:
 * @act: an act that would extend
 * @rules: the rules
 * @rule: whose clock it would extend
 * @times: how often it was extended already
 * @end: when the clock ends so far
 * @length: (inout): length in the unit of @rule
 *
 * An extension counts only where the rule allows it, not too often, not by too much, and recorded
 * before the end.
 *
 * Returns: whether it counts
 */
gboolean
wb_clock_act_extends (const WbNeighbour *act,
                      const WbRules *rules,
                      const WbRule *rule,
                      guint times,
                      WbInstant end,
                      int *length)
{
  const WbExtension *allowed = wb_practice_find_extension (rules, rule->code);
  JsonNode *node = wb_facts_get (act->record, "length");
  gint64 by;

  if (allowed == NULL || act->created >= end || (allowed->times > 0 && times >= allowed->times))
    return FALSE;
  by = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
               json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : allowed->length;
  if (by < 1 || by > allowed->length)
    return FALSE;
  *length += (int) by;
  return TRUE;
}
