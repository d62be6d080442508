/* SPDX-License-Identifier: EUPL-1.2 */
/* The strict JSON reader: what RFC 8259 allows is read as it stands, everything else is refused
 * with its line. */
#include "wb-test.h"

#include <string.h>

#include "wb-json.h"

static JsonNode *
parse (const char *text, GError **error)
{
  return wb_json_parse (text, strlen (text), NULL, error);
}

static void
documents_are_read_as_json_glib_reads_them (void **state)
{
  static const char *const texts[] = {
    "null",
    "true",
    " false\n",
    "0",
    "-1",
    "12.5e-3",
    "9223372036854775807",
    "-9223372036854775808",
    "\"\"",
    "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"",
    "[]",
    "{}",
    "[1,[2,[3,{\"a\":[null]}]]]",
    "{\"a\":{\"b\":\"c\"},\"\":1,\"\\u0061\\u0062\":[true,false]}",
    "\"ë ḥ 中\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) ours = parse (texts[i], &error);
    g_autoptr (JsonNode) theirs = json_from_string (texts[i], NULL);

    wb_assert_no_error (error);
    assert_non_null (theirs);
    if (!json_node_equal (ours, theirs))
      fail_msg ("read otherwise: %s", texts[i]);
  }
}

static void
anything_else_is_refused (void **state)
{
  static const char *const texts[] = {
    "",
    " ",
    "tru",
    "nul",
    "True",
    "+1",
    "01",
    "-",
    "1.",
    ".5",
    "1e",
    "0x10",
    "NaN",
    "1e999",
    "99999999999999999999",
    "\"",
    "\"a",
    "\"a\nb\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "1 2",
    "{} {}",
    "// c\n1",
    "/* c */ 1",
    "var a = 1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = parse (texts[i], &error);

    if (node != NULL)
      fail_msg ("accepted: %s", texts[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_true (g_str_has_prefix (error->message, "Line "));
  }
  wb_test_count ("json-refused", G_N_ELEMENTS (texts));
}

static void
mistake_is_told_with_its_line (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse ("{\n \"a\": 1,\n\n \"b\" 2}", &error);

  assert_null (node);
  assert_true (g_str_has_prefix (error->message, "Line 4: "));
}

static void
damaged_text_is_told_with_its_byte (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse ("\"abc\xff\"", &error);

  assert_null (node);
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  assert_non_null (strstr (error->message, "byte 5:"));
}

static void
nul_inside_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_json_parse ("\"a\0b\"", 5, NULL, &error));
  assert_non_null (error);
}

static void
lines_of_values_can_be_asked (void **state)
{
  const char *text = "{\n\"a\": [\n1,\n{\"b\": 2}\n]\n}";
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (JsonNode) node = wb_json_parse (text, strlen (text), &lines, NULL);

  assert_non_null (node);
  assert_int_equal (wb_json_get_line (lines, ""), 1);
  assert_int_equal (wb_json_get_line (lines, "/a"), 2);
  assert_int_equal (wb_json_get_line (lines, "/a/0"), 3);
  assert_int_equal (wb_json_get_line (lines, "/a/1/b"), 4);
  assert_int_equal (wb_json_get_line (lines, "/none"), 0);
}

/* @n times @open around nothing, closed again. */
static char *
nest (guint n, char open, char close)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_c (text, open);
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, close);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
nesting_is_bounded (void **state)
{
  g_autofree char *most = nest (WB_JSON_DEPTH_MAX, '[', ']');
  g_autofree char *over = nest (WB_JSON_DEPTH_MAX + 1, '[', ']');
  g_autofree char *bomb = nest (1000000, '[', ']');
  g_autoptr (JsonNode) node = parse (most, NULL);
  g_autoptr (GError) error = NULL;

  assert_non_null (node);
  assert_null (parse (over, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_null (parse (bomb, NULL));
}

static void
number_of_values_is_bounded (void **state)
{
  g_autoptr (GString) text = g_string_new ("[1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < WB_JSON_VALUES_MAX; i++)
    g_string_append (text, ",1");
  g_string_append_c (text, ']');
  assert_null (parse (text->str, &error));
  assert_non_null (strstr (error->message, "too many values"));
}

static void
only_text_is_given_as_text (void **state)
{
  g_autoptr (JsonNode) node =
      json_from_string ("{\"a\":\"x\",\"b\":1,\"c\":null,\"d\":[\"x\"],\"e\":{}}", NULL);
  JsonObject *object = json_node_get_object (node);

  assert_string_equal (wb_json_get_text (object, "a"), "x");
  for (const char *name = "bcdef"; *name != '\0'; name++) {
    const char member[] = { *name, '\0' };

    assert_null (wb_json_get_text (object, member));
  }
  assert_null (wb_json_node_text (NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (only_text_is_given_as_text),
    cmocka_unit_test (documents_are_read_as_json_glib_reads_them),
    cmocka_unit_test (anything_else_is_refused),
    cmocka_unit_test (mistake_is_told_with_its_line),
    cmocka_unit_test (damaged_text_is_told_with_its_byte),
    cmocka_unit_test (nul_inside_is_refused),
    cmocka_unit_test (lines_of_values_can_be_asked),
    cmocka_unit_test (nesting_is_bounded),
    cmocka_unit_test (number_of_values_is_bounded),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
