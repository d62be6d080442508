/* SPDX-License-Identifier: EUPL-1.2 */

/* Taking down an allegation with the four answers, and what an urgency asks before it is chosen. */
#include "wb-test-workflow.h"

#include "wb-consent.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-intake.h"

#define IDENTIFIED                                                                                 \
  "{\"target\": \"%s\", \"form\": \"form.signal_identified\", \"allegations\": [\"%s\"], "         \
  "\"identified\": true}"

static WbRecord *
take_down (WbTestRegister *self, const char *case_ref, const char *fields, const char *answers)
{
  g_autoptr (JsonObject) given = wb_test_object (fields);
  g_autoptr (JsonObject) answered = answers != NULL ? wb_test_object (answers) : NULL;
  g_autoptr (GError) error = NULL;
  WbRecord *record = wb_register_take_down (self->reg, NULL, case_ref, given, answered, &error);

  if (error != NULL)
    print_message ("%s\n", error->message);
  assert_non_null (record);
  return record;
}

/* "identity:given share_identified:refused" */
static char *
ledger (WbTestRegister *self, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      wb_register_list_consents (self->reg, reference, wb_clock_now (), &error);
  GString *text = g_string_new (NULL);

  wb_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++) {
    const WbConsentLine *line = g_ptr_array_index (lines, i);

    g_string_append_printf (text,
                            "%s%s%s%s:%s",
                            i > 0 ? " " : "",
                            line->purpose + strlen ("consent."),
                            line->recipient != NULL ? ">" : "",
                            line->recipient != NULL ? line->recipient + strlen ("target.") : "",
                            wb_consent_standing_to_text (line->standing));
  }
  return g_string_free (text, FALSE);
}

static void
nothing_asked_says_nothing (void **state)
{
  g_autoptr (WbRecord) record = take_down (*state, NULL, "{\"account\": \"x\"}", NULL);
  g_autofree char *none = ledger (*state, record->id);
  g_autoptr (WbRecord) other =
      take_down (*state, NULL, "{\"account\": \"x\"}", "{\"answers\": {}}");
  g_autofree char *still = ledger (*state, other->id);

  assert_string_equal (none, "");
  assert_string_equal (still, "");
}

static void
what_was_not_asked_is_neither_yes_nor_no (void **state)
{
  g_autoptr (WbRecord) record =
      take_down (*state, NULL, "{\"account\": \"x\"}", "{\"answers\": {\"record\": \"yes\"}}");
  g_autofree char *text = ledger (*state, record->id);

  assert_string_equal (
      text,
      "record:given identity:not-asked share_identified:not-asked contact:not-asked");
}

static void
with_the_name_a_yes_is_for_each_recipient_named (void **state)
{
  g_autoptr (WbRecord) record =
      take_down (*state,
                 NULL,
                 "{\"account\": \"x\"}",
                 "{\"answers\": {\"record\": \"yes\", \"name\": \"yes\", \"pass\": \"yes\", "
                 "\"contact\": \"no\"}, \"recipients\": [\"target.om\", \"target.ind\"], "
                 "\"language\": \"ara\", \"interpreter\": true, \"capacity\": \"capacity.able\"}");
  g_autofree char *text = ledger (*state, record->id);
  g_autofree char *om = g_strdup_printf (IDENTIFIED, "target.om", record->reference);
  g_autofree char *coa = g_strdup_printf (IDENTIFIED, "target.coa", record->reference);

  assert_string_equal (text,
                       "record:given identity:given share_identified>om:given "
                       "share_identified>ind:given contact:refused");
  assert_string_equal (json_object_get_string_member (record->fields, "language"), "ara");
  g_free (wb_test_record (*state, "referral", record->id, om));
  wb_test_refused_new (*state, "share-consent", "referral", record->id, coa);
}

static void
without_the_name_a_yes_passes_no_name_on (void **state)
{
  g_autoptr (WbRecord) record = take_down (*state,
                                           NULL,
                                           "{\"account\": \"x\"}",
                                           "{\"answers\": {\"name\": \"no\", \"pass\": \"yes\"}, "
                                           "\"recipients\": [\"target.om\"]}");
  g_autofree char *text = ledger (*state, record->id);
  g_autofree char *om = g_strdup_printf (IDENTIFIED, "target.om", record->reference);

  assert_string_equal (text,
                       "record:not-asked identity:refused share_identified:refused "
                       "share_anonymous>om:given contact:not-asked");
  wb_test_refused_new (*state, "share-consent", "referral", record->id, om);
}

static void
silence_in_a_case_leaves_its_earlier_answers (void **state)
{
  g_autoptr (WbRecord) first = take_down (*state,
                                          NULL,
                                          "{\"account\": \"x\"}",
                                          "{\"answers\": {\"name\": \"yes\", \"pass\": \"yes\"}, "
                                          "\"recipients\": [\"target.om\"]}");
  g_autoptr (WbRecord) second = take_down (*state,
                                           first->case_id,
                                           "{\"account\": \"y\"}",
                                           "{\"answers\": {\"contact\": \"yes\"}, "
                                           "\"scope\": \"Alleen via de advocaat\"}");
  g_autofree char *text = ledger (*state, second->id);

  assert_string_equal (text,
                       "record:not-asked identity:given share_identified>om:given "
                       "contact:not-asked contact:given");
}

