/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The duties on what the body keeps: names apart from stories, documents that stand up, parts left
 * out with their grounds. Each is broken once in its test, and the register says so.
 */
#include "wb-test-register.h"

#include <string.h>

#include "wb-earlier.h"
#include "wb-error.h"
#include "wb-name-hint.h"
#include "wb-withheld.h"

#define CASE "NL-TEST-2026-0001"

/* Whether the text that was typed is told of: "field person count" of each warning, a line each. */
static void
assert_hints (WbTestRegister *self, const char *text, const char *expected)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GPtrArray) hints = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (fields, "account", text);
  record = wb_register_record (self->reg, "allegation", NULL, CASE, fields, NULL, &error);
  wb_assert_no_error (error); /* a warning never blocks */
  hints = wb_register_list_name_hints (self->reg, record, NULL, &error);
  wb_assert_no_error (error);
  for (guint i = 0; i < hints->len; i++) {
    const WbNameHint *hint = g_ptr_array_index (hints, i);
    g_autofree char *sentence =
        wb_name_hint_to_text (hint, wb_register_get_model (self->reg), record);

    assert_null (strstr (sentence, "Jansen"));
    assert_null (strstr (sentence, "Visser"));
    g_string_append_printf (told,
                            "%s %s %u;",
                            hint->field,
                            hint->person != NULL ? hint->person : "-",
                            hint->count);
  }
  if (!g_str_equal (told->str, expected))
    fail_msg ("“%s” gives “%s”", text, told->str);
}

static void
begin (WbTestRegister *self)
{
  g_free (wb_test_record (self, "case", NULL, "{\"title\": \"Kiezel\"}"));
  g_free (wb_test_record (self,
                          "person",
                          CASE,
                          "{\"pseudonym\": \"Kiezel-5\", \"name\": \"Amina van der Jansen\","
                          " \"v_number\": \"1234567890\"}"));
}

static void
a_known_name_in_a_story_is_told_and_never_blocks (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  assert_hints (self, "Toen werd Jansen geduwd.", "account " CASE "/P-1 1;");
  assert_hints (self, "Amina zag het; Amina huilde.", "account " CASE "/P-1 2;");
  assert_hints (self, "Nummer 1234567890 stond op de lijst.", "account " CASE "/P-1 1;");
  assert_hints (self, "Jansensen is een ander woord, en Kiezel-5 ook.", "");
}

static void
what_looks_like_a_name_is_told_and_places_are_not (void **state)
{
  WbTestRegister *self = *state;

  begin (self);
  assert_hints (self, "Ze noemden de heer Visser.", "account - 1;");
  assert_hints (self, "Het was A.B. de Visser.", "account - 1;");
  assert_hints (self, "Op de gang riep Karim el Visser iets.", "account - 1;");
  assert_hints (self, "Op Karim Visser werd gewacht.", "account - 1;");
  assert_hints (self, "In Ter Apel stond de Koninklijke Marechaussee.", "");
  assert_hints (self, "De IND belde. Zij wachtten op Schiphol, de hele nacht.", "");
}

static void
a_field_for_names_is_no_free_text (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) person = NULL;
  g_autoptr (GPtrArray) hints = NULL;

  begin (self);
  person = wb_register_read (self->reg, CASE "/P-1", TRUE, "test", NULL);
  hints = wb_register_list_name_hints (self->reg, person, NULL, NULL);
  assert_int_equal (hints->len, 0);
}

/* Whatever is not open or of the case is asked for need alone. */
static void
each_field_that_says_who_somebody_is_says_that_need_decides (void **state)
{
  GPtrArray *types = wb_model_get_types (wb_model_get_default (NULL));
  guint n = 0;

  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);

    for (guint k = 0; k < type->fields->len; k++) {
      const WbField *field = g_ptr_array_index (type->fields, k);

      if (field->system || field->sensitivity == WB_SENSITIVITY_OPEN ||
          field->sensitivity == WB_SENSITIVITY_CASE)
        continue;
      if (field->need == WB_NEED_OPTIONAL || field->need == WB_NEED_EXPECTED)
        fail_msg ("%s.%s does not say when it is needed", type->name, field->name);
      n++;
    }
  }
  wb_test_count ("sensitive-fields", n);
  assert_true (n > 15);
}

