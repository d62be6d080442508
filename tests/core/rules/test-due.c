/* SPDX-License-Identifier: EUPL-1.2 */

/* Due dates against the domain's own vectors and scenarios, and at the boundaries of the law. */
#include "wb-rules.h"
#include "wb-test.h"

typedef struct {
  const WbCalendar *calendar;
  WbZone *zone;
} Place;

static int
place_setup (void **state)
{
  Place *place = g_new0 (Place, 1);

  place->calendar = wb_calendar_get_default (NULL);
  place->zone = wb_zone_new ("Europe/Amsterdam", NULL);
  *state = place;
  return place->calendar != NULL && place->zone != NULL ? 0 : -1;
}

static int
place_teardown (void **state)
{
  Place *place = *state;

  wb_zone_unref (place->zone);
  g_free (place);
  return 0;
}

static WbDue *
compute (const Place *place,
         const char *start,
         const char *length,
         const char *unit,
         const char *regime,
         gboolean detention,
         GError **error)
{
  WbPeriod period = { .detention = detention };
  WbDate date;
  WbInstant instant;

  if (!wb_due_parse_start (start, place->zone, &date, &instant, error) ||
      !wb_unit_parse (unit, &period.unit, error) ||
      !wb_regime_parse (regime, &period.regime, error) ||
      !wb_period_parse_length (length, period.unit, &period.length, error))
    return NULL;
  return wb_due_compute (place->calendar, place->zone, &period, date, instant, error);
}

static void
assert_due (const Place *place,
            const char *start,
            const char *length,
            const char *unit,
            const char *regime,
            gboolean detention,
            const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDue) due = compute (place, start, length, unit, regime, detention, &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = wb_due_format (due, place->zone);
  assert_string_equal (text, expected);
}

/* The lines of a table beside the outside suites; NULL where it is absent. */
static char **
read_table (const char *name)
{
  g_autofree char *suite = wb_test_vectors ("nl-holidays");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (suite == NULL)
    return NULL;
  path = g_build_filename (suite, "..", "..", "domain", name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  text = wb_test_read (path, NULL);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static void
every_vector_of_the_domain_is_met (void **state)
{
  const Place *place = *state;
  g_auto (GStrv) lines = read_table ("vectors.tsv");
  guint cases = 0;

  if (lines == NULL)
    skip ();
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) row = g_strsplit (lines[i], "\t", -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (WbDue) due = compute (place, row[1], row[2], row[3], row[4], *row[5] == '1', &error);
    g_autofree char *text = NULL;
    g_autofree char *end = NULL;

    wb_assert_no_error (error);
    text = wb_due_format (due, place->zone);
    end = wb_instant_format_seconds (due->end);
    if (g_strcmp0 (text, row[6]) != 0 || g_strcmp0 (end, row[7]) != 0)
      fail_msg ("%s: %s %s, expected %s %s", row[0], text, end, row[6], row[7]);
    cases++;
  }
  assert_true (cases >= 65);
  wb_test_count ("deadlines-vectors", cases);
}

static void
every_date_of_the_scenarios_is_met (void **state)
{
  const Place *place = *state;
  g_auto (GStrv) lines = read_table ("scenario_deadlines.tsv");
  guint cases = 0;

  if (lines == NULL)
    skip ();
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) row = g_strsplit (lines[i], "\t", -1);

    assert_due (place, row[3], row[4], row[5], row[6], *row[7] == '1', row[8]);
    cases++;
  }
  assert_true (cases >= 54);
  wb_test_count ("scenario-deadlines", cases);
}

