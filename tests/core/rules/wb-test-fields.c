/* SPDX-License-Identifier: EUPL-1.2 */

/* Starts and judges the clocks of one record that is given by its fields alone. */
#include "wb-test-fields.h"

#define NOW "2026-11-24T10:00:00Z"

static WbZone *zone;

int
test_fields_setup (void **state)
{
  zone = wb_zone_new ("Europe/Amsterdam", NULL);
  return zone != NULL ? 0 : -1;
}

int
test_fields_teardown (void **state)
{
  wb_zone_unref (zone);
  return 0;
}

WbClockContext
test_fields_context (void)
{
  return (WbClockContext){ .rules = wb_rules_get_default (NULL),
                           .calendar = wb_calendar_get_default (NULL),
                           .zone = zone,
                           .profile = "inspectorate" };
}

WbClockSubject
test_fields_subject (const char *type, JsonObject *record, JsonObject *of_case)
{
  return (WbClockSubject){ .type = type,
                           .id = "0198f6b2-0000-7000-8000-000000000001",
                           .created = test_at (NOW),
                           .record = record,
                           .of_case = of_case };
}

GPtrArray *
test_fields_start (const char *type, const char *json, const char *const *changed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) record = test_object (json);
  const WbClockContext with = test_fields_context ();
  g_autoptr (JsonObject) nothing = json_object_new ();
  const WbClockSubject of = test_fields_subject (type, record, nothing);
  GPtrArray *clocks = wb_rules_start (&with, &of, changed, test_at (NOW), &error);

  wb_assert_no_error (error);
  return clocks;
}

WbClock *
test_clock_find (GPtrArray *clocks, const char *rule)
{
  WbClock *found = NULL;

  for (guint i = 0; i < clocks->len; i++) {
    WbClock *clock = clocks->pdata[i];

    if (g_str_equal (clock->rule, rule)) {
      assert_null (found); /* one clock a rule */
      found = clock;
    }
  }
  return found;
}

WbClockState
test_fields_judge_by (const char *type,
                      const char *rule,
                      const char *before,
                      const char *after,
                      const char *of_case,
                      const char *now,
                      char **ret_met)
{
  g_autoptr (GPtrArray) clocks = test_fields_start (type, before, NULL);
  g_autoptr (JsonObject) record = test_object (after);
  g_autoptr (JsonObject) holder = test_object (of_case != NULL ? of_case : "{}");
  WbClock *clock = test_clock_find (clocks, rule);
  WbClockContext with;
  WbClockSubject of;

  assert_non_null (clock);
  with = test_fields_context ();
  of = test_fields_subject (type, record, holder);
  return wb_rules_judge (&with, clock, &of, test_at (now), ret_met);
}

WbClockState
test_fields_judge (const char *type,
                   const char *rule,
                   const char *before,
                   const char *after,
                   const char *now)
{
  return test_fields_judge_by (type, rule, before, after, NULL, now, NULL);
}
