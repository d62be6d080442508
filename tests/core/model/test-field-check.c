/* SPDX-License-Identifier: EUPL-1.2 */
/* What a field takes and what it refuses, type by type, and the sentence that says so. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"

static WbModel *model;
static WbZone *zone;

static int
load (void **state)
{
  model = wb_model_get_default (NULL);
  zone = wb_zone_new ("Europe/Amsterdam", NULL);
  return model != NULL && zone != NULL ? 0 : -1;
}

static int
drop (void **state)
{
  g_clear_pointer (&zone, wb_zone_unref);
  return 0;
}

static gboolean
check (const char *type, const char *json, gboolean complete, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  assert_non_null (node);
  return wb_model_check (model, type, json_node_get_object (node), complete, zone, error);
}

typedef struct {
  const char *type;
  const char *json;
} Case;

static void
good_values_are_taken (void **state)
{
  static const Case cases[] = {
    { "case", "{}" },
    { "case", "{\"title\": \"Werktitel\", \"kind\": \"casekind.signal\", \"legal_hold\": true}" },
    { "case", "{\"related\": [\"NL-INSP-2026-0001\", \"NL-INSP-2026-0002\"]}" },
    { "case", "{\"closed\": \"2027-01-15\", \"outcome\": \"outcome.unknown\"}" },
    { "allegation", "{\"account\": \"Verteld.\\nIn twee alinea's.\"}" },
    { "allegation", "{\"account\": \"a\", \"when\": \"unknown\", \"received\": \"2026-07\"}" },
    { "allegation",
      "{\"account\": \"a\", \"when\": {\"at\": \"2026-10-25T02:30\", \"precision\": \"hour\","
      " \"about\": true, \"fold\": \"unknown\", \"words\": \"about half past two\"}}" },
    { "allegation",
      "{\"account\": \"a\", \"rights\": [\"right.charter.4\", \"right.charter.24\"]}" },
    { "allegation", "{\"account\": \"a\", \"rights\": []}" },
    { "allegation", "{\"account\": \"a\", \"language\": \"tir\", \"interpreter\": false}" },
    { "allegation", "{\"account\": \"a\", \"criteria\": {\"crit.specific\": \"wie en waar\"}}" },
    { "allegation",
      "{\"account\": \"a\", \"criteria\": {\"crit.specific\": {\"result\": \"critresult.met\","
      " \"note\": \"wie en waar\"}, \"crit.pattern\": {\"result\": \"critresult.not\"}}}" },
    { "allegation", "{\"account\": \"a\", \"person\": \"P-1\", \"persons\": [\"@tolk\"]}" },
    { "allegation", "{\"account\": \"a\", \"degree\": null}" },
    { "person", "{\"pseudonym\": \"Vlinder-07\", \"age_stated\": 15, \"minor\": true}" },
    { "person", "{\"nationality\": \"ERI\"}" },
    { "person", "{\"nationality\": \"XXA\", \"languages\": [\"tir\", \"amh\"]}" },
    { "person", "{\"presented\": \"2026-07-17T09:40+02:00\", \"birth\": \"2011\"}" },
    { "consent",
      "{\"purpose\": \"consent.record\", \"state\": \"consentstate.given\","
      " \"person\": \"0198f6b2-0000-7000-8000-000000000001\", \"expires\": \"2027-02-28\"}" },
    { "evidence", "{\"kind\": \"doc.photo\", \"size\": 0, \"file\": true}" },
    { "note", "{\"text\": \"Gebeld.\", \"about\": \"NL-INSP-2026-0001/A-1\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (!check (cases[i].type, cases[i].json, TRUE, &error))
      fail_msg ("%s: %s", cases[i].json, error->message);
  }
}

static void
bad_values_are_refused_by_a_sentence_with_the_label (void **state)
{
  static const struct {
    const char *type, *json, *label;
  } cases[] = {
    { "allegation", "{}", "Account" },
    { "allegation", "{\"account\": \" \\n\"}", "Account" },
    { "allegation", "{\"account\": null}", "Account" },
    { "allegation", "{\"account\": 5}", "Account" },
    { "allegation", "{\"account\": [\"a\"]}", "Account" },
    { "allegation", "{\"account\": \"a\\u0007\"}", "Account" },
    { "allegation", "{\"account\": \"a\", \"place\": \"a\\nb\"}", "Place on the site" },
    { "allegation", "{\"account\": \"a\", \"when\": \"2026-02-30\"}", "When it happened" },
    { "allegation", "{\"account\": \"a\", \"when\": \"2026-13\"}", "When it happened" },
    { "allegation", "{\"account\": \"a\", \"when\": \"gisteren\"}", "When it happened" },
    { "allegation", "{\"account\": \"a\", \"when\": \"2026-03-29T02:30\"}", "When it happened" },
    { "allegation", "{\"account\": \"a\", \"when\": 2026}", "When it happened" },
    { "allegation", "{\"account\": \"a\", \"when\": [\"2026\"]}", "When it happened" },
    { "allegation", "{\"account\": \"a\", \"site\": \"site.maan\"}", "Site" },
    { "allegation", "{\"account\": \"a\", \"site\": \"right.charter.4\"}", "Site" },
    { "allegation", "{\"account\": \"a\", \"site\": [\"site.unknown\"]}", "Site" },
    { "allegation", "{\"account\": \"a\", \"rights\": \"right.charter.4\"}", "Charter rights" },
    { "allegation", "{\"account\": \"a\", \"rights\": [\"right.charter.99\"]}", "Charter rights" },
    { "allegation",
      "{\"account\": \"a\", \"rights\": [\"right.charter.4\", \"right.charter.4\"]}",
      "Charter rights" },
    { "allegation", "{\"account\": \"a\", \"rights\": [4]}", "Charter rights" },
    { "allegation", "{\"account\": \"a\", \"rights\": [null]}", "Charter rights" },
    { "allegation", "{\"account\": \"a\", \"interpreter\": \"yes\"}", "With an interpreter" },
    { "allegation", "{\"account\": \"a\", \"language\": \"nl\"}", "Language of the interview" },
    { "allegation", "{\"account\": \"a\", \"criteria\": [\"crit.scope\"]}", "Criteria weighed" },
    { "allegation", "{\"account\": \"a\", \"criteria\": {\"crit.x\": \"\"}}", "Criteria weighed" },
    { "allegation", "{\"account\": \"a\", \"criteria\": {\"crit.scope\": 1}}", "Criteria weighed" },
    { "allegation",
      "{\"account\": \"a\", \"criteria\": {\"crit.scope\": {\"result\": \"crit.scope\"}}}",
      "Criteria weighed" },
    { "allegation",
      "{\"account\": \"a\", \"criteria\": {\"crit.scope\": {\"score\": 1}}}",
      "Criteria weighed" },
    { "allegation", "{\"account\": \"a\", \"person\": \"Jan\"}", "Person concerned" },
    { "allegation", "{\"account\": \"a\", \"person\": \"@\"}", "Person concerned" },
    { "allegation", "{\"account\": \"a\", \"persons\": [\"\"]}", "Other persons" },
    { "person", "{\"age_stated\": -1}", "Age as stated" },
    { "person", "{\"age_stated\": 121}", "Age as stated" },
    { "person", "{\"age_stated\": 15.5}", "Age as stated" },
    { "person", "{\"age_stated\": \"15\"}", "Age as stated" },
    { "person", "{\"nationality\": \"eri\"}", "Nationality" },
    { "person", "{\"nationality\": \"XXD\"}", "Nationality" },
    { "person", "{\"languages\": [\"xx\"]}", "Other languages" },
    { "consent", "{\"state\": \"consentstate.given\"}", "Purpose" },
    { "consent", "{\"purpose\": \"consent.record\"}", "Answer" },
    { "consent",
      "{\"purpose\": \"consent.record\", \"state\": \"consentstate.given\","
      " \"expires\": \"2027-02-29\"}",
      "Valid until" },
    { "evidence", "{\"size\": -1}", "Size in bytes" },
    { "note", "{\"text\": \"\"}", "Text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *quoted = g_strdup_printf ("“%s", cases[i].label);

    if (check (cases[i].type, cases[i].json, TRUE, &error))
      fail_msg ("accepted: %s", cases[i].json);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    if (!g_str_has_prefix (error->message, quoted))
      fail_msg ("%s: %s", cases[i].json, error->message);
  }
  wb_test_count ("field-refused", G_N_ELEMENTS (cases));
}

static void
unknown_field_is_named_only_where_it_looks_like_one (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  assert_false (check ("note", "{\"text\": \"a\", \"tekst\": \"b\"}", TRUE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_non_null (strstr (error->message, "“tekst”"));
  assert_false (check ("note", "{\"text\": \"a\", \"Jan Jansen\": \"b\"}", TRUE, &other));
  assert_null (strstr (other->message, "Jan"));
}

static void
unknown_type_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_false (check ("voyage", "{}", FALSE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
change_may_leave_out_but_not_empty_what_is_required (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_true (check ("allegation", "{\"degree\": \"degree.single\"}", FALSE, NULL));
  assert_true (check ("allegation", "{\"degree\": null}", FALSE, NULL));
  assert_false (check ("allegation", "{\"account\": null}", FALSE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static gboolean
check_length (const char *field, gsize length)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *text = g_strnfill (length, 'a');

  json_object_set_string_member (fields, field, text);
  return wb_model_check (model, "allegation", fields, FALSE, zone, NULL);
}

static void
texts_have_limits (void **state)
{
  assert_true (check_length ("account", WB_MODEL_TEXT_MAX));
  assert_false (check_length ("account", WB_MODEL_TEXT_MAX + 1));
  assert_true (check_length ("place", WB_MODEL_LINE_MAX));
  assert_false (check_length ("place", WB_MODEL_LINE_MAX + 1));
}

static void
lists_have_limits (void **state)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= WB_MODEL_LIST_MAX; i++) {
    g_autofree char *reference = g_strdup_printf ("P-%u", i);

    json_array_add_string_element (array, reference);
  }
  json_object_set_array_member (fields, "persons", array);
  assert_false (wb_model_check (model, "allegation", fields, FALSE, zone, &error));
  json_array_remove_element (array, 0);
  assert_true (wb_model_check (model, "allegation", fields, FALSE, zone, NULL));
}

static void
message_never_repeats_the_value (void **state)
{
  static const Case cases[] = {
    { "allegation", "{\"account\": \"a\", \"site\": \"GEHEIM\"}" },
    { "allegation", "{\"account\": \"a\", \"person\": \"GEHEIM geheim\"}" },
    { "allegation", "{\"account\": \"a\", \"place\": \"GEHEIM\\n\"}" },
    { "allegation", "{\"account\": \"a\", \"language\": \"GEHEIM\"}" },
    { "allegation", "{\"account\": \"a\", \"when\": \"GEHEIM\"}" },
    { "person", "{\"nationality\": \"GEHEIM\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (check (cases[i].type, cases[i].json, TRUE, &error));
    if (strstr (error->message, "GEHEIM") != NULL)
      fail_msg ("repeats the value: %s", error->message);
  }
}

static void
fields_of_the_program_cannot_be_entered (void **state)
{
  g_autoptr (JsonNode) bad = json_from_string ("{\"sha256\": \"00\"}", NULL);
  g_autoptr (JsonNode) good = json_from_string ("{\"title\": \"Foto\"}", NULL);
  g_autoptr (GError) error = NULL;

  assert_true (wb_model_check_entered (model, "evidence", json_node_get_object (good), NULL));
  assert_false (wb_model_check_entered (model, "evidence", json_node_get_object (bad), &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (good_values_are_taken),
    cmocka_unit_test (bad_values_are_refused_by_a_sentence_with_the_label),
    cmocka_unit_test (unknown_field_is_named_only_where_it_looks_like_one),
    cmocka_unit_test (unknown_type_is_refused),
    cmocka_unit_test (change_may_leave_out_but_not_empty_what_is_required),
    cmocka_unit_test (texts_have_limits),
    cmocka_unit_test (lists_have_limits),
    cmocka_unit_test (message_never_repeats_the_value),
    cmocka_unit_test (fields_of_the_program_cannot_be_entered),
  };

  return cmocka_run_group_tests (tests, load, drop);
}