/* The same facts as the domain's vectors, so that they are tested where those are absent. */
static void
regimes_part_ways_where_the_law_does (void **state)
{
  const Place *place = *state;

  assert_due (place, "2026-06-12", "2", "d", "eu1182", FALSE, "2026-06-16");
  assert_due (place, "2026-06-12", "2", "d", "nl_atw", FALSE, "2026-06-15");
  assert_due (place, "2026-06-12", "3", "d", "nl_atw", FALSE, "2026-06-16");
  assert_due (place, "2026-06-12", "3", "d", "plain", FALSE, "2026-06-15");
  assert_due (place, "2026-06-15", "90", "d", "nl_atw", FALSE, "2026-09-14");
  assert_due (place, "2026-06-14", "91", "d", "nl_atw", FALSE, "2026-09-13");
  assert_due (place, "2026-06-14", "91", "d", "eu1182", FALSE, "2026-09-14");
  assert_due (place, "2026-06-21", "12", "w", "nl_atw", FALSE, "2026-09-14");
  assert_due (place, "2026-06-14", "13", "w", "nl_atw", FALSE, "2026-09-13");
  assert_due (place, "2026-11-30", "3", "m", "nl_atw", FALSE, "2027-03-01");
  assert_due (place, "2026-10-30", "4", "m", "nl_atw", FALSE, "2027-02-28");
  assert_due (place, "2026-06-12", "1", "y", "nl_atw", FALSE, "2027-06-12");
  assert_due (place, "2026-06-12", "1", "y", "eu1182", FALSE, "2027-06-14");
  assert_due (place, "2026-06-13", "15", "d", "nl_atw", TRUE, "2026-06-28");
  assert_due (place, "2026-06-13", "15", "d", "nl_atw", FALSE, "2026-06-29");
  assert_due (place, "2026-10-14", "-10", "d", "eu1182", FALSE, "2026-10-04");
  assert_due (place, "2026-10-14", "-10", "d", "nl_atw", FALSE, "2026-10-04");
}

static void
months_are_clamped_once_from_the_first_day (void **state)
{
  const Place *place = *state;

  assert_due (place, "2026-01-31", "1", "m", "plain", FALSE, "2026-02-28");
  assert_due (place, "2026-01-31", "2", "m", "plain", FALSE, "2026-03-31");
  assert_due (place, "2024-02-29", "1", "y", "plain", FALSE, "2025-02-28");
  assert_due (place, "2024-02-29", "4", "y", "plain", FALSE, "2028-02-29");
  assert_due (place, "2096-02-29", "4", "y", "plain", FALSE, "2100-02-28");
  assert_due (place, "2026-03-31", "-1", "m", "plain", FALSE, "2026-02-28");
}

static void
hours_are_counted_as_they_pass (void **state)
{
  const Place *place = *state;

  assert_due (place,
              "2026-10-23T16:40:00+02:00",
              "72",
              "h",
              "eu1182",
              FALSE,
              "2026-10-26T16:00:00+01:00");
  assert_due (place,
              "2026-10-23T16:40:00+02:00",
              "72",
              "h",
              "policy",
              FALSE,
              "2026-10-26T15:40:00+01:00");
  assert_due (place,
              "2026-06-15T14:00:00+02:00",
              "72",
              "h",
              "eu1182",
              FALSE,
              "2026-06-18T15:00:00+02:00");
  assert_due (place,
              "2026-06-15T14:59:59.999+02:00",
              "72",
              "h",
              "eu1182",
              FALSE,
              "2026-06-18T15:00:00+02:00");
  assert_due (place,
              "2026-10-25T02:30:00+02:00",
              "72",
              "h",
              "eu1182",
              FALSE,
              "2026-10-28T02:00:00+01:00");
  assert_due (place,
              "2026-10-25T02:30:00+01:00",
              "72",
              "h",
              "eu1182",
              FALSE,
              "2026-10-28T03:00:00+01:00");
  assert_due (place,
              "2026-03-28T14:20:00+01:00",
              "24",
              "h",
              "policy",
              FALSE,
              "2026-03-29T15:20:00+02:00");
  assert_due (place,
              "2026-12-24T09:15:00+01:00",
              "72",
              "h",
              "nl_atw",
              FALSE,
              "2026-12-27T09:15:00+01:00");
}

