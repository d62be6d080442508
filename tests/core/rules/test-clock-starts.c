/* SPDX-License-Identifier: EUPL-1.2 */

/* What starts a clock: recurrences, disputed events, transferred cases, whistleblower modes, own
 * targets, the old and the new law. */
#include <string.h>

#include "wb-practice.h"
#include "wb-test-clock.h"

#define NOW "2026-11-01T12:00:00Z"
#define ASKED(when) "{\"kind\": \"followkind.asked\", \"when\": \"" when "\"}"

static const char *
due_of (TestClock *self, const char *rule)
{
  static char due[64];
  g_autoptr (WbClock) clock = test_start (self, rule, NOW);

  assert_non_null (clock);
  g_strlcpy (due, clock->due, sizeof due);
  return due;
}

/* Scenario S6. */
static void
progress_is_asked_every_three_months_from_the_first_day (void **state)
{
  TestClock *self = *state;

  test_record (self,
               "referral",
               "{\"decided\": \"2026-10-09\", \"sent\": \"2026-10-12\", \"confirmed\": "
               "\"2026-10-19\", \"track\": \"track.criminal\"}");
  test_assert_clocks (self,
                      NOW,
                      "pol.progress.criminal 2027-01-12\npol.referral.confirm 2026-10-19\n"
                      "pol.referral.send 2026-10-13");
  test_neighbour (self, "followup", "referral", "2027-01-12T10:00:00Z", ASKED ("2027-01-12"));
  assert_string_equal (due_of (self, "pol.progress.criminal"), "2027-04-12");
  test_neighbour (self, "followup", "referral", "2027-04-12T10:00:00Z", ASKED ("2027-04-12"));
  assert_string_equal (due_of (self, "pol.progress.criminal"), "2027-07-12");
  test_record (self,
               "referral",
               "{\"sent\": \"2026-10-12\", \"track\": \"track.criminal\", \"outcome\": "
               "\"outcome.noprosecution\", \"outcome_on\": \"2027-04-16\"}");
  assert_string_equal (test_judge (self, "pol.progress.criminal", "2027-08-01T10:00:00Z"),
                       "cancelled");
}

/* Month ends survive: 31 Aug, 30 Nov, 28 Feb, 31 May. */
static void
reminders_do_not_drift_over_month_ends (void **state)
{
  static const char *const dates[] = { "2026-11-30", "2027-02-28", "2027-05-31", "2027-08-31" };
  TestClock *self = *state;

  test_record (self, "referral", "{\"sent\": \"2026-08-31\", \"track\": \"track.criminal\"}");
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_autofree char *done =
        g_strdup_printf ("{\"kind\": \"followkind.asked\", \"when\": \"%s\"}", dates[i]);
    g_autofree char *created = g_strdup_printf ("%sT10:00:00Z", dates[i]);

    assert_string_equal (due_of (self, "pol.progress.criminal"), dates[i]);
    test_neighbour (self, "followup", "referral", created, done);
  }
}

static void
an_administrative_referral_is_asked_about_every_thirty_days (void **state)
{
  TestClock *self = *state;

  test_record (self, "referral", "{\"sent\": \"2026-10-02\"}");
  test_assert_clocks (self,
                      NOW,
                      "pol.referral.confirm 2026-10-09\npol.referral.progress 2026-11-01");
  test_neighbour (self, "followup", "referral", "2026-11-01T10:00:00Z", ASKED ("2026-11-01"));
  assert_string_equal (due_of (self, "pol.referral.progress"), "2026-12-01");
}

static void
the_second_reprisal_check_recurs_while_the_person_is_detained (void **state)
{
  TestClock *self = *state;

  self->subject.created = test_at ("2026-11-24T09:15:00Z");
  test_record (self,
               "allegation",
               "{\"received\": \"2026-11-24\", \"reprisal_check_2\": \"2027-02-22\"}");
  test_link (self, "person", "{\"detention_started\": \"2026-11-01\"}");
  assert_string_equal (due_of (self, "pol.reprisal.2"), "2027-05-23");
  test_link (self,
             "person",
             "{\"detention_started\": \"2026-11-01\", \"detention_ended\": \"2027-01-01\"}");
  assert_string_equal (due_of (self, "pol.reprisal.2"), "2027-02-22");
  assert_string_equal (test_judge (self, "pol.reprisal.2", "2027-06-01T10:00:00Z"), "met");
}

