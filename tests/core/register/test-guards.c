/* SPDX-License-Identifier: EUPL-1.2 */

/* The way of a case: what each step asks for, and what a rule refuses by its name. */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-duplicate.h"
#include "wb-earlier.h"
#include "wb-error.h"
#include "wb-moves.h"

#define CASE "NL-TEST-2026-0001"
#define A CASE "/A-1"
#define ALLEGATION                                                                                 \
  "{\"account\": \"Geduwd.\", \"received\": \"2026-11-20\", \"when\": \"2026-11-18T23:30\", "      \
  "\"site\": \"site.schiphol.jcs\", \"acts\": [\"act.isolation\"], "                               \
  "\"themes\": [\"theme.detention\"]}"
#define ASSESSMENT(result, reason)                                                                 \
  "{\"allegation\": \"" A "\", \"result\": \"" result "\", \"reason\": " reason "}"

static void
record_case (WbTestRegister *self)
{
  g_free (wb_test_record (self, "allegation", NULL, ALLEGATION));
}

static void
assess (WbTestRegister *self, const char *result)
{
  g_autofree char *json =
      g_strdup_printf ("{\"allegation\": \"" A "\", \"result\": \"%s\", \"reason\": \"Stukken.\"}",
                       result);
  g_autofree char *set = g_strdup_printf ("{\"substantiation\": \"%s\"}", result);

  g_free (wb_test_record (self, "assessment", CASE, json));
  g_free (wb_test_change (self, A, set));
}

static const WbMoveOption *
find_option (GPtrArray *options, const char *to)
{
  for (guint i = 0; i < options->len; i++) {
    if (g_str_equal (((const WbMoveOption *) g_ptr_array_index (options, i))->to, to))
      return g_ptr_array_index (options, i);
  }
  return NULL;
}

static gboolean
lacks (WbTestRegister *self, const char *to, const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) options = wb_register_list_moves (self->reg, CASE, &error);
  const WbMoveOption *option;

  wb_assert_no_error (error);
  option = find_option (options, to);
  assert_non_null (option);
  for (guint i = 0; i < option->missing->len; i++) {
    if (g_str_equal (((const WbMissing *) g_ptr_array_index (option->missing, i))->rule, rule))
      return TRUE;
  }
  return FALSE;
}

static void
a_step_gives_a_reason (void **state)
{
  WbTestRegister *self = *state;

  record_case (self);
  wb_test_refused (self, "reason", NULL, CASE, "{\"status\": \"status.triage\"}", NULL);
  wb_test_refused_change (self, "moves", CASE, "{\"status\": \"status.closed\"}");
  wb_test_move (self, CASE, "status.triage");
}

static void
substantiated_needs_the_newest_assessment_with_its_reasons (void **state)
{
  WbTestRegister *self = *state;
  const char *set = "{\"substantiation\": \"subst.substantiated\"}";

  record_case (self);
  wb_test_refused_change (self, "substantiation-assessed", A, set);
  wb_test_refused_change (self,
                          "substantiation-reason",
                          A,
                          "{\"substantiation\": \"subst.insufficient\"}");
  wb_test_refused_new (self,
                       "assessment-reason",
                       "assessment",
                       CASE,
                       "{\"allegation\": \"" A "\", \"result\": \"subst.substantiated\"}");
  assess (self, "subst.substantiated");
  /* A reassessment stands beside it, and counts. */
  g_free (wb_test_record (self,
                          "assessment",
                          CASE,
                          ASSESSMENT ("subst.notsubstantiated", "\"Nieuw stuk.\"")));
  wb_test_refused_change (self,
                          "substantiation-assessed",
                          A,
                          "{\"substantiation\": \"subst.partly\"}");
  g_free (wb_test_change (self, A, "{\"substantiation\": \"subst.notsubstantiated\"}"));
  wb_test_refused_change (self, "assessment-kept", CASE "/AS-1", "{\"result\": \"subst.refuted\"}");
  wb_test_sound (self);
}

static void
propose_closing (WbTestRegister *self)
{
  wb_test_move (self, CASE, "status.triage");
  wb_test_move (self, CASE, "status.assessment");
  wb_test_move (self, CASE, "status.closing");
}