static void
the_local_date_decides_not_that_of_utc (void **state)
{
  const Place *place = *state;

  assert_due (place, "2026-06-30T23:50:00+02:00", "1", "m", "eu1182", FALSE, "2026-07-30");
  assert_due (place, "2026-07-01T00:10:00+02:00", "1", "m", "eu1182", FALSE, "2026-08-03");
  assert_due (place, "2026-06-30T22:10:00Z", "1", "m", "eu1182", FALSE, "2026-08-03");
}

static void
working_days_skip_what_the_regime_calls_a_day_off (void **state)
{
  const Place *place = *state;

  assert_due (place, "2026-12-24", "2", "wd", "policy", FALSE, "2026-12-29");
  assert_due (place, "2026-04-22", "15", "wd", "eu1182", FALSE, "2026-05-18");
  assert_due (place, "2026-04-22", "15", "wd", "nl_atw", FALSE, "2026-05-19");
  assert_due (place, "2026-04-22", "15", "wd", "policy", FALSE, "2026-05-19");
  assert_due (place, "2026-06-15", "-1", "wd", "policy", FALSE, "2026-06-12");
}

static void
the_last_day_ends_at_midnight_local_time (void **state)
{
  const Place *place = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDue) summer = compute (place, "2026-06-15", "7", "d", "plain", FALSE, &error);
  g_autoptr (WbDue) winter = compute (place, "2026-12-01", "7", "d", "plain", FALSE, &error);
  g_autoptr (WbDue) turn = compute (place, "2026-10-24", "1", "d", "plain", FALSE, &error);
  g_autofree char *summer_end = wb_instant_format_seconds (summer->end);
  g_autofree char *winter_end = wb_instant_format_seconds (winter->end);
  g_autofree char *turn_end = wb_instant_format_seconds (turn->end);

  assert_string_equal (summer_end, "2026-06-22T22:00:00Z");
  assert_string_equal (winter_end, "2026-12-08T23:00:00Z");
  assert_string_equal (turn_end, "2026-10-25T23:00:00Z");
}