static void
add_document (WbTestRegister *self, const char *title, const char *more)
{
  g_autofree char *json =
      g_strdup_printf ("{\"title\": \"%s\", \"kind\": \"doc.log\"%s}", title, more);

  g_free (wb_test_record (self, "evidence", CASE, json));
}

static void
refuse (WbTestRegister *self, const char *type, const char *json, const char *rule)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_record (self->reg, type, NULL, CASE, fields, "why", &error);

  if (record != NULL)
    fail_msg ("%s was taken, against %s", json, rule);
  if (strstr (error->message, rule) == NULL)
    fail_msg ("not by %s: %s", rule, error->message);
}

static void
each_part_withheld_has_its_copy_and_ground_in_the_inventory (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;

  begin (self);
  g_free (wb_test_record (self,
                          "woo",
                          NULL,
                          "{\"subject\": \"Logboek\","
                          " \"received\": \"2026-11-20\"}"));
  add_document (self, "Logboek", "");
  add_document (self, "Logboek, werkkopie", ", \"derived_from\": \"" CASE "/E-1\"");
  refuse (self,
          "withheld",
          "{\"request\": \"NL-TEST-W-1\", \"document\": \"" CASE "/E-1\","
          " \"copy\": \"" CASE "/E-2\", \"part\": \"blz. 1\"}",
          "Grounds for exception");
  refuse (self,
          "withheld",
          "{\"request\": \"NL-TEST-W-1\", \"document\": \"" CASE "/E-1\","
          " \"copy\": \"" CASE "/E-1\", \"part\": \"blz. 1\","
          " \"grounds\": [\"wooground.5_1_2_e\"]}",
          "original-whole");
  g_free (wb_test_record (self,
                          "withheld",
                          CASE,
                          "{\"request\": \"NL-TEST-W-1\", \"document\": \"" CASE "/E-1\","
                          " \"copy\": \"" CASE "/E-2\", \"part\": \"blz. 1, regel 3\","
                          " \"grounds\": [\"wooground.5_1_2_e\", \"wooground.5_2\"]}"));
  lines = wb_register_list_withheld (self->reg, "NL-TEST-W-1", &error);
  wb_assert_no_error (error);
  csv = wb_register_format_withheld (self->reg, lines, WB_LANGUAGE_EN);
  assert_string_equal (csv,
                       "Original document,Working copy with the part left out,Where the part is,"
                       "Grounds for exception,Reasons\r\n" CASE "/E-1," CASE "/E-2,"
                       "\"blz. 1, regel 3\","
                       "Woo 5.1(2)(e) Private life; Woo 5.2 Personal views on policy,\r\n");
  none = wb_register_list_withheld (self->reg, CASE "/E-1", &error);
  assert_null (none);
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
each_hand_over_of_a_document_stands_and_none_is_rewritten (void **state)
{
  static const char HANDED[] = "{\"document\": \"" CASE "/E-1\", \"when\": \"2026-11-21T10:15\","
                               " \"from\": \"Kiezel-5\", \"to\": \"anna\","
                               " \"place\": \"kluis\", \"reason\": \"ontvangen\"}";
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) fields = wb_test_object ("{\"to\": \"iemand anders\"}");
  g_autoptr (WbRecord) changed = NULL;
  g_autoptr (WbRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  begin (self);
  add_document (self, "Foto", "");
  refuse (self, "custody", "{\"document\": \"" CASE "/E-1\", \"to\": \"anna\"}", "“");
  g_free (wb_test_record (self, "custody", CASE, HANDED));
  changed = wb_register_change (self->reg, CASE "/CU-1", fields, "beter", &error);
  assert_null (changed);
  assert_non_null (strstr (error->message, "custody-kept"));
  read = wb_register_read (self->reg, CASE "/CU-1", FALSE, NULL, NULL);
  assert_false (json_object_has_member (read->fields, "from")); /* a name, kept apart */
}

static void
when_and_by_what_it_was_captured_is_kept_with_its_zone (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) read = NULL;

  begin (self);
  add_document (self,
                "Foto",
                ", \"taken\": \"2026-07-18T20:15+03:00\", \"device\": \"telefoon 2\"");
  read = wb_register_read (self->reg, CASE "/E-1", FALSE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (read->fields, "taken"),
                       "2026-07-18T20:15+03:00");
  assert_string_equal (json_object_get_string_member (read->fields, "device"), "telefoon 2");
}

