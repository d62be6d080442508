/* SPDX-License-Identifier: EUPL-1.2 */

/* Consent, decisions of two persons, referrals and what leaves in a bundle. */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-consent.h"
#include "wb-decision.h"
#include "wb-error.h"
#include "wb-referral.h"

#define CASE "NL-TEST-2026-0001"
#define A CASE "/A-1"
#define P CASE "/P-1"
#define E CASE "/E-1"
#define IDENTIFIED                                                                                 \
  "{\"target\": \"target.dtv\", \"form\": \"form.signal_identified\", \"allegations\": [\"" A      \
  "\"], \"identified\": true}"

static void
record_case (WbTestRegister *self, const char *person)
{
  g_free (wb_test_record (self, "case", NULL, "{\"title\": \"Fictief\"}"));
  g_free (wb_test_record (self, "person", CASE, person));
  g_free (wb_test_record (self,
                          "allegation",
                          CASE,
                          "{\"account\": \"x\", \"themes\": [\"theme.other\"], \"person\": \"" P
                          "\"}"));
}

static void
record_named_case (WbTestRegister *self)
{
  record_case (self,
               "{\"pseudonym\": \"P\", \"role\": \"role.concerned\", \"name\": \"Fictieve naam\"}");
}

static char *
consent (WbTestRegister *self, const char *purpose, const char *state, const char *recipient)
{
  g_autofree char *json =
      g_strdup_printf ("{\"person\": \"" P "\", \"purpose\": \"%s\", \"state\": "
                       "\"%s\", \"recipient\": \"%s\", \"given_on\": "
                       "\"2026-11-20\"}",
                       purpose,
                       state,
                       recipient);

  return wb_test_record (self, "consent", CASE, json);
}

static void
naming_somebody_needs_consent_for_that_recipient_now (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *given = NULL;

  record_named_case (self);
  wb_test_refused_new (self, "share-consent", "referral", CASE, IDENTIFIED);
  given = consent (self, "consent.share_identified", "consentstate.given", "target.dtv");
  g_free (wb_test_record (self, "referral", CASE, IDENTIFIED));
  /* A second recipient was not asked for (scenario 2). */
  wb_test_refused_new (self,
                       "share-consent",
                       "referral",
                       CASE,
                       "{\"target\": \"target.igj\", \"form\": \"form.signal_identified\", "
                       "\"identified\": true}");
  wb_test_refused_new (self,
                       "share-consent",
                       "referral",
                       CASE,
                       "{\"target\": \"target.igj\", \"form\": \"form.information_request\", "
                       "\"identified\": true}");
  g_free (wb_test_change (self, given, "{\"expires\": \"2026-11-23\"}"));
  wb_test_refused_new (self, "share-consent", "referral", CASE, IDENTIFIED);
  wb_test_refused_change (self, "consent-kept", given, "{\"recipient\": \"target.igj\"}");
}

static void
the_lawyer_is_given_it_by_consent (void **state)
{
  const char *json = "{\"target\": \"target.lawyer\", \"form\": \"form.signal_identified\", "
                     "\"identified\": true}";
  WbTestRegister *self = *state;

  record_named_case (self);
  wb_test_refused_new (self, "lawyer-consent", "referral", CASE, json);
  g_free (consent (self, "consent.lawyer", "consentstate.given", "target.lawyer"));
  g_free (wb_test_record (self, "referral", CASE, json));
}

static void
what_was_sent_changes_with_a_reason (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *referral = NULL;

  record_named_case (self);
  referral = wb_test_record (self,
                             "referral",
                             CASE,
                             "{\"target\": \"target.nidos\", \"form\": \"form.signal\", \"sent\": "
                             "\"2026-11-23\"}");
  wb_test_refused (self, "change-sent", NULL, referral, "{\"sent\": \"2026-11-22\"}", NULL);
}

static void
a_newer_no_counts_more_than_an_older_yes (void **state)
{
  WbTestRegister *self = *state;

  record_named_case (self);
  g_free (consent (self, "consent.share_identified", "consentstate.given", "target.dtv"));
  g_free (consent (self, "consent.share_identified", "consentstate.refused", "target.dtv"));
  wb_test_refused_new (self, "share-consent", "referral", CASE, IDENTIFIED);
}

