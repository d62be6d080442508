/* SPDX-License-Identifier: EUPL-1.2 */
/* The shipped model: loads, holds every code and label, answers for moves and urgency. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"
#include "wb-resources.h"

static WbModel *
get_model (void)
{
  g_autoptr (GError) error = NULL;
  WbModel *model = wb_model_get_default (&error);

  wb_assert_no_error (error);
  assert_non_null (model);
  return model;
}

/* In the order of the shared design; each with the prefix of its references. */
static void
every_record_type_is_there_with_labels_in_both_languages (void **state)
{
  static const struct {
    const char *name, *prefix;
    WbScope scope;
  } expected[] = {
    { "case", NULL, WB_SCOPE_REGISTER },
    { "allegation", "A", WB_SCOPE_CASE },
    { "person", "P", WB_SCOPE_CASE },
    { "consent", "C", WB_SCOPE_CASE },
    { "evidence", "E", WB_SCOPE_EITHER },
    { "note", "N", WB_SCOPE_CASE },
    { "incident", "I", WB_SCOPE_CASE },
    { "involvement", "IV", WB_SCOPE_CASE },
    { "official", "O", WB_SCOPE_CASE },
    { "period", "PD", WB_SCOPE_CASE },
    { "version", "VS", WB_SCOPE_CASE },
    { "assessment", "AS", WB_SCOPE_CASE },
    { "finding", "F", WB_SCOPE_CASE },
    { "declaration", "DC", WB_SCOPE_EITHER },
    { "interview", "IW", WB_SCOPE_CASE },
    { "task", "T", WB_SCOPE_EITHER },
    { "link", "L", WB_SCOPE_EITHER },
    { "pattern", "PT", WB_SCOPE_REGISTER },
    { "referral", "R", WB_SCOPE_CASE },
    { "followup", "FU", WB_SCOPE_EITHER },
    { "complaint", "K", WB_SCOPE_CASE },
    { "request", "IR", WB_SCOPE_EITHER },
    { "recommendation", "RC", WB_SCOPE_REGISTER },
    { "decision", "D", WB_SCOPE_EITHER },
    { "letter", "LT", WB_SCOPE_EITHER },
    { "visit", "V", WB_SCOPE_REGISTER },
    { "observation", "OB", WB_SCOPE_EITHER },
    { "sample", "SA", WB_SCOPE_REGISTER },
    { "dsr", "DS", WB_SCOPE_EITHER },
    { "woo", "W", WB_SCOPE_REGISTER },
    { "withheld", "WH", WB_SCOPE_EITHER },
    { "custody", "CU", WB_SCOPE_EITHER },
    { "breach", "B", WB_SCOPE_EITHER },
    { "destruction", "DX", WB_SCOPE_REGISTER },
    { "yearbook", "Y", WB_SCOPE_REGISTER },
    { "body", "BO", WB_SCOPE_REGISTER },
    { "clearance", "CL", WB_SCOPE_REGISTER },
    { "site", "SI", WB_SCOPE_REGISTER },
    { "term", "TM", WB_SCOPE_REGISTER },
    { "template", "TP", WB_SCOPE_REGISTER },
    { "checkitem", "CI", WB_SCOPE_REGISTER },
    { "holiday", "H", WB_SCOPE_REGISTER },
    { "target", "TG", WB_SCOPE_REGISTER },
    { "clockact", "CA", WB_SCOPE_EITHER },
  };
  WbModel *model = get_model ();
  GPtrArray *types = wb_model_get_types (model);

  assert_int_equal (types->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);

    assert_string_equal (type->name, expected[i].name);
    assert_int_equal (g_strcmp0 (type->prefix, expected[i].prefix), 0);
    assert_int_equal (type->scope, expected[i].scope);
    assert_int_equal (type->single, strcmp (type->name, "body") == 0);
    for (guint j = 0; j < type->fields->len; j++) {
      const WbField *field = g_ptr_array_index (type->fields, j);

      assert_true (*field->label[WB_LANGUAGE_NL] != '\0' && *field->label[WB_LANGUAGE_EN] != '\0');
      assert_string_not_equal (wb_model_get_group_label (model, field->group, WB_LANGUAGE_NL),
                               field->group);
      if (type->system)
        assert_true (field->system);
    }
  }
  wb_test_count ("record-types", types->len);
}

static void
only_the_account_of_an_allegation_is_required (void **state)
{
  const WbRecordType *type = wb_model_find_type (get_model (), "allegation");

  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    assert_true ((field->need == WB_NEED_REQUIRED) == (strcmp (field->name, "account") == 0));
  }
}