/* Who, when, what and why: the value before stays beside the one that stands. */
static void
a_correction_leaves_what_it_corrects_with_who_when_and_why (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) fields = wb_test_object ("{\"title\": \"Logboek\"}");
  g_autoptr (WbRecord) changed = NULL;
  g_autoptr (GPtrArray) earlier = NULL;
  g_autoptr (GPtrArray) log = NULL;
  const WbEarlier *was;
  const WbLogRow *act;

  begin (self);
  add_document (self, "Foto", "");
  wb_test_now ("2026-11-25T09:00:00Z");
  changed = wb_register_change (self->reg, CASE "/E-1", fields, "verkeerd overgenomen", NULL);
  assert_non_null (changed);
  earlier = wb_register_list_earlier (self->reg, CASE "/E-1", "title", NULL);
  assert_int_equal (earlier->len, 1);
  was = g_ptr_array_index (earlier, 0);
  assert_string_equal (was->text, "\"Foto\"");
  assert_string_equal (was->author, "anna");
  log = wb_register_list_log (self->reg, NULL, wb_register_get_size (self->reg) - 1, 1, NULL);
  act = g_ptr_array_index (log, 0);
  assert_string_equal (act->author, "anna");
  assert_string_equal (act->event, "changed");
  assert_true (act->time > was->time);
  assert_true (g_strv_contains ((const char *const *) act->fields, "title"));
  assert_true (g_strv_contains ((const char *const *) act->fields, WB_ACT_REASON));
}

static void
the_core_cannot_reach_a_network (void **state)
{
  g_autofree char *library =
      g_build_filename (g_getenv ("WAARBORG_BUILD"), "core", "libwaarborg.so.0.1.0", NULL);
  char *argv[] = { (char *) "nm", (char *) "-D", (char *) "--undefined-only", library, NULL };
  static const char *const BANNED[] = { " connect\n", " connect@",    " socket\n",
                                        " socket@",   " getaddrinfo", " g_socket",
                                        " g_network", " g_resolver",  " soup_" };
  g_autofree char *nm = g_find_program_in_path ("nm");
  g_autofree char *out = NULL;
  int status = 0;

  if (nm == NULL) {
    g_clear_pointer (&library, g_free);
    skip ();
  }
  assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, NULL));
  assert_int_equal (status, 0);
  assert_non_null (strstr (out, "sqlite3_"));
  for (guint i = 0; i < G_N_ELEMENTS (BANNED); i++)
    if (strstr (out, BANNED[i]) != NULL)
      fail_msg ("the core calls%s", BANNED[i]);
}

/* Types that are documents or record what was said in words of some language. */
static void
each_document_records_its_language (void **state)
{
  static const char *const TYPES[] = { "allegation", "consent", "evidence",
                                       "interview",  "letter",  "person" };
  WbModel *model = wb_model_get_default (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    const WbRecordType *type = wb_model_find_type (model, TYPES[i]);
    const WbField *field = wb_record_type_find_field (type, "language");

    if (field == NULL || field->type != WB_FIELD_LANGUAGE)
      fail_msg ("%s records no language", TYPES[i]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_known_name_in_a_story_is_told_and_never_blocks),
    with_register (what_looks_like_a_name_is_told_and_places_are_not),
    with_register (a_field_for_names_is_no_free_text),
    cmocka_unit_test (each_field_that_says_who_somebody_is_says_that_need_decides),
    with_register (each_part_withheld_has_its_copy_and_ground_in_the_inventory),
    with_register (each_hand_over_of_a_document_stands_and_none_is_rewritten),
    with_register (when_and_by_what_it_was_captured_is_kept_with_its_zone),
    with_register (a_correction_leaves_what_it_corrects_with_who_when_and_why),
    cmocka_unit_test (the_core_cannot_reach_a_network),
    cmocka_unit_test (each_document_records_its_language),
  };

  return cmocka_run_group_tests_name ("duties-keep", tests, NULL, NULL);
}
