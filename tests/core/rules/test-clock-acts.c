/* SPDX-License-Identifier: EUPL-1.2 */

/* What moves a clock: suspension, extension, a date entered by hand, and what is no reason to. */
#include <string.h>

#include "wb-test-clock.h"

#define COMPLAINT "\"received_by_authority\": \"2026-07-15\""
#define LATER "2026-12-01T12:00:00Z"

/* deadlines.md 3.3: the worked example. */
static void
a_woo_request_moves_by_the_fourteen_days_that_a_third_party_took (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;
  g_autofree char *sum = NULL;

  test_record (self,
               "woo",
               "{\"received\": \"2027-04-15\", \"third_party_asked\": \"2027-04-19\","
               " \"third_party_view\": \"2027-05-03\"}");
  clock = test_start (self, "woo.4_4_1", "2027-05-04T10:00:00Z");
  assert_string_equal (clock->due, "2027-05-27");
  assert_int_equal (clock->period.moved_days, 14);
  sum = wb_clock_explain (&self->context, clock, WB_LANGUAGE_EN, NULL);
  assert_string_equal (
      sum,
      "Woo request received Thu 15 Apr 2027 + 4 weeks = Thu 13 May 2027; + 14 days "
      "suspended = Thu 27 May 2027; Woo 4.4(1)\n"
      "suspended from Tue 20 Apr 2027 up to and including Mon 3 May 2027");
}

static void
a_suspension_that_goes_on_has_no_end (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;
  g_autoptr (WbClock) again = NULL;
  g_autoptr (JsonObject) kept = NULL;

  test_record (self,
               "woo",
               "{\"received\": \"2027-04-15\", \"third_party_asked\": \"2027-04-19\"}");
  clock = test_start (self, "woo.4_4_1", "2027-05-04T10:00:00Z");
  assert_true (clock->is_paused);
  assert_null (clock->due);
  assert_false (wb_clock_has_end (clock));
  assert_string_equal (test_judge (self, "woo.4_4_1", "2027-12-04T10:00:00Z"), "suspended");
  kept = wb_clock_to_json (clock);
  again = wb_clock_new_from_json (kept, NULL);
  assert_non_null (again);
  assert_int_equal (wb_clock_relate (again, clock), WB_CLOCK_SAME);
}

/* A question that comes when the term has run out stops nothing. */
static void
what_is_over_is_not_suspended (void **state)
{
  TestClock *self = *state;

  test_record (self,
               "woo",
               "{\"received\": \"2027-04-15\", \"third_party_asked\": \"2027-05-13\"}");
  test_assert_clocks (self, LATER, "woo.4_4_1 2027-05-13");
  test_record (self,
               "woo",
               "{\"received\": \"2027-04-15\", \"third_party_asked\": \"2027-05-12\"}");
  test_assert_clocks (self, LATER, "woo.4_4_1 stands");
}

static void
the_identity_of_who_asks_may_be_checked_first (void **state)
{
  TestClock *self = *state;

  test_record (self,
               "dsr",
               "{\"received\": \"2027-01-30\", \"identity_asked\": \"2027-02-01\","
               " \"identity_verified\": \"2027-02-08\"}");
  /* 28 Feb + 7 = Sun 7 Mar: Mon 8. */
  test_assert_clocks (self, LATER, "gdpr.12_3 2027-03-08");
}

/* The extended term is counted from receipt, and the notice has the first month as it was moved. */
static void
an_extension_notice_within_the_suspended_month_counts (void **state)
{
  TestClock *self = *state;

  test_record (self,
               "dsr",
               "{\"received\": \"2027-01-30\", \"identity_asked\": \"2027-02-01\","
               " \"identity_verified\": \"2027-02-08\", \"extension_notice\": \"2027-03-08\","
               " \"extension_reason\": \"many files\"}");
  test_assert_clocks (self, LATER, "gdpr.12_3.ext 2027-05-07");
  test_record (self,
               "dsr",
               "{\"received\": \"2027-01-30\", \"identity_asked\": \"2027-02-01\","
               " \"identity_verified\": \"2027-02-08\", \"extension_notice\": \"2027-03-09\","
               " \"extension_reason\": \"many files\"}");
  test_assert_clocks (self, LATER, "gdpr.12_3 2027-03-08");
}

