/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates as people tell them: Dutch and English words become the first and the last day or instant
 * that they can mean; the words are kept; what is not understood is refused. */
#include "wb-moment.h"

#include <string.h>

#include "wb-test.h"

#define NOW "2026-11-24T14:30:00Z" /* a Tuesday, half past three in the afternoon */

static int
open_zone (void **state)
{
  *state = wb_zone_new ("Europe/Amsterdam", NULL);
  return *state != NULL ? 0 : -1;
}

static int
close_zone (void **state)
{
  wb_zone_unref (*state);
  return 0;
}

static WbInstant
at (const char *text)
{
  WbInstant instant = 0;

  assert_true (wb_instant_parse (text, &instant, NULL));
  return instant;
}

typedef struct {
  const char *said, *earliest, *latest; /* local: a day, or a day and time */
} Case;

static const Case cases[] = {
  /* Counted back. */
  { "about three nights ago", "2026-11-20", "2026-11-23" },
  { "ongeveer drie nachten geleden", "2026-11-20", "2026-11-23" },
  { "drie nachten geleden", "2026-11-21T20:00", "2026-11-22T07:59" },
  { "three days ago", "2026-11-21", "2026-11-21" },
  { "een dag geleden", "2026-11-23", "2026-11-23" },
  { "a few days ago", "2026-11-19", "2026-11-22" },
  { "een paar dagen geleden", "2026-11-19", "2026-11-22" },
  { "twee of drie dagen geleden", "2026-11-21", "2026-11-22" },
  { "between two and three days ago", "2026-11-21", "2026-11-22" },
  { "two weeks ago", "2026-11-09", "2026-11-15" },
  { "about two weeks ago", "2026-11-01", "2026-11-23" },
  { "precies twee weken geleden", "2026-11-10", "2026-11-10" },
  { "a month ago", "2026-10-01", "2026-10-31" },
  { "een half jaar geleden", "2026-05-01", "2026-05-31" },
  { "twee jaar geleden", "2024-01-01", "2024-12-31" },
  { "two hours ago", "2026-11-24T13:00", "2026-11-24T13:59" },
  { "20 minuten geleden", "2026-11-24T15:10", "2026-11-24T15:10" },
  /* Named days. */
  { "vandaag", "2026-11-24", "2026-11-24" },
  { "gisteren", "2026-11-23", "2026-11-23" },
  { "yesterday evening", "2026-11-23T17:00", "2026-11-23T23:59" },
  { "gisteravond", "2026-11-23T17:00", "2026-11-23T23:59" },
  { "eergisteren", "2026-11-22", "2026-11-22" },
  { "the day before yesterday", "2026-11-22", "2026-11-22" },
  { "last Friday evening", "2026-11-20T17:00", "2026-11-20T23:59" },
  { "Afgelopen vrijdagavond.", "2026-11-20T17:00", "2026-11-20T23:59" },
  { "vrijdag", "2026-11-20", "2026-11-20" },
  { "op dinsdag", "2026-11-24", "2026-11-24" },
  { "last Tuesday", "2026-11-17", "2026-11-17" },
  { "vorige week vrijdag", "2026-11-20", "2026-11-20" },
  { "vorige week donderdagochtend", "2026-11-19T05:00", "2026-11-19T11:59" },
  { "last night", "2026-11-23T20:00", "2026-11-24T07:59" },
  { "vannacht", "2026-11-23T20:00", "2026-11-24T07:59" },
  { "vanochtend", "2026-11-24T05:00", "2026-11-24T11:59" },
  { "vannacht om half drie", "2026-11-24T02:30", "2026-11-24T02:30" },
  { "last week", "2026-11-16", "2026-11-22" },
  { "deze maand", "2026-11-01", "2026-11-30" },
  { "vorig jaar", "2025-01-01", "2025-12-31" },
  { "afgelopen weekend", "2026-11-21", "2026-11-22" },
  /* The calendar. */
  { "18 juli 2026", "2026-07-18", "2026-07-18" },
  { "July 18, 2026", "2026-07-18", "2026-07-18" },
  { "18th of July", "2026-07-18", "2026-07-18" },
  { "8 of July", "2026-07-08", "2026-07-08" },
  { "3 december", "2025-12-03", "2025-12-03" },
  { "za 18 jul 2026 20:15", "2026-07-18T20:15", "2026-07-18T20:15" },
  { "Sat 18 Jul 2026", "2026-07-18", "2026-07-18" },
  { "18-7-2026", "2026-07-18", "2026-07-18" },
  { "18/07/2026 om 20.15 uur", "2026-07-18T20:15", "2026-07-18T20:15" },
  { "juli 2026", "2026-07-01", "2026-07-31" },
  { "in december", "2025-12-01", "2025-12-31" },
  { "2025", "2025-01-01", "2025-12-31" },
  { "end of June", "2026-06-21", "2026-06-30" },
  { "eind juni", "2026-06-21", "2026-06-30" },
  { "begin februari 2024", "2024-02-01", "2024-02-10" },
  { "half februari", "2026-02-11", "2026-02-20" },
  { "eind februari 2024", "2024-02-21", "2024-02-29" },
  { "begin 2026", "2026-01-01", "2026-04-30" },
  { "in the summer of 2025", "2025-06-01", "2025-08-31" },
  { "afgelopen zomer", "2026-06-01", "2026-08-31" },
  { "met kerst", "2025-12-25", "2025-12-26" },
  { "oud en nieuw", "2025-12-31", "2026-01-01" },
  { "between 3 and 5 July", "2026-07-03", "2026-07-05" },
  { "tussen 3 en 5 juli 2026", "2026-07-03", "2026-07-05" },
  { "van eind juni tot begin juli", "2026-06-21", "2026-07-10" },
  { "omstreeks juli 2026", "2026-06-01", "2026-08-31" },
  /* Hours. */
  { "gisteren om 14 uur", "2026-11-23T14:00", "2026-11-23T14:59" },
  { "yesterday at 8 pm", "2026-11-23T20:00", "2026-11-23T20:59" },
  { "vrijdag om kwart over acht 's avonds", "2026-11-20T20:15", "2026-11-20T20:15" },
  { "18 juli rond half drie 's nachts", "2026-07-18T01:00", "2026-07-18T03:59" },
  { "vrijdagnacht om drie uur", "2026-11-21T03:00", "2026-11-21T03:59" },
  { "gisteravond om half een", "2026-11-23T12:30", "2026-11-23T12:30" },
  { "gisteren om drie uur", "2026-11-23", "2026-11-23" }, /* by day or by night: nobody said */
  { "18 July 2026 at half past two at night", "2026-07-18T02:30", "2026-07-18T02:30" },
  { "between 20:00 and 22:00 yesterday", "2026-11-23T20:00", "2026-11-23T22:00" },
  /* An hour that came twice. */
  { "25 oktober 2026 om half drie 's nachts", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00" },
  { "25 October 2026 02:30 summer time", "2026-10-25T02:30+02:00", "2026-10-25T02:30+02:00" },
  { "25 oktober 2026 02:30 wintertijd", "2026-10-25T02:30+01:00", "2026-10-25T02:30+01:00" },
};

/* The first instant of a day or minute. */
static WbInstant
first_of (const char *text, const WbZone *zone)
{
  g_autoptr (WbMoment) moment = wb_moment_parse_text (text, zone, NULL);

  assert_non_null (moment);
  return moment->earliest;
}

static WbInstant
last_of (const char *text, const WbZone *zone)
{
  g_autoptr (WbMoment) moment = wb_moment_parse_text (text, zone, NULL);

  assert_non_null (moment);
  return moment->latest;
}

static void
words_become_the_span_that_they_mean (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbMoment) moment = wb_moment_parse_said (cases[i].said, *state, at (NOW), &error);

    if (moment == NULL)
      fail_msg ("“%s”: %s", cases[i].said, error->message);
    if (moment->earliest != first_of (cases[i].earliest, *state) ||
        moment->latest != last_of (cases[i].latest, *state)) {
      g_autofree char *earliest = wb_instant_format (moment->earliest);
      g_autofree char *latest = wb_instant_format (moment->latest);

      fail_msg ("“%s”: %s to %s", cases[i].said, earliest, latest);
    }
  }
  wb_test_count ("moments-said", G_N_ELEMENTS (cases));
}

