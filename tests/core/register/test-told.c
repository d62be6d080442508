/* SPDX-License-Identifier: EUPL-1.2 */

/* What a person is told who asks: whom a refusal is about, which rule refused, which records stand
 * behind a number, whose deadlines these are. */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-error.h"
#include "wb-figure-table.h"
#include "wb-figures.h"

#define CASE "NL-TEST-2026-0001"
#define A CASE "/A-1"

static char *
refused (WbTestRegister *self, const char *type, const char *of, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_record (self->reg, type, NULL, of, fields, NULL, &error);

  assert_null (record);
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_REFUSED));
  return g_strdup (error->message);
}

static void
record_two_persons (WbTestRegister *self)
{
  g_free (wb_test_record (self, "case", NULL, "{\"title\": \"Gang B\"}"));
  g_free (wb_test_record (self, "person", CASE, "{\"role\": \"role.concerned\"}"));
  g_free (wb_test_record (self, "person", CASE, "{\"role\": \"role.witness\"}"));
  g_free (wb_test_record (
      self,
      "allegation",
      CASE,
      "{\"account\": \"x\", \"received\": \"2026-11-20\", \"when\": "
      "\"2026-11-18\", \"stages\": [\"stage.border.detention\"], \"person\": \"" CASE
      "/P-1\", \"persons\": [\"" CASE "/P-2\"]}"));
  g_free (wb_test_record (self,
                          "consent",
                          CASE,
                          "{\"person\": \"" CASE "/P-1\", \"purpose\": "
                          "\"consent.share_identified\", \"state\": \"consentstate.given\", "
                          "\"recipient\": \"target.om\", \"given_on\": \"2026-11-22\"}"));
}

static void
a_refusal_names_the_person_whose_consent_lacks (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *message = NULL;

  record_two_persons (self);
  message = refused (self,
                     "referral",
                     CASE,
                     "{\"target\": \"target.om\", \"form\": \"form.signal_identified\"}");
  assert_non_null (strstr (message, "share-consent"));
  assert_non_null (strstr (message, CASE "/P-2"));
  assert_null (strstr (message, CASE "/P-1"));
}

static void
a_recipient_who_is_not_on_the_list_is_named (void **state)
{
  WbTestRegister *self = *state;
  const char *signal = "{\"target\": \"target.other\", \"form\": \"form.signal\"}";
  g_autofree char *message = NULL;

  record_two_persons (self);
  message = refused (self, "referral", CASE, signal);
  assert_non_null (strstr (message, "recipient-named"));
  g_free (wb_test_record (self,
                          "referral",
                          CASE,
                          "{\"target\": \"target.other\", \"form\": \"form.signal\", "
                          "\"target_name\": \"Havenbedrijf\"}"));
}

static void
the_log_tells_which_rule_refused (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) rows = NULL;
  const WbLogRow *last;
  g_autofree char *words = NULL;

  record_two_persons (self);
  wb_test_refused_new (self,
                       "assessment-reason",
                       "assessment",
                       CASE,
                       "{\"allegation\": \"" A "\", \"result\": \"subst.partly\"}");
  rows = wb_register_list_log (self->reg, CASE, 0, 100, NULL);
  last = g_ptr_array_index (rows, rows->len - 1);
  assert_string_equal (last->event, "refused");
  assert_string_equal (last->rule, "assessment-reason");
  words = wb_log_row_to_words (last,
                               wb_register_get_model (self->reg),
                               wb_register_get_zone (self->reg),
                               WB_LANGUAGE_EN);
  assert_non_null (strstr (words, "refused (rule assessment-reason)"));
  assert_null (((const WbLogRow *) g_ptr_array_index (rows, 0))->rule);
}

