/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Duties about what happens after intake, one test a duty: referral, progress, recommendations,
 * safety, transfer, time limits, figures. See docs/duties.md.
 */
#include "wb-test-duty.h"

#include <string.h>

#include "wb-deadline.h"
#include "wb-error.h"
#include "wb-figures.h"
#include "wb-stagnation.h"

#define CASE "NL-TEST-2026-0001"
#define A CASE "/A-1"

static void
record (WbTestRegister *self, const char *type, const char *json)
{
  g_free (wb_test_record (self, type, CASE, json));
}

static void
change (WbTestRegister *self, const char *reference, const char *json)
{
  g_free (wb_test_change (self, reference, json));
}

static JsonObject *
report_of (WbTestRegister *self, gboolean is_public)
{
  const WbFigureScope scope = { { 2026, 1, 1 },
                                { 2026, 12, 31 },
                                WB_INSTANT_NONE,
                                is_public,
                                is_public ? 5 : 0 };
  g_autoptr (GError) error = NULL;
  JsonObject *report = wb_register_report_figures (self->reg, &scope, &error);

  wb_assert_no_error (error);
  return report;
}

static int
alert_at (WbTestRegister *self, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ages = NULL;

  wb_test_now (now);
  ages = wb_register_list_case_ages (self->reg, wb_clock_now (), 10, &error);
  wb_assert_no_error (error);
  return ages->len == 0 ? 0 : ((const WbCaseAge *) g_ptr_array_index (ages, 0))->alert;
}

/* OB-05: "without undue delay" has no length, only ages that the body chose. */
static void
a_case_is_pointed_out_at_ages_the_body_chose_with_its_holder (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbCaseAge) age = NULL;
  g_autoptr (GPtrArray) deadlines = NULL;

  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"x\", \"received\": \"2026-11-20\"}"));
  change (self, CASE, "{\"holder\": \"anna\"}");
  g_free (wb_test_record (self,
                          "target",
                          NULL,
                          "{\"rule\": \"open.undue_delay\", \"length\": 10, \"unit\": \"d\"}"));
  g_free (wb_test_record (self,
                          "target",
                          NULL,
                          "{\"rule\": \"open.undue_delay\", \"length\": 40, \"unit\": \"d\"}"));
  assert_int_equal (alert_at (self, "2026-11-29T10:00:00Z"), 0);
  assert_int_equal (alert_at (self, "2026-11-30T10:00:00Z"), 10);
  assert_int_equal (alert_at (self, "2026-12-29T10:00:00Z"), 10);
  assert_int_equal (alert_at (self, "2026-12-30T10:00:00Z"), 40);
  age = wb_register_get_case_age (self->reg, CASE, wb_clock_now (), NULL);
  assert_int_equal (age->age, 40);
  assert_int_equal (age->idle_now, 36);
  assert_string_equal (age->holder, "anna");
  wb_test_assert_clock (self, A, "open.undue_delay", "- running\n");
}

/* OB-06 */
static void
a_referral_keeps_to_whom_in_which_form_what_went_and_its_proof (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) referral = NULL;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self, "person", "{\"pseudonym\": \"P\", \"role\": \"role.concerned\"}");
  record (self, "evidence", "{\"title\": \"Foto\", \"kind\": \"doc.photo\"}");
  record (self, "evidence", "{\"title\": \"Verzendbewijs\", \"kind\": \"doc.letter\"}");
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.share_identified\","
          " \"state\": \"consentstate.given\", \"recipient\": \"target.igj\","
          " \"given_on\": \"2026-11-23\"}");
  record (self,
          "referral",
          "{\"target\": \"target.igj\", \"form\": \"form.signal_identified\", \"identified\": true,"
          " \"track\": \"track.administrative\", \"allegations\": [\"" A "\"],"
          " \"documents\": [\"" CASE "/E-1\"], \"consent\": \"" CASE "/C-1\","
          " \"withheld\": \"Het verslag van de arts.\", \"sent\": \"2026-11-24\"}");
  wb_test_assert_clock (self, CASE "/R-1", "pol.referral.confirm", "2026-12-01 running\n");
  change (self,
          CASE "/R-1",
          "{\"proof\": \"" CASE "/E-2\", \"confirmed\": \"2026-11-24\","
          " \"confirmation_reference\": \"2026/77\"}");
  wb_test_assert_clock (self, CASE "/R-1", "pol.referral.confirm", "2026-12-01 met\n");
  wb_test_refused (self, "change-sent", NULL, CASE "/R-1", "{\"documents\": null}", NULL);
  referral = wb_register_read (self->reg, CASE "/R-1", FALSE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (referral->fields, "target"), "target.igj");
  assert_true (json_object_has_member (referral->fields, "consent"));
  assert_true (json_object_has_member (referral->fields, "proof"));
  assert_true (json_object_has_member (referral->fields, "documents"));
}

