/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Duties about what the register records, one test a duty: everything the duty names is taken, is
 * told apart in the figures, and what it asks for is not left out. See docs/duties.md.
 */
#include "wb-test-duty.h"

#include "wb-colleague.h"
#include "wb-consent.h"
#include "wb-error.h"
#include "wb-visit.h"

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

static const char *const SOURCES[] = {
  "person",       "family",  "codetained",  "witness", "lawyer",        "representative",
  "ngo",          "medical", "interpreter", "staff",   "whistleblower", "monitor",
  "othermonitor", "io",      "authority",   "media",   "court",         "anonymous",
};
static const char *const CHANNELS[] = { "visit",  "phone",  "letter",   "box",   "form",   "email",
                                        "portal", "office", "transfer", "media", "owninit" };

/* OB-01: without a name, a person, a date or a place. */
static void
every_source_and_channel_is_taken_without_a_name (void **state)
{
  WbTestRegister *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (SOURCES); i++) {
    g_autofree char *json =
        g_strdup_printf ("{\"account\": \"Gezien.\", \"anonymous\": true, \"received\": "
                         "\"2026-11-20\", \"source\": \"source.%s\", \"channel\": \"channel.%s\"}",
                         SOURCES[i],
                         CHANNELS[i % G_N_ELEMENTS (CHANNELS)]);

    g_free (wb_test_record (self, "allegation", NULL, json));
  }
  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"Verder niets bekend.\"}"));
  for (guint i = 0; i < G_N_ELEMENTS (SOURCES); i++) {
    g_autofree char *code = g_strconcat ("source.", SOURCES[i], NULL);

    assert_int_equal (wb_test_count_of (self, "source.source", code), 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (CHANNELS); i++) {
    g_autofree char *code = g_strconcat ("channel.", CHANNELS[i], NULL);

    assert_true (wb_test_count_of (self, "source.channel", code) > 0);
  }
  assert_int_equal (wb_test_count_of (self, "source.anonymous", "true"), G_N_ELEMENTS (SOURCES));
}

/* OB-02: before the screening, in it, and in return. */
static void
an_allegation_has_several_stages_authorities_and_sites_and_each_counts (void **state)
{
  static const char *const STAGES[] = { "stage.pre.apprehension",
                                        "stage.pre.rescue",
                                        "stage.screening.external",
                                        "stage.border.return",
                                        "stage.removal" };
  WbTestRegister *self = *state;

  g_free (wb_test_record (
      self,
      "allegation",
      NULL,
      "{\"account\": \"Van de steiger tot het vliegtuig.\", \"site\": \"site.hoekvanholland\","
      " \"stages\": [\"stage.pre.apprehension\", \"stage.pre.rescue\","
      " \"stage.screening.external\", \"stage.border.return\", \"stage.removal\"],"
      " \"authorities\": [\"authority.kmar\", \"authority.dtv\"]}"));
  record (self,
          "period",
          "{\"allegation\": \"" A "\", \"from\": \"2026-11-02\", \"site\": \"site.terapel.ac\","
          " \"stages\": [\"stage.reception.material\"], \"authorities\": [\"authority.coa\"]}");
  record (self,
          "allegation",
          "{\"account\": \"En daarna.\", \"site\": \"site.schiphol.jcs\","
          " \"stages\": [\"stage.border.detention\"], \"authorities\": [\"authority.dji\"]}");
  for (guint i = 0; i < G_N_ELEMENTS (STAGES); i++)
    assert_int_equal (wb_test_count_of (self, "allegation.stages", STAGES[i]), 1);
  assert_int_equal (wb_test_count_of (self, "allegation.authorities", "authority.kmar"), 1);
  assert_int_equal (wb_test_count_of (self, "allegation.authorities", "authority.dtv"), 1);
  assert_int_equal (wb_test_count_of (self, "allegation.authorities", "authority.dji"), 1);
  assert_int_equal (wb_test_count_of (self, "allegation.site", "site.hoekvanholland"), 1);
  assert_int_equal (wb_test_count_of (self, "allegation.site", "site.schiphol.jcs"), 1);
  assert_int_equal (wb_test_count_of (self, "period.stages", "stage.reception.material"), 1);
  assert_int_equal (wb_test_count_of (self, "period.authorities", "authority.coa"), 1);
  assert_int_equal (wb_test_count_of (self, "period.site", "site.terapel.ac"), 1);
  assert_int_equal (wb_test_count_of (self, "case.kind", ""), 1);
}

