/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"

#include <math.h>
#include <string.h>

#include "wb-digest.h"
#include "wb-disclosure.h"
#include "wb-json.h"

#define SALT "00112233445566778899aabbccddeeff "

static JsonNode *
from_text (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  wb_assert_no_error (error);
  return node;
}

/* From any JSON text to its one spelling. */
static void
assert_compact (const char *json, const char *expected)
{
  g_autoptr (JsonNode) node = from_text (json);
  g_autofree char *compact = wb_json_compact (node);

  assert_string_equal (compact, expected);
}

static void
compact_form_has_one_spelling (void **state)
{
  assert_compact ("{ \"b\" : 1 , \"a\" : [ 1 , 2.50 , true , null ] }",
                  "{\"b\":1,\"a\":[1,2.5,true,null]}");
  assert_compact ("[]", "[]");
  assert_compact ("{}", "{}");
  assert_compact ("\"caf\\u00e9 \\u0001 \\t \\n \\\" \\\\ \\/ \\u2028 \\ud83d\\ude00\"",
                  "\"café \\u0001 \\t \\n \\\" \\\\ / \xe2\x80\xa8 😀\"");
  assert_compact ("9223372036854775807", "9223372036854775807");
  assert_compact ("-9223372036854775807", "-9223372036854775807");
  assert_compact ("0.1", "0.1");
  assert_compact ("0.30000000000000004", "0.30000000000000004");
  assert_compact ("1e22", "1e+22");
  assert_compact ("3.0", "3");
  assert_compact ("5e-324", "4.94065645841247e-324");
}

static void
doubles_read_back_the_same (void **state)
{
  for (guint i = 0; i < 20000; i++) {
    g_autofree char *compact = NULL;
    g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
    g_autoptr (JsonNode) read = NULL;
    double number;

    wb_random_bytes (&number, sizeof number);
    if (number != number || number - number != 0)
      continue;
    json_node_set_double (node, number);
    compact = wb_json_compact (node);
    assert_true (g_ascii_strtod (compact, NULL) == number);
  }
}

static void
what_cannot_be_written_is_refused (void **state)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (JsonNode) nested = NULL;

  json_node_set_double (node, (double) INFINITY);
  assert_null (wb_json_compact (node));
  json_node_set_string (node, "\xff");
  assert_null (wb_json_compact (node));
  for (guint i = 0; i < WB_JSON_DEPTH_MAX + 1; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < WB_JSON_DEPTH_MAX + 1; i++)
    g_string_append_c (deep, ']');
  nested = from_text (deep->str);
  assert_null (wb_json_compact (nested));
  assert_null (wb_disclosure_new ("field", nested));
  json_node_set_string (node, "good");
  assert_null (wb_disclosure_new ("Bad name", node));
}

static void
line_is_salt_name_and_value (void **state)
{
  g_autoptr (JsonNode) value = from_text ("{\"x\":[1,\"é\"]}");
  g_autofree char *line = wb_disclosure_new ("place", value);
  g_autofree char *other = wb_disclosure_new ("place", value);
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) read = NULL;
  g_autoptr (GError) error = NULL;
  WbHash digest, expected;

  assert_string_equal (line + 32, " place {\"x\":[1,\"é\"]}");
  assert_memory_not_equal (line, other, 32); /* fresh salt each time */
  assert_true (wb_disclosure_parse (line, strlen (line), &name, &read, &error));
  wb_assert_no_error (error);
  assert_string_equal (name, "place");
  assert_true (json_node_equal (value, read));
  wb_disclosure_digest (line, strlen (line), &digest);
  wb_sha256 (line, strlen (line), expected.bytes);
  assert_memory_equal (digest.bytes, expected.bytes, WB_HASH_SIZE);
  assert_true (wb_disclosure_is_of (line, strlen (line), "place"));
  assert_false (wb_disclosure_is_of (line, strlen (line), "plac"));
  assert_false (wb_disclosure_is_of (line, strlen (line), "places"));
}

static void
only_the_one_spelling_is_read (void **state)
{
  static const char *const good[] = {
    SALT "a 1",          SALT "a null",    SALT "a \"\"",        SALT "a []",
    SALT "a {\"k\":{}}", SALT "a \"é\"",   SALT "a -0.5",        SALT "a true",
    SALT "a_1 \" \"",    SALT "a \"\\n\"", SALT "a \"\\u001f\"",
  };
  static const char *const bad[] = {
    "",
    SALT,
    SALT "a",
    SALT "a ",
    SALT "a  1",
    SALT "a 1 ",
    SALT "a 1\n",
    SALT "a 01",
    SALT "a +1",
    SALT "a 1.0",
    SALT "a 1e2",
    SALT "a -0",
    SALT "a 0x10",
    SALT "a 1 2",
    SALT "a [1,]",
    SALT "a [1, 2]",
    SALT "a {\"k\":1,\"k\":2}",
    SALT "a {'k':1}",
    SALT "a {k:1}",
    SALT "a \"\\u00e9\"",
    SALT "a \"\\/\"",
    SALT "a \"\\u000a\"",
    SALT "a \"\\u001F\"",
    SALT "a \"\\u0000\"",
    SALT "a \"\\ud800\"",
    SALT "a \"",
    SALT "a True",
    SALT "a nul",
    SALT "a // c",
    SALT "a 1/**/",
    SALT "a 9223372036854775808",
    SALT "a 99999999999999999999999999",
    SALT "A 1",
    SALT "1a 1",
    SALT "a-b 1",
    "00112233445566778899AABBCCDDEEFF a 1",
    "00112233445566778899aabbccddeef a 1",
    "00112233445566778899aabbccddeeff  a 1",
    "00112233445566778899aabbccddeeff0 a 1",
    SALT "a \"\xff\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;

    if (!wb_disclosure_parse (good[i], strlen (good[i]), NULL, NULL, &error))
      fail_msg ("refused: %s", good[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    if (wb_disclosure_parse (bad[i], strlen (bad[i]), NULL, NULL, &error))
      fail_msg ("accepted: %s", bad[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
  assert_false (wb_disclosure_parse (SALT "a \"x\0y\"", strlen (SALT) + 7, NULL, NULL, NULL));
}

static void
deep_or_huge_lines_are_refused_before_they_are_parsed (void **state)
{
  g_autoptr (GString) deep = g_string_new (SALT "a ");
  g_autofree char *huge = g_strnfill (WB_DISCLOSURE_MAX_SIZE + 1, '1');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  assert_false (wb_disclosure_parse (deep->str, deep->len, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  g_clear_error (&error);
  assert_false (wb_disclosure_parse (huge, strlen (huge), NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (compact_form_has_one_spelling),
    cmocka_unit_test (doubles_read_back_the_same),
    cmocka_unit_test (what_cannot_be_written_is_refused),
    cmocka_unit_test (line_is_salt_name_and_value),
    cmocka_unit_test (only_the_one_spelling_is_read),
    cmocka_unit_test (deep_or_huge_lines_are_refused_before_they_are_parsed),
  };

  return cmocka_run_group_tests_name ("disclosure", tests, NULL, NULL);
}