#define CHECKLIST                                                                                  \
  "{\"invest.prompt\": {\"result\": \"critresult.not\", \"note\": \"Na twee maanden.\"},"          \
  " \"invest.adequate\": {\"result\": \"critresult.unknown\"},"                                    \
  " \"invest.independent\": {\"result\": \"critresult.met\"},"                                     \
  " \"invest.victim\": {\"result\": \"critresult.not\"}}"

/* OB-07: asked late, the next question is still on the day it was to be. */
static void
progress_is_asked_again_on_its_day_until_there_is_an_outcome (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) asked = NULL;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self,
          "referral",
          "{\"target\": \"target.ind\", \"form\": \"form.signal\", \"sent\": \"2026-11-24\"}");
  wb_test_assert_clock (self, CASE "/R-1", "pol.referral.progress", "2026-12-24 running\n");
  wb_test_now ("2026-12-29T09:00:00Z");
  record (self,
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.asked\", \"when\":"
          " \"2026-12-29\", \"stagnant\": true, \"checklist\": " CHECKLIST "}");
  record (self,
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.stagnation\", \"when\":"
          " \"2026-12-29\", \"text\": \"Niemand is gehoord.\", \"stagnant\": true}");
  wb_test_assert_clock (self,
                        CASE "/R-1",
                        "pol.referral.progress",
                        "2026-12-24 met-late\n2027-01-23 running\n");
  assert_int_equal (wb_test_count_of (self, "followup.stagnant", "true"), 2);
  assert_int_equal (wb_test_count_of (self, "followup.kind", "followkind.stagnation"), 1);
  asked = wb_register_read (self->reg, CASE "/FU-1", FALSE, NULL, NULL);
  assert_int_equal (
      json_object_get_size (json_object_get_object_member (asked->fields, "checklist")),
      4);
  change (self,
          CASE "/R-1",
          "{\"outcome\": \"outcome.nofurther\", \"outcome_on\": \"2026-12-29\"}");
  wb_test_assert_clock (self,
                        CASE "/R-1",
                        "pol.referral.progress",
                        "2026-12-24 met-late\n2027-01-23 cancelled\n");
}

/* The list says what the note says. */
static void
assert_stagnant (WbTestRegister *self, gboolean told)
{
  static const char *const OF[] = { NULL, CASE, CASE "/R-1" };

  for (guint i = 0; i < G_N_ELEMENTS (OF); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) list =
        wb_register_list_stagnant (self->reg, OF[i], wb_clock_now (), &error);

    wb_assert_no_error (error);
    assert_int_equal (list->len, told);
    if (told)
      assert_string_equal (((WbStagnation *) list->pdata[0])->reference, CASE "/R-1");
  }
}

