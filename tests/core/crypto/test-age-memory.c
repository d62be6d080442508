/* SPDX-License-Identifier: EUPL-1.2 */

/* When a file was opened or written, no key and no passphrase is left anywhere in the process. */
#include <string.h>

#include "wb-age.h"
#include "wb-bech32-private.h"
#include "wb-digest.h"
#include "wb-kdf.h"
#include "wb-test.h"

/* What is looked for, as complements: the test itself must not hold it. */
typedef struct {
  guint8 masked[6][32];
  guint n;
} Watched;

static void
watch (Watched *watched, const guint8 bytes[32])
{
  for (guint i = 0; i < 32; i++)
    watched->masked[watched->n][i] = bytes[i] ^ 0xff;
  watched->n++;
}

/* As numbers hold it: the highest byte first. */
static void
watch_reversed (Watched *watched, const guint8 bytes[32])
{
  for (guint i = 0; i < 32; i++)
    watched->masked[watched->n][i] = bytes[31 - i] ^ 0xff;
  watched->n++;
}

/* What calls before have left on the stack is overwritten. */
static __attribute__ ((noinline)) void
burn_stack (void)
{
  volatile guint8 burnt[65536];

  for (gsize i = 0; i < sizeof burnt; i++)
    burnt[i] = 0;
}

static void
assert_nothing_left (const Watched *watched)
{
  for (guint i = 0; i < watched->n; i++)
    if (wb_test_memory_holds (watched->masked[i], 32))
      fail_msg ("number %u of what is secret is still there", i);
}

static WbSecret *
make_random (gsize size)
{
  WbSecret *secret = wb_secret_new (size, NULL);

  wb_random_bytes (wb_secret_peek_writable (secret), size);
  return secret;
}

static void
x25519_leaves_nothing (void **state)
{
  WbSecret *scalar = make_random (32);
  WbSecret *shared = wb_secret_new (32, NULL);
  Watched watched = { .n = 0 };
  guint8 public[32];
  guint8 point[32] = { 9 };

  /* As X25519 uses it: clamped already, or two forms would have to be looked for. */
  wb_secret_peek_writable (scalar)[0] &= 0xf8;
  wb_secret_peek_writable (scalar)[31] &= 0x7f;
  wb_secret_peek_writable (scalar)[31] |= 0x40;
  watch (&watched, wb_secret_peek (scalar, NULL));
  watch_reversed (&watched, wb_secret_peek (scalar, NULL));
  burn_stack ();
  assert_true (wb_test_memory_holds (watched.masked[0], 32));
  assert_true (wb_x25519_base (wb_secret_peek (scalar, NULL), public, NULL));
  point[1] = 1;
  assert_true (
      wb_x25519 (wb_secret_peek (scalar, NULL), point, wb_secret_peek_writable (shared), NULL));
  watch (&watched, wb_secret_peek (shared, NULL));
  watch_reversed (&watched, wb_secret_peek (shared, NULL));
  wb_secret_unref (scalar);
  wb_secret_unref (shared);
  assert_nothing_left (&watched);
}

static void
hkdf_and_hmac_leave_nothing (void **state)
{
  WbSecret *key = make_random (32);
  WbSecret *derived = wb_secret_new (64, NULL);
  Watched watched = { .n = 0 };
  guint8 tag[32];

  watch (&watched, wb_secret_peek (key, NULL));
  assert_true (wb_hmac_sha256 (wb_secret_peek (key, NULL), 32, "data", 4, tag, NULL));
  assert_true (wb_hkdf_sha256 (wb_secret_peek (key, NULL),
                               32,
                               NULL,
                               0,
                               "info",
                               4,
                               wb_secret_peek_writable (derived),
                               64,
                               NULL));
  watch (&watched, wb_secret_peek (derived, NULL));
  watch (&watched, wb_secret_peek (derived, NULL) + 32);
  wb_secret_unref (key);
  wb_secret_unref (derived);
  assert_nothing_left (&watched);
}

static void
the_cipher_leaves_no_key_and_no_plaintext (void **state)
{
  static const guint8 nonce[12];
  WbSecret *key = make_random (32);
  WbSecret *plain = make_random (4096);
  WbSecret *back = wb_secret_new (4096, NULL);
  Watched watched = { .n = 0 };
  g_autofree guint8 *sealed = g_malloc (4096 + WB_AEAD_TAG_SIZE);

  watch (&watched, wb_secret_peek (key, NULL));
  watch (&watched, wb_secret_peek (plain, NULL));
  watch (&watched, wb_secret_peek (plain, NULL) + 4064);
  assert_true (wb_aead_seal (wb_secret_peek (key, NULL),
                             nonce,
                             NULL,
                             0,
                             wb_secret_peek (plain, NULL),
                             4096,
                             sealed,
                             NULL));
  assert_true (wb_aead_open (wb_secret_peek (key, NULL),
                             nonce,
                             NULL,
                             0,
                             sealed,
                             4096 + WB_AEAD_TAG_SIZE,
                             wb_secret_peek_writable (back),
                             NULL));
  wb_secret_unref (key);
  wb_secret_unref (plain);
  wb_secret_unref (back);
  assert_nothing_left (&watched);
}

