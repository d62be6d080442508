/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Writing a backup. To be able to read back what was written, it is encrypted to one key more, made
 * for this backup alone and forgotten when the check is over.
 */
#include "wb-backup-private.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-db-private.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-safe-file.h"
#include "wb-sums-private.h"

#define SPARE_BYTES (1024 * 1024) /* on the disk, for tar and age headers */

struct _WbBackup {
  char *path;
  WbSafeFile *file;
  char sha256[2 * WB_SHA256_SIZE + 1];
  guint64 size;
};

/* What is under way: members in, bytes out. */
typedef struct {
  WbFolder *folder;
  WbDb *db;
  GOutputStream *sink;
  struct archive *archive;
  GString *sums;
  char *prefix; /* the folder's own name */
  WbBackupProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  guint64 done, total;
  GError *problem;
} Writing;

gboolean
wb_backup_set_error (GError **error, GError *problem)
{
  if (problem->domain != G_IO_ERROR || problem->code == G_IO_ERROR_CANCELLED) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  if (problem->code == G_IO_ERROR_NO_SPACE)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NO_SPACE,
                         _ ("There is no room for the backup there: choose another disk."));
  else
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_IO,
        _ ("The backup cannot be read or written there: check the disk or stick."));
  g_error_free (problem);
  return FALSE;
}

static la_ssize_t
write_sink (struct archive *archive, void *data, const void *bytes, size_t size)
{
  Writing *self = data;

  if (g_output_stream_write_all (self->sink,
                                 bytes,
                                 size,
                                 NULL,
                                 self->cancellable,
                                 self->problem == NULL ? &self->problem : NULL))
    return (la_ssize_t) size;
  archive_set_error (archive, EIO, "write");
  return -1;
}

static gboolean
fail (Writing *self, GError **error)
{
  if (self->problem == NULL)
    return wb_backup_set_error (
        error,
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, archive_error_string (self->archive)));
  return wb_backup_set_error (error, g_steal_pointer (&self->problem));
}

static gboolean
begin_member (Writing *self, const char *name, guint64 size, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char *path = g_str_equal (name, WB_BACKUP_SUMS)
                              ? g_strdup (name)
                              : g_build_filename (self->prefix, name, NULL);
  int status;

  archive_entry_set_pathname (entry, path);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  status = archive_write_header (self->archive, entry);
  archive_entry_free (entry);
  return status == ARCHIVE_OK || fail (self, error);
}

static gboolean
write_piece (Writing *self, gconstpointer bytes, gsize size, GError **error)
{
  if (archive_write_data (self->archive, bytes, size) != (la_ssize_t) size)
    return fail (self, error);
  self->done += size;
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->total), 2 * self->total, self->user_data);
  return TRUE;
}

static void
add_line (Writing *self, const char *hex, const char *name)
{
  g_string_append_printf (self->sums, "%s  %s\n", hex, name);
}

static gboolean
write_small (Writing *self, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes =
      wb_safe_file_read (wb_folder_get_path (self->folder), name, SPARE_BYTES, error);
  g_autofree char *hex = NULL;
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  hex = wb_sha256_hex (data, size);
  add_line (self, hex, name);
  return begin_member (self, name, size, error) && write_piece (self, data, size, error);
}

static gboolean
write_smalls (Writing *self, GError **error)
{
  static const char *const names[] = { "README.txt", "LEESMIJ.txt", WB_SUMS_NAME };
  g_autofree char *path =
      g_build_filename (wb_folder_get_path (self->folder), WB_KEYS_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *key;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!write_small (self, names[i], error))
      return FALSE;
  }
  if (dir == NULL)
    return wb_safe_file_set_error (error, WB_KEYS_FOLDER, EIO);
  while ((key = g_dir_read_name (dir)) != NULL) {
    g_autofree char *name = g_build_filename (WB_KEYS_FOLDER, key, NULL);

    if (g_str_has_suffix (key, WB_KEY_FILE_SUFFIX) && !write_small (self, name, error))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  Writing *writing;
  WbSha256 *sum;
} Pages;

static gboolean
take_pages (gconstpointer bytes, gsize size, gpointer user_data, GError **error)
{
  Pages *pages = user_data;

  wb_sha256_update (pages->sum, bytes, size);
  return write_piece (pages->writing, bytes, size, error);
}

