/* SPDX-License-Identifier: EUPL-1.2 */

/* How a clock stands: running, met, too late. A limit of another is overrun only when every
 * reading of it says so; an own duty already by the strict one. */
#include <string.h>

#include "wb-clock-private.h"

static const char *const states[] = {
  "running", "met", "met-late", "overdue", "cancelled", "passed"
};

/* What is being judged. */
typedef struct {
  const WbClock *clock;
  const WbRule *rule; /* NULL where a later version of the rules dropped it */
  WbFacts facts;
  WbInstant now;
  WbInstant late_from; /* first instant at which being late is certain */
} Case;

const char *
wb_clock_state_to_text (WbClockState state)
{
  return states[state];
}

JsonObject *
wb_facts_pick_case (const char *type, JsonObject *record, JsonObject *of_case)
{
  return of_case == NULL && strcmp (type, "case") == 0 ? record : of_case;
}

/* Limits of others, and bars, count as over only after their latest reading. */
static gboolean
is_own (const WbRule *rule)
{
  return rule == NULL || rule->kind == WB_KIND_LAW || rule->kind == WB_KIND_POLICY;
}

static WbInstant
find_late_from (const WbClock *clock, const WbRule *rule)
{
  return is_own (rule) && !clock->uncertain_start ? clock->end : clock->latest_end;
}

static JsonObject *
get_holder (const Case *self, const WbTriggerEnd *end)
{
  return end->of_case ? self->facts.of_case : self->facts.record;
}

/* When an end happened; an instant far back where the field holds no date. NONE: it has not, or
 * not yet as of now. */
static WbInstant
find_ended (const Case *self, const WbTriggerEnd *end, WbMoment **ret_moment)
{
  JsonObject *holder = get_holder (self, end);
  JsonNode *node = wb_facts_get (holder, end->name);
  g_autoptr (WbMoment) moment = NULL;
  g_autoptr (WbMoment) parsed = NULL;

  *ret_moment = NULL;
  if (node == NULL)
    return WB_INSTANT_NONE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? 0 : WB_INSTANT_NONE;
  parsed = wb_moment_parse (node, self->facts.zone, NULL);
  if (parsed == NULL) /* a reason in words */
    return 0;
  moment = wb_facts_get_moment (holder, end->name, self->facts.zone);
  if (moment == NULL || moment->earliest > self->now)
    return WB_INSTANT_NONE;
  *ret_moment = g_steal_pointer (&moment);
  return (*ret_moment)->earliest;
}

static char *
format_met (const WbMoment *moment, const WbZone *zone)
{
  return moment->has_time ? wb_zone_format (zone, moment->earliest) : wb_date_format (moment->date);
}

/* Whether it was met, and when first. */
static gboolean
find_met (const Case *self, const WbTrigger *trigger, WbInstant *ret_at, char **ret_text)
{
  gboolean found = FALSE;

  for (guint i = 0; i < trigger->met_by->len; i++) {
    g_autoptr (WbMoment) moment = NULL;
    WbInstant at = find_ended (self, trigger->met_by->pdata[i], &moment);

    if (at == WB_INSTANT_NONE || (found && at >= *ret_at) ||
        (self->clock->after != WB_INSTANT_NONE && at <= self->clock->after))
      continue;
    found = TRUE;
    *ret_at = at;
    g_free (*ret_text);
    *ret_text = moment != NULL ? format_met (moment, self->facts.zone) : NULL;
  }
  return found;
}

/* What came before it was too late takes the duty away; what came later does not undo that. */
static gboolean
is_cancelled_by (const Case *self, const WbTrigger *trigger)
{
  for (guint i = 0; i < trigger->cancelled_by->len; i++) {
    g_autoptr (WbMoment) moment = NULL;
    WbInstant at = find_ended (self, trigger->cancelled_by->pdata[i], &moment);

    if (at != WB_INSTANT_NONE && (self->clock->is_open || at < self->late_from))
      return TRUE;
  }
  return FALSE;
}

/* Whether the record's fields still start this very clock. Of a clock of older rules only the
 * conditions are asked: what its start was then read from is not known now. */
