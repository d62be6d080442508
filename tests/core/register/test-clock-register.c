/* SPDX-License-Identifier: EUPL-1.2 */

/* Clocks in a register: what settings move and what they leave alone, overruns, versions, acts on a
 * clock, ages, reminders. */
#include "wb-test-register.h"

#include <string.h>

#include "wb-deadline.h"

/* "rule due state", one line each, of those of that rule, oldest entry first. */
static char *
list (WbTestRegister *self, const char *reference, const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  wb_assert_no_error (error);
  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (strcmp (deadline->clock->rule, rule) == 0)
      g_string_append_printf (text,
                              "%s %s%s",
                              deadline->clock->due != NULL ? deadline->clock->due : "-",
                              wb_clock_state_to_text (deadline->state),
                              "\n");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_list (WbTestRegister *self, const char *reference, const char *rule, const char *expected)
{
  g_autofree char *text = list (self, reference, rule);

  assert_string_equal (text, expected);
}

static void
assert_deep (WbTestRegister *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  assert_true (wb_verification_is_good (result));
}

static char *
new_case (WbTestRegister *self, const char *allegation, char **ret_allegation)
{
  char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");

  *ret_allegation = wb_test_record (self, "allegation", of, allegation);
  return of;
}

/* deadlines.md 6, check 8. */
static void
a_new_target_moves_what_is_to_come_and_nothing_that_was_met (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *allegation = NULL;
  g_autofree char *done = NULL;
  g_autofree char *of =
      new_case (self, "{\"account\": \"x\", \"received\": \"2026-11-23\"}", &allegation);
  g_autofree char *other =
      new_case (self,
                "{\"account\": \"x\", \"received\": \"2026-11-20\", \"triaged\": \"2026-11-23\"}",
                &done);

  assert_list (self, of, "pol.triage.standard", "2026-11-30 running\n");
  assert_list (self, other, "pol.triage.standard", "2026-11-27 met\n");
  g_free (wb_test_record (self,
                          "target",
                          NULL,
                          "{\"rule\": \"pol.triage.standard\", \"length\": 3, \"unit\": \"wd\","
                          " \"from\": \"2026-11-24\"}"));
  assert_list (self, of, "pol.triage.standard", "2026-11-26 running\n2026-11-30 superseded\n");
  assert_list (self, other, "pol.triage.standard", "2026-11-27 met\n");
  /* Touching what was met does not count it anew either. */
  g_free (wb_test_change (self, done, "{\"urgency\": \"urgency.low\"}"));
  assert_list (self, other, "pol.triage.standard", "2026-11-27 met\n");
  assert_deep (self);
}

static void
the_old_and_the_new_date_are_logged (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *allegation = NULL;
  g_autofree char *of =
      new_case (self, "{\"account\": \"x\", \"received\": \"2026-11-23\"}", &allegation);
  g_autoptr (GPtrArray) deadlines = NULL;
  gboolean found = FALSE;

  g_free (wb_test_record (self,
                          "holiday",
                          NULL,
                          "{\"date\": \"2026-11-27\", \"label_nl\": \"Dag\", \"label_en\": \"Day\","
                          " \"calendar\": \"calendar.nl_atw\"}"));
  deadlines = wb_register_list_deadlines (self->reg, of, wb_clock_now (), TRUE, NULL);
  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (strcmp (deadline->clock->rule, "pol.triage.standard") != 0)
      continue;
    found = TRUE;
    assert_string_equal (deadline->clock->due, "2026-12-01");
    assert_string_equal (deadline->clock->replaces_due, "2026-11-30");
  }
  assert_true (found);
  assert_deep (self);
}

