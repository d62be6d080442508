/* SPDX-License-Identifier: EUPL-1.2 */

/* A clock as it is kept in an entry: it comes back the same, and tells its sum again. */
#include "wb-test-fields.h"

#define A "\"received\": \"2026-07-21T14:30\""

static void
clocks_survive_json (void **state)
{
  static const char *const cases[][2] = {
    { "allegation", "{" A ", \"urgency\": \"urgency.urgent\", \"when\": \"2026\"}" },
    { "allegation", "{" A ", \"source\": \"source.ngo\", \"source_update\": \"2026-08-01\"}" },
    { "person", "{\"presented\": \"2026-07\", \"decision_known\": \"2026-07-30\"}" },
    { "person", "{\"detention_started\": \"2026-07-17\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) clocks = test_fields_start (cases[i][0], cases[i][1], NULL);

    assert_true (clocks->len > 0);
    for (guint j = 0; j < clocks->len; j++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) first = wb_clock_to_json (clocks->pdata[j]);
      g_autoptr (WbClock) again = wb_clock_new_from_json (first, &error);
      g_autoptr (JsonObject) second = NULL;

      wb_assert_no_error (error);
      second = wb_clock_to_json (again);
      assert_true (json_object_equal (first, second));
      assert_int_equal (again->end, ((WbClock *) clocks->pdata[j])->end);
      assert_int_equal (again->latest_end, ((WbClock *) clocks->pdata[j])->latest_end);
      assert_int_equal (wb_clock_relate (again, clocks->pdata[j]), WB_CLOCK_SAME);
    }
  }
}

#define STORED                                                                                     \
  "\"rule\": \"pol.ack\", \"version\": \"1\", \"record\": \"r\", \"event\": "                      \
  "\"ev.intake.received\", "                                                                       \
  "\"start\": \"2026-07-21\", "

static void
damaged_clocks_are_refused (void **state)
{
  static const char *const bad[] = {
    "{}",
    "{\"rule\": 1}",
    "{" STORED "\"length\": 2}",
    "{" STORED "\"length\": \"2\", \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"2026-07-23T22:00:00Z\"}",
    "{" STORED "\"length\": 2, \"unit\": \"q\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"2026-07-23T22:00:00Z\"}",
    "{" STORED "\"length\": 2, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\"}",
    "{" STORED "\"length\": 2, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"yesterday\"}",
    "{" STORED "\"length\": 99999999999, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"2026-07-23T22:00:00Z\"}",
    "{" STORED "\"open\": \"yes\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) stored = test_object (bad[i]);
    g_autoptr (WbClock) clock = wb_clock_new_from_json (stored, &error);

    if (clock != NULL)
      fail_msg ("taken: %s", bad[i]);
    assert_non_null (error);
  }
}

static void
a_clock_tells_its_sum_again (void **state)
{
  g_autoptr (GError) error = NULL;
  const WbClockContext with = test_fields_context ();
  g_autoptr (GPtrArray) clocks =
      test_fields_start ("person", "{\"apprehended\": \"2026-07-03\"}", NULL);
  g_autoptr (GPtrArray) open =
      test_fields_start ("person", "{\"decision_known\": \"2026-07-03\"}", NULL);
  g_autoptr (GPtrArray) same =
      test_fields_start ("person", "{\"presented\": \"2026-07-17\"}", NULL);
  const WbClock *clock = test_clock_find (clocks, "auth.scr.int.3d");
  g_autofree char *en = wb_clock_explain (&with, clock, WB_LANGUAGE_EN, &error);
  g_autofree char *nl =
      wb_clock_explain (&with, test_clock_find (open, "open.remedy"), WB_LANGUAGE_NL, &error);
  g_autofree char *both =
      wb_clock_explain (&with, test_clock_find (same, "auth.scr.ext.7d"), WB_LANGUAGE_EN, &error);
  g_autoptr (WbDue) strict = wb_clock_compute (&with, clock, FALSE, &error);
  g_autoptr (WbDue) lenient = wb_clock_compute (&with, clock, TRUE, &error);

  wb_assert_no_error (error);
  assert_string_equal (
      en,
      "last day by the text: apprehended Fri 3 Jul 2026 + 3 days = Mon 6 Jul 2026; Reg. 2024/1356 "
      "art. 8(4)\n"
      "at the latest by the time-limits regulation: apprehended Fri 3 Jul 2026 + 3 days = Mon 6 "
      "Jul "
      "2026; this period must hold at least 2 working days; Sat 4 Jul (weekend), Sun 5 Jul "
      "(weekend): no working day → Tue 7 Jul 2026; Reg. 2024/1356 art. 8(4), Reg. 1182/71 3(5)");
  assert_string_equal (
      nl,
      "besluit bekend vr 3 jul 2026: de wet geeft geen lengte; de ouderdom telt, er "
      "is geen einddatum; Vw 2000 zoals gewijzigd in 2026");
  assert_string_equal (
      both,
      "by both readings: presented at the border Fri 17 Jul 2026 + 7 days = Fri 24 "
      "Jul 2026; Reg. 2024/1356 art. 8(3)");
  assert_int_equal (strict->end, clock->end);
  assert_int_equal (lenient->end, clock->latest_end);
}

/* A rule of today must not move what yesterday's started. */
static void
a_clock_of_older_rules_keeps_its_due_date (void **state)
{
  g_autoptr (GError) error = NULL;
  const WbClockContext with = test_fields_context ();
  g_autoptr (JsonObject) stored = test_object (
      "{" STORED "\"length\": 4, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"2026-07-27\","
      " \"end\": \"2026-07-27T22:00:00Z\"}");
  g_autoptr (JsonObject) record = test_object ("{\"received\": \"2026-07-21\"}");
  g_autoptr (WbClock) clock = wb_clock_new_from_json (stored, &error);
  g_autoptr (WbDue) due = wb_clock_compute (&with, clock, FALSE, &error);
  g_autofree char *text = wb_due_format (due, with.zone);
  const WbClockSubject record_of = test_fields_subject ("allegation", record, NULL);
  const WbClockSubject gone = test_fields_subject ("allegation", NULL, NULL);

  assert_string_equal (text, "2026-07-27");
  assert_int_equal (
      wb_rules_judge (&with, clock, &record_of, test_at ("2026-07-24T10:00:00Z"), NULL),
      WB_CLOCK_RUNNING);
  /* Where the record's fields are gone, time alone decides. */
  assert_int_equal (wb_rules_judge (&with, clock, &gone, test_at ("2026-07-28T10:00:00Z"), NULL),
                    WB_CLOCK_OVERDUE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (clocks_survive_json),
    cmocka_unit_test (damaged_clocks_are_refused),
    cmocka_unit_test (a_clock_tells_its_sum_again),
    cmocka_unit_test (a_clock_of_older_rules_keeps_its_due_date),
  };

  return cmocka_run_group_tests (tests, test_fields_setup, test_fields_teardown);
}
