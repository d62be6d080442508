/* SPDX-License-Identifier: EUPL-1.2 */

/* age as streams of GIO: what happens when they are dropped, fail, are cancelled or skipped. */
#include <string.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test.h"

#define CHUNK 65536

typedef struct {
  char *folder;
  GPtrArray *identities;
  char *recipient;
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  WbSecret *identity = wb_age_identity_generate (NULL);

  fixture->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  fixture->recipient = wb_age_identity_to_recipient (identity, NULL);
  g_ptr_array_add (fixture->identities, identity);
  *state = fixture;
  return wb_test_folder_setup ((void **) &fixture->folder);
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;

  wb_test_folder_teardown ((void **) &fixture->folder);
  g_ptr_array_unref (fixture->identities);
  g_free (fixture->recipient);
  g_free (fixture);
  return 0;
}

static GOutputStream *
encrypt_to (GOutputStream *base, const Fixture *fixture)
{
  const char *recipients[] = { fixture->recipient, NULL };
  g_autoptr (GError) error = NULL;
  GOutputStream *stream = wb_age_encrypt (base, recipients, NULL, 0, &error);

  wb_assert_no_error (error);
  return stream;
}

/* The whole plaintext, or NULL with the error. */
static WbSecret *
open_bytes (GBytes *file, const Fixture *fixture, GError **error)
{
  return wb_age_decrypt_bytes (g_bytes_get_data (file, NULL),
                               g_bytes_get_size (file),
                               fixture->identities,
                               NULL,
                               8 * 1024 * 1024,
                               error);
}

static void
assert_unreadable (GMemoryOutputStream *file, const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (g_memory_output_stream_get_data (file),
                                          g_memory_output_stream_get_data_size (file));

  assert_null (open_bytes (bytes, fixture, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

static void
a_stream_that_is_dropped_makes_no_file (void **state)
{
  static const gsize sizes[] = { 0, 1, CHUNK, CHUNK + 1 };
  const Fixture *fixture = *state;
  g_autofree guint8 *plain = g_malloc0 (CHUNK + 1);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GOutputStream) file = g_memory_output_stream_new_resizable ();
    GOutputStream *stream = encrypt_to (file, fixture);

    assert_true (g_output_stream_write_all (stream, plain, sizes[i], NULL, NULL, NULL));
    assert_true (g_output_stream_flush (stream, NULL, NULL));
    g_object_unref (stream);
    assert_unreadable (G_MEMORY_OUTPUT_STREAM (file), fixture);
  }
}

static void
a_dropped_stream_leaves_the_file_that_it_would_replace (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "case.age", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *back = NULL;
  GOutputStream *base;
  GOutputStream *stream;

  assert_true (g_file_set_contents (path, "the old one", -1, NULL));
  base = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL));
  stream = encrypt_to (base, fixture);
  g_object_unref (base);
  assert_true (g_output_stream_write_all (stream, "new", 3, NULL, NULL, NULL));
  g_object_unref (stream);
  assert_true (g_file_get_contents (path, &back, NULL, NULL));
  assert_string_equal (back, "the old one");
}

static void
a_closed_stream_replaces_the_file (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "case.age", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GOutputStream) base = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (WbSecret) plain = NULL;

  assert_true (g_file_set_contents (path, "the old one", -1, NULL));
  base = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL));
  stream = encrypt_to (base, fixture);
  assert_true (g_output_stream_write_all (stream, "new", 3, NULL, NULL, NULL));
  assert_true (g_output_stream_close (stream, NULL, NULL));
  back = g_file_load_bytes (file, NULL, NULL, NULL);
  plain = open_bytes (back, fixture, NULL);
  assert_memory_equal (wb_secret_peek (plain, NULL), "new", 3);
}