/* Scenario S4: too late in both readings, and one act makes an allegation of it. */
static void
a_certain_overrun_becomes_an_allegation (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"Populier-31\"}");
  g_autofree char *person = wb_test_record (self,
                                            "person",
                                            of,
                                            "{\"apprehended\": \"2026-07-03T11:20\","
                                            " \"screening_completed\": \"2026-07-08\"}");
  g_autoptr (WbRecord) made =
      wb_register_record_overrun (self->reg, person, "auth.scr.int.3d", NULL, &error);
  g_autoptr (WbRecord) again = NULL;
  g_autofree char *id = wb_register_resolve (self->reg, person, NULL);

  wb_assert_no_error (error);
  assert_string_equal (made->type, "allegation");
  assert_string_equal (json_object_get_string_member (made->fields, "person"), id);
  assert_string_equal (json_object_get_string_member (made->fields, "when"), "2026-07-08");
  assert_string_equal (json_object_get_string_member (made->fields, "regime"), "regime.pact");
  assert_string_equal (
      json_array_get_string_element (json_object_get_array_member (made->fields, "acts"), 0),
      "act.detention.overlong");
  assert_string_equal (
      json_array_get_string_element (json_object_get_array_member (made->fields, "authorities"), 0),
      "authority.ind");
  assert_non_null (
      strstr (json_object_get_string_member (made->fields, "account"), "Reg. 2024/1356 art. 8(4)"));
  again = wb_register_record_overrun (self->reg, person, "auth.scr.int.3d", NULL, &error);
  assert_null (again);
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  assert_deep (self);
}

static void
an_overrun_that_is_not_certain_is_refused_and_logged (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person = wb_test_record (self,
                                            "person",
                                            of,
                                            "{\"apprehended\": \"2026-07-03\","
                                            " \"screening_completed\": \"2026-07-07\"}");
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (WbRecord) made =
      wb_register_record_overrun (self->reg, person, "auth.scr.int.3d", NULL, &error);

  assert_null (made);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "overrun.certain"));
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
}

static void
a_version_of_the_event_widens_the_clock_of_the_person (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person =
      wb_test_record (self, "person", of, "{\"apprehended\": \"2026-11-20\"}");
  g_autofree char *json =
      g_strdup_printf ("{\"person\": \"%s\", \"event\": \"ev.person.apprehended\", \"party\": "
                       "\"versionparty.authority\", \"moment\": \"2026-11-23\"}",
                       person);
  g_autoptr (WbRecord) made = NULL;

  g_free (wb_test_record (self, "version", of, json));
  assert_list (self, of, "auth.scr.int.3d", "2026-11-23 superseded\n2026-11-23 running\n");
  wb_test_now ("2026-11-26T12:00:00Z");
  made = wb_register_record_overrun (self->reg, person, "auth.scr.int.3d", NULL, &error);
  assert_null (made);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  wb_test_now ("2026-11-27T12:00:00Z");
  made = wb_register_record_overrun (self->reg, person, "auth.scr.int.3d", NULL, &error);
  wb_assert_no_error (error);
  assert_deep (self);
}

static void
acts_on_a_clock_leave_their_history (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *allegation = NULL;
  g_autofree char *of =
      new_case (self, "{\"account\": \"x\", \"received\": \"2026-11-23\"}", &allegation);
  g_autofree char *extend = g_strdup_printf (
      "{\"record\": \"%s\", \"rule\": \"pol.triage.standard\", \"action\": \"clockact.extend\","
      " \"length\": 5, \"reason\": \"interpreter ill\"}",
      allegation);
  g_autofree char *waive = g_strdup_printf (
      "{\"record\": \"%s\", \"rule\": \"pol.ack\", \"action\": \"clockact.waive\", \"reason\": "
      "\"no address\"}",
      allegation);

  g_free (wb_test_record (self, "clockact", of, extend));
  assert_list (self, of, "pol.triage.standard", "2026-11-30 superseded\n2026-12-07 running\n");
  g_free (wb_test_record (self, "clockact", of, waive));
  assert_list (self, of, "pol.ack", "2026-11-25 waived\n");
  /* A later change of the allegation keeps the extension. */
  g_free (wb_test_change (self, allegation, "{\"urgency\": \"urgency.low\"}"));
  assert_list (self, of, "pol.triage.standard", "2026-11-30 superseded\n2026-12-07 running\n");
  assert_deep (self);
}