/* OB-03: the flags are given on every allegation before its case closes, and each counts apart. */
static void
every_allegation_says_which_mandate_themes_it_touches (void **state)
{
  static const char *const THEMES[] = { "theme.asylum_access",
                                        "theme.nonrefoulement",
                                        "theme.child",
                                        "theme.detention" };
  WbTestRegister *self = *state;

  g_free (wb_test_record (
      self,
      "allegation",
      NULL,
      "{\"account\": \"Teruggestuurd.\", \"themes\": [\"theme.asylum_access\","
      " \"theme.nonrefoulement\", \"theme.child\", \"theme.detention\"],"
      " \"substantiation\": \"subst.outofscope\", \"substantiation_reason\": \"Elders.\"}"));
  record (self,
          "allegation",
          "{\"account\": \"Nog iets.\", \"substantiation\": \"subst.outofscope\","
          " \"substantiation_reason\": \"Elders.\"}");
  change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}");
  wb_test_move (self, CASE, "status.triage");
  wb_test_move (self, CASE, "status.closing");
  wb_test_open_as (self, "lezer");
  wb_test_refused_change (self, "themes-judged", CASE, "{\"status\": \"status.closed\"}");
  assert_int_equal (wb_test_count_of (self, "allegation.themes", "-"), 0);
  change (self, CASE "/A-2", "{\"themes\": [\"theme.child\"]}");
  wb_test_move (self, CASE, "status.closed");
  for (guint i = 0; i < G_N_ELEMENTS (THEMES); i++)
    assert_int_equal (wb_test_count_of (self, "allegation.themes", THEMES[i]), i == 2 ? 2 : 1);
}

/* An allegation that was substantiated, in a case about to close. */
static void
begin_closing (WbTestRegister *self)
{
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"Geslagen.\", \"themes\": [\"theme.detention\"]}"));
  record (self,
          "assessment",
          "{\"allegation\": \"" A "\", \"result\": \"subst.substantiated\","
          " \"reason\": \"Letsel past.\"}");
  change (self, A, "{\"substantiation\": \"subst.substantiated\"}");
  wb_test_move (self, CASE, "status.triage");
  wb_test_move (self, CASE, "status.closing");
}

