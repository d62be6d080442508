/* SPDX-License-Identifier: EUPL-1.2 */

/* Referrals that stand still, through the program. */
#include "wb-test-ctl.h"

#include <string.h>

static void
record (WbTestCtl *self, const char *type, const char *json, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbRecord) made = NULL;
  gboolean opens = g_str_equal (type, "allegation");

  wb_test_now (now);
  reg = wb_register_open (self->path, "anna", passphrase, &error);
  wb_assert_no_error (error);
  made = wb_register_record (reg,
                             type,
                             NULL,
                             opens ? NULL : "NL-TEST-2026-0001",
                             fields,
                             NULL,
                             &error);
  wb_assert_no_error (error);
}

static void
referrals_that_stand_still_are_listed_and_shown (void **state)
{
  WbTestCtl *self = *state;
  const char *reference = "NL-TEST-2026-0001/R-1";

  record (self, "allegation", "{\"account\": \"x\"}", "2026-11-24T09:00:00Z");
  record (self,
          "referral",
          "{\"target\": \"target.ind\", \"form\": \"form.signal\", \"sent\": \"2026-11-24\"}",
          "2026-11-24T10:00:00Z");
  record (self,
          "followup",
          "{\"referral\": \"NL-TEST-2026-0001/R-1\", \"kind\": \"followkind.asked\", \"when\":"
          " \"2026-12-20\"}",
          "2026-12-20T09:00:00Z");
  for (int late = 0; late < 2; late++) {
    const char *now = late ? "2027-01-20T09:00:00Z" : "2027-01-19T09:00:00Z";

    wb_test_ctl_run (self, "list", self->path, "--stagnant", "--json", "--now", now, NULL);
    assert_int_equal (strstr (self->out, reference) != NULL, late);
    assert_int_equal (strstr (self->out, "\"asked\" : \"2026-12-20\"") != NULL, late);
    wb_test_ctl_run (self, "list", self->path, "--stagnant", "--now", now, NULL);
    assert_int_equal (strstr (self->out, "progress asked on") != NULL, late);
    assert_int_equal (strstr (self->out, "No referral stands still.") != NULL, !late);
    wb_test_ctl_run (self, "show", self->path, reference, "--json", "--now", now, NULL);
    assert_non_null (strstr (self->out, late ? "\"stagnant\" : true" : "\"stagnant\" : false"));
  }
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--stagnant", "--words", "x", NULL),
                    2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (referrals_that_stand_still_are_listed_and_shown),
  };

  return cmocka_run_group_tests_name ("stagnant", tests, NULL, NULL);
}
