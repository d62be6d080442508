/* SPDX-License-Identifier: EUPL-1.2 */

/* Receipt slips: every language on every paper, on one page, with a shape for every letter. */
#include "wb-test.h"

#include <string.h>

#include "wb-slip.h"

#define REFERENCE "NL-TEST-2026-0001/A-1"

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *texts = wb_slip_text_load_all (&error);

  wb_assert_no_error (error);
  assert_int_equal (texts->len, 7);
  return texts;
}

/* Takes the text of that language. */
static WbSlip *
make_slip (GPtrArray *texts, guint i)
{
  WbSlip *slip = g_new0 (WbSlip, 1);

  slip->text = g_ptr_array_steal_index (texts, i);
  slip->name = g_strdup ("Inspectie Fictief");
  slip->phone = g_strdup ("0800 123 45 67");
  slip->email = g_strdup ("contact@inspectie.example");
  slip->web = g_strdup ("www.inspectie.example");
  slip->address = g_strdup ("Postbus 1234\n2500 AA Den Haag");
  slip->reference = g_strdup (REFERENCE);
  slip->received = (WbDate){ 2026, 11, 3 };
  slip->made = (WbDate){ 2026, 11, 24 };
  return slip;
}

static char *
run_tool (const char *tool, GBytes *pdf, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "slip.pdf", NULL);
  const char *words[] = { "/usr/bin/env", tool, path, NULL, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  if (g_str_equal (tool, "pdftotext"))
    words[3] = "-";
  assert_true (g_file_set_contents (path,
                                    g_bytes_get_data (pdf, NULL),
                                    (gssize) g_bytes_get_size (pdf),
                                    NULL));
  g_spawn_sync (NULL, (char **) words, NULL, 0, NULL, NULL, &out, NULL, NULL, &error);
  wb_assert_no_error (error);
  return out;
}

static void
assert_drawn (const WbSlip *slip, WbPaper paper, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  g_autofree char *information = NULL;
  g_autofree char *fonts = NULL;

  wb_slip_check (slip, &error);
  wb_assert_no_error (error);
  pdf = wb_slip_draw (slip, paper, "x", &error);
  wb_assert_no_error (error);
  text = run_tool ("pdftotext", pdf, folder);
  information = run_tool ("pdfinfo", pdf, folder);
  fonts = run_tool ("pdffonts", pdf, folder);
  assert_non_null (strstr (text, REFERENCE));
  assert_non_null (strstr (text, "0800 123 45 67"));
  assert_int_equal (strstr (text, "Inspectie") != NULL, !slip->plain);
  assert_int_equal (strstr (text, "contact@") != NULL, !slip->plain);
  assert_non_null (strstr (information, "Pages:           1\n"));
  assert_null (strstr (fonts, " no  no ")); /* embedded */
}

static void
every_language_fits_on_every_paper_with_a_shape_for_every_letter (void **state)
{
  g_autoptr (GPtrArray) texts = load ();
  guint n = 0;

  while (texts->len > 0) {
    g_autoptr (WbSlip) slip = make_slip (texts, texts->len - 1);

    for (guint i = 0; i < 9; i++, n++) {
      slip->child = i / 3 == 1;
      slip->plain = i / 3 == 2;
      assert_drawn (slip, (WbPaper) (i % 3), *state);
    }
  }
  wb_test_count ("slip", n);
}

static WbSlip *
make_in (const char *code)
{
  g_autoptr (GPtrArray) texts = load ();

  for (guint i = 0; i < texts->len; i++) {
    if (wb_slip_text_speaks (g_ptr_array_index (texts, i), code))
      return make_slip (texts, i);
  }
  fail_msg ("no text in %s", code);
  return NULL;
}

static void
a_date_is_written_as_its_language_does (void **state)
{
  static const char *const DATES[][2] = {
    { "nl", "3 november 2026" },        { "eng", "3 November 2026" },
    { "de", "3. November 2026" },       { "fr", "3 novembre 2026" },
    { "es", "3 de noviembre de 2026" }, { "arb", "3/11/2026" },
    { "tr", "3 Kas\xc4\xb1m 2026" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (DATES); i++) {
    g_autoptr (WbSlip) slip = make_in (DATES[i][0]);
    g_autofree char *text = wb_slip_to_text (slip);

    assert_non_null (strstr (text, DATES[i][1]));
  }
}

static void
arabic_comes_out_as_words (void **state)
{
  g_autoptr (WbSlip) slip = make_in ("ar");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = wb_slip_draw (slip, WB_PAPER_A6, "x", &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = run_tool ("pdftotext", pdf, *state);
  assert_non_null (strstr (text, "\xd8\xa7\xd9\x84\xd8\xaa\xd8\xa7\xd8\xb1\xd9\x8a\xd8\xae"));
  assert_non_null (strstr (text, "\xd8\xa7\xd9\x84\xd9\x87\xd8\xa7\xd8\xaa\xd9\x81"));
}

static void
a_letter_that_no_font_has_is_refused_with_its_language (void **state)
{
  g_autoptr (WbSlip) slip = make_in ("en");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  wb_slip_text_set (slip->text, "free", "Free \xf4\x8f\xbf\xbd."); /* U+10FFFD */
  pdf = wb_slip_draw (slip, WB_PAPER_A6, "Elvish", &error);
  assert_null (pdf);
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_NOT_FOUND));
  assert_non_null (strstr (error->message, "Elvish"));
}

