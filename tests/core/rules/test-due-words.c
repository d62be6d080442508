/* SPDX-License-Identifier: EUPL-1.2 */

/* The sum in words, Dutch and English: what moved, what stays, and why. */
#include "wb-rules.h"
#include "wb-test.h"

static char *
explain (const char *start,
         int length,
         WbUnit unit,
         WbRegime regime,
         gboolean detention,
         WbLanguage language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", &error);
  const WbPeriod period = { length, unit, regime, detention };
  g_autoptr (WbDue) due = NULL;
  WbDate date;
  WbInstant instant;

  assert_true (wb_due_parse_start (start, zone, &date, &instant, &error));
  due = wb_due_compute (wb_calendar_get_default (NULL), zone, &period, date, instant, &error);
  wb_assert_no_error (error);
  return wb_due_explain (due, zone, NULL, language);
}

static void
assert_words (const char *start,
              int length,
              WbUnit unit,
              WbRegime regime,
              gboolean detention,
              const char *english,
              const char *dutch)
{
  g_autofree char *en = explain (start, length, unit, regime, detention, WB_LANGUAGE_EN);
  g_autofree char *nl = explain (start, length, unit, regime, detention, WB_LANGUAGE_NL);

  assert_string_equal (en, english);
  assert_string_equal (nl, dutch);
}

static void
the_sum_of_the_design_is_told (void **state)
{
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", NULL);
  const WbPeriod period = { 6, WB_UNIT_WEEK, WB_REGIME_NL_ATW, FALSE };
  g_autoptr (WbDue) due = wb_due_compute (wb_calendar_get_default (NULL),
                                          zone,
                                          &period,
                                          (WbDate){ 2026, 11, 13 },
                                          WB_INSTANT_NONE,
                                          NULL);
  g_autofree char *en =
      wb_due_explain_event (due, zone, "ev.intake.received", "Awb 9:11(1)", WB_LANGUAGE_EN);
  g_autofree char *nl =
      wb_due_explain_event (due, zone, "ev.intake.received", "Awb 9:11(1)", WB_LANGUAGE_NL);

  assert_string_equal (
      en,
      "received Fri 13 Nov 2026 + 6 weeks = Fri 25 Dec 2026; Fri 25 Dec (Christmas "
      "Day), Sat 26 Dec (Boxing Day), Sun 27 Dec (weekend): no working day → Mon "
      "28 Dec 2026; Awb 9:11(1), Atw 1(1)");
  assert_string_equal (
      nl,
      "ontvangen vr 13 nov 2026 + 6 weken = vr 25 dec 2026; vr 25 dec (Eerste "
      "Kerstdag), za 26 dec (Tweede Kerstdag), zo 27 dec (weekend): geen werkdag → "
      "ma 28 dec 2026; Awb 9:11(1), Atw 1(1)");
}

static void
nothing_is_said_where_nothing_happens (void **state)
{
  assert_words ("2026-06-15",
                7,
                WB_UNIT_DAY,
                WB_REGIME_EU1182,
                FALSE,
                "Mon 15 Jun 2026 + 7 days = Mon 22 Jun 2026",
                "ma 15 jun 2026 + 7 dagen = ma 22 jun 2026");
}

static void
two_working_days_are_explained (void **state)
{
  assert_words (
      "2026-06-12",
      2,
      WB_UNIT_DAY,
      WB_REGIME_EU1182,
      FALSE,
      "Fri 12 Jun 2026 + 2 days = Sun 14 Jun 2026; this period must hold at least 2 "
      "working days; Sat 13 Jun (weekend), Sun 14 Jun (weekend): no working day → Tue 16 "
      "Jun 2026; Reg. 1182/71 3(5)",
      "vr 12 jun 2026 + 2 dagen = zo 14 jun 2026; deze termijn moet ten minste 2 "
      "werkdagen omvatten; za 13 jun (weekend), zo 14 jun (weekend): geen werkdag → di 16 "
      "jun 2026; Vo. 1182/71 3(5)");
}

static void
a_month_that_is_too_short_is_explained (void **state)
{
  assert_words (
      "2026-08-31",
      1,
      WB_UNIT_MONTH,
      WB_REGIME_EU1182,
      FALSE,
      "Mon 31 Aug 2026 + 1 month = Wed 30 Sep 2026; there is no 31 Sep, so the last day "
      "of the month",
      "ma 31 aug 2026 + 1 maand = wo 30 sep 2026; 31 sep bestaat niet, dus de laatste dag "
      "van de maand");
}

