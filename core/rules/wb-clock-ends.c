/* SPDX-License-Identifier: EUPL-1.2 */

/* When a clock ends: its period, extended and suspended as its acts and fields say, in both
 * readings, from the earliest and from the latest start. */
#include <string.h>

#include "wb-clock-private.h"
#include "wb-practice.h"

#define RECURRENCES_MAX 1000 /* 3 months each: 250 years */

static WbDue *
compute (const WbFacts *facts,
         const WbPeriod *period,
         WbRegime regime,
         WbDate date,
         WbInstant instant,
         GError **error)
{
  WbPeriod read = *period;

  read.regime = regime;
  return wb_due_compute (facts->calendar, facts->zone, &read, date, instant, error);
}

/* The clock of that rule and start that stands already: later rules do not move it. */
static const WbClock *
find_standing (const WbFacts *facts, const WbRule *rule, const char *start)
{
  for (guint i = 0; facts->standing != NULL && i < facts->standing->len; i++) {
    const WbClock *clock = facts->standing->pdata[i];

    if (strcmp (clock->rule, rule->code) == 0 && g_strcmp0 (clock->start, start) == 0 &&
        !clock->is_open && !clock->by_hand)
      return clock;
  }
  return NULL;
}

/* The length that the body has announced itself. */
static int
find_own_length (const WbFacts *facts, const WbTrigger *trigger)
{
  JsonNode *node =
      trigger->own_length != NULL ? wb_facts_get (facts->body, trigger->own_length) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 1 ||
      json_node_get_int (node) > G_MAXINT16 ||
      wb_condition_ask (trigger->own_when, facts) != WB_ANSWER_YES)
    return 0;
  return (int) json_node_get_int (node);
}

/**
 * wb_facts_base_period:
 * @facts: what is known
 * @trigger: what starts the clock
 * @start: from when, as a clock keeps it
 *
 * Returns: the period of the rule, or the body's own: its target, its announced term, or what held
 *   when the clock began
 */
WbPeriod
wb_facts_base_period (const WbFacts *facts, const WbTrigger *trigger, const char *start)
{
  const WbRule *rule = trigger->rule;
  const WbPeriod *target =
      facts->targets != NULL ? g_hash_table_lookup (facts->targets, rule->code) : NULL;
  const WbClock *standing = find_standing (facts, rule, start);
  WbPeriod period = rule->period;
  int own = find_own_length (facts, trigger);

  if (target != NULL) {
    period.length = target->length;
    period.unit = target->unit;
  } else if (own > 0) {
    period.length = own;
  } else if (standing != NULL &&
             strcmp (standing->version, wb_rules_get_version (facts->rules)) != 0) {
    period = standing->period;
    period.length = standing->every != 0         ? standing->every
                    : standing->period.base != 0 ? standing->period.base
                                                 : standing->period.length;
    period.base = 0;
  }
  return period;
}

/* When it was done last, by a field or by an act on the clock. */
static WbInstant
find_done (const WbFacts *facts, const WbTrigger *trigger)
{
  g_autoptr (GPtrArray) moments = wb_trigger_source_list (trigger->recurs, facts);
  g_autoptr (GPtrArray) acts = wb_clock_acts (facts, trigger, "clockact.meet");
  WbInstant latest = WB_INSTANT_NONE;

  for (guint i = 0; i < moments->len; i++)
    latest = MAX (latest, ((WbMoment *) moments->pdata[i])->earliest);
  for (guint i = 0; i < acts->len; i++)
    latest = MAX (latest, wb_clock_act_get_at (acts->pdata[i], facts->zone));
  return latest;
}

/* The due date that comes next after the latest time that it was done: one done in the second half
 * of an interval, or in the first interval, counts for that interval's end. Always a multiple of
 * the interval from the first start, so that dates do not drift. */
