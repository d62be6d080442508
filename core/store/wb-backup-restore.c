/* SPDX-License-Identifier: EUPL-1.2 */

/* Taking a backup out into a folder of its own. */
#include "wb-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-safe-file.h"
#include "wb-sums-private.h"

typedef struct {
  const char *folder;
  int fd; /* of the member being written, or -1 */
  WbBackupProgress progress;
  gpointer user_data;
  guint64 done, total;
} Taking;

static gboolean
open_member (Taking *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  self->fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
  return self->fd >= 0 || wb_safe_file_set_error (error, name, errno);
}

static gboolean
close_member (Taking *self, const char *name, GError **error)
{
  int code = fsync (self->fd) != 0 ? errno : 0;

  if (close (self->fd) != 0)
    code = errno;
  self->fd = -1;
  return code == 0 || wb_safe_file_set_error (error, name, code);
}

static gboolean
write_piece (Taking *self, const char *name, const guint8 *bytes, gsize size, GError **error)
{
  while (size > 0) {
    gssize done = write (self->fd, bytes, size);

    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return wb_safe_file_set_error (error, name, errno);
    bytes += done;
    size -= (gsize) done;
    self->done += (guint64) done;
  }
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->total), self->total, self->user_data);
  return TRUE;
}

static gboolean
take (const char *name, gconstpointer bytes, gsize size, gpointer user_data, GError **error)
{
  Taking *self = user_data;

  if (self->fd < 0 && !open_member (self, name, error))
    return FALSE;
  return size == 0 ? close_member (self, name, error)
                   : write_piece (self, name, bytes, size, error);
}

/**
 * wb_backup_remove:
 * @folder: what wb_backup_restore() made
 *
 * Takes back a register that was put back and proved to be wrong.
 */
void
wb_backup_remove (const char *folder)
{
  g_autofree char *keys = g_build_filename (folder, WB_KEYS_FOLDER, NULL);
  const char *const folders[] = { keys, folder };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      (void) g_unlink (path);
    }
    (void) g_rmdir (folders[i]);
  }
}

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *keys = g_build_filename (folder, WB_KEYS_FOLDER, NULL);
  g_autofree char *name = g_path_get_basename (folder);

  if (g_mkdir (folder, 0700) != 0)
    return wb_safe_file_set_error (error, name, errno);
  return g_mkdir (keys, 0700) == 0 || wb_safe_file_set_error (error, WB_KEYS_FOLDER, errno);
}

static gboolean
open_plain (Taking *self,
            const char *path,
            GPtrArray *identities,
            const WbSecret *passphrase,
            GInputStream **ret_plain,
            GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) disk = g_file_read (file, NULL, &local);
  g_autofree char *name = g_path_get_basename (path);
  struct stat info;

  if (disk == NULL)
    return wb_safe_file_set_error (error, name, g_stat (path, &info) != 0 ? errno : EACCES);
  self->total = g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
  *ret_plain = wb_age_decrypt (G_INPUT_STREAM (disk), identities, passphrase, error);
  return *ret_plain != NULL;
}

static gboolean
sync_folders (const char *folder, GError **error)
{
  g_autofree char *keys = g_build_filename (folder, WB_KEYS_FOLDER, NULL);

  return wb_safe_file_sync_folder (keys, error) && wb_safe_file_sync_folder (folder, error);
}

/**
 * wb_backup_restore:
 * @path: the backup
 * @identities: (nullable) (element-type WbSecret): recovery identities, AGE-SECRET-KEY-1…
 * @passphrase: (nullable): what opens it otherwise
 * @folder: the register's folder to be; nothing may be there
 * @progress: (nullable): bytes done, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): stops the work
 * @error: return location for an error
 *
 * Puts a register back as it was when the backup was made.
 *
 * Returns: %FALSE with %WB_ERROR_EXISTS, %WB_ERROR_WRONG_KEY, %WB_ERROR_DAMAGED,
 *   %WB_ERROR_NO_SPACE, %WB_ERROR_IO or %G_IO_ERROR_CANCELLED; nothing was put back then
 */
gboolean
wb_backup_restore (const char *path,
                   GPtrArray *identities,
                   const WbSecret *passphrase,
                   const char *folder,
                   WbBackupProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GInputStream) plain = NULL;
  Taking self = { folder, -1, progress, user_data, 0, 0 };
  gboolean good;

  if (!open_plain (&self, path, identities, passphrase, &plain, error) ||
      !make_folder (folder, error))
    return FALSE;
  good = wb_backup_read (plain, take, &self, cancellable, error) && sync_folders (folder, error);
  if (self.fd >= 0)
    (void) close (self.fd);
  if (!good)
    wb_backup_remove (folder);
  return good;
}