static void
a_signal_passes_without_consent_and_names_nobody (void **state)
{
  WbTestRegister *self = *state;
  JsonObject *fields = NULL;
  g_autoptr (WbRecord) referral = NULL;
  g_autoptr (JsonObject) asked = wb_test_object ("{\"target\": \"target.nidos\", \"form\": "
                                                 "\"form.signal\"}");
  g_autoptr (GError) error = NULL;

  record_named_case (self);
  wb_test_refused_new (self,
                       "signal-names-nobody",
                       "referral",
                       CASE,
                       "{\"target\": \"target.nidos\", \"form\": \"form.signal\", \"identified\": "
                       "true}");
  wb_test_move (self, CASE, "status.triage");
  wb_test_refused_change (self, "referral", CASE, "{\"status\": \"status.referred\"}");
  referral = wb_register_refer (self->reg, CASE, asked, NULL, &error);
  wb_assert_no_error (error);
  fields = referral->fields;
  assert_false (json_object_get_boolean_member (fields, "identified"));
  assert_int_equal (json_array_get_length (json_object_get_array_member (fields, "allegations")),
                    1);
  wb_test_move (self, CASE, "status.referred");
}

static void
nothing_new_is_shared_after_a_withdrawal_also_not_by_reopening (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *given = NULL;
  g_autofree char *referral = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const WbConsentLine *line;

  record_named_case (self);
  given = consent (self, "consent.share_identified", "consentstate.given", "target.dtv");
  referral = wb_test_record (self,
                             "referral",
                             CASE,
                             "{\"target\": \"target.dtv\", \"form\": \"form.signal_identified\", "
                             "\"identified\": true, \"sent\": \"2026-11-23\"}");
  g_free (
      wb_test_change (self,
                      given,
                      "{\"state\": \"consentstate.withdrawn\", \"withdrawn_on\": \"2026-11-24\"}"));
  wb_test_refused_new (self, "share-consent", "referral", CASE, IDENTIFIED);
  wb_test_refused_change (self,
                          "consent-not-revived",
                          given,
                          "{\"state\": \"consentstate.given\", \"withdrawn_on\": null}");
  wb_test_move (self, CASE, "status.triage");
  wb_test_refused_change (self, "consent-for-referral", CASE, "{\"status\": \"status.referred\"}");
  /* What comes after the sending may still be told of it. */
  g_free (wb_test_change (self, referral, "{\"confirmed\": \"2026-11-24\"}"));
  lines = wb_register_list_consents (self->reg, CASE, wb_clock_now (), NULL);
  assert_int_equal (lines->len, 1);
  line = g_ptr_array_index (lines, 0);
  assert_int_equal (line->standing, WB_CONSENT_WITHDRAWN);
  assert_true (line->unacted);
  assert_string_equal (line->until, "2026-11-24");
  assert_int_equal (line->uses->len, 1);
  assert_string_equal (((const WbConsentUse *) g_ptr_array_index (line->uses, 0))->reference,
                       referral);
  wb_test_sound (self);
}

static void
closing_waits_until_a_withdrawal_was_acted_on (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *given = NULL;

  record_named_case (self);
  given = consent (self, "consent.record", "consentstate.withdrawn", "target.dtv");
  g_free (wb_test_change (self,
                          A,
                          "{\"substantiation\": \"subst.outofscope\", \"substantiation_reason\": "
                          "\"Ander land.\"}"));
  g_free (wb_test_change (self, CASE, "{\"outcome\": \"outcome.withdrawn\"}"));
  wb_test_move (self, CASE, "status.triage");
  wb_test_move (self, CASE, "status.closing");
  wb_test_open_as (self, "lezer");
  wb_test_refused_change (self, "consent-checked", CASE, "{\"status\": \"status.closed\"}");
  g_free (wb_test_change (self, given, "{\"acted_on\": \"2026-11-24\"}"));
  wb_test_move (self, CASE, "status.closed");
}

