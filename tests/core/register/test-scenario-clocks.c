/* SPDX-License-Identifier: EUPL-1.2 */

/* All dates of domain/scenario_deadlines.tsv, out of records as people fill them in. Fictional. */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-deadline.h"

/* The due date of a rule in a case, or the one that was superseded: @state tells which. */
static gboolean
has_due (WbTestRegister *self, const char *reference, const char *rule, const char *due)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, &error);

  wb_assert_no_error (error);
  for (guint i = 0; i < list->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (list, i);

    if (strcmp (deadline->clock->rule, rule) == 0 &&
        (g_strcmp0 (deadline->clock->due, due) == 0 ||
         g_strcmp0 (deadline->clock->latest, due) == 0))
      return TRUE;
  }
  return FALSE;
}

static guint n_dates;

/* Whatever was recorded: the projections are what the log gives. */
static int
teardown (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  if (!wb_verification_is_good (result)) {
    g_autofree char *text = wb_verification_to_text (result);

    fail_msg ("%s", text);
  }
  return wb_test_register_teardown (state);
}

/* Before the first scenario begins. */
static int
setup (void **state)
{
  return wb_test_register_setup_at (state, "2026-06-01T09:00:00Z");
}

static void
assert_due (WbTestRegister *self, const char *reference, const char *rule, const char *due)
{
  n_dates++;
  if (has_due (self, reference, rule, due))
    return;
  {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GPtrArray) list =
        wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, NULL);

    for (guint i = 0; i < list->len; i++) {
      const WbDeadline *deadline = g_ptr_array_index (list, i);

      g_string_append_printf (text,
                              "%s %s %s %s\n",
                              deadline->clock->rule,
                              deadline->clock->due,
                              deadline->clock->latest,
                              wb_clock_state_to_text (deadline->state));
    }
    fail_msg ("no %s %s in:\n%s", rule, due, text->str);
  }
}

static const char *
state_of (WbTestRegister *self, const char *reference, const char *rule)
{
  g_autoptr (GPtrArray) list =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, NULL);
  const char *state = NULL;

  for (guint i = 0; i < list->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (list, i);

    if (strcmp (deadline->clock->rule, rule) == 0 && deadline->state != WB_CLOCK_SUPERSEDED)
      state = wb_clock_state_to_text (deadline->state);
  }
  return state;
}

static void
a_child_in_border_detention (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *person = NULL;
  g_autofree char *recommendation = NULL;

  wb_test_now ("2026-07-21T12:30:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Vlinder-07\"}");
  person = wb_test_record (self,
                           "person",
                           of,
                           "{\"presented\": \"2026-07-17T09:40\", \"application_made\": "
                           "\"2026-07-17\", \"detention_started\": \"2026-07-17\", \"minor\": true,"
                           " \"unaccompanied\": true}");
  allegation = wb_test_record (self,
                               "allegation",
                               of,
                               "{\"account\": \"x\", \"received\": \"2026-07-21T14:30\","
                               " \"urgency_reasons\": [\"urgreason.child_detained\"]}");
  assert_due (self, of, "auth.scr.ext.7d", "2026-07-24");
  assert_due (self, of, "auth.scr.ext.7d", "2026-07-24");
  assert_due (self, of, "auth.rep.15wd", "2026-08-07");
  assert_due (self, of, "auth.rcd.det.15d", "2026-08-01");
  assert_due (self, of, "auth.rcd.det.15d", "2026-08-03");
  assert_due (self, of, "pol.ack", "2026-07-23");
  assert_due (self, of, "pol.triage.urgent", "2026-07-22T14:30:00+02:00");
  assert_due (self, of, "pol.reprisal.1", "2026-08-04");
  assert_due (self, of, "pol.substantiation", "2026-08-18");
  wb_test_now ("2026-08-10T09:00:00Z");
  g_free (wb_test_change (self, person, "{\"representative_appointed\": \"2026-08-10\"}"));
  assert_string_equal (state_of (self, of, "auth.rep.15wd"), "met-late");
  wb_test_now ("2026-09-01T09:00:00Z");
  recommendation =
      wb_test_record (self, "recommendation", NULL, "{\"title\": \"x\", \"sent\": \"2026-09-01\"}");
  assert_due (self, recommendation, "pol.recommendation.reply", "2026-12-01");
}

