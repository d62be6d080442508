/* SPDX-License-Identifier: EUPL-1.2 */

/* Holidays against the outside list, Easter against another reckoning, and calendars with slips. */
#include "wb-calendar.h"
#include "wb-resources.h"
#include "wb-test.h"

/* By the tables of the calendar: full moon by golden number and epact, walked day by day. */
static WbDate
find_easter_by_epact (int year)
{
  int golden = year % 19 + 1;
  int century = year / 100 + 1;
  int epact = (11 * golden + 20 + (8 * century + 5) / 25 - 5 - (3 * century / 4 - 12)) % 30;
  int moon;
  WbDate date;

  if (epact <= 0)
    epact += 30;
  if ((epact == 25 && golden > 11) || epact == 24)
    epact++;
  moon = 44 - epact;
  if (moon < 21)
    moon += 30;
  date = wb_date_add_days ((WbDate){ year, 3, 1 }, moon - 1);
  do
    date = wb_date_add_days (date, 1);
  while (wb_date_weekday (date) != 7);
  return date;
}

static void
easter_agrees_with_the_epact_for_three_centuries (void **state)
{
  for (int year = 1900; year <= 2199; year++)
    assert_int_equal (wb_date_compare (wb_calendar_easter (year), find_easter_by_epact (year)), 0);
  wb_test_count ("easter", 300);
}

static void
easter_falls_where_everybody_knows (void **state)
{
  static const WbDate known[] = { { 1961, 4, 2 },  { 2000, 4, 23 }, { 2008, 3, 23 },
                                  { 2011, 4, 24 }, { 2026, 4, 5 },  { 2027, 3, 28 },
                                  { 2028, 4, 16 }, { 2038, 4, 25 }, { 1954, 4, 18 },
                                  { 1981, 4, 19 }, { 2049, 4, 18 }, { 2076, 4, 19 } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    assert_int_equal (wb_date_compare (wb_calendar_easter (known[i].year), known[i]), 0);
}

/* date,name,basis,weekday of every Dutch day off by the Algemene termijnenwet. */
static GHashTable *
read_days (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "atw-2023-2035.csv", NULL);
  g_autofree char *text = wb_test_read (path, NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  GHashTable *days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) row = g_strsplit (g_strchomp (lines[i]), ",", -1);

    g_hash_table_insert (days, g_strdup (row[0]), g_strdup (row[2]));
  }
  return days;
}

static void
holidays_agree_with_the_outside_list (void **state)
{
  WbCalendar *calendar = wb_calendar_get_default (NULL);
  g_autofree char *folder = wb_test_vectors ("nl-holidays");
  g_autoptr (GHashTable) days = NULL;
  WbDate date = { 2023, 1, 1 };
  guint found = 0;

  if (folder == NULL)
    skip ();
  days = read_days (folder);
  for (; date.year <= 2035; date = wb_date_add_days (date, 1)) {
    g_autofree char *text = wb_date_format (date);
    const char *basis = g_hash_table_lookup (days, text);
    gboolean dutch =
        wb_calendar_get_holiday (calendar, WB_REGIME_NL_ATW, date, WB_LANGUAGE_NL) != NULL;
    gboolean european =
        wb_calendar_get_holiday (calendar, WB_REGIME_EU1182, date, WB_LANGUAGE_EN) != NULL;

    if (dutch != (basis != NULL) || european != (g_strcmp0 (basis, "art3lid1") == 0))
      fail_msg ("%s: %s", text, basis);
    assert_int_equal (wb_calendar_is_working_day (calendar, WB_REGIME_NL_ATW, date),
                      !dutch && wb_date_weekday (date) < 6);
    found += basis != NULL;
  }
  assert_int_equal (found, g_hash_table_size (days));
  wb_test_count ("nl-holidays", found);
}

static void
kings_day_gives_way_to_sunday (void **state)
{
  WbCalendar *calendar = wb_calendar_get_default (NULL);

  for (int year = 2014; year <= 2100; year++) {
    WbDate last = { year, 4, 27 }, day = last;

    if (wb_date_weekday (last) == 7)
      day.day = 26;
    assert_string_equal (wb_calendar_get_holiday (calendar, WB_REGIME_EU1182, day, WB_LANGUAGE_EN),
                         "King's Day");
  }
  assert_null (wb_calendar_get_holiday (calendar,
                                        WB_REGIME_NL_ATW,
                                        (WbDate){ 2031, 4, 27 },
                                        WB_LANGUAGE_NL));
  assert_string_equal (
      wb_calendar_get_holiday (calendar, WB_REGIME_NL_ATW, (WbDate){ 2013, 4, 30 }, WB_LANGUAGE_NL),
      "Koninginnedag");
}

static void
decree_days_count_for_the_dutch_act_alone (void **state)
{
  WbCalendar *calendar = wb_calendar_get_default (NULL);
  WbDate day = { 2027, 5, 7 };

  assert_false (wb_calendar_is_working_day (calendar, WB_REGIME_NL_ATW, day));
  assert_false (wb_calendar_is_working_day (calendar, WB_REGIME_POLICY, day));
  assert_true (wb_calendar_is_working_day (calendar, WB_REGIME_EU1182, day));
  assert_true (wb_calendar_is_working_day (calendar, WB_REGIME_PLAIN, day));
}

