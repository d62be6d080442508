/* SPDX-License-Identifier: EUPL-1.2 */

/* Start + period + calendar = due, as a pure function. Which regime moves what stands in
 * regimes.json; here is only how to count. */
#include "wb-due-private.h"

#include <string.h>

#include "wb-error.h"

#define HOUR_MS (3600 * G_GINT64_CONSTANT (1000))
#define SKIPPED_MAX 40 /* days off that a sum in working days names */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
check_range (WbDate date, GError **error)
{
  if (date.year >= WB_DUE_YEAR_MIN && date.year <= WB_DUE_YEAR_MAX)
    return TRUE;
  return refuse (_ ("The dates of a period must lie in the years 1900 to 2100."), error);
}

/* Asks the calendar, and remembers whether it can have known. */
static gboolean
is_working_day (WbSum *sum, WbDate date)
{
  WbRegime regime = sum->due->period.regime;

  if (wb_calendar_may_miss (sum->calendar, regime, date))
    sum->due->calendar_incomplete = TRUE;
  return wb_calendar_is_working_day (sum->calendar, regime, date);
}

static WbDate
find_next_working_day (WbSum *sum, WbDate date)
{
  do
    date = wb_date_add_days (date, 1);
  while (!is_working_day (sum, date));
  return date;
}

/* The day of the start does not count; so many working days on, or back. */
static WbDate
count_working_days (WbSum *sum)
{
  int step = sum->due->period.length > 0 ? 1 : -1;
  int left = ABS (sum->due->period.length);
  WbDate date = sum->due->start;

  while (left > 0) {
    date = wb_date_add_days (date, step);
    if (is_working_day (sum, date))
      left--;
    else if (!wb_calendar_is_weekend (sum->calendar, date) && sum->due->steps->len < SKIPPED_MAX)
      wb_sum_add_day_off (sum, date, "skip");
  }
  return date;
}

static WbDate
add_period (WbSum *sum)
{
  const WbPeriod *period = &sum->due->period;
  WbDate start = sum->due->start;

  switch (period->unit) {
  case WB_UNIT_DAY:
    return wb_date_add_days (start, period->length);
  case WB_UNIT_WEEK:
    return wb_date_add_days (start, 7 * period->length);
  case WB_UNIT_MONTH:
    return wb_date_add_months (start, period->length);
  case WB_UNIT_YEAR:
    return wb_date_add_months (start, 12 * period->length);
  case WB_UNIT_WORKING_DAY:
    return count_working_days (sum);
  case WB_UNIT_HOUR:
  default:
    return start;
  }
}

static void
explain_clamp (WbSum *sum)
{
  WbUnit unit = sum->due->period.unit;

  if ((unit == WB_UNIT_MONTH || unit == WB_UNIT_YEAR) &&
      sum->due->nominal.day != sum->due->start.day)
    wb_sum_add_cited (sum, WB_DUE_STEP_CLAMP, sum->due->nominal, "clamp", NULL)->number =
        sum->due->start.day;
}

/* Working days from the day after the start to the end, at most so many as are asked for. Counted
 * from the end, where the calendar is asked anyhow. */
static int
count_held (WbSum *sum)
{
  gint32 first = wb_date_to_days (sum->due->start) + 1;
  gint32 day = wb_date_to_days (sum->due->nominal);
  int held = 0;

  for (; day >= first && held < sum->law->working_days_hold; day--)
    held += is_working_day (sum, wb_date_from_days (day)) ? 1 : 0;
  return held;
}

static const char *
get_cite (WbRegime regime, const char *eu1182, const char *nl_atw)
{
  return regime == WB_REGIME_EU1182 ? eu1182 : regime == WB_REGIME_NL_ATW ? nl_atw : NULL;
}

/* Every day off between start and end, so that the reader can count along. */
static void
explain_days_off (WbSum *sum, WbDate first, WbDate end)
{
  for (WbDate day = first; wb_date_compare (day, end) <= 0; day = wb_date_add_days (day, 1))
    if (!wb_calendar_is_working_day (sum->calendar, sum->due->period.regime, day))
      wb_sum_add_day_off (sum, day, "off");
}

