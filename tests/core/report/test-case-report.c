/* SPDX-License-Identifier: EUPL-1.2 */

/* report.pdf: drawn from the document alone, in both languages and any script. */
#include "wb-test.h"

#include <string.h>

#include "wb-case-report.h"

static const char DOCUMENT[] =
    "{\"format\": \"waarborg-case v1\", \"reference\": \"NL-TEST-2026-0001\", \"made\": "
    "\"2026-11-24T10:00:00.000Z\","
    " \"profile\": \"pseudonymised\", \"purpose\": null, \"model\": \"1\","
    " \"body\": {\"name\": \"Inspectie Fictief\", \"code\": \"NL-TEST\", \"log\": "
    "\"waarborg/NL-TEST/0011223344556677\", \"zone\": \"Europe/Amsterdam\"},"
    " \"signer\": {\"user\": \"anna\", \"fingerprint\": \"SHA256:abc\"},"
    " \"records\": [{\"id\": \"x\", \"type\": \"allegation\", \"reference\": "
    "\"NL-TEST-2026-0001/A-1\","
    "   \"label\": {\"nl\": \"Signaal\", \"en\": \"Allegation\"}, \"created\": "
    "\"2026-11-24T09:00:00.000Z\", \"changed\": \"2026-11-24T09:00:00.000Z\","
    "   \"fields\": [{\"name\": \"account\", \"label\": {\"nl\": \"Verhaal\", \"en\": "
    "\"Account\"}, \"value\": \"x\","
    "     \"text\": {\"nl\": \"ACCOUNT\", \"en\": \"ACCOUNT\"}, \"entry\": 3, \"sensitivity\": "
    "\"case\"}],"
    "   \"withheld\": [{\"name\": \"injuries\", \"label\": {\"nl\": \"Letsel\", \"en\": "
    "\"Injuries\"}}]}],"
    " \"evidence\": [], \"deadlines\": [], \"log\": {\"origin\": "
    "\"waarborg/NL-TEST/0011223344556677\", \"size\": 5, \"entries\": [3]}}";

/* The PDF's words, by the tool that a recipient has. */
static char *
read_pdf (GBytes *pdf, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL);
  char *words[] = {
    (char *) "/usr/bin/env", (char *) "pdftotext", (char *) "-layout", path, (char *) "-", NULL
  };
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  assert_true (g_file_set_contents (path,
                                    g_bytes_get_data (pdf, NULL),
                                    (gssize) g_bytes_get_size (pdf),
                                    NULL));
  g_spawn_sync (NULL, words, NULL, 0, NULL, NULL, &out, NULL, NULL, &error);
  wb_assert_no_error (error);
  return out;
}

static GBytes *
draw (const char *account, WbLanguage language)
{
  g_autoptr (GString) json = g_string_new (DOCUMENT);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  GBytes *pdf;

  g_string_replace (json, "ACCOUNT", account, 0);
  node = json_from_string (json->str, &error);
  wb_assert_no_error (error);
  pdf = wb_case_report_draw (json_node_get_object (node), language, &error);
  wb_assert_no_error (error);
  return pdf;
}

static void
it_speaks_both_languages (void **state)
{
  g_autoptr (GBytes) dutch = draw ("Geduwd.", WB_LANGUAGE_NL);
  g_autoptr (GBytes) english = draw ("Pushed.", WB_LANGUAGE_EN);
  g_autofree char *nl = read_pdf (dutch, *state);
  g_autofree char *en = read_pdf (english, *state);

  assert_non_null (strstr (nl, "Dossier NL-TEST-2026-0001"));
  assert_non_null (strstr (nl, "Letsel"));
  assert_non_null (strstr (nl, "Pagina 1 van 1"));
  assert_non_null (strstr (en, "Case file NL-TEST-2026-0001"));
  assert_non_null (strstr (en, "Page 1 of 1"));
}

static void
a_long_account_goes_on_overleaf (void **state)
{
  g_autoptr (GString) account = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (account, "woord%u ", i);
  pdf = draw (account->str, WB_LANGUAGE_NL);
  text = read_pdf (pdf, *state);
  assert_non_null (strstr (text, "woord0 "));
  assert_non_null (strstr (text, "woord1999"));
  assert_non_null (strstr (text, "Pagina 2 van"));
}

static void
other_scripts_are_drawn (void **state)
{
  g_autoptr (GBytes) pdf = draw ("ትግርኛ سلام د لارې", WB_LANGUAGE_NL);

  assert_true (g_bytes_get_size (pdf) > 5000);
}

static void
the_same_document_gives_the_same_file (void **state)
{
  g_autoptr (GBytes) first = draw ("Geduwd.", WB_LANGUAGE_NL);
  g_autoptr (GBytes) second = draw ("Geduwd.", WB_LANGUAGE_NL);

  assert_true (g_bytes_equal (first, second));
}

static void
nobody_is_named_in_the_metadata (void **state)
{
  g_autoptr (GBytes) pdf = draw ("Geduwd.", WB_LANGUAGE_NL);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (pdf, &size);

  assert_null (memmem (bytes, size, "/Author", 7));
  assert_null (memmem (bytes, size, "anna", 4));
}

static void
strange_members_are_drawn_as_nothing (void **state)
{
  static const char *const members[] = {
    "\"records\":[]",
    "\"records\":[],\"deadlines\":[{}],\"evidence\":[{}],\"log\":{}",
    "\"records\":[null,1,{\"fields\":[null,{\"text\":1}],\"withheld\":[1]}],\"signer\":1",
    "\"deadlines\":[{\"kind\":\"law\",\"due\":\"2026-02-30\",\"state\":\"?\"}],\"log\":{"
    "\"size\":\"x\",\"entries\":[\"a\",null]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *json =
        g_strdup_printf ("{\"reference\":\"R\",\"made\":\"never\",\"body\":{\"name\":\"B\"},%s}",
                         members[i]);
    g_autoptr (JsonNode) node = json_from_string (json, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf =
        wb_case_report_draw (json_node_get_object (node), WB_LANGUAGE_EN, &error);

    wb_assert_no_error (error);
    assert_true (g_bytes_get_size (pdf) > 1000);
  }
}

static void
text_is_never_taken_for_markup (void **state)
{
  g_autoptr (GBytes) pdf = draw ("<b>&amp; %s %n</span>", WB_LANGUAGE_NL);
  g_autofree char *text = read_pdf (pdf, *state);

  assert_non_null (strstr (text, "<b>&amp; %s %n</span>"));
}

static void
a_document_without_a_head_is_refused (void **state)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (GError) error = NULL;

  assert_null (wb_case_report_draw (empty, WB_LANGUAGE_NL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

#define with_folder(f)                                                                             \
  cmocka_unit_test_setup_teardown (f, wb_test_folder_setup, wb_test_folder_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_folder (it_speaks_both_languages),
    with_folder (a_long_account_goes_on_overleaf),
    cmocka_unit_test (other_scripts_are_drawn),
    cmocka_unit_test (the_same_document_gives_the_same_file),
    cmocka_unit_test (nobody_is_named_in_the_metadata),
    cmocka_unit_test (strange_members_are_drawn_as_nothing),
    with_folder (text_is_never_taken_for_markup),
    cmocka_unit_test (a_document_without_a_head_is_refused),
  };

  return cmocka_run_group_tests_name ("case-report", tests, NULL, NULL);
}