/* Scenario S7: the receiver counts from delivery; the original receipt stays. */
static void
a_transferred_case_is_triaged_from_its_delivery (void **state)
{
  TestClock *self = *state;
  g_autofree char *list = NULL;

  test_record (self,
               "allegation",
               "{\"received\": \"2026-10-21\", \"source\": \"source.monitor\"}");
  test_case (self, "{\"transferred_in\": \"2026-10-27\"}");
  list = test_list (self, NOW);
  assert_non_null (strstr (list, "pol.triage.standard 2026-11-03"));
  assert_non_null (strstr (list, "pol.substantiation 2026-11-24"));
  assert_null (strstr (list, "pol.triage.standard 2026-10-28"));
  test_record (self, "case", "{\"transferred_in\": \"2026-10-27\"}");
  test_assert_clocks (self, NOW, "pol.transfer.accept 2026-11-03");
}

static void
each_side_s_version_widens_the_start (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *notes = NULL;

  test_record (self, "person", "{\"presented\": \"2026-07-17\"}");
  test_neighbour (self,
                  "version",
                  "person",
                  NOW,
                  "{\"event\": \"ev.person.presented\", \"party\": \"versionparty.authority\","
                  " \"moment\": \"2026-07-19\"}");
  test_neighbour (self,
                  "version",
                  "person",
                  NOW,
                  "{\"event\": \"ev.person.presented\", \"party\": \"versionparty.person\","
                  " \"moment\": \"2026-07-16\"}");
  clock = test_start (self, "auth.scr.ext.7d", NOW);
  assert_string_equal (clock->start, "2026-07-16");
  assert_string_equal (clock->start_latest, "2026-07-19");
  assert_string_equal (clock->due, "2026-07-23");
  assert_string_equal (clock->latest, "2026-07-27"); /* Sun 26 by the text; Mon 27 by 1182/71 */
  sum = wb_clock_explain (&self->context, clock, WB_LANGUAGE_EN, NULL);
  assert_non_null (
      strstr (sum, "according to the authority: presented at the border Sun 19 Jul 2026"));
  assert_non_null (
      strstr (sum, "according to the person concerned: presented at the border Thu 16"));
  assert_non_null (strstr (sum, "according to this register: presented at the border Fri 17"));
  notes = test_notes (self, "auth.scr.ext.7d", NOW);
  assert_non_null (strstr (notes, "the start is disputed"));
}

/* Certain only after the later reading of the later version. */
static void
an_overrun_is_certain_only_after_the_later_version (void **state)
{
  TestClock *self = *state;

  test_record (self, "person", "{\"presented\": \"2026-07-17\"}");
  test_neighbour (self,
                  "version",
                  "person",
                  NOW,
                  "{\"event\": \"ev.person.presented\", \"party\": \"versionparty.authority\","
                  " \"moment\": \"2026-07-19\"}");
  assert_string_equal (test_judge (self, "auth.scr.ext.7d", "2026-07-26T22:30:00Z"), "running");
  assert_string_equal (test_judge (self, "auth.scr.ext.7d", "2026-07-27T22:00:00Z"), "overdue");
  test_record (self,
               "person",
               "{\"presented\": \"2026-07-17\", \"screening_completed\": \"2026-07-26\"}");
  assert_string_equal (test_judge (self, "auth.scr.ext.7d", NOW), "met");
}

static void
an_event_known_by_versions_alone_starts_its_clock (void **state)
{
  TestClock *self = *state;

  test_record (self, "person", "{}");
  test_neighbour (self,
                  "version",
                  "person",
                  NOW,
                  "{\"event\": \"ev.person.apprehended\", \"party\": \"versionparty.person\","
                  " \"moment\": \"2026-07-03\"}");
  test_assert_clocks (self, NOW, "auth.scr.int.3d 2026-07-06 2026-07-07");
}

#define WHISTLE                                                                                    \
  "{\"received\": \"2026-11-24T10:15\", \"source\": \"source.whistleblower\", \"ack_sent\": "      \
  "\"2026-11-30\"}"

static gboolean
lists (TestClock *self, const char *line)
{
  g_autofree char *list = test_list (self, NOW);

  return strstr (list, line) != NULL;
}

