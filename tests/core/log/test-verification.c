/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"

#include <string.h>

#include "wb-verification.h"

static void
new_result_is_good (void **state)
{
  g_autoptr (WbVerification) result = wb_verification_new ("demo.waarborg", "full");
  g_autofree char *text = wb_verification_to_text (result);

  assert_true (wb_verification_is_good (result));
  assert_non_null (strstr (text, "demo.waarborg"));
  assert_non_null (strstr (text, "Everything that was checked is in order."));
}

static void
text_tells_numbers_findings_facts_and_limits (void **state)
{
  g_autoptr (WbVerification) result = wb_verification_new ("demo.waarborg", "full");
  g_autofree char *text = NULL;

  wb_verification_count (result, "entries", 41);
  wb_verification_count (result, "checkpoints", 1);
  wb_verification_count (result, "entries", 1);
  wb_verification_count (result, "widgets", 3);
  wb_verification_add (result, "entry", 7, "It was changed.");
  wb_verification_add (result, "keys/anna.age", -1, "It is %s.", "missing");
  wb_verification_set_fact (result, "signer", "SHA256:old");
  wb_verification_set_fact (result, "signer", "SHA256:abc");
  wb_verification_add_log_limits (result, -1);
  wb_verification_add_log_limits (result, -1);
  text = wb_verification_to_text (result);
  assert_string_equal (
      text,
      "demo.waarborg (full)\n"
      "Checked: 42 entries, 1 checkpoint, 3 widgets.\n"
      "NOT in order: 2 things are wrong. The first one tells most.\n"
      "  - entry 7: It was changed.\n"
      "  - keys/anna.age: It is missing.\n"
      "Signed by: SHA256:abc\n"
      "What this cannot show:\n"
      "  - No checkpoint that somebody else kept was compared, so this cannot show whether the "
      "whole register was put back to an earlier state.\n"
      "  - This shows that what was recorded is unchanged since intake, not that it is true.\n");
}

static void
hundred_findings_are_kept_and_all_are_counted (void **state)
{
  g_autoptr (WbVerification) result = wb_verification_new ("demo", "full");
  g_autofree char *text = NULL;

  for (int i = 0; i < 250; i++)
    wb_verification_add (result, "entry", i, "Wrong.");
  assert_int_equal (wb_verification_get_findings (result)->len, 100);
  assert_int_equal (wb_verification_get_n_findings (result), 250);
  text = wb_verification_to_text (result);
  assert_non_null (strstr (text, "250 things are wrong"));
  assert_non_null (strstr (text, "and 150 more"));
}

static void
json_has_the_documented_members (void **state)
{
  g_autoptr (WbVerification) result = wb_verification_new ("demo", "quick");
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *finding;
  JsonArray *findings;

  wb_verification_count (result, "entries", 5);
  wb_verification_set_fact (result, "origin", "waarborg/X");
  wb_verification_add (result, "entry", 3, "Wrong.");
  wb_verification_add (result, "store.db", -1, "Wrong too.");
  wb_verification_add_limit (result, "Nothing more.");
  root = wb_verification_to_json (result);
  object = json_node_get_object (root);
  assert_string_equal (json_object_get_string_member (object, "subject"), "demo");
  assert_string_equal (json_object_get_string_member (object, "depth"), "quick");
  assert_false (json_object_get_boolean_member (object, "good"));
  assert_int_equal (
      json_object_get_int_member (json_object_get_object_member (object, "checked"), "entries"),
      5);
  assert_string_equal (
      json_object_get_string_member (json_object_get_object_member (object, "facts"), "origin"),
      "waarborg/X");
  assert_int_equal (json_object_get_int_member (object, "n_findings"), 2);
  findings = json_object_get_array_member (object, "findings");
  finding = json_array_get_object_element (findings, 0);
  assert_int_equal (json_object_get_int_member (finding, "entry"), 3);
  assert_string_equal (json_object_get_string_member (finding, "message"), "Wrong.");
  finding = json_array_get_object_element (findings, 1);
  assert_true (json_object_get_null_member (finding, "entry"));
  assert_string_equal (json_object_get_string_member (finding, "part"), "store.db");
  assert_int_equal (json_array_get_length (json_object_get_array_member (object, "limits")), 1);
}

static void
facts_and_counts_that_are_not_there_are_nothing (void **state)
{
  WbVerification *result = wb_verification_new ("demo", "quick");
  WbVerification *second = wb_verification_ref (result);

  assert_null (wb_verification_get_fact (result, "signer"));
  assert_int_equal (wb_verification_get_count (result, "entries"), 0);
  wb_verification_unref (result);
  assert_true (wb_verification_is_good (second));
  wb_verification_unref (second);
  wb_verification_unref (NULL);
}

static void
outside_checkpoint_is_told_in_the_limit (void **state)
{
  g_autoptr (WbVerification) result = wb_verification_new ("demo", "full");
  g_auto (GStrv) limits = NULL;

  wb_verification_add_log_limits (result, 47);
  limits = wb_verification_dup_limits (result);
  assert_int_equal (g_strv_length (limits), 2);
  assert_non_null (strstr (limits[0], "first 47 entries"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (new_result_is_good),
    cmocka_unit_test (text_tells_numbers_findings_facts_and_limits),
    cmocka_unit_test (hundred_findings_are_kept_and_all_are_counted),
    cmocka_unit_test (json_has_the_documented_members),
    cmocka_unit_test (facts_and_counts_that_are_not_there_are_nothing),
    cmocka_unit_test (outside_checkpoint_is_told_in_the_limit),
  };

  return cmocka_run_group_tests_name ("verification", tests, NULL, NULL);
}
