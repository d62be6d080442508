/* SPDX-License-Identifier: EUPL-1.2 */

/* index.csv: RFC 4180, written and read strictly. */
#include "wb-test.h"

#include <string.h>

#include "wb-bundle-private.h"

#define HEADER "number,original name,sha256,date\r\n"

static GPtrArray *
parse (const char *text, gsize size)
{
  return wb_index_csv_parse (text, size, NULL);
}

static void
any_name_comes_back_as_it_was (void **state)
{
  static const char *const names[] = {
    "a.pdf",      "",       "a,b",      "\"",        "\"\"", "a\"b\"c",
    "a\nb",       "a\r\nb", " leading", "trailing ", "=1+1", "verklaring ሰላም",
    "قال الشاهد", ",,,",    "\r",       "'quoted'",  ";",
  };
  g_autoptr (GPtrArray) evidence =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bundle_evidence_free);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    WbBundleEvidence *item = g_new0 (WbBundleEvidence, 1);

    item->number = i + 1;
    item->name = g_strdup (names[i]);
    item->sha256 = g_strdup ("00ff");
    item->date = g_strdup ("2026-11-24T10:00:00.000Z");
    g_ptr_array_add (evidence, item);
  }
  text = wb_index_csv_format (evidence);
  rows = parse (text, strlen (text));

  assert_non_null (rows);
  assert_int_equal (rows->len, G_N_ELEMENTS (names));
  for (guint i = 0; i < rows->len; i++) {
    const WbIndexRow *row = g_ptr_array_index (rows, i);

    assert_int_equal (row->number, i + 1);
    assert_string_equal (row->name, names[i]);
    assert_string_equal (row->date, "2026-11-24T10:00:00.000Z");
  }
  wb_test_count ("index-csv-names", G_N_ELEMENTS (names));
}

static void
what_is_not_rfc_4180_is_refused (void **state)
{
  static const char *const texts[] = {
    "",
    "number,name\r\n",
    "number,original name,sha256,date\n",
    HEADER "1,a,b\r\n",
    HEADER "1,a,b,c,d\r\n",
    HEADER "1,a,b,c\n",
    HEADER "1,a,b,c",
    HEADER "1,\"a,b,c\r\n",
    HEADER "1,\"a\"b,c,d\r\n",
    HEADER "1,a\"b,c,d\r\n",
    HEADER "0,a,b,c\r\n",
    HEADER "x,a,b,c\r\n",
    HEADER "-1,a,b,c\r\n",
    HEADER "1,a\xff,b,c\r\n",
    HEADER "\r\n",
    "\xef\xbb\xbf" HEADER,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GPtrArray) rows = parse (texts[i], strlen (texts[i]));

    if (rows != NULL)
      fail_msg ("case %u was taken", i);
  }
  wb_test_count ("index-csv-refused", G_N_ELEMENTS (texts));
}

/* python3's csv module as a second reader. */
static void
another_reader_sees_the_same (void **state)
{
  g_autoptr (GPtrArray) evidence =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bundle_evidence_free);
  WbBundleEvidence *item = g_new0 (WbBundleEvidence, 1);
  g_autofree char *path = g_build_filename (*state, "index.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *output = NULL;
  char *argv[] = {
    (char *) "python3",
    (char *) "-c",
    (char *) "import csv,sys\n"
             "r=list(csv.reader(open(sys.argv[1],newline='',encoding='utf-8'),strict=True))\n"
             "print(len(r), r[1][1]=='a, \"b\"\\r\\nc', len(r[1]))",
    path,
    NULL
  };

  item->number = 1;
  item->name = g_strdup ("a, \"b\"\r\nc");
  item->sha256 = g_strdup ("00");
  item->date = g_strdup ("d");
  g_ptr_array_add (evidence, item);
  text = wb_index_csv_format (evidence);
  assert_true (g_file_set_contents (path, text, -1, NULL));
  if (!g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL))
    return; /* no python3 here */
  assert_string_equal (output, "2 True 4\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (any_name_comes_back_as_it_was),
    cmocka_unit_test (what_is_not_rfc_4180_is_refused),
    cmocka_unit_test_setup_teardown (another_reader_sees_the_same,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  return cmocka_run_group_tests_name ("index-csv", tests, NULL, NULL);
}