static void
closing_needs_outcome_assessment_and_a_second_reader (void **state)
{
  const char *close = "{\"status\": \"status.closed\"}";
  WbTestRegister *self = *state;

  record_case (self);
  propose_closing (self);
  wb_test_refused_change (self, "outcome", CASE, close);
  g_free (wb_test_change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}"));
  wb_test_refused_change (self, "assessed", CASE, close);
  assess (self, "subst.substantiated");
  wb_test_refused_change (self, "referral-considered", CASE, close);
  g_free (wb_test_change (self, CASE, "{\"not_referred_reason\": \"Al hersteld.\"}"));
  wb_test_refused_change (self, "second-reader", CASE, close);
  wb_test_refused_change (self, "own-name", CASE, "{\"second_reader\": \"lezer\"}");
  assert_true (lacks (self, "status.closed", "second-reader"));
  wb_test_open_as (self, "lezer");
  assert_false (lacks (self, "status.closed", "second-reader"));
  g_free (wb_test_change (self, CASE, "{\"second_reader\": \"lezer\"}"));
  wb_test_move (self, CASE, "status.closed");
  wb_test_sound (self);
}

static void
an_assessment_is_read_over_by_somebody_else (void **state)
{
  WbTestRegister *self = *state;

  record_case (self);
  assess (self, "subst.partly");
  wb_test_refused_change (self,
                          "assessment-other-reader",
                          CASE "/AS-1",
                          "{\"second_reader\": \"anna\"}");
  wb_test_open_as (self, "lezer");
  wb_test_refused_change (self, "own-name", CASE "/AS-1", "{\"second_reader\": \"anna\"}");
  g_free (wb_test_change (self, CASE "/AS-1", "{\"second_reader\": \"lezer\"}"));
}

/* Feedback to a whistleblower is a duty of the body itself, by law. */
static void
no_case_closes_while_the_body_owes_something_by_law (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *request = NULL;

  record_case (self);
  request = wb_test_record (self,
                            "dsr",
                            CASE,
                            "{\"kind\": \"dsrkind.access\", \"received\": \"2026-11-23\"}");
  propose_closing (self);
  assert_true (lacks (self, "status.closed", "no-law-clock"));
  g_free (
      wb_test_change (self, request, "{\"decided\": \"2026-11-24\", \"answer\": \"Gegeven.\"}"));
  assert_false (lacks (self, "status.closed", "no-law-clock"));
}

static void
a_transfer_is_recorded_with_consent_first (void **state)
{
  const char *referral = "{\"target\": \"target.ijenv\", \"form\": \"form.transfer\"}";
  const char *move = "{\"status\": \"status.transferred\", \"transferred_to\": \"target.ijenv\"}";
  WbTestRegister *self = *state;

  record_case (self);
  wb_test_move (self, CASE, "status.triage");
  wb_test_refused_change (self, "transfer-recorded", CASE, move);
  wb_test_refused_new (self, "transfer-consent", "referral", CASE, referral);
  g_free (wb_test_record (self,
                          "consent",
                          CASE,
                          "{\"purpose\": \"consent.transfer\", \"state\": \"consentstate.given\", "
                          "\"recipient\": \"target.ijenv\"}"));
  g_free (wb_test_record (self, "referral", CASE, referral));
  wb_test_refused_change (
      self,
      "transfer-recorded",
      CASE,
      "{\"status\": \"status.transferred\", \"transferred_to\": \"target.cvrm\"}");
  g_free (wb_test_change (self, CASE, "{\"transferred_to\": \"target.ijenv\"}"));
  wb_test_move (self, CASE, "status.transferred");
}

static void
who_has_an_interest_does_not_assess_read_or_decide (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;

  record_case (self);
  wb_test_refused_new (self,
                       "declarant-is-user",
                       "declaration",
                       CASE,
                       "{\"user\": \"niemand\", \"interest\": true}");
  g_free (wb_test_record (self, "declaration", CASE, "{\"user\": \"anna\", \"interest\": true}"));
  wb_test_refused_new (self,
                       "no-interest",
                       "assessment",
                       CASE,
                       ASSESSMENT ("subst.partly", "\"Stukken.\""));
  decision = wb_test_decided (self,
                              CASE,
                              "{\"kind\": \"decisionkind.other\", \"rule\": \"no-interest\", "
                              "\"choice\": \"decisionchoice.do\", \"ground\": \"Klein belang.\"}");
  g_free (wb_test_record (self, "assessment", CASE, ASSESSMENT ("subst.partly", "\"Stukken.\"")));
  wb_test_open_as (self, "lezer");
  g_free (wb_test_record (self, "declaration", CASE, "{\"user\": \"lezer\", \"interest\": false}"));
  g_free (wb_test_record (self, "assessment", CASE, ASSESSMENT ("subst.partly", "\"Eens.\"")));
}