static void
coverage_is_what_the_data_says (void **state)
{
  WbCalendar *calendar = wb_calendar_get_default (NULL);
  WbDate first, last;

  assert_true (wb_calendar_covers (calendar, (WbDate){ 2028, 12, 31 }));
  assert_false (wb_calendar_covers (calendar, (WbDate){ 2029, 1, 1 }));
  assert_true (wb_calendar_covers (calendar, (WbDate){ 2023, 1, 1 }));
  assert_false (wb_calendar_covers (calendar, (WbDate){ 2022, 12, 31 }));
  assert_true (wb_calendar_may_miss (calendar, WB_REGIME_NL_ATW, (WbDate){ 2029, 1, 1 }));
  assert_false (wb_calendar_may_miss (calendar, WB_REGIME_EU1182, (WbDate){ 2029, 1, 1 }));
  wb_calendar_get_coverage (calendar, &first, &last);
  assert_int_equal (last.year, 2028);
}

#define HEAD                                                                                       \
  "# complete 2023-01-01 2028-12-31\n# weekend 6 7\nkey\twhen\tlists\tlabel_nl\tlabel_en\n"

static WbCalendar *
load (const char *text, GError **error)
{
  g_autoptr (GBytes) data = g_bytes_new (text, strlen (text));

  return wb_calendar_load (data, error);
}

static void
a_body_can_add_its_own_days (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) shipped = wb_core_resource ("rules/calendar-nl.tsv", &error);
  g_autofree char *text = g_strconcat (g_bytes_get_data (shipped, NULL),
                                       "besluit_2029\t2029-05-11\tnl_atw\t\t\tdag\tday\t\t\n",
                                       NULL);
  g_autoptr (WbCalendar) calendar = load (text, &error);

  wb_assert_no_error (error);
  assert_false (wb_calendar_is_working_day (calendar, WB_REGIME_NL_ATW, (WbDate){ 2029, 5, 11 }));
  assert_false (wb_calendar_is_working_day (calendar, WB_REGIME_NL_ATW, (WbDate){ 2029, 5, 10 }));
}

static void
a_day_may_move_over_the_turn_of_the_year (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCalendar) calendar = load (HEAD "a\t01-01,7:-1\tnl_atw\ta\tA\n", &error);

  wb_assert_no_error (error);
  assert_string_equal (wb_calendar_get_holiday (calendar,
                                                WB_REGIME_NL_ATW,
                                                (WbDate){ 2022, 12, 31 },
                                                WB_LANGUAGE_EN),
                       "A");
}

static void
slips_are_refused_with_file_and_line (void **state)
{
  static const char *const bad[][2] = {
    { HEAD "a\t13-01\tnl_atw\ta\ta\n", "calendar-nl.tsv, line 4" },
    { HEAD "a\t02-30\tnl_atw\ta\ta\n", "line 4" },
    { HEAD "a\teaster\tnl_atw\ta\ta\n", "line 4" },
    { HEAD "a\teaster+999\tnl_atw\ta\ta\n", "line 4" },
    { HEAD "a\t2023-02-29\tnl_atw\ta\ta\n", "line 4" },
    { HEAD "a\t01-01,8:1\tnl_atw\ta\ta\n", "line 4" },
    { HEAD "a\t01-01,7\tnl_atw\ta\ta\n", "line 4" },
    { HEAD "\n\na\t01-01\t\ta\ta\n", "line 6" },
    { HEAD "a\t01-01\tnl_atw\t\ta\n", "line 4" },
    { HEAD "a\t01-01\tnl_atw\ta\n", "line 4" },
    { HEAD "a\t01-01\ta,b,c,d,e,f,g,h,i\ta\ta\n", "line 4" },
    { "# weekend 6 7\nkey\twhen\tlists\tlabel_nl\tlabel_en\n", "complete" },
    { "# complete 2028-01-01 2023-01-01\n# weekend 6 7\nkey\twhen\tlists\tlabel_nl\tlabel_en\n",
      "complete" },
    { "# complete 2023-01-01 2028-12-31\nkey\twhen\tlists\tlabel_nl\tlabel_en\n", "weekend" },
    { "# complete 2023-01-01 2028-12-31\n# weekend 1 2 3 4 5 6 "
      "7\nkey\twhen\tlists\tlabel_nl\tlabel_en\n",
      "working day" },
    { "# complete 2023-01-01 2028-12-31\n# weekend 6 7\nkey\twhen\tlists\tlabel_nl\n", "label_en" },
    { "", "columns" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbCalendar) calendar = load (bad[i][0], &error);

    if (calendar != NULL)
      fail_msg ("taken: %s", bad[i][0]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    if (strstr (error->message, bad[i][1]) == NULL)
      fail_msg ("%s does not name %s", error->message, bad[i][1]);
  }
}

static void
bytes_that_are_no_text_are_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) large = NULL;
  g_autofree char *blank = g_strnfill (2 * 1024 * 1024, '\n');

  assert_null (load (HEAD "a\t01-01\tnl_atw\t\xff\ta\n", &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_null (load (blank, &large));
  wb_assert_error (large, WB_ERROR, WB_ERROR_TOO_LARGE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (easter_agrees_with_the_epact_for_three_centuries),
    cmocka_unit_test (easter_falls_where_everybody_knows),
    cmocka_unit_test (holidays_agree_with_the_outside_list),
    cmocka_unit_test (kings_day_gives_way_to_sunday),
    cmocka_unit_test (decree_days_count_for_the_dutch_act_alone),
    cmocka_unit_test (coverage_is_what_the_data_says),
    cmocka_unit_test (a_body_can_add_its_own_days),
    cmocka_unit_test (a_day_may_move_over_the_turn_of_the_year),
    cmocka_unit_test (slips_are_refused_with_file_and_line),
    cmocka_unit_test (bytes_that_are_no_text_are_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
