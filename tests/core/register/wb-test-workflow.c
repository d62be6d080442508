/* SPDX-License-Identifier: EUPL-1.2 */

/* Two users and what rules refuse them. */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-decision.h"
#include "wb-error.h"

void
wb_test_add_user (WbTestRegister *self, const char *name)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  wb_register_add_user (self->reg, name, passphrase, &error);
  wb_assert_no_error (error);
}

int
wb_test_workflow_setup (void **state)
{
  wb_test_register_setup (state);
  wb_test_add_user (*state, "lezer");
  return 0;
}

void
wb_test_open_as (WbTestRegister *self, const char *user)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reg, wb_register_close);
  self->reg = wb_register_open (self->path, user, passphrase, &error);
  wb_assert_no_error (error);
}

void
wb_test_refused (WbTestRegister *self,
                 const char *rule,
                 const char *type,
                 const char *reference,
                 const char *json,
                 const char *reason)
{
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autofree char *named = g_strdup_printf ("rule %s)", rule);
  g_autofree char *based = g_strdup_printf ("rule %s, ", rule);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (WbRecord) record =
      type != NULL ? wb_register_record (self->reg, type, NULL, reference, fields, reason, &error)
                   : wb_register_change (self->reg, reference, fields, reason, &error);

  if (record != NULL)
    fail_msg ("not refused by %s: %s", rule, json);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  if (strstr (error->message, named) == NULL && strstr (error->message, based) == NULL)
    fail_msg ("not by %s: %s", rule, error->message);
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
  log = wb_register_list_log (self->reg, NULL, before, 1, NULL);
  assert_string_equal (((const WbLogRow *) g_ptr_array_index (log, 0))->event, "refused");
}

char *
wb_test_decided (WbTestRegister *self, const char *case_ref, const char *json)
{
  g_autofree char *reference = wb_test_record (self, "decision", case_ref, json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = NULL;

  wb_test_open_as (self, "lezer");
  record = wb_register_decide (self->reg, reference, TRUE, "Eens.", &error);
  wb_assert_no_error (error);
  wb_test_open_as (self, "anna");
  return g_steal_pointer (&reference);
}

void
wb_test_sound (WbTestRegister *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = wb_verification_to_text (result);
  if (!wb_verification_is_good (result))
    fail_msg ("%s", text);
}
