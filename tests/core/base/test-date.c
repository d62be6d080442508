/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-time.h"

#include "wb-test.h"

static void
every_day_of_the_range_goes_there_and_back (void **state)
{
  gint32 first = wb_date_to_days ((WbDate){ 1900, 1, 1 });
  gint32 last = wb_date_to_days ((WbDate){ 2200, 12, 31 });
  WbDate expected = { 1900, 1, 1 };

  for (gint32 days = first; days <= last; days++) {
    WbDate date = wb_date_from_days (days);

    assert_int_equal (wb_date_compare (date, expected), 0);
    assert_int_equal (wb_date_to_days (date), days);
    if (++expected.day > wb_date_days_in_month (expected.year, expected.month)) {
      expected.day = 1;
      expected.year += expected.month == 12 ? 1 : 0;
      expected.month = expected.month % 12 + 1;
    }
  }
}

static void
days_agree_with_glib (void **state)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2100, 3, 1, 0, 0, 0);

  assert_int_equal (wb_date_to_days ((WbDate){ 2100, 3, 1 }), g_date_time_to_unix (day) / 86400);
  assert_int_equal (wb_date_to_days ((WbDate){ 1970, 1, 1 }), 0);
}

static void
weekdays_are_those_of_the_calendar (void **state)
{
  assert_int_equal (wb_date_weekday ((WbDate){ 2026, 11, 13 }), 5);
  assert_int_equal (wb_date_weekday ((WbDate){ 1900, 1, 1 }), 1);
  assert_int_equal (wb_date_weekday ((WbDate){ 1969, 12, 28 }), 7);
  assert_int_equal (wb_date_weekday ((WbDate){ 2100, 2, 28 }), 7);
}

static void
months_are_clamped_once_from_the_first_day (void **state)
{
  WbDate start = { 2026, 1, 31 };

  assert_int_equal (wb_date_compare (wb_date_add_months (start, 1), (WbDate){ 2026, 2, 28 }), 0);
  assert_int_equal (wb_date_compare (wb_date_add_months (start, 2), (WbDate){ 2026, 3, 31 }), 0);
  assert_int_equal (wb_date_compare (wb_date_add_months (start, -1), (WbDate){ 2025, 12, 31 }), 0);
  assert_int_equal (wb_date_compare (wb_date_add_months (start, -2), (WbDate){ 2025, 11, 30 }), 0);
  assert_int_equal (wb_date_compare (wb_date_add_months (start, 25), (WbDate){ 2028, 2, 29 }), 0);
}

static void
days_that_do_not_exist_are_refused (void **state)
{
  static const char *const wrong[] = {
    "2026-02-29",  "2100-02-29", "2026-13-01", "2026-00-10",        "2026-04-31",
    "1899-12-31",  "2201-01-01", "2026-7-18",  "2026-07-18 ",       " 2026-07-18",
    "2026-07-18T", "18-07-2026", "",           "2026-07-1\xc2\xb2", "+026-07-18"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    WbDate date = { 1, 2, 3 };

    assert_false (wb_date_parse (wrong[i], &date, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_int_equal (date.year, 1);
  }
}

static void
dates_are_read_as_they_are_written (void **state)
{
  static const char *const right[] = { "2028-02-29", "1900-01-01", "2200-12-31", "2000-02-29" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *again = NULL;
    WbDate date;

    assert_true (wb_date_parse (right[i], &date, &error));
    again = wb_date_format (date);
    assert_string_equal (again, right[i]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_day_of_the_range_goes_there_and_back),
    cmocka_unit_test (days_agree_with_glib),
    cmocka_unit_test (weekdays_are_those_of_the_calendar),
    cmocka_unit_test (months_are_clamped_once_from_the_first_day),
    cmocka_unit_test (days_that_do_not_exist_are_refused),
    cmocka_unit_test (dates_are_read_as_they_are_written),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
