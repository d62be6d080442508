/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-moment.h"

#include <string.h>

#include "wb-test.h"

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

/* @json is a JSON value: a string in quotes or an object. */
static WbMoment *
parse (const char *json, const WbZone *zone, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  assert_non_null (node);
  return wb_moment_parse (node, zone, error);
}

typedef struct {
  const char *json, *earliest, *latest, *nl, *en;
} Case;

static const Case cases[] = {
  { "\"2026\"", "2025-12-31T23:00:00.000Z", "2026-12-31T22:59:59.999Z", "2026", "2026" },
  { "\"2026-07\"", "2026-06-30T22:00:00.000Z", "2026-07-31T21:59:59.999Z", "jul 2026", "Jul 2026" },
  { "\"2026-07-18\"",
    "2026-07-17T22:00:00.000Z",
    "2026-07-18T21:59:59.999Z",
    "za 18 jul 2026",
    "Sat 18 Jul 2026" },
  { "\"2026-07-18T20:15\"",
    "2026-07-18T18:15:00.000Z",
    "2026-07-18T18:15:59.999Z",
    "za 18 jul 2026 20:15",
    "Sat 18 Jul 2026 20:15" },
  /* A day of 25 hours. */
  { "\"2026-10-25\"",
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T22:59:59.999Z",
    "zo 25 okt 2026",
    "Sun 25 Oct 2026" },
  { "\"2026-10-25T02:30+01:00\"",
    "2026-10-25T01:30:00.000Z",
    "2026-10-25T01:30:59.999Z",
    "zo 25 okt 2026 02:30 (wintertijd)",
    "Sun 25 Oct 2026 02:30 (winter time)" },
  { "\"2026-10-25T02:30+02:00\"",
    "2026-10-25T00:30:00.000Z",
    "2026-10-25T00:30:59.999Z",
    "zo 25 okt 2026 02:30 (zomertijd)",
    "Sun 25 Oct 2026 02:30 (summer time)" },
  { "\"2026-10-25T02:30\"",
    "2026-10-25T00:30:00.000Z",
    "2026-10-25T01:30:59.999Z",
    "zo 25 okt 2026 02:30 (zomer- of wintertijd onbekend)",
    "Sun 25 Oct 2026 02:30 (summer or winter time not known)" },
  /* Told in another zone: the body's clock counts. */
  { "\"2026-07-18T23:30Z\"",
    "2026-07-18T23:30:00.000Z",
    "2026-07-18T23:30:59.999Z",
    "zo 19 jul 2026 01:30",
    "Sun 19 Jul 2026 01:30" },
  { "{\"at\":\"2026-10-25T02:30\",\"precision\":\"hour\",\"fold\":\"second\"}",
    "2026-10-25T01:00:00.000Z",
    "2026-10-25T01:59:59.999Z",
    "zo 25 okt 2026 02:00–03:00 (wintertijd)",
    "Sun 25 Oct 2026 02:00–03:00 (winter time)" },
  { "{\"at\":\"2026-10-25T02:30\",\"precision\":\"hour\",\"about\":true,\"fold\":\"unknown\","
    "\"words\":\"about half past two\"}",
    "2026-10-24T23:00:00.000Z",
    "2026-10-25T02:59:59.999Z",
    "omstreeks zo 25 okt 2026 02:00–03:00 (zomer- of wintertijd onbekend)",
    "about Sun 25 Oct 2026 02:00–03:00 (summer or winter time not known)" },
  { "{\"at\":\"2026-07-18T23:15\",\"precision\":\"hour\"}",
    "2026-07-18T21:00:00.000Z",
    "2026-07-18T21:59:59.999Z",
    "za 18 jul 2026 23:00–24:00",
    "Sat 18 Jul 2026 23:00–24:00" },
  { "{\"at\":\"2026-07-18T20:15\",\"precision\":\"exact\"}",
    "2026-07-18T18:15:00.000Z",
    "2026-07-18T18:15:00.000Z",
    "za 18 jul 2026 20:15",
    "Sat 18 Jul 2026 20:15" },
  { "{\"at\":\"2026-07-18T20:15\",\"about\":true}",
    "2026-07-18T18:14:00.000Z",
    "2026-07-18T18:16:59.999Z",
    "omstreeks za 18 jul 2026 20:15",
    "about Sat 18 Jul 2026 20:15" },
  { "{\"at\":\"2026-07-18\",\"about\":true}",
    "2026-07-16T22:00:00.000Z",
    "2026-07-19T21:59:59.999Z",
    "omstreeks za 18 jul 2026",
    "about Sat 18 Jul 2026" },
  { "{\"at\":\"2026-07\",\"about\":true}",
    "2026-05-31T22:00:00.000Z",
    "2026-08-31T21:59:59.999Z",
    "omstreeks jul 2026",
    "about Jul 2026" },
  { "{\"at\":\"2026\",\"about\":true}",
    "2024-12-31T23:00:00.000Z",
    "2027-12-31T22:59:59.999Z",
    "omstreeks 2026",
    "about 2026" },
  { "{\"at\":\"2026-07-18T20:15\",\"precision\":\"month\"}",
    "2026-06-30T22:00:00.000Z",
    "2026-07-31T21:59:59.999Z",
    "jul 2026",
    "Jul 2026" },
  { "{\"at\":\"2026-07-18T23:30Z\",\"precision\":\"day\",\"about\":false,\"words\":\"\"}",
    "2026-07-18T22:00:00.000Z",
    "2026-07-19T21:59:59.999Z",
    "zo 19 jul 2026",
    "Sun 19 Jul 2026" },
  { "\"unknown\"", "1899-12-31T23:40:28.000Z", "2200-12-31T22:59:59.999Z", "onbekend", "unknown" },
};

