/* SPDX-License-Identifier: EUPL-1.2 */

/* How a clock stands later: met, late, cancelled or run out. */
#include "wb-test-fields.h"

#define A "\"received\": \"2026-07-21T14:30\""

static void
recurring_targets_do_not_drift (void **state)
{
  static const char *const cases[][2] = {
    { "", "2026-11-30" },
    { ", \"source_update\": \"2026-09-15\"", "2027-02-28" },
    { ", \"source_update\": \"2026-11-30\"", "2027-02-28" },
    { ", \"source_update\": \"2026-12-04\"", "2027-02-28" },
    { ", \"source_update\": \"2027-02-26\"", "2027-05-31" },
    { ", \"source_update\": \"2027-05-31\"", "2027-08-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *json =
        g_strdup_printf ("{\"source\": \"source.ngo\", \"received\": \"2026-08-31\"%s}",
                         cases[i][0]);
    g_autoptr (GPtrArray) clocks = test_fields_start ("allegation", json, NULL);

    assert_string_equal (test_clock_find (clocks, "pol.source.update")->due, cases[i][1]);
  }
  /* The time that started the next interval does not meet it. */
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.source.update",
                                       "{\"source\": \"source.ngo\", \"received\": \"2026-08-31\", "
                                       "\"source_update\": \"2026-11-30\"}",
                                       "{\"source\": \"source.ngo\", \"received\": \"2026-08-31\", "
                                       "\"source_update\": \"2026-11-30\"}",
                                       "2027-02-01T10:00:00Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.source.update",
                                       "{\"source\": \"source.ngo\", \"received\": \"2026-08-31\", "
                                       "\"source_update\": \"2026-11-30\"}",
                                       "{\"source\": \"source.ngo\", \"received\": \"2026-08-31\", "
                                       "\"source_update\": \"2027-01-15\"}",
                                       "2027-02-01T10:00:00Z"),
                    WB_CLOCK_MET);
}

static void
an_own_duty_is_met_met_late_or_overdue (void **state)
{
  g_autofree char *met = NULL;

  assert_int_equal (
      test_fields_judge ("allegation", "pol.ack", "{" A "}", "{" A "}", "2026-07-23T21:59:59Z"),
      WB_CLOCK_RUNNING);
  assert_int_equal (
      test_fields_judge ("allegation", "pol.ack", "{" A "}", "{" A "}", "2026-07-23T22:00:00Z"),
      WB_CLOCK_OVERDUE);
  assert_int_equal (test_fields_judge_by ("allegation",
                                          "pol.ack",
                                          "{" A "}",
                                          "{" A ", \"ack_sent\": \"2026-07-23\"}",
                                          NULL,
                                          "2026-08-01T00:00:00Z",
                                          &met),
                    WB_CLOCK_MET);
  assert_string_equal (met, "2026-07-23");
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.ack",
                                       "{" A "}",
                                       "{" A ", \"ack_sent\": \"2026-07-24\"}",
                                       "2026-08-01T00:00:00Z"),
                    WB_CLOCK_MET_LATE);
  /* As of a day before it was done. */
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.ack",
                                       "{" A "}",
                                       "{" A ", \"ack_sent\": \"2026-07-23\"}",
                                       "2026-07-22T10:00:00Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.ack",
                                       "{" A "}",
                                       "{" A ", \"ack_skipped\": \"contact is dangerous\"}",
                                       "2026-08-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
}

static void
hours_are_judged_to_the_minute (void **state)
{
  g_autofree char *met = NULL;
  const char *json = "{" A ", \"urgency\": \"urgency.urgent\"}";

  assert_int_equal (
      test_fields_judge ("allegation", "pol.triage.urgent", json, json, "2026-07-22T12:29:59Z"),
      WB_CLOCK_RUNNING);
  assert_int_equal (
      test_fields_judge ("allegation", "pol.triage.urgent", json, json, "2026-07-22T12:30:00Z"),
      WB_CLOCK_OVERDUE);
  assert_int_equal (test_fields_judge_by ("allegation",
                                          "pol.triage.urgent",
                                          json,
                                          "{" A ", \"urgency\": \"urgency.urgent\", \"triaged\":"
                                          " \"2026-07-22T14:29\"}",
                                          NULL,
                                          "2026-08-01T00:00:00Z",
                                          &met),
                    WB_CLOCK_MET);
  assert_string_equal (met, "2026-07-22T14:29:00+02:00");
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.triage.urgent",
                                       json,
                                       "{" A ", \"urgency\": \"urgency.urgent\", \"triaged\":"
                                       " \"2026-07-22T14:31\"}",
                                       "2026-08-01T00:00:00Z"),
                    WB_CLOCK_MET_LATE);
}

static void
a_changed_record_cancels_the_old_clock (void **state)
{
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.triage.standard",
                                       "{" A "}",
                                       "{" A ", \"urgency\": \"urgency.critical\"}",
                                       "2026-12-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.ack",
                                       "{" A "}",
                                       "{\"received\": \"2026-07-20\"}",
                                       "2026-12-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (
      test_fields_judge ("person",
                         "auth.scr.ext.7d",
                         "{\"presented\": \"2026-07-17\"}",
                         "{\"presented\": \"2026-07-17\", \"regime\": \"regime.legacy\"}",
                         "2026-12-01T00:00:00Z"),
      WB_CLOCK_CANCELLED);
  /* An edit that has nothing to do with it does not. */
  assert_int_equal (test_fields_judge ("allegation",
                                       "pol.reprisal.1",
                                       "{" A "}",
                                       "{\"received\": \"2026-07-20\", \"place\": \"x\"}",
                                       "2026-12-01T00:00:00Z"),
                    WB_CLOCK_RUNNING);
}

