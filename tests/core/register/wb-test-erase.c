/* SPDX-License-Identifier: EUPL-1.2 */

/* What tests of erasure share: looking into the store, and verifying what is left. */
#include "wb-test-erase.h"

#include <string.h>

#include "wb-key-file.h"
#include "wb-test-pages.h"
#include "wb-test-vfs.h"

static WbSecret *
load_key (WbTestRegister *self)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  WbKeyFile *keys = wb_key_file_load (self->path, "anna", passphrase, &error);
  WbSecret *key;

  wb_assert_no_error (error);
  key = wb_secret_ref (keys->store_key);
  wb_key_file_free (keys);
  return key;
}

guint
wb_test_count_in_store (WbTestRegister *self, const char *canary)
{
  g_autoptr (WbSecret) key = load_key (self);
  g_autofree char *store = g_build_filename (self->path, "store.db", NULL);

  return wb_test_pages_count (store, key, canary);
}

void
wb_test_assert_sound (WbTestRegister *self, guint64 erased, guint64 acts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = wb_verification_to_text (result);
  if (!wb_verification_is_good (result))
    fail_msg ("%s", text);
  assert_int_equal (wb_verification_get_count (result, "erased"), erased);
  assert_int_equal (wb_verification_get_count (result, "erasures"), acts);
}

void
wb_test_run_sql (WbTestRegister *self, const char *sql)
{
  g_autoptr (WbSecret) key = load_key (self);
  g_autofree char *store = g_build_filename (self->path, "store.db", NULL);
  g_autoptr (GString) keyed = g_string_new ("PRAGMA key = \"x'");
  const guint8 *raw = wb_secret_peek (key, NULL);

  g_clear_pointer (&self->reg, wb_register_close);
  for (guint i = 0; i < 32; i++)
    g_string_append_printf (keyed, "%02x", raw[i]);
  g_string_append_printf (keyed, "'\"; %s", sql);
  wb_test_sql (store, keyed->str);
}

void
wb_test_assert_found (WbTestRegister *self, WbDepth depth, const char *part)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result = wb_register_verify_path (self->path,
                                                               "anna",
                                                               passphrase,
                                                               depth,
                                                               NULL,
                                                               NULL,
                                                               NULL,
                                                               NULL,
                                                               &error);
  GPtrArray *findings;
  gboolean found = FALSE;

  wb_assert_no_error (error);
  assert_false (wb_verification_is_good (result));
  findings = wb_verification_get_findings (result);
  for (guint i = 0; i < findings->len; i++)
    found |= g_str_equal (((const WbFinding *) g_ptr_array_index (findings, i))->part, part);
  assert_true (found);
}