static void
a_late_extension_notice_leaves_the_first_date_and_is_told (void **state)
{
  TestClock *self = *state;
  g_autofree char *notes = NULL;

  test_record (self,
               "dsr",
               "{\"received\": \"2027-01-30\", \"extension_notice\": \"2027-03-02\","
               " \"extension_reason\": \"many files\"}");
  test_assert_clocks (self, "2027-03-05T10:00:00Z", "gdpr.12_3 2027-03-01");
  assert_string_equal (test_judge (self, "gdpr.12_3", "2027-03-05T10:00:00Z"), "overdue");
  notes = test_notes (self, "gdpr.12_3", "2027-03-05T10:00:00Z");
  assert_string_equal (
      notes,
      "the notice of extension of Tue 2 Mar 2027 does not count: it came after the "
      "first month or without a reason (GDPR 12(3)); the first due date stays");
}

static void
an_adjournment_is_added_to_the_end_before_it_rolls (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;
  g_autofree char *sum = NULL;

  test_record (self, "complaint", "{" COMPLAINT "}");
  test_assert_clocks (self, LATER, "awb.9_11_1.six 2026-08-26\nawb.9_6 open\nawb.9_8_3 2026-08-12");
  test_record (self,
               "complaint",
               "{" COMPLAINT ", \"adjourned\": \"2026-08-24\", \"adjourned_both\": true}");
  clock = test_start (self, "awb.9_11_2", LATER);
  assert_string_equal (clock->due, "2026-09-23");
  sum = wb_clock_explain (&self->context, clock, WB_LANGUAGE_EN, NULL);
  assert_string_equal (
      sum,
      "complaint received Wed 15 Jul 2026 + 6 weeks + 4 weeks = Wed 23 Sep 2026; Awb 9:11(2)");
  /* Vector C03, C04: Fri 13 Nov + 6 w = Christmas; + 4 w counts from Christmas, not from Mon 28. */
  test_record (self,
               "complaint",
               "{\"received_by_authority\": \"2026-11-13\", \"adjourned\": \"2026-12-28\","
               " \"adjourned_both\": true, \"acknowledged\": \"2026-11-13\"}");
  test_assert_clocks (self, LATER, "awb.9_11_2 2027-01-22\nawb.9_6 open\nawb.9_8_3 2026-12-11");
}

static void
an_adjournment_that_is_late_or_told_to_one_side_only_does_not_count (void **state)
{
  static const char *const cases[] = {
    "{" COMPLAINT ", \"adjourned\": \"2026-08-27\", \"adjourned_both\": true}",
    "{" COMPLAINT ", \"adjourned\": \"2026-08-24\", \"adjourned_both\": false}",
    "{" COMPLAINT ", \"adjourned\": \"2026-08-24\"}",
  };
  TestClock *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *notes = NULL;

    test_record (self, "complaint", cases[i]);
    test_assert_clocks (self,
                        LATER,
                        "awb.9_11_1.six 2026-08-26\nawb.9_6 open\nawb.9_8_3 2026-08-12");
    assert_string_equal (test_judge (self, "awb.9_11_1.six", LATER), "overdue");
    notes = test_notes (self, "awb.9_11_1.six", LATER);
    assert_non_null (strstr (notes, "does not count"));
  }
}

static void
a_committee_makes_it_ten_weeks_and_fourteen_when_adjourned (void **state)
{
  TestClock *self = *state;

  test_record (self, "complaint", "{" COMPLAINT ", \"committee\": true}");
  test_assert_clocks (self, LATER, "awb.9_11_1.ten 2026-09-23\nawb.9_6 open\nawb.9_8_3 2026-08-12");
  test_record (self,
               "complaint",
               "{" COMPLAINT ", \"committee\": true, \"adjourned\": \"2026-09-20\","
               " \"adjourned_both\": true}");
  test_assert_clocks (self, LATER, "awb.9_11_2 2026-10-21\nawb.9_6 open\nawb.9_8_3 2026-08-12");
}