static void
a_closed_case_ends_targets_that_were_not_late (void **state)
{
  assert_int_equal (test_fields_judge_by ("allegation",
                                          "pol.substantiation",
                                          "{" A "}",
                                          "{" A "}",
                                          "{\"closed\": \"2026-08-01\"}",
                                          "2026-12-01T00:00:00Z",
                                          NULL),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (test_fields_judge_by ("allegation",
                                          "pol.substantiation",
                                          "{" A "}",
                                          "{" A "}",
                                          "{\"closed\": \"2026-09-01\"}",
                                          "2026-12-01T00:00:00Z",
                                          NULL),
                    WB_CLOCK_OVERDUE);
  assert_int_equal (test_fields_judge_by ("allegation",
                                          "open.undue_delay",
                                          "{" A "}",
                                          "{" A "}",
                                          "{\"closed\": \"2026-09-01\"}",
                                          "2026-12-01T00:00:00Z",
                                          NULL),
                    WB_CLOCK_MET);
  assert_int_equal (test_fields_judge_by ("allegation",
                                          "open.undue_delay",
                                          "{" A "}",
                                          "{" A "}",
                                          NULL,
                                          "2036-12-01T00:00:00Z",
                                          NULL),
                    WB_CLOCK_RUNNING);
  assert_int_equal (
      test_fields_judge ("case",
                         "pol.review.closing",
                         "{\"closing_proposed\": \"2027-01-04\"}",
                         "{\"closing_proposed\": \"2027-01-04\", \"closed\": \"2027-01-15\"}",
                         "2027-03-01T00:00:00Z"),
      WB_CLOCK_MET);
}

/* S4: the text says Monday 6 July, the regulation on time limits Tuesday 7 July. */
static void
an_authority_is_late_only_after_both_readings (void **state)
{
  const char *held = "{\"apprehended\": \"2026-07-03\"}";
  g_autoptr (GPtrArray) clocks = test_fields_start ("person", held, NULL);
  const WbClock *clock = test_clock_find (clocks, "auth.scr.int.3d");

  assert_int_equal (test_fields_judge ("person", clock->rule, held, held, "2026-07-06T21:59:59Z"),
                    WB_CLOCK_RUNNING);
  assert_false (wb_clock_is_disputed (clock, test_at ("2026-07-06T21:59:59Z")));
  assert_int_equal (test_fields_judge ("person", clock->rule, held, held, "2026-07-07T10:00:00Z"),
                    WB_CLOCK_RUNNING);
  assert_true (wb_clock_is_disputed (clock, test_at ("2026-07-07T10:00:00Z")));
  assert_int_equal (test_fields_judge ("person", clock->rule, held, held, "2026-07-07T22:00:00Z"),
                    WB_CLOCK_OVERDUE);
  assert_false (wb_clock_is_disputed (clock, test_at ("2026-07-07T22:00:00Z")));
  assert_int_equal (test_fields_judge ("person",
                                       clock->rule,
                                       held,
                                       "{\"apprehended\": \"2026-07-03\", \"screening_completed\":"
                                       " \"2026-07-08T11:00\"}",
                                       "2026-12-01T00:00:00Z"),
                    WB_CLOCK_MET_LATE);
}

static void
bars_run_out_and_are_never_late (void **state)
{
  const char *json = "{\"remedy_final\": \"2026-10-30\"}";

  assert_int_equal (test_fields_judge ("person", "echr.35", json, json, "2027-02-28T22:59:59Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (test_fields_judge ("person", "echr.35", json, json, "2027-02-28T23:00:00Z"),
                    WB_CLOCK_PASSED);
}

static void
a_reason_without_date_meets_the_duty_to_inform (void **state)
{
  static char before[] = "before";
  char *met = before;

  assert_int_equal (test_fields_judge_by ("person",
                                          "gdpr.14_3",
                                          "{\"data_obtained\": \"2026-06-10\"}",
                                          "{\"data_obtained\": \"2026-06-10\", \"informed_exempt\":"
                                          " \"AVG 14(5)(b)\"}",
                                          NULL,
                                          "2026-12-01T00:00:00Z",
                                          &met),
                    WB_CLOCK_MET);
  assert_null (met);
}

static void
detention_that_ended_in_time_needs_no_review (void **state)
{
  const char *held = "{\"detention_started\": \"2026-07-17\"}";

  assert_int_equal (
      test_fields_judge ("person",
                         "auth.rcd.det.15d",
                         held,
                         "{\"detention_started\": \"2026-07-17\", \"detention_ended\":"
                         " \"2026-07-25\"}",
                         "2026-12-01T00:00:00Z"),
      WB_CLOCK_CANCELLED);
  assert_int_equal (
      test_fields_judge ("person",
                         "auth.rcd.det.15d",
                         held,
                         "{\"detention_started\": \"2026-07-17\", \"detention_ended\":"
                         " \"2026-08-10\"}",
                         "2026-12-01T00:00:00Z"),
      WB_CLOCK_OVERDUE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (recurring_targets_do_not_drift),
    cmocka_unit_test (an_own_duty_is_met_met_late_or_overdue),
    cmocka_unit_test (hours_are_judged_to_the_minute),
    cmocka_unit_test (a_changed_record_cancels_the_old_clock),
    cmocka_unit_test (a_closed_case_ends_targets_that_were_not_late),
    cmocka_unit_test (an_authority_is_late_only_after_both_readings),
    cmocka_unit_test (bars_run_out_and_are_never_late),
    cmocka_unit_test (a_reason_without_date_meets_the_duty_to_inform),
    cmocka_unit_test (detention_that_ended_in_time_needs_no_review),
  };

  return cmocka_run_group_tests (tests, test_fields_setup, test_fields_teardown);
}
