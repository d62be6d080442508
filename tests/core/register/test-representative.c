/* SPDX-License-Identifier: EUPL-1.2 */

/* A decision to act for a child without a representative counts for as long as there is none
 * (OB-22): once one was appointed, that person decides along. */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-consent.h"
#include "wb-decision.h"
#include "wb-error.h"

#define CASE "NL-TEST-2026-0001"
#define A CASE "/A-1"
#define P CASE "/P-1"
#define RULE "still-without-representative"
#define DECISION                                                                                   \
  "{\"kind\": \"decisionkind.child_no_representative\", \"about\": [\"" A "\", \"" P               \
  "\"], \"recipient\": \"target.nidos\", \"choice\": \"decisionchoice.do\","                       \
  " \"ground\": \"Veiligheid.\", \"best_interests\": \"Weg van volwassenen.\"}"
#define OVERRIDE                                                                                   \
  "{\"person\": \"" P "\", \"purpose\": \"consent.share_identified\","                             \
  " \"state\": \"consentstate.override\", \"recipient\": \"target.nidos\"}"
#define REFERRAL                                                                                   \
  "{\"target\": \"target.nidos\", \"form\": \"form.signal_identified\", \"identified\": true, "    \
  "\"allegations\": [\"" A "\"]%s}"
#define APPOINTED "{\"representative_appointed\": \"2026-11-24\"}"

static void
record_child (WbTestRegister *self)
{
  g_free (wb_test_record (self, "case", NULL, "{\"title\": \"Fictief\"}"));
  g_free (wb_test_record (self,
                          "person",
                          CASE,
                          "{\"pseudonym\": \"P\", \"minor\": true, \"unaccompanied\": true}"));
  g_free (wb_test_record (self, "allegation", CASE, "{\"account\": \"x\", \"person\": \"" P "\"}"));
}

static WbConsentStanding
stands (WbTestRegister *self)
{
  g_autoptr (GPtrArray) lines = wb_register_list_consents (self->reg, CASE, wb_clock_now (), NULL);

  return ((WbConsentLine *) g_ptr_array_index (lines, 0))->standing;
}

static void
a_decision_for_a_child_alone_ends_with_its_representative (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;
  g_autofree char *relying = NULL;

  record_child (self);
  decision = wb_test_decided (self, CASE, DECISION);
  relying = g_strdup_printf (REFERRAL, ", \"override\": \"" CASE "/D-1\"");
  g_free (wb_test_record (self, "referral", CASE, relying));
  g_free (wb_test_change (self, P, APPOINTED));
  wb_test_refused_new (self, RULE, "referral", CASE, relying);
  wb_test_refused_new (self, RULE, "consent", CASE, OVERRIDE);
  wb_test_sound (self);
}

/* What was recorded under it gives no name away any more; the representative's own yes does. */
static void
use_without_consent_ends_with_the_representative_whose_yes_counts (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *referral = g_strdup_printf (REFERRAL, "");
  g_autofree char *decision = NULL;

  record_child (self);
  decision = wb_test_decided (self, CASE, DECISION);
  g_free (wb_test_record (self, "consent", CASE, OVERRIDE));
  g_free (wb_test_record (self, "referral", CASE, referral));
  assert_int_equal (stands (self), WB_CONSENT_OVERRIDDEN);
  g_free (wb_test_change (self, P, APPOINTED));
  assert_int_equal (stands (self), WB_CONSENT_EXPIRED);
  wb_test_refused_new (self, "share-consent", "referral", CASE, referral);
  g_free (wb_test_record (self,
                          "consent",
                          CASE,
                          "{\"person\": \"" P "\", \"purpose\": \"consent.share_identified\","
                          " \"state\": \"consentstate.by_representative\","
                          " \"by_representative\": true, \"recipient\": \"target.nidos\"}"));
  g_free (wb_test_record (self, "referral", CASE, referral));
  wb_test_sound (self);
}

static void
nobody_decides_for_a_child_that_has_a_representative (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) decided = NULL;

  record_child (self);
  g_free (wb_test_record (self, "decision", CASE, DECISION));
  g_free (wb_test_change (self, P, APPOINTED));
  wb_test_open_as (self, "lezer");
  decided = wb_register_decide (self->reg, CASE "/D-1", TRUE, "Eens.", &error);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, RULE));
  wb_test_open_as (self, "anna");
  wb_test_refused_new (self, RULE, "decision", CASE, DECISION);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (a_decision_for_a_child_alone_ends_with_its_representative),
    with_workflow (use_without_consent_ends_with_the_representative_whose_yes_counts),
    with_workflow (nobody_decides_for_a_child_that_has_a_representative),
  };

  return cmocka_run_group_tests_name ("representative", tests, NULL, NULL);
}
