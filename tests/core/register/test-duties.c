/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What the duties forbid, one test a duty: the act is refused and the refusal names the rule; what
 * the duty asks for first makes the very same act pass. See docs/duties.md.
 */
#include "wb-test-register.h"

#include <string.h>

#include "wb-decision.h"
#include "wb-error.h"

#define CASE "NL-TEST-2026-0001"
#define SECOND_PASSPHRASE "another horse, another staple"

/* One case with an allegation by a person whose name and address are known. */
static void
begin (WbTestRegister *self)
{
  g_autofree char *allegation =
      wb_test_record (self,
                      "allegation",
                      NULL,
                      "{\"account\": \"Geduwd bij de afname.\", \"received\": \"2026-11-20\","
                      " \"urgency\": \"urgency.urgent\", \"themes\": [\"theme.detention\"]}");
  g_autofree char *person =
      wb_test_record (self, "person", CASE, "{\"pseudonym\": \"Kiezel-5\", \"name\": \"Jansen\"}");
}

static void
assert_named (const GError *error, const char *rule)
{
  assert_non_null (error);
  if (!g_error_matches (error, WB_ERROR, WB_ERROR_REFUSED) || strstr (error->message, rule) == NULL)
    fail_msg ("not refused by %s: %s", rule, error->message);
}

static void
refuse_record (WbTestRegister *self, const char *type, const char *json, const char *rule)
{
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_record (self->reg, type, NULL, CASE, fields, "why", &error);

  if (record != NULL)
    fail_msg ("%s was taken, against %s", json, rule);
  assert_named (error, rule);
  assert_int_equal (wb_register_get_size (self->reg), before + 1); /* the refusal */
}

static void
refuse_change (WbTestRegister *self, const char *reference, const char *json, const char *rule)
{
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_register_change (self->reg, reference, fields, "why", &error);

  if (record != NULL)
    fail_msg ("%s was taken, against %s", json, rule);
  assert_named (error, rule);
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
}

static void
record (WbTestRegister *self, const char *type, const char *json)
{
  g_autofree char *reference = wb_test_record (self, type, CASE, json);

  assert_non_null (reference);
}

static void
change (WbTestRegister *self, const char *reference, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) changed = wb_register_change (self->reg, reference, fields, "why", &error);

  wb_assert_no_error (error);
  assert_non_null (changed);
}

static void
add_second (WbTestRegister *self)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (SECOND_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  assert_true (wb_register_add_user (self->reg, "bram", passphrase, &error));
  wb_assert_no_error (error);
}

static void
open_as_second (WbTestRegister *self)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (SECOND_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reg, wb_register_close);
  self->reg = wb_register_open (self->path, "bram", passphrase, &error);
  wb_assert_no_error (error);
}

/* The second person agrees, under a key of their own; then the first has the register again. */
static void
second_agrees (WbTestRegister *self, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) decision = NULL;

  open_as_second (self);
  decision = wb_register_decide (self->reg, reference, TRUE, "agreed", &error);
  wb_assert_no_error (error);
  wb_test_register_reopen (self);
}

static void
substantiated_needs_a_reasoned_assessment (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  refuse_change (self,
                 CASE "/A-1",
                 "{\"substantiation\": \"subst.substantiated\"}",
                 "substantiation-assessed");
  refuse_record (self,
                 "assessment",
                 "{\"allegation\": \"" CASE "/A-1\", \"result\": \"subst.substantiated\"}",
                 "assessment-reason");
  record (self,
          "assessment",
          "{\"allegation\": \"" CASE "/A-1\", \"result\": \"subst.substantiated\","
          " \"reason\": \"Twee getuigen.\"}");
  change (self, CASE "/A-1", "{\"substantiation\": \"subst.substantiated\"}");
}