static void
a_complaint_needs_name_and_address_and_the_warning (void **state)
{
  WbTestRegister *self = *state;
  const char *json = "{\"target\": \"target.ind\", \"form\": \"form.complaint_awb\", "
                     "\"identified\": true, \"documents\": [\"" E "\"], \"copy_warned\": true}";
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (WbReferralPlan) plan = NULL;

  record_named_case (self);
  g_free (
      wb_test_record (self, "evidence", CASE, "{\"title\": \"Brief\", \"kind\": \"doc.letter\"}"));
  wb_test_refused_new (self, "complaint-consent", "referral", CASE, json);
  g_free (consent (self, "consent.complaint", "consentstate.given", "target.ind"));
  wb_test_refused_new (self, "complaint-identity", "referral", CASE, json);
  g_free (wb_test_change (self, P, "{\"contact\": \"Fictiefstraat 1\"}"));
  wb_test_refused_new (self,
                       "copy-warned",
                       "referral",
                       CASE,
                       "{\"target\": \"target.ind\", \"form\": \"form.complaint_awb\", "
                       "\"identified\": true}");
  fields = wb_test_object (json);
  plan = wb_register_plan_referral (self->reg, CASE, fields, NULL);
  assert_non_null (strstr (g_ptr_array_index (plan->warnings, 0), "9:9"));
  assert_int_equal (plan->documents->len, 1);
  assert_string_equal (g_ptr_array_index (plan->documents, 0), E " Brief");
  assert_true (json_object_has_member (plan->fields, "consent"));
  g_free (wb_test_record (self, "referral", CASE, json));
}

static void
a_crime_is_reported_by_two (void **state)
{
  WbTestRegister *self = *state;
  const char *json = "{\"target\": \"target.om\", \"form\": \"form.report_crime\", \"identified\": "
                     "true}";
  g_autofree char *decision = NULL;

  record_named_case (self);
  wb_test_refused_new (self, "crime-decided", "referral", CASE, json);
  wb_test_refused_change (self,
                          "crime-decided",
                          CASE,
                          "{\"crime_report\": \"crimereport.reported\"}");
  decision = wb_test_decided (self,
                              CASE,
                              "{\"kind\": \"decisionkind.crime_report\", \"recipient\": "
                              "\"target.om\", \"choice\": \"decisionchoice.do\", \"ground\": "
                              "\"Ernstig.\"}");
  g_free (wb_test_change (self, CASE, "{\"crime_report\": \"crimereport.reported\"}"));
  wb_test_refused_change (self,
                          "crime-not-decided",
                          CASE,
                          "{\"crime_report\": \"crimereport.not_reported\"}");
  wb_test_refused_new (self, "crime-consent", "referral", CASE, json);
  g_free (consent (self, "consent.crime_report", "consentstate.given", "target.om"));
  g_free (wb_test_record (self, "referral", CASE, json));
  wb_test_refused_change (self, "decision-kept", decision, "{\"ground\": \"Anders.\"}");
}

static void
a_child_alone_does_not_consent_and_two_decide (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;
  const char *over =
      "{\"person\": \"" P "\", \"purpose\": \"consent.share_identified\", \"state\": "
      "\"consentstate.override\", \"recipient\": \"target.nidos\"}";

  record_case (self, "{\"pseudonym\": \"P\", \"minor\": true, \"unaccompanied\": true}");
  wb_test_refused_new (self,
                       "child-represented",
                       "consent",
                       CASE,
                       "{\"person\": \"" P "\", \"purpose\": \"consent.share_identified\", "
                       "\"state\": \"consentstate.given\", \"recipient\": \"target.nidos\"}");
  wb_test_refused_new (self, "override-decided", "consent", CASE, over);
  wb_test_refused_new (self,
                       "best-interests",
                       "decision",
                       CASE,
                       "{\"kind\": \"decisionkind.child_no_representative\", \"about\": [\"" P
                       "\"], \"choice\": \"decisionchoice.do\", \"ground\": \"Veiligheid.\"}");
  decision =
      wb_test_decided (self,
                       CASE,
                       "{\"kind\": \"decisionkind.child_no_representative\", \"about\": [\"" P
                       "\"], \"recipient\": \"target.nidos\", \"choice\": "
                       "\"decisionchoice.do\", \"ground\": \"Veiligheid.\", "
                       "\"best_interests\": \"Weg van volwassenen.\"}");
  g_free (wb_test_record (self, "consent", CASE, over));
  g_free (wb_test_record (self,
                          "referral",
                          CASE,
                          "{\"target\": \"target.nidos\", \"form\": \"form.signal_identified\", "
                          "\"identified\": true}"));
  wb_test_refused_new (self, "share-consent", "referral", CASE, IDENTIFIED);
}