static void
the_law_is_not_extended_by_hand (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *woo =
      wb_test_record (self, "woo", NULL, "{\"subject\": \"x\", \"received\": \"2026-11-23\"}");
  g_autofree char *json = g_strdup_printf (
      "{\"record\": \"%s\", \"rule\": \"woo.4_4_1\", \"action\": \"clockact.extend\","
      " \"reason\": \"busy\"}",
      woo);
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (WbRecord) made =
      wb_register_record (self->reg, "clockact", NULL, NULL, fields, NULL, &error);

  assert_null (made);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "clockact.extend"));
}

static void
a_reprisal_makes_urgent (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *of = new_case (self,
                                  "{\"account\": \"x\", \"received\": \"2026-11-24T09:30\","
                                  " \"acts\": [\"act.reprisal\"]}",
                                  &allegation);
  g_autoptr (WbRecord) record = wb_register_read (self->reg, allegation, FALSE, NULL, &error);

  wb_assert_no_error (error);
  assert_string_equal (json_object_get_string_member (record->fields, "urgency"), "urgency.urgent");
  assert_list (self, of, "pol.triage.urgent", "2026-11-25T09:30:00+01:00 running\n");
}

static void
detention_of_the_linked_person_keeps_the_check_recurring (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person =
      wb_test_record (self, "person", of, "{\"detention_started\": \"2026-11-20\"}");
  g_autofree char *json =
      g_strdup_printf ("{\"account\": \"x\", \"received\": \"2026-11-24\", \"person\": \"%s\"}",
                       person);
  g_autofree char *allegation = wb_test_record (self, "allegation", of, json);

  assert_list (self, of, "pol.reprisal.2", "2027-02-22 running\n");
  wb_test_now ("2027-02-22T10:00:00Z");
  g_free (wb_test_change (self, allegation, "{\"reprisal_check_2\": \"2027-02-22\"}"));
  assert_list (self, of, "pol.reprisal.2", "2027-02-22 superseded\n2027-05-23 running\n");
  g_free (wb_test_change (self, person, "{\"detention_ended\": \"2027-03-01\"}"));
  wb_test_now ("2027-03-02T10:00:00Z");
  g_free (wb_test_change (self, person, "{\"detention_ended\": \"2027-03-02\"}"));
  assert_list (self,
               of,
               "pol.reprisal.2",
               "2027-02-22 superseded\n2027-02-22 met\n2027-05-23 superseded\n");
  assert_deep (self);
}

static void
a_departing_choice_of_regime_needs_a_reason (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person = wb_test_record (self,
                                            "person",
                                            of,
                                            "{\"application_made\": \"2026-06-05\","
                                            " \"application_lodged\": \"2026-06-20\"}");
  g_autoptr (JsonObject) fields = wb_test_object ("{\"regime\": \"regime.pact\"}");
  g_autoptr (WbRecord) refused = wb_register_change (self->reg, person, fields, NULL, &error);
  g_autoptr (WbRecord) changed = NULL;

  assert_null (refused);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "regime.reason"));
  g_clear_error (&error);
  changed = wb_register_change (self->reg, person, fields, "lodged under the Pact", &error);
  wb_assert_no_error (error);
}