static void
words_are_kept_and_read_back (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WbMoment) moment = wb_moment_parse_said (cases[i].said, *state, at (NOW), NULL);
    g_autoptr (JsonNode) node = wb_moment_to_json (moment);
    g_autoptr (WbMoment) again = wb_moment_parse (node, *state, NULL);
    g_autofree char *words = wb_moment_to_words (moment, WB_LANGUAGE_NL);

    assert_non_null (again);
    assert_true (again->earliest == moment->earliest && again->latest == moment->latest);
    assert_true (again->about == moment->about);
    assert_int_equal (g_strcmp0 (again->words, moment->words), 0);
    assert_true (*words != '\0');
    if (moment->words != NULL)
      assert_string_equal (moment->words, cases[i].said);
  }
}

static void
both_readings_of_an_hour_stay_open (void **state)
{
  g_autoptr (WbMoment) open =
      wb_moment_parse_said ("25 oktober 2026 om half drie 's nachts", *state, at (NOW), NULL);
  g_autoptr (WbMoment) first =
      wb_moment_parse_said ("25 oktober 2026 02:30 zomertijd", *state, at (NOW), NULL);

  assert_false (open->fold_known);
  assert_true (first->fold_known && first->fold == WB_FOLD_FIRST);
}

static void
what_is_not_understood_is_refused (void **state)
{
  static const char *const bad[] = {
    "",
    " ",
    "toen het donker werd",
    "drie",
    "drie juli juni",
    "geleden",
    "nul dagen geleden",
    "0 days ago",
    "100000 days ago",
    "friday 18 July 2026", /* it was a Saturday */
    "31 juni",
    "29 februari 2025",
    "20:15 20:30",
    "25:00",
    "18-13-2026",
    "29 maart 2026 om half drie 's nachts", /* the clock was set forward over it */
    "eind juni om half drie",
    "juli om 20:15",
    "tussen juli",
    "between 5 and 3 July",
    "of of of of",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 "
    "35 36 37 38 39 40 41 42 43",
    "\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbMoment) moment = wb_moment_parse_said (bad[i], *state, at (NOW), &error);

    if (moment != NULL) {
      g_autofree char *words = wb_moment_to_words (moment, WB_LANGUAGE_EN);

      fail_msg ("“%s” is taken as %s", bad[i], words);
    }
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
  wb_test_count ("moments-refused", G_N_ELEMENTS (bad));
}

/* Whenever it is told: no date lies after the day on which it was told, and spans do not turn. */
static void
told_on_any_day_it_lies_before (void **state)
{
  static const char *const said[] = {
    "gisteren",
    "vrijdag",
    "afgelopen vrijdag",
    "last week",
    "drie dagen geleden",
    "18 juli",
    "29 feb",
    "31 dec",
    "two months ago",
    "oud en nieuw",
    "eind december",
    "1 januari",
    "weekend",
    "last night",
    "een paar weken geleden",
    "vorige maand",
  };
  guint n = 0;

  for (int day = 0; day < 800; day++) {
    WbInstant now = at ("2026-01-01T11:00:00Z") + day * G_GINT64_CONSTANT (86400000);
    WbDate today = wb_zone_to_local (*state, now).date;

    for (gsize i = 0; i < G_N_ELEMENTS (said); i++) {
      g_autoptr (WbMoment) moment = wb_moment_parse_said (said[i], *state, now, NULL);

      if (moment == NULL && strcmp (said[i], "29 feb") == 0)
        continue; /* no leap year */
      assert_non_null (moment);
      if (wb_date_compare (moment->earliest_date, today) > 0 || moment->earliest > moment->latest)
        fail_msg ("“%s” on day %d", said[i], day);
      n++;
    }
  }
  wb_test_count ("moments-any-day", n);
}

static void
any_rubbish_is_taken_or_refused_whole (void **state)
{
  static const char *const parts[] = {
    "drie",  "of",  "geleden", "om",   "half", "twee", "vrijdag",    "juli",  "2026",  "20:15",
    "ago",   "and", "between", "tot",  "een",  "uur",  "nacht",      "avond", "about", "18e",
    "weken", "'s",  "eind",    "last", "pm",   "3-4",  "kwart over", "week",  "zomer", "zomertijd",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  guint taken = 0;

  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (WbMoment) moment = NULL;

    for (int j = g_rand_int_range (rand, 1, 7); j > 0; j--)
      g_string_append_printf (text, "%s ", parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
    moment = wb_moment_parse_said (text->str, *state, at (NOW), NULL);
    if (moment == NULL)
      continue;
    assert_true (moment->earliest <= moment->latest);
    taken++;
  }
  assert_true (taken > 100);
  wb_test_count ("moments-rubbish", 20000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_become_the_span_that_they_mean),
    cmocka_unit_test (words_are_kept_and_read_back),
    cmocka_unit_test (both_readings_of_an_hour_stay_open),
    cmocka_unit_test (what_is_not_understood_is_refused),
    cmocka_unit_test (told_on_any_day_it_lies_before),
    cmocka_unit_test (any_rubbish_is_taken_or_refused_whole),
  };

  return cmocka_run_group_tests (tests, open_zone, close_zone);
}
