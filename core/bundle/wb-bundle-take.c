/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A verified bundle for whoever takes it in: the entries of its log as they were hashed, with their
 * lines and proofs, out of the very bytes that were judged. Evidence is read a second time, as a
 * stream, and must give the sums that it gave the first time.
 */
#include "wb-bundle-take.h"

#include "wb-bundle-private.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-zip-private.h"

#define EVIDENCE "data/evidence/"

void
wb_bundle_taken_free (WbBundleTaken *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->verification, wb_verification_unref);
  g_free (self->manifest_sha256);
  g_free (self->signer);
  g_free (self->reference);
  g_free (self->origin);
  g_free (self->vkey);
  g_free (self->checkpoint);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->files);
  g_free (self);
}

static char *
dup_text (const WbBundleFiles *files, const char *path)
{
  GBytes *bytes = wb_bundle_files_get (files, path);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : g_strdup ("");
}

static GPtrArray *
split_lines (const WbBundleFiles *files, guint64 number)
{
  g_autofree char *path = wb_bundle_entry_path ("disclosed", number, ".txt");
  g_autofree char *text = dup_text (files, path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] != '\0')
      g_ptr_array_add (array, g_strdup (lines[i]));
  }
  return array;
}

static void
take_entry (WbBundleTaken *self, const WbBundleFiles *files, const char *path)
{
  GBytes *bytes = wb_bundle_files_get (files, path);
  g_autoptr (WbEntry) entry =
      wb_entry_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_autofree char *proof = NULL;
  WbBundleEntry *item;

  if (entry == NULL)
    return;
  proof = wb_bundle_entry_path ("proofs", entry->number, ".tlog-proof");
  item = g_new0 (WbBundleEntry, 1);
  item->number = entry->number;
  item->bytes = g_bytes_ref (bytes);
  item->lines = split_lines (files, entry->number);
  item->proof = dup_text (files, proof);
  g_ptr_array_add (self->entries, item);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const WbBundleEntry *left = *(WbBundleEntry *const *) a, *right = *(WbBundleEntry *const *) b;

  return left->number < right->number ? -1 : left->number > right->number;
}

static void
take_all (WbBundleTaken *self, const WbBundleFiles *files)
{
  g_autoptr (GList) entries = wb_bundle_files_list (files, "data/log/entries/");
  g_autoptr (GList) evidence = wb_bundle_files_list (files, EVIDENCE);
  const WbBundleFile *manifest = wb_bundle_files_find (files, WB_BUNDLE_TAG_MANIFEST);

  self->manifest_sha256 = g_strdup (manifest->sha256);
  self->reference = g_strdup (files->base);
  self->signer = g_strdup (wb_verification_get_fact (self->verification, "signer"));
  self->origin = g_strdup (wb_verification_get_fact (self->verification, "origin"));
  self->vkey = g_strchomp (dup_text (files, "data/log/log.vkey"));
  self->checkpoint = dup_text (files, "data/log/checkpoint");
  self->size = g_ascii_strtoull (wb_verification_get_fact (self->verification, "size"), NULL, 10);
  for (GList *at = entries; at != NULL; at = at->next)
    take_entry (self, files, at->data);
  g_ptr_array_sort (self->entries, compare_numbers);
  for (GList *at = evidence; at != NULL; at = at->next)
    g_hash_table_insert (self->files,
                         g_strdup (at->data),
                         g_strdup (wb_bundle_files_find (files, at->data)->sha256));
}

/**
 * wb_bundle_take:
 * @path: a .zip or .zip.age
 * @options: (nullable): as for wb_bundle_verify()
 * @progress: (nullable): told now and then how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): stops the work
 * @error: return location for an error, as of wb_bundle_verify()
 *
 * Verifies a bundle; only where nothing was found wrong are its entries given.
 *
 * Returns: (transfer full): what was checked and found, and what the bundle holds
 */