/* A base with room for the header and a chunk, no more: GIO says that it is full. */
static void
after_a_failed_write_the_stream_is_dead (void **state)
{
  const Fixture *fixture = *state;
  gsize room = 1000 + CHUNK;
  g_autofree guint8 *memory = g_malloc0 (room);
  g_autofree guint8 *plain = g_malloc0 (4 * CHUNK);
  g_autoptr (GOutputStream) file = g_memory_output_stream_new (memory, room, NULL, NULL);
  g_autoptr (GOutputStream) stream = encrypt_to (file, fixture);
  g_autoptr (GError) full = NULL;
  g_autoptr (GError) dead = NULL;
  g_autoptr (GError) flushed = NULL;
  g_autoptr (GError) closed = NULL;

  assert_false (g_output_stream_write_all (stream, plain, 4 * CHUNK, NULL, NULL, &full));
  wb_assert_error (full, WB_ERROR, WB_ERROR_NO_SPACE);
  assert_int_equal (g_output_stream_write (stream, "x", 1, NULL, &dead), -1);
  wb_assert_error (dead, WB_ERROR, WB_ERROR_IO);
  assert_false (g_output_stream_flush (stream, NULL, &flushed));
  wb_assert_error (flushed, WB_ERROR, WB_ERROR_IO);
  assert_false (g_output_stream_close (stream, NULL, &closed));
  wb_assert_error (closed, WB_ERROR, WB_ERROR_IO);
  assert_unreadable (G_MEMORY_OUTPUT_STREAM (file), fixture);
}

/* The last chunk is written by the close, so that the close may find the disk full. */
static void
a_disk_that_is_full_at_the_close_is_told (void **state)
{
  const Fixture *fixture = *state;
  guint8 memory[300] = { 0 };
  guint8 plain[300] = { 0 };
  g_autoptr (GOutputStream) file = g_memory_output_stream_new (memory, sizeof memory, NULL, NULL);
  g_autoptr (GOutputStream) stream = encrypt_to (file, fixture);
  g_autoptr (GError) error = NULL;

  assert_true (g_output_stream_write_all (stream, plain, sizeof plain, NULL, NULL, NULL));
  assert_false (g_output_stream_close (stream, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NO_SPACE);
  assert_unreadable (G_MEMORY_OUTPUT_STREAM (file), fixture);
}

static void
a_header_without_room_is_told (void **state)
{
  const Fixture *fixture = *state;
  const char *recipients[] = { fixture->recipient, NULL };
  guint8 memory[100];
  g_autoptr (GOutputStream) file = g_memory_output_stream_new (memory, sizeof memory, NULL, NULL);
  g_autoptr (GError) error = NULL;

  assert_null (wb_age_encrypt (file, recipients, NULL, 0, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NO_SPACE);
}

static void
a_cancelled_close_makes_no_file (void **state)
{
  const Fixture *fixture = *state;
  g_autoptr (GOutputStream) file = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = encrypt_to (file, fixture);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_true (g_output_stream_write_all (stream, "x", 1, NULL, NULL, NULL));
  g_cancellable_cancel (cancelled);
  assert_false (g_output_stream_close (stream, cancelled, &error));
  wb_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_unreadable (G_MEMORY_OUTPUT_STREAM (file), fixture);
}

/* Two chunks and a bit, encrypted. */
static GBytes *
make_file (const Fixture *fixture, guint8 *plain, gsize size)
{
  const char *recipients[] = { fixture->recipient, NULL };

  wb_random_bytes (plain, size);
  return wb_age_encrypt_bytes (plain, size, recipients, NULL, 0, NULL);
}

static void
a_splice_from_a_source_that_fails_makes_no_file (void **state)
{
  const Fixture *fixture = *state;
  g_autofree guint8 *plain = g_malloc (2 * CHUNK + 5);
  g_autoptr (GBytes) whole = make_file (fixture, plain, 2 * CHUNK + 5);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 3);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (cut);
  g_autoptr (GInputStream) source = wb_age_decrypt (base, fixture->identities, NULL, NULL);
  g_autoptr (GOutputStream) file = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) target = encrypt_to (file, fixture);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_output_stream_splice (target,
                                            source,
                                            G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                            NULL,
                                            &error),
                    -1);
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  assert_true (g_output_stream_is_closed (target));
  assert_unreadable (G_MEMORY_OUTPUT_STREAM (file), fixture);
}