static void
further_delay_needs_the_document_and_the_date (void **state)
{
  TestClock *self = *state;
  g_autofree char *notes = NULL;

  test_record (self,
               "complaint",
               "{" COMPLAINT ", \"further_delay\": \"2026-08-20\","
               " \"further_delay_until\": \"2026-10-30\"}");
  test_assert_clocks (self, LATER, "awb.9_11_1.six 2026-08-26\nawb.9_6 open\nawb.9_8_3 2026-08-12");
  notes = test_notes (self, "awb.9_11_1.six", LATER);
  assert_non_null (strstr (notes, "written consent"));
  test_record (self,
               "complaint",
               "{" COMPLAINT ", \"further_delay\": \"2026-08-20\","
               " \"further_delay_until\": \"2026-10-30\", \"further_delay_consent\": \"e\"}");
  test_assert_clocks (self, LATER, "awb.9_11_3 2026-10-30\nawb.9_6 open\nawb.9_8_3 2026-08-12");
  assert_string_equal (test_judge (self, "awb.9_11_3", "2026-10-30T22:59:59Z"), "running");
  assert_string_equal (test_judge (self, "awb.9_11_3", "2026-10-30T23:00:00Z"), "overdue");
}

/* Scenario S6: no end while the criminal case runs, and the new date is entered by hand. */
static void
a_criminal_case_suspends_a_complaint_and_nobody_invents_the_new_date (void **state)
{
  TestClock *self = *state;

  test_record (self,
               "complaint",
               "{\"received_by_authority\": \"2026-09-28\", \"notaken_notice\": \"2026-10-20\","
               " \"suspended\": \"2026-10-20\", \"suspended_reason\": \"susp.criminal\"}");
  test_assert_clocks (self, LATER, "awb.9_11_1.six stands\nawb.9_6 open\nawb.9_8_3 2026-10-26");
  assert_string_equal (test_judge (self, "awb.9_8_3", LATER), "met");
  test_record (self,
               "complaint",
               "{\"received_by_authority\": \"2026-09-28\", \"suspended\": \"2026-10-20\","
               " \"suspended_reason\": \"susp.criminal\", \"resumed\": \"2027-04-19\"}");
  test_assert_clocks (self, LATER, "awb.9_11_1.six awaits\nawb.9_6 open\nawb.9_8_3 2026-10-26");
  test_act (self,
            "2027-04-20T10:00:00Z",
            "{\"rule\": \"awb.9_11_1.six\", \"action\": \"clockact.date\", \"until\": "
            "\"2027-05-10\", \"reason\": \"letter of KMar\"}");
  test_assert_clocks (self, LATER, "awb.9_11_1.six 2027-05-10\nawb.9_6 open\nawb.9_8_3 2026-10-26");
}

static void
another_suspension_of_a_complaint_moves_its_end (void **state)
{
  TestClock *self = *state;

  test_record (self,
               "complaint",
               "{\"received_by_authority\": \"2026-09-28\", \"suspended\": \"2026-10-20\","
               " \"suspended_reason\": \"susp.other\", \"resumed\": \"2026-10-30\"}");
  test_assert_clocks (self, LATER, "awb.9_11_1.six 2026-11-19\nawb.9_6 open\nawb.9_8_3 2026-10-26");
}

static void
hours_move_by_the_second (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;
  g_autofree char *sum = NULL;

  test_record (self, "breach", "{\"known\": \"2026-10-23T16:40+02:00\"}");
  test_act (self,
            "2026-10-24T10:00:00Z",
            "{\"rule\": \"gdpr.33\", \"action\": \"clockact.suspend\", \"reason\": \"x\"}");
  test_act (self,
            "2026-10-24T11:02:03Z",
            "{\"rule\": \"gdpr.33\", \"action\": \"clockact.resume\", \"reason\": \"x\"}");
  clock = test_start (self, "gdpr.33", "2026-10-24T12:00:00Z");
  assert_string_equal (clock->due, "2026-10-26T17:02:03+01:00");
  sum = wb_clock_explain (&self->context, clock, WB_LANGUAGE_EN, NULL);
  assert_non_null (strstr (sum, "+ 1:02:03 suspended"));
}

