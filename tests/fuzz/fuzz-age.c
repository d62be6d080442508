/* SPDX-License-Identifier: EUPL-1.2 */

/* Both ways into an age file agree: the stream, and the small value in locked memory. */
#include <string.h>

#include "wb-age-header-private.h"
#include "wb-age.h"
#include "wb-error.h"
#include "wb-fuzz.h"

/* The example of the age specification; the corpus is encrypted for it. */
#define IDENTITY "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
#define PASSPHRASE "password"
#define LIMIT (1024 * 1024)

/* Not where scrypt would take so long that nothing else is tried. */
static gboolean
is_cheap (const uint8_t *data, size_t size)
{
  const uint8_t *mac = memmem (data, size, "\n--- ", 5);
  const uint8_t *end = mac != NULL ? memchr (mac + 1, '\n', data + size - mac - 1) : NULL;
  g_autoptr (WbAgeHeader) header =
      end != NULL ? wb_age_header_parse ((const char *) data, end + 1 - data, NULL) : NULL;
  const WbAgeStanza *first = header != NULL ? g_ptr_array_index (header->stanzas, 0) : NULL;

  return first != NULL && first->arguments->len == 3 &&
         strlen (g_ptr_array_index (first->arguments, 2)) == 1;
}

/* Up to LIMIT bytes; NULL with the error. */
static GBytes *
read_stream (const uint8_t *data,
             size_t size,
             GPtrArray *identities,
             const WbSecret *passphrase,
             GError **error)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) stream = wb_age_decrypt (base, identities, passphrase, error);
  g_autofree char *plain = g_malloc (LIMIT + 1);
  gsize done;

  if (stream == NULL || !g_input_stream_read_all (stream, plain, LIMIT + 1, &done, NULL, error))
    return NULL;
  return g_bytes_new (plain, done);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) identities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (WbSecret) value = NULL;
  g_autoptr (GBytes) stream = NULL;
  g_autoptr (GError) one = NULL;
  g_autoptr (GError) two = NULL;

  g_ptr_array_add (identities, wb_secret_new_copy (IDENTITY, strlen (IDENTITY), NULL));
  if (is_cheap (data, size))
    passphrase = wb_secret_new_copy (PASSPHRASE, strlen (PASSPHRASE), NULL);
  stream = read_stream (data, size, identities, passphrase, &one);
  value = wb_age_decrypt_bytes (data, size, identities, passphrase, LIMIT, &two);
  wb_fuzz_require ((stream == NULL) == (one != NULL));
  wb_fuzz_require ((value == NULL) == (two != NULL));
  if (g_error_matches (two, WB_ERROR, WB_ERROR_TOO_LARGE))
    return 0;
  wb_fuzz_require ((stream == NULL) == (value == NULL));
  wb_fuzz_require (stream != NULL || one->domain == WB_ERROR);
  if (stream != NULL) {
    g_autoptr (GBytes) other =
        g_bytes_new_static (wb_secret_peek (value, NULL), wb_secret_get_size (value));

    wb_fuzz_require (g_bytes_equal (stream, other));
  }
  return 0;
}
