/* SPDX-License-Identifier: EUPL-1.2 */

/* How a clock stands: running, met, too late. A limit of another is overrun only when every
 * reading of it says so; an own duty already by the strict one. */
#include <string.h>

#include "wb-clock-private.h"

static const char *const states[] = { "running", "met",       "met-late", "overdue",   "cancelled",
                                      "passed",  "suspended", "waived",   "superseded" };

/* What is being judged. */
typedef struct {
  const WbClock *clock;
  const WbRule *rule; /* NULL where a later version of the rules dropped it */
  WbFacts facts;
  WbInstant created;
  WbInstant now;
  WbInstant late_from; /* first instant at which being late is certain */
} Case;

const char *
wb_clock_state_to_text (WbClockState state)
{
  return states[state];
}

/* Limits of others, and bars, count as over only after their latest reading. */
gboolean
wb_rule_is_own (const WbRule *rule)
{
  if (rule == NULL || rule->kind == WB_KIND_LAW)
    return TRUE;
  if (rule->kind == WB_KIND_POLICY || rule->kind == WB_KIND_OPEN)
    return rule->kind == WB_KIND_POLICY || strcmp (rule->bound, "body") == 0;
  return FALSE;
}

/**
 * wb_clock_get_late_from:
 * @context: rules of the body
 * @clock: a clock
 *
 * Returns: the first instant at which being late is certain
 */
WbInstant
wb_clock_get_late_from (const WbClockContext *context, const WbClock *clock)
{
  const WbRule *rule = wb_rules_find (context->rules, clock->rule);

  return wb_rule_is_own (rule) && !clock->uncertain_start ? clock->end : clock->latest_end;
}

/* The first of a source's dates that lies before now and after what was done already. */
static WbInstant
find_first (const Case *self, const WbTriggerSource *source, WbInstant after, WbMoment **ret_moment)
{
  g_autoptr (GPtrArray) moments = wb_trigger_source_list (source, &self->facts);
  gint best = -1;

  for (guint i = 0; i < moments->len; i++) {
    const WbMoment *moment = moments->pdata[i];

    if (moment->earliest <= self->now && (after == WB_INSTANT_NONE || moment->earliest > after) &&
        (best < 0 || moment->earliest < ((WbMoment *) moments->pdata[best])->earliest))
      best = (gint) i;
  }
  if (best < 0)
    return WB_INSTANT_NONE;
  *ret_moment = g_ptr_array_steal_index (moments, (guint) best);
  return (*ret_moment)->earliest;
}

/* When an end happened; an instant far back where the field holds no date. NONE: it has not, or
 * not yet as of now. */
static WbInstant
find_ended (const Case *self, const WbTriggerSource *source, WbInstant after, WbMoment **ret_moment)
{
  JsonObject *holder = source->kind == WB_SOURCE_CASE ? self->facts.of_case : self->facts.record;
  g_autoptr (WbMoment) parsed = NULL;
  JsonNode *node;

  *ret_moment = NULL;
  if (source->kind == WB_SOURCE_NEIGHBOURS)
    return find_first (self, source, after, ret_moment);
  node = wb_facts_get (holder, source->name);
  if (node == NULL)
    return WB_INSTANT_NONE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? 0 : WB_INSTANT_NONE;
  parsed = wb_moment_parse (node, self->facts.zone, NULL);
  if (parsed == NULL) /* a reason in words */
    return 0;
  return find_first (self, source, after, ret_moment);
}

static char *
format_met (const WbMoment *moment, const WbZone *zone)
{
  return moment->has_time ? wb_zone_format (zone, moment->earliest) : wb_date_format (moment->date);
}

/* Acts that say that it was met, beside what the fields say. */
static gboolean
find_met_by_act (const Case *self, const WbTrigger *trigger, WbInstant *ret_at, char **ret_text)
{
  g_autoptr (GPtrArray) acts = wb_clock_acts (&self->facts, trigger, "clockact.meet");
  gboolean found = FALSE;

  for (guint i = 0; i < acts->len; i++) {
    const WbNeighbour *act = acts->pdata[i];
    g_autoptr (WbMoment) from = wb_facts_get_moment (act->record, "from", self->facts.zone);
    WbInstant at = wb_clock_act_get_at (act, self->facts.zone);

    if (act->created > self->now || at > self->now || (found && at >= *ret_at) ||
        (self->clock->after != WB_INSTANT_NONE && at <= self->clock->after))
      continue;
    found = TRUE;
    *ret_at = at;
    g_free (*ret_text);
    *ret_text =
        from != NULL ? format_met (from, self->facts.zone) : wb_zone_format (self->facts.zone, at);
  }
  return found;
}