static gboolean
is_told_stagnant (WbTestRegister *self, const char *now)
{
  g_autoptr (GPtrArray) deadlines = NULL;
  gboolean told = FALSE;

  wb_test_now (now);
  deadlines = wb_register_list_deadlines (self->reg, CASE "/R-1", wb_clock_now (), TRUE, NULL);
  for (guint i = 0; i < deadlines->len; i++) {
    g_autoptr (GPtrArray) notes = wb_register_list_deadline_notes (self->reg,
                                                                   deadlines->pdata[i],
                                                                   wb_clock_now (),
                                                                   WB_LANGUAGE_EN,
                                                                   NULL);

    for (guint j = 0; j < notes->len; j++)
      told = told || g_str_has_prefix (notes->pdata[j], "this stands still: progress was asked on");
  }
  assert_stagnant (self, told);
  return told;
}

/* OB-07: told by the register itself, though nobody wrote it down. */
static void
a_question_unanswered_past_its_target_is_stagnation (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self,
          "referral",
          "{\"target\": \"target.ind\", \"form\": \"form.signal\", \"sent\": \"2026-11-24\"}");
  assert_false (is_told_stagnant (self, "2027-03-01T09:00:00Z")); /* nothing was asked */
  wb_test_now ("2026-12-20T09:00:00Z");
  assert_false (is_told_stagnant (self, "2026-12-20T09:00:00Z"));
  record (self,
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.asked\", \"when\":"
          " \"2026-12-20\"}");
  assert_false (is_told_stagnant (self, "2027-01-19T12:00:00Z"));
  assert_true (is_told_stagnant (self, "2027-01-20T09:00:00Z"));
  record (self, /* asking again answers nothing */
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.reminder\", \"when\":"
          " \"2027-01-20\"}");
  assert_true (is_told_stagnant (self, "2027-01-20T09:00:00Z"));
  change (self, CASE "/FU-1", "{\"answered\": \"2027-01-20\"}");
  assert_false (is_told_stagnant (self, "2027-01-20T10:00:00Z"));
  change (self, CASE "/FU-1", "{\"answered\": null}");
  assert_true (is_told_stagnant (self, "2027-01-20T11:00:00Z"));
  change (self,
          CASE "/R-1",
          "{\"outcome\": \"outcome.nofurther\", \"outcome_on\": \"2027-01-20\"}");
  assert_false (is_told_stagnant (self, "2027-03-01T09:00:00Z"));
}

/* How many stood still at the end of a period; -1: not told. The list behind has as many. */
static gint64
count_stagnant (JsonObject *report)
{
  JsonArray *parts = json_object_get_array_member (report, "parts");

  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);
    JsonArray *rows = json_object_get_array_member (part, "rows");

    if (g_str_equal (json_object_get_string_member (part, "name"), "stagnant"))
      return json_object_get_int_member_with_default (json_array_get_object_element (rows, 0),
                                                      "n",
                                                      -1);
  }
  fail_msg ("the report does not tell what stands still");
  return 0;
}