static void
a_splice_of_a_good_source_makes_a_file (void **state)
{
  const Fixture *fixture = *state;
  gsize size = 2 * CHUNK + 5;
  g_autofree guint8 *plain = g_malloc (size);
  g_autoptr (GBytes) one = make_file (fixture, plain, size);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (one);
  g_autoptr (GInputStream) source = wb_age_decrypt (base, fixture->identities, NULL, NULL);
  g_autoptr (GOutputStream) file = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) target = encrypt_to (file, fixture);
  g_autoptr (GBytes) two = NULL;
  g_autoptr (WbSecret) back = NULL;

  assert_int_equal (
      g_output_stream_splice (target, source, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL),
      size);
  assert_true (g_output_stream_is_closed (target));
  assert_true (g_output_stream_is_closed (file));
  two = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (file));
  back = open_bytes (two, fixture, NULL);
  assert_int_equal (wb_secret_get_size (back), size);
  assert_memory_equal (wb_secret_peek (back, NULL), plain, size);
}

static void
skipping_counts_plaintext (void **state)
{
  const Fixture *fixture = *state;
  gsize size = 2 * CHUNK + 5;
  g_autofree guint8 *plain = g_malloc (size);
  g_autoptr (GBytes) file = make_file (fixture, plain, size);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GInputStream) stream = wb_age_decrypt (base, fixture->identities, NULL, NULL);
  gsize skipped = 0;
  guint8 byte;

  while (skipped < CHUNK + 7)
    skipped += (gsize) g_input_stream_skip (stream, CHUNK + 7 - skipped, NULL, NULL);
  assert_int_equal (g_input_stream_read (stream, &byte, 1, NULL, NULL), 1);
  assert_int_equal (byte, plain[CHUNK + 7]);
}

static void
a_cancelled_read_can_go_on (void **state)
{
  const Fixture *fixture = *state;
  guint8 plain[100], back[100];
  g_autoptr (GBytes) file = make_file (fixture, plain, sizeof plain);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GInputStream) stream = wb_age_decrypt (base, fixture->identities, NULL, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gsize done;

  g_cancellable_cancel (cancelled);
  assert_int_equal (g_input_stream_read (stream, back, sizeof back, cancelled, &error), -1);
  wb_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_true (g_input_stream_read_all (stream, back, sizeof back, &done, NULL, NULL));
  assert_int_equal (done, sizeof back);
  assert_memory_equal (back, plain, sizeof back);
}

static void
a_base_that_cannot_be_read_is_told (void **state)
{
  const Fixture *fixture = *state;
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data ("age", 3, NULL);
  g_autoptr (GError) error = NULL;

  assert_true (g_input_stream_close (base, NULL, NULL));
  assert_null (wb_age_decrypt (base, fixture->identities, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_IO);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_stream_that_is_dropped_makes_no_file),
    cmocka_unit_test (a_dropped_stream_leaves_the_file_that_it_would_replace),
    cmocka_unit_test (a_closed_stream_replaces_the_file),
    cmocka_unit_test (after_a_failed_write_the_stream_is_dead),
    cmocka_unit_test (a_disk_that_is_full_at_the_close_is_told),
    cmocka_unit_test (a_header_without_room_is_told),
    cmocka_unit_test (a_cancelled_close_makes_no_file),
    cmocka_unit_test (a_splice_from_a_source_that_fails_makes_no_file),
    cmocka_unit_test (a_splice_of_a_good_source_makes_a_file),
    cmocka_unit_test (skipping_counts_plaintext),
    cmocka_unit_test (a_cancelled_read_can_go_on),
    cmocka_unit_test (a_base_that_cannot_be_read_is_told),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