static void
the_whistleblower_mode_decides_which_terms_run (void **state)
{
  TestClock *self = *state;

  test_record (self, "allegation", WHISTLE);
  assert_true (lists (self, "wbk.ack 2026-12-01"));
  assert_true (lists (self, "wbk.feedback 2027-03-01"));
  test_body (self,
             "{\"whistle_mode\": \"whistle.own_term\", \"whistle_ack_days\": 14,"
             " \"whistle_feedback_months\": 2}");
  assert_true (lists (self, "wbk.ack 2026-12-08"));
  assert_true (lists (self, "wbk.feedback 2027-02-01")); /* Sat 30 Jan rolls */
  test_body (self, "{\"whistle_mode\": \"whistle.designated\", \"whistle_ack_days\": 14}");
  assert_true (lists (self, "wbk.ack 2026-12-01"));
  test_body (self, "{\"whistle_mode\": \"whistle.none\"}");
  assert_false (lists (self, "wbk."));
}

static void
without_the_mode_its_clocks_leave_the_planning (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;

  test_record (self,
               "allegation",
               "{\"received\": \"2026-11-24\", \"source\": "
               "\"source.whistleblower\"}");
  clock = test_start (self, "wbk.ack", NOW);
  test_body (self, "{\"whistle_mode\": \"whistle.none\"}");
  assert_int_equal (wb_rules_judge (&self->context,
                                    clock,
                                    &self->subject,
                                    test_at ("2026-11-25T10:00:00Z"),
                                    NULL),
                    WB_CLOCK_CANCELLED);
}

static void
an_own_target_of_the_body_counts (void **state)
{
  TestClock *self = *state;

  test_record (self, "allegation", "{\"received\": \"2026-10-27\"}");
  test_target (self, "pol.triage.standard", 3, WB_UNIT_WORKING_DAY);
  assert_string_equal (due_of (self, "pol.triage.standard"), "2026-10-30");
}

/* A later version of the rules does not move what runs already. */
static void
a_standing_clock_keeps_the_length_it_began_with (void **state)
{
  TestClock *self = *state;
  g_autoptr (GPtrArray) standing = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_clock_free);
  g_autoptr (JsonObject) kept = test_object (
      "{\"rule\": \"pol.triage.standard\", \"version\": \"old\", \"family\": \"pol.triage\","
      " \"record\": \"0198f6b2-0000-7000-8000-000000000001\", \"event\": \"ev.intake.received\","
      " \"start\": \"2026-10-27\", \"length\": 7, \"unit\": \"wd\", \"regime\": \"policy\","
      " \"due\": \"2026-11-05\", \"end\": \"2026-11-05T23:00:00Z\"}");

  g_ptr_array_add (standing, wb_clock_new_from_json (kept, NULL));
  test_record (self, "allegation", "{\"received\": \"2026-10-27\"}");
  self->subject.standing = standing;
  assert_string_equal (due_of (self, "pol.triage.standard"), "2026-11-05");
  self->subject.standing = NULL;
}

static void
procedure_clocks_run_under_the_pact_alone (void **state)
{
  TestClock *self = *state;

  test_record (self, "person", "{\"presented\": \"2026-06-01\"}");
  test_assert_clocks (self, NOW, "");
  test_act (self,
            "2026-06-20T10:00:00Z",
            "{\"rule\": \"auth.scr.ext.7d\", \"action\": \"clockact.date\", \"from\": "
            "\"2026-06-01\", \"reason\": \"kept to the old limits\"}");
  test_assert_clocks (self, NOW, "auth.scr.ext.7d 2026-06-08 2026-06-08");
  assert_string_equal (test_judge (self, "auth.scr.ext.7d", NOW), "overdue");
}

static void
open_rules_take_the_date_that_was_set (void **state)
{
  TestClock *self = *state;

  test_record (self, "request", "{\"asked\": \"2026-10-01\", \"basis\": \"infobasis.awb_5_20\"}");
  test_assert_clocks (self, NOW, "awb.5_20 open");
  test_record (self,
               "request",
               "{\"asked\": \"2026-10-01\", \"due\": \"2026-10-15\", \"basis\": "
               "\"infobasis.awb_5_20\"}");
  test_assert_clocks (self, NOW, "awb.5_20 2026-10-15");
  test_record (self,
               "finding",
               "{\"draft_sent\": \"2026-10-01\", \"comment_due\": \"2026-10-29\"}");
  test_assert_clocks (self, NOW, "awb.9_35_2 2026-10-29");
  test_record (self, "recommendation", "{\"sent\": \"2026-09-01\"}");
  test_assert_clocks (self, NOW, "pol.recommendation.reply 2026-12-01");
  test_record (self, "recommendation", "{\"sent\": \"2026-09-01\", \"reply_due\": \"2026-10-01\"}");
  test_assert_clocks (self, NOW, "pol.recommendation.reply 2026-10-01");
}

