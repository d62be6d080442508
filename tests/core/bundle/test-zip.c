/* SPDX-License-Identifier: EUPL-1.2 */

/* The container: one form only, and foreign or hostile ones refused with a sentence of their own.
 */
#include "wb-test.h"

#include <archive.h>
#include <archive_entry.h>

#include "wb-bundle-private.h"
#include "wb-test-bundle.h"
#include "wb-zip-private.h"

/* All that a ZIP in memory holds, or the error. */
static WbBundleFiles *
read_zip (GBytes *zip, WbVerification *result)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (zip);
  g_autoptr (GError) error = NULL;
  WbBundleFiles *files = wb_bundle_files_read (stream, result, NULL, NULL, 0, NULL, &error);

  wb_assert_no_error (error);
  return files;
}

static GPtrArray *
new_files (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bag_file_free);
}

static gboolean
mentions (WbVerification *result, const char *words)
{
  GPtrArray *findings = wb_verification_get_findings (result);

  for (guint i = 0; i < findings->len; i++)
    if (strstr (((const WbFinding *) g_ptr_array_index (findings, i))->message, words) != NULL)
      return TRUE;
  return FALSE;
}

static void
files_of_every_size_come_back (void **state)
{
  static const gsize sizes[] = { 0, 1, 65534, 65535, 65536, 131069, 131070, 131071, 400000 };
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
  g_autoptr (WbBundleFiles) read = NULL;
  g_autoptr (GBytes) zip = NULL;
  g_autofree char *data = g_malloc0 (400000);

  for (guint i = 0; i < 400000; i++)
    data[i] = (char) (i * 7 + i / 251);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strdup_printf ("data/log/%u", i);
    wb_test_files_set (files, path, data, sizes[i]);
  }
  zip = wb_test_files_pack (files, "base");
  read = read_zip (zip, result);

  assert_true (wb_verification_is_good (result));
  assert_true (read->whole);
  assert_string_equal (read->base, "base");
  for (guint i = 0; i < files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (files, i);

    assert_true (g_bytes_equal (wb_bundle_files_get (read, file->path), file->bytes));
    assert_string_equal (wb_bundle_files_find (read, file->path)->sha256, file->sha256);
  }
}

/* Larger than 32 bits can say: the directory's records and the end, as layout. */
static void
offsets_over_4_gib_use_zip64 (void **state)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GByteArray) end = g_byte_array_new ();
  WbZipEntry entry = { (char *) "a/b", 1, 2, 7, G_GUINT64_CONSTANT (0x123456789a) };

  wb_zip_layout_central (record, &entry);
  wb_zip_layout_end (end, 3, G_GUINT64_CONSTANT (0x123456789a), 100);

  assert_int_equal (record->len, 46 + 3 + 12);
  assert_memory_equal (record->data + 42, "\xff\xff\xff\xff", 4);
  assert_memory_equal (record->data + 46 + 3, "\x01\0\x08\0\x9a\x78\x56\x34\x12\0\0\0", 12);
  assert_int_equal (end->len, 56 + 20 + 22);
  assert_memory_equal (end->data, "PK\006\006", 4);
  assert_memory_equal (end->data + 56, "PK\006\007", 4);
  assert_memory_equal (end->data + 76, "PK\005\006", 4);
}

static void
any_flipped_byte_is_found_and_its_part_named (void **state)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GBytes) zip = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize size;

  wb_test_files_set (files, "bagit.txt", "abc", 3);
  wb_test_files_set (files, "data/case.json", "", 0);
  wb_test_files_set (files, "data/log/x", "0123456789", 10);
  zip = wb_test_files_pack (files, "base");
  size = g_bytes_get_size (zip);
  bytes = g_memdup2 (g_bytes_get_data (zip, NULL), size);
  for (gsize i = 0; i < size; i++)
    for (int bit = 0; bit < 8; bit++) {
      g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
      g_autoptr (WbBundleFiles) read = NULL;
      g_autoptr (GBytes) changed = NULL;

      bytes[i] ^= (guint8) (1 << bit);
      changed = g_bytes_new (bytes, size);
      bytes[i] ^= (guint8) (1 << bit);
      read = read_zip (changed, result);
      if (wb_verification_is_good (result))
        fail_msg ("byte %zu bit %d went unseen", i, bit);
      assert_true (
          ((const WbFinding *) g_ptr_array_index (wb_verification_get_findings (result), 0))
              ->part[0] != '\0');
    }
  wb_test_count ("zip-bit-flips", (guint) size * 8);
}

