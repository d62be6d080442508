/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"
#include "wb-time.h"

static void
the_clock_stands_where_it_is_set (void **state)
{
  gint64 real = g_get_real_time () / 1000;

  wb_clock_set (1795471800123);
  assert_true (wb_clock_is_set ());
  assert_true (wb_clock_now () == 1795471800123);
  wb_clock_set (WB_INSTANT_NONE);
  assert_false (wb_clock_is_set ());
  assert_true (wb_clock_now () >= real && wb_clock_now () < real + 60000);
}

static void
instants_are_read_with_any_offset (void **state)
{
  static const struct {
    const char *text, *utc;
  } cases[] = {
    { "2026-11-23T22:10:00.123Z", "2026-11-23T22:10:00.123Z" },
    { "2026-10-26T16:00:00+01:00", "2026-10-26T15:00:00.000Z" },
    { "2026-10-25T00:30:00-09:30", "2026-10-25T10:00:00.000Z" },
    { "2026-11-23t22:10:00.1z", "2026-11-23T22:10:00.100Z" },
    { "2026-11-23T22:10:00.123999999Z", "2026-11-23T22:10:00.123Z" },
    { "2026-11-23T22:10:00-00:00", "2026-11-23T22:10:00.000Z" },
    { "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z" },
    { "1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z" },
    { "2200-12-31T23:59:59.999Z", "2200-12-31T23:59:59.999Z" },
    { "2028-02-29T12:00:00Z", "2028-02-29T12:00:00.000Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *utc = NULL;
    WbInstant instant;

    assert_true (wb_instant_parse (cases[i].text, &instant, &error));
    utc = wb_instant_format (instant);
    assert_string_equal (utc, cases[i].utc);
  }
}

static void
what_is_no_instant_is_refused (void **state)
{
  static const char *const wrong[] = {
    "",
    "2026-11-23",
    "2026-11-23T22:10Z",
    "2026-11-23T22:10:00",
    "2026-11-23 22:10:00Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T22:60:00Z",
    "2026-11-23T22:10:60Z",
    "2026-11-23T22:10:00.Z",
    "2026-11-23T22:10:00.1234567890Z",
    "2026-11-23T22:10:00+1:00",
    "2026-11-23T22:10:00+24:00",
    "2026-11-23T22:10:00ZZ",
    "2026-02-30T22:10:00Z",
    "1900-01-01T00:00:00+01:00",
    "2200-12-31T23:59:59-00:01",
    "2201-01-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    WbInstant instant = 7;

    assert_false (wb_instant_parse (wrong[i], &instant, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_true (instant == 7);
  }
}

static void
seconds_are_rounded_down_before_1970_too (void **state)
{
  g_autofree char *text = wb_instant_format_seconds (-1);

  assert_string_equal (text, "1969-12-31T23:59:59Z");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_clock_stands_where_it_is_set),
    cmocka_unit_test (instants_are_read_with_any_offset),
    cmocka_unit_test (what_is_no_instant_is_refused),
    cmocka_unit_test (seconds_are_rounded_down_before_1970_too),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
