/* SPDX-License-Identifier: EUPL-1.2 */

/* A clock as stretches of time: what is drawn of it. */
#include "wb-test-fields.h"

#define HELD "{\"apprehended\": \"2026-07-03\"}"
#define DAY_MS G_GINT64_CONSTANT (86400000)

/* The span of the clock that @json starts, as it stands at @now. */
static WbClockSpan *
span_of (const char *type, const char *rule, const char *json, const char *now)
{
  const WbClockContext context = test_fields_context ();
  g_autoptr (GPtrArray) clocks = test_fields_start (type, json, NULL);
  const WbClock *clock = test_clock_find (clocks, rule);
  g_autofree char *met = NULL;
  WbClockState state;

  assert_non_null (clock);
  state = test_fields_judge_by (type, rule, json, json, NULL, now, &met);
  return wb_clock_get_span (&context, clock, state, met, test_at (now));
}

/* S4: Monday 6 July by the text, Tuesday 7 July by the regulation on time limits. */
static void
between_both_readings_nothing_is_overrun (void **state)
{
  g_autoptr (WbClockSpan) span =
      span_of ("person", "auth.scr.int.3d", HELD, "2026-07-07T10:00:00Z");

  assert_int_equal (span->from, test_at ("2026-07-02T22:00:00Z"));
  assert_int_equal (span->from_latest, span->from);
  assert_int_equal (span->end, test_at ("2026-07-06T22:00:00Z"));
  assert_int_equal (span->latest_end - span->end, DAY_MS);
  assert_int_equal (span->over_from, WB_INSTANT_NONE);
}

static void
an_end_that_nobody_told_is_no_certain_overrun (void **state)
{
  g_autoptr (WbClockSpan) span =
      span_of ("person", "auth.scr.int.3d", HELD, "2026-07-10T10:00:00Z");

  assert_int_equal (span->over_from, span->latest_end);
  assert_int_equal (span->over_until, test_at ("2026-07-10T10:00:00Z"));
  assert_false (span->over_is_certain);
}

static void
a_certain_overrun_runs_from_the_later_reading_to_the_end (void **state)
{
  g_autoptr (WbClockSpan) span =
      span_of ("person",
               "auth.scr.int.3d",
               "{\"apprehended\": \"2026-07-03\", \"screening_completed\": \"2026-07-09T11:00\"}",
               "2026-12-01T00:00:00Z");

  assert_true (span->over_is_certain);
  assert_int_equal (span->over_from, test_at ("2026-07-07T22:00:00Z"));
  assert_int_equal (span->over_until, test_at ("2026-07-09T09:00:00Z"));
  assert_int_equal (span->met, span->over_until);
  assert_int_equal (wb_clock_span_get_last (span), span->met);
}

static void
suspended_days_are_a_gap_of_whole_days (void **state)
{
  g_autoptr (WbClockSpan) span =
      span_of ("complaint",
               "awb.9_11_1.six",
               "{\"received_by_authority\": \"2026-09-28\", \"suspended\": \"2026-10-20\","
               " \"suspended_reason\": \"susp.criminal\", \"resumed\": \"2027-04-19\"}",
               "2026-11-24T10:00:00Z");
  const WbClockGap *gap;

  assert_int_equal (span->gaps->len, 1);
  gap = &g_array_index (span->gaps, WbClockGap, 0);
  assert_int_equal (gap->from, test_at ("2026-10-20T22:00:00Z"));
  assert_int_equal (gap->until, test_at ("2027-04-19T22:00:00Z"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (between_both_readings_nothing_is_overrun),
    cmocka_unit_test (an_end_that_nobody_told_is_no_certain_overrun),
    cmocka_unit_test (a_certain_overrun_runs_from_the_later_reading_to_the_end),
    cmocka_unit_test (suspended_days_are_a_gap_of_whole_days),
  };

  return cmocka_run_group_tests (tests, test_fields_setup, test_fields_teardown);
}
