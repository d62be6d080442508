/* SPDX-License-Identifier: EUPL-1.2 */

/* Small files that must be whole or absent, for their owner's eyes only (mode 0600). */
#include "wb-safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define PIECES_MAX 4 /* of a name such as keys/anna.age */

struct _WbSafeFile {
  char *path;
  char *written; /* the name until the commit */
  int fd;
};

static WbError
find_code (int code)
{
  switch (code) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return WB_ERROR_NO_SPACE;
  case ENOENT:
  case ENOTDIR:
    return WB_ERROR_NOT_FOUND;
  case EEXIST:
    return WB_ERROR_EXISTS;
  case ELOOP:
    return WB_ERROR_INVALID;
  default:
    return WB_ERROR_IO;
  }
}

/**
 * wb_safe_file_set_error:
 * @error: return location for an error
 * @name: the file, as the user knows it
 * @code: what the system said
 *
 * Puts an error number of the system in our words.
 *
 * Returns: %FALSE
 */
gboolean
wb_safe_file_set_error (GError **error, const char *name, int code)
{
  WbError ours = find_code (code);
  const char *text;

  switch (code) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    text = _ ("The disk is full, so %s was not written: make room and try again.");
    break;
  case ENOENT:
  case ENOTDIR:
    text = _ ("%s does not exist: check the name.");
    break;
  case EEXIST:
    text = _ ("%s exists already: choose another name.");
    break;
  case ELOOP:
    text = _ ("%s is reached through a link: put the file itself in its place.");
    break;
  case EACCES:
  case EPERM:
  case EROFS:
    text = _ ("%s may not be opened or written: check the rights on it and its folder.");
    break;
  default:
    g_set_error (error,
                 WB_ERROR,
                 ours,
                 _ ("%s cannot be read or written: %s. Check the disk."),
                 name,
                 g_strerror (code));
    return FALSE;
  }
  g_set_error (error, WB_ERROR, ours, text, name);
  return FALSE;
}

static gboolean
fail (const char *path, int code, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  return wb_safe_file_set_error (error, name, code);
}

/**
 * wb_safe_file_new:
 * @path: the file to be made or replaced
 * @error: return location for an error
 *
 * Starts a file beside @path. What a crash left there of an earlier one is thrown away.
 *
 * Returns: (transfer full): the file; %NULL with %WB_ERROR_NO_SPACE, %WB_ERROR_NOT_FOUND or
 *   %WB_ERROR_IO
 */
WbSafeFile *
wb_safe_file_new (const char *path, GError **error)
{
  g_autofree char *written = g_strconcat (path, WB_SAFE_FILE_SUFFIX, NULL);
  WbSafeFile *self;
  int fd;

  (void) g_unlink (written);
  fd = open (written, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) {
    fail (path, errno, error);
    return NULL;
  }
  self = g_new0 (WbSafeFile, 1);
  self->path = g_strdup (path);
  self->written = g_steal_pointer (&written);
  self->fd = fd;
  return self;
}

/**
 * wb_safe_file_write:
 * @self: the file, not committed
 * @bytes: what follows
 * @size: its length in bytes
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_NO_SPACE or %WB_ERROR_IO; the file under its real name is still
 *   as it was
 */
gboolean
wb_safe_file_write (WbSafeFile *self, gconstpointer bytes, gsize size, GError **error)
{
  const guint8 *at = bytes;

  while (size > 0) {
    gssize done = write (self->fd, at, size);

    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return fail (self->path, errno, error);
    at += done;
    size -= (gsize) done;
  }
  return TRUE;
}

/**
 * wb_safe_file_sync_folder:
 * @folder: a folder
 * @error: return location for an error
 *
 * Makes new names in @folder survive a power cut.
 *
 * Returns: %FALSE with %WB_ERROR_NOT_FOUND or %WB_ERROR_IO
 */
gboolean
wb_safe_file_sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = 0;

  if (fd < 0)
    return fail (folder, errno, error);
  if (fsync (fd) != 0 && errno != EINVAL) /* some file systems have nothing to sync here */
    code = errno;
  close (fd);
  return code == 0 || fail (folder, code, error);
}

/**
 * wb_safe_file_finish:
 * @self: the file, wholly written
 * @error: return location for an error
 *
 * Brings it to disk without giving it its name. For two files that must change together: finish
 * both, then commit both.
 *
 * Returns: %FALSE with %WB_ERROR_NO_SPACE or %WB_ERROR_IO
 */
gboolean
wb_safe_file_finish (WbSafeFile *self, GError **error)
{
  int fd = self->fd;

  if (fd < 0)
    return TRUE;
  if (fsync (fd) != 0)
    return fail (self->path, errno, error);
  self->fd = -1;
  if (close (fd) != 0)
    return fail (self->path, errno, error);
  return TRUE;
}

/**
 * wb_safe_file_get_stream:
 * @self: the file, not finished
 *
 * Returns: (transfer full): a stream into it; closing it leaves the file open
 */
