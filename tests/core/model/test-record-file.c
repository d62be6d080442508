/* SPDX-License-Identifier: EUPL-1.2 */
/* Record files: the three forms are read; every trap is refused by one sentence that names the item
 * or the line. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"

#define ID "0198f6b2-0000-7000-8000-000000000001"

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return wb_record_file_parse (bytes, error);
}

static void
one_object_a_list_and_records_are_read (void **state)
{
  static const char *const texts[] = {
    "{\"type\": \"note\", \"fields\": {\"text\": \"a\"}}",
    "[{\"type\": \"note\", \"fields\": {\"text\": \"a\"}}]",
    "{\"records\": [{\"type\": \"note\", \"fields\": {\"text\": \"a\"}}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = parse (texts[i], &error);
    const WbRecordItem *item;

    wb_assert_no_error (error);
    assert_int_equal (items->len, 1);
    item = g_ptr_array_index (items, 0);
    assert_string_equal (item->type, "note");
    assert_string_equal (json_object_get_string_member (item->fields, "text"), "a");
  }
}

static void
all_members_are_read (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = parse (
      "[{\"type\": \"case\", \"handle\": \"@zaak\", \"fields\": {}},"
      " {\"type\": \"evidence\", \"id\": \"" ID "\", \"case\": \"@zaak\", \"reason\": \"omdat\","
      " \"file\": \"stukken/brief.pdf\"},"
      " {\"change\": \"@zaak\", \"reason\": \"nieuw\", \"fields\": {\"title\": null}}]",
      &error);
  const WbRecordItem *evidence, *change;

  wb_assert_no_error (error);
  assert_int_equal (items->len, 3);
  evidence = g_ptr_array_index (items, 1);
  change = g_ptr_array_index (items, 2);
  assert_string_equal (evidence->id, ID);
  assert_string_equal (evidence->case_ref, "@zaak");
  assert_string_equal (evidence->reason, "omdat");
  assert_string_equal (evidence->file, "stukken/brief.pdf");
  assert_int_equal (json_object_get_size (evidence->fields), 0);
  assert_null (change->type);
  assert_string_equal (change->change, "@zaak");
}

static void
traps_are_refused_with_item_or_line (void **state)
{
  static const struct {
    const char *text, *expected;
  } cases[] = {
    { "", "Line 1" },
    { "5", "must hold a record" },
    { "[]", "no record" },
    { "{\"records\": []}", "no record" },
    { "{\"records\": {}}", "“records”" },
    { "{\"records\": [], \"more\": 1}", "“records”" },
    { "[5]", "Item 1 (line 1)" },
    { "[\n{\"type\": \"note\", \"fields\": {}},\n{\"type\": 5, \"fields\": {}}]",
      "Item 2 (line 3): “type”" },
    { "{\"type\": \"note\", \"fields\": {}, \"text\": \"a\"}", "Item 1 (line 1): a member" },
    { "{\"fields\": {}}", "give one of “type”" },
    { "{\"type\": \"note\", \"change\": \"N-1\", \"fields\": {}}", "give one of “type”" },
    { "{\"type\": \"note\"}", "“fields”" },
    { "{\"type\": \"note\", \"fields\": []}", "“fields”" },
    { "{\"type\": \"a b\", \"fields\": {}}", "“type”" },
    { "{\"type\": \"note\", \"id\": \"1\", \"fields\": {}}", "“id”" },
    { "{\"type\": \"note\", \"id\": \"0198F6B2-0000-7000-8000-000000000001\", \"fields\": {}}",
      "“id”" },
    { "{\"type\": \"note\", \"id\": \"0198f6b2-0000-4000-8000-000000000001\", \"fields\": {}}",
      "“id”" },
    { "{\"type\": \"note\", \"handle\": \"zaak\", \"fields\": {}}", "“handle”" },
    { "{\"type\": \"note\", \"handle\": \"@\", \"fields\": {}}", "“handle”" },
    { "{\"change\": \"N-1\", \"file\": \"a\", \"fields\": {}}", "a change takes" },
    { "{\"type\": \"note\", \"case\": \"@x\", \"fields\": {}}", "“@” handle" },
    { "{\"change\": \"@x\", \"fields\": {}}", "“@” handle" },
    { "[{\"type\": \"note\", \"handle\": \"@x\", \"fields\": {}},"
      "{\"type\": \"note\", \"handle\": \"@x\", \"fields\": {}}]",
      "Item 2" },
    { "[{\"type\": \"note\", \"id\": \"" ID "\", \"fields\": {}},"
      "{\"type\": \"note\", \"id\": \"" ID "\", \"fields\": {}}]",
      "Item 2" },
    { "{\"type\": \"evidence\", \"file\": \"/etc/passwd\"}", "“file”" },
    { "{\"type\": \"evidence\", \"file\": \"../a\"}", "“file”" },
    { "{\"type\": \"evidence\", \"file\": \"a/../../b\"}", "“file”" },
    { "{\"type\": \"evidence\", \"file\": \"a//b\"}", "“file”" },
    { "{\"type\": \"evidence\", \"file\": \"a\\\\b\"}", "“file”" },
    { "{\"type\": \"note\",\n\"fields\": {\"text\": \"a\",\n\"text\": \"b\"}}", "Line 3" },
    { "{\"type\": \"note\", \"fields\": {\"text\": \"a\"}} trailing", "Line 1" },
    { "{\"type\": \"note\", \"fields\": {\"text\": \"\\ud800\"}}", "Line 1" },
    { "{\"type\": \"note\", \"fields\": {\"text\": \"\\u0000\"}}", "Line 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = parse (cases[i].text, &error);

    if (items != NULL)
      fail_msg ("accepted: %s", cases[i].text);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    if (strstr (error->message, cases[i].expected) == NULL)
      fail_msg ("%s: %s", cases[i].text, error->message);
  }
  wb_test_count ("record-file-refused", G_N_ELEMENTS (cases));
}

static void
damaged_text_is_told_with_its_byte (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (parse ("{\"type\": \"no\xc3te\"}", &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  assert_non_null (strstr (error->message, "byte 13:"));
}

static void
fifty_megabytes_are_refused (void **state)
{
  gsize size = 50 * 1024 * 1024;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (size, ' '), size);
  g_autoptr (GError) error = NULL;

  assert_null (wb_record_file_parse (bytes, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static void
depth_bomb_is_refused (void **state)
{
  g_autoptr (GString) text = g_string_new ("{\"type\": \"note\", \"fields\": {\"text\": ");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{\"a\":");
  assert_null (parse (text->str, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_non_null (strstr (error->message, "too deeply"));
}

static void
too_many_items_are_refused (void **state)
{
  g_autoptr (GString) text = g_string_new ("[1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < WB_RECORD_ITEMS_MAX; i++)
    g_string_append (text, ",1");
  g_string_append_c (text, ']');
  assert_null (parse (text->str, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

/* The block between ```json and ``` of docs/record-file.md. */
static char *
read_example (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("WAARBORG_SOURCE"), "docs", "record-file.md", NULL);
  g_autofree char *text = wb_test_read (path, NULL);
  const char *from = strstr (text, "```json");
  const char *to = from != NULL ? strstr (from + 7, "```") : NULL;

  assert_non_null (to);
  return g_strndup (from + 7, (gsize) (to - from - 7));
}

static void
example_of_the_documentation_is_right (void **state)
{
  g_autofree char *example = read_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = parse (example, &error);
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", NULL);

  wb_assert_no_error (error);
  assert_int_equal (items->len, 5);
  for (guint i = 0; i < items->len; i++) {
    const WbRecordItem *item = g_ptr_array_index (items, i);

    wb_model_check (wb_model_get_default (NULL),
                    item->type != NULL ? item->type : "case",
                    item->fields,
                    item->type != NULL,
                    zone,
                    &error);
    wb_assert_no_error (error);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (one_object_a_list_and_records_are_read),
    cmocka_unit_test (all_members_are_read),
    cmocka_unit_test (example_of_the_documentation_is_right),
    cmocka_unit_test (traps_are_refused_with_item_or_line),
    cmocka_unit_test (damaged_text_is_told_with_its_byte),
    cmocka_unit_test (fifty_megabytes_are_refused),
    cmocka_unit_test (depth_bomb_is_refused),
    cmocka_unit_test (too_many_items_are_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
