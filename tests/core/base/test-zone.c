/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"
#include "wb-time.h"

static WbZone *
open_zone (const char *identifier)
{
  g_autoptr (GError) error = NULL;
  WbZone *zone = wb_zone_new (identifier, &error);

  wb_assert_no_error (error);
  return zone;
}

static char *
resolve (const WbZone *zone, WbDate date, int hour, int minute, WbFold fold, GError **error)
{
  const WbLocal local = { .date = date, .hour = hour, .minute = minute };
  WbInstant instant;

  if (!wb_zone_from_local (zone, &local, fold, &instant, error))
    return NULL;
  return wb_zone_format (zone, instant);
}

static void
a_time_in_the_gap_is_refused (void **state)
{
  g_autoptr (WbZone) zone = open_zone ("Europe/Amsterdam");

  for (int minute = 0; minute < 60; minute++) {
    g_autoptr (GError) error = NULL;

    assert_null (resolve (zone, (WbDate){ 2026, 3, 29 }, 2, minute, WB_FOLD_FIRST, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
the_edges_of_the_gap_exist (void **state)
{
  g_autoptr (WbZone) zone = open_zone ("Europe/Amsterdam");
  g_autofree char *before = resolve (zone, (WbDate){ 2026, 3, 29 }, 1, 59, WB_FOLD_ASK, NULL);
  g_autofree char *after = resolve (zone, (WbDate){ 2026, 3, 29 }, 3, 0, WB_FOLD_ASK, NULL);

  assert_string_equal (before, "2026-03-29T01:59:00+01:00");
  assert_string_equal (after, "2026-03-29T03:00:00+02:00");
}

static void
a_time_that_came_twice_is_asked (void **state)
{
  g_autoptr (WbZone) zone = open_zone ("Europe/Amsterdam");
  g_autoptr (GError) error = NULL;
  WbDate date = { 2026, 10, 25 };
  g_autofree char *first = resolve (zone, date, 2, 30, WB_FOLD_FIRST, NULL);
  g_autofree char *second = resolve (zone, date, 2, 30, WB_FOLD_SECOND, NULL);
  g_autofree char *plain = resolve (zone, date, 3, 0, WB_FOLD_ASK, NULL);

  assert_null (resolve (zone, date, 2, 30, WB_FOLD_ASK, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_string_equal (first, "2026-10-25T02:30:00+02:00");
  assert_string_equal (second, "2026-10-25T02:30:00+01:00");
  assert_string_equal (plain, "2026-10-25T03:00:00+01:00");
}

static void
rules_hold_after_the_table_ends (void **state)
{
  g_autoptr (WbZone) zone = open_zone ("Europe/Amsterdam");
  g_autofree char *summer = resolve (zone, (WbDate){ 2150, 7, 1 }, 12, 0, WB_FOLD_ASK, NULL);
  g_autofree char *winter = resolve (zone, (WbDate){ 2150, 1, 1 }, 12, 0, WB_FOLD_ASK, NULL);

  assert_string_equal (summer, "2150-07-01T12:00:00+02:00");
  assert_string_equal (winter, "2150-01-01T12:00:00+01:00");
}

static void
every_hour_of_years_goes_there_and_back (void **state)
{
  static const char *const zones[] = { "Europe/Amsterdam",
                                       "Australia/Lord_Howe",
                                       "America/Sao_Paulo",
                                       "UTC",
                                       "Asia/Kathmandu" };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    g_autoptr (WbZone) zone = open_zone (zones[i]);

    for (WbInstant at = G_GINT64_CONSTANT (1420070400000); at < G_GINT64_CONSTANT (1577836800000);
         at += 1800000) {
      WbLocal local = wb_zone_to_local (zone, at);
      WbInstant first = 0, second = 0;

      assert_true (wb_zone_from_local (zone, &local, WB_FOLD_FIRST, &first, NULL));
      assert_true (wb_zone_from_local (zone, &local, WB_FOLD_SECOND, &second, NULL));
      assert_true (first == at || second == at);
      assert_true (first <= second);
    }
  }
}

static void
a_day_starts_at_its_first_instant (void **state)
{
  g_autoptr (WbZone) amsterdam = open_zone ("Europe/Amsterdam");
  g_autoptr (WbZone) beirut = open_zone ("Asia/Beirut");
  g_autoptr (WbZone) havana = open_zone ("America/Havana");
  g_autofree char *winter =
      wb_zone_format (amsterdam, wb_zone_start_of_day (amsterdam, (WbDate){ 2026, 10, 26 }));
  /* Beirut sets the clock forward at midnight, Havana back over it. */
  g_autofree char *gap =
      wb_zone_format (beirut, wb_zone_start_of_day (beirut, (WbDate){ 2022, 3, 27 }));
  g_autofree char *fold =
      wb_zone_format (havana, wb_zone_start_of_day (havana, (WbDate){ 2022, 11, 6 }));

  assert_string_equal (winter, "2026-10-26T00:00:00+01:00");
  assert_string_equal (gap, "2022-03-27T01:00:00+03:00");
  assert_string_equal (fold, "2022-11-06T00:00:00-04:00");
}

static void
what_is_no_zone_is_refused (void **state)
{
  static const char *const wrong[] = { "",
                                       "Mars/Olympus",
                                       "../../../etc/passwd",
                                       "/etc/localtime",
                                       "+01:00",
                                       "CET-1CEST,M3.5.0,M10.5.0/3",
                                       "Europe/",
                                       "Europe//Amsterdam",
                                       ".",
                                       "Europe/Amsterdam\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (wb_zone_new (wrong[i], &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  }
}

static void
a_zone_keeps_its_name (void **state)
{
  g_autoptr (WbZone) zone = open_zone ("Europe/Amsterdam");
  g_autoptr (WbZone) same = wb_zone_ref (zone);

  assert_string_equal (wb_zone_get_identifier (same), "Europe/Amsterdam");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_time_in_the_gap_is_refused),
    cmocka_unit_test (the_edges_of_the_gap_exist),
    cmocka_unit_test (a_time_that_came_twice_is_asked),
    cmocka_unit_test (rules_hold_after_the_table_ends),
    cmocka_unit_test (every_hour_of_years_goes_there_and_back),
    cmocka_unit_test (a_day_starts_at_its_first_instant),
    cmocka_unit_test (what_is_no_zone_is_refused),
    cmocka_unit_test (a_zone_keeps_its_name),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
