/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-format.h"

#include <string.h>

#include "wb-test.h"

static void
dates_are_written_in_both_languages (void **state)
{
  WbDate date = { 2026, 11, 13 };
  g_autofree char *nl = wb_format_date (date, WB_LANGUAGE_NL);
  g_autofree char *en = wb_format_date (date, WB_LANGUAGE_EN);
  g_autofree char *numeric = wb_format_date_numeric ((WbDate){ 2026, 3, 1 });

  assert_string_equal (nl, "vr 13 nov 2026");
  assert_string_equal (en, "Fri 13 Nov 2026");
  assert_string_equal (numeric, "01-03-2026");
}

static void
every_month_and_weekday_has_its_name (void **state)
{
  g_autoptr (GString) nl = g_string_new (NULL);
  g_autoptr (GString) en = g_string_new (NULL);

  for (int i = 1; i <= 12; i++) {
    g_string_append_printf (nl, "%s ", wb_format_month (i, WB_LANGUAGE_NL));
    g_string_append_printf (en, "%s ", wb_format_month (i, WB_LANGUAGE_EN));
  }
  for (int i = 1; i <= 7; i++) {
    g_string_append_printf (nl, "%s ", wb_format_weekday (i, WB_LANGUAGE_NL));
    g_string_append_printf (en, "%s ", wb_format_weekday (i, WB_LANGUAGE_EN));
  }
  assert_string_equal (nl->str,
                       "jan feb mrt apr mei jun jul aug sep okt nov dec ma di wo do vr za zo ");
  assert_string_equal (
      en->str,
      "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun ");
}

static void
instants_are_written_in_local_time (void **state)
{
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", NULL);
  WbInstant instant;
  g_autofree char *text = NULL;

  assert_true (wb_instant_parse ("2026-12-31T23:30:59Z", &instant, NULL));
  text = wb_format_instant (instant, zone, WB_LANGUAGE_NL);
  assert_string_equal (text, "vr 1 jan 2027 00:30");
}

static void
sizes_are_rounded_as_people_read_them (void **state)
{
  static const struct {
    guint64 bytes;
    const char *nl, *en;
  } cases[] = {
    { 0, "0 bytes", "0 bytes" },        { 1, "1 byte", "1 byte" },
    { 999, "999 bytes", "999 bytes" },  { 1000, "1,0 kB", "1.0 kB" },
    { 1449, "1,4 kB", "1.4 kB" },       { 1450, "1,5 kB", "1.5 kB" },
    { 999949, "999,9 kB", "999.9 kB" }, { 999950, "1,0 MB", "1.0 MB" },
    { 1073741824, "1,1 GB", "1.1 GB" }, { G_MAXUINT64, "18,4 EB", "18.4 EB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *nl = wb_format_size (cases[i].bytes, WB_LANGUAGE_NL);
    g_autofree char *en = wb_format_size (cases[i].bytes, WB_LANGUAGE_EN);

    assert_string_equal (nl, cases[i].nl);
    assert_string_equal (en, cases[i].en);
  }
}

static WbWords *
parse (const char *text, GError **error)
{
  return wb_words_parse (text, strlen (text), error);
}

static void
words_are_found_in_both_languages (void **state)
{
  g_autoptr (WbWords) words =
      parse ("# about\nkey\tnl\ten\n\nyes\tja\tyes\nend\teen\\ntwee\tone\\ntwo\n", NULL);

  assert_non_null (words);
  assert_string_equal (wb_words_get (words, WB_LANGUAGE_NL, "yes"), "ja");
  assert_string_equal (wb_words_get (words, WB_LANGUAGE_EN, "yes"), "yes");
  assert_string_equal (wb_words_get (words, WB_LANGUAGE_NL, "end"), "een\ntwee");
  assert_string_equal (wb_words_get (words, WB_LANGUAGE_NL, "gone"), "gone");
}

static void
wrong_tables_of_words_are_refused (void **state)
{
  static const char *const wrong[] = {
    "key\ten\tnl\nyes\tyes\tja\n",       "key\tnl\ten\nyes\tja\n",
    "key\tnl\ten\nyes\tja\tyes\tmore\n", "key\tnl\ten\nyes\tja\tyes\nyes\tja\tyes\n",
    "key\tnl\ten\n\tja\tyes\n",          "yes\tja\tyes\n",
    "key\tnl\ten\nyes\t\xff\tyes\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (parse (wrong[i], &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
}

static void
a_table_that_is_not_there_is_an_error (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_words_load ("/waarborg/core/no/such.tsv", &error));
  assert_non_null (error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (dates_are_written_in_both_languages),
    cmocka_unit_test (every_month_and_weekday_has_its_name),
    cmocka_unit_test (instants_are_written_in_local_time),
    cmocka_unit_test (sizes_are_rounded_as_people_read_them),
    cmocka_unit_test (words_are_found_in_both_languages),
    cmocka_unit_test (wrong_tables_of_words_are_refused),
    cmocka_unit_test (a_table_that_is_not_there_is_an_error),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