static gint64
count_stagnant_until (WbTestRegister *self, WbDate to)
{
  static const char *const BY[] = { "stagnant", NULL }, *const CODES[] = { "*", NULL };
  const WbFigureScope scope = { { 2026, 1, 1 }, to, WB_INSTANT_NONE, FALSE, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = wb_register_report_figures (self->reg, &scope, &error);
  g_autoptr (GPtrArray) behind = NULL;

  wb_assert_no_error (error);
  behind = wb_register_list_behind (self->reg, &scope, BY, CODES, &error);
  wb_assert_no_error (error);
  assert_int_equal (count_stagnant (report), behind->len);
  if (behind->len > 0)
    assert_string_equal (g_ptr_array_index (behind, 0), CASE "/R-1");
  return behind->len;
}

static void
end_referral (WbTestRegister *self, const char *day)
{
  g_autofree char *json =
      g_strdup_printf ("{\"outcome\": \"outcome.nofurther\", \"outcome_on\": \"%s\"}", day);

  change (self, CASE "/R-1", json);
}

/* OB-07, OB-12: what stood still when the year ended, whatever became of it since. */
static void
figures_tell_which_referrals_stood_still_when_the_period_ended (void **state)
{
  WbTestRegister *self = *state;
  const WbDate november = { 2026, 11, 30 }, december = { 2026, 12, 31 }, january = { 2027, 1, 31 };
  g_autoptr (JsonObject) hidden = NULL;
  g_autoptr (JsonObject) year = NULL;
  g_autoptr (WbRecord) frozen = NULL;
  g_autoptr (GError) error = NULL;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self,
          "referral",
          "{\"target\": \"target.ind\", \"form\": \"form.signal\", \"sent\": \"2026-11-24\"}");
  record (self,
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.asked\", \"when\":"
          " \"2026-11-24\"}");
  assert_int_equal (count_stagnant_until (self, december), 0); /* not yet */
  wb_test_now ("2027-02-01T09:00:00Z");
  record (self, /* the clock that runs from here is settled before it ends */
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.reminder\", \"when\":"
          " \"2026-12-20\"}");
  assert_int_equal (count_stagnant_until (self, november), 0);
  assert_int_equal (count_stagnant_until (self, december), 1);
  hidden = report_of (self, TRUE);
  assert_int_equal (count_stagnant (hidden), -1);
  frozen = wb_register_freeze_year (self->reg, 2026, &error);
  wb_assert_no_error (error);
  end_referral (self, "2027-01-10");
  assert_int_equal (count_stagnant_until (self, december), 1);
  assert_int_equal (count_stagnant_until (self, january), 0);
  end_referral (self, "2026-12-20");
  assert_int_equal (count_stagnant_until (self, december), 0);
  year = wb_register_get_frozen_year (self->reg, 2026, FALSE, &error);
  wb_assert_no_error (error);
  assert_int_equal (count_stagnant (json_object_get_object_member (year, "report")), 1);
  assert_true (json_object_get_boolean_member (year, "differs"));
}

/* OB-07: a question or an answer that is still to come would end a clock that runs. */
static void
a_follow_up_of_a_later_day_is_refused (void **state)
{
  static const char *const KINDS[] = { "asked", "answered", "reminder", "stagnation" };
  WbTestRegister *self = *state;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self,
          "referral",
          "{\"target\": \"target.ind\", \"form\": \"form.signal\", \"sent\": \"2026-11-24\"}");
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    g_autofree char *json = g_strdup_printf ("{\"referral\": \"" CASE "/R-1\", \"kind\":"
                                             " \"followkind.%s\", \"when\": \"2026-12-29\"}",
                                             KINDS[i]);

    wb_test_refused_new (self, "followup-happened", "followup", CASE, json);
  }
  record (self,
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.asked\","
          " \"when\": \"2026-11-24\"}");
  wb_test_refused_change (self, "followup-happened", CASE "/FU-1", "{\"when\": \"2026-11-25\"}");
  wb_test_refused_change (self, "answer-came", CASE "/FU-1", "{\"answered\": \"2026-11-25\"}");
  change (self, CASE "/FU-1", "{\"answered\": \"2026-11-24\"}");
  record (self,
          "followup",
          "{\"referral\": \"" CASE "/R-1\", \"kind\": \"followkind.note\","
          " \"text\": \"Terugbellen.\", \"when\": \"2026-12-01\"}");
}