static void
an_imminent_removal (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *person = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *referral = NULL;
  g_autofree char *followup = NULL;

  wb_test_now ("2026-10-01T19:55:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Harbour-12\"}");
  person = wb_test_record (self,
                           "person",
                           of,
                           "{\"application_registered\": \"2026-07-13\","
                           " \"right_to_remain_ended\": \"2026-09-25\"}");
  allegation = wb_test_record (self,
                               "allegation",
                               of,
                               "{\"account\": \"x\", \"received\": \"2026-10-01T21:50\","
                               " \"urgency_reasons\": [\"urgreason.removal\"]}");
  assert_due (self, of, "auth.abp.12w", "2026-10-05");
  assert_due (self, of, "auth.rbp.12w", "2026-12-18");
  assert_due (self, of, "pol.triage.critical", "2026-10-02T01:50:00+02:00");
  assert_due (self, of, "pol.ack", "2026-10-05");
  wb_test_now ("2026-10-01T22:40:00Z");
  g_free (wb_test_change (self, allegation, "{\"triaged\": \"2026-10-02T00:40\"}"));
  assert_string_equal (state_of (self, of, "pol.triage.critical"), "met");
  referral = wb_test_record (self,
                             "referral",
                             of,
                             "{\"target\": \"target.dtv\", \"form\": \"form.signal\","
                             " \"decided\": \"2026-10-02\", \"sent\": \"2026-10-02\"}");
  assert_due (self, of, "pol.referral.confirm", "2026-10-09");
  assert_due (self, of, "pol.referral.progress", "2026-11-01");
  wb_test_now ("2026-11-01T10:00:00Z");
  {
    g_autofree char *json = g_strdup_printf (
        "{\"referral\": \"%s\", \"kind\": \"followkind.asked\", \"when\": \"2026-11-01\"}",
        referral);

    followup = wb_test_record (self, "followup", of, json);
  }
  assert_true (has_due (self, of, "pol.referral.progress", "2026-12-01"));
  g_free (wb_test_change (self, person, "{\"remedy_final\": \"2026-10-30\"}"));
  assert_due (self, of, "echr.35", "2027-02-28");
}

static void
a_whistleblower (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *body = NULL;

  wb_test_now ("2026-11-24T09:15:00Z");
  body = wb_test_record (self,
                         "body",
                         NULL,
                         "{\"whistle_mode\": \"whistle.own_term\", \"whistle_ack_days\": 7,"
                         " \"whistle_feedback_months\": 3}");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Baken\"}");
  allegation = wb_test_record (self,
                               "allegation",
                               of,
                               "{\"account\": \"x\", \"received\": \"2026-11-24T10:15\","
                               " \"source\": \"source.whistleblower\"}");
  assert_due (self, of, "wbk.ack", "2026-12-01");
  assert_due (self, of, "pol.reprisal.1", "2026-12-08");
  assert_due (self, of, "pol.reprisal.2", "2027-02-22");
  wb_test_now ("2026-11-30T09:15:00Z");
  g_free (wb_test_change (self, allegation, "{\"ack_sent\": \"2026-11-30\"}"));
  assert_due (self, of, "wbk.feedback", "2027-03-01");
  wb_test_now ("2027-02-25T09:15:00Z");
  g_free (wb_test_change (self,
                          allegation,
                          "{\"feedback_extended\": \"2027-02-25\", \"feedback_extension_reason\": "
                          "\"large\"}"));
  assert_due (self, of, "wbk.feedback.ext", "2027-05-30");
  assert_due (self, of, "wbk.feedback.ext", "2027-05-31");
  assert_string_equal (state_of (self, of, "wbk.feedback.ext"), "running");
  /* Without the mode its clocks leave the planning and stay in history. */
  g_free (wb_test_change (self, body, "{\"whistle_mode\": \"whistle.none\"}"));
  assert_string_equal (state_of (self, of, "wbk.feedback.ext"), "cancelled");
  g_free (wb_test_change (self, body, "{\"whistle_mode\": \"whistle.own_term\"}"));
  assert_string_equal (state_of (self, of, "wbk.feedback.ext"), "running");
}

