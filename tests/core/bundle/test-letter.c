/* SPDX-License-Identifier: EUPL-1.2 */

/* Letters of our own, honest and hostile, taken apart. The samples are those of the fuzz target. */
#include "wb-test.h"

#include <string.h>

#include "wb-error.h"
#include "wb-letter.h"

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAARBORG_SOURCE"),
                                            "tests",
                                            "fuzz",
                                            "corpus",
                                            "letter",
                                            name,
                                            NULL);
  char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

static WbLetter *
read_letter (const char *name)
{
  g_autoptr (GBytes) file = load (name);
  g_autoptr (GError) error = NULL;
  WbLetter *letter = wb_letter_parse (file, &error);

  wb_assert_no_error (error);
  return letter;
}

static void
a_letter_says_who_wrote_it_when_and_in_which_zone (void **state)
{
  g_autoptr (WbLetter) letter = read_letter ("plain.eml");

  assert_string_equal (letter->from, "مريم <maryam@voorbeeld.example>");
  assert_string_equal (letter->to, "Inspectie <post@inspectie.example>");
  assert_string_equal (letter->date, "2026-07-18T20:15+03:00");
  assert_non_null (strstr (letter->text, "دفعوني إلى الحائط"));
  assert_int_equal (letter->parts->len, 0);
}

static void
a_header_cannot_smuggle_another_one_in (void **state)
{
  g_autoptr (WbLetter) letter = read_letter ("plain.eml");

  assert_null (strpbrk (letter->subject, "\r\n"));
  assert_true (g_str_has_prefix (letter->subject, "Klacht over Schiphol"));
}

static void
the_files_in_it_come_out_decoded_under_a_plain_name (void **state)
{
  g_autoptr (WbLetter) letter = read_letter ("parts.eml");
  const WbLetterPart *picture, *inner;

  assert_string_equal (letter->text, "café met zestig mensen");
  assert_int_equal (letter->parts->len, 2);
  picture = g_ptr_array_index (letter->parts, 0);
  inner = g_ptr_array_index (letter->parts, 1);
  assert_string_equal (picture->name, ".._.._etc_foto.png");
  assert_string_equal (picture->media_type, "image/png");
  assert_int_equal (g_bytes_get_size (picture->bytes), 8);
  assert_memory_equal (g_bytes_get_data (picture->bytes, NULL), "\211PNGtest", 8);
  assert_string_equal (inner->media_type, "message/rfc822");
  assert_true (g_str_has_suffix (inner->name, ".eml"));
  assert_non_null (g_strstr_len (g_bytes_get_data (inner->bytes, NULL),
                                 (gssize) g_bytes_get_size (inner->bytes),
                                 "Tekst binnenin"));
}

static void
of_html_only_the_words_are_left (void **state)
{
  g_autoptr (WbLetter) letter = read_letter ("html.eml");

  assert_string_equal (letter->text, "Eerste regel\nTweede € 5\n");
}

static void
an_unknown_charset_is_still_shown (void **state)
{
  g_autoptr (WbLetter) letter = read_letter ("charset.eml");

  assert_true (g_utf8_validate (letter->text, -1, NULL));
  assert_non_null (strstr (letter->text, "def"));
}

static void
assert_refused (GBytes *file)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_letter_parse (file, &error));
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_INVALID));
}

static void
what_is_no_letter_is_refused (void **state)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) junk = load ("none");

  assert_refused (nothing);
  assert_refused (junk);
}

static void
parts_without_end_and_parts_within_parts_are_refused (void **state)
{
  g_autoptr (GString) wide =
      g_string_new ("From: a@b.example\nContent-Type: multipart/mixed; boundary=X\n\n");
  g_autoptr (GString) deep = g_string_new ("From: a@b.example\n");
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (wide, "--X\nContent-Type: image/png\n\nx\n");
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (deep, "Content-Type: multipart/mixed; boundary=B%u\n\n--B%u\n", i, i);
  first = g_bytes_new (wide->str, wide->len);
  second = g_bytes_new (deep->str, deep->len);
  assert_refused (first);
  assert_refused (second);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_letter_says_who_wrote_it_when_and_in_which_zone),
    cmocka_unit_test (a_header_cannot_smuggle_another_one_in),
    cmocka_unit_test (the_files_in_it_come_out_decoded_under_a_plain_name),
    cmocka_unit_test (of_html_only_the_words_are_left),
    cmocka_unit_test (an_unknown_charset_is_still_shown),
    cmocka_unit_test (what_is_no_letter_is_refused),
    cmocka_unit_test (parts_without_end_and_parts_within_parts_are_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