static void
privileged_documents_leave_by_two_for_one_recipient (void **state)
{
  WbTestRegister *self = *state;
  const char *json =
      "{\"target\": \"target.cvrm\", \"form\": \"form.signal\", \"documents\": [\"" E "\"]}";
  g_autofree char *decision = NULL;

  record_named_case (self);
  g_free (wb_test_record (self,
                          "evidence",
                          CASE,
                          "{\"title\": \"Verslag\", \"confidentiality\": \"conf.privileged\"}"));
  wb_test_refused_new (self, "privileged-decided", "referral", CASE, json);
  wb_test_refused_change (self, "privileged-lowered", E, "{\"confidentiality\": \"conf.open\"}");
  wb_test_refused_new (self,
                       "decision-recipient",
                       "decision",
                       CASE,
                       "{\"kind\": \"decisionkind.privileged\", \"about\": [\"" E
                       "\"], \"choice\": \"decisionchoice.do\", \"ground\": \"Nodig.\"}");
  decision = wb_test_decided (self,
                              CASE,
                              "{\"kind\": \"decisionkind.privileged\", \"about\": [\"" E
                              "\"], \"recipient\": \"target.cvrm\", \"choice\": "
                              "\"decisionchoice.do\", \"ground\": \"Nodig.\"}");
  g_free (wb_test_record (self, "referral", CASE, json));
  wb_test_refused_new (self,
                       "privileged-decided",
                       "referral",
                       CASE,
                       "{\"target\": \"target.om\", \"form\": \"form.signal\", \"documents\": [\"" E
                       "\"]}");
}

static void
decide_refused (WbTestRegister *self, const char *reference, const char *rule)
{
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_decide (self->reg, reference, TRUE, "Eens.", &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  if (strstr (error->message, rule) == NULL)
    fail_msg ("not by %s: %s", rule, error->message);
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
}

static void
two_keys_decide_and_only_once (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = NULL;
  g_autoptr (WbRecord) decided = NULL;
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  record_named_case (self);
  reference =
      wb_test_record (self,
                      "decision",
                      CASE,
                      "{\"kind\": \"decisionkind.other\", \"choice\": \"decisionchoice.do\", "
                      "\"ground\": \"x\"}");
  decide_refused (self, reference, "two-persons");
  /* Somebody made up for the purpose does not count. */
  wb_test_now ("2026-11-24T10:00:00Z");
  assert_true (wb_register_add_user (self->reg, "nieuw", passphrase, NULL));
  wb_test_open_as (self, "nieuw");
  decide_refused (self, reference, "two-persons");
  wb_test_open_as (self, "lezer");
  assert_null (wb_register_decide (self->reg, reference, FALSE, "", &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "(rule decide, OB-18"));
  g_clear_error (&error);
  decided = wb_register_decide (self->reg, reference, FALSE, "Niet eens.", &error);
  wb_assert_no_error (error);
  assert_string_equal (json_object_get_string_member (decided->fields, "state"),
                       "decisionstate.rejected");
  assert_string_equal (json_object_get_string_member (decided->fields, "decided_by"), "lezer");
  decide_refused (self, reference, "decided-once");
  wb_test_sound (self);
}

/* An entry as a changed program would write it: of the proposer's own key. */
static void
an_entry_of_the_same_key_has_no_effect (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = NULL;
  g_autofree char *id = NULL;
  g_autoptr (WbActDraft) draft = NULL;
  g_autoptr (WbRecord) record = NULL;

  record_named_case (self);
  reference =
      wb_test_record (self,
                      "decision",
                      NULL,
                      "{\"kind\": \"decisionkind.other\", \"choice\": \"decisionchoice.do\", "
                      "\"ground\": \"x\"}");
  id = wb_register_resolve (self->reg, reference, NULL);
  draft = wb_act_draft_new ("decision", id, NULL, "decided");
  wb_act_draft_add_text (draft, "state", "decisionstate.confirmed");
  assert_true (wb_register_append_alone (self->reg, draft, NULL));
  g_clear_pointer (&draft, wb_act_draft_free);
  draft = wb_act_draft_new ("decision", id, NULL, "changed");
  wb_act_draft_add_text (draft, "state", "decisionstate.confirmed");
  assert_true (wb_register_append_alone (self->reg, draft, NULL));
  record = wb_register_read (self->reg, reference, FALSE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (record->fields, "state"),
                       "decisionstate.proposed");
  wb_test_sound (self);
}

static gboolean
export_to (WbTestRegister *self,
           const char *name,
           const char *profile,
           const char *recipient,
           gboolean publication,
           const char *rule)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  const WbExportOptions options = { .profile = profile,
                                    .plain = TRUE,
                                    .recipient = recipient,
                                    .publication = publication };
  g_autoptr (GError) error = NULL;
  gboolean done =
      wb_register_export (self->reg, CASE, path, &options, NULL, NULL, NULL, NULL, &error);

  if (rule == NULL)
    wb_assert_no_error (error);
  else if (error == NULL || strstr (error->message, rule) == NULL)
    fail_msg ("not by %s: %s", rule, error != NULL ? error->message : "done");
  return done;
}