/* Scenario S7: 72 hours from 17:00 summer time; overdue at the exact second. */
static void
a_breach_is_overdue_at_the_exact_second (void **state)
{
  TestClock *self = *state;

  test_record (self, "breach", "{\"known\": \"2026-10-23T16:40+02:00\"}");
  test_assert_clocks (self, LATER, "gdpr.33 2026-10-26T16:00:00+01:00\ngdpr.34 open");
  assert_string_equal (test_judge (self, "gdpr.33", "2026-10-26T14:59:59Z"), "running");
  assert_string_equal (test_judge (self, "gdpr.33", "2026-10-26T15:00:00Z"), "overdue");
  test_record (self,
               "breach",
               "{\"known\": \"2026-10-23T16:40+02:00\", \"ap_notified\": "
               "\"2026-10-26T11:20+01:00\"}");
  assert_string_equal (test_judge (self, "gdpr.33", LATER), "met");
}

static void
an_own_target_is_extended_once_with_a_reason_and_in_time (void **state)
{
  TestClock *self = *state;
  g_autofree char *notes = NULL;

  test_record (self, "allegation", "{\"received\": \"2026-10-27\"}");
  test_act (self,
            "2026-11-03T20:00:00Z",
            "{\"rule\": \"pol.triage.standard\", \"action\": \"clockact.extend\", \"length\": 5,"
            " \"reason\": \"interpreter ill\"}");
  {
    g_autoptr (WbClock) clock = test_start (self, "pol.triage.standard", LATER);

    assert_string_equal (clock->due, "2026-11-10");
    assert_int_equal (clock->period.base, 5);
  }
  test_act (self,
            "2026-11-09T20:00:00Z",
            "{\"rule\": \"pol.triage.standard\", \"action\": \"clockact.extend\", \"length\": 5,"
            " \"reason\": \"again\"}");
  {
    g_autoptr (WbClock) clock = test_start (self, "pol.triage.standard", LATER);

    assert_string_equal (clock->due, "2026-11-10");
  }
  notes = test_notes (self, "pol.triage.standard", LATER);
  assert_non_null (strstr (notes, "the extension of Mon 9 Nov 2026 does not count"));
}

static void
an_extension_after_the_end_leaves_the_overrun (void **state)
{
  TestClock *self = *state;

  test_record (self, "allegation", "{\"received\": \"2026-10-27\"}");
  test_act (self,
            "2026-11-03T23:00:00Z",
            "{\"rule\": \"pol.triage.standard\", \"action\": \"clockact.extend\", \"length\": 5,"
            " \"reason\": \"too late\"}");
  assert_string_equal (test_judge (self, "pol.triage.standard", LATER), "overdue");
  {
    g_autoptr (WbClock) clock = test_start (self, "pol.triage.standard", LATER);

    assert_string_equal (clock->due, "2026-11-03");
  }
}

static void
substantiation_may_be_extended_again_and_again (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;

  test_record (self, "allegation", "{\"received\": \"2026-09-11\"}");
  test_act (
      self,
      "2026-10-09T08:00:00Z",
      "{\"rule\": \"pol.substantiation\", \"action\": \"clockact.extend\", \"reason\": \"a\"}");
  test_act (self,
            "2026-11-05T08:00:00Z",
            "{\"rule\": \"pol.substantiation\", \"action\": \"clockact.extend\", \"reason\": \"b\","
            " \"length\": 10}");
  clock = test_start (self, "pol.substantiation", LATER);
  assert_int_equal (clock->period.length, 50);
  assert_string_equal (clock->due, "2026-11-20");
}

/* Nobody lengthens the law by hand. */
static void
a_legal_term_takes_no_extension_by_hand (void **state)
{
  TestClock *self = *state;

  test_record (self, "woo", "{\"received\": \"2027-04-15\"}");
  test_act (self,
            "2027-04-16T08:00:00Z",
            "{\"rule\": \"woo.4_4_1\", \"action\": \"clockact.extend\", \"length\": 2,"
            " \"reason\": \"busy\"}");
  test_assert_clocks (self, LATER, "woo.4_4_1 2027-05-13");
}