static void
consent_withdrawn_after_a_referral (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *person = NULL;
  g_autofree char *complaint = NULL;
  g_autofree char *consent = NULL;
  g_autofree char *dsr = NULL;

  wb_test_now ("2026-07-08T09:00:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Populier-31\"}");
  person = wb_test_record (self,
                           "person",
                           of,
                           "{\"apprehended\": \"2026-07-03T11:20\", \"screening_completed\": "
                           "\"2026-07-08\"}");
  assert_due (self, of, "auth.scr.int.3d", "2026-07-06");
  assert_due (self, of, "auth.scr.int.3d", "2026-07-07");
  assert_string_equal (state_of (self, of, "auth.scr.int.3d"), "met-late");
  consent = wb_test_record (self,
                            "consent",
                            of,
                            "{\"purpose\": \"consent.share_identified\", \"state\": "
                            "\"consentstate.given\", \"given_on\": \"2026-07-08\"}");
  wb_test_now ("2026-07-15T09:00:00Z");
  complaint = wb_test_record (self,
                              "complaint",
                              of,
                              "{\"authority\": \"authority.ind\", \"received_by_authority\": "
                              "\"2026-07-15\"}");
  assert_due (self, of, "awb.9_8_3", "2026-08-12");
  assert_due (self, of, "awb.9_11_1.six", "2026-08-26");
  wb_test_now ("2026-08-24T09:00:00Z");
  g_free (wb_test_change (self,
                          complaint,
                          "{\"adjourned\": \"2026-08-24\", \"adjourned_both\": true}"));
  assert_due (self, of, "awb.9_11_2", "2026-09-23");
  wb_test_now ("2026-08-31T09:00:00Z");
  g_free (wb_test_change (self,
                          consent,
                          "{\"state\": \"consentstate.withdrawn\", \"withdrawn_on\": "
                          "\"2026-08-31\"}"));
  assert_due (self, of, "pol.consent.act", "2026-09-02");
  dsr = wb_test_record (self,
                        "dsr",
                        of,
                        "{\"kind\": \"dsrkind.access\", \"received\": \"2026-08-31\"}");
  assert_due (self, of, "gdpr.12_3", "2026-09-30");
  wb_test_now ("2026-09-01T09:00:00Z");
  g_free (wb_test_change (self, complaint, "{\"withdrawn\": \"2026-09-01\"}"));
  assert_string_equal (state_of (self, of, "awb.9_11_2"), "cancelled");
}

static void
two_sources_of_one_night (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *person = NULL;

  wb_test_now ("2026-10-27T09:00:00Z");
  a = wb_test_record (self, "case", NULL, "{\"title\": \"Kiezel-5\"}");
  first = wb_test_record (self,
                          "allegation",
                          a,
                          "{\"account\": \"x\", \"received\": \"2026-10-27\", \"source\": "
                          "\"source.lawyer\"}");
  person = wb_test_record (self,
                           "person",
                           a,
                           "{\"decision_known\": \"2026-10-25\", \"detention_started\": "
                           "\"2026-10-20\"}");
  assert_due (self, a, "pol.ack", "2026-10-29");
  assert_due (self, a, "pol.triage.standard", "2026-11-03");
  assert_due (self, a, "pol.substantiation", "2026-11-24");
  assert_due (self, a, "pbw.61_5", "2026-11-02");
  wb_test_now ("2026-10-29T09:00:00Z");
  b = wb_test_record (self, "case", NULL, "{\"title\": \"Kiezel-5 b\"}");
  second =
      wb_test_record (self, "allegation", b, "{\"account\": \"x\", \"received\": \"2026-10-29\"}");
  assert_due (self, b, "pol.ack", "2026-11-02");
}

/* The person consents, and two persons decide. */
static void
allow_report (WbTestRegister *self, const char *of)
{
  g_free (wb_test_record (self,
                          "consent",
                          of,
                          "{\"purpose\": \"consent.crime_report\", \"state\": "
                          "\"consentstate.given\", \"recipient\": \"target.om\"}"));
  wb_test_add_user (self, "lezer");
  g_free (wb_test_decided (self,
                           of,
                           "{\"kind\": \"decisionkind.crime_report\", \"choice\": "
                           "\"decisionchoice.do\", \"ground\": \"Letsel.\"}"));
}

