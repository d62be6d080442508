/* SPDX-License-Identifier: EUPL-1.2 */

/* What lists show of clocks: what binds by law and the body's own targets, side by side. */
#include "wb-test-register.h"

#include <string.h>

#include "wb-deadline.h"

static WbCaseRow *
row_of (WbTestRegister *self)
{
  const WbCaseQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_register_list_cases (self->reg, &query, 0, 10, &error);

  wb_assert_no_error (error);
  assert_int_equal (rows->len, 1);
  return g_ptr_array_steal_index (rows, 0);
}

/* "2026-11-30T23:00:00Z rule", or "-" where there is none. */
static void
assert_end (WbInstant end, const char *rule, const char *expected)
{
  g_autofree char *instant = end != WB_INSTANT_NONE ? wb_instant_format_seconds (end) : NULL;
  g_autofree char *text =
      instant != NULL ? g_strdup_printf ("%s %s", instant, rule) : g_strdup ("-");

  assert_string_equal (text, expected);
}

static void
assert_row (WbTestRegister *self, const char *next, const char *law, const char *target)
{
  WbCaseRow *row = row_of (self);

  assert_end (row->next_end, row->next_rule, next);
  assert_end (row->law_end, row->law_rule, law);
  assert_end (row->target_end, row->target_rule, target);
  wb_case_row_free (row);
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

/* An own target that was missed long ago stays the first; the law's date shows beside it. */
static void
a_missed_own_target_hides_no_legal_deadline (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *allegation = NULL;

  assert_row (self, "-", "-", "-");
  allegation = wb_test_record (self,
                               "allegation",
                               of,
                               "{\"account\": \"x\", \"received\": \"2026-11-02\","
                               " \"ack_sent\": \"2026-11-03\"}");
  assert_row (self,
              "2026-11-09T23:00:00Z pol.triage.standard",
              "-",
              "2026-11-09T23:00:00Z pol.triage.standard");
  g_free (wb_test_record (self,
                          "breach",
                          of,
                          "{\"what\": \"x\", \"kind\": \"breachkind.lost_device\","
                          " \"known\": \"2026-11-24T08:10\"}"));
  assert_row (self,
              "2026-11-09T23:00:00Z pol.triage.standard",
              "2026-11-27T08:00:00Z gdpr.33",
              "2026-11-09T23:00:00Z pol.triage.standard");
  g_free (wb_test_change (self, allegation, "{\"triaged\": \"2026-11-05\"}"));
  assert_deep (self);
}

/* And the other way round: an authority's limit that was overrun for ever hides no own target. */
static void
an_authoritys_overrun_limit_hides_no_own_target (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person = wb_test_record (self, "person", of, "{\"presented\": \"2026-09-01\"}");
  g_autofree char *allegation = wb_test_record (self,
                                                "allegation",
                                                of,
                                                "{\"account\": \"x\", \"received\": \"2026-11-23\","
                                                " \"ack_sent\": \"2026-11-23\"}");

  assert_row (self,
              "2026-09-08T22:00:00Z auth.scr.ext.7d",
              "2026-09-08T22:00:00Z auth.scr.ext.7d",
              "2026-11-30T23:00:00Z pol.triage.standard");
  g_free (wb_test_change (self, person, "{\"screening_completed\": \"2026-09-05\"}"));
  assert_row (self,
              "2026-11-30T23:00:00Z pol.triage.standard",
              "-",
              "2026-11-30T23:00:00Z pol.triage.standard");
  assert_deep (self);
}

/* Nor a legal deadline of the body itself, though the authority's ended long before. */
static void
an_authoritys_overrun_limit_hides_no_legal_deadline (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");

  g_free (wb_test_record (self, "person", of, "{\"presented\": \"2026-09-01\"}"));
  assert_row (self,
              "2026-09-08T22:00:00Z auth.scr.ext.7d",
              "2026-09-08T22:00:00Z auth.scr.ext.7d",
              "-");
  g_free (wb_test_record (self,
                          "breach",
                          of,
                          "{\"what\": \"x\", \"kind\": \"breachkind.lost_device\","
                          " \"known\": \"2026-11-24T08:10\"}"));
  assert_row (self, "2026-11-27T08:00:00Z gdpr.33", "2026-11-27T08:00:00Z gdpr.33", "-");
  assert_deep (self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_missed_own_target_hides_no_legal_deadline),
    with_register (an_authoritys_overrun_limit_hides_no_own_target),
    with_register (an_authoritys_overrun_limit_hides_no_legal_deadline),
  };

  return cmocka_run_group_tests_name ("clock-lists", tests, NULL, NULL);
}
