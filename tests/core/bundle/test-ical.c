/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * deadlines.ics by a linter of our own, since no packaged validator is strict (RFC 5545): CRLF, 75
 * octets, whole characters, escapes, one UID each, DTSTAMP in UTC, DTEND after DTSTART.
 */
#include "wb-test.h"

#include <string.h>

#include "wb-bundle-private.h"
#include "wb-test-bundle.h"

/* Folded lines as they stand, then unfolded; every rule of the form is asserted. */
static char **
lint_lines (const char *text)
{
  g_auto (GStrv) folded = g_strsplit (text, "\r\n", -1);
  g_autoptr (GString) whole = g_string_new (NULL);
  guint count = g_strv_length (folded);

  assert_null (strstr (text, "\r\r"));
  assert_string_equal (folded[count - 1], "");
  for (guint i = 0; i + 1 < count; i++) {
    assert_true (strlen (folded[i]) <= 75);
    assert_true (folded[i][0] != '\0');
    assert_true (g_utf8_validate (folded[i], -1, NULL));
    assert_null (strpbrk (folded[i], "\r\n\t"));
    if (folded[i][0] == ' ')
      g_string_append (whole, folded[i] + 1);
    else
      g_string_append_printf (whole, "%s%s", i > 0 ? "\n" : "", folded[i]);
  }
  return g_strsplit (whole->str, "\n", -1);
}

static const char *
find_value (char **lines, guint from, const char *name)
{
  for (guint i = from; lines[i] != NULL && !g_str_equal (lines[i], "END:VEVENT"); i++)
    if (g_str_has_prefix (lines[i], name))
      return lines[i] + strlen (name);
  return NULL;
}

static void
lint_event (char **lines, guint from, GHashTable *uids)
{
  const char *uid = find_value (lines, from, "UID:");
  const char *stamp = find_value (lines, from, "DTSTAMP:");
  const char *start = find_value (lines, from, "DTSTART;VALUE=DATE:");
  const char *end = find_value (lines, from, "DTEND;VALUE=DATE:");

  assert_non_null (uid);
  assert_true (g_hash_table_add (uids, (gpointer) uid));
  assert_non_null (stamp);
  assert_int_equal (strlen (stamp), 16);
  assert_int_equal (stamp[15], 'Z');
  assert_non_null (find_value (lines, from, "SUMMARY:"));
  if (start != NULL) {
    assert_int_equal (strlen (start), 8);
    assert_non_null (end);
    assert_true (strcmp (end, start) > 0);
  } else {
    start = find_value (lines, from, "DTSTART:");
    assert_non_null (start);
    assert_int_equal (start[15], 'Z');
  }
}

static guint
lint (const char *text)
{
  g_auto (GStrv) lines = lint_lines (text);
  g_autoptr (GHashTable) uids = g_hash_table_new (g_str_hash, g_str_equal);
  guint events = 0, last = g_strv_length (lines) - 1;

  assert_string_equal (lines[0], "BEGIN:VCALENDAR");
  assert_string_equal (lines[1], "VERSION:2.0");
  assert_true (g_str_has_prefix (lines[2], "PRODID:"));
  assert_string_equal (lines[last], "END:VCALENDAR");
  for (guint i = 0; i <= last; i++) {
    if (!g_str_equal (lines[i], "BEGIN:VEVENT"))
      continue;
    lint_event (lines, i + 1, uids);
    events++;
  }
  return events;
}

static void
deadlines_to_come_are_events (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wb_ical_format (test->content, &error);

  wb_assert_no_error (error);
  assert_int_equal (lint (text), 2); /* one was met, one has no length */
  assert_non_null (strstr (text, "DTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20261229\r\n"));
  assert_non_null (strstr (text, "DTSTART:20261121T090000Z\r\n"));
  assert_non_null (strstr (text, "SUMMARY:Bewaakte termijn: "));
  assert_non_null (strstr (text, "SUMMARY:Wettelijke termijn: "));
}

static void
the_language_is_that_of_the_report (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *text = NULL;

  test->content->language = WB_LANGUAGE_EN;
  text = wb_ical_format (test->content, NULL);
  assert_int_equal (lint (text), 2);
  assert_non_null (strstr (text, "SUMMARY:Watched deadline: Handle complaint"));
}

static void
no_deadlines_make_an_empty_calendar (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (TRUE);
  g_autofree char *text = wb_ical_format (test->content, NULL);

  assert_int_equal (lint (text), 0);
}

/* Labels of every length and kind of character: folding must never cut one. */
static void
no_character_is_cut_and_none_breaks_out (void **state)
{
  static const char *const pieces[] = { "a",        "é",  "ኣ", "😀", ",;\\", "x\r\nEND:VEVENT",
                                        "\x01\x7f", "قال" };
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  JsonArray *deadlines = json_object_get_array_member (test->content->case_document, "deadlines");
  JsonObject *label =
      json_object_get_object_member (json_array_get_object_element (deadlines, 1), "label");

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (guint length = 0; length < 90; length++) {
      g_autoptr (GString) words = g_string_new (NULL);
      g_autofree char *text = NULL;

      g_string_append_printf (words, "%*s", (int) length, "");
      for (guint j = 0; j < 60; j++)
        g_string_append (words, pieces[i]);
      json_object_set_string_member (label, "nl", words->str);
      text = wb_ical_format (test->content, NULL);
      assert_int_equal (lint (text), 2);
    }
  wb_test_count ("ical-folding", G_N_ELEMENTS (pieces) * 90);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (deadlines_to_come_are_events),
    cmocka_unit_test (the_language_is_that_of_the_report),
    cmocka_unit_test (no_deadlines_make_an_empty_calendar),
    cmocka_unit_test (no_character_is_cut_and_none_breaks_out),
  };

  return cmocka_run_group_tests_name ("ical", tests, NULL, NULL);
}
