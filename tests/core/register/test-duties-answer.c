/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The duties by which the body answers to others: the complainant, the authority, the person whose
 * data it holds, the public. Each is broken once in its test, and the register says so.
 */
#include "wb-test-register.h"

#include <string.h>

#include "wb-deadline.h"
#include "wb-error.h"
#include "wb-figures.h"

#define CASE "NL-TEST-2026-0001"
#define ALLEGATION "{\"account\": \"Geduwd bij de afname.\", \"received\": \"2026-11-20\"}"
#define PERSON "{\"pseudonym\": \"Kiezel-5\", \"data_obtained\": \"2026-11-02\"}"

static void
assert_named (const GError *error, const char *rule)
{
  g_autofree char *named = g_strdup_printf ("(rule %s", rule);

  assert_non_null (error);
  if (!g_error_matches (error, WB_ERROR, WB_ERROR_REFUSED) ||
      strstr (error->message, named) == NULL)
    fail_msg ("not refused by %s: %s", rule, error->message);
}

static void
refuse_new (WbTestRegister *self,
            const char *type,
            const char *of,
            const char *json,
            const char *rule)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_record (self->reg, type, NULL, of, fields, "why", &error);

  if (record != NULL)
    fail_msg ("%s was taken, against %s", json, rule);
  assert_named (error, rule);
}

static void
refuse_change_for (WbTestRegister *self,
                   const char *reference,
                   const char *json,
                   const char *reason,
                   const char *rule)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_register_change (self->reg, reference, fields, reason, &error);

  if (record != NULL)
    fail_msg ("%s was taken, against %s", json, rule);
  assert_named (error, rule);
}

static void
refuse_change (WbTestRegister *self, const char *reference, const char *json, const char *rule)
{
  refuse_change_for (self, reference, json, "why", rule);
}

static void
record (WbTestRegister *self, const char *type, const char *of, const char *json)
{
  g_autofree char *reference = wb_test_record (self, type, of, json);

  assert_non_null (reference);
}

static void
change (WbTestRegister *self, const char *reference, const char *json)
{
  g_autofree char *changed = wb_test_change (self, reference, json);

  assert_non_null (changed);
}

/* The deadline of @rule that counts for @reference: the day it ends (NULL: nobody knows), and how
 * it stands. */
static void
assert_clock (WbTestRegister *self,
              const char *reference,
              const char *rule,
              const char *due,
              WbClockState state)
{
  g_autoptr (GPtrArray) list =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, NULL);
  const WbDeadline *found = NULL;

  for (guint i = 0; i < list->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (list, i);

    if (g_str_equal (deadline->rule->code, rule) &&
        g_str_equal (deadline->record_reference, reference) &&
        deadline->state != WB_CLOCK_SUPERSEDED)
      found = deadline;
  }
  if (found == NULL)
    fail_msg ("%s has no %s", reference, rule);
  if (g_strcmp0 (found->clock->due, due) != 0)
    fail_msg ("%s of %s is due on %s", rule, reference, found->clock->due);
  assert_int_equal (found->state, state);
}

/* A day, a month or "unknown": the bar is told for the earliest day that it can have been. */
static void
a_partial_date_gives_the_earliest_bar_of_a_year (void **state)
{
  WbTestRegister *self = *state;

  record (self, "allegation", NULL, "{\"account\": \"x\", \"when\": \"2026-07\"}");
  assert_clock (self, CASE "/A-1", "awb.9_8_1b", "2027-07-01", WB_CLOCK_RUNNING);
  assert_clock (self, CASE "/A-1", "awb.9_24_2", "2027-07-01", WB_CLOCK_RUNNING);
  change (self, CASE "/A-1", "{\"when\": \"2026-07-18\"}");
  assert_clock (self, CASE "/A-1", "awb.9_8_1b", "2027-07-18", WB_CLOCK_RUNNING);
  wb_test_now ("2027-07-20T09:00:00Z");
  assert_clock (self, CASE "/A-1", "awb.9_8_1b", "2027-07-18", WB_CLOCK_PASSED);
}

static void
a_criminal_case_pauses_the_complaint_until_it_is_resumed (void **state)
{
  WbTestRegister *self = *state;

  record (self, "allegation", NULL, ALLEGATION);
  record (self,
          "complaint",
          CASE,
          "{\"authority\": \"authority.kmar\", \"received_by_authority\": \"2026-11-02\"}");
  assert_clock (self, CASE "/K-1", "awb.9_11_1.six", "2026-12-14", WB_CLOCK_RUNNING);
  change (self,
          CASE "/K-1",
          "{\"suspended\": \"2026-11-16\", \"suspended_reason\": \"susp.criminal\"}");
  assert_clock (self, CASE "/K-1", "awb.9_11_1.six", NULL, WB_CLOCK_SUSPENDED);
  wb_test_now ("2027-01-20T09:00:00Z"); /* however long it takes */
  assert_clock (self, CASE "/K-1", "awb.9_11_1.six", NULL, WB_CLOCK_SUSPENDED);
}