static void
check_case (const Case *expected, const WbMoment *moment)
{
  g_autofree char *earliest = wb_instant_format (moment->earliest);
  g_autofree char *latest = wb_instant_format (moment->latest);
  g_autofree char *nl = wb_moment_to_words (moment, WB_LANGUAGE_NL);
  g_autofree char *en = wb_moment_to_words (moment, WB_LANGUAGE_EN);

  if (moment->precision != WB_PRECISION_UNKNOWN)
    assert_string_equal (earliest, expected->earliest);
  assert_string_equal (latest, expected->latest);
  assert_string_equal (nl, expected->nl);
  assert_string_equal (en, expected->en);
}

static void
moments_are_as_wide_as_they_were_told (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbMoment) moment = parse (cases[i].json, *state, &error);

    wb_assert_no_error (error);
    check_case (&cases[i], moment);
    assert_true (moment->earliest <= moment->latest);
  }
}

static void
moments_come_back_from_their_json (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WbMoment) moment = parse (cases[i].json, *state, NULL);
    g_autoptr (JsonNode) json = wb_moment_to_json (moment);
    g_autoptr (GError) error = NULL;
    g_autoptr (WbMoment) again = wb_moment_parse (json, *state, &error);

    wb_assert_no_error (error);
    check_case (&cases[i], again);
    assert_int_equal (again->precision, moment->precision);
    assert_int_equal (again->fold, moment->fold);
    assert_int_equal (again->fold_known, moment->fold_known);
    assert_int_equal (again->about, moment->about);
    assert_int_equal (wb_date_compare (again->date, moment->date), 0);
    assert_true (g_strcmp0 (again->words, moment->words) == 0);
  }
}

static void
a_plain_moment_is_written_as_it_was_read (void **state)
{
  static const char *const plain[] = { "\"2026\"",
                                       "\"2026-07\"",
                                       "\"2026-07-18\"",
                                       "\"2026-07-18T20:15\"",
                                       "\"2026-10-25T02:30+01:00\"",
                                       "\"2026-10-25T02:30\"",
                                       "\"unknown\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++) {
    g_autoptr (WbMoment) moment = parse (plain[i], *state, NULL);
    g_autoptr (JsonNode) json = wb_moment_to_json (moment);
    g_autofree char *text = json_to_string (json, FALSE);

    assert_string_equal (text, plain[i]);
  }
}

static void
an_unknown_reading_is_told_and_coarser (void **state)
{
  g_autoptr (WbMoment) moment = parse ("\"2026-10-25T02:30\"", *state, NULL);
  g_autoptr (WbMoment) other = parse ("\"2026-10-25T03:00\"", *state, NULL);

  assert_false (moment->fold_known);
  assert_int_equal (moment->precision, WB_PRECISION_HOUR);
  assert_true (moment->has_time);
  assert_true (other->fold_known);
  assert_int_equal (other->precision, WB_PRECISION_MINUTE);
}

