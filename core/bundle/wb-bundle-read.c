/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Reads an archive once, as a stream: every file's SHA-256, and the bytes of those few that are
 * judged further. Nothing is written to disk. Knows no rule of what a bundle must hold.
 */
#include "wb-bundle-private.h"

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-zip-private.h"

typedef struct {
  WbBundleFiles *files;
  WbZipReader *zip;
  guint8 *buffer;
  gsize kept; /* bytes of all kept files */
  guint64 done, total;
  WbProgress progress;
  gpointer user_data;
} Reading;

static void
bundle_file_free (WbBundleFile *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

void
wb_bundle_files_free (WbBundleFiles *self)
{
  if (self == NULL)
    return;
  g_free (self->base);
  g_hash_table_unref (self->files);
  wb_verification_unref (self->result);
  g_free (self);
}

/**
 * wb_bundle_files_find:
 * @self: what an archive held
 * @path: path below the base folder
 *
 * Returns: (transfer none) (nullable): that file
 */
const WbBundleFile *
wb_bundle_files_find (const WbBundleFiles *self, const char *path)
{
  return g_hash_table_lookup (self->files, path);
}

/**
 * wb_bundle_files_get:
 * @self: what an archive held
 * @path: path below the base folder
 *
 * Returns: (transfer none) (nullable): its bytes; %NULL where it is missing or was not kept
 */
GBytes *
wb_bundle_files_get (const WbBundleFiles *self, const char *path)
{
  const WbBundleFile *file = wb_bundle_files_find (self, path);

  return file != NULL ? file->bytes : NULL;
}

/**
 * wb_bundle_files_list:
 * @self: what an archive held
 * @folder: such as "data/log/entries/"
 *
 * Returns: (transfer container) (element-type utf8): the paths that begin so, sorted
 */
GList *
wb_bundle_files_list (const WbBundleFiles *self, const char *folder)
{
  GHashTableIter iter;
  gpointer path;
  GList *list = NULL;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, folder))
      list = g_list_prepend (list, path);
  return g_list_sort (list, (GCompareFunc) strcmp);
}

/* What is judged beyond its sum. */
static gboolean
is_kept (const char *path)
{
  static const char *const names[] = { "bagit.txt",         "bag-info.txt",
                                       WB_BUNDLE_MANIFEST,  WB_BUNDLE_TAG_MANIFEST,
                                       WB_BUNDLE_SIGNATURE, "allowed_signers",
                                       "data/case.json",    "data/index.csv" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (path, names[i]))
      return TRUE;
  return g_str_has_prefix (path, "data/log/");
}

static void
keep_file (Reading *self, const char *path, guint64 size, WbSha256 *sum, GByteArray *kept)
{
  WbBundleFile *file = g_new0 (WbBundleFile, 1);
  guint8 digest[WB_SHA256_SIZE];

  wb_sha256_finish (sum, digest);
  file->path = g_strdup (path);
  file->size = size;
  file->sha256 = wb_hex_encode (digest, sizeof digest);
  if (kept != NULL)
    file->bytes = g_byte_array_free_to_bytes (g_byte_array_ref (kept));
  g_hash_table_replace (self->files->files, file->path, file);
  wb_verification_count (self->files->result, "files", 1);
  if (g_str_has_prefix (path, "data/evidence/"))
    wb_verification_count (self->files->result, "evidence", 1);
}

static gboolean
append_kept (Reading *self, const char *path, GByteArray *kept, gsize size)
{
  if (size > WB_BUNDLE_KEEP_MAX - self->kept) {
    wb_verification_add (self->files->result,
                         path,
                         -1,
                         "%s",
                         _ ("This file makes the bundle's log larger than Waarborg reads."));
    return FALSE;
  }
  self->kept += size;
  g_byte_array_append (kept, self->buffer, (guint) size);
  return TRUE;
}

/* @path: NULL: the name was refused, its data are read over. */
static gboolean
read_file (Reading *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  g_autofree char *name = g_strdup (path);
  gboolean keep = path != NULL && is_kept (path);
  guint64 size = 0;
  gssize got;

  while ((got = wb_zip_reader_read (self->zip, self->buffer, WB_BUNDLE_CHUNK, cancellable, error)) >
         0) {
    wb_sha256_update (sum, self->buffer, (gsize) got);
    keep = keep && append_kept (self, name, kept, (gsize) got);
    size += (guint64) got;
    self->done += (guint64) got;
    if (self->progress != NULL)
      self->progress (MIN (self->done, self->total), self->total, self->user_data);
  }
  if (got < 0)
    return FALSE;
  if (name != NULL)
    keep_file (self, name, size, sum, keep ? kept : NULL);
  return TRUE;
}

static gboolean
read_all (Reading *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *path = NULL;

  while (wb_zip_reader_next (self->zip, &path, cancellable, &local))
    if (!read_file (self, path, cancellable, error))
      return FALSE;
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  return wb_zip_reader_finish (self->zip, cancellable, error);
}

static char *
dup_base (const WbZipReader *zip)
{
  const char *base = wb_zip_reader_get_base (zip);

  return base != NULL ? g_strndup (base, strlen (base) - 1) : g_strdup ("");
}

/**
 * wb_bundle_files_read:
 * @zip: an archive's bytes
 * @result: findings and counts go here
 * @progress: (nullable): told how far the reading is
 * @user_data: for @progress
 * @total: bytes of the archive, for @progress
 * @cancellable: (nullable): stops the reading
 * @error: return location for an error
 *
 * Reads the whole archive. Damage is a finding and ends the reading where nothing can follow; an
 * error is only what the stream below says (cancelled, not readable).
 *
 * Returns: (transfer full): what it held
 */
WbBundleFiles *
wb_bundle_files_read (GInputStream *zip,
                      WbVerification *result,
                      WbProgress progress,
                      gpointer user_data,
                      guint64 total,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (WbBundleFiles) files = g_new0 (WbBundleFiles, 1);
  g_autoptr (WbZipReader) reader = wb_zip_reader_new (zip, result);
  g_autofree guint8 *buffer = g_malloc (WB_BUNDLE_CHUNK);
  g_autoptr (GError) local = NULL;
  Reading self = { files, reader, buffer, 0, 0, total, progress, user_data };

  files->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) bundle_file_free);
  files->result = wb_verification_ref (result);
  files->whole = read_all (&self, cancellable, &local);
  files->base = dup_base (reader);
  if (local != NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_DAMAGED)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (local != NULL)
    wb_verification_add (result, wb_zip_reader_get_part (reader), -1, "%s", local->message);
  return g_steal_pointer (&files);
}