/* OB-08: to whom it may go for civil or criminal proceedings. */
static void
a_prosecutor_a_court_and_a_lawyer_are_referred_to (void **state)
{
  WbTestRegister *self = *state;

  begin_closing (self);
  assert_true (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  record (self,
          "referral",
          "{\"target\": \"target.om\", \"form\": \"form.signal\", \"track\": \"track.criminal\","
          " \"cancelled\": \"2026-11-24\"}");
  assert_true (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  record (self, "referral", "{\"target\": \"target.court\", \"form\": \"form.signal\"}");
  record (self, "referral", "{\"target\": \"target.lawyer\", \"form\": \"form.advice_person\"}");
  assert_false (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  assert_int_equal (wb_test_count_of (self, "referral.target", "target.om"), 1);
  assert_int_equal (wb_test_count_of (self, "referral.target", "target.court"), 1);
  assert_int_equal (wb_test_count_of (self, "referral.target", "target.lawyer"), 1);
}

/* OB-08: neither a referral nor the reasons against one, and the case stays open. */
static void
not_to_refer_is_decided_with_reasons_or_the_case_stays_open (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) fields = wb_test_object (
      "{\"kind\": \"decisionkind.not_refer\", \"choice\": \"decisionchoice.dont\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) bare = NULL;
  g_autoptr (WbRecord) decision = NULL;

  begin_closing (self);
  change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}");
  wb_test_refused_change (self, "referral-considered", CASE, "{\"status\": \"status.closed\"}");
  bare = wb_register_record (self->reg, "decision", NULL, CASE, fields, NULL, &error);
  assert_null (bare);
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_free (wb_test_decided (self,
                           CASE,
                           "{\"kind\": \"decisionkind.not_refer\", \"about\": [\"" CASE "\"],"
                           " \"choice\": \"decisionchoice.do\", \"ground\": \"Zij wil het niet;"
                           " het letsel is genezen.\"}"));
  assert_false (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  decision = wb_register_read (self->reg, CASE "/D-1", FALSE, NULL, NULL);
  assert_non_null (strstr (json_object_get_string_member (decision->fields, "ground"), "genezen"));
}

static void
substantiate_second (WbTestRegister *self)
{
  record (self, "allegation", "{\"account\": \"Geen tolk.\", \"themes\": [\"theme.detention\"]}");
  record (self,
          "assessment",
          "{\"allegation\": \"" CASE "/A-2\", \"result\": \"subst.partly\", \"reason\": \"x\"}");
  change (self, CASE "/A-2", "{\"substantiation\": \"subst.partly\"}");
}

/* OB-08: for each allegation by itself; a referral that names none is about them all. */
static void
a_referral_or_decision_for_one_allegation_does_not_count_for_another (void **state)
{
  WbTestRegister *self = *state;

  begin_closing (self);
  substantiate_second (self);
  change (self, CASE, "{\"outcome\": \"outcome.nofurther\"}");
  record (self,
          "referral",
          "{\"target\": \"target.om\", \"form\": \"form.signal\", \"allegations\": [\"" A "\"]}");
  assert_true (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  wb_test_refused_change (self, "referral-considered", CASE, "{\"status\": \"status.closed\"}");
  g_free (wb_test_decided (self,
                           CASE,
                           "{\"kind\": \"decisionkind.not_refer\", \"about\": [\"" A "\"],"
                           " \"choice\": \"decisionchoice.do\", \"ground\": \"x\"}"));
  assert_true (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  g_free (wb_test_decided (self,
                           CASE,
                           "{\"kind\": \"decisionkind.not_refer\", \"about\": [\"" CASE "/A-2\"],"
                           " \"choice\": \"decisionchoice.do\", \"ground\": \"x\"}"));
  assert_false (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
}

static void
a_referral_that_names_no_allegation_is_about_all (void **state)
{
  WbTestRegister *self = *state;

  begin_closing (self);
  substantiate_second (self);
  assert_true (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
  record (self, "referral", "{\"target\": \"target.om\", \"form\": \"form.signal\"}");
  assert_false (wb_test_lacks (self, CASE, "status.closed", "referral-considered"));
}

/* OB-12: whatever makes it an allegation on personal data, it is in the set. */
static void
data_protection_authorities_are_told_and_privacy_counts_as_a_set (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"a\", \"rights\": [\"right.charter.8\"]}"));
  record (self, "allegation", "{\"account\": \"b\", \"safeguards\": [\"safeguard.data_rights\"]}");
  record (self, "allegation", "{\"account\": \"c\", \"acts\": [\"act.data.misuse\"]}");
  record (self, "allegation", "{\"account\": \"d\", \"stages\": [\"stage.data\"]}");
  record (self, "allegation", "{\"account\": \"e\", \"rights\": [\"right.charter.4\"]}");
  record (self,
          "referral",
          "{\"target\": \"target.ap\", \"form\": \"form.notify_dpa\", \"track\":"
          " \"track.privacy\", \"sent\": \"2026-11-24\", \"received\": \"2026-11-24\","
          " \"allegations\": [\"" A "\"]}");
  record (self,
          "referral",
          "{\"target\": \"target.edps\", \"form\": \"form.notify_dpa\", \"track\":"
          " \"track.privacy\", \"sent\": \"2026-11-24\", \"allegations\": [\"" A "\"]}");
  assert_int_equal (wb_test_count_of (self, "allegation.set", "set.privacy"), 4);
  assert_int_equal (wb_test_count_of (self, "referral.target", "target.ap"), 1);
  assert_int_equal (wb_test_count_of (self, "referral.target", "target.edps"), 1);
  assert_int_equal (wb_test_count_of (self, "referral.track", "track.privacy"), 2);
  wb_test_assert_clock (self, CASE "/R-1", "gdpr.78_2", "2027-02-24 running\n");
}

static void
refuse_account (WbTestRegister *self, const WbSecret *passphrase)
{
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;

  assert_false (wb_register_add_colleague (self->reg, "mol", passphrase, FALSE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "rule no-authority-staff, OB-16"));
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
  users = wb_register_list_users (self->reg, NULL);
  assert_int_equal (users->len, 2); /* anna and lezer */
}

/* OB-16: no register is made by who works for an authority; nothing is left of the attempt. */
static void
the_first_user_declares_independence_too (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autofree char *path = g_build_filename (self->folder, "other.waarborg", NULL);
  const WbRegisterSetup setup = { .body = "X",
                                  .code = "NL-X",
                                  .user = "mol",
                                  .passphrase = passphrase };
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) declared = wb_register_read (self->reg, "NL-TEST-DC-1", FALSE, NULL, &error);

  wb_assert_no_error (error);
  assert_string_equal (json_object_get_string_member (declared->fields, "user"), "anna");
  assert_string_equal (json_object_get_string_member (declared->fields, "declared"), "2026-11-24");
  assert_false (json_object_get_boolean_member (declared->fields, "authority_staff"));
  assert_false (json_object_get_boolean_member (declared->fields, "interest"));
  assert_null (wb_register_create (path, &setup, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "rule no-authority-staff, OB-16"));
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* OB-16: and whoever came to work there since has an interest in every case. */
static void
no_account_goes_to_the_staff_of_an_authority (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) declared = NULL;

  refuse_account (self, passphrase);
  assert_true (wb_register_add_colleague (self->reg, "cor", passphrase, TRUE, &error));
  wb_assert_no_error (error);
  declared = wb_register_read (self->reg, "NL-TEST-DC-2", FALSE, NULL, &error);
  wb_assert_no_error (error);
  assert_string_equal (json_object_get_string_member (declared->fields, "user"), "cor");
  assert_false (json_object_get_boolean_member (declared->fields, "authority_staff"));
  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  wb_test_refused_new (self,
                       "staff-has-interest",
                       "declaration",
                       NULL,
                       "{\"user\": \"anna\", \"authority_staff\": true, \"interest\": false}");
  g_free (wb_test_record (self,
                          "declaration",
                          NULL,
                          "{\"user\": \"anna\", \"authority_staff\": true, \"interest\": true}"));
  record (self, "declaration", "{\"user\": \"anna\", \"interest\": false}");
  wb_test_refused_new (self,
                       "no-interest",
                       "assessment",
                       CASE,
                       "{\"allegation\": \"" A "\", \"result\": \"subst.partly\","
                       " \"reason\": \"x\"}");
  wb_test_open_as (self, "lezer");
  record (self,
          "assessment",
          "{\"allegation\": \"" A "\", \"result\": \"subst.partly\", \"reason\": \"x\"}");
  wb_test_sound (self);
}

/* OB-20: what was said stands there only where consent was asked, and it is told who heard it. */
static void
an_interview_is_written_down_when_consent_was_asked (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) interview = NULL;
  g_autoptr (JsonObject) fields = wb_test_object ("{\"language\": \"xx\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) refused = NULL;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self, "person", "{\"pseudonym\": \"Kiezel-5\"}");
  record (self,
          "interview",
          "{\"person\": \"" CASE "/P-1\", \"when\": \"2026-11-23T14:00\", \"language\": \"tir\","
          " \"interpreter\": true, \"interpreter_note\": \"Telefonisch\","
          " \"conditions\": \"Deur open, bewaker in zicht.\"}");
  wb_test_refused_change (self, "interview-consent", CASE "/IW-1", "{\"text\": \"Zij zei ...\"}");
  wb_test_refused_change (self,
                          "interview-private",
                          CASE "/IW-1",
                          "{\"quoted\": \"Ik sliep.\", \"consent_asked\": true}");
  refused = wb_register_change (self->reg, CASE "/IW-1", fields, NULL, &error);
  assert_null (refused);
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  change (self,
          CASE "/IW-1",
          "{\"text\": \"Zij zei ...\", \"consent_asked\": true, \"private\": false}");
  wb_test_refused_change (self, "interview-consent", CASE "/IW-1", "{\"consent_asked\": false}");
  interview = wb_register_read (self->reg, CASE "/IW-1", FALSE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (interview->fields, "language"), "tir");
  assert_true (json_object_get_boolean_member (interview->fields, "interpreter"));
  assert_false (json_object_get_boolean_member (interview->fields, "private"));
  assert_non_null (json_object_get_string_member (interview->fields, "conditions"));
}

/* OB-10: obstruction is told apart, and so is what nobody knew was coming. */
static void
a_visit_tells_how_it_was_made_and_what_was_refused (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  g_free (
      wb_test_record (self,
                      "visit",
                      NULL,
                      "{\"title\": \"Nacht\", \"announced\": false, \"team\": \"anna, lezer\","
                      " \"site\": \"site.schiphol.jcs\", \"started\": \"2026-11-22T22:00\","
                      " \"ended\": \"2026-11-23T01:30\", \"access\": \"access.partly\","
                      " \"access_note\": \"Isoleercel gesloten.\", \"places\": \"Vleugel B\"}"));
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"x\", \"visit\": \"NL-TEST-V-1\"}"));
  assert_int_equal (wb_test_count_of (self, "visit.set", "set.unannounced"), 1);
  assert_int_equal (wb_test_count_of (self, "visit.set", "set.obstructed"), 1);
  assert_int_equal (wb_test_count_of (self, "visit.access", "access.partly"), 1);
  visit = wb_register_read_visit (self->reg, "NL-TEST-V-1", &error);
  wb_assert_no_error (error);
  assert_string_equal (json_object_get_string_member (visit->visit->fields, "team"), "anna, lezer");
  assert_string_equal (json_object_get_string_member (visit->visit->fields, "ended"),
                       "2026-11-23T01:30");
  assert_true (visit->obstructed);
  assert_int_equal (visit->records->len, 1); /* the allegation */
}

/* OB-21: the ledger. */
static void
the_ledger_tells_what_was_asked_how_and_until_when (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const WbConsentLine *line;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self, "person", "{\"pseudonym\": \"P\", \"role\": \"role.concerned\"}");
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.share_identified\", \"state\":"
          " \"consentstate.given\", \"recipient\": \"target.igj\", \"given_on\": \"2026-11-20\","
          " \"scope\": \"Alleen het medisch deel.\", \"asked_by\": \"anna\", \"language\": \"tir\","
          " \"interpreter\": true, \"capacity\": \"capacity.able\"}");
  change (self,
          CASE "/C-1",
          "{\"state\": \"consentstate.withdrawn\", \"withdrawn_on\": \"2026-11-23\"}");
  lines = wb_register_list_consents (self->reg, CASE, wb_clock_now (), &error);
  wb_assert_no_error (error);
  assert_int_equal (lines->len, 1);
  line = g_ptr_array_index (lines, 0);
  assert_string_equal (line->purpose, "consent.share_identified");
  assert_string_equal (line->recipient, "target.igj");
  assert_string_equal (line->language, "tir");
  assert_string_equal (line->capacity, "capacity.able");
  assert_string_equal (line->until, "2026-11-23");
  assert_true (line->interpreter && line->unacted && !line->allows);
  wb_test_assert_clock (self, CASE "/C-1", "pol.consent.act", "2026-11-25 running\n");
}