static void
the_local_dates_are_those_of_the_body (void **state)
{
  g_autoptr (WbMoment) night = parse ("{\"at\":\"2026-07-18T23:59\",\"about\":true}", *state, NULL);
  g_autoptr (WbMoment) year = parse ("\"2026\"", *state, NULL);

  assert_int_equal (wb_date_compare (night->earliest_date, (WbDate){ 2026, 7, 18 }), 0);
  assert_int_equal (wb_date_compare (night->latest_date, (WbDate){ 2026, 7, 19 }), 0);
  assert_int_equal (wb_date_compare (year->date, (WbDate){ 2026, 1, 1 }), 0);
  assert_int_equal (wb_date_compare (year->latest_date, (WbDate){ 2026, 12, 31 }), 0);
}

static void
what_was_never_listed_is_refused (void **state)
{
  static const char *const wrong[] = {
    "\"\"",
    "\"26\"",
    "\"1899\"",
    "\"2201\"",
    "\"2026-13\"",
    "\"2026-7\"",
    "\"2026-02-29\"",
    "\"2026-07-18T24:00\"",
    "\"2026-07-18T20:60\"",
    "\"2026-07-18 20:15\"",
    "\"2026-07-18T20:15:30\"",
    "\"2026-07-18T20\"",
    "\"2026-07-18T20:15+2\"",
    "\"2026-07-18T20:15+02:00 \"",
    "\"2200-12-31T23:30Z\"",
    "\"Unknown\"",
    "\"18-07-2026\"",
    "\"2026-03-29T02:30\"",
    "{\"at\":\"2026-03-29T02:30\",\"precision\":\"hour\"}",
    "{\"at\":\"2026-03-29T02:30\",\"fold\":\"first\"}",
    "{}",
    "{\"precision\":\"day\"}",
    "{\"at\":\"2026\",\"precision\":\"month\"}",
    "{\"at\":\"2026-07-18\",\"precision\":\"hour\"}",
    "{\"at\":\"2026-07-18\",\"precision\":\"exact\"}",
    "{\"at\":\"2026-07-18\",\"precision\":\"unknown\"}",
    "{\"at\":\"unknown\",\"precision\":\"year\"}",
    "{\"at\":\"2026-07-18\",\"precision\":\"Day\"}",
    "{\"at\":\"2026-07-18\",\"precison\":\"day\"}",
    "{\"at\":\"2026-07-18\",\"about\":\"true\"}",
    "{\"at\":\"2026-07-18\",\"about\":1}",
    "{\"at\":\"2026-07-18\",\"about\":null}",
    "{\"at\":2026}",
    "{\"at\":\"2026-07-18T20:15\",\"precision\":\"exact\",\"about\":true}",
    "{\"at\":\"2026-10-25T02:30\",\"fold\":\"third\"}",
    "{\"at\":\"2026-10-25T02:30+01:00\",\"fold\":\"first\"}",
    "{\"at\":\"2026-07-18\",\"words\":[]}",
    "2026",
    "null",
    "[]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    if (parse (wrong[i], *state, &error) != NULL)
      fail_msg ("accepted %s", wrong[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
words_have_a_limit (void **state)
{
  g_autofree char *most = g_strnfill (500, 'x');
  g_autofree char *good = g_strdup_printf ("{\"at\":\"2026\",\"words\":\"%s\"}", most);
  g_autofree char *bad = g_strdup_printf ("{\"at\":\"2026\",\"words\":\"%sx\"}", most);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbMoment) moment = parse (good, *state, NULL);

  assert_non_null (moment);
  assert_null (parse (bad, *state, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
no_node_is_no_moment (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_moment_parse (NULL, *state, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (moments_are_as_wide_as_they_were_told),
    cmocka_unit_test (moments_come_back_from_their_json),
    cmocka_unit_test (a_plain_moment_is_written_as_it_was_read),
    cmocka_unit_test (an_unknown_reading_is_told_and_coarser),
    cmocka_unit_test (the_local_dates_are_those_of_the_body),
    cmocka_unit_test (what_was_never_listed_is_refused),
    cmocka_unit_test (words_have_a_limit),
    cmocka_unit_test (no_node_is_no_moment),
  };

  return cmocka_run_group_tests (tests, open_zone, close_zone);
}