WbBundleTaken *
wb_bundle_take (const char *path,
                const WbBundleCheckOptions *options,
                WbProgress progress,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (WbBundleTaken) self = g_new0 (WbBundleTaken, 1);
  g_autoptr (WbBundleFiles) files = NULL;

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bundle_entry_free);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->verification =
      wb_bundle_verify_keeping (path, options, progress, user_data, cancellable, &files, error);
  if (self->verification == NULL)
    return NULL;
  if (files != NULL && wb_verification_is_good (self->verification))
    take_all (self, files);
  return g_steal_pointer (&self);
}

static gboolean
refuse_changed (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_VERIFY,
                       _ ("The bundle changed while it was read: copy it to this computer and try "
                          "again."));
  return FALSE;
}

typedef struct {
  WbZipReader *zip;
  guint8 *buffer;
  gsize piece_size;
  WbBundleEachPiece each;
  gpointer user_data;
  GCancellable *cancellable;
} Reading;

/* Fills the buffer as far as the file goes; the reader is not asked again past its end. */
static gboolean
fill_piece (Reading *self, gsize *ret_size, gboolean *ret_ended, GError **error)
{
  gsize size = 0;

  *ret_ended = FALSE;
  while (size < self->piece_size && !*ret_ended) {
    gssize got = wb_zip_reader_read (self->zip,
                                     self->buffer + size,
                                     self->piece_size - size,
                                     self->cancellable,
                                     error);

    if (got < 0)
      return FALSE;
    *ret_ended = got == 0;
    size += (gsize) got;
  }
  *ret_size = size;
  return TRUE;
}

/* @sha256: (nullable): NULL: not evidence, read over. */
static gboolean
read_file (Reading *self, const char *sha256, GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  guint8 digest[WB_SHA256_SIZE];
  g_autofree char *hex = NULL;
  gboolean ended = FALSE;

  for (guint place = 0; !ended; place++) {
    gsize size;

    if (!fill_piece (self, &size, &ended, error))
      return FALSE;
    if (size == 0)
      break;
    wb_sha256_update (sum, self->buffer, size);
    if (sha256 != NULL && !self->each (sha256, place, self->buffer, size, self->user_data, error))
      return FALSE;
  }
  wb_sha256_finish (sum, digest);
  hex = wb_hex_encode (digest, sizeof digest);
  return sha256 == NULL || g_str_equal (hex, sha256) || refuse_changed (error);
}

/**
 * wb_bundle_taken_each_file:
 * @self: what was verified
 * @path: the same file
 * @options: (nullable): the same
 * @piece_size: bytes of a piece
 * @each: called with every piece of every file of evidence
 * @user_data: for @each
 * @cancellable: (nullable): stops the work
 * @error: return location for an error; %WB_ERROR_VERIFY where the file is no longer what was
 *   verified
 */
gboolean
wb_bundle_taken_each_file (const WbBundleTaken *self,
                           const char *path,
                           const WbBundleCheckOptions *options,
                           gsize piece_size,
                           WbBundleEachPiece each,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error)
{
  static const WbBundleCheckOptions none = { NULL, NULL, NULL };
  g_autoptr (GInputStream) stream =
      wb_bundle_open_zip (path, options != NULL ? options : &none, cancellable, error);
  g_autoptr (WbVerification) result = wb_verification_new (path, "full");
  g_autoptr (WbZipReader) zip = stream != NULL ? wb_zip_reader_new (stream, result) : NULL;
  g_autofree guint8 *buffer = g_malloc (piece_size);
  g_autoptr (GError) local = NULL;
  Reading reading = { zip, buffer, piece_size, each, user_data, cancellable };
  const char *name = NULL;
  guint n = 0;

  if (zip == NULL)
    return FALSE;
  while (wb_zip_reader_next (zip, &name, cancellable, &local)) {
    const char *sha256 = name != NULL ? g_hash_table_lookup (self->files, name) : NULL;

    n += sha256 != NULL;
    if (!read_file (&reading, sha256, error))
      return FALSE;
  }
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  return n == g_hash_table_size (self->files) || refuse_changed (error);
}