static void
names_leave_in_a_bundle_by_consent (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) lines = NULL;
  const WbConsentLine *line;

  record_named_case (self);
  assert_false (export_to (self, "a.zip", "full", NULL, FALSE, "export-consent"));
  assert_false (export_to (self, "a.zip", "full", "target.om", FALSE, "export-consent"));
  assert_true (export_to (self, "a.zip", "pseudonymised", NULL, FALSE, NULL));
  g_free (consent (self, "consent.share_identified", "consentstate.given", "target.om"));
  assert_true (export_to (self, "b.zip", "full", "target.om", FALSE, NULL));
  assert_false (export_to (self, "c.zip", "full", "target.igj", FALSE, "export-consent"));
  lines = wb_register_list_consents (self->reg, CASE, wb_clock_now (), NULL);
  line = g_ptr_array_index (lines, 0);
  assert_int_equal (line->uses->len, 1);
  assert_string_equal (((const WbConsentUse *) g_ptr_array_index (line->uses, 0))->kind, "bundle");
}

static void
publishing_needs_express_consent (void **state)
{
  WbTestRegister *self = *state;

  record_named_case (self);
  assert_false (export_to (self, "a.zip", "pseudonymised", NULL, TRUE, "publish-consent"));
  assert_true (export_to (self, "a.zip", "statistical", NULL, TRUE, NULL));
  g_free (consent (self, "consent.publish", "consentstate.given", "target.other"));
  assert_true (export_to (self, "b.zip", "pseudonymised", NULL, TRUE, NULL));
}

static gboolean
bundle_holds (WbTestRegister *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return memmem (bytes, size, text, strlen (text)) != NULL;
}

static void
privileged_evidence_stays_out_of_bundles (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;

  record_named_case (self);
  g_free (
      wb_test_record (self,
                      "evidence",
                      CASE,
                      "{\"title\": \"KanarieVerslag\", \"confidentiality\": \"conf.privileged\"}"));
  assert_true (export_to (self, "a.zip", "pseudonymised", "target.cvrm", FALSE, NULL));
  assert_false (bundle_holds (self, "a.zip", "KanarieVerslag"));
  decision = wb_test_decided (self,
                              CASE,
                              "{\"kind\": \"decisionkind.privileged\", \"about\": [\"" E
                              "\"], \"recipient\": \"target.cvrm\", \"choice\": "
                              "\"decisionchoice.do\", \"ground\": \"Nodig.\"}");
  assert_true (export_to (self, "b.zip", "pseudonymised", "target.cvrm", FALSE, NULL));
  assert_true (bundle_holds (self, "b.zip", "KanarieVerslag"));
  assert_true (export_to (self, "c.zip", "pseudonymised", "target.om", FALSE, NULL));
  assert_false (bundle_holds (self, "c.zip", "KanarieVerslag"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (naming_somebody_needs_consent_for_that_recipient_now),
    with_workflow (the_lawyer_is_given_it_by_consent),
    with_workflow (what_was_sent_changes_with_a_reason),
    with_workflow (a_newer_no_counts_more_than_an_older_yes),
    with_workflow (a_signal_passes_without_consent_and_names_nobody),
    with_workflow (nothing_new_is_shared_after_a_withdrawal_also_not_by_reopening),
    with_workflow (closing_waits_until_a_withdrawal_was_acted_on),
    with_workflow (a_complaint_needs_name_and_address_and_the_warning),
    with_workflow (a_crime_is_reported_by_two),
    with_workflow (a_child_alone_does_not_consent_and_two_decide),
    with_workflow (privileged_documents_leave_by_two_for_one_recipient),
    with_workflow (two_keys_decide_and_only_once),
    with_workflow (an_entry_of_the_same_key_has_no_effect),
    with_workflow (names_leave_in_a_bundle_by_consent),
    with_workflow (publishing_needs_express_consent),
    with_workflow (privileged_evidence_stays_out_of_bundles),
  };

  return cmocka_run_group_tests_name ("consent", tests, NULL, NULL);
}