/* Short ones are a key of HMAC as they are, long ones by their hash. */
static void
a_passphrase_leaves_nothing (void **state)
{
  static const gsize lengths[] = { 40, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    WbSecret *passphrase = make_random (lengths[i]);
    Watched watched = { .n = 0 };
    WbSecret *back;
    GBytes *file;

    watch (&watched, wb_secret_peek (passphrase, NULL));
    file = wb_age_encrypt_bytes ("x", 1, NULL, passphrase, 4, NULL);
    back = wb_age_decrypt_bytes (g_bytes_get_data (file, NULL),
                                 g_bytes_get_size (file),
                                 NULL,
                                 passphrase,
                                 1,
                                 NULL);
    assert_non_null (back);
    wb_secret_unref (back);
    wb_secret_unref (passphrase);
    g_bytes_unref (file);
    assert_nothing_left (&watched);
  }
}

static void
scrypt_leaves_no_derived_key (void **state)
{
  WbSecret *passphrase = make_random (40);
  WbSecret *derived = wb_secret_new (32, NULL);
  Watched watched = { .n = 0 };

  assert_true (wb_scrypt (wb_secret_peek (passphrase, NULL),
                          40,
                          "salt",
                          4,
                          4,
                          8,
                          1,
                          wb_secret_peek_writable (derived),
                          32,
                          NULL));
  watch (&watched, wb_secret_peek (passphrase, NULL));
  watch (&watched, wb_secret_peek (derived, NULL));
  wb_secret_unref (passphrase);
  wb_secret_unref (derived);
  assert_nothing_left (&watched);
}

/* An identity, as bytes and as text, and what was sealed with it. */
static void
a_file_for_a_key_leaves_nothing (void **state)
{
  WbSecret *identity = wb_age_identity_generate (NULL);
  WbSecret *scalar = wb_secret_new (32, NULL);
  WbSecret *plain = make_random (100000);
  GPtrArray *identities = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  char *recipient = wb_age_identity_to_recipient (identity, NULL);
  const char *recipients[] = { recipient, NULL };
  Watched watched = { .n = 0 };
  WbSecret *back;
  GBytes *file;

  assert_true (wb_bech32_decode ((const char *) wb_secret_peek (identity, NULL),
                                 wb_secret_get_size (identity),
                                 "AGE-SECRET-KEY-",
                                 wb_secret_peek_writable (scalar),
                                 32));
  watch (&watched, wb_secret_peek (scalar, NULL));
  watch_reversed (&watched, wb_secret_peek (scalar, NULL));
  watch (&watched, wb_secret_peek (identity, NULL) + 20);
  watch (&watched, wb_secret_peek (plain, NULL) + 10);
  watch (&watched, wb_secret_peek (plain, NULL) + 70000);
  g_ptr_array_add (identities, identity);
  file = wb_age_encrypt_bytes (wb_secret_peek (plain, NULL), 100000, recipients, NULL, 0, NULL);
  back = wb_age_decrypt_bytes (g_bytes_get_data (file, NULL),
                               g_bytes_get_size (file),
                               identities,
                               NULL,
                               100000,
                               NULL);
  assert_true (wb_secret_equal (plain, back));
  wb_secret_unref (scalar);
  wb_secret_unref (plain);
  wb_secret_unref (back);
  g_ptr_array_unref (identities);
  g_bytes_unref (file);
  g_free (recipient);
  assert_nothing_left (&watched);
}

/* Chunks in ordinary memory are wiped when the streams have gone. */
static void
streams_leave_no_plaintext (void **state)
{
  WbSecret *plain = make_random (70000);
  WbSecret *back = wb_secret_new (70000, NULL);
  GPtrArray *identities = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  GOutputStream *file = g_memory_output_stream_new_resizable ();
  Watched watched = { .n = 0 };
  char *recipient;
  GOutputStream *writer;
  GInputStream *base;
  GInputStream *reader;

  g_ptr_array_add (identities, wb_age_identity_generate (NULL));
  recipient = wb_age_identity_to_recipient (g_ptr_array_index (identities, 0), NULL);
  watch (&watched, wb_secret_peek (plain, NULL) + 10);
  watch (&watched, wb_secret_peek (plain, NULL) + 69000);
  writer = wb_age_encrypt (file, (const char *[]){ recipient, NULL }, NULL, 0, NULL);
  assert_true (
      g_output_stream_write_all (writer, wb_secret_peek (plain, NULL), 70000, NULL, NULL, NULL));
  assert_true (g_output_stream_close (writer, NULL, NULL));
  base = g_memory_input_stream_new_from_data (
      g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (file)),
      (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (file)),
      NULL);
  reader = wb_age_decrypt (base, identities, NULL, NULL);
  assert_true (
      g_input_stream_read_all (reader, wb_secret_peek_writable (back), 70000, NULL, NULL, NULL));
  assert_true (wb_secret_equal (plain, back));
  g_object_unref (reader);
  g_object_unref (base);
  g_object_unref (writer);
  g_object_unref (file);
  g_ptr_array_unref (identities);
  g_free (recipient);
  wb_secret_unref (plain);
  wb_secret_unref (back);
  assert_nothing_left (&watched);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (x25519_leaves_nothing),
    cmocka_unit_test (hkdf_and_hmac_leave_nothing),
    cmocka_unit_test (the_cipher_leaves_no_key_and_no_plaintext),
    cmocka_unit_test (a_passphrase_leaves_nothing),
    cmocka_unit_test (scrypt_leaves_no_derived_key),
    cmocka_unit_test (a_file_for_a_key_leaves_nothing),
    cmocka_unit_test (streams_leave_no_plaintext),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
