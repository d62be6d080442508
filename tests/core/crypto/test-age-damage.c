/* SPDX-License-Identifier: EUPL-1.2 */

/* Whatever is done to an age file, nothing but an error comes of it. */
#include <string.h>

#include "wb-age-stream-private.h"
#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test.h"

#define SEALED_CHUNK (65536 + 16)
#define SMALL "a short statement"

typedef struct {
  GPtrArray *identities;
  char *recipient;
  GBytes *small; /* SMALL */
  GBytes *large; /* three chunks, the last of one byte */
} Files;

static GBytes *
encrypt (const guint8 *plain, gsize size, const char *recipient)
{
  const char *recipients[] = { recipient, NULL };

  return wb_age_encrypt_bytes (plain, size, recipients, NULL, 0, NULL);
}

static int
setup (void **state)
{
  Files *files = g_new0 (Files, 1);
  WbSecret *identity = wb_age_identity_generate (NULL);
  g_autofree guint8 *plain = g_malloc (2 * 65536 + 1);

  wb_random_bytes (plain, 2 * 65536 + 1);
  files->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  files->recipient = wb_age_identity_to_recipient (identity, NULL);
  g_ptr_array_add (files->identities, identity);
  files->small = encrypt ((const guint8 *) SMALL, strlen (SMALL), files->recipient);
  files->large = encrypt (plain, 2 * 65536 + 1, files->recipient);
  *state = files;
  return 0;
}

static int
teardown (void **state)
{
  Files *files = *state;

  g_ptr_array_unref (files->identities);
  g_free (files->recipient);
  g_bytes_unref (files->small);
  g_bytes_unref (files->large);
  g_free (files);
  return 0;
}

/* Reads to the end or the error; what came out is counted. */
static gboolean
read_stream (GInputStream *base, GPtrArray *identities, gsize *ret_size, GError **error)
{
  g_autoptr (GInputStream) stream = wb_age_decrypt (base, identities, NULL, error);
  guint8 part[5000];
  gssize size = -1;

  *ret_size = 0;
  while (stream != NULL &&
         (size = g_input_stream_read (stream, part, sizeof part, NULL, error)) > 0)
    *ret_size += (gsize) size;
  return size == 0;
}

static void
assert_refused (const guint8 *bytes, gsize size, GPtrArray *identities, gsize most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  gsize out;

  assert_false (read_stream (base, identities, &out, &error));
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED) ||
               g_error_matches (error, WB_ERROR, WB_ERROR_WRONG_KEY));
  assert_true (out <= most);
  assert_null (wb_age_decrypt_bytes (bytes, size, identities, NULL, 1 << 20, &again));
  assert_int_equal (again->code, error->code);
}

