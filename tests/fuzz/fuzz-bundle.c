/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A bundle's ZIP and all that is judged in it. What is read without a finding is what the writer
 * makes of the same files, byte for byte.
 */
#include <string.h>

#include "wb-bundle-private.h"
#include "wb-fuzz.h"
#include "wb-zip-private.h"

static void
write_again (const WbBundleFiles *files, GInputStream *source, const uint8_t *data, size_t size)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (WbZipWriter) writer = wb_zip_writer_new (memory);
  g_autoptr (WbVerification) result = wb_verification_new ("again", "full");
  g_autoptr (WbZipReader) reader = wb_zip_reader_new (source, result);
  const char *path = NULL;
  char buffer[4096];
  gssize got;

  while (wb_zip_reader_next (reader, &path, NULL, NULL)) {
    g_autofree char *name = g_strconcat (files->base, "/", path, NULL);

    wb_fuzz_require (wb_zip_writer_begin (writer, name, NULL, NULL));
    while ((got = wb_zip_reader_read (reader, buffer, sizeof buffer, NULL, NULL)) > 0)
      wb_fuzz_require (wb_zip_writer_write (writer, buffer, (gsize) got, NULL, NULL));
    wb_fuzz_require (wb_zip_writer_end (writer, NULL, NULL));
  }
  wb_fuzz_require (wb_zip_writer_finish (writer, NULL, NULL));
  wb_fuzz_require (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)) == size);
  wb_fuzz_require (
      memcmp (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)), data, size) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) again = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) foreign =
      g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (WbVerification) result = wb_verification_new ("fuzz", "full");
  g_autoptr (WbVerification) other = wb_verification_new ("fuzz", "full");
  g_autoptr (WbBundleFiles) files =
      wb_bundle_files_read (stream, result, NULL, NULL, 0, NULL, NULL);

  wb_fuzz_require (files != NULL);
  wb_fuzz_require (files->whole || !wb_verification_is_good (result));
  if (wb_verification_is_good (result))
    write_again (files, again, data, size);
  if (files->whole)
    wb_bundle_check_all (files, NULL);
  (void) wb_zip_diagnose (foreign, size, other);
  return 0;
}