static void
age_and_idle_time_are_counted_and_nothing_is_due (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *allegation = NULL;
  g_autofree char *of =
      new_case (self, "{\"account\": \"x\", \"received\": \"2026-11-20\"}", &allegation);
  g_autoptr (WbCaseAge) age = NULL;
  g_autoptr (GPtrArray) ages = NULL;

  g_free (wb_test_change (self, of, "{\"holder\": \"anna\"}"));
  wb_test_now ("2026-12-30T10:00:00Z");
  g_free (wb_test_change (self, of, "{\"waiting_for\": \"the doctor\"}"));
  wb_test_now ("2027-01-05T10:00:00Z");
  age = wb_register_get_case_age (self->reg, of, wb_clock_now (), &error);
  wb_assert_no_error (error);
  assert_int_equal (age->age, 46);
  assert_int_equal (age->idle, 36);
  assert_int_equal (age->idle_now, 6);
  assert_int_equal (age->alert, 30);
  assert_string_equal (age->holder, "anna");
  ages = wb_register_list_case_ages (self->reg, wb_clock_now (), 10, &error);
  assert_int_equal (ages->len, 1);
  g_free (wb_test_record (self,
                          "target",
                          NULL,
                          "{\"rule\": \"open.undue_delay\", \"length\": 50, \"unit\": \"d\"}"));
  g_clear_pointer (&ages, g_ptr_array_unref);
  ages = wb_register_list_case_ages (self->reg, wb_clock_now (), 10, &error);
  assert_int_equal (ages->len, 0);
  assert_list (self, of, "open.undue_delay", "- running\n");
}

static void
a_reminder_is_no_deadline (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *woo =
      wb_test_record (self, "woo", NULL, "{\"subject\": \"x\", \"received\": \"2026-11-23\"}");
  g_autoptr (GPtrArray) reminders = wb_register_list_reminders (self->reg,
                                                                (WbDate){ 2026, 12, 1 },
                                                                (WbDate){ 2026, 12, 31 },
                                                                &error);
  g_autoptr (GPtrArray) due =
      wb_register_list_deadlines (self->reg, woo, wb_clock_now (), TRUE, NULL);
  g_autofree char *calendar = NULL;

  wb_assert_no_error (error);
  /* Due 21 Dec: a week and a day before, a day after, and a week later. */
  assert_int_equal (reminders->len, 4);
  assert_int_equal (((WbReminder *) g_ptr_array_index (reminders, 0))->on.day, 14);
  assert_int_equal (((WbReminder *) g_ptr_array_index (reminders, 1))->on.day, 20);
  assert_int_equal (((WbReminder *) g_ptr_array_index (reminders, 2))->on.day, 22);
  assert_int_equal (((WbReminder *) g_ptr_array_index (reminders, 3))->on.day, 29);
  assert_int_equal (due->len, 1);
  calendar = wb_register_format_calendar (self->reg, due, WB_LANGUAGE_EN, &error);
  wb_assert_no_error (error);
  assert_non_null (strstr (calendar, "DTSTART;VALUE=DATE:20261221"));
  assert_non_null (strstr (calendar, "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P7D"));
}

static void
what_a_day_asks_comes_from_the_index (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *woo =
      wb_test_record (self, "woo", NULL, "{\"subject\": \"x\", \"received\": \"2026-11-23\"}");
  WbDate day = { 2026, 12, 21 };
  WbInstant from = wb_zone_start_of_day (wb_register_get_zone (self->reg), day);
  g_autoptr (GPtrArray) due = wb_register_list_due (self->reg,
                                                    from + 1,
                                                    from + 25 * 3600 * 1000,
                                                    wb_clock_now (),
                                                    10,
                                                    &error);

  wb_assert_no_error (error);
  assert_int_equal (due->len, 1);
  assert_string_equal (((WbDeadline *) g_ptr_array_index (due, 0))->record_reference, woo);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_new_target_moves_what_is_to_come_and_nothing_that_was_met),
    with_register (the_old_and_the_new_date_are_logged),
    with_register (a_certain_overrun_becomes_an_allegation),
    with_register (an_overrun_that_is_not_certain_is_refused_and_logged),
    with_register (a_version_of_the_event_widens_the_clock_of_the_person),
    with_register (acts_on_a_clock_leave_their_history),
    with_register (the_law_is_not_extended_by_hand),
    with_register (a_reprisal_makes_urgent),
    with_register (detention_of_the_linked_person_keeps_the_check_recurring),
    with_register (a_departing_choice_of_regime_needs_a_reason),
    with_register (age_and_idle_time_are_counted_and_nothing_is_due),
    with_register (a_reminder_is_no_deadline),
    with_register (what_a_day_asks_comes_from_the_index),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