/* OB-09: what was recommended, to whom, on which cases and themes, and what came of it. */
static void
a_recommendation_is_followed_and_listed_in_its_year (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  g_free (
      wb_test_record (self,
                      "recommendation",
                      NULL,
                      "{\"title\": \"Een tolk\", \"addressee\": \"authority.kmar\", \"year\":"
                      " 2026, \"annual\": true, \"cases\": [\"" CASE "\"], \"themes\":"
                      " [\"theme.asylum_access\", \"theme.child\"], \"sent\": \"2026-11-24\"}"));
  wb_test_assert_clock (self, "NL-TEST-RC-1", "pol.recommendation.reply", "2027-02-24 running\n");
  wb_test_now ("2026-12-20T09:00:00Z");
  change (self,
          "NL-TEST-RC-1",
          "{\"replied\": \"2026-12-20\", \"reply\": \"Vanaf maart.\","
          " \"implementation\": \"impl.announced\"}");
  wb_test_assert_clock (self, "NL-TEST-RC-1", "pol.recommendation.reply", "2027-02-24 met\n");
  assert_int_equal (wb_test_count_of (self, "recommendation.themes", "theme.child"), 1);
  report = report_of (self, FALSE);
  row = wb_test_row (wb_test_part (report, "list.recommendation"), "reference", "NL-TEST-RC-1");
  assert_non_null (strstr (wb_test_words (row, "cases"), CASE));
  assert_non_null (strstr (wb_test_words (row, "themes"), "child"));
  assert_string_equal (wb_test_words (row, "addressee"), "Royal Netherlands Marechaussee");
  assert_string_equal (wb_test_words (row, "reply"), "Vanaf maart.");
  assert_string_equal (wb_test_words (row, "implementation"), "Announced");
}

/* OB-13: answered in its time; a refusal says why; where it came from stays. */
static void
a_case_from_another_body_is_accepted_or_refused_with_a_reason (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) of = NULL;

  g_free (wb_test_record (self,
                          "case",
                          NULL,
                          "{\"title\": \"x\", \"transferred_in\": \"2026-11-24\","
                          " \"transferred_from\": \"target.cvrm\","
                          " \"foreign_reference\": \"NL-CVRM-2026-0412\"}"));
  wb_test_assert_clock (self, CASE, "pol.transfer.accept", "2026-12-01 running\n");
  wb_test_refused_change (self, "transfer-reason", CASE, "{\"transfer_refused\": \"2026-11-24\"}");
  change (self,
          CASE,
          "{\"transfer_refused\": \"2026-11-24\","
          " \"transfer_refused_reason\": \"Geen screening.\"}");
  wb_test_assert_clock (self, CASE, "pol.transfer.accept", "2026-12-01 met\n");
  of = wb_register_read (self->reg, CASE, FALSE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (of->fields, "transferred_from"),
                       "target.cvrm");
  assert_string_equal (json_object_get_string_member (of->fields, "foreign_reference"),
                       "NL-CVRM-2026-0412");
}

/* OB-15: a year's report counts by all that the duty names, and hides what is small for the public.
 */
static void
a_years_report_counts_by_stage_site_right_source_outcome_and_time (void **state)
{
  static const char *const PARTS[] = { "allegation.stages", "stage.screening.external",
                                       "allegation.site",   "site.schiphol.airport",
                                       "allegation.rights", "right.charter.18",
                                       "source.source",     "source.ngo",
                                       "case.outcome",      "outcome.nofurther" };
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (JsonObject) published = NULL;

  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"x\", \"stages\": [\"stage.screening.external\"],"
                          " \"site\": \"site.schiphol.airport\", \"rights\":"
                          " [\"right.charter.18\"], \"source\": \"source.ngo\","
                          " \"received\": \"2026-11-20\", \"triaged\": \"2026-11-23\"}"));
  change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}");
  report = report_of (self, FALSE);
  published = report_of (self, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i += 2) {
    JsonObject *row = wb_test_row (wb_test_part (report, PARTS[i]), "code", PARTS[i + 1]);
    JsonNode *hidden = json_object_get_member (wb_test_part (published, PARTS[i]), "total");

    assert_int_equal (json_object_get_int_member (row, "total"), 1);
    assert_true (hidden == NULL || JSON_NODE_HOLDS_NULL (hidden));
  }
  wb_test_row (wb_test_part (report, "durations"), "code", "span.receipt_triage");
}