static void
a_start_in_the_future_is_told (void **state)
{
  TestClock *self = *state;
  g_autofree char *notes = NULL;
  g_autofree char *near = NULL;

  test_record (self, "breach", "{\"known\": \"2026-11-01T13:06+01:00\"}");
  notes = test_notes (self, "gdpr.33", NOW);
  assert_non_null (strstr (notes, "lies in the future"));
  test_record (self, "breach", "{\"known\": \"2026-11-01T13:04+01:00\"}");
  near = test_notes (self, "gdpr.33", NOW);
  assert_string_equal (near, "");
}

static void
the_echr_term_shows_the_last_safe_working_day (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbClock) clock = NULL;
  g_autofree char *sum = NULL;

  test_record (self, "person", "{\"remedy_final\": \"2026-10-30\"}");
  clock = test_start (self, "echr.35", NOW);
  assert_string_equal (clock->due, "2027-02-28");
  sum = wb_clock_explain (&self->context, clock, WB_LANGUAGE_EN, NULL);
  assert_non_null (strstr (sum, "last working day before it: Fri 26 Feb 2027"));
}

static void
the_regime_is_proposed_by_the_dates (void **state)
{
  static const struct {
    const char *person, *regime;
  } cases[] = {
    { "{\"application_lodged\": \"2026-06-12\"}", "regime.pact" },
    { "{\"application_lodged\": \"2026-06-11\"}", "regime.legacy" },
    { "{\"application_made\": \"2026-06-05\", \"application_lodged\": \"2026-06-20\"}",
      "regime.ask" },
    { "{\"application_made\": \"2026-06-05\"}", "regime.ask" },
    { "{\"application_made\": \"2026-06-13\"}", "regime.pact" },
    { "{\"presented\": \"2026-07-17\"}", "regime.pact" },
    { "{\"apprehended\": \"2026-06-02\"}", "regime.legacy" },
    { "{\"application_lodged\": \"2026-06\"}", "regime.ask" },
    { "{\"application_lodged\": \"2026-06-05\", \"presented\": \"2026-07-17\"}", "regime.legacy" },
    { "{}", NULL },
  };
  TestClock *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) person = test_object (cases[i].person);
    const WbRegimeProposal *proposal =
        wb_rules_propose_regime (self->context.rules, person, self->zone);

    if (cases[i].regime == NULL)
      assert_null (proposal);
    else
      assert_string_equal (proposal->regime, cases[i].regime);
  }
}

static void
what_lasted_over_the_change_takes_two_periods (void **state)
{
  TestClock *self = *state;
  g_autoptr (WbMoment) before = wb_moment_parse_text ("2026-06-01", self->zone, NULL);
  g_autoptr (WbMoment) after = wb_moment_parse_text ("2026-06-20", self->zone, NULL);
  WbDate change;

  assert_true (wb_rules_split_period (self->context.rules, before, after, &change));
  assert_int_equal (change.day, 12);
  assert_false (wb_rules_split_period (self->context.rules, after, after, &change));
  assert_false (wb_rules_split_period (self->context.rules, before, before, &change));
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, test_clock_setup, test_clock_teardown)
  const struct CMUnitTest tests[] = {
    TEST (progress_is_asked_every_three_months_from_the_first_day),
    TEST (reminders_do_not_drift_over_month_ends),
    TEST (an_administrative_referral_is_asked_about_every_thirty_days),
    TEST (the_second_reprisal_check_recurs_while_the_person_is_detained),
    TEST (a_transferred_case_is_triaged_from_its_delivery),
    TEST (each_side_s_version_widens_the_start),
    TEST (an_overrun_is_certain_only_after_the_later_version),
    TEST (an_event_known_by_versions_alone_starts_its_clock),
    TEST (the_whistleblower_mode_decides_which_terms_run),
    TEST (without_the_mode_its_clocks_leave_the_planning),
    TEST (an_own_target_of_the_body_counts),
    TEST (a_standing_clock_keeps_the_length_it_began_with),
    TEST (procedure_clocks_run_under_the_pact_alone),
    TEST (open_rules_take_the_date_that_was_set),
    TEST (a_start_in_the_future_is_told),
    TEST (the_echr_term_shows_the_last_safe_working_day),
    TEST (the_regime_is_proposed_by_the_dates),
    TEST (what_lasted_over_the_change_takes_two_periods),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