static void
a_text_that_does_not_fit_is_refused_and_never_cut (void **state)
{
  g_autoptr (WbSlip) slip = make_in ("nl");
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (words, "lange woorden ");
  wb_slip_text_set (slip->text, "ask", words->str);
  pdf = wb_slip_draw (slip, WB_PAPER_A6, "x", &error);
  assert_null (pdf);
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_TOO_LARGE));
}

static void
what_is_missing_is_named (void **state)
{
  g_autoptr (WbSlip) slip = make_in ("nl");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&slip->phone, g_free);
  assert_true (wb_slip_check (slip, &error));
  slip->plain = TRUE;
  assert_false (wb_slip_check (slip, &error));
  assert_non_null (strstr (error->message, "phone"));
  g_clear_error (&error);
  slip->plain = FALSE;
  wb_slip_text_free (slip->text);
  slip->text = wb_slip_text_new ("som", TRUE);
  wb_slip_text_set (slip->text, "label_reference", "Tixraac");
  assert_false (wb_slip_check (slip, &error));
  assert_non_null (strstr (error->message, "som"));
  assert_non_null (strstr (error->message, "label_email"));
}

static void
a_slip_is_the_same_bytes_each_time_and_its_metadata_say_no_hour (void **state)
{
  g_autoptr (WbSlip) slip = make_in ("fr");
  g_autoptr (GBytes) first = wb_slip_draw (slip, WB_PAPER_A5, "x", NULL);
  g_autoptr (GBytes) second = wb_slip_draw (slip, WB_PAPER_A5, "x", NULL);
  g_autoptr (GBytes) plain = NULL;
  g_autofree char *information = run_tool ("pdfinfo", first, *state);
  g_autofree char *without = NULL;

  assert_true (g_bytes_equal (first, second));
  assert_non_null (strstr (information, "Gardez ce papier"));
  assert_non_null (strstr (information, "00:00:00 2026"));
  slip->plain = TRUE;
  plain = wb_slip_draw (slip, WB_PAPER_A5, "x", NULL);
  without = run_tool ("pdfinfo", plain, *state);
  assert_null (strstr (without, "Title:  "));
}

static void
a_table_with_a_mistake_is_refused_with_its_line (void **state)
{
  static const char *const TABLES[] = {
    "language\tkey\ttext\n",
    "language\tstatus\tkey\ttext\nnld\tmaybe\task\tx\n",
    "language\tstatus\tkey\ttext\nnld\tno\tbask\tx\n",
    "language\tstatus\tkey\ttext\nnld\tno\task\t\n",
    "language\tstatus\tkey\ttext\nnld\tno\task\tx\nnld\tno\task\ty\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) texts = wb_slip_text_parse (TABLES[i], strlen (TABLES[i]), &error);

    assert_null (texts);
    assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED));
    assert_non_null (strstr (error->message, i == 0 ? "1" : i == 4 ? "3" : "2"));
  }
}

/* One line that was not read makes the language not read. */
static void
only_the_programs_own_languages_count_as_read (void **state)
{
  g_autoptr (GPtrArray) texts = load ();
  const char mixed[] = "language\tstatus\tkey\ttext\nnld\tyes\task\tx\nnld\tno\tfree\ty\n";
  g_autoptr (GPtrArray) other = wb_slip_text_parse (mixed, strlen (mixed), NULL);

  for (guint i = 0; i < texts->len; i++)
    assert_int_equal (wb_slip_text_is_reviewed (g_ptr_array_index (texts, i)), i < 2);
  assert_false (wb_slip_text_is_reviewed (g_ptr_array_index (other, 0)));
}

#define with_folder(f)                                                                             \
  cmocka_unit_test_setup_teardown (f, wb_test_folder_setup, wb_test_folder_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_folder (every_language_fits_on_every_paper_with_a_shape_for_every_letter),
    with_folder (a_date_is_written_as_its_language_does),
    with_folder (arabic_comes_out_as_words),
    with_folder (a_letter_that_no_font_has_is_refused_with_its_language),
    with_folder (a_text_that_does_not_fit_is_refused_and_never_cut),
    with_folder (what_is_missing_is_named),
    with_folder (a_slip_is_the_same_bytes_each_time_and_its_metadata_say_no_hour),
    with_folder (a_table_with_a_mistake_is_refused_with_its_line),
    with_folder (only_the_programs_own_languages_count_as_read),
  };

  return cmocka_run_group_tests_name ("slip", tests, NULL, NULL);
}
