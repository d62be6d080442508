/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Reading a backup: a tar that may be hostile. Only the names of a register's folder are accepted,
 * plain files, each once, and each must be what SHA256SUMS.backup says.
 */
#include "wb-backup-private.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-sums-private.h"

#define MEMBERS_MAX 10000               /* key files of one register */
#define SUMS_SIZE_MAX (2 * 1024 * 1024) /* as many lines of SHA256SUMS.backup */

typedef struct {
  GInputStream *plain;
  GCancellable *cancellable;
  GError *problem; /* of the stream below */
  guint8 buffer[WB_BACKUP_CHUNK];
} Source;

typedef struct {
  GHashTable *digests; /* (element-type utf8 utf8): name to hex */
  GByteArray *sums;    /* what SHA256SUMS.backup holds */
  WbBackupMember take;
  gpointer user_data;
} Reading;

static la_ssize_t
read_source (struct archive *archive, void *data, const void **ret_bytes)
{
  Source *source = data;
  gssize got = g_input_stream_read (source->plain,
                                    source->buffer,
                                    sizeof source->buffer,
                                    source->cancellable,
                                    source->problem == NULL ? &source->problem : NULL);

  *ret_bytes = source->buffer;
  if (got < 0)
    archive_set_error (archive, EIO, "read");
  return got;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (
      error,
      WB_ERROR,
      WB_ERROR_DAMAGED,
      _ ("This is not a whole backup of a register: it is damaged, was cut short or is "
         "something else. Take another backup; nothing was put back."));
  return FALSE;
}

static gboolean
is_key_name (const char *name)
{
  return strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen (name) &&
         name[0] != '.' && g_str_has_suffix (name, WB_KEY_FILE_SUFFIX);
}

/* The name within the register's folder, or NULL where a backup has no such thing. */
static const char *
member_name (const char *path)
{
  static const char *const names[] = { "store.db", "LEESMIJ.txt", "README.txt", WB_SUMS_NAME };
  const char *name = path != NULL ? strchr (path, '/') : NULL;

  if (g_strcmp0 (path, WB_BACKUP_SUMS) == 0)
    return WB_BACKUP_SUMS;
  if (name == NULL || name == path)
    return NULL;
  name++;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (name, names[i]))
      return names[i];
  }
  return g_str_has_prefix (name, WB_KEYS_FOLDER "/") &&
                 is_key_name (name + strlen (WB_KEYS_FOLDER "/"))
             ? name
             : NULL;
}

static gboolean
take_piece (Reading *self, const char *name, gconstpointer bytes, gsize size, GError **error)
{
  if (!g_str_equal (name, WB_BACKUP_SUMS))
    return self->take == NULL || self->take (name, bytes, size, self->user_data, error);
  if (self->sums->len + size > SUMS_SIZE_MAX)
    return refuse (error);
  g_byte_array_append (self->sums, bytes, (guint) size);
  return TRUE;
}

static gboolean
read_member (Reading *self, struct archive *archive, const char *name, GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  guint8 digest[WB_SHA256_SIZE];
  g_autofree guint8 *buffer = g_malloc (WB_BACKUP_CHUNK);
  la_ssize_t got;

  while ((got = archive_read_data (archive, buffer, WB_BACKUP_CHUNK)) > 0) {
    wb_sha256_update (sum, buffer, (gsize) got);
    if (!take_piece (self, name, buffer, (gsize) got, error))
      return FALSE;
  }
  if (got < 0)
    return refuse (error);
  wb_sha256_finish (sum, digest);
  if (g_str_equal (name, WB_BACKUP_SUMS))
    return TRUE;
  g_hash_table_insert (self->digests, g_strdup (name), wb_hex_encode (digest, sizeof digest));
  return self->take == NULL || self->take (name, NULL, 0, self->user_data, error);
}

static gboolean
read_members (Reading *self, struct archive *archive, GError **error)
{
  struct archive_entry *entry;
  int status;

  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK) {
    const char *name = member_name (archive_entry_pathname (entry));

    if (name == NULL || archive_entry_filetype (entry) != AE_IFREG ||
        archive_entry_hardlink (entry) != NULL || self->sums->len > 0 ||
        g_hash_table_contains (self->digests, name) ||
        g_hash_table_size (self->digests) >= MEMBERS_MAX)
      return refuse (error);
    if (!read_member (self, archive, name, error))
      return FALSE;
  }
  return status == ARCHIVE_EOF || refuse (error);
}

/* Both ways: no member without a line, no line without a member. */
static gboolean
compare (Reading *self, GError **error)
{
  g_autoptr (WbSums) sums = wb_sums_parse ((const char *) self->sums->data, self->sums->len);
  g_auto (GStrv) names = wb_sums_list (sums);
  GHashTableIter iter;
  gpointer name, digest;

  if (!wb_sums_is_whole (sums) || !g_hash_table_contains (self->digests, "store.db") ||
      g_strv_length (names) != g_hash_table_size (self->digests))
    return refuse (error);
  g_hash_table_iter_init (&iter, self->digests);
  while (g_hash_table_iter_next (&iter, &name, &digest)) {
    if (g_strcmp0 (wb_sums_get (sums, name), digest) != 0)
      return refuse (error);
  }
  return TRUE;
}

static gboolean
read_all (Reading *self, Source *source, GError **error)
{
  struct archive *archive = archive_read_new ();
  g_autoptr (GError) local = NULL;
  gboolean good;

  archive_read_support_format_tar (archive);
  good = archive_read_open (archive, source, NULL, read_source, NULL) == ARCHIVE_OK
             ? read_members (self, archive, &local)
             : refuse (&local);
  archive_read_free (archive);
  /* What follows the tar must still be authentic: the end of the age file is proof of the whole. */
  while (good && source->problem == NULL &&
         g_input_stream_skip (source->plain, WB_BACKUP_CHUNK, NULL, &source->problem) > 0)
    ;
  if (source->problem != NULL)
    return wb_backup_set_error (error, g_steal_pointer (&source->problem));
  if (!good)
    g_propagate_error (error, g_steal_pointer (&local));
  return good;
}

gboolean
wb_backup_read (GInputStream *plain,
                WbBackupMember take,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GByteArray) sums = g_byte_array_new ();
  g_autofree Source *source = g_new0 (Source, 1);
  Reading self = { digests, sums, take, user_data };

  source->plain = plain;
  source->cancellable = cancellable;
  return read_all (&self, source, error) && compare (&self, error);
}