/* OB-17 */
static void
where_a_reprisal_threatens_contact_is_safe_and_checks_come (void **state)
{
  static const char LETTER[] = "{\"direction\": \"direction.out\", \"person\": \"" CASE "/P-1\","
                               " \"subject\": \"Stand van zaken\"}";
  const WbCaseQuery query = { .sort = WB_CASE_SORT_REFERENCE };
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) reprisal = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"x\", \"received\": \"2026-11-24\","
                          " \"reprisal_risk\": \"reprisalrisk.high\"}"));
  record (self, "person", "{\"pseudonym\": \"P\"}");
  wb_test_refused_new (self, "safe-contact", "letter", CASE, LETTER);
  change (self, CASE "/P-1", "{\"safe_contact\": \"Alleen via de advocaat.\"}");
  record (self, "letter", LETTER);
  wb_test_assert_clock (self, A, "pol.reprisal.1", "2026-12-08 running\n");
  wb_test_assert_clock (self, A, "pol.reprisal.2", "2027-02-22 running\n");
  record (self,
          "allegation",
          "{\"account\": \"Overgeplaatst na het gesprek.\", \"acts\": [\"act.reprisal\"]}");
  reprisal = wb_register_read (self->reg, CASE "/A-2", FALSE, NULL, NULL);
  assert_string_equal (
      json_object_get_string_member_with_default (reprisal->fields, "urgency", "none"),
      "urgency.urgent");
  rows = wb_register_list_cases (self->reg, &query, 0, 10, NULL);
  assert_string_equal (((const WbCaseRow *) g_ptr_array_index (rows, 0))->urgency,
                       "urgency.urgent");
}

/* OB-25: six weeks, four more where both sides were told in time; then it is an event. */
static void
an_authority_late_after_its_adjournment_becomes_an_allegation (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) early = NULL;
  g_autoptr (WbRecord) made = NULL;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self,
          "complaint",
          "{\"authority\": \"authority.ind\", \"received_by_authority\": \"2026-11-24\"}");
  wb_test_assert_clock (self, CASE "/K-1", "awb.9_11_1.six", "2027-01-05 running\n");
  wb_test_assert_clock (self, CASE "/K-1", "awb.9_8_3", "2026-12-22 running\n");
  change (self, CASE "/K-1", "{\"adjourned\": \"2026-12-30\", \"adjourned_both\": true}");
  wb_test_now ("2027-02-02T09:00:00Z");
  wb_test_assert_clock (self, CASE "/K-1", "awb.9_11_2", "2027-02-02 running\n");
  early = wb_register_record_overrun (self->reg, CASE "/K-1", "awb.9_11_2", NULL, &error);
  assert_null (early);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  /* A further delay without the consent of the complainant moves nothing. */
  change (self,
          CASE "/K-1",
          "{\"further_delay\": \"2027-02-01\", \"further_delay_until\": \"2027-04-01\"}");
  wb_test_now ("2027-02-03T09:00:00Z");
  made = wb_register_record_overrun (self->reg, CASE "/K-1", "awb.9_11_2", NULL, &error);
  wb_assert_no_error (error);
  assert_string_equal (made->reference, CASE "/A-2");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (a_case_is_pointed_out_at_ages_the_body_chose_with_its_holder),
    with_workflow (a_referral_keeps_to_whom_in_which_form_what_went_and_its_proof),
    with_workflow (progress_is_asked_again_on_its_day_until_there_is_an_outcome),
    with_workflow (a_question_unanswered_past_its_target_is_stagnation),
    with_workflow (figures_tell_which_referrals_stood_still_when_the_period_ended),
    with_workflow (a_follow_up_of_a_later_day_is_refused),
    with_workflow (a_recommendation_is_followed_and_listed_in_its_year),
    with_workflow (a_case_from_another_body_is_accepted_or_refused_with_a_reason),
    with_workflow (a_years_report_counts_by_stage_site_right_source_outcome_and_time),
    with_workflow (where_a_reprisal_threatens_contact_is_safe_and_checks_come),
    with_workflow (an_authority_late_after_its_adjournment_becomes_an_allegation),
  };

  return cmocka_run_group_tests_name ("duties-follow", tests, NULL, NULL);
}