/* OB-22 */
static void
a_child_is_told_in_its_own_terms_before_it_consents (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self, "allegation", NULL, "{\"account\": \"x\"}"));
  record (self, "person", "{\"pseudonym\": \"P\", \"minor\": true}");
  wb_test_refused_new (self,
                       "child-explained",
                       "consent",
                       CASE,
                       "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.record\", \"state\":"
                       " \"consentstate.by_representative\", \"capacity\": \"capacity.minor\"}");
  record (self,
          "consent",
          "{\"person\": \"" CASE "/P-1\", \"purpose\": \"consent.record\", \"state\":"
          " \"consentstate.by_representative\", \"capacity\": \"capacity.minor\","
          " \"text_version\": \"kind-1\"}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (every_source_and_channel_is_taken_without_a_name),
    with_workflow (an_allegation_has_several_stages_authorities_and_sites_and_each_counts),
    with_workflow (every_allegation_says_which_mandate_themes_it_touches),
    with_workflow (a_prosecutor_a_court_and_a_lawyer_are_referred_to),
    with_workflow (not_to_refer_is_decided_with_reasons_or_the_case_stays_open),
    with_workflow (a_referral_or_decision_for_one_allegation_does_not_count_for_another),
    with_workflow (a_referral_that_names_no_allegation_is_about_all),
    with_workflow (data_protection_authorities_are_told_and_privacy_counts_as_a_set),
    with_workflow (the_first_user_declares_independence_too),
    with_workflow (no_account_goes_to_the_staff_of_an_authority),
    with_workflow (an_interview_is_written_down_when_consent_was_asked),
    with_workflow (a_visit_tells_how_it_was_made_and_what_was_refused),
    with_workflow (the_ledger_tells_what_was_asked_how_and_until_when),
    with_workflow (a_child_is_told_in_its_own_terms_before_it_consents),
  };

  return cmocka_run_group_tests_name ("duties-record", tests, NULL, NULL);
}
