/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"

#include "wb-choice.h"
#include "wb-closures.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY (24 * HOUR)

static WbZone *
amsterdam (void)
{
  return wb_zone_new ("Europe/Amsterdam", NULL);
}

static WbInstant
at (const char *text)
{
  WbInstant instant = 0;

  assert_true (wb_instant_parse (text, &instant, NULL));
  return instant;
}

static void
time_left_is_told_in_days_and_the_last_hours_in_hours (void **state)
{
  g_autoptr (WbZone) zone = amsterdam ();
  const WbInstant now = at ("2026-07-21T12:00:00+02:00");
  const struct {
    const char *end;
    const char *words;
  } cases[] = {
    { "2026-07-21T12:30:00+02:00", "less than an hour left" },
    { "2026-07-21T13:00:00+02:00", "1 hour left" },
    { "2026-07-22T00:00:00+02:00", "12 hours left" },
    { "2026-07-23T00:00:00+02:00", "1 day left" },
    { "2026-07-24T00:00:00+02:00", "2 days left" },
    { "2027-07-22T00:00:00+02:00", "365 days left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = wb_words_until (WB_KIND_LAW, at (cases[i].end), now, zone);

    assert_string_equal (words, cases[i].words);
  }
  wb_test_count ("words-until", G_N_ELEMENTS (cases));
}

static void
only_what_binds_the_body_is_ever_late (void **state)
{
  g_autoptr (WbZone) zone = amsterdam ();
  const WbInstant now = at ("2026-07-21T12:00:00+02:00");
  const WbInstant end = at ("2026-07-11T00:00:00+02:00");
  g_autofree char *law = wb_words_until (WB_KIND_LAW, end, now, zone);
  g_autofree char *policy = wb_words_until (WB_KIND_POLICY, end, now, zone);
  g_autofree char *watch = wb_words_until (WB_KIND_WATCH, end, now, zone);
  g_autofree char *bar = wb_words_until (WB_KIND_BAR, end, now, zone);

  assert_string_equal (law, "11 days late");
  assert_string_equal (policy, "11 days late");
  assert_null (strstr (watch, "late"));
  assert_string_equal (bar, "lapsed");
  assert_true (wb_kind_can_be_late (WB_KIND_LAW));
  assert_false (wb_kind_can_be_late (WB_KIND_WATCH));
  assert_false (wb_kind_can_be_late (WB_KIND_BAR));
}

static void
a_list_tells_an_end_in_few_signs_that_break_at_the_dot (void **state)
{
  g_autoptr (WbZone) zone = amsterdam ();
  const WbInstant now = at ("2026-07-21T12:00:00+02:00");
  const struct {
    WbKind kind;
    const char *end;
    const char *words;
  } cases[] = {
    { WB_KIND_LAW, "2026-07-21T12:30:00+02:00", "21 Jul 12:30 · < 1 h left" },
    { WB_KIND_LAW, "2026-07-22T00:00:00+02:00", "21 Jul · 12 h left" },
    { WB_KIND_POLICY, "2026-07-24T00:00:00+02:00", "23 Jul · 2 d left" },
    { WB_KIND_LAW, "2027-07-22T00:00:00+02:00", "21 Jul 2027 · 365 d left" },
    { WB_KIND_LAW, "2026-07-11T00:00:00+02:00", "10 Jul · 11 d late" },
    { WB_KIND_LAW, "2026-07-21T00:00:00+02:00", "20 Jul · 12 h late" },
    { WB_KIND_WATCH, "2026-07-11T00:00:00+02:00", "10 Jul · 11 d past" },
    { WB_KIND_BAR, "2026-07-11T00:00:00+02:00", "10 Jul · lapsed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words =
        wb_words_end_brief (cases[i].kind, at (cases[i].end), now, zone, WB_LANGUAGE_EN);
    g_autoptr (GString) plain = g_string_new (words);

    assert_non_null (strchr (words, ' ')); /* one place to break, after the dot */
    assert_ptr_equal (strchr (words, ' '), strrchr (words, ' '));
    g_string_replace (plain, "\302\240", " ", 0);
    assert_string_equal (plain->str, cases[i].words);
  }
}

static void
an_end_at_midnight_is_told_as_the_day_before (void **state)
{
  g_autoptr (WbZone) zone = amsterdam ();
  g_autofree char *day = wb_words_last_day (at ("2026-07-25T00:00:00+02:00"), zone, WB_LANGUAGE_EN);
  g_autofree char *hour =
      wb_words_last_day (at ("2026-07-25T16:00:00+02:00"), zone, WB_LANGUAGE_EN);
  g_autofree char *none = wb_words_last_day (WB_INSTANT_NONE, zone, WB_LANGUAGE_EN);

  assert_string_equal (day, "Fri 24 Jul 2026");
  assert_string_equal (hour, "Sat 25 Jul 2026 16:00");
  assert_string_equal (none, "");
}

static void
the_five_kinds_never_look_alike (void **state)
{
  for (int a = WB_KIND_LAW; a <= WB_KIND_OPEN; a++)
    for (int b = a + 1; b <= WB_KIND_OPEN; b++) {
      assert_string_not_equal (wb_kind_icon ((WbKind) a), wb_kind_icon ((WbKind) b));
      assert_string_not_equal (wb_kind_style ((WbKind) a), wb_kind_style ((WbKind) b));
      assert_string_not_equal (wb_words_kind ((WbKind) a), wb_words_kind ((WbKind) b));
    }
}

static void
long_text_is_cut_at_a_character (void **state)
{
  g_autofree char *cut = wb_text_first_line ("één\ntwéé drieëntwintig", 10);
  g_autofree char *whole = wb_text_first_line ("  kort ", 10);
  g_autofree char *none = wb_text_first_line (NULL, 10);

  assert_string_equal (cut, "één twéé d…");
  assert_string_equal (whole, "kort");
  assert_string_equal (none, "");
}

static void
an_unknown_code_is_shown_as_itself (void **state)
{
  g_autofree char *known = wb_words_code ("urgency.critical", WB_LANGUAGE_NL);
  g_autofree char *unknown = wb_words_code ("urgency.from-a-later-version", WB_LANGUAGE_NL);

  assert_string_equal (known, "Acuut");
  assert_string_equal (unknown, "urgency.from-a-later-version");
}

static void
choices_are_found_without_diacritics_and_in_any_case (void **state)
{
  g_autoptr (WbChoice) choice =
      wb_choice_new ("right.charter.7", "Privé-, familie- en gezinsleven", NULL);

  assert_int_not_equal (wb_choice_match (choice, "prive"), WB_CHOICE_MATCH_NONE);
  assert_int_not_equal (wb_choice_match (choice, "GEZIN"), WB_CHOICE_MATCH_NONE);
  assert_int_not_equal (wb_choice_match (choice, "right.charter.7"), WB_CHOICE_MATCH_NONE);
  assert_int_not_equal (wb_choice_match (choice, ""), WB_CHOICE_MATCH_NONE);
  assert_int_equal (wb_choice_match (choice, "detentie"), WB_CHOICE_MATCH_NONE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (time_left_is_told_in_days_and_the_last_hours_in_hours),
    cmocka_unit_test (only_what_binds_the_body_is_ever_late),
    cmocka_unit_test (a_list_tells_an_end_in_few_signs_that_break_at_the_dot),
    cmocka_unit_test (an_end_at_midnight_is_told_as_the_day_before),
    cmocka_unit_test (the_five_kinds_never_look_alike),
    cmocka_unit_test (long_text_is_cut_at_a_character),
    cmocka_unit_test (an_unknown_code_is_shown_as_itself),
    cmocka_unit_test (choices_are_found_without_diacritics_and_in_any_case),
  };

  return cmocka_run_group_tests_name ("closures", tests, NULL, NULL);
}