static gboolean
find_recurrence (const WbTrigger *trigger,
                 const WbFacts *facts,
                 const WbClockStart *start,
                 WbClock *clock,
                 GError **error)
{
  WbPeriod period = clock->period;
  WbInstant before = wb_zone_start_of_day (facts->zone, start->first);
  WbInstant done = find_done (facts, trigger);

  clock->every = period.length;
  for (int i = 1; done != WB_INSTANT_NONE && i < RECURRENCES_MAX; i++) {
    g_autoptr (WbDue) due = NULL;

    period.length = i * clock->every;
    due = compute (facts, &period, period.regime, start->first, start->first_at, error);
    if (due == NULL)
      return FALSE;
    if (done < due->end) {
      gboolean counts = i == 1 || done >= before + (due->end - before) / 2;

      clock->period.length = (i + (counts ? 1 : 0)) * clock->every;
      clock->after = done;
      return TRUE;
    }
    before = due->end;
  }
  return TRUE;
}

static void
take_latest (WbClock *clock, const WbDue *due, const WbZone *zone)
{
  if (clock->latest != NULL && due->end <= clock->latest_end)
    return;
  g_free (clock->latest);
  clock->latest = wb_due_format (due, zone);
  clock->latest_end = due->end;
}

/* The lenient reading, and both from the latest start. */
static gboolean
set_latest (WbClock *clock, const WbFacts *facts, const WbClockStart *start, GError **error)
{
  WbRegime lenient = clock->has_lenient ? clock->lenient : clock->period.regime;
  g_autoptr (WbDue) strict_last = NULL;
  g_autoptr (WbDue) lenient_first = NULL;
  g_autoptr (WbDue) lenient_last = NULL;

  strict_last =
      compute (facts, &clock->period, clock->period.regime, start->last, start->last_at, error);
  if (strict_last == NULL)
    return FALSE;
  clock->uncertain_start = strict_last->end != clock->end;
  clock->latest_end = clock->end;
  if (clock->uncertain_start) {
    clock->start_latest = wb_facts_format (facts, start->last, start->last_at);
    take_latest (clock, strict_last, facts->zone);
  }
  if (!clock->has_lenient)
    return TRUE;
  lenient_first = compute (facts, &clock->period, lenient, start->first, start->first_at, error);
  if (lenient_first == NULL)
    return FALSE;
  lenient_last = compute (facts, &clock->period, lenient, start->last, start->last_at, error);
  if (lenient_last == NULL)
    return FALSE;
  take_latest (clock, lenient_first, facts->zone);
  take_latest (clock, lenient_last, facts->zone);
  return TRUE;
}

static void
free_pause (gpointer data)
{
  WbClockPause *pause = data;

  g_free (pause->from);
  g_free (pause->until);
  g_free (pause);
}

static gboolean
suspend (WbClock *clock,
         const WbTrigger *trigger,
         const WbFacts *facts,
         const WbClockStart *start,
         WbPauseState *ret_state,
         GError **error)
{
  g_clear_pointer (&clock->pauses, g_ptr_array_unref);
  clock->pauses = g_ptr_array_new_with_free_func (free_pause);
  return wb_clock_apply_pauses (facts,
                                trigger,
                                start,
                                &clock->period,
                                clock->pauses,
                                ret_state,
                                error);
}

/* Extensions are added to the end before it rolls; each must come before the end as it then is. */
static gboolean
extend (WbClock *clock,
        const WbTrigger *trigger,
        const WbFacts *facts,
        const WbClockStart *start,
        WbPauseState *state,
        GError **error)
{
  g_autoptr (GPtrArray) acts = wb_clock_acts (facts, trigger, "clockact.extend");
  int base = clock->period.length;
  guint times = 0;

  for (guint i = 0; i < acts->len && *state == WB_PAUSE_NONE; i++) {
    g_autoptr (WbDue) due = wb_due_compute (facts->calendar,
                                            facts->zone,
                                            &clock->period,
                                            start->first,
                                            start->first_at,
                                            error);

    if (due == NULL)
      return FALSE;
    if (!wb_clock_act_extends (acts->pdata[i],
                               facts->rules,
                               trigger->rule,
                               times,
                               due->end,
                               &clock->period.length))
      continue;
    times++;
    if (clock->period.base == 0)
      clock->period.base = base;
    if (!suspend (clock, trigger, facts, start, state, error))
      return FALSE;
  }
  return TRUE;
}