static void
only_own_targets_get_another_length (void **state)
{
  WbTestRegister *self = *state;

  wb_test_refused_new (self,
                       "target.own",
                       "target",
                       NULL,
                       "{\"rule\": \"awb.9_11_1.six\", \"length\": 1}");
  wb_test_refused_new (self,
                       "target.own",
                       "target",
                       NULL,
                       "{\"rule\": \"pol.none\", \"length\": 1}");
  g_free (wb_test_record (self, "target", NULL, "{\"rule\": \"pol.ack\", \"length\": 3}"));
  g_free (
      wb_test_record (self, "target", NULL, "{\"rule\": \"open.undue_delay\", \"length\": 45}"));
}

static void
deadlines_of_a_record_are_its_own (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) of_case = NULL;
  g_autoptr (GPtrArray) of_record = NULL;

  record_two_persons (self);
  of_case = wb_register_list_deadlines (self->reg, CASE, wb_clock_now (), FALSE, NULL);
  of_record = wb_register_list_deadlines (self->reg, CASE "/C-1", wb_clock_now (), FALSE, NULL);
  assert_true (of_record->len > 0 && of_record->len < of_case->len);
  for (guint i = 0; i < of_record->len; i++)
    assert_string_equal (((const WbDeadline *) g_ptr_array_index (of_record, i))->record_reference,
                         CASE "/C-1");
}

static guint
count_behind (WbTestRegister *self, const char *by, const char *code, GError **error)
{
  const WbFigureScope scope = { .from = { 2026, 1, 1 },
                                .to = { 2026, 12, 31 },
                                .as_of = WB_INSTANT_NONE };
  const char *const names[] = { by, NULL }, *const codes[] = { code, NULL };
  g_autoptr (GPtrArray) list = wb_register_list_behind (self->reg, &scope, names, codes, error);

  return list != NULL ? list->len : G_MAXUINT;
}

static void
every_cell_has_its_records_and_a_wrong_code_is_refused (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;

  record_two_persons (self);
  g_free (wb_test_record (self,
                          "allegation",
                          CASE,
                          "{\"account\": \"y\", \"received\": \"2026-11-20\"}"));
  assert_int_equal (count_behind (self, "stage", "stage.border.detention", &error), 1);
  assert_int_equal (count_behind (self, "stage", "stage.removal", &error), 0);
  assert_int_equal (count_behind (self, "stage", "*", &error), 2);
  wb_assert_no_error (error);
  assert_int_equal (count_behind (self, "stage", "right.charter.4", &error), G_MAXUINT);
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_INVALID));
}

static void
what_is_no_place_was_not_missed_and_csv_says_what_is_hidden (void **state)
{
  WbTestRegister *self = *state;
  const WbFigureScope scope = { .from = { 2026, 1, 1 },
                                .to = { 2026, 12, 31 },
                                .as_of = WB_INSTANT_NONE,
                                .is_public = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *csv = NULL;

  record_two_persons (self);
  report = wb_register_report_figures (self->reg, &scope, &error);
  wb_assert_no_error (error);
  csv = wb_figure_report_to_csv (report, WB_CSV_EXACT, WB_LANGUAGE_EN);
  assert_non_null (strstr (csv, "totals,case,Cases,n,Number,,yes"));
  assert_non_null (strstr (csv, "totals,woo,Access-to-information requests,n,Number,0,no"));
  assert_non_null (strstr (csv, "unseen.sites,site.zeist.ggv,"));
  assert_null (strstr (csv, "unseen.sites,site.unknown,"));
  assert_null (strstr (csv, "unseen.stages,stage.unknown,"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (a_refusal_names_the_person_whose_consent_lacks),
    with_workflow (a_recipient_who_is_not_on_the_list_is_named),
    with_workflow (the_log_tells_which_rule_refused),
    with_workflow (only_own_targets_get_another_length),
    with_workflow (deadlines_of_a_record_are_its_own),
    with_workflow (every_cell_has_its_records_and_a_wrong_code_is_refused),
    with_workflow (what_is_no_place_was_not_missed_and_csv_says_what_is_hidden),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
