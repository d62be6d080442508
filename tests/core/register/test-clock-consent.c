/* SPDX-License-Identifier: EUPL-1.2 */

/* A source is told of progress only where it wants contact and can be reached safely (OB-17,
 * OB-21), and that clock follows each answer. */
#include "wb-test-register.h"

#include <string.h>

#include "wb-deadline.h"

#define RULE "pol.source.update"

/* "due state" of each of the rule, oldest last. */
static void
assert_updates (WbTestRegister *self, const char *reference, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  wb_assert_no_error (error);
  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (strcmp (deadline->clock->rule, RULE) == 0)
      g_string_append_printf (text,
                              "%s %s%s\n",
                              deadline->clock->due,
                              wb_clock_state_to_text (deadline->state),
                              deadline->in_planning ? "" : " unplanned");
  }
  assert_string_equal (text->str, expected);
}

/* In the list of what is due. */
static void
assert_listed (WbTestRegister *self, const char *reference, gboolean listed)
{
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), TRUE, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < deadlines->len; i++)
    found =
        found || strcmp (((WbDeadline *) g_ptr_array_index (deadlines, i))->clock->rule, RULE) == 0;
  assert_int_equal (found, listed);
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
ask (WbTestRegister *self, const char *of, const char *person, const char *answer)
{
  g_autofree char *json = g_strdup_printf ("{\"person\": \"%s\", \"purpose\": \"consent.contact\", "
                                           "\"given_on\": \"2026-11-24\", %s}",
                                           person,
                                           answer);

  return wb_test_record (self, "consent", of, json);
}

static void
a_source_is_updated_only_with_consent_and_a_safe_channel (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person = wb_test_record (self, "person", of, "{\"role\": \"role.witness\"}");
  g_autofree char *json = g_strdup_printf ("{\"account\": \"x\", \"received\": \"2026-11-23\","
                                           " \"source\": \"source.witness\","
                                           " \"source_person\": \"%s\"}",
                                           person);
  g_autofree char *allegation = wb_test_record (self, "allegation", of, json);
  g_autofree char *consent = NULL;

  assert_updates (self, of, "");
  consent = ask (self, of, person, "\"state\": \"consentstate.given\"");
  assert_updates (self, of, "");
  g_free (wb_test_change (self, person, "{\"safe_contact\": \"Alleen via de advocaat.\"}"));
  assert_updates (self, of, "2027-02-23 running\n");
  g_free (wb_test_change (self,
                          consent,
                          "{\"state\": \"consentstate.withdrawn\", \"withdrawn_on\": "
                          "\"2026-11-24\"}"));
  assert_updates (self, of, "2027-02-23 cancelled unplanned\n");
  g_free (ask (self, of, person, "\"state\": \"consentstate.given\", \"expires\": \"2026-12-24\""));
  assert_updates (self, of, "2027-02-23 running\n");
  assert_deep (self);
  assert_listed (self, of, TRUE);
  wb_test_now ("2026-12-25T09:00:00Z");
  assert_updates (self, of, "2027-02-23 cancelled\n");
  assert_listed (self, of, FALSE);
  assert_deep (self);
}

static void
a_refusal_that_came_later_counts (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");
  g_autofree char *person =
      wb_test_record (self, "person", of, "{\"safe_contact\": \"Dinsdag na vier uur.\"}");
  g_autofree char *json = g_strdup_printf ("{\"account\": \"x\", \"received\": \"2026-11-23\","
                                           " \"source\": \"source.person\", \"person\": \"%s\"}",
                                           person);

  g_free (wb_test_record (self, "allegation", of, json));
  assert_updates (self, of, "");
  g_free (ask (self, of, person, "\"state\": \"consentstate.given\""));
  assert_updates (self, of, "2027-02-23 running\n");
  g_free (ask (self, of, person, "\"state\": \"consentstate.refused\""));
  assert_updates (self, of, "2027-02-23 cancelled unplanned\n");
  assert_deep (self);
}

/* Who writes in by office was never asked for consent, and need not be. */
static void
an_organisation_is_updated_by_its_office (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"x\"}");

  g_free (wb_test_record (self,
                          "allegation",
                          of,
                          "{\"account\": \"x\", \"received\": \"2026-11-23\","
                          " \"source\": \"source.ngo\"}"));
  g_free (wb_test_record (self,
                          "allegation",
                          of,
                          "{\"account\": \"x\", \"received\": \"2026-11-20\","
                          " \"source\": \"source.family\"}"));
  assert_updates (self, of, "2027-02-23 running\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_source_is_updated_only_with_consent_and_a_safe_channel),
    with_register (a_refusal_that_came_later_counts),
    with_register (an_organisation_is_updated_by_its_office),
  };

  return cmocka_run_group_tests_name ("clock-consent", tests, NULL, NULL);
}