static void
a_reassessment_keeps_the_earlier_one (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) first = NULL;

  begin (self);
  record (self,
          "assessment",
          "{\"allegation\": \"" CASE "/A-1\", \"result\": \"subst.insufficient\","
          " \"reason\": \"Nog niets bekend.\"}");
  refuse_change (self, CASE "/AS-1", "{\"result\": \"subst.partly\"}", "assessment-kept");
  record (self,
          "assessment",
          "{\"allegation\": \"" CASE "/A-1\", \"result\": \"subst.partly\","
          " \"reason\": \"Het logboek past.\"}");
  first = wb_register_read (self->reg, CASE "/AS-1", FALSE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (first->fields, "result"),
                       "subst.insufficient");
}

static void
a_named_referral_needs_consent_for_that_recipient (void **state)
{
  static const char REFERRAL[] =
      "{\"target\": \"target.dtv\", \"form\": \"form.signal_identified\","
      " \"identified\": true, \"allegations\": [\"" CASE "/A-1\"]}";
  WbTestRegister *self = *state;

  begin (self);
  record (self, "referral", "{\"target\": \"target.dtv\", \"form\": \"form.signal\"}");
  refuse_record (self, "referral", REFERRAL, "share-consent");
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.share_identified\","
          " \"state\": \"consentstate.given\", \"recipient\": \"target.igj\","
          " \"given_on\": \"2026-11-23\"}");
  refuse_record (self, "referral", REFERRAL, "share-consent");
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.share_identified\","
          " \"state\": \"consentstate.given\", \"recipient\": \"target.dtv\","
          " \"given_on\": \"2026-11-23\"}");
  record (self, "referral", REFERRAL);
}

static void
a_withdrawn_consent_allows_nothing_more (void **state)
{
  static const char REFERRAL[] =
      "{\"target\": \"target.dtv\", \"form\": \"form.signal_identified\","
      " \"identified\": true, \"allegations\": [\"" CASE "/A-1\"]}";
  WbTestRegister *self = *state;

  begin (self);
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.share_identified\","
          " \"state\": \"consentstate.given\", \"recipient\": \"target.dtv\","
          " \"given_on\": \"2026-11-20\"}");
  record (self, "referral", REFERRAL);
  change (self,
          CASE "/C-1",
          "{\"state\": \"consentstate.withdrawn\", \"withdrawn_on\": \"2026-11-23\"}");
  refuse_record (self, "referral", REFERRAL, "share-consent");
  refuse_change (self, CASE "/C-1", "{\"state\": \"consentstate.given\"}", "consent-not-revived");
}

static void
a_complaint_needs_consent_name_and_address_and_a_warning (void **state)
{
  static const char COMPLAINT[] = "{\"target\": \"target.ind\", \"form\": \"form.complaint_awb\","
                                  " \"identified\": true, \"allegations\": [\"" CASE "/A-1\"]}";
  static const char WARNED[] = "{\"target\": \"target.ind\", \"form\": \"form.complaint_awb\","
                               " \"identified\": true, \"copy_warned\": true,"
                               " \"allegations\": [\"" CASE "/A-1\"]}";
  WbTestRegister *self = *state;

  begin (self);
  refuse_record (self, "referral", COMPLAINT, "complaint-consent");
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.complaint\","
          " \"state\": \"consentstate.given\", \"recipient\": \"target.ind\","
          " \"given_on\": \"2026-11-23\"}");
  refuse_record (self, "referral", COMPLAINT, "complaint-identity");
  change (self, CASE "/A-1", "{\"person\": \"" CASE "/P-1\"}");
  change (self, CASE "/P-1", "{\"contact\": \"Dorpsstraat 1, Ter Apel\"}");
  refuse_record (self, "referral", COMPLAINT, "copy-warned");
  record (self, "referral", WARNED);
}

