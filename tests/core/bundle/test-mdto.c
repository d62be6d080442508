/* SPDX-License-Identifier: EUPL-1.2 */

/* case.mdto.xml against the schemas of the Nationaal Archief, by libxml2 and by xmllint. */
#include "wb-test.h"

#include <libxml/xmlschemas.h>
#include <string.h>

#include "wb-bundle-private.h"
#include "wb-test-bundle.h"

static const char *const schemas[] = { "XML Schema Versions/MDTO-XML1.0.1.xsd", "MDTO-XML.xsd" };

static void
ignore_cb (void *data, const char *format, ...)
{
}

static gboolean
is_valid (const char *schema_path, GBytes *xml)
{
  xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt (schema_path);
  xmlSchemaPtr schema = xmlSchemaParse (parser);
  xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt (schema);
  xmlDocPtr document = xmlReadMemory (g_bytes_get_data (xml, NULL),
                                      (int) g_bytes_get_size (xml),
                                      NULL,
                                      NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR);
  gboolean valid;

  assert_non_null (schema);
  xmlSchemaSetValidErrors (context, ignore_cb, ignore_cb, NULL);
  valid = document != NULL && xmlSchemaValidateDoc (context, document) == 0;
  xmlFreeDoc (document);
  xmlSchemaFreeValidCtxt (context);
  xmlSchemaFree (schema);
  xmlSchemaFreeParserCtxt (parser);
  return valid;
}

static void
assert_valid_everywhere (WbTestBundle *test, const char *suite)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) xml = wb_mdto_format (test->content, &error);

  wb_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++) {
    g_autofree char *path = g_build_filename (suite, schemas[i], NULL);

    if (!is_valid (path, xml))
      fail_msg ("%s: %s", schemas[i], (const char *) g_bytes_get_data (xml, NULL));
  }
}

static void
it_is_valid_in_both_versions (void **state)
{
  g_autofree char *suite = wb_test_vectors ("mdto");
  g_autoptr (WbTestBundle) test = NULL;
  g_autoptr (WbTestBundle) small = NULL;

  if (suite == NULL)
    skip ();
  test = wb_test_bundle_new (FALSE);
  small = wb_test_bundle_new (TRUE);
  assert_valid_everywhere (test, suite);
  small->content->language = WB_LANGUAGE_EN;
  assert_valid_everywhere (small, suite);
  wb_test_count ("mdto-schemas", 4);
}

/* What a body may be called, XML notwithstanding. */
static void
strange_names_stay_valid (void **state)
{
  static const char *const names[] = {
    "A & B <C>", "\x01\x02", " ", "ኣብ", "a\nb", "]]>", "\xff\xfe"
  };
  g_autofree char *suite = wb_test_vectors ("mdto");
  g_autoptr (WbTestBundle) test = NULL;

  if (suite == NULL)
    skip ();
  test = wb_test_bundle_new (FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_free (test->content->body);
    test->content->body = g_strdup (names[i]);
    assert_valid_everywhere (test, suite);
  }
}

static void
assert_xmllint_agrees (const char *folder, const char *suite)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autoptr (GBytes) xml = wb_mdto_format (test->content, NULL);
  g_autoptr (GString) wrong =
      g_string_new_len (g_bytes_get_data (xml, NULL), (gssize) g_bytes_get_size (xml));
  g_autofree char *schema = g_build_filename (suite, schemas[0], NULL);
  g_autofree char *path = g_build_filename (folder, "case.mdto.xml", NULL);
  const char *argv[] = { "xmllint", "--nonet", "--noout", "--schema", schema, path, NULL };
  g_autoptr (GBytes) bad = NULL;

  assert_true (g_file_set_contents (path, wrong->str, (gssize) wrong->len, NULL));
  assert_int_equal (wb_test_run (NULL, argv, NULL), 0);
  assert_int_equal (g_string_replace (wrong, "waardering", "waardeloos", 0), 2);
  assert_true (g_file_set_contents (path, wrong->str, (gssize) wrong->len, NULL));
  assert_int_not_equal (wb_test_run (NULL, argv, NULL), 0);
  bad = g_bytes_new (wrong->str, wrong->len);
  assert_false (is_valid (schema, bad));
}

static void
xmllint_agrees_and_refuses_a_wrong_one (void **state)
{
  g_autofree char *suite = wb_test_vectors ("mdto");
  g_autofree char *program = NULL;

  if (suite == NULL)
    skip ();
  program = g_find_program_in_path ("xmllint");
  if (program == NULL) {
    g_clear_pointer (&suite, g_free);
    skip ();
  }
  assert_xmllint_agrees (*state, suite);
}

/* The metadata of an archive travel wider than its contents. */
static void
nobody_and_no_file_name_is_in_it (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autoptr (GBytes) xml = wb_mdto_format (test->content, NULL);
  const char *text = g_bytes_get_data (xml, NULL);
  gssize size = (gssize) g_bytes_get_size (xml);

  assert_null (g_strstr_len (text, size, "letselverklaring"));
  assert_null (g_strstr_len (text, size, "anna"));
  assert_non_null (g_strstr_len (text, size, "data/evidence/0001.pdf"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (it_is_valid_in_both_versions),
    cmocka_unit_test (strange_names_stay_valid),
    cmocka_unit_test_setup_teardown (xmllint_agrees_and_refuses_a_wrong_one,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test (nobody_and_no_file_name_is_in_it),
  };

  return cmocka_run_group_tests_name ("mdto", tests, NULL, NULL);
}