static void
a_referral_to_the_prosecutor (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *referral = NULL;
  g_autofree char *complaint = NULL;
  static const char *const asked[] = { "2027-01-12", "2027-04-12" };
  static const char *const due[] = { "2027-04-12", "2027-07-12" };

  wb_test_now ("2026-09-11T09:00:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Anker-19\"}");
  allegation = wb_test_record (self,
                               "allegation",
                               of,
                               "{\"account\": \"x\", \"received\": \"2026-09-11\", \"when\": "
                               "\"2026-09-10T22:10\"}");
  assert_due (self, of, "pol.substantiation", "2026-10-09");
  assert_due (self, of, "awb.9_8_1b", "2027-09-10");
  wb_test_now ("2026-09-28T09:00:00Z");
  complaint = wb_test_record (self,
                              "complaint",
                              of,
                              "{\"authority\": \"authority.kmar\", \"received_by_authority\": "
                              "\"2026-09-28\"}");
  assert_due (self, of, "awb.9_8_3", "2026-10-26");
  assert_due (self, of, "awb.9_11_1.six", "2026-11-09");
  wb_test_now ("2026-10-09T09:00:00Z");
  allow_report (self, of);
  referral = wb_test_record (self,
                             "referral",
                             of,
                             "{\"target\": \"target.om\", \"form\": \"form.signal\","
                             " \"track\": \"track.criminal\", \"decided\": \"2026-10-09\"}");
  assert_due (self, of, "pol.referral.send", "2026-10-13");
  wb_test_now ("2026-10-12T09:00:00Z");
  g_free (wb_test_change (self, referral, "{\"sent\": \"2026-10-12\"}"));
  assert_due (self, of, "pol.referral.confirm", "2026-10-19");
  assert_due (self, of, "pol.progress.criminal", "2027-01-12");
  wb_test_now ("2026-10-20T09:00:00Z");
  g_free (wb_test_change (self,
                          complaint,
                          "{\"notaken_notice\": \"2026-10-20\", \"suspended\": \"2026-10-20\","
                          " \"suspended_reason\": \"susp.criminal\"}"));
  assert_string_equal (state_of (self, of, "awb.9_11_1.six"), "suspended");
  assert_string_equal (state_of (self, of, "awb.9_8_3"), "met");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_autofree char *now = g_strdup_printf ("%sT09:00:00Z", asked[i]);
    g_autofree char *json =
        g_strdup_printf ("{\"referral\": \"%s\", \"kind\": \"followkind.asked\", \"when\": \"%s\"}",
                         referral,
                         asked[i]);

    wb_test_now (now);
    g_free (wb_test_record (self, "followup", of, json));
    assert_due (self, of, "pol.progress.criminal", due[i]);
  }
  wb_test_now ("2027-04-16T09:00:00Z");
  g_free (wb_test_change (self,
                          referral,
                          "{\"outcome\": \"outcome.noprosecution\", \"outcome_on\": "
                          "\"2027-04-16\", \"prosecutor_notified\": \"2027-04-16\"}"));
  assert_string_equal (state_of (self, of, "pol.progress.criminal"), "cancelled");
  assert_non_null (state_of (self, of, "sv.12"));
  wb_test_now ("2027-04-19T09:00:00Z");
  g_free (wb_test_change (self, complaint, "{\"resumed\": \"2027-04-19\"}"));
  assert_string_equal (state_of (self, of, "awb.9_11_1.six"), "running");
  {
    g_autofree char *json = g_strdup_printf (
        "{\"record\": \"%s\", \"rule\": \"awb.9_11_1.six\", \"action\": \"clockact.date\","
        " \"until\": \"2027-05-10\", \"reason\": \"letter of KMar\"}",
        complaint);

    g_free (wb_test_record (self, "clockact", of, json));
  }
  assert_true (has_due (self, of, "awb.9_11_1.six", "2027-05-10"));
}

