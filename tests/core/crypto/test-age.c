/* SPDX-License-Identifier: EUPL-1.2 */

/* age files that we write and read ourselves: sizes, recipients, passphrases, limits. */
#include "wb-age.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-test.h"

#define CHUNK 65536
#define LOW_WORK 4 /* a work factor that costs tests nothing */

static const gsize sizes[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200000 };

typedef struct {
  GPtrArray *identities;
  char *recipient;
} Key;

static Key
make_key (void)
{
  Key key = { g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref), NULL };
  WbSecret *identity = wb_age_identity_generate (NULL);

  key.recipient = wb_age_identity_to_recipient (identity, NULL);
  g_ptr_array_add (key.identities, identity);
  return key;
}

static void
clear_key (Key *key)
{
  g_ptr_array_unref (key->identities);
  g_free (key->recipient);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Key, clear_key)

static WbSecret *
secret (const char *text)
{
  return wb_secret_new_copy (text, strlen (text), NULL);
}

/* Writes in portions that fit no chunk. */
static GBytes *
encrypt_stream (const guint8 *plain, gsize size, const char *recipient)
{
  const char *recipients[] = { recipient, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) file = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = wb_age_encrypt (file, recipients, NULL, 0, &error);

  wb_assert_no_error (error);
  for (gsize done = 0; done < size; done += MIN (size - done, 9973))
    g_output_stream_write_all (stream, plain + done, MIN (size - done, 9973), NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_true (g_output_stream_flush (stream, NULL, &error));
  assert_true (g_output_stream_close (stream, NULL, &error));
  assert_true (g_output_stream_is_closed (file));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (file));
}

static void
check_stream (GBytes *file, GPtrArray *identities, const guint8 *plain, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GInputStream) stream = wb_age_decrypt (base, identities, NULL, &error);
  g_autofree guint8 *back = g_malloc (size + 2);
  gsize done;

  wb_assert_no_error (error);
  g_input_stream_read_all (stream, back, size + 1, &done, NULL, &error);
  wb_assert_no_error (error);
  assert_int_equal (done, size);
  assert_int_equal (g_input_stream_read (stream, back, 1, NULL, &error), 0);
  assert_memory_equal (back, plain, size);
  assert_true (g_input_stream_close (stream, NULL, &error));
  assert_true (g_input_stream_is_closed (base));
}

static void
check_bytes (GBytes *file, GPtrArray *identities, const guint8 *plain, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) back = wb_age_decrypt_bytes (g_bytes_get_data (file, NULL),
                                                    g_bytes_get_size (file),
                                                    identities,
                                                    NULL,
                                                    size,
                                                    &error);

  wb_assert_no_error (error);
  assert_int_equal (wb_secret_get_size (back), size);
  assert_memory_equal (wb_secret_peek (back, NULL), plain, size);
}

static void
files_of_every_size_come_back (void **state)
{
  g_auto (Key) key = make_key ();
  const char *recipients[] = { key.recipient, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree guint8 *plain = g_malloc (sizes[i] + 1);
    g_autoptr (GBytes) one = NULL;
    g_autoptr (GBytes) two = NULL;

    wb_random_bytes (plain, sizes[i]);
    one = encrypt_stream (plain, sizes[i], key.recipient);
    two = wb_age_encrypt_bytes (plain, sizes[i], recipients, NULL, 0, NULL);
    assert_int_equal (g_bytes_get_size (one), g_bytes_get_size (two));
    assert_false (g_bytes_equal (one, two));
    check_stream (one, key.identities, plain, sizes[i]);
    check_bytes (one, key.identities, plain, sizes[i]);
    check_stream (two, key.identities, plain, sizes[i]);
    check_bytes (two, key.identities, plain, sizes[i]);
  }
}

static void
the_plaintext_is_not_in_the_file (void **state)
{
  static const char plain[] = "the person who told this must stay unknown";
  g_auto (Key) key = make_key ();
  g_autoptr (GBytes) file = encrypt_stream ((const guint8 *) plain, sizeof plain, key.recipient);

  assert_null (
      memmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file), "person", strlen ("person")));
}

static void
each_of_twenty_recipients_can_open_and_another_cannot (void **state)
{
  enum { MANY = 20 };
  g_auto (Key) stranger = make_key ();
  Key keys[MANY];
  const char *recipients[MANY + 1] = { NULL };

  for (guint i = 0; i < MANY; i++)
    keys[i] = make_key ();
  for (guint n = 1; n <= MANY; n++) {
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GError) error = NULL;

    recipients[n - 1] = keys[n - 1].recipient;
    file = wb_age_encrypt_bytes ("note", 4, recipients, NULL, 0, &error);
    wb_assert_no_error (error);
    check_bytes (file, keys[0].identities, (const guint8 *) "note", 4);
    check_bytes (file, keys[n - 1].identities, (const guint8 *) "note", 4);
    assert_null (wb_age_decrypt_bytes (g_bytes_get_data (file, NULL),
                                       g_bytes_get_size (file),
                                       stranger.identities,
                                       NULL,
                                       4,
                                       &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_WRONG_KEY);
  }
  for (guint i = 0; i < MANY; i++)
    clear_key (&keys[i]);
}