static void
impossible_periods_are_refused (void **state)
{
  static const char *const bad[][4] = {
    { "2026-06-15", "0", "d", "plain" },
    { "2026-06-15", "", "d", "plain" },
    { "2026-06-15", "1.5", "d", "plain" },
    { "2026-06-15", "99999999999", "d", "plain" },
    { "2026-06-15", "2147483647", "h", "plain" },
    { "2026-06-15", "2147483647", "y", "plain" },
    { "2026-06-15", "-2147483648", "m", "eu1182" },
    { "2026-06-15", "1", "x", "plain" },
    { "2026-06-15", "1", "", "plain" },
    { "2026-06-15", "1", "d", "be" },
    { "2026-06-15", "72", "h", "eu1182" }, /* no time of day */
    { "2026-06-31", "1", "d", "plain" },
    { "2026-6-15", "1", "d", "plain" },
    { "15-06-2026", "1", "d", "plain" },
    { "2026-06-15T10:00", "1", "d", "plain" }, /* no offset */
    { "2026-06-15T25:00:00Z", "1", "h", "plain" },
    { "", "1", "d", "plain" },
    { "1899-12-31", "1", "d", "plain" },
    { "2101-01-01", "1", "d", "plain" },
    { "2100-12-31", "1", "d", "plain" },
    { "2100-12-30", "1", "m", "eu1182" },
    { "1900-01-01", "-1", "d", "plain" },
    { "2026-06-15", "201", "y", "plain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbDue) due =
        compute (*state, bad[i][0], bad[i][1], bad[i][2], bad[i][3], FALSE, &error);

    if (due != NULL)
      fail_msg ("%s + %s %s %s was taken", bad[i][0], bad[i][1], bad[i][2], bad[i][3]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
the_ends_of_the_range_are_still_computed (void **state)
{
  const Place *place = *state;

  assert_due (place, "1900-01-01", "1", "d", "plain", FALSE, "1900-01-02");
  assert_due (place, "1900-01-01", "200", "y", "plain", FALSE, "2100-01-01");
  assert_due (place, "2100-12-30", "1", "d", "eu1182", FALSE, "2100-12-31");
  assert_due (place, "2100-02-28", "1", "d", "plain", FALSE, "2100-03-01");
}

/* A second way of counting, one day after another, that shares nothing with the first. */

static gboolean
walks_on_day_off (const Place *place, WbRegime regime, gint32 day)
{
  WbDate date = wb_date_from_days (day);
  int weekday = (int) (((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday; 0 is Monday */

  return weekday >= 5 ||
         wb_calendar_get_holiday (place->calendar, regime, date, WB_LANGUAGE_NL) != NULL;
}

static gint32
walk_months (WbDate start, int months)
{
  int at = start.year * 12 + start.month - 1 + months;
  int year = at / 12, month = at % 12 + 1;
  int day = start.day;

  while (!wb_date_is_valid (year, month, day))
    day--;
  return wb_date_to_days ((WbDate){ year, month, day });
}

static gint32
walk_due (const Place *place, const WbPeriod *period, WbDate start)
{
  static const int
      dutch_limits[] = { [WB_UNIT_DAY] = 90, [WB_UNIT_WEEK] = 12, [WB_UNIT_MONTH] = 3 };
  gint32 first = wb_date_to_days (start), day = first;
  gboolean is_eu = period->regime == WB_REGIME_EU1182;
  gboolean is_nl = period->regime == WB_REGIME_NL_ATW;
  int least = is_eu ? 2 : 3;
  int working = 0;
  gboolean stretches;

  if (period->unit == WB_UNIT_WORKING_DAY) {
    for (int left = period->length; left > 0;)
      left -= walks_on_day_off (place, period->regime, ++day) ? 0 : 1;
    return day;
  }
  if (period->unit == WB_UNIT_DAY || period->unit == WB_UNIT_WEEK)
    day += period->length * (period->unit == WB_UNIT_WEEK ? 7 : 1);
  else
    day = walk_months (start, period->length * (period->unit == WB_UNIT_YEAR ? 12 : 1));
  if (!is_eu && !is_nl)
    return day;
  if (is_nl && (period->detention || period->unit == WB_UNIT_YEAR ||
                period->length > dutch_limits[period->unit]))
    return day;
  for (gint32 i = first + 1; i <= day; i++)
    working += walks_on_day_off (place, period->regime, i) ? 0 : 1;
  stretches = day - first >= least;
  while ((stretches && working < 2) || walks_on_day_off (place, period->regime, day))
    working += walks_on_day_off (place, period->regime, ++day) ? 0 : 1;
  return day;
}

static void
two_ways_of_counting_agree (void **state)
{
  static const int longest[] = { [WB_UNIT_DAY] = 120,
                                 [WB_UNIT_WEEK] = 20,
                                 [WB_UNIT_MONTH] = 14,
                                 [WB_UNIT_YEAR] = 3,
                                 [WB_UNIT_WORKING_DAY] = 40 };
  const Place *place = *state;
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);
  gint32 first = wb_date_to_days ((WbDate){ 1990, 1, 1 });
  gint32 last = wb_date_to_days ((WbDate){ 2060, 1, 1 });
  guint cases = 100000;

  for (guint i = 0; i < cases; i++) {
    WbUnit unit = (WbUnit) g_rand_int_range (random, WB_UNIT_DAY, WB_UNIT_WORKING_DAY + 1);
    WbPeriod period = { g_rand_int_range (random, 1, longest[unit] + 1),
                        unit,
                        (WbRegime) g_rand_int_range (random, 0, 4),
                        g_rand_int_range (random, 0, 8) == 0 };
    WbDate start = wb_date_from_days (g_rand_int_range (random, first, last));
    g_autoptr (WbDue) due =
        wb_due_compute (place->calendar, place->zone, &period, start, WB_INSTANT_NONE, NULL);

    if (wb_date_to_days (due->due) != walk_due (place, &period, start))
      fail_msg ("%d-%d-%d + %d %s %s",
                start.year,
                start.month,
                start.day,
                period.length,
                wb_unit_to_text (unit),
                wb_regime_to_text (period.regime));
    assert_true (wb_date_compare (due->due, start) > 0);
    assert_true (due->end > wb_zone_start_of_day (place->zone, due->due));
  }
  wb_test_count ("due-two-ways", cases);
}

/* A later start or a longer period never ends sooner (within one unit and inside the Atw). */
static void
due_dates_are_monotone (void **state)
{
  const Place *place = *state;
  gint32 day = wb_date_to_days ((WbDate){ 2026, 1, 1 });

  for (WbRegime regime = 0; regime <= WB_REGIME_POLICY; regime++)
    for (gint32 at = day; at < day + 400; at++) {
      WbInstant before = WB_INSTANT_NONE;

      for (int length = 1; length <= 12; length++) {
        WbPeriod period = { length, WB_UNIT_DAY, regime, FALSE };
        g_autoptr (WbDue) due = wb_due_compute (place->calendar,
                                                place->zone,
                                                &period,
                                                wb_date_from_days (at),
                                                WB_INSTANT_NONE,
                                                NULL);
        g_autoptr (WbDue) later = wb_due_compute (place->calendar,
                                                  place->zone,
                                                  &period,
                                                  wb_date_from_days (at + 1),
                                                  WB_INSTANT_NONE,
                                                  NULL);

        assert_true (due->end >= before);
        assert_true (later->end >= due->end);
        before = due->end;
      }
    }
}

static void
a_time_that_no_clock_showed_is_refused (void **state)
{
  const Place *place = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbMoment) moment = wb_moment_parse_text ("2026-03-29T02:30", place->zone, &error);

  assert_null (moment);
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
a_calendar_that_may_miss_days_says_so (void **state)
{
  const Place *place = *state;
  g_autoptr (WbDue) covered = compute (place, "2028-11-01", "8", "w", "nl_atw", FALSE, NULL);
  g_autoptr (WbDue) beyond = compute (place, "2028-11-01", "12", "w", "nl_atw", FALSE, NULL);
  g_autoptr (WbDue) days = compute (place, "2029-02-01", "2", "wd", "policy", FALSE, NULL);
  g_autoptr (WbDue) europe = compute (place, "2029-02-01", "2", "w", "eu1182", FALSE, NULL);
  g_autoptr (WbDue) target = compute (place, "2029-02-01", "2", "w", "policy", FALSE, NULL);

  assert_false (covered->calendar_incomplete);
  assert_true (beyond->calendar_incomplete);
  assert_true (days->calendar_incomplete);
  assert_false (europe->calendar_incomplete);
  assert_false (target->calendar_incomplete);
}

#define in_place(f) cmocka_unit_test_setup_teardown (f, place_setup, place_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    in_place (every_vector_of_the_domain_is_met),
    in_place (every_date_of_the_scenarios_is_met),
    in_place (regimes_part_ways_where_the_law_does),
    in_place (months_are_clamped_once_from_the_first_day),
    in_place (hours_are_counted_as_they_pass),
    in_place (the_local_date_decides_not_that_of_utc),
    in_place (working_days_skip_what_the_regime_calls_a_day_off),
    in_place (the_last_day_ends_at_midnight_local_time),
    in_place (impossible_periods_are_refused),
    in_place (the_ends_of_the_range_are_still_computed),
    in_place (two_ways_of_counting_agree),
    in_place (due_dates_are_monotone),
    in_place (a_time_that_no_clock_showed_is_refused),
    in_place (a_calendar_that_may_miss_days_says_so),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
