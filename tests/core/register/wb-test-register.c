/* SPDX-License-Identifier: EUPL-1.2 */

/* A register for tests: the real one, with a low work factor for its key file. */
#include "wb-test-register.h"

#include <string.h>

WbSecret *
wb_test_secret (const char *text)
{
  g_autoptr (GError) error = NULL;
  WbSecret *secret;

  wb_secret_memory_init (&error);
  wb_assert_no_error (error);
  secret = wb_secret_new_copy (text, strlen (text), &error);
  wb_assert_no_error (error);
  return secret;
}

JsonObject *
wb_test_object (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  wb_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

void
wb_test_now (const char *instant)
{
  WbInstant now;

  assert_true (wb_instant_parse (instant, &now, NULL));
  wb_clock_set (now);
}

int
wb_test_register_setup (void **state)
{
  return wb_test_register_setup_at (state, WB_TEST_NOW);
}

int
wb_test_register_setup_at (void **state, const char *now)
{
  WbTestRegister *self = g_new0 (WbTestRegister, 1);
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  WbRegisterSetup setup = { "Inspectie Fictief", "NL-TEST", NULL, NULL, "anna",
                            passphrase,          NULL,      TRUE };
  g_autoptr (GError) error = NULL;

  wb_key_file_set_work_factor (8);
  wb_test_now (now);
  wb_test_folder_setup ((void **) &self->folder);
  self->path = g_build_filename (self->folder, "test.waarborg", NULL);
  self->reg = wb_register_create (self->path, &setup, &error);
  wb_assert_no_error (error);
  *state = self;
  return 0;
}

int
wb_test_register_teardown (void **state)
{
  WbTestRegister *self = *state;
  gpointer folder = self->folder;

  wb_register_close (self->reg);
  wb_test_folder_teardown (&folder);
  g_free (self->path);
  g_free (self);
  return 0;
}

void
wb_test_register_reopen (WbTestRegister *self)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reg, wb_register_close);
  self->reg = wb_register_open (self->path, "anna", passphrase, &error);
  wb_assert_no_error (error);
}

char *
wb_test_record (WbTestRegister *self, const char *type, const char *case_ref, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_record (self->reg, type, NULL, case_ref, fields, NULL, &error);

  wb_assert_no_error (error);
  return g_strdup (record->reference);
}

char *
wb_test_change (WbTestRegister *self, const char *reference, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_register_change (self->reg, reference, fields, NULL, &error);

  wb_assert_no_error (error);
  return g_strdup (record->reference);
}

/* From status to status, with a reason. */
void
wb_test_move (WbTestRegister *self, const char *case_ref, const char *status)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = NULL;

  json_object_set_string_member (fields, "status", status);
  record = wb_register_change (self->reg, case_ref, fields, "test", &error);
  wb_assert_no_error (error);
}