static void
the_key_that_fits_is_found_among_several (void **state)
{
  g_auto (Key) one = make_key ();
  g_auto (Key) two = make_key ();
  g_autoptr (GBytes) file = encrypt_stream ((const guint8 *) "x", 1, two.recipient);

  g_ptr_array_add (one.identities, wb_secret_ref (g_ptr_array_index (two.identities, 0)));
  check_stream (file, one.identities, (const guint8 *) "x", 1);
}

static void
too_many_recipients_are_refused (void **state)
{
  g_auto (Key) key = make_key ();
  const char *recipients[WB_AGE_RECIPIENTS_MAX + 2] = { NULL };
  g_autoptr (GBytes) most = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < WB_AGE_RECIPIENTS_MAX; i++)
    recipients[i] = key.recipient;
  most = wb_age_encrypt_bytes ("x", 1, recipients, NULL, 0, &error);
  wb_assert_no_error (error);
  check_bytes (most, key.identities, (const guint8 *) "x", 1);
  recipients[WB_AGE_RECIPIENTS_MAX] = key.recipient;
  assert_null (wb_age_encrypt_bytes ("x", 1, recipients, NULL, 0, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static void
a_passphrase_opens_and_another_does_not (void **state)
{
  g_autoptr (WbSecret) passphrase = secret ("zes woorden die niemand raadt");
  g_autoptr (WbSecret) wrong = secret ("zes woorden die niemand raad");
  g_auto (Key) key = make_key ();
  g_autoptr (GBytes) file = wb_age_encrypt_bytes ("keys", 4, NULL, passphrase, LOW_WORK, NULL);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_autoptr (WbSecret) back = wb_age_decrypt_bytes (bytes, size, NULL, passphrase, 4, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;

  assert_memory_equal (wb_secret_peek (back, NULL), "keys", 4);
  assert_null (wb_age_decrypt_bytes (bytes, size, NULL, wrong, 4, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_WRONG_KEY);
  assert_null (wb_age_decrypt_bytes (bytes, size, key.identities, NULL, 4, &none));
  wb_assert_error (none, WB_ERROR, WB_ERROR_INVALID);
}

static void
a_passphrase_does_not_open_what_is_for_a_key (void **state)
{
  g_autoptr (WbSecret) passphrase = secret ("p");
  g_auto (Key) key = make_key ();
  g_autoptr (GBytes) file = encrypt_stream ((const guint8 *) "x", 1, key.recipient);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GError) error = NULL;

  assert_null (wb_age_decrypt (base, NULL, passphrase, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  /* The caller may ask for another key and try again. */
  assert_false (g_input_stream_is_closed (base));
}

static void
exactly_one_way_in_must_be_chosen (void **state)
{
  g_autoptr (WbSecret) passphrase = secret ("p");
  g_autoptr (WbSecret) empty = secret ("");
  g_auto (Key) key = make_key ();
  const char *nobody[] = { NULL };
  const char *somebody[] = { key.recipient, NULL };
  const char *broken[] = { key.recipient, "age1nobody", NULL };
  const struct {
    const char *const *recipients;
    const WbSecret *passphrase;
    guint work;
    WbError code;
  } wrong[] = { { NULL, NULL, LOW_WORK, WB_ERROR_INVALID },
                { nobody, NULL, LOW_WORK, WB_ERROR_INVALID },
                { somebody, passphrase, LOW_WORK, WB_ERROR_INVALID },
                { somebody, empty, LOW_WORK, WB_ERROR_INVALID },
                { NULL, empty, LOW_WORK, WB_ERROR_INVALID },
                { broken, NULL, LOW_WORK, WB_ERROR_INVALID },
                { NULL, passphrase, 0, WB_ERROR_INVALID },
                { NULL, passphrase, WB_AGE_WORK_FACTOR_MAX + 1, WB_ERROR_TOO_LARGE } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (wb_age_encrypt_bytes ("x",
                                       1,
                                       wrong[i].recipients,
                                       wrong[i].passphrase,
                                       wrong[i].work,
                                       &error));
    wb_assert_error (error, WB_ERROR, wrong[i].code);
  }
}

static void
plaintext_over_the_limit_is_refused (void **state)
{
  static const gsize limits[] = { 0, 199999, CHUNK, 3 * CHUNK };
  g_auto (Key) key = make_key ();
  g_autofree guint8 *plain = g_malloc0 (200000);
  g_autoptr (GBytes) file = encrypt_stream (plain, 200000, key.recipient);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (wb_age_decrypt_bytes (bytes, size, key.identities, NULL, limits[i], &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (files_of_every_size_come_back),
    cmocka_unit_test (the_plaintext_is_not_in_the_file),
    cmocka_unit_test (each_of_twenty_recipients_can_open_and_another_cannot),
    cmocka_unit_test (the_key_that_fits_is_found_among_several),
    cmocka_unit_test (too_many_recipients_are_refused),
    cmocka_unit_test (a_passphrase_opens_and_another_does_not),
    cmocka_unit_test (a_passphrase_does_not_open_what_is_for_a_key),
    cmocka_unit_test (exactly_one_way_in_must_be_chosen),
    cmocka_unit_test (plaintext_over_the_limit_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