static void
the_original_receipt_stays (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) values = NULL;

  record_case (self);
  wb_test_refused_change (self, "receipt-kept", A, "{\"received\": null}");
  wb_test_refused (self, "correct-receipt", NULL, A, "{\"received\": \"2026-11-21\"}", NULL);
  {
    g_autoptr (JsonObject) fields = wb_test_object ("{\"received\": \"2026-11-19\"}");
    g_autoptr (WbRecord) record = wb_register_change (self->reg, A, fields, "Poststempel.", NULL);

    assert_non_null (record);
  }
  values = wb_register_list_earlier (self->reg, A, "received", NULL);
  assert_int_equal (values->len, 1);
  assert_string_equal (((const WbEarlier *) g_ptr_array_index (values, 0))->text, "\"2026-11-20\"");
}

static void
urgency_is_lowered_by_two_and_once (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;

  record_case (self);
  g_free (wb_test_change (self, A, "{\"urgency\": \"urgency.critical\"}"));
  wb_test_refused_change (self, "urgency-decided", A, "{\"urgency\": \"urgency.standard\"}");
  decision = wb_test_decided (self,
                              CASE,
                              "{\"kind\": \"decisionkind.lower_urgency\", \"about\": [\"" A
                              "\"], \"choice\": \"decisionchoice.do\", \"ground\": \"Veilig.\"}");
  g_free (wb_test_change (self, A, "{\"urgency\": \"urgency.urgent\"}"));
  /* What was decided is used up. */
  wb_test_refused_change (self, "urgency-decided", A, "{\"urgency\": \"urgency.standard\"}");
  g_free (wb_test_change (self, A, "{\"urgency\": \"urgency.critical\"}"));
}

static void
a_case_is_held_by_a_user_and_handed_over_with_a_reason (void **state)
{
  WbTestRegister *self = *state;

  record_case (self);
  wb_test_refused_change (self, "holder-is-user", CASE, "{\"holder\": \"iemand\"}");
  g_free (wb_test_change (self, CASE, "{\"holder\": \"anna\"}"));
  wb_test_refused (self, "hand-over", NULL, CASE, "{\"holder\": \"lezer\"}", NULL);
}

static void
close_case (WbTestRegister *self)
{
  record_case (self);
  g_free (wb_test_change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}"));
  assess (self, "subst.notsubstantiated");
  propose_closing (self);
  wb_test_open_as (self, "lezer");
  wb_test_move (self, CASE, "status.closed");
  wb_test_open_as (self, "anna");
}

static void
what_is_closed_is_reopened_and_what_is_archived_is_read (void **state)
{
  WbTestRegister *self = *state;

  close_case (self);
  wb_test_refused_change (self, "reopened", A, "{\"account\": \"Anders.\"}");
  wb_test_refused_new (self, "reopened", "person", CASE, "{\"pseudonym\": \"P\"}");
  wb_test_refused (self, "reason", NULL, CASE, "{\"status\": \"status.assessment\"}", NULL);
  wb_test_refused_change (self, "category", CASE, "{\"status\": \"status.archived\"}");
  g_free (wb_test_record (self, "note", CASE, "{\"text\": \"Gebeld.\"}"));
  g_free (wb_test_change (self, CASE, "{\"retention_category\": \"retention.signal\"}"));
  wb_test_move (self, CASE, "status.archived");
  wb_test_refused_new (self, "read-only", "note", CASE, "{\"text\": \"Gebeld.\"}");
  wb_test_refused_change (self, "read-only", A, "{\"reprisal_check_1\": \"2027-01-01\"}");
  wb_test_refused_change (self, "erase-only", CASE, "{\"status\": \"status.destroyed\"}");
  assert_true (lacks (self, "status.destroyed", "retention-expired"));
  g_free (wb_test_change (self, CASE, "{\"legal_hold\": true}"));
  assert_true (lacks (self, "status.destroyed", "no-legal-hold"));
  wb_test_refused (self, "lift-hold", NULL, CASE, "{\"legal_hold\": false}", NULL);
  g_free (wb_test_record (self,
                          "dsr",
                          CASE,
                          "{\"kind\": \"dsrkind.access\", \"received\": \"2026-11-23\"}"));
  assert_true (lacks (self, "status.destroyed", "no-open-request"));
  wb_test_move (self, CASE, "status.closed");
  wb_test_move (self, CASE, "status.assessment");
  g_free (wb_test_change (self, A, "{\"account\": \"Anders.\"}"));
  wb_test_sound (self);
}