static guint64
count (WbTestRegister *self)
{
  guint n = 0;

  assert_true (wb_register_count_cases (self->reg, &(WbCaseQuery){ .words = NULL }, &n, NULL));
  return n;
}

static void
an_answer_that_is_refused_takes_the_account_with_it (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) fields = wb_test_object ("{\"account\": \"x\"}");
  g_autoptr (JsonObject) answers =
      wb_test_object ("{\"answers\": {\"record\": \"yes\"}, \"capacity\": \"capacity.minor\"}");
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_take_down (self->reg, NULL, NULL, fields, answers, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_int_equal (count (self), 0);
  json_object_set_string_member (answers, "text_version", "kind-1");
  g_clear_error (&error);
  wb_record_free (wb_register_take_down (self->reg, NULL, NULL, fields, answers, &error));
  wb_assert_no_error (error);
  assert_int_equal (count (self), 1);
}

static void
assert_limit (WbTestRegister *self,
              const char *json,
              const char *urgency,
              gboolean raised,
              int length,
              const char *end)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbUrgencyLimit) limit = wb_register_foresee_urgency (self->reg, fields, &error);
  g_autofree char *last = NULL;

  wb_assert_no_error (error);
  assert_non_null (limit);
  last = wb_format_instant (limit->end, wb_register_get_zone (self->reg), WB_LANGUAGE_EN);
  assert_string_equal (limit->urgency != NULL ? limit->urgency : "", urgency);
  assert_int_equal (limit->raised, raised);
  assert_int_equal (limit->period.length, length);
  assert_string_equal (last, end);
}

static void
an_urgency_tells_its_hours_before_it_is_recorded (void **state)
{
  WbTestRegister *self = *state;

  assert_limit (self,
                "{\"urgency\": \"urgency.urgent\"}",
                "urgency.urgent",
                FALSE,
                24,
                "Wed 25 Nov 2026 10:00");
  assert_limit (self,
                "{\"urgency\": \"urgency.critical\", \"received\": \"2026-11-24T08:15+01:00\"}",
                "urgency.critical",
                FALSE,
                4,
                "Tue 24 Nov 2026 12:15");
  assert_limit (self, "{}", "", FALSE, 5, "Wed 2 Dec 2026 00:00");
  assert_int_equal (count (self), 0);
}

static void
reasons_demand_their_urgency_and_own_targets_count (void **state)
{
  WbTestRegister *self = *state;

  assert_limit (self,
                "{\"urgency\": \"urgency.low\", \"urgency_reasons\": [\"urgreason.life\"]}",
                "urgency.critical",
                TRUE,
                4,
                "Tue 24 Nov 2026 14:00");
  g_free (wb_test_record (self,
                          "target",
                          NULL,
                          "{\"rule\": \"pol.triage.urgent\", \"length\": 12, \"unit\": \"h\"}"));
  assert_limit (self,
                "{\"urgency\": \"urgency.urgent\"}",
                "urgency.urgent",
                FALSE,
                12,
                "Tue 24 Nov 2026 22:00");
}

static void
an_own_target_that_ended_holds_no_more (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *target =
      wb_test_record (self,
                      "target",
                      NULL,
                      "{\"rule\": \"pol.triage.urgent\", \"length\": 12, \"unit\": \"h\"}");

  g_free (wb_test_change (self, target, "{\"until\": \"2026-11-24\"}"));
  assert_limit (self,
                "{\"urgency\": \"urgency.urgent\"}",
                "urgency.urgent",
                FALSE,
                12,
                "Tue 24 Nov 2026 22:00");
  g_free (wb_test_change (self, target, "{\"until\": \"2026-11-23\"}"));
  assert_limit (self,
                "{\"urgency\": \"urgency.urgent\"}",
                "urgency.urgent",
                FALSE,
                24,
                "Wed 25 Nov 2026 10:00");
}

static void
a_day_off_that_was_withdrawn_is_a_working_day (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *day =
      wb_test_record (self,
                      "holiday",
                      NULL,
                      "{\"date\": \"2026-11-26\", \"label_nl\": \"Brugdag\", \"label_en\": "
                      "\"Bridge day\", \"calendar\": \"calendar.nl_atw\"}");

  assert_limit (self, "{}", "", FALSE, 5, "Thu 3 Dec 2026 00:00");
  g_free (wb_test_change (self, day, "{\"withdrawn\": \"2026-11-24\"}"));
  assert_limit (self, "{}", "", FALSE, 5, "Wed 2 Dec 2026 00:00");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (nothing_asked_says_nothing),
    with_register (what_was_not_asked_is_neither_yes_nor_no),
    with_register (with_the_name_a_yes_is_for_each_recipient_named),
    with_register (without_the_name_a_yes_passes_no_name_on),
    with_register (silence_in_a_case_leaves_its_earlier_answers),
    with_register (an_answer_that_is_refused_takes_the_account_with_it),
    with_register (an_urgency_tells_its_hours_before_it_is_recorded),
    with_register (reasons_demand_their_urgency_and_own_targets_count),
    with_register (an_own_target_that_ended_holds_no_more),
    with_register (a_day_off_that_was_withdrawn_is_a_working_day),
  };

  return cmocka_run_group_tests_name ("intake", tests, NULL, NULL);
}