static void
every_flipped_bit_is_refused (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *good = g_bytes_get_data (files->small, &size);
  g_autofree guint8 *bytes = g_memdup2 (good, size);

  for (gsize bit = 0; bit < 8 * size; bit++) {
    bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    assert_refused (bytes, size, files->identities, 0);
    bytes[bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

static void
a_cut_at_every_length_is_refused (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (files->small, &size);

  for (gsize length = 0; length < size; length++)
    assert_refused (bytes, length, files->identities, 0);
}

static void
a_cut_between_or_around_chunks_is_refused (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (files->large, &size);
  gsize start = size - 2 * SEALED_CHUNK - 17;

  for (gsize chunk = 0; chunk <= 2; chunk++) {
    for (gsize around = 0; around < 40; around++) {
      gsize length = start + chunk * SEALED_CHUNK + around - 20;

      if (length < size)
        assert_refused (bytes, length, files->identities, 2 * 65536);
    }
  }
}

static void
an_added_byte_is_refused (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *good = g_bytes_get_data (files->small, &size);
  g_autofree guint8 *bytes = g_malloc0 (size + SEALED_CHUNK);

  memcpy (bytes, good, size);
  for (gsize added = 1; added < 100; added++)
    assert_refused (bytes, size + added, files->identities, 0);
  assert_refused (bytes, size + SEALED_CHUNK, files->identities, 0);
}

/* A file that ends in a full chunk: what follows is seen only behind it. */
static void
a_byte_behind_a_full_chunk_is_refused (void **state)
{
  const Files *files = *state;
  g_autofree guint8 *plain = g_malloc0 (65536);
  g_autoptr (GBytes) file = encrypt (plain, 65536, files->recipient);
  gsize size;
  const guint8 *good = g_bytes_get_data (file, &size);
  g_autofree guint8 *bytes = g_malloc0 (size + SEALED_CHUNK);

  memcpy (bytes, good, size);
  assert_refused (bytes, size + 1, files->identities, 65536);
  assert_refused (bytes, size + SEALED_CHUNK, files->identities, 65536);
}

static void
chunks_in_another_order_are_refused (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *good = g_bytes_get_data (files->large, &size);
  gsize start = size - 2 * SEALED_CHUNK - 17;
  g_autofree guint8 *bytes = g_memdup2 (good, size);

  memcpy (bytes + start, good + start + SEALED_CHUNK, SEALED_CHUNK);
  memcpy (bytes + start + SEALED_CHUNK, good + start, SEALED_CHUNK);
  assert_refused (bytes, size, files->identities, 0);
  /* The first chunk twice, then the second one left out. */
  memcpy (bytes, good, size);
  memcpy (bytes + start + SEALED_CHUNK, good + start, SEALED_CHUNK);
  assert_refused (bytes, size, files->identities, 65536);
  memcpy (bytes + start + SEALED_CHUNK, good + start + 2 * SEALED_CHUNK, 17);
  assert_refused (bytes, start + SEALED_CHUNK + 17, files->identities, 65536);
}

/* Rightly sealed as the last, which we would never write. */
static void
an_empty_chunk_behind_others_is_refused (void **state)
{
  static const guint8 nonce[WB_AGE_NONCE_SIZE];
  static const guint8 second_and_last[12] = { [10] = 1, [11] = 1 };
  g_autoptr (WbSecret) key = wb_secret_new (16, NULL);
  g_autoptr (WbAgeStream) stream = wb_age_stream_new (key, nonce, NULL);
  g_autoptr (WbAgeStream) reader = wb_age_stream_new (key, nonce, NULL);
  g_autofree guint8 *plain = g_malloc0 (WB_AGE_CHUNK_SIZE);
  g_autofree guint8 *sealed = g_malloc0 (WB_AGE_SEALED_CHUNK_SIZE);
  g_autoptr (GError) error = NULL;

  assert_true (wb_age_stream_seal (stream, plain, WB_AGE_CHUNK_SIZE, FALSE, sealed, NULL));
  assert_true (wb_age_stream_open (reader, sealed, WB_AGE_SEALED_CHUNK_SIZE, plain, NULL));
  assert_true (wb_aead_seal (wb_secret_peek (stream->key, NULL),
                             second_and_last,
                             NULL,
                             0,
                             NULL,
                             0,
                             sealed,
                             NULL));
  assert_false (wb_age_stream_open (reader, sealed, WB_AEAD_TAG_SIZE, plain, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

static void
a_damaged_chunk_gives_nothing_and_stays_damaged (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *good = g_bytes_get_data (files->large, &size);
  g_autofree guint8 *bytes = g_memdup2 (good, size);
  g_autofree guint8 *plain = g_malloc0 (3 * 65536);
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gsize done;

  bytes[size - 17 - SEALED_CHUNK] ^= 1; /* the first byte of the second chunk */
  base = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  stream = wb_age_decrypt (base, files->identities, NULL, NULL);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;

    assert_false (g_input_stream_read_all (stream, plain, 3 * 65536, &done, NULL, &error));
    assert_int_equal (done, i == 0 ? 65536 : 0);
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
}

/* What follows a damaged chunk is not given out, even where it is in order. */
static void
nothing_comes_after_an_inserted_chunk (void **state)
{
  const Files *files = *state;
  gsize size;
  const guint8 *good = g_bytes_get_data (files->large, &size);
  gsize second = size - 17 - SEALED_CHUNK;
  g_autofree guint8 *bytes = g_malloc0 (size + SEALED_CHUNK);
  g_autofree guint8 *plain = g_malloc0 (3 * 65536);
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gsize done;

  memcpy (bytes, good, second);
  memcpy (bytes + second + SEALED_CHUNK, good + second, size - second);
  base = g_memory_input_stream_new_from_data (bytes, (gssize) (size + SEALED_CHUNK), NULL);
  stream = wb_age_decrypt (base, files->identities, NULL, NULL);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;

    assert_false (g_input_stream_read_all (stream, plain, 3 * 65536, &done, NULL, &error));
    assert_int_equal (done, i == 0 ? 65536 : 0);
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
}

static void
other_files_are_refused (void **state)
{
  const Files *files = *state;
  static const char *const wrong[] = { "",
                                       "\n",
                                       "age-encryption.org/v1",
                                       "age-encryption.org/v1\n",
                                       "age-encryption.org/v1\n---",
                                       "age-encryption.org/v1\n--- \n",
                                       "age-encryption.org/v2\n-> X25519\n",
                                       "PK\003\004 a ZIP file",
                                       "-----BEGIN AGE ENCRYPTED FILE-----",
                                       "-----BEGIN AGE ENCRYPTED FILE-----\n",
                                       "-----BEGIN PGP MESSAGE-----\n\n" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused ((const guint8 *) wrong[i], strlen (wrong[i]), files->identities, 0);
}

static void
an_endless_header_is_refused_early (void **state)
{
  const Files *files = *state;
  gsize size = 64 * 1024 * 1024;
  g_autofree char *bytes = g_malloc (size);
  gint64 start = g_get_monotonic_time ();

  memset (bytes, 'A', size);
  memcpy (bytes, "age-encryption.org/v1\n-> ", 25);
  assert_refused ((const guint8 *) bytes, size, files->identities, 0);
  assert_true (g_get_monotonic_time () - start < 20 * G_USEC_PER_SEC);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_flipped_bit_is_refused),
    cmocka_unit_test (a_cut_at_every_length_is_refused),
    cmocka_unit_test (a_cut_between_or_around_chunks_is_refused),
    cmocka_unit_test (an_added_byte_is_refused),
    cmocka_unit_test (a_byte_behind_a_full_chunk_is_refused),
    cmocka_unit_test (chunks_in_another_order_are_refused),
    cmocka_unit_test (an_empty_chunk_behind_others_is_refused),
    cmocka_unit_test (a_damaged_chunk_gives_nothing_and_stays_damaged),
    cmocka_unit_test (nothing_comes_after_an_inserted_chunk),
    cmocka_unit_test (other_files_are_refused),
    cmocka_unit_test (an_endless_header_is_refused_early),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