/* A period from some length on holds at least two working days. */
static void
stretch (WbSum *sum)
{
  WbDue *due = sum->due;
  gint32 days = wb_date_to_days (due->nominal) - wb_date_to_days (due->start);
  int held;

  if (sum->law->working_days_hold == 0 || days < sum->law->working_days_from)
    return;
  held = count_held (sum);
  if (held >= sum->law->working_days_hold)
    return;
  for (; held < sum->law->working_days_hold; held++)
    due->due = find_next_working_day (sum, due->due);
  explain_days_off (sum, wb_date_add_days (due->start, 1), due->due);
  wb_sum_add_cited (sum,
                    WB_DUE_STEP_TWO_DAYS,
                    due->due,
                    "hold",
                    get_cite (due->period.regime, "cite.eu1182.hold", "cite.nl_atw.hold"))
      ->number = sum->law->working_days_hold;
}

/* An end on a day off moves to the next working day. */
static void
roll (WbSum *sum)
{
  WbDue *due = sum->due;
  WbDate day = due->due;

  if (is_working_day (sum, day))
    return;
  due->due = find_next_working_day (sum, day);
  explain_days_off (sum, day, due->due);
  wb_sum_add_cited (sum,
                    WB_DUE_STEP_ROLL,
                    due->due,
                    "roll",
                    get_cite (due->period.regime, "cite.eu1182.roll", "cite.nl_atw.roll"));
}

static gboolean
is_moved_by (const WbRegimeLaw *law, const WbPeriod *period)
{
  return law->moves && period->length > 0 && wb_regime_law_covers (law, period) &&
         (!period->detention || law->detention_moves);
}

/* Suspended days move the end before it rolls. */
static void
move_days (WbSum *sum)
{
  WbDue *due = sum->due;

  if (due->period.moved_days == 0)
    return;
  due->nominal = due->due = wb_date_add_days (due->nominal, due->period.moved_days);
  wb_sum_add_cited (sum, WB_DUE_STEP_SUSPENDED, due->nominal, "suspended", NULL)->number =
      due->period.moved_days;
}

static gboolean
compute_days (WbSum *sum, GError **error)
{
  WbDue *due = sum->due;

  wb_sum_add (sum, WB_DUE_STEP_ADD, due->start, "add");
  due->nominal = due->due = add_period (sum);
  ((WbDueStep *) due->steps->pdata[0])->date = due->nominal;
  if (!check_range (due->nominal, error))
    return FALSE;
  explain_clamp (sum);
  move_days (sum);
  if (!check_range (due->nominal, error))
    return FALSE;
  if (due->period.unit != WB_UNIT_WORKING_DAY && is_moved_by (sum->law, &due->period)) {
    stretch (sum);
    roll (sum);
  } else {
    wb_sum_add_stays (sum);
  }
  due->end = wb_zone_start_of_day (sum->zone, wb_date_add_days (due->due, 1));
  return check_range (due->due, error);
}

/* The next full hour on the clock on the wall. */
static WbInstant
find_full_hour (const WbZone *zone, WbInstant instant)
{
  WbLocal local = wb_zone_to_local (zone, instant);
  gint64 fraction = instant % 1000;

  if (fraction < 0)
    fraction += 1000;
  return instant - fraction - (local.minute * 60 + local.second) * G_GINT64_CONSTANT (1000) +
         HOUR_MS;
}

static void
explain_clock_change (WbSum *sum, WbInstant from, WbInstant to)
{
  int change = wb_zone_to_local (sum->zone, to).offset - wb_zone_to_local (sum->zone, from).offset;

  if (change != 0)
    wb_sum_add_cited (sum,
                      WB_DUE_STEP_CLOCK_CHANGE,
                      sum->due->due,
                      change > 0 ? "clock.forward" : "clock.back",
                      NULL)
        ->number = ABS (change) / 60;
}

static gboolean
compute_hours (WbSum *sum, GError **error)
{
  WbDue *due = sum->due;
  WbInstant from = due->start_instant;

  if (from == WB_INSTANT_NONE)
    return refuse (_ ("A period in hours needs the time of day at which it starts, such as "
                      "2026-10-23T16:40:00+02:00."),
                   error);
  if (sum->law->next_full_hour) {
    from = find_full_hour (sum->zone, from);
    wb_sum_add_cited (sum, WB_DUE_STEP_FULL_HOUR, due->start, "full_hour", "cite.eu1182.hour")
        ->instant = from;
  }
  due->end = from + due->period.length * HOUR_MS;
  wb_sum_add_cited (sum, WB_DUE_STEP_ADD, due->start, "add", NULL)->instant = due->end;
  due->end += due->period.moved_ms;
  due->nominal = due->due = wb_zone_to_local (sum->zone, due->end - 1).date;
  if (due->period.moved_ms != 0)
    wb_sum_add_cited (sum, WB_DUE_STEP_SUSPENDED, due->due, "suspended", NULL)->instant = due->end;
  explain_clock_change (sum, from, due->end);
  wb_sum_add_stays (sum);
  return check_range (due->due, error);
}