static void
a_lost_bundle_and_a_transfer (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *breach = NULL;
  g_autofree char *other = NULL;
  g_autofree char *there = NULL;
  g_autofree char *left = NULL;

  wb_test_now ("2026-10-21T09:00:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Meeuw-3\"}");
  allegation = wb_test_record (self,
                               "allegation",
                               of,
                               "{\"account\": \"x\", \"received\": \"2026-10-21\", \"competent\": "
                               "false}");
  assert_due (self, of, "pol.forward", "2026-10-28");
  wb_test_now ("2026-10-23T15:00:00Z");
  breach = wb_test_record (self,
                           "breach",
                           of,
                           "{\"what\": \"stick lost\", \"known\": \"2026-10-23T16:40+02:00\"}");
  assert_due (self, of, "gdpr.33", "2026-10-26T16:00:00+01:00");
  wb_test_now ("2026-10-26T14:30:00Z");
  {
    g_autoptr (GPtrArray) list =
        wb_register_list_deadlines (self->reg, breach, wb_clock_now (), TRUE, NULL);

    for (guint i = 0; i < list->len; i++) {
      const WbDeadline *deadline = g_ptr_array_index (list, i);

      if (strcmp (deadline->clock->rule, "gdpr.33") == 0)
        left = wb_deadline_left (deadline, wb_clock_now ());
    }
  }
  assert_string_equal (left, "30 minutes left");
  wb_test_now ("2026-10-26T15:00:00Z");
  assert_string_equal (state_of (self, of, "gdpr.33"), "overdue");
  /* The receiver. */
  wb_test_now ("2026-10-27T09:00:00Z");
  other = wb_test_record (self, "case", NULL, "{\"transferred_in\": \"2026-10-27\"}");
  there = wb_test_record (self,
                          "allegation",
                          other,
                          "{\"account\": \"x\", \"received\": \"2026-10-21\"}");
  assert_due (self, other, "pol.triage.standard", "2026-11-03");
  assert_due (self, other, "pol.transfer.accept", "2026-11-03");
  assert_false (has_due (self, other, "pol.triage.standard", "2026-10-28"));
}

static void
old_rules_access_woo_and_retention (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = NULL;
  g_autofree char *official = NULL;
  g_autofree char *dsr = NULL;
  g_autofree char *woo = NULL;

  wb_test_now ("2026-06-10T09:00:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Duin-22\"}");
  official = wb_test_record (self,
                             "official",
                             of,
                             "{\"authority\": \"authority.ind\", \"data_obtained\": "
                             "\"2026-06-10\"}");
  assert_due (self, of, "gdpr.14_3", "2026-07-10");
  wb_test_now ("2027-01-30T09:00:00Z");
  dsr = wb_test_record (self,
                        "dsr",
                        NULL,
                        "{\"kind\": \"dsrkind.access\", \"received\": \"2027-01-30\"}");
  assert_due (self, dsr, "gdpr.12_3", "2027-03-01");
  wb_test_now ("2027-02-25T09:00:00Z");
  g_free (
      wb_test_change (self,
                      dsr,
                      "{\"extension_notice\": \"2027-02-25\", \"extension_reason\": \"many\"}"));
  assert_due (self, dsr, "gdpr.12_3.ext", "2027-04-30");
  wb_test_now ("2027-04-15T09:00:00Z");
  woo =
      wb_test_record (self, "woo", NULL, "{\"subject\": \"counts\", \"received\": \"2027-04-15\"}");
  assert_due (self, woo, "woo.4_4_1", "2027-05-13");
  g_free (wb_test_change (self,
                          woo,
                          "{\"adjourned\": \"2027-05-10\", \"adjourned_reason\": \"size\"}"));
  wb_test_now ("2027-05-10T09:00:00Z");
  assert_due (self, woo, "woo.4_4_2", "2027-05-27");
}

static void
retention_runs_from_closing (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *of = NULL;
  const WbClockSubject subject = { .type = "case", .id = "c" };
  WbClockSubject closed = subject;
  g_autoptr (JsonObject) record = wb_test_object ("{\"closed\": \"2027-01-15\"}");
  g_autoptr (GPtrArray) clocks = NULL;

  closed.record = record;
  clocks = wb_rules_start (wb_register_get_clock_context (self->reg),
                           &closed,
                           NULL,
                           wb_clock_now (),
                           &error);
  wb_assert_no_error (error);
  for (guint i = 0; i < clocks->len; i++) {
    const WbClock *clock = g_ptr_array_index (clocks, i);

    if (strcmp (clock->rule, "pol.retention") == 0) {
      assert_string_equal (clock->due, "2032-01-15");
      n_dates++;
    }
  }
  /* Every row of the table was asked for: 54 with this one. */
  assert_int_equal (n_dates, 54);
  wb_test_count ("scenario-deadlines", n_dates);
}

int
main (void)
{
#define TEST(f) cmocka_unit_test_setup_teardown (f, setup, teardown)
  const struct CMUnitTest tests[] = {
    TEST (a_child_in_border_detention),
    TEST (an_imminent_removal),
    TEST (a_whistleblower),
    TEST (consent_withdrawn_after_a_referral),
    TEST (two_sources_of_one_night),
    TEST (a_referral_to_the_prosecutor),
    TEST (a_lost_bundle_and_a_transfer),
    TEST (old_rules_access_woo_and_retention),
    TEST (retention_runs_from_closing),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