static void
fields_that_start_clocks_name_their_event (void **state)
{
  static const char *const expected[][3] = {
    { "allegation", "received", "ev.intake.received" },
    { "allegation", "when", "ev.conduct" },
    { "allegation", "ack_sent", "ev.ack.sent" },
    { "consent", "given_on", "ev.consent.given" },
    { "consent", "withdrawn_on", "ev.consent.withdrawn" },
    { "person", "presented", "ev.person.presented" },
    { "person", "application_made", "ev.application.made" },
    { "person", "detention_started", "ev.detention.started" },
    { "person", "right_to_remain_ended", "ev.righttoremain.ended" },
    { "person", "remedy_final", "ev.remedy.final" },
    { "case", "closed", "ev.case.closed" },
    { "case", "transferred_in", "ev.transfer.delivered" },
  };
  WbModel *model = get_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WbRecordType *type = wb_model_find_type (model, expected[i][0]);
    const WbField *field = wb_record_type_find_field (type, expected[i][1]);

    assert_non_null (field);
    assert_int_equal (field->type, WB_FIELD_MOMENT);
    assert_string_equal (field->event, expected[i][2]);
  }
}

static void
identities_and_health_are_held_apart (void **state)
{
  static const struct {
    const char *type, *field;
    WbSensitivity sensitivity;
  } expected[] = {
    { "person", "name", WB_SENSITIVITY_IDENTITY },
    { "person", "contact", WB_SENSITIVITY_IDENTITY },
    { "person", "safe_contact", WB_SENSITIVITY_SPECIAL },
    { "person", "whistleblower_identity", WB_SENSITIVITY_SEALED },
    { "person", "vulnerabilities", WB_SENSITIVITY_SPECIAL },
    { "allegation", "official_description", WB_SENSITIVITY_IDENTITY },
    { "allegation", "injuries", WB_SENSITIVITY_SPECIAL },
    { "allegation", "account", WB_SENSITIVITY_CASE },
    { "evidence", "from", WB_SENSITIVITY_IDENTITY },
  };
  WbModel *model = get_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WbRecordType *type = wb_model_find_type (model, expected[i].type);
    const WbField *field = wb_record_type_find_field (type, expected[i].field);

    assert_int_equal (field->sensitivity, expected[i].sensitivity);
  }
}

static void
marks_of_certainty_are_in_no_label (void **state)
{
  g_auto (GStrv) vocabularies = wb_model_list_vocabularies (get_model ());
  GPtrArray *types = wb_model_get_types (get_model ());

  for (guint i = 0; vocabularies[i] != NULL; i++) {
    g_autoptr (GPtrArray) terms = wb_model_list_terms (get_model (), vocabularies[i]);

    for (guint k = 0; k < 2 * terms->len; k++)
      wb_test_no_mark (((const WbTerm *) g_ptr_array_index (terms, k / 2))->label[k % 2]);
  }
  for (guint i = 0; i < types->len; i++) {
    GPtrArray *fields = ((const WbRecordType *) g_ptr_array_index (types, i))->fields;

    for (guint k = 0; k < 2 * fields->len; k++) {
      wb_test_no_mark (((const WbField *) g_ptr_array_index (fields, k / 2))->label[k % 2]);
      wb_test_no_mark (((const WbField *) g_ptr_array_index (fields, k / 2))->help[k % 2]);
    }
  }
}

static void
every_code_of_the_domain_list_is_there_with_its_labels (void **state)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAARBORG_SOURCE"),
                                            "tests",
                                            "core",
                                            "model",
                                            "taxonomy-codes.tsv",
                                            NULL);
  g_autofree char *text = wb_test_read (path, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
    const WbTerm *term;

    if (g_strv_length (columns) != 3)
      continue;
    term = wb_model_find_term (get_model (), columns[0]);
    if (term == NULL)
      fail_msg ("no term %s", columns[0]);
    assert_string_equal (term->label[WB_LANGUAGE_NL], columns[1]);
    assert_string_equal (term->label[WB_LANGUAGE_EN], columns[2]);
    n++;
  }
  assert_int_equal (n, 368);
  wb_test_count ("taxonomy", n);
}

static void
vocabularies_of_the_text_are_there_too (void **state)
{
  static const struct {
    const char *name;
    guint n;
  } expected[] = {
    { "degree", 4 }, { "reliab", 6 }, { "form", 10 },        { "impl", 6 },
    { "conf", 5 },   { "kind", 9 },   { "consentstate", 7 }, { "critresult", 4 },
    { "regime", 3 }, { "stage", 39 }, { "authority", 18 },
  };
  g_auto (GStrv) names = wb_model_list_vocabularies (get_model ());

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GPtrArray) terms = wb_model_list_terms (get_model (), expected[i].name);

    assert_int_equal (terms->len, expected[i].n);
    assert_true (g_strv_contains ((const char *const *) names, expected[i].name));
  }
}

