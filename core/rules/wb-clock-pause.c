/* SPDX-License-Identifier: EUPL-1.2 */

/* What suspends a clock. Suspended days are those from the day after it stopped up to and including
 * the day on which it goes on (Woo 4.4(3)); they move the end before that rolls. In hours every
 * second counts. */
#include <string.h>

#include "wb-clock-private.h"

typedef struct {
  WbDate first, last;    /* days that do not count, both included */
  WbInstant from, until; /* the same for hours */
  gboolean is_open, by_hand;
} Pause;

static void
add_pause (GArray *pauses, const WbFacts *facts, WbInstant from, WbInstant until, gboolean by_hand)
{
  Pause pause = { .from = from, .until = until, .by_hand = by_hand };

  pause.is_open = until == WB_INSTANT_NONE;
  pause.first = wb_date_add_days (wb_zone_to_local (facts->zone, from).date, 1);
  pause.last = pause.is_open ? pause.first : wb_zone_to_local (facts->zone, until).date;
  if (!pause.is_open && until < from)
    return;
  g_array_append_val (pauses, pause);
}

static void
gather_fields (GArray *pauses, const WbFacts *facts, const WbTrigger *trigger)
{
  for (guint i = 0; i < trigger->pauses->len; i++) {
    const WbTriggerPause *pause = trigger->pauses->pdata[i];
    g_autoptr (WbMoment) from = wb_facts_get_moment (facts->record, pause->from, facts->zone);
    g_autoptr (WbMoment) until = wb_facts_get_moment (facts->record, pause->until, facts->zone);

    if (from != NULL && wb_condition_ask (pause->when, facts) == WB_ANSWER_YES)
      add_pause (pauses,
                 facts,
                 from->earliest,
                 until != NULL ? until->earliest : WB_INSTANT_NONE,
                 pause->by_hand);
  }
}

/* The first act to go on that lies after @from. */
static WbInstant
find_resumed (const WbFacts *facts, GPtrArray *resumes, WbInstant from)
{
  WbInstant first = WB_INSTANT_NONE;

  for (guint i = 0; i < resumes->len; i++) {
    WbInstant at = wb_clock_act_get_at (resumes->pdata[i], facts->zone);

    if (at >= from && (first == WB_INSTANT_NONE || at < first))
      first = at;
  }
  return first;
}

static void
gather_acts (GArray *pauses, const WbFacts *facts, const WbTrigger *trigger)
{
  g_autoptr (GPtrArray) acts = wb_clock_acts (facts, trigger, "clockact.suspend");
  g_autoptr (GPtrArray) resumes = wb_clock_acts (facts, trigger, "clockact.resume");

  for (guint i = 0; i < acts->len; i++) {
    const WbNeighbour *act = acts->pdata[i];
    g_autoptr (WbMoment) until = wb_facts_get_moment (act->record, "until", facts->zone);
    WbInstant from = wb_clock_act_get_at (act, facts->zone);

    add_pause (pauses,
               facts,
               from,
               until != NULL ? until->earliest : find_resumed (facts, resumes, from),
               FALSE);
  }
}

static int
compare_pauses (gconstpointer a, gconstpointer b)
{
  const Pause *one = a, *other = b;

  return one->from < other->from ? -1 : one->from > other->from;
}

static void
remember (GPtrArray *taken, const WbFacts *facts, const Pause *pause, gboolean is_hour)
{
  WbClockPause *kept;

  if (taken == NULL)
    return;
  kept = g_new0 (WbClockPause, 1);
  kept->from = is_hour ? wb_zone_format (facts->zone, pause->from) : wb_date_format (pause->first);
  if (!pause->is_open)
    kept->until =
        is_hour ? wb_zone_format (facts->zone, pause->until) : wb_date_format (pause->last);
  g_ptr_array_add (taken, kept);
}