/* A date that a person entered, in an act on the clock or in a field: the end of that day. */
static gboolean
set_by_hand (WbClock *clock, const WbTrigger *trigger, const WbFacts *facts)
{
  g_autoptr (GPtrArray) acts = wb_clock_acts (facts, trigger, "clockact.date");
  g_autoptr (WbMoment) date = NULL;

  for (guint i = acts->len; i > 0 && date == NULL; i--)
    date = wb_facts_get_moment (((WbNeighbour *) acts->pdata[i - 1])->record, "until", facts->zone);
  if (date == NULL && trigger->date != NULL)
    date = wb_facts_get_moment (facts->record, trigger->date, facts->zone);
  if (date == NULL)
    return FALSE;
  clock->by_hand = TRUE;
  clock->has_lenient = FALSE;
  clock->due = wb_date_format (date->latest_date);
  clock->end = clock->latest_end =
      wb_zone_start_of_day (facts->zone, wb_date_add_days (date->latest_date, 1));
  return TRUE;
}

static void
set_period (WbClock *clock, const WbTrigger *trigger, const WbFacts *facts)
{
  clock->period = wb_facts_base_period (facts, trigger, clock->start);
  if (trigger->extends != NULL) {
    const WbTrigger *extended =
        wb_triggers_find (facts->rules->triggers, trigger->extends->code, trigger->type);
    WbPeriod base = extended != NULL ? wb_facts_base_period (facts, extended, clock->start)
                                     : trigger->extends->period;

    clock->period.base = base.length;
    clock->period.length = base.length + trigger->rule->period.length;
  }
  clock->has_lenient = trigger->has_lenient;
  clock->lenient = trigger->lenient;
}

static void
drop_empty_pauses (WbClock *clock)
{
  if (clock->pauses != NULL && clock->pauses->len == 0)
    g_clear_pointer (&clock->pauses, g_ptr_array_unref);
}

/**
 * wb_clock_set_ends:
 * @self: a clock with rule and start
 * @trigger: what starts it
 * @facts: what is known, seen from the start
 * @start: from when
 * @error: return location for an error
 *
 * Returns: %FALSE with the errors of wb_due_compute()
 */
gboolean
wb_clock_set_ends (WbClock *self,
                   const WbTrigger *trigger,
                   const WbFacts *facts,
                   const WbClockStart *start,
                   GError **error)
{
  WbPauseState state = WB_PAUSE_NONE;
  g_autoptr (WbDue) due = NULL;

  self->is_open = !trigger->rule->has_period;
  if (self->is_open) {
    self->is_open = !set_by_hand (self, trigger, facts);
    return TRUE;
  }
  set_period (self, trigger, facts);
  if ((trigger->recurs != NULL && !find_recurrence (trigger, facts, start, self, error)) ||
      !suspend (self, trigger, facts, start, &state, error) ||
      !extend (self, trigger, facts, start, &state, error))
    return FALSE;
  drop_empty_pauses (self);
  self->is_paused = state == WB_PAUSE_OPEN;
  if (self->is_paused || set_by_hand (self, trigger, facts))
    return TRUE;
  self->is_open = self->awaits_date = state == WB_PAUSE_BY_HAND;
  if (self->is_open)
    return TRUE;
  due = compute (facts, &self->period, self->period.regime, start->first, start->first_at, error);
  if (due == NULL)
    return FALSE;
  self->due = wb_due_format (due, facts->zone);
  self->end = due->end;
  return set_latest (self, facts, start, error);
}