static void
what_stays_says_why (void **state)
{
  assert_words (
      "2026-10-02",
      30,
      WB_UNIT_DAY,
      WB_REGIME_POLICY,
      FALSE,
      "Fri 2 Oct 2026 + 30 days = Sun 1 Nov 2026; Sun 1 Nov (weekend): no working day, "
      "but an own target does not move; last working day before it: Fri 30 Oct 2026",
      "vr 2 okt 2026 + 30 dagen = zo 1 nov 2026; zo 1 nov (weekend): geen werkdag, maar "
      "een eigen streeftermijn schuift niet op; laatste werkdag daarvoor: vr 30 okt 2026");
  assert_words (
      "2026-06-14",
      13,
      WB_UNIT_WEEK,
      WB_REGIME_NL_ATW,
      FALSE,
      "Sun 14 Jun 2026 + 13 weeks = Sun 13 Sep 2026; Sun 13 Sep (weekend): no working "
      "day, but a period this long lies outside the General Time Limits Act and does not "
      "move; last working day before it: Fri 11 Sep 2026; Atw 4(a)",
      "zo 14 jun 2026 + 13 weken = zo 13 sep 2026; zo 13 sep (weekend): geen werkdag, "
      "maar een zo lange termijn valt buiten de Algemene termijnenwet en schuift niet op; "
      "laatste werkdag daarvoor: vr 11 sep 2026; Atw 4(a)");
  assert_words ("2026-06-13",
                15,
                WB_UNIT_DAY,
                WB_REGIME_NL_ATW,
                TRUE,
                "Sat 13 Jun 2026 + 15 days = Sun 28 Jun 2026; Sun 28 Jun (weekend): no working "
                "day, but a limit on deprivation of liberty does not move; last working day before "
                "it: Fri 26 Jun 2026; Atw 4(c)",
                "za 13 jun 2026 + 15 dagen = zo 28 jun 2026; zo 28 jun (weekend): geen werkdag, "
                "maar een termijn van vrijheidsbeneming schuift niet op; laatste werkdag daarvoor: "
                "vr 26 jun 2026; Atw 4(c)");
  assert_words ("2026-10-14",
                -10,
                WB_UNIT_DAY,
                WB_REGIME_NL_ATW,
                FALSE,
                "Wed 14 Oct 2026 − 10 days = Sun 4 Oct 2026; Sun 4 Oct (weekend): no working day, "
                "but a period counted back does not move; Atw 1(2)",
                "wo 14 okt 2026 − 10 dagen = zo 4 okt 2026; zo 4 okt (weekend): geen werkdag, maar "
                "een termijn die terugtelt schuift niet op; Atw 1(2)");
}

static void
hours_tell_of_the_full_hour_the_clock_and_the_weekend (void **state)
{
  assert_words (
      "2026-10-23T16:40:00+02:00",
      72,
      WB_UNIT_HOUR,
      WB_REGIME_EU1182,
      FALSE,
      "Fri 23 Oct 2026 16:40; the hour of the event does not count, counting from 17:00; "
      "Fri 23 Oct 2026 17:00 + 72 hours = Mon 26 Oct 2026 16:00; the clock goes back 60 "
      "minutes in between; what counts is hours that pass; Reg. 1182/71 3(1)",
      "vr 23 okt 2026 16:40; het uur van de gebeurtenis telt niet mee, tellen vanaf "
      "17:00; vr 23 okt 2026 17:00 + 72 uur = ma 26 okt 2026 16:00; de klok gaat "
      "tussendoor 60 minuten terug; geteld worden uren die verstrijken; Vo. 1182/71 3(1)");
  assert_words (
      "2026-12-24T09:15:00+01:00",
      72,
      WB_UNIT_HOUR,
      WB_REGIME_NL_ATW,
      FALSE,
      "Thu 24 Dec 2026 09:15 + 72 hours = Sun 27 Dec 2026 09:15; Sun 27 Dec (weekend): no "
      "working day, but a period in hours does not move; Atw 4(a)",
      "do 24 dec 2026 09:15 + 72 uur = zo 27 dec 2026 09:15; zo 27 dec (weekend): geen "
      "werkdag, maar een termijn in uren schuift niet op; Atw 4(a)");
}

static void
working_days_name_the_days_left_out (void **state)
{
  assert_words ("2026-12-24",
                2,
                WB_UNIT_WORKING_DAY,
                WB_REGIME_POLICY,
                FALSE,
                "Thu 24 Dec 2026 + 2 working days = Tue 29 Dec 2026; weekends and Fri 25 Dec "
                "(Christmas Day) do not count",
                "do 24 dec 2026 + 2 werkdagen = di 29 dec 2026; weekeinden en vr 25 dec (Eerste "
                "Kerstdag) tellen niet mee");
  assert_words ("2026-06-15",
                1,
                WB_UNIT_WORKING_DAY,
                WB_REGIME_POLICY,
                FALSE,
                "Mon 15 Jun 2026 + 1 working day = Tue 16 Jun 2026; weekends do not count",
                "ma 15 jun 2026 + 1 werkdag = di 16 jun 2026; weekeinden tellen niet mee");
}

static void
an_incomplete_calendar_is_a_warning (void **state)
{
  assert_words ("2028-11-01",
                12,
                WB_UNIT_WEEK,
                WB_REGIME_NL_ATW,
                FALSE,
                "Wed 1 Nov 2028 + 12 weeks = Wed 24 Jan 2029; note: the list of holidays is "
                "incomplete after 2028",
                "wo 1 nov 2028 + 12 weken = wo 24 jan 2029; let op: feestdagenlijst na 2028 "
                "onvolledig");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_sum_of_the_design_is_told),
    cmocka_unit_test (nothing_is_said_where_nothing_happens),
    cmocka_unit_test (two_working_days_are_explained),
    cmocka_unit_test (a_month_that_is_too_short_is_explained),
    cmocka_unit_test (what_stays_says_why),
    cmocka_unit_test (hours_tell_of_the_full_hour_the_clock_and_the_weekend),
    cmocka_unit_test (working_days_name_the_days_left_out),
    cmocka_unit_test (an_incomplete_calendar_is_a_warning),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
