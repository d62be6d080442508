/* SPDX-License-Identifier: EUPL-1.2 */

/* A clock as stretches of time: from when, both readings of its end, what was suspended and what
 * came too late. Nothing is counted here: it tells what the clock was given. */
#include "wb-clock-span.h"

#include "wb-clock-private.h"

/* A day that a clock keeps begins at midnight; @after: the day after it. */
static WbInstant
instant_of (const char *kept, const WbZone *zone, gboolean after)
{
  WbDate date;
  WbInstant instant;

  if (kept == NULL || !wb_due_parse_start (kept, zone, &date, &instant, NULL))
    return WB_INSTANT_NONE;
  if (instant != WB_INSTANT_NONE)
    return instant;
  return wb_zone_start_of_day (zone, after ? wb_date_add_days (date, 1) : date);
}

static void
set_gaps (WbClockSpan *self, const WbClock *clock, const WbZone *zone)
{
  self->gaps = g_array_new (FALSE, FALSE, sizeof (WbClockGap));
  for (guint i = 0; clock->pauses != NULL && i < clock->pauses->len; i++) {
    const WbClockPause *pause = clock->pauses->pdata[i];
    WbClockGap gap = { instant_of (pause->from, zone, FALSE),
                       instant_of (pause->until, zone, TRUE) };

    if (gap.from != WB_INSTANT_NONE)
      g_array_append_val (self->gaps, gap);
  }
}

/* That nobody told the end of another's procedure is no proof that it came too late. */
static void
set_over (WbClockSpan *self,
          const WbClockContext *context,
          const WbClock *clock,
          WbClockState state,
          WbInstant now)
{
  WbInstant from = wb_clock_get_late_from (context, clock);
  WbInstant until = state == WB_CLOCK_MET_LATE ? self->met : now;

  self->over_from = self->over_until = WB_INSTANT_NONE;
  if ((state != WB_CLOCK_OVERDUE && state != WB_CLOCK_MET_LATE) || from == WB_INSTANT_NONE ||
      until == WB_INSTANT_NONE || until <= from)
    return;
  self->over_from = from;
  self->over_until = until;
  self->over_is_certain =
      state == WB_CLOCK_MET_LATE || wb_rule_is_own (wb_rules_find (context->rules, clock->rule));
}

/**
 * wb_clock_get_span:
 * @context: rules and local time of the body
 * @clock: a clock
 * @state: from wb_rules_judge()
 * @met: (nullable): from the same
 * @now: as of when it was judged
 *
 * Returns: (transfer full) (nullable): its stretches of time; %NULL where its start is not known
 */
WbClockSpan *
wb_clock_get_span (const WbClockContext *context,
                   const WbClock *clock,
                   WbClockState state,
                   const char *met,
                   WbInstant now)
{
  WbInstant from = instant_of (clock->start, context->zone, FALSE);
  WbInstant from_latest = instant_of (clock->start_latest, context->zone, FALSE);
  gboolean has_end = wb_clock_has_end (clock) && clock->end != WB_INSTANT_NONE;
  WbClockSpan *self;

  if (from == WB_INSTANT_NONE)
    return NULL;
  self = g_new0 (WbClockSpan, 1);
  self->from = from;
  self->from_latest = from_latest != WB_INSTANT_NONE ? MAX (from, from_latest) : from;
  self->end = has_end ? clock->end : WB_INSTANT_NONE;
  self->latest_end = has_end ? MAX (clock->end, clock->latest_end) : WB_INSTANT_NONE;
  self->met = instant_of (met, context->zone, FALSE);
  set_gaps (self, clock, context->zone);
  set_over (self, context, clock, state, now);
  return self;
}

void
wb_clock_span_free (WbClockSpan *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->gaps);
  g_free (self);
}

/**
 * wb_clock_span_get_last:
 * @self: a span
 *
 * Returns: the last instant that it has to do with
 */
WbInstant
wb_clock_span_get_last (const WbClockSpan *self)
{
  WbInstant last = MAX (self->from_latest, self->latest_end);

  last = MAX (last, self->met);
  return MAX (last, self->over_until);
}