static gboolean
write_store (Writing *self, guint64 size, GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  g_autofree char *hex = NULL;
  guint8 digest[WB_SHA256_SIZE];
  Pages pages = { self, sum };

  if (!begin_member (self, "store.db", size, error) ||
      !wb_db_each_page (self->db, take_pages, &pages, error))
    return FALSE;
  wb_sha256_finish (sum, digest);
  hex = wb_hex_encode (digest, sizeof digest);
  add_line (self, hex, "store.db");
  return TRUE;
}

static gboolean
write_members (Writing *self, GError **error)
{
  return write_smalls (self, error) && write_store (self, self->total, error) &&
         begin_member (self, WB_BACKUP_SUMS, self->sums->len, error) &&
         write_piece (self, self->sums->str, self->sums->len, error) &&
         (archive_write_close (self->archive) == ARCHIVE_OK || fail (self, error));
}

static gboolean
write_tar (Writing *self, GError **error)
{
  gboolean good;

  self->archive = archive_write_new ();
  archive_write_set_format_pax_restricted (self->archive);
  archive_write_set_bytes_in_last_block (self->archive, 1);
  good = archive_write_open2 (self->archive, self, NULL, write_sink, NULL, NULL) == ARCHIVE_OK
             ? write_members (self, error)
             : fail (self, error);
  archive_write_free (self->archive);
  return good;
}

static gboolean
check_space (const char *path, guint64 wanted, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  struct statvfs disk;

  if (statvfs (folder, &disk) != 0)
    return wb_safe_file_set_error (error, folder, errno);
  if ((guint64) disk.f_bavail * disk.f_frsize < wanted + wanted / 4000 + SPARE_BYTES)
    return wb_safe_file_set_error (error, name, ENOSPC);
  return TRUE;
}

static gboolean
check_free (const char *path, GError **error)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_EXISTS,
                       _ ("There is a file of that name already; choose another name: nothing is "
                          "overwritten."));
  return FALSE;
}

/* All recipients, and the key that reads back. */
static char **
add_own (const char *const *recipients, const WbSecret *own, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *recipient = wb_age_identity_to_recipient (own, error);

  if (recipient == NULL)
    return NULL;
  g_strv_builder_addv (builder, (const char **) recipients);
  g_strv_builder_add (builder, recipient);
  return g_strv_builder_end (builder);
}

static gboolean
write_sealed (Writing *self,
              WbBackup *backup,
              const char *const *recipients,
              const WbSecret *passphrase,
              GError **error)
{
  g_autoptr (GOutputStream) disk = wb_safe_file_get_stream (backup->file);
  g_autoptr (GError) local = NULL;
  gboolean good;

  self->sink = wb_age_encrypt (disk, recipients, passphrase, WB_AGE_WORK_FACTOR, error);
  if (self->sink == NULL)
    return FALSE;
  good = write_tar (self, error);
  if (good && !g_output_stream_close (self->sink, self->cancellable, &local))
    good = wb_backup_set_error (error, g_steal_pointer (&local));
  g_clear_object (&self->sink);
  return good && wb_safe_file_sync (backup->file, error);
}

typedef struct {
  Writing *writing;
  guint64 done;
} Back;

static gboolean
count_back (const char *name, gconstpointer bytes, gsize size, gpointer user_data, GError **error)
{
  Back *back = user_data;

  back->done += size;
  if (back->writing->progress != NULL)
    back->writing->progress (back->writing->total + MIN (back->done, back->writing->total),
                             2 * back->writing->total,
                             back->writing->user_data);
  return TRUE;
}

static gboolean
hash_file (WbBackup *self, int fd, GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  g_autofree guint8 *buffer = g_malloc (WB_BACKUP_CHUNK);
  g_autofree char *hex = NULL;
  guint8 digest[WB_SHA256_SIZE];
  gssize got;

  while ((got = read (fd, buffer, WB_BACKUP_CHUNK)) > 0) {
    wb_sha256_update (sum, buffer, (gsize) got);
    self->size += (guint64) got;
  }
  if (got < 0 || lseek (fd, 0, SEEK_SET) != 0)
    return wb_safe_file_set_error (error, self->path, errno);
  wb_sha256_finish (sum, digest);
  hex = wb_hex_encode (digest, sizeof digest);
  g_strlcpy (self->sha256, hex, sizeof self->sha256);
  return TRUE;
}