static gboolean
still_starts (const Case *self, const WbTrigger *trigger)
{
  g_autofree char *start = NULL;
  gboolean same_rules =
      strcmp (self->clock->version, wb_rules_get_version (self->facts.rules)) == 0;

  if (wb_condition_ask (trigger->when, &self->facts) == WB_ANSWER_NO)
    return FALSE;
  if (!same_rules || trigger->recorded)
    return TRUE;
  start = wb_trigger_find_start (trigger, &self->facts);
  return g_strcmp0 (start, self->clock->start) == 0;
}

static WbClockState
judge_time (const Case *self)
{
  if (self->clock->is_open || self->now < self->clock->end)
    return WB_CLOCK_RUNNING;
  if (self->rule != NULL && self->rule->kind == WB_KIND_BAR)
    return self->now >= self->late_from ? WB_CLOCK_PASSED : WB_CLOCK_RUNNING;
  /* An own duty with an uncertain start alarms on the earliest due date. */
  if (is_own (self->rule))
    return WB_CLOCK_OVERDUE;
  return self->now >= self->late_from ? WB_CLOCK_OVERDUE : WB_CLOCK_RUNNING;
}

static WbClockState
judge_met (const Case *self, WbInstant at)
{
  return self->clock->is_open || at < self->late_from ? WB_CLOCK_MET : WB_CLOCK_MET_LATE;
}

/* FALSE where this trigger has nothing to do with the clock any more. */
static gboolean
judge_by (const Case *self, const WbTrigger *trigger, WbClockState *ret_state, char **ret_met)
{
  g_autofree char *met = NULL;
  WbInstant at = WB_INSTANT_NONE;

  if (!still_starts (self, trigger))
    return FALSE;
  if (find_met (self, trigger, &at, &met)) {
    *ret_state = judge_met (self, at);
    *ret_met = g_steal_pointer (&met);
    return TRUE;
  }
  *ret_state = is_cancelled_by (self, trigger) ? WB_CLOCK_CANCELLED : judge_time (self);
  return TRUE;
}

static void
set_start (WbFacts *facts, const WbClock *clock)
{
  facts->has_start =
      wb_due_parse_start (clock->start, facts->zone, &facts->start, &facts->start_instant, NULL);
}

/**
 * wb_rules_judge:
 * @self: the rules
 * @clock: a clock
 * @zone: local time of the body
 * @type: type of its record
 * @record: (nullable): all present fields of its record; %NULL where they are gone
 * @of_case: (nullable): fields of its case
 * @now: as of when; what happened later is passed over
 * @ret_met: (out) (optional) (nullable) (transfer full): when it was met, as a date or a time with
 *   offset; %NULL where it was not, or the field that met it holds no date
 *
 * Judges a clock. The body's own duties (law, policy) are late by the strict reading. Limits of
 * others (watch) and bars have run out for certain only after the lenient reading, or with an
 * uncertain start after the one from the latest start: until then the clock runs, and
 * wb_clock_is_disputed() tells that it is past the strict one. A clock is cancelled where the
 * record no longer starts it, or where its duty fell away before it was late.
 *
 * Returns: the state
 */
WbClockState
wb_rules_judge (const WbRules *self,
                const WbClock *clock,
                const WbZone *zone,
                const char *type,
                JsonObject *record,
                JsonObject *of_case,
                WbInstant now,
                char **ret_met)
{
  Case judged = { .clock = clock,
                  .rule = wb_rules_find (self, clock->rule),
                  .facts = { .rules = self,
                             .calendar = wb_calendar_get_default (NULL),
                             .zone = zone,
                             .record = record,
                             .of_case = wb_facts_pick_case (type, record, of_case) },
                  .now = now };
  GPtrArray *triggers = wb_triggers_of_rule (self->triggers, clock->rule);
  g_autofree char *met = NULL;
  gboolean any = FALSE;
  WbClockState state = WB_CLOCK_RUNNING;
  gboolean found = FALSE;

  judged.late_from = find_late_from (clock, judged.rule);
  set_start (&judged.facts, clock);
  for (guint i = 0; !found && triggers != NULL && i < triggers->len; i++) {
    const WbTrigger *trigger = triggers->pdata[i];

    if (strcmp (trigger->type, type) != 0)
      continue;
    any = TRUE;
    found = record != NULL && judge_by (&judged, trigger, &state, &met);
  }
  if (!found)
    state = any && record != NULL ? WB_CLOCK_CANCELLED : judge_time (&judged);
  if (ret_met != NULL)
    *ret_met = g_steal_pointer (&met);
  return state;
}