static char *
receipt_of (WbTestRegister *self, const char *reference)
{
  const WbCaseQuery query = { .sort = WB_CASE_SORT_REFERENCE };
  g_autoptr (GPtrArray) rows = wb_register_list_cases (self->reg, &query, 0, 10, NULL);

  for (guint i = 0; i < rows->len; i++) {
    const WbCaseRow *row = g_ptr_array_index (rows, i);

    if (g_str_equal (row->reference, reference))
      return g_strdup (row->received);
  }
  return NULL;
}

static void
assert_receipt (WbTestRegister *self, const char *date)
{
  g_autofree char *received = receipt_of (self, CASE);

  assert_string_equal (received, date);
}

#define CASE_B "NL-TEST-2026-0002"

static void
merged_cases_keep_apart_and_the_earliest_receipt_governs (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;
  g_autoptr (GPtrArray) records = NULL;

  record_case (self);
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"Ook.\", \"received\": \"2026-11-17\"}"));
  wb_test_refused_change (self, "merge-target", CASE_B, "{\"status\": \"status.merged\"}");
  wb_test_refused_change (self,
                          "merge-target",
                          CASE_B,
                          "{\"status\": \"status.merged\", \"merged_into\": \"" CASE_B "\"}");
  assert_receipt (self, "2026-11-20");
  g_free (wb_test_change (self, CASE_B, "{\"merged_into\": \"" CASE "\"}"));
  wb_test_move (self, CASE_B, "status.merged");
  assert_receipt (self, "2026-11-17");
  records = wb_register_read_case (self->reg, CASE, NULL);
  assert_int_equal (records->len, 2); /* the sources are apart */
  wb_test_refused_change (self, "merge-fixed", CASE_B, "{\"merged_into\": null}");
  wb_test_refused_change (self, "unmerge-decided", CASE_B, "{\"status\": \"status.assessment\"}");
  decision = wb_test_decided (self,
                              CASE_B,
                              "{\"kind\": \"decisionkind.unmerge\", \"choice\": "
                              "\"decisionchoice.do\", \"ground\": \"Andere cel.\"}");
  wb_test_move (self, CASE_B, "status.assessment");
  assert_receipt (self, "2026-11-20");
  wb_test_sound (self);
}

static void
the_same_night_at_the_same_site_is_a_hint (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) list = NULL;
  const WbDuplicate *first;

  record_case (self);
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"b\", \"when\": \"2026-11-19\", \"site\": "
                          "\"site.schiphol.jcs\", \"acts\": [\"act.force.excessive\"]}"));
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"c\", \"when\": \"2026-11-19T02:00\", \"site\": "
                          "\"site.schiphol.jcs\", \"acts\": [\"act.isolation\"]}"));
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"d\", \"when\": \"2026-11-19\", \"site\": "
                          "\"site.zeist.ggv\", \"acts\": [\"act.isolation\"]}"));
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"e\", \"when\": \"2026-11-22\", \"site\": "
                          "\"site.schiphol.jcs\", \"acts\": [\"act.isolation\"]}"));
  list = wb_register_list_duplicates (self->reg, A, NULL);
  assert_int_equal (list->len, 2);
  first = g_ptr_array_index (list, 0);
  assert_string_equal (first->reference, "NL-TEST-2026-0003/A-1");
  assert_string_equal (first->acts[0], "act.isolation");
  assert_false (first->linked);
  g_free (wb_test_change (self, A, "{\"same_as\": [\"NL-TEST-2026-0003/A-1\"]}"));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = wb_register_list_duplicates (self->reg, CASE, NULL);
  assert_true (((const WbDuplicate *) g_ptr_array_index (list, 0))->linked);
  wb_test_sound (self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (a_step_gives_a_reason),
    with_workflow (substantiated_needs_the_newest_assessment_with_its_reasons),
    with_workflow (closing_needs_outcome_assessment_and_a_second_reader),
    with_workflow (an_assessment_is_read_over_by_somebody_else),
    with_workflow (no_case_closes_while_the_body_owes_something_by_law),
    with_workflow (a_transfer_is_recorded_with_consent_first),
    with_workflow (who_has_an_interest_does_not_assess_read_or_decide),
    with_workflow (the_original_receipt_stays),
    with_workflow (urgency_is_lowered_by_two_and_once),
    with_workflow (a_case_is_held_by_a_user_and_handed_over_with_a_reason),
    with_workflow (what_is_closed_is_reopened_and_what_is_archived_is_read),
    with_workflow (merged_cases_keep_apart_and_the_earliest_receipt_governs),
    with_workflow (the_same_night_at_the_same_site_is_a_hint),
  };

  return cmocka_run_group_tests_name ("guards", tests, NULL, NULL);
}