/* The same person at the register of another kind of body. */
static void
begin_as (WbTestRegister *self, const char *profile)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  WbRegisterSetup setup = { "Ombudsman Fictief", "NL-TEST", profile, NULL, "anna",
                            passphrase,          NULL,      TRUE };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reg, wb_register_close);
  g_free (self->path);
  self->path = g_build_filename (self->folder, profile, NULL);
  self->reg = wb_register_create (self->path, &setup, &error);
  wb_assert_no_error (error);
}

static void
move_to_assessment (WbTestRegister *self)
{
  record (self, "allegation", NULL, ALLEGATION);
  wb_test_move (self, CASE, "status.triage");
  wb_test_move (self, CASE, "status.assessment");
}

static void
an_ombudsperson_weighs_admissibility_before_investigating (void **state)
{
  static const char INVESTIGATE[] = "{\"status\": \"status.investigation_own\"}";
  WbTestRegister *self = *state;

  begin_as (self, "ombudsperson");
  move_to_assessment (self);
  refuse_change (self, CASE, INVESTIGATE, "admissibility");
  change (self,
          CASE "/A-1",
          "{\"admissibility\": {\"adm.policy\": {\"result\": \"critresult.met\"}}}");
  refuse_change (self, CASE, INVESTIGATE, "admissibility"); /* one point of seven */
  change (self,
          CASE "/A-1",
          "{\"admissibility\": {\"adm.policy\": {\"result\": \"critresult.met\"},"
          " \"adm.court\": {\"result\": \"critresult.met\"},"
          " \"adm.complained\": {\"result\": \"critresult.met\"},"
          " \"adm.affected\": {\"result\": \"critresult.met\"},"
          " \"adm.interest\": {\"result\": \"critresult.partly\", \"note\": \"gering\"},"
          " \"adm.pending\": {\"result\": \"critresult.met\"},"
          " \"adm.year\": {\"result\": \"critresult.not\", \"note\": \"toch onderzocht\"}}}");
  wb_test_move (self, CASE, "status.investigation_own");
}

static void
other_bodies_are_not_asked_for_admissibility (void **state)
{
  WbTestRegister *self = *state;

  begin_as (self, "human-rights-institution");
  move_to_assessment (self);
  wb_test_move (self, CASE, "status.investigation_own");
}

/* The yearly list of Awb 9:12a: the complaints about the body itself, and no others. */
static void
the_yearly_list_holds_the_complaints_about_the_body_and_no_others (void **state)
{
  WbTestRegister *self = *state;
  const WbFigureScope year = { { 2026, 1, 1 }, { 2026, 12, 31 }, WB_INSTANT_NONE };
  const char *by[] = { "own_complaint.status", NULL };
  const char *codes[] = { "status.registered", NULL };
  g_autoptr (GPtrArray) behind = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *own = wb_test_record (self, "case", NULL, "{\"kind\": \"casekind.own_body\"}");
  g_autofree char *other = wb_test_record (self, "case", NULL, "{\"kind\": \"casekind.signal\"}");

  record (self, "allegation", own, ALLEGATION);
  record (self, "allegation", other, ALLEGATION);
  behind = wb_register_list_behind (self->reg, &year, by, codes, &error);
  wb_assert_no_error (error);
  assert_int_equal (behind->len, 1);
  assert_string_equal (g_ptr_array_index (behind, 0), own);
  report = wb_register_report_figures (self->reg, &year, &error);
  wb_assert_no_error (error);
  {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), report);
    g_autofree char *text = json_to_string (node, FALSE);

    assert_non_null (strstr (text, own));
  }
}

