/* SPDX-License-Identifier: EUPL-1.2 */

/* Which stretch of time a group of bars shows, and what is written along it. */
#include "wb-time-axis.h"

#include "wb-format.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define PAST (120 * DAY_MS)   /* what began earlier is drawn from the edge */
#define FUTURE (200 * DAY_MS) /* what ends later runs off the edge */
#define SHORTEST (6 * DAY_MS)
#define MARGIN 0.03 /* of the width, on each side */

struct _WbTimeAxis {
  WbInstant from, until, now;
  WbZone *zone;
  WbLanguage language;
};

static void
clear (gpointer data)
{
  WbTimeAxis *self = data;

  wb_zone_unref (self->zone);
}

WbTimeAxis *
wb_time_axis_ref (WbTimeAxis *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
wb_time_axis_unref (WbTimeAxis *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* Today, or the last thing that happened where all is long over. */
static WbInstant
find_anchor (GPtrArray *spans, WbInstant now)
{
  WbInstant last = WB_INSTANT_NONE;

  for (guint i = 0; i < spans->len; i++)
    last = MAX (last, wb_clock_span_get_last (g_ptr_array_index (spans, i)));
  return last == WB_INSTANT_NONE || last > now - PAST ? now : last;
}

static void
widen (WbTimeAxis *self, WbInstant at, WbInstant anchor)
{
  if (at == WB_INSTANT_NONE || at < anchor - PAST || at > anchor + FUTURE)
    return;
  self->from = MIN (self->from, at);
  self->until = MAX (self->until, at);
}

static void
add_margins (WbTimeAxis *self)
{
  WbInstant missing = MAX (SHORTEST - (self->until - self->from), 0) / 2;
  WbInstant margin;

  self->from -= missing;
  self->until += missing;
  margin = (WbInstant) ((double) (self->until - self->from) * MARGIN);
  self->from -= margin;
  self->until += margin;
}

WbTimeAxis *
wb_time_axis_new (GPtrArray *spans, WbInstant now, const WbZone *zone, WbLanguage language)
{
  WbTimeAxis *self = g_atomic_rc_box_new0 (WbTimeAxis);
  WbInstant anchor = find_anchor (spans, now);

  self->from = self->until = anchor;
  self->now = now;
  self->zone = wb_zone_ref ((WbZone *) zone);
  self->language = language;
  for (guint i = 0; i < spans->len; i++) {
    const WbClockSpan *span = g_ptr_array_index (spans, i);

    widen (self, span->from, anchor);
    widen (self, span->end, anchor);
    widen (self, wb_clock_span_get_last (span), anchor);
  }
  add_margins (self);
  return self;
}

WbInstant
wb_time_axis_get_now (const WbTimeAxis *self)
{
  return self->now;
}

double
wb_time_axis_place (const WbTimeAxis *self, WbInstant at)
{
  return ((double) at - (double) self->from) / (double) (self->until - self->from);
}

typedef enum { STEP_DAY, STEP_WEEK, STEP_MONTH, STEP_QUARTER, STEP_YEAR, N_STEPS } Step;

/* The first day of a step at or after @date. */
static WbDate
first_of (Step step, WbDate date)
{
  WbDate first = { date.year, date.month, 1 };

  if (step == STEP_DAY)
    return date;
  if (step == STEP_WEEK)
    return wb_date_add_days (date, (8 - wb_date_weekday (date)) % 7);
  if (step == STEP_YEAR)
    first.month = 1;
  else if (step == STEP_QUARTER)
    first.month = date.month - (date.month - 1) % 3;
  while (wb_date_compare (first, date) < 0)
    first = wb_date_add_months (first, step == STEP_YEAR ? 12 : step == STEP_QUARTER ? 3 : 1);
  return first;
}

static char *
make_label (const WbTimeAxis *self, Step step, WbDate date, gboolean first)
{
  const char *month = wb_format_month (date.month, self->language);

  if (step == STEP_YEAR)
    return g_strdup_printf ("%d", date.year);
  if (step == STEP_DAY || step == STEP_WEEK)
    return g_strdup_printf ("%d\u00a0%s", date.day, month);
  if (first || date.month == 1)
    return g_strdup_printf ("%s\u00a0%d", month, date.year);
  return g_strdup (month);
}

static void
free_tick (gpointer data)
{
  WbTimeTick *tick = data;

  g_free (tick->label);
  g_free (tick);
}

/* NULL where there would be more. */
static GPtrArray *
try_step (const WbTimeAxis *self, Step step, guint at_most)
{
  g_autoptr (GPtrArray) ticks = g_ptr_array_new_with_free_func (free_tick);
  WbDate date = first_of (step, wb_zone_to_local (self->zone, self->from).date);
  WbInstant at = wb_zone_start_of_day (self->zone, date);

  while (at <= self->until) {
    WbTimeTick *tick;

    if (at >= self->from) {
      if (ticks->len >= at_most)
        return NULL;
      tick = g_new0 (WbTimeTick, 1);
      tick->at = at;
      tick->label = make_label (self, step, date, ticks->len == 0);
      g_ptr_array_add (ticks, tick);
    }
    date = first_of (step, wb_date_add_days (date, 1));
    at = wb_zone_start_of_day (self->zone, date);
  }
  return g_steal_pointer (&ticks);
}

GPtrArray *
wb_time_axis_list_ticks (const WbTimeAxis *self, guint at_most)
{
  for (Step step = STEP_DAY; step < N_STEPS; step++) {
    GPtrArray *ticks = try_step (self, step, at_most);

    if (ticks != NULL)
      return ticks;
  }
  return g_ptr_array_new_with_free_func (free_tick);
}