/* From the disk rather than from the system's memory, where it lets us. */
static gboolean
read_back (Writing *self,
           WbBackup *backup,
           GPtrArray *identities,
           const WbSecret *passphrase,
           GError **error)
{
  g_autoptr (GInputStream) disk = wb_safe_file_read_back (backup->file, error);
  g_autoptr (GInputStream) plain = NULL;
  Back back = { self, 0 };
  int fd;

  if (disk == NULL)
    return FALSE;
  fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (disk));
  if (!hash_file (backup, fd, error))
    return FALSE;
  plain = wb_age_decrypt (disk, identities, passphrase, error);
  return plain != NULL && wb_backup_read (plain, count_back, &back, self->cancellable, error);
}

static gboolean
write_and_read_back (Writing *self,
                     WbBackup *backup,
                     const char *const *recipients,
                     const WbSecret *passphrase,
                     GError **error)
{
  g_autoptr (GPtrArray) identities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  g_auto (GStrv) all = NULL;
  WbSecret *own;

  if (passphrase != NULL)
    return write_sealed (self, backup, NULL, passphrase, error) &&
           read_back (self, backup, NULL, passphrase, error);
  own = wb_age_identity_generate (error);
  if (own == NULL)
    return FALSE;
  g_ptr_array_add (identities, own);
  all = add_own (recipients, own, error);
  return all != NULL && write_sealed (self, backup, (const char *const *) all, NULL, error) &&
         read_back (self, backup, identities, NULL, error);
}

/**
 * wb_backup_write:
 * @folder: the register's folder, which this process holds
 * @db: its store, outside a transaction
 * @path: where the backup goes; nothing may be there
 * @recipients: (nullable): age1… keys that can read it, at least one; %NULL with @passphrase
 * @passphrase: (nullable): what opens it otherwise
 * @progress: (nullable): bytes done, bytes in all; writing and reading back count alike
 * @user_data: for @progress
 * @cancellable: (nullable): stops the work
 * @error: return location for an error
 *
 * Checks every page of the store, writes the backup, brings it to disk, and reads all of it back.
 *
 * Returns: (transfer full): a backup that lacks only its name; %NULL with %WB_ERROR_EXISTS,
 *   %WB_ERROR_NO_SPACE, %WB_ERROR_DAMAGED where the store or what was read back is damaged,
 *   %WB_ERROR_IO or %G_IO_ERROR_CANCELLED; nothing of it is left then
 */
WbBackup *
wb_backup_write (WbFolder *folder,
                 WbDb *db,
                 const char *path,
                 const char *const *recipients,
                 const WbSecret *passphrase,
                 WbBackupProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (WbBackup) self = NULL;
  g_autoptr (GString) sums = g_string_new (NULL);
  g_autofree char *prefix = g_path_get_basename (wb_folder_get_path (folder));
  g_autofree char *problem = NULL;
  Writing writing = { .folder = folder,
                      .db = db,
                      .sums = sums,
                      .prefix = prefix,
                      .progress = progress,
                      .user_data = user_data,
                      .cancellable = cancellable };

  if (!check_free (path, error) || !wb_db_check_pages (db, &problem, error))
    return NULL;
  if (problem != NULL) {
    g_set_error_literal (error, WB_ERROR, WB_ERROR_DAMAGED, problem);
    return NULL;
  }
  if (!wb_db_get_file_size (db, &writing.total, error) || !check_space (path, writing.total, error))
    return NULL;
  self = g_new0 (WbBackup, 1);
  self->path = g_strdup (path);
  self->file = wb_safe_file_new (path, error);
  if (self->file == NULL || !write_and_read_back (&writing, self, recipients, passphrase, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
wb_backup_get_sha256 (const WbBackup *self)
{
  return self->sha256;
}

guint64
wb_backup_get_size (const WbBackup *self)
{
  return self->size;
}

/**
 * wb_backup_commit:
 * @self: a backup that was read back
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_EXISTS where a file got that name meanwhile, or %WB_ERROR_IO
 */
gboolean
wb_backup_commit (WbBackup *self, GError **error)
{
  return check_free (self->path, error) && wb_safe_file_commit (self->file, error);
}

void
wb_backup_free (WbBackup *self)
{
  if (self == NULL)
    return;
  wb_safe_file_free (self->file);
  g_free (self->path);
  g_free (self);
}