static void
findings_are_final_after_the_comment_or_its_term (void **state)
{
  WbTestRegister *self = *state;
  static const char FINAL[] = "{\"final\": \"2026-12-20\", \"final_text\": \"Onbehoorlijk.\"}";

  move_to_assessment (self);
  refuse_new (self, "finding", CASE, "{\"draft_sent\": \"2026-11-23\"}", "findings-text");
  refuse_new (self,
              "finding",
              CASE,
              "{\"text\": \"Concept.\", \"draft_sent\": \"2026-11-23\"}",
              "comment-term");
  record (self, "finding", CASE, "{\"text\": \"Concept.\"}");
  refuse_change (self, CASE "/F-1", FINAL, "findings-sent");
  change (self, CASE "/F-1", "{\"draft_sent\": \"2026-11-23\", \"comment_due\": \"2026-12-14\"}");
  assert_clock (self, CASE "/F-1", "awb.9_35_2", "2026-12-14", WB_CLOCK_RUNNING);
  refuse_change_for (self, CASE "/F-1", "{\"text\": \"Herschreven.\"}", NULL, "rewrite-findings");
  wb_test_now ("2026-12-14T22:30:00Z"); /* half past eleven that night in the body's zone */
  refuse_change (self, CASE "/F-1", FINAL, "findings-heard");
  wb_test_now ("2026-12-14T23:30:00Z");
  refuse_change (self, CASE "/F-1", "{\"final\": \"2026-12-20\"}", "final-text");
  change (self, CASE "/F-1", FINAL);
}

static void
a_comment_on_findings_ends_its_term_and_they_are_followed_up (void **state)
{
  WbTestRegister *self = *state;

  move_to_assessment (self);
  record (self,
          "finding",
          CASE,
          "{\"text\": \"Concept.\", \"draft_sent\": \"2026-11-23\","
          " \"comment_due\": \"2026-12-14\"}");
  wb_test_now ("2026-12-01T09:00:00Z");
  change (self,
          CASE "/F-1",
          "{\"commented\": \"2026-11-30\", \"comments\": \"Er is een registratie.\"}");
  assert_clock (self, CASE "/F-1", "awb.9_35_2", "2026-12-14", WB_CLOCK_MET);
  change (self,
          CASE "/F-1",
          "{\"answer\": \"Verwerkt.\", \"final\": \"2026-12-01\", \"final_text\": \"Slot.\"}");
  refuse_change_for (self, CASE "/F-1", "{\"final_text\": \"x\"}", NULL, "rewrite-conclusion");
  record (self,
          "recommendation",
          NULL,
          "{\"title\": \"Registreer geweld\", \"findings\": [\"" CASE "/F-1\"],"
          " \"sent\": \"2026-12-01\", \"reply_due\": \"2027-02-01\"}");
  assert_clock (self, "NL-TEST-RC-1", "pol.recommendation.reply", "2027-02-01", WB_CLOCK_RUNNING);
}

static void
a_demand_runs_to_the_day_set_and_its_refusal_has_a_ground (void **state)
{
  WbTestRegister *self = *state;

  record (self,
          "request",
          NULL,
          "{\"addressee\": \"authority.kmar\", \"basis\": \"infobasis.awb_9_31\","
          " \"text\": \"Het logboek.\", \"asked\": \"2026-11-02\", \"due\": \"2026-11-30\"}");
  assert_clock (self, "NL-TEST-IR-1", "awb.9_31_3", "2026-11-30", WB_CLOCK_RUNNING);
  refuse_change (self, "NL-TEST-IR-1", "{\"refused\": true}", "refusal-ground");
  refuse_change (self, "NL-TEST-IR-1", "{\"refused_on\": \"2026-11-20\"}", "refusal-ground");
  change (self,
          "NL-TEST-IR-1",
          "{\"refused\": true, \"refused_on\": \"2026-11-20\","
          " \"refusal_ground\": \"Veiligheid van de Staat.\"}");
  assert_clock (self, "NL-TEST-IR-1", "awb.9_31_3", "2026-11-30", WB_CLOCK_MET);
  refuse_change (self, "NL-TEST-IR-1", "{\"refusal_ground\": null}", "refusal-ground");
}

static void
each_body_demands_on_its_own_basis (void **state)
{
  WbTestRegister *self = *state;

  record (self,
          "request",
          NULL,
          "{\"addressee\": \"authority.ind\", \"basis\": \"infobasis.cvrm_6\","
          " \"asked\": \"2026-11-02\", \"due\": \"2026-11-30\"}");
  record (self,
          "request",
          NULL,
          "{\"addressee\": \"authority.ind\", \"basis\": \"infobasis.awb_5_20\","
          " \"asked\": \"2026-11-02\", \"due\": \"2026-12-01\"}");
  assert_clock (self, "NL-TEST-IR-1", "cvrm.6_2", "2026-11-30", WB_CLOCK_RUNNING);
  assert_clock (self, "NL-TEST-IR-2", "awb.5_20", "2026-12-01", WB_CLOCK_RUNNING);
  change (self, "NL-TEST-IR-2", "{\"received\": \"2026-11-24\"}");
  assert_clock (self, "NL-TEST-IR-2", "awb.5_20", "2026-12-01", WB_CLOCK_MET);
}

