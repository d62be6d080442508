/* SPDX-License-Identifier: EUPL-1.2 */

/* A bundle taken apart, changed as a test likes, signed anew or not, and packed again. */
#include "wb-test-bundle.h"

#include <sys/wait.h>

#include "wb-bundle-private.h"
#include "wb-sshsig.h"
#include "wb-test.h"
#include "wb-zip-private.h"

static GBytes *
read_zip_file (WbZipReader *zip)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 buffer[65536];
  gssize got;

  while ((got = wb_zip_reader_read (zip, buffer, sizeof buffer, NULL, &error)) > 0)
    g_byte_array_append (bytes, buffer, (guint) got);
  wb_assert_no_error (error);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GPtrArray *
wb_test_files_read (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
  g_autoptr (WbZipReader) zip = wb_zip_reader_new (stream, result);
  g_autoptr (GError) error = NULL;
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bag_file_free);
  const char *name = NULL;

  while (wb_zip_reader_next (zip, &name, NULL, &error)) {
    g_autofree char *kept = g_strdup (name);

    g_ptr_array_add (files, wb_bag_file_new (kept, read_zip_file (zip)));
  }
  wb_assert_no_error (error);
  return files;
}

GPtrArray *
wb_test_files_copy (GPtrArray *files)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bag_file_free);

  for (guint i = 0; i < files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (files, i);

    g_ptr_array_add (copy, wb_bag_file_new (file->path, g_bytes_ref (file->bytes)));
  }
  return copy;
}

static int
find_file (GPtrArray *files, const char *path)
{
  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (((const WbBagFile *) g_ptr_array_index (files, i))->path, path))
      return (int) i;
  return -1;
}

void
wb_test_files_set (GPtrArray *files, const char *path, gconstpointer bytes, gsize size)
{
  int at = find_file (files, path);
  WbBagFile *file = bytes != NULL ? wb_bag_file_new (path, g_bytes_new (bytes, size)) : NULL;

  if (file == NULL && at >= 0)
    g_ptr_array_remove_index (files, (guint) at);
  else if (file != NULL && at < 0)
    g_ptr_array_add (files, file);
  else if (file != NULL) {
    wb_bag_file_free (g_ptr_array_index (files, at));
    g_ptr_array_index (files, at) = file;
  }
}

GBytes *
wb_test_files_get (GPtrArray *files, const char *path)
{
  int at = find_file (files, path);

  assert_true (at >= 0);
  return ((const WbBagFile *) g_ptr_array_index (files, at))->bytes;
}

static void
set_text (GPtrArray *files, const char *path, const char *text)
{
  wb_test_files_set (files, path, text, strlen (text));
}

static void
set_oxum (GPtrArray *files)
{
  GBytes *bytes = wb_test_files_get (files, "bag-info.txt");
  g_autofree char *old = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GRegex) regex = g_regex_new ("Payload-Oxum: .*", 0, 0, NULL);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  guint count = 0;

  for (guint i = 0; i < files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (files, i);

    if (!wb_bag_is_payload (file->path))
      continue;
    size += file->size;
    count++;
  }
  line = g_strdup_printf ("Payload-Oxum: %zu.%u", size, count);
  text = g_regex_replace_literal (regex, old, -1, 0, line, 0, NULL);
  set_text (files, "bag-info.txt", text);
}

void
wb_test_files_reseal (GPtrArray *files, const WbSecret *seed)
{
  g_autofree char *manifest = NULL;
  g_autofree char *tag_manifest = NULL;
  g_autofree char *signature = NULL;

  wb_test_files_set (files, WB_BUNDLE_TAG_MANIFEST, NULL, 0);
  wb_test_files_set (files, WB_BUNDLE_SIGNATURE, NULL, 0);
  set_oxum (files);
  manifest = wb_bag_manifest (files, TRUE);
  set_text (files, WB_BUNDLE_MANIFEST, manifest);
  tag_manifest = wb_bag_manifest (files, FALSE);
  signature = wb_sshsig_sign (seed, WB_BUNDLE_NAMESPACE, tag_manifest, strlen (tag_manifest), NULL);
  set_text (files, WB_BUNDLE_TAG_MANIFEST, tag_manifest);
  set_text (files, WB_BUNDLE_SIGNATURE, signature);
}

GBytes *
wb_test_files_pack (GPtrArray *files, const char *base)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (WbZipWriter) zip = wb_zip_writer_new (memory);

  for (guint i = 0; i < files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (files, i);
    g_autofree char *name = g_strconcat (base, "/", file->path, NULL);

    assert_true (wb_zip_writer_begin (zip, name, NULL, NULL));
    assert_true (wb_zip_writer_write (zip,
                                      g_bytes_get_data (file->bytes, NULL),
                                      g_bytes_get_size (file->bytes),
                                      NULL,
                                      NULL));
    assert_true (wb_zip_writer_end (zip, NULL, NULL));
  }
  assert_true (wb_zip_writer_finish (zip, NULL, NULL));
  assert_true (g_output_stream_close (memory, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

void
wb_test_files_save (GPtrArray *files, const char *path)
{
  g_autoptr (GBytes) zip = wb_test_files_pack (files, "NL-TEST-2026-0001");

  assert_true (g_file_set_contents (path,
                                    g_bytes_get_data (zip, NULL),
                                    (gssize) g_bytes_get_size (zip),
                                    NULL));
}

void
wb_test_files_unpack (GPtrArray *files, const char *folder)
{
  for (guint i = 0; i < files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (files, i);
    g_autofree char *path = g_build_filename (folder, file->path, NULL);
    g_autofree char *parent = g_path_get_dirname (path);

    assert_int_equal (g_mkdir_with_parents (parent, 0700), 0);
    assert_true (g_file_set_contents (path,
                                      g_bytes_get_data (file->bytes, NULL),
                                      (gssize) g_bytes_get_size (file->bytes),
                                      NULL));
  }
}

int
wb_test_run (const char *folder, const char *const *argv, char **ret_output)
{
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  int status = -1;

  if (!g_spawn_sync (folder,
                     (char **) argv,
                     NULL,
                     G_SPAWN_SEARCH_PATH,
                     NULL,
                     NULL,
                     &output,
                     &complaint,
                     &status,
                     NULL))
    return -1;
  if (ret_output != NULL)
    *ret_output = g_strconcat (output, complaint, NULL);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}