static void
any_cut_or_addition_is_found (void **state)
{
  g_autoptr (GPtrArray) files = new_files ();
  g_autoptr (GBytes) zip = NULL;
  gsize size;

  wb_test_files_set (files, "bagit.txt", "abc", 3);
  zip = wb_test_files_pack (files, "base");
  size = g_bytes_get_size (zip);
  for (gsize i = 0; i < size; i++) {
    g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (zip, 0, i);
    g_autoptr (WbBundleFiles) read = read_zip (cut, result);

    assert_false (wb_verification_is_good (result));
  }
  for (gsize i = 0; i <= size; i++) {
    g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
    g_autoptr (GByteArray) longer = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (WbBundleFiles) read = NULL;
    const guint8 *data = g_bytes_get_data (zip, NULL);

    g_byte_array_append (longer, data, (guint) i);
    g_byte_array_append (longer, (const guint8 *) "P", 1);
    g_byte_array_append (longer, data + i, (guint) (size - i));
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
    read = read_zip (bytes, result);
    if (wb_verification_is_good (result))
      fail_msg ("a byte more at %zu went unseen", i);
  }
}

/* The same file in other blocks: inflates to the same, but is not the one form. */
static void
other_blocks_for_the_same_data_are_refused (void **state)
{
  static const guint8 empty_last[] = { 1, 0, 0, 0xff, 0xff };
  g_autoptr (GPtrArray) files = new_files ();
  g_autofree char *data = g_malloc0 (WB_ZIP_BLOCK);
  g_autoptr (GBytes) zip = NULL;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
  g_autoptr (WbBundleFiles) read = NULL;
  const guint block = WB_ZIP_LOCAL_SIZE + 6, after = block + 5 + WB_ZIP_BLOCK;
  const guint central = after + WB_ZIP_DESCRIPTOR_SIZE;
  const guint8 *from;
  gsize size = 0;

  wb_test_files_set (files, "data", data, WB_ZIP_BLOCK);
  zip = wb_test_files_pack (files, "b");
  from = g_bytes_get_data (zip, &size);
  g_byte_array_append (bytes, from, after);
  g_byte_array_append (bytes, empty_last, sizeof empty_last);
  g_byte_array_append (bytes, from + after, (guint) (size - after));
  assert_int_equal (bytes->data[block], 1);
  bytes->data[block] = 0;
  bytes->data[after + 5 + 8] += 5;        /* descriptor: stored size */
  bytes->data[central + 5 + 20] += 5;     /* directory: stored size */
  bytes->data[bytes->len - 22 + 16] += 5; /* end: where the directory begins */
  changed = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  read = read_zip (changed, result);

  assert_false (wb_verification_is_good (result));
  assert_false (read->whole);
}