static void
a_clock_is_met_or_waived_by_an_act (void **state)
{
  TestClock *self = *state;

  test_record (self, "allegation", "{\"received\": \"2026-10-27\"}");
  test_act (self,
            "2026-11-05T08:00:00Z",
            "{\"rule\": \"pol.triage.standard\", \"action\": \"clockact.meet\", \"from\": "
            "\"2026-11-02\", \"reason\": \"done on paper\"}");
  test_act (self,
            "2026-11-05T09:00:00Z",
            "{\"rule\": \"pol.ack\", \"action\": \"clockact.waive\", \"reason\": \"no address\"}");
  assert_string_equal (test_judge (self, "pol.triage.standard", LATER), "met");
  assert_string_equal (test_judge (self, "pol.ack", LATER), "waived");
  /* As of then it was not yet. */
  assert_string_equal (test_judge (self, "pol.ack", "2026-11-04T09:00:00Z"), "overdue");
}

static void
a_suspended_own_target_goes_on_when_it_is_resumed (void **state)
{
  TestClock *self = *state;

  test_record (self, "allegation", "{\"received\": \"2026-09-11\"}");
  test_act (
      self,
      "2026-09-20T08:00:00Z",
      "{\"rule\": \"pol.substantiation\", \"action\": \"clockact.suspend\", \"reason\": \"a\"}");
  assert_string_equal (test_judge (self, "pol.substantiation", LATER), "suspended");
  test_act (
      self,
      "2026-09-30T08:00:00Z",
      "{\"rule\": \"pol.substantiation\", \"action\": \"clockact.resume\", \"reason\": \"b\"}");
  {
    g_autoptr (WbClock) clock = test_start (self, "pol.substantiation", LATER);

    assert_int_equal (clock->period.moved_days, 10);
    assert_string_equal (clock->due, "2026-10-19");
  }
}

/* Two that overlap count each day once. */
static void
overlapping_suspensions_count_each_day_once (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;

  test_record (self,
               "woo",
               "{\"received\": \"2027-04-15\", \"third_party_asked\": \"2027-04-19\","
               " \"third_party_view\": \"2027-05-03\"}");
  test_act (self,
            "2027-04-25T08:00:00Z",
            "{\"rule\": \"woo.4_4_1\", \"action\": \"clockact.suspend\", \"reason\": \"a\","
            " \"from\": \"2027-04-25\", \"until\": \"2027-05-05\"}");
  clock = test_start (self, "woo.4_4_1", LATER);
  assert_int_equal (clock->period.moved_days, 16);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, test_clock_setup, test_clock_teardown)
  const struct CMUnitTest tests[] = {
    TEST (a_woo_request_moves_by_the_fourteen_days_that_a_third_party_took),
    TEST (a_suspension_that_goes_on_has_no_end),
    TEST (what_is_over_is_not_suspended),
    TEST (the_identity_of_who_asks_may_be_checked_first),
    TEST (an_extension_notice_within_the_suspended_month_counts),
    TEST (a_late_extension_notice_leaves_the_first_date_and_is_told),
    TEST (an_adjournment_is_added_to_the_end_before_it_rolls),
    TEST (an_adjournment_that_is_late_or_told_to_one_side_only_does_not_count),
    TEST (a_committee_makes_it_ten_weeks_and_fourteen_when_adjourned),
    TEST (further_delay_needs_the_document_and_the_date),
    TEST (a_criminal_case_suspends_a_complaint_and_nobody_invents_the_new_date),
    TEST (another_suspension_of_a_complaint_moves_its_end),
    TEST (hours_move_by_the_second),
    TEST (a_breach_is_overdue_at_the_exact_second),
    TEST (an_own_target_is_extended_once_with_a_reason_and_in_time),
    TEST (an_extension_after_the_end_leaves_the_overrun),
    TEST (substantiation_may_be_extended_again_and_again),
    TEST (a_legal_term_takes_no_extension_by_hand),
    TEST (a_clock_is_met_or_waived_by_an_act),
    TEST (a_suspended_own_target_goes_on_when_it_is_resumed),
    TEST (overlapping_suspensions_count_each_day_once),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