/* Whether it was met, and when first. */
static gboolean
find_met (const Case *self, const WbTrigger *trigger, WbInstant *ret_at, char **ret_text)
{
  gboolean found = find_met_by_act (self, trigger, ret_at, ret_text);

  for (guint i = 0; i < trigger->met_by->len; i++) {
    g_autoptr (WbMoment) moment = NULL;
    WbInstant at = find_ended (self, trigger->met_by->pdata[i], self->clock->after, &moment);

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

static gboolean
is_waived (const Case *self, const WbTrigger *trigger)
{
  g_autoptr (GPtrArray) acts = wb_clock_acts (&self->facts, trigger, "clockact.waive");

  for (guint i = 0; i < acts->len; i++)
    if (((WbNeighbour *) acts->pdata[i])->created <= self->now)
      return TRUE;
  return FALSE;
}

/* What came before it was too late takes the duty away; what came later does not undo that. */
static gboolean
is_cancelled_by (const Case *self, const WbTrigger *trigger)
{
  for (guint i = 0; i < trigger->cancelled_by->len; i++) {
    g_autoptr (WbMoment) moment = NULL;
    WbInstant at = find_ended (self, trigger->cancelled_by->pdata[i], WB_INSTANT_NONE, &moment);

    if (at != WB_INSTANT_NONE && (!wb_clock_has_end (self->clock) || at < self->late_from))
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

  if (self->clock->started_by_hand)
    return TRUE;
  if (wb_condition_ask (trigger->when, &self->facts) == WB_ANSWER_NO)
    return FALSE;
  if (!same_rules || trigger->recorded)
    return TRUE;
  start = wb_trigger_find_start (trigger, &self->facts, self->created);
  return g_strcmp0 (start, self->clock->start) == 0;
}

static WbClockState
judge_time (const Case *self)
{
  if (self->clock->is_paused)
    return WB_CLOCK_SUSPENDED;
  if (self->clock->is_open || self->now < self->clock->end)
    return WB_CLOCK_RUNNING;
  if (self->rule != NULL && self->rule->kind == WB_KIND_BAR)
    return self->now >= self->late_from ? WB_CLOCK_PASSED : WB_CLOCK_RUNNING;
  /* An own duty with an uncertain start alarms on the earliest due date. */
  if (wb_rule_is_own (self->rule))
    return WB_CLOCK_OVERDUE;
  return self->now >= self->late_from ? WB_CLOCK_OVERDUE : WB_CLOCK_RUNNING;
}

static WbClockState
judge_met (const Case *self, WbInstant at)
{
  return !wb_clock_has_end (self->clock) || at < self->late_from ? WB_CLOCK_MET : WB_CLOCK_MET_LATE;
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
  if (is_waived (self, trigger))
    *ret_state = WB_CLOCK_WAIVED;
  else
    *ret_state = is_cancelled_by (self, trigger) ? WB_CLOCK_CANCELLED : judge_time (self);
  return TRUE;
}

static void
set_start (WbFacts *facts, const WbClock *clock)
{
  facts->has_start =
      wb_due_parse_start (clock->start, facts->zone, &facts->start, &facts->start_instant, NULL);
}

static Case
new_case (const WbClockContext *context,
          const WbClock *clock,
          const WbClockSubject *subject,
          WbInstant now)
{
  Case judged = { .clock = clock,
                  .rule = wb_rules_find (context->rules, clock->rule),
                  .facts = wb_facts_new (context, subject, now),
                  .created = subject->created,
                  .now = now };

  judged.late_from = wb_clock_get_late_from (context, clock);
  set_start (&judged.facts, clock);
  return judged;
}

/**
 * wb_rules_judge:
 * @context: rules, calendar and settings of the body
 * @clock: a clock
 * @subject: its record, with what belongs to it
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
wb_rules_judge (const WbClockContext *context,
                const WbClock *clock,
                const WbClockSubject *subject,
                WbInstant now,
                char **ret_met)
{
  Case judged = new_case (context, clock, subject, now);
  GPtrArray *triggers = wb_triggers_of_rule (context->rules->triggers, clock->rule);
  g_autofree char *met = NULL;
  gboolean any = FALSE;
  WbClockState state = WB_CLOCK_RUNNING;
  gboolean found = FALSE;

  for (guint i = 0; !found && triggers != NULL && i < triggers->len; i++) {
    const WbTrigger *trigger = triggers->pdata[i];

    if (strcmp (trigger->type, subject->type) != 0)
      continue;
    any = TRUE;
    found = subject->record != NULL && judge_by (&judged, trigger, &state, &met);
  }
  if (!found)
    state = any && subject->record != NULL ? WB_CLOCK_CANCELLED : judge_time (&judged);
  if (ret_met != NULL)
    *ret_met = g_steal_pointer (&met);
  return state;
}