/* Each day counts once: what was counted already is cut off in front. */
static void
move_days (WbPeriod *period, const Pause *pause, WbDate *counted)
{
  WbDate first =
      wb_date_compare (pause->first, *counted) > 0 ? pause->first : wb_date_add_days (*counted, 1);
  int days = wb_date_to_days (pause->last) - wb_date_to_days (first) + 1;

  if (days < 1)
    return;
  period->moved_days += days;
  *counted = pause->last;
}

static void
move_hours (WbPeriod *period, const Pause *pause, WbInstant *counted)
{
  WbInstant from = MAX (pause->from, *counted);

  if (pause->until <= from)
    return;
  period->moved_ms += pause->until - from;
  *counted = pause->until;
}

/* Whether the period had ended before it was suspended: then that moves nothing. */
static gboolean
is_over (const WbDue *due, const Pause *pause)
{
  if (due->period.unit == WB_UNIT_HOUR)
    return pause->from >= due->end;
  return wb_date_compare (pause->first, due->due) > 0;
}

/**
 * wb_clock_apply_pauses:
 * @facts: what is known
 * @trigger: what started the clock
 * @start: when
 * @period: (inout): gets what was suspended
 * @taken: (nullable) (element-type WbClockPause): gets the pauses that count
 * @ret_state: (out): whether it stands still now, or its end can only be entered by hand
 * @error: return location for an error
 *
 * Returns: %FALSE with the errors of wb_due_compute()
 */
gboolean
wb_clock_apply_pauses (const WbFacts *facts,
                       const WbTrigger *trigger,
                       const WbClockStart *start,
                       WbPeriod *period,
                       GPtrArray *taken,
                       WbPauseState *ret_state,
                       GError **error)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, FALSE, sizeof (Pause));
  WbDate counted = start->first;
  WbInstant counted_at = start->first_at;
  WbPauseState state = WB_PAUSE_NONE;

  gather_fields (pauses, facts, trigger);
  gather_acts (pauses, facts, trigger);
  g_array_sort (pauses, compare_pauses);
  period->moved_days = 0;
  period->moved_ms = 0;
  for (guint i = 0; i < pauses->len && state != WB_PAUSE_OPEN; i++) {
    const Pause *pause = &g_array_index (pauses, Pause, i);
    g_autoptr (WbDue) due =
        wb_due_compute (facts->calendar, facts->zone, period, start->first, start->first_at, error);

    if (due == NULL)
      return FALSE;
    if (is_over (due, pause))
      break;
    remember (taken, facts, pause, period->unit == WB_UNIT_HOUR);
    if (pause->is_open)
      state = WB_PAUSE_OPEN;
    else if (pause->by_hand)
      state = WB_PAUSE_BY_HAND;
    else if (period->unit == WB_UNIT_HOUR)
      move_hours (period, pause, &counted_at);
    else
      move_days (period, pause, &counted);
  }
  *ret_state = state;
  return TRUE;
}

/**
 * wb_facts_measure:
 * @facts: what is known, with the start
 * @rule: a rule with a length
 * @ret_paused: (out): whether it stands still
 *
 * Returns: (transfer full) (nullable): that rule's period from the start; %NULL where it stands
 *   still or cannot be computed
 */
WbDue *
wb_facts_measure (const WbFacts *facts, const WbRule *rule, gboolean *ret_paused)
{
  const WbTrigger *trigger =
      facts->type != NULL ? wb_triggers_find (facts->rules->triggers, rule->code, facts->type)
                          : NULL;
  const WbClockStart start = { facts->start,
                               facts->start,
                               facts->start_instant,
                               facts->start_instant };
  WbPeriod period = rule->period;
  WbPauseState state = WB_PAUSE_NONE;

  *ret_paused = FALSE;
  if (trigger != NULL) {
    g_autofree char *text = wb_facts_format (facts, start.first, start.first_at);

    period = wb_facts_base_period (facts, trigger, text);
    if (!wb_clock_apply_pauses (facts, trigger, &start, &period, NULL, &state, NULL))
      return NULL;
  }
  *ret_paused = state != WB_PAUSE_NONE;
  if (*ret_paused)
    return NULL;
  return wb_due_compute (facts->calendar, facts->zone, &period, start.first, start.first_at, NULL);
}