static void
privileged_documents_leave_by_two_persons_only (void **state)
{
  static const char REFERRAL[] = "{\"target\": \"target.om\", \"form\": \"form.signal\","
                                 " \"documents\": [\"" CASE "/E-1\"]}";
  WbTestRegister *self = *state;

  begin (self);
  add_second (self);
  record (self,
          "evidence",
          "{\"title\": \"Gespreksverslag\", \"kind\": \"doc.interview\","
          " \"confidentiality\": \"conf.privileged\"}");
  refuse_record (self, "referral", REFERRAL, "privileged-decided");
  record (self,
          "decision",
          "{\"kind\": \"decisionkind.privileged\", \"about\": [\"" CASE "/E-1\"],"
          " \"recipient\": \"target.om\", \"choice\": \"decisionchoice.do\","
          " \"ground\": \"Gevaar voor anderen.\"}");
  refuse_record (self, "referral", REFERRAL, "privileged-decided");
  second_agrees (self, CASE "/D-1");
  record (self, "referral", REFERRAL);
  refuse_change (self, CASE "/D-1", "{\"ground\": \"Een andere grond.\"}", "decision-kept");
}

static void
reporting_a_crime_is_decided_by_two (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) alone = NULL;

  begin (self);
  add_second (self);
  refuse_change (self, CASE, "{\"crime_report\": \"crimereport.reported\"}", "crime-decided");
  record (self,
          "decision",
          "{\"kind\": \"decisionkind.crime_report\", \"choice\": \"decisionchoice.do\","
          " \"recipient\": \"target.om\", \"ground\": \"Letselverklaring.\"}");
  alone = wb_register_decide (self->reg, CASE "/D-1", TRUE, "myself", &error);
  assert_null (alone);
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_REFUSED));
  second_agrees (self, CASE "/D-1");
  change (self, CASE, "{\"crime_report\": \"crimereport.reported\"}");
}

static void
who_declared_an_interest_does_not_assess (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  record (self, "declaration", "{\"user\": \"anna\", \"interest\": true}");
  refuse_record (self,
                 "assessment",
                 "{\"allegation\": \"" CASE "/A-1\", \"result\": \"subst.partly\","
                 " \"reason\": \"Zelf gezien.\"}",
                 "no-interest");
}

static void
the_original_receipt_stays (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  refuse_change (self, CASE "/A-1", "{\"received\": null}", "receipt-kept");
  change (self, CASE "/A-1", "{\"received\": \"2026-11-19\"}");
}

static void
lowering_urgency_takes_a_second_person (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  add_second (self);
  refuse_change (self, CASE "/A-1", "{\"urgency\": \"urgency.low\"}", "urgency-decided");
  record (self,
          "decision",
          "{\"kind\": \"decisionkind.lower_urgency\", \"about\": [\"" CASE "/A-1\"],"
          " \"choice\": \"decisionchoice.do\", \"ground\": \"Overgeplaatst.\"}");
  second_agrees (self, CASE "/D-1");
  change (self, CASE "/A-1", "{\"urgency\": \"urgency.low\"}");
}

static void
acting_without_a_childs_consent_takes_two_and_its_interests (void **state)
{
  static const char OVERRIDE[] = "{\"person\": \"" CASE "/P-1\","
                                 " \"purpose\": \"consent.share_identified\","
                                 " \"state\": \"consentstate.override\","
                                 " \"recipient\": \"target.nidos\","
                                 " \"reason\": \"Er is nog geen vertegenwoordiger.\"}";
  WbTestRegister *self = *state;

  begin (self);
  add_second (self);
  refuse_record (self, "consent", OVERRIDE, "override-decided");
  refuse_record (self,
                 "decision",
                 "{\"kind\": \"decisionkind.child_no_representative\","
                 " \"about\": [\"" CASE "/P-1\"], \"recipient\": \"target.nidos\","
                 " \"choice\": \"decisionchoice.do\", \"ground\": \"Veiligheid.\"}",
                 "best-interests");
  record (self,
          "decision",
          "{\"kind\": \"decisionkind.child_no_representative\","
          " \"about\": [\"" CASE "/P-1\"], \"recipient\": \"target.nidos\","
          " \"best_interests\": \"Bescherming gaat voor.\","
          " \"choice\": \"decisionchoice.do\", \"ground\": \"Veiligheid.\"}");
  second_agrees (self, CASE "/D-1");
  record (self, "consent", OVERRIDE);
}