static void
free_step (gpointer data)
{
  g_free (data);
}

static WbDue *
new_due (const WbPeriod *period, WbDate start, WbInstant start_instant)
{
  WbDue *self = g_new0 (WbDue, 1);

  self->period = *period;
  self->start = start;
  self->start_instant = start_instant;
  self->end = WB_INSTANT_NONE;
  self->steps = g_ptr_array_new_with_free_func (free_step);
  return self;
}

/**
 * wb_due_compute:
 * @calendar: days off; it must outlive the result
 * @zone: local time of the body
 * @period: how long, in which regime
 * @start: local date of the event; passed over where @start_instant is known
 * @start_instant: when it happened, or %WB_INSTANT_NONE where only the date is known
 * @error: return location for an error
 *
 * Computes the last day, or for hours the first instant that is too late, with every step of the
 * sum. The day (for hours in eu1182: the hour) of the event does not count: Regulation 1182/71
 * art. 3, Algemene termijnenwet art. 1 to 4. A negative length counts back and never moves.
 *
 * Returns: (transfer full): the sum; %NULL with %WB_ERROR_INVALID for a length of 0, for hours
 *   from a date alone, and outside the years 1900 to 2100
 */
WbDue *
wb_due_compute (const WbCalendar *calendar,
                const WbZone *zone,
                const WbPeriod *period,
                WbDate start,
                WbInstant start_instant,
                GError **error)
{
  const WbRegimes *regimes = wb_regimes_get_default (error);
  g_autoptr (WbDue) due = NULL;
  WbSum sum;

  if (regimes == NULL || !wb_period_check_length (period->length, period->unit, error))
    return NULL;
  if (start_instant != WB_INSTANT_NONE)
    start = wb_zone_to_local (zone, start_instant).date;
  if (!check_range (start, error))
    return NULL;
  due = new_due (period, start, start_instant);
  sum = (WbSum){ calendar, zone, &regimes->laws[period->regime], due };
  if (period->unit == WB_UNIT_HOUR ? !compute_hours (&sum, error) : !compute_days (&sum, error))
    return NULL;
  wb_sum_add_incomplete (&sum);
  return g_steal_pointer (&due);
}

/**
 * wb_due_parse_start:
 * @text: YYYY-MM-DD, or a time with offset such as 2026-10-23T16:40:00+02:00
 * @zone: local time of the body
 * @ret_date: (out): the date in @zone, which decides for days
 * @ret_instant: (out): the instant, or %WB_INSTANT_NONE
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where it is neither
 */
gboolean
wb_due_parse_start (const char *text,
                    const WbZone *zone,
                    WbDate *ret_date,
                    WbInstant *ret_instant,
                    GError **error)
{
  WbInstant instant;

  if (text != NULL && strlen (text) == strlen ("YYYY-MM-DD")) {
    if (!wb_date_parse (text, ret_date, error))
      return FALSE;
    *ret_instant = WB_INSTANT_NONE;
    return TRUE;
  }
  if (text == NULL || !wb_instant_parse (text, &instant, NULL))
    return refuse (_ ("The start of a period must be a date such as 2026-06-15, or a time with "
                      "its offset such as 2026-10-23T16:40:00+02:00."),
                   error);
  *ret_date = wb_zone_to_local (zone, instant).date;
  *ret_instant = instant;
  return TRUE;
}

/**
 * wb_due_format:
 * @self: a sum
 * @zone: local time of the body
 *
 * Returns: (transfer full): the last day, or for hours the first instant that is too late
 */
char *
wb_due_format (const WbDue *self, const WbZone *zone)
{
  if (self->period.unit == WB_UNIT_HOUR)
    return wb_zone_format (zone, self->end);
  return wb_date_format (self->due);
}

void
wb_due_free (WbDue *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}