/* Names that our own writer would never write, in a ZIP that is right in all else. */
static void
hostile_names_are_refused (void **state)
{
  static const struct {
    const char *name, *words;
  } cases[] = {
    { "base/../../x", "\"..\"" },
    { "../x", "\"..\"" },
    { "base/./x", "\"..\"" },
    { "base//x", "empty part" },
    { "/etc/x", "absolute" },
    { "base\\..\\x", "backslash" },
    { "C:/x", "drive letter" },
    { "c:x", "drive letter" },
    { "base/caf\xc3\xa9", "characters" },
    { "base/a b", "characters" },
    { "base/x\x1b[2J", "characters" },
    { "x", "one folder" },
    { "other/x", "more than one base" },
    { "base/bagit.txt", "equal or differ" },
    { "base/BAGIT.txt", "equal or differ" },
    { "base/fetch.txt", "fetch.txt" },
    { "base/..", "\"..\"" },
    { "base/", "empty part" },
    { "", "no name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
    g_autoptr (WbZipWriter) zip = wb_zip_writer_new (memory);
    g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
    g_autoptr (WbBundleFiles) read = NULL;
    g_autoptr (GBytes) bytes = NULL;

    wb_zip_writer_begin (zip, "base/bagit.txt", NULL, NULL);
    wb_zip_writer_end (zip, NULL, NULL);
    wb_zip_writer_begin (zip, cases[i].name, NULL, NULL);
    wb_zip_writer_write (zip, "x", 1, NULL, NULL);
    wb_zip_writer_end (zip, NULL, NULL);
    wb_zip_writer_finish (zip, NULL, NULL);
    g_output_stream_close (memory, NULL, NULL);
    bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
    read = read_zip (bytes, result);
    if (!mentions (result, cases[i].words))
      fail_msg ("%s: not refused for \"%s\"", cases[i].name, cases[i].words);
  }
  wb_test_count ("zip-hostile-names", G_N_ELEMENTS (cases));
}

typedef struct {
  const char *name;
  const char *link; /* (nullable) */
  gsize size;
} Foreign;

/* A ZIP as another program makes it. */
static char *
write_foreign (void **state, const Foreign *entries, gsize count, const char *options)
{
  g_autofree char *path = g_build_filename (*state, "vreemd.zip", NULL);
  struct archive *archive = archive_write_new ();
  static char zeros[65536];

  assert_int_equal (archive_write_set_format_zip (archive), ARCHIVE_OK);
  if (options != NULL) {
    assert_int_equal (archive_write_set_options (archive, options), ARCHIVE_OK);
    (void) archive_write_set_passphrase (archive, "geheim");
  }
  assert_int_equal (archive_write_open_filename (archive, path), ARCHIVE_OK);
  for (gsize i = 0; i < count; i++) {
    struct archive_entry *entry = archive_entry_new ();
    gsize left = entries[i].size;

    archive_entry_set_pathname (entry, entries[i].name);
    archive_entry_set_perm (entry, 0644);
    archive_entry_set_filetype (entry, entries[i].link != NULL ? AE_IFLNK : AE_IFREG);
    archive_entry_set_size (entry, (la_int64_t) left);
    if (entries[i].link != NULL)
      archive_entry_set_symlink (entry, entries[i].link);
    assert_int_equal (archive_write_header (archive, entry), ARCHIVE_OK);
    for (; entries[i].link == NULL && left > 0; left -= MIN (left, sizeof zeros))
      assert_true (archive_write_data (archive, zeros, MIN (left, sizeof zeros)) > 0);
    archive_entry_free (entry);
  }
  archive_write_close (archive);
  archive_write_free (archive);
  return g_steal_pointer (&path);
}

static void
assert_refused (const char *path, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result = wb_bundle_verify (path, NULL, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  assert_false (wb_verification_is_good (result));
  if (!mentions (result, words)) {
    g_autofree char *text = wb_verification_to_text (result);
    fail_msg ("not refused for \"%s\": %s", words, text);
  }
}

static void
zips_of_other_programs_are_refused_each_for_its_reason (void **state)
{
  static const struct {
    Foreign entries[2];
    gsize count;
    const char *words;
  } cases[] = {
    { { { "b/x", NULL, 3 } }, 1, "packed again" },
    { { { "b/x", NULL, 3 }, { "b/../../y", NULL, 3 } }, 2, "\"..\"" },
    { { { "/etc/passwd", NULL, 3 } }, 1, "absolute" },
    { { { "b\\..\\y", NULL, 3 } }, 1, "backslash" },
    { { { "D:/y", NULL, 3 } }, 1, "drive letter" },
    { { { "b/x", NULL, 3 }, { "b/l", "/etc/passwd", 0 } }, 2, "link" },
    { { { "b/x", NULL, 3 }, { "b/x", NULL, 4 } }, 2, "equal or differ" },
    { { { "b/x", NULL, 3 }, { "b/X", NULL, 4 } }, 2, "equal or differ" },
    { { { "b/x", NULL, 3 }, { "c/x", NULL, 4 } }, 2, "more than one base" },
    { { { "b/fetch.txt", NULL, 3 } }, 1, "fetch.txt" },
    { { { "b/x", NULL, 300u * 1024 * 1024 } }, 1, "ZIP bomb" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = write_foreign (state, cases[i].entries, cases[i].count, NULL);

    assert_refused (path, cases[i].words);
  }
  wb_test_count ("zip-foreign", G_N_ELEMENTS (cases));
}

static void
an_encrypted_zip_is_refused (void **state)
{
  static const Foreign entry = { "b/x", NULL, 3 };
  g_autofree char *path = write_foreign (state, &entry, 1, "zip:encryption=traditional");

  assert_refused (path, "ZIP password");
}

static void
what_is_no_zip_is_said_to_be_none (void **state)
{
  static const struct {
    const char *bytes;
    gsize size;
  } cases[] = { { "", 0 },           { "P", 1 },
                { "PK\003\004", 4 }, { "PK\005\006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22 },
                { "%PDF-1.7\n", 9 }, { "age-encryption.org/v1\n", 22 } };
  g_autofree char *path = g_build_filename (*state, "x.zip", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbVerification) result = NULL;

    assert_true (g_file_set_contents (path, cases[i].bytes, (gssize) cases[i].size, NULL));
    result = wb_bundle_verify (path, NULL, NULL, NULL, NULL, &error);
    assert_true (result == NULL || !wb_verification_is_good (result));
    assert_true (wb_bundle_looks_like_one (path));
  }
  assert_false (wb_bundle_looks_like_one (*state));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (files_of_every_size_come_back),
    cmocka_unit_test (offsets_over_4_gib_use_zip64),
    cmocka_unit_test (any_flipped_byte_is_found_and_its_part_named),
    cmocka_unit_test (any_cut_or_addition_is_found),
    cmocka_unit_test (other_blocks_for_the_same_data_are_refused),
    cmocka_unit_test (hostile_names_are_refused),
    cmocka_unit_test_setup_teardown (zips_of_other_programs_are_refused_each_for_its_reason,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (an_encrypted_zip_is_refused,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (what_is_no_zip_is_said_to_be_none,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  return cmocka_run_group_tests_name ("zip", tests, NULL, NULL);
}