GOutputStream *
wb_safe_file_get_stream (WbSafeFile *self)
{
  return g_unix_output_stream_new (self->fd, FALSE);
}

/**
 * wb_safe_file_sync:
 * @self: the file, not finished
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_NO_SPACE or %WB_ERROR_IO where it is not on disk
 */
gboolean
wb_safe_file_sync (WbSafeFile *self, GError **error)
{
  return fsync (self->fd) == 0 || fail (self->path, errno, error);
}

/**
 * wb_safe_file_read_back:
 * @self: the file, synced and not committed
 * @error: return location for an error
 *
 * From the disk rather than from the system's memory, where it lets us.
 *
 * Returns: (transfer full): a #GUnixInputStream from its first byte; %NULL with %WB_ERROR_IO
 */
GInputStream *
wb_safe_file_read_back (WbSafeFile *self, GError **error)
{
  int fd = open (self->written, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0) {
    fail (self->path, errno, error);
    return NULL;
  }
  (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  return g_unix_input_stream_new (fd, TRUE);
}

/**
 * wb_safe_file_commit:
 * @self: the file, wholly written
 * @error: return location for an error
 *
 * Puts it in the place of an older one, on disk and not only in the system's memory.
 *
 * Returns: %FALSE with %WB_ERROR_NO_SPACE or %WB_ERROR_IO; the older one stays then
 */
gboolean
wb_safe_file_commit (WbSafeFile *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_return_val_if_fail (self->written != NULL, FALSE);

  if (!wb_safe_file_finish (self, error))
    return FALSE;
  if (g_rename (self->written, self->path) != 0)
    return fail (self->path, errno, error);
  g_clear_pointer (&self->written, g_free);
  return wb_safe_file_sync_folder (folder, error);
}

/* Throws away what was not committed. */
void
wb_safe_file_free (WbSafeFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->written != NULL)
    (void) g_unlink (self->written);
  g_free (self->written);
  g_free (self->path);
  g_free (self);
}

/**
 * wb_safe_file_replace:
 * @path: the file to be made or replaced
 * @bytes: all of it
 * @size: its length in bytes
 * @error: return location for an error
 *
 * Returns: %FALSE as for wb_safe_file_commit()
 */
gboolean
wb_safe_file_replace (const char *path, gconstpointer bytes, gsize size, GError **error)
{
  g_autoptr (WbSafeFile) file = wb_safe_file_new (path, error);

  return file != NULL && wb_safe_file_write (file, bytes, size, error) &&
         wb_safe_file_commit (file, error);
}

/* Piece by piece: O_NOFOLLOW looks at the last one only. */
static int
open_below (const char *folder, const char *name)
{
  g_auto (GStrv) pieces = g_strsplit (name, "/", PIECES_MAX);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  for (char **piece = pieces; fd >= 0 && *piece != NULL; piece++) {
    /* A pipe without O_NONBLOCK would keep us waiting for ever. */
    int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (piece[1] != NULL ? O_DIRECTORY : O_NONBLOCK);
    int next = openat (fd, *piece, flags);
    int code = errno;

    close (fd);
    errno = code;
    fd = next;
  }
  return fd;
}

static GBytes *
read_all (int fd, const char *name, gsize limit, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (limit + 1);
  gsize size = 0;
  gssize got = 1;

  while (size <= limit && got != 0) {
    got = read (fd, bytes + size, limit + 1 - size);
    if (got < 0 && errno != EINTR) {
      wb_safe_file_set_error (error, name, errno);
      return NULL;
    }
    size += got > 0 ? (gsize) got : 0;
  }
  if (size > limit) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_TOO_LARGE,
                 _ ("%s is larger than such a file can be: take it back from a backup."),
                 name);
    return NULL;
  }
  return g_bytes_new (bytes, size);
}

/**
 * wb_safe_file_read:
 * @folder: a folder
 * @name: a file below it, such as keys/anna.age
 * @limit: the most bytes that are accepted
 * @error: return location for an error
 *
 * Reads a small file that must really lie in @folder.
 *
 * Returns: (transfer full): its bytes; %NULL with %WB_ERROR_NOT_FOUND, %WB_ERROR_INVALID for a link
 *   or another thing than a file, %WB_ERROR_TOO_LARGE, %WB_ERROR_IO
 */
GBytes *
wb_safe_file_read (const char *folder, const char *name, gsize limit, GError **error)
{
  int fd = open_below (folder, name);
  GBytes *bytes = NULL;
  struct stat info;

  if (fd < 0) {
    wb_safe_file_set_error (error, name, errno);
    return NULL;
  }
  if (fstat (fd, &info) != 0)
    wb_safe_file_set_error (error, name, errno);
  else if (!S_ISREG (info.st_mode))
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is not an ordinary file: put the file itself in its place."),
                 name);
  else
    bytes = read_all (fd, name, limit, error);
  close (fd);
  return bytes;
}