static void
extra_column_is_read_by_key (void **state)
{
  const WbTerm *term = wb_model_find_term (get_model (), "urgency.critical");
  g_autofree char *clock = wb_term_dup_extra (term, "Default clock");
  g_autofree char *huridocs = wb_term_dup_extra (term, "HURIDOCS MT 46");
  g_autofree char *none = wb_term_dup_extra (term, "Default");
  const WbTerm *site = wb_model_find_term (get_model (), "site.schiphol.ac");
  g_autofree char *verified = wb_term_dup_extra (site, "What is verified");

  assert_string_equal (clock, "pol.triage.critical");
  assert_string_equal (huridocs, "010000000000");
  assert_null (none);
  assert_string_equal (verified, "IND centre inside JCS [V:jcs]; border procedure there [V:seed]");
}

static void
weightiest_reason_sets_the_urgency (void **state)
{
  g_autoptr (JsonArray) reasons = json_array_new ();

  assert_null (wb_model_urgency_for (get_model (), NULL));
  assert_null (wb_model_urgency_for (get_model (), reasons));
  json_array_add_string_element (reasons, "urgreason.norep");
  json_array_add_string_element (reasons, "no.such.code");
  assert_string_equal (wb_model_urgency_for (get_model (), reasons), "urgency.urgent");
  json_array_add_string_element (reasons, "urgreason.removal");
  json_array_add_string_element (reasons, "urgreason.child_detained");
  assert_string_equal (wb_model_urgency_for (get_model (), reasons), "urgency.critical");
}

static void
workflow_allows_its_moves_and_no_others (void **state)
{
  WbModel *model = get_model ();
  g_autoptr (GPtrArray) statuses = wb_model_list_terms (model, "status");
  guint n = 0;

  for (guint i = 0; i < statuses->len; i++) {
    for (guint j = 0; j < statuses->len; j++) {
      const char *from = ((const WbTerm *) g_ptr_array_index (statuses, i))->code;
      const char *to = ((const WbTerm *) g_ptr_array_index (statuses, j))->code;
      g_autoptr (GError) error = NULL;
      gboolean allowed = wb_model_is_move_allowed (model, from, to, &error);

      if (!allowed)
        wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
      n += allowed && i != j;
    }
  }
  assert_int_equal (n, 52);
  assert_true (wb_model_is_move_allowed (model, NULL, "status.registered", NULL));
  assert_true (wb_model_is_move_allowed (model, NULL, "status.draft", NULL));
  assert_false (wb_model_is_move_allowed (model, NULL, "status.closed", NULL));
  assert_false (wb_model_is_move_allowed (model, "status.registered", "status.closed", NULL));
  assert_false (wb_model_is_move_allowed (model, "status.destroyed", "status.closed", NULL));
  assert_false (wb_model_is_move_allowed (model, "status.triage", NULL, NULL));
  assert_string_equal (wb_model_get_initial_status (model), "status.registered");
}

static void
moves_tell_what_they_demand (void **state)
{
  WbModel *model = get_model ();
  const WbMove *close = wb_model_find_move (model, "status.closing", "status.closed");
  const WbMove *destroy = wb_model_find_move (model, "status.archived", "status.destroyed");
  g_auto (GStrv) next = wb_model_list_moves (model, "status.registered");
  const WbGuard *guard = g_ptr_array_index (close->guards, 0);

  assert_int_equal (destroy->users, 2);
  assert_string_equal (close->who, "second-reader");
  assert_int_equal (close->guards->len, 8);
  assert_int_equal (guard->check, WB_GUARD_FIELD_PRESENT);
  assert_string_equal (guard->field, "outcome");
  assert_int_equal (g_strv_length (next), 2);
  assert_string_equal (next[0], "status.triage");
}

static void
basis_of_a_field_tells_how_sure_it_is (void **state)
{
  static const struct {
    const char *type, *field, *certainty;
  } expected[] = {
    { "referral", "target", "[V:scr10]" },
    { "complaint", "adjourned", "[V:awb911]" },
    { "complaint", "suspended", "[V:awb9]" },
    { "case", "retention_category", "[?]" },
    { "decision", "kind", "[K]" },
    { "visit", "team", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WbRecordType *type = wb_model_find_type (get_model (), expected[i].type);
    const WbField *field = wb_record_type_find_field (type, expected[i].field);

    assert_int_equal (g_strcmp0 (field->certainty, expected[i].certainty), 0);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_record_type_is_there_with_labels_in_both_languages),
    cmocka_unit_test (only_the_account_of_an_allegation_is_required),
    cmocka_unit_test (fields_that_start_clocks_name_their_event),
    cmocka_unit_test (identities_and_health_are_held_apart),
    cmocka_unit_test (marks_of_certainty_are_in_no_label),
    cmocka_unit_test (every_code_of_the_domain_list_is_there_with_its_labels),
    cmocka_unit_test (vocabularies_of_the_text_are_there_too),
    cmocka_unit_test (extra_column_is_read_by_key),
    cmocka_unit_test (weightiest_reason_sets_the_urgency),
    cmocka_unit_test (workflow_allows_its_moves_and_no_others),
    cmocka_unit_test (moves_tell_what_they_demand),
    cmocka_unit_test (basis_of_a_field_tells_how_sure_it_is),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
