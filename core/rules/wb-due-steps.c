/* SPDX-License-Identifier: EUPL-1.2 */

/* The steps of a sum: what moved, what stays, and why. */
#include "wb-due-private.h"

/**
 * wb_sum_add_cited:
 * @self: a sum
 * @kind: what the step does
 * @date: the day that it is about or arrives at
 * @words: (transfer none): key of its phrase in words.tsv
 * @cite: (transfer none) (nullable): key of its article
 *
 * Returns: (transfer none): the step, to be filled further
 */
WbDueStep *
wb_sum_add_cited (WbSum *self, WbDueStepKind kind, WbDate date, const char *words, const char *cite)
{
  WbDueStep *step = g_new0 (WbDueStep, 1);

  step->kind = kind;
  step->date = date;
  step->instant = WB_INSTANT_NONE;
  step->words = words;
  step->cite = cite;
  g_ptr_array_add (self->due->steps, step);
  return step;
}

void
wb_sum_add (WbSum *self, WbDueStepKind kind, WbDate date, const char *words)
{
  wb_sum_add_cited (self, kind, date, words, NULL);
}

static void
name_day (const WbSum *self, WbDueStep *step)
{
  for (WbLanguage language = WB_LANGUAGE_EN; language <= WB_LANGUAGE_NL; language++)
    step->named[language] =
        wb_calendar_get_holiday (self->calendar, self->due->period.regime, step->date, language);
}

/**
 * wb_sum_add_day_off:
 * @self: a sum
 * @date: a weekend day or holiday
 * @words: (transfer none): "off" before the day that is reached, "skip" for one left out
 */
void
wb_sum_add_day_off (WbSum *self, WbDate date, const char *words)
{
  name_day (self, wb_sum_add_cited (self, WB_DUE_STEP_NOT_WORKING, date, words, NULL));
}

/* Why this period does not move. */
static const char *
find_reason (const WbSum *self, const char **ret_cite)
{
  const WbPeriod *period = &self->due->period;
  gboolean is_eu = period->regime == WB_REGIME_EU1182;

  *ret_cite = NULL;
  if (!self->law->moves)
    return period->regime == WB_REGIME_POLICY ? "stays.policy" : "stays.plain";
  if (period->unit == WB_UNIT_HOUR) {
    *ret_cite = is_eu ? "cite.eu1182.roll" : "cite.nl_atw.long";
    return "stays.hours";
  }
  if (period->length < 0) {
    *ret_cite = is_eu ? "cite.eu1182.roll" : "cite.nl_atw.back";
    return "stays.back";
  }
  if (period->detention && !self->law->detention_moves) {
    *ret_cite = "cite.nl_atw.detention";
    return "stays.detention";
  }
  *ret_cite = "cite.nl_atw.long";
  return "stays.long";
}

static void
add_safe_day (WbSum *self)
{
  WbDate date = self->due->due;

  do
    date = wb_date_add_days (date, -1);
  while (!wb_calendar_is_working_day (self->calendar, self->due->period.regime, date));
  if (wb_date_compare (date, self->due->start) > 0)
    wb_sum_add (self, WB_DUE_STEP_SAFE_DAY, date, "safe");
}

/**
 * wb_sum_add_stays:
 * @self: a sum of which the end does not move
 *
 * Says so and why, where the end is no working day.
 */
void
wb_sum_add_stays (WbSum *self)
{
  WbDue *due = self->due;
  const char *cite, *words;

  if (wb_calendar_is_working_day (self->calendar, due->period.regime, due->due))
    return;
  words = find_reason (self, &cite);
  name_day (self, wb_sum_add_cited (self, WB_DUE_STEP_STAYS, due->due, words, cite));
  if (due->period.length > 0 && due->period.unit != WB_UNIT_HOUR)
    add_safe_day (self);
}

/**
 * wb_sum_add_incomplete:
 * @self: a finished sum
 *
 * Warns where it asked for days that the calendar may not know.
 */
void
wb_sum_add_incomplete (WbSum *self)
{
  WbDate first, last;

  if (!self->due->calendar_incomplete)
    return;
  wb_calendar_get_coverage (self->calendar, &first, &last);
  if (wb_date_compare (self->due->due, last) > 0)
    wb_sum_add (self, WB_DUE_STEP_INCOMPLETE, last, "incomplete.after");
  else
    wb_sum_add (self, WB_DUE_STEP_INCOMPLETE, first, "incomplete.before");
}