static void
a_data_subject_gets_an_answer_or_a_ground (void **state)
{
  WbTestRegister *self = *state;

  record (self, "dsr", NULL, "{\"kind\": \"dsrkind.erasure\", \"received\": \"2026-11-02\"}");
  refuse_change (self,
                 "NL-TEST-DS-1",
                 "{\"extension_notice\": \"2026-11-24\"}",
                 "extension-reason");
  refuse_change (self, "NL-TEST-DS-1", "{\"decided\": \"2026-11-24\"}", "dsr-answered");
  refuse_change (self,
                 "NL-TEST-DS-1",
                 "{\"decided\": \"2026-11-24\", \"answer\": \"Gewist.\"}",
                 "recipients-told");
  change (self,
          "NL-TEST-DS-1",
          "{\"decided\": \"2026-11-24\", \"refused_ground\": \"AVG 17(3)(d)\"}");
  refuse_change (self, "NL-TEST-DS-1", "{\"refused_ground\": null}", "dsr-answered");
}

static void
asking_who_it_is_pauses_the_month_and_a_notice_lengthens_it (void **state)
{
  WbTestRegister *self = *state;

  record (self, "dsr", NULL, "{\"kind\": \"dsrkind.access\", \"received\": \"2026-11-02\"}");
  assert_clock (self, "NL-TEST-DS-1", "gdpr.12_3", "2026-12-02", WB_CLOCK_RUNNING);
  change (self,
          "NL-TEST-DS-1",
          "{\"identity_asked\": \"2026-11-05\", \"identity_verified\": \"2026-11-12\"}");
  assert_clock (self,
                "NL-TEST-DS-1",
                "gdpr.12_3",
                "2026-12-09",
                WB_CLOCK_RUNNING); /* seven days on */
  change (self,
          "NL-TEST-DS-1",
          "{\"extension_notice\": \"2026-11-24\", \"extension_reason\": \"Veel stukken.\"}");
  assert_clock (self, "NL-TEST-DS-1", "gdpr.12_3.ext", "2027-02-09", WB_CLOCK_RUNNING);
}

static void
not_informing_a_third_person_needs_a_ground (void **state)
{
  WbTestRegister *self = *state;

  record (self, "allegation", NULL, ALLEGATION);
  record (self, "person", CASE, PERSON);
  record (self, "official", CASE, "{\"data_obtained\": \"2026-11-02\"}");
  assert_clock (self, CASE "/P-1", "gdpr.14_3", "2026-12-02", WB_CLOCK_RUNNING);
  assert_clock (self, CASE "/O-1", "gdpr.14_3", "2026-12-02", WB_CLOCK_RUNNING);
  for (guint i = 0; i < 2; i++) {
    const char *who = i == 0 ? CASE "/P-1" : CASE "/O-1";

    refuse_change (self, who, "{\"informing\": \"informing.restricted\"}", "third-person-ground");
    refuse_change (self, who, "{\"informing\": \"informing.exempt\"}", "third-person-ground");
    refuse_change (self,
                   who,
                   "{\"informing\": \"informing.informed\"}",
                   i == 0 ? "third-person-date" : "official-date");
    assert_clock (self, who, "gdpr.14_3", "2026-12-02", WB_CLOCK_RUNNING);
    change (self,
            who,
            "{\"informing\": \"informing.restricted\","
            " \"informed_exempt\": \"AVG 14(5)(b): het brengt het onderzoek in gevaar\"}");
    assert_clock (self, who, "gdpr.14_3", "2026-12-02", WB_CLOCK_MET);
    refuse_change (self, who, "{\"informed_exempt\": null}", "third-person-ground");
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_partial_date_gives_the_earliest_bar_of_a_year),
    with_register (a_criminal_case_pauses_the_complaint_until_it_is_resumed),
    with_register (an_ombudsperson_weighs_admissibility_before_investigating),
    with_register (other_bodies_are_not_asked_for_admissibility),
    with_register (the_yearly_list_holds_the_complaints_about_the_body_and_no_others),
    with_register (findings_are_final_after_the_comment_or_its_term),
    with_register (a_comment_on_findings_ends_its_term_and_they_are_followed_up),
    with_register (a_demand_runs_to_the_day_set_and_its_refusal_has_a_ground),
    with_register (each_body_demands_on_its_own_basis),
    with_register (a_data_subject_gets_an_answer_or_a_ground),
    with_register (asking_who_it_is_pauses_the_month_and_a_notice_lengthens_it),
    with_register (not_informing_a_third_person_needs_a_ground),
  };

  return cmocka_run_group_tests_name ("duties-answer", tests, NULL, NULL);
}
