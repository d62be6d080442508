/* SPDX-License-Identifier: EUPL-1.2 */

/* Keys for the tests of the store. */
#include "wb-test-keys.h"

#include "wb-test.h"

#define IDENTITY "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"

WbSecret *
wb_test_secret (const char *text)
{
  g_autoptr (GError) error = NULL;
  WbSecret *secret = wb_secret_new_copy (text, strlen (text), &error);

  wb_assert_no_error (error);
  return secret;
}

static WbSecret *
make_key (guint8 byte)
{
  WbSecret *key = wb_secret_new (32, NULL);

  memset (wb_secret_peek_writable (key), byte, 32);
  return key;
}

WbKeyFile *
wb_test_keys (const char *user)
{
  WbKeyFile *keys = g_new0 (WbKeyFile, 1);

  keys->user = g_strdup (user);
  keys->store_key = make_key (0x01);
  keys->seed = make_key (0xa2);
  keys->log_seed = make_key (0xf3);
  keys->identity = wb_test_secret (IDENTITY);
  return keys;
}

void
wb_test_assert_keys (const WbKeyFile *found, const char *user)
{
  g_autoptr (WbKeyFile) expected = wb_test_keys (user);

  assert_string_equal (found->user, user);
  assert_true (wb_secret_equal (found->store_key, expected->store_key));
  assert_true (wb_secret_equal (found->seed, expected->seed));
  assert_true (wb_secret_equal (found->log_seed, expected->log_seed));
  assert_true (wb_secret_equal (found->identity, expected->identity));
}

void
wb_test_flip (const char *path, gsize at)
{
  gsize size;
  g_autofree char *bytes = wb_test_read (path, &size);

  assert_true (at < size);
  bytes[at] ^= 0x01;
  assert_true (
      g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}