static void
an_unaccompanied_child_does_not_consent_alone (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  change (self, CASE "/P-1", "{\"minor\": true, \"unaccompanied\": true}");
  refuse_record (self,
                 "consent",
                 "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.complaint\","
                 " \"state\": \"consentstate.given\", \"recipient\": \"target.ind\"}",
                 "child-represented");
}

static void
closing_takes_a_second_reader_with_another_key (void **state)
{
  static const char CLOSE[] = "{\"status\": \"status.closed\"}";
  WbTestRegister *self = *state;

  begin (self);
  add_second (self);
  wb_test_move (self, CASE, "status.triage");
  wb_test_move (self, CASE, "status.closing");
  refuse_change (self, CASE, CLOSE, "outcome");
  change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}");
  refuse_change (self, CASE, CLOSE, "assessed");
  change (self,
          CASE "/A-1",
          "{\"substantiation\": \"subst.outofscope\", \"substantiation_reason\": \"Elders.\"}");
  refuse_change (self, CASE, CLOSE, "second-reader");
  refuse_change (self, CASE, "{\"second_reader\": \"bram\"}", "own-name");
  open_as_second (self);
  change (self, CASE, CLOSE);
}

static void
a_closed_case_keeps_its_substance_until_it_is_reopened (void **state)
{
  WbTestRegister *self = *state;

  closing_takes_a_second_reader_with_another_key (state);
  refuse_change (self, CASE "/A-1", "{\"account\": \"Iets anders.\"}", "reopened");
  wb_test_move (self, CASE, "status.assessment");
  change (self, CASE "/A-1", "{\"account\": \"Geduwd, en later gezien.\"}");
}

static void
a_merge_names_its_case_and_is_undone_by_two (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *other = NULL;

  begin (self);
  add_second (self);
  other = wb_test_record (self, "allegation", NULL, "{\"account\": \"Hetzelfde, van een ander.\"}");
  refuse_change (self, CASE, "{\"status\": \"status.merged\"}", "merge-target");
  change (self, CASE, "{\"status\": \"status.merged\", \"merged_into\": \"NL-TEST-2026-0002\"}");
  refuse_change (self, CASE, "{\"status\": \"status.assessment\"}", "unmerge-decided");
  record (self,
          "decision",
          "{\"kind\": \"decisionkind.unmerge\", \"choice\": \"decisionchoice.do\","
          " \"ground\": \"Een andere nacht.\"}");
  second_agrees (self, CASE "/D-1");
  change (self, CASE, "{\"status\": \"status.assessment\"}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (substantiated_needs_a_reasoned_assessment),
    with_register (a_reassessment_keeps_the_earlier_one),
    with_register (a_named_referral_needs_consent_for_that_recipient),
    with_register (a_withdrawn_consent_allows_nothing_more),
    with_register (a_complaint_needs_consent_name_and_address_and_a_warning),
    with_register (privileged_documents_leave_by_two_persons_only),
    with_register (reporting_a_crime_is_decided_by_two),
    with_register (who_declared_an_interest_does_not_assess),
    with_register (the_original_receipt_stays),
    with_register (lowering_urgency_takes_a_second_person),
    with_register (acting_without_a_childs_consent_takes_two_and_its_interests),
    with_register (an_unaccompanied_child_does_not_consent_alone),
    with_register (closing_takes_a_second_reader_with_another_key),
    with_register (a_closed_case_keeps_its_substance_until_it_is_reopened),
    with_register (a_merge_names_its_case_and_is_undone_by_two),
  };

  return cmocka_run_group_tests_name ("duties", tests, NULL, NULL);
}
