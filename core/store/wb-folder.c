/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The folder of a register: who may be in it, what lies in it, and the lock. The lock is on the
 * open folder itself, so no file is needed for it and none stays behind after a crash.
 */
#include "wb-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-key-file.h"
#include "wb-resources.h"
#include "wb-safe-file.h"
#include "wb-sums-private.h"

#define STORE_NAME "store.db"
#define TEXT_SIZE_MAX (256 * 1024) /* the texts have some KiB */

/* Name in the folder, and the resource it comes from. */
static const char *const TEXTS[][2] = {
  { "LEESMIJ.txt", "text/register-LEESMIJ.txt" },
  { "README.txt", "text/register-README.txt" },
};

struct _WbFolder {
  char *path; /* absolute */
  char *name; /* for sentences */
  int fd;     /* holds the lock */
};

static WbFolder *
folder_new (const char *path)
{
  WbFolder *self = g_new0 (WbFolder, 1);

  /* Absolute and without a slash at its end, which would lead through a link. */
  self->path = g_canonicalize_filename (path, NULL);
  self->name = g_path_get_basename (self->path);
  self->fd = -1;
  return self;
}

static gboolean
refuse_lock (const WbFolder *self, int code, GError **error)
{
  if (code == EWOULDBLOCK)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_BUSY,
                 _ ("%s is open in another window or program: close it there first."),
                 self->name);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The disk that %s is on cannot lock it against a second user: move the "
                    "register to a local disk."),
                 self->name);
  return FALSE;
}

static gboolean
lock_folder (WbFolder *self, GError **error)
{
  self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd < 0)
    return wb_safe_file_set_error (error, self->name, errno);
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    return refuse_lock (self, errno, error);
  return TRUE;
}

static gboolean
make_subfolder (const char *path, const char *name, GError **error)
{
  if (g_mkdir (path, 0700) != 0)
    return wb_safe_file_set_error (error, name, errno);
  return TRUE;
}

/* Gives the folder this program's texts; those of an older one, or damaged ones, are replaced. */
static gboolean
write_texts (WbFolder *self, WbSums *sums, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (GBytes) text = wb_core_resource (TEXTS[i][1], error);
    g_autoptr (GBytes) present = NULL;
    g_autofree char *path = g_build_filename (self->path, TEXTS[i][0], NULL);
    gconstpointer bytes;
    gsize size;

    if (text == NULL)
      return FALSE;
    bytes = g_bytes_get_data (text, &size);
    present = wb_safe_file_read (self->path, TEXTS[i][0], TEXT_SIZE_MAX, NULL);
    if ((present == NULL || !g_bytes_equal (text, present)) &&
        !wb_safe_file_replace (path, bytes, size, error))
      return FALSE;
    wb_sums_set (sums, TEXTS[i][0], bytes, size);
  }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds "@prefix/entry" for every entry of the folder @name ("" for the register itself). */
static gboolean
list_folder (const WbFolder *self, const char *name, GPtrArray *names, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *entry;

  if (dir == NULL)
    return wb_safe_file_set_error (error, *name != '\0' ? name : self->name, errno);
  while ((entry = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (name, entry, NULL));
  return TRUE;
}

static gboolean
is_key_file (const char *name)
{
  return g_str_has_prefix (name, WB_KEYS_FOLDER "/") && g_str_has_suffix (name, WB_KEY_FILE_SUFFIX);
}

/* A key file gets a line when it is written; one that changed otherwise keeps its old line. */
static gboolean
add_key_files (WbFolder *self, WbSums *sums, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!list_folder (self, WB_KEYS_FOLDER, names, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autoptr (GBytes) bytes = NULL;

    if (!is_key_file (name) || wb_sums_get (sums, name) != NULL)
      continue;
    bytes = wb_safe_file_read (self->path, name, WB_KEY_FILE_SIZE_MAX, error);
    if (bytes == NULL)
      return FALSE;
    wb_sums_set (sums, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  return TRUE;
}

static void
drop_absent (WbFolder *self, WbSums *sums)
{
  g_auto (GStrv) names = wb_sums_list (sums);

  for (char **name = names; *name != NULL; name++) {
    g_autofree char *path = g_build_filename (self->path, *name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      wb_sums_remove (sums, *name);
  }
}

/**
 * wb_folder_seal:
 * @self: the folder
 * @error: return location for an error
 *
 * Writes SHA256SUMS anew, and the texts if this program has other ones. Writing a key file puts its
 * own digest there, so this adds key files that have none and drops those that are gone; it does
 * not bless one that was changed or damaged meanwhile.
 *
 * Returns: %FALSE with %WB_ERROR_NO_SPACE or %WB_ERROR_IO; the old SHA256SUMS stays then
 */
gboolean
wb_folder_seal (WbFolder *self, GError **error)
{
  g_autoptr (WbSums) sums = wb_sums_load (self->path, error);
  g_autofree char *path = g_build_filename (self->path, WB_SUMS_NAME, NULL);
  g_autofree char *text = NULL;

  if (sums == NULL || !write_texts (self, sums, error) || !add_key_files (self, sums, error))
    return FALSE;
  drop_absent (self, sums);
  text = wb_sums_format (sums);
  return wb_safe_file_replace (path, text, strlen (text), error);
}

static gboolean
fill_folder (WbFolder *self, GError **error)
{
  g_autofree char *keys = g_build_filename (self->path, WB_KEYS_FOLDER, NULL);
  g_autofree char *parent = g_path_get_dirname (self->path);

  return lock_folder (self, error) && make_subfolder (keys, WB_KEYS_FOLDER, error) &&
         wb_folder_seal (self, error) && wb_safe_file_sync_folder (parent, error);
}

/* Takes back what fill_folder() made; anything else in there keeps the folder alive. */
static void
undo_folder (WbFolder *self)
{
  static const char *const names[] = { "LEESMIJ.txt", "README.txt", WB_SUMS_NAME };
  g_autofree char *keys = g_build_filename (self->path, WB_KEYS_FOLDER, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (self->path, names[i], NULL);

    (void) g_unlink (path);
  }
  (void) g_rmdir (keys);
  (void) g_rmdir (self->path);
}

/**
 * wb_folder_create:
 * @path: the folder to be made; its parent exists
 * @error: return location for an error
 *
 * Makes the folder of a new register, with its texts, and takes the lock. The store and the key
 * files are still to be made.
 *
 * Returns: (transfer full): the folder; %NULL with %WB_ERROR_EXISTS where anything has that name,
 *   %WB_ERROR_NOT_FOUND without a parent, %WB_ERROR_NO_SPACE, %WB_ERROR_IO; nothing is left then
 */
WbFolder *
wb_folder_create (const char *path, GError **error)
{
  g_autoptr (WbFolder) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = folder_new (path);
  if (!make_subfolder (self->path, self->name, error))
    return NULL;
  if (!fill_folder (self, error)) {
    undo_folder (self);
    return NULL;
  }
  return g_steal_pointer (&self);
}

static gboolean
check_is_register (const WbFolder *self, GError **error)
{
  g_autofree char *store = wb_folder_dup_store_path (self);
  g_autofree char *keys = g_build_filename (self->path, WB_KEYS_FOLDER, NULL);
  struct stat info;

  if (lstat (keys, &info) == 0 && S_ISDIR (info.st_mode) && lstat (store, &info) == 0 &&
      S_ISREG (info.st_mode))
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s is not a whole register, for store.db or keys is missing or a link: choose "
                  "another folder or take it back from a backup."),
               self->name);
  return FALSE;
}

/* What a crash left of a file that had not got its name yet. Only ours: key files and texts. */
static void
remove_leftovers (WbFolder *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!list_folder (self, "", names, NULL) || !list_folder (self, WB_KEYS_FOLDER, names, NULL))
    return;
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *path = g_build_filename (self->path, name, NULL);

    if (g_str_has_suffix (name, WB_KEY_FILE_SUFFIX WB_SAFE_FILE_SUFFIX) ||
        g_str_has_suffix (name, ".txt" WB_SAFE_FILE_SUFFIX) ||
        g_str_equal (name, WB_SUMS_NAME WB_SAFE_FILE_SUFFIX) ||
        (g_str_has_prefix (name, STORE_NAME ".before-") &&
         g_str_has_suffix (name, WB_SAFE_FILE_SUFFIX)))
      (void) g_unlink (path);
  }
}

static gboolean
check_is_folder (const WbFolder *self, GError **error)
{
  struct stat info;

  if (lstat (self->path, &info) != 0)
    return wb_safe_file_set_error (error, self->name, errno);
  if (S_ISDIR (info.st_mode))
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s is not a folder, or a link to one: choose the register's own folder."),
               self->name);
  return FALSE;
}

/**
 * wb_folder_open:
 * @path: the folder of a register
 * @error: return location for an error
 *
 * Takes the lock, which ends with wb_folder_close() or with the process. Rights of others on the
 * folder are taken away.
 *
 * Returns: (transfer full): the folder; %NULL with %WB_ERROR_BUSY while it is open elsewhere, in
 *   this process or another, %WB_ERROR_NOT_FOUND, %WB_ERROR_INVALID for a link or a folder that is
 *   no register, %WB_ERROR_IO where the disk cannot lock
 */
WbFolder *
wb_folder_open (const char *path, GError **error)
{
  g_autoptr (WbFolder) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = folder_new (path);
  if (!check_is_folder (self, error) || !lock_folder (self, error) ||
      !check_is_register (self, error))
    return NULL;
  (void) fchmod (self->fd, 0700); /* FAT has no rights to take */
  remove_leftovers (self);
  return g_steal_pointer (&self);
}

const char *
wb_folder_get_path (const WbFolder *self)
{
  return self->path;
}

char *
wb_folder_dup_store_path (const WbFolder *self)
{
  return g_build_filename (self->path, STORE_NAME, NULL);
}

/* What belongs in the folder and has no line: it changes with every act, or is the list itself. */
static gboolean
is_without_line (const char *name)
{
  static const char *const names[] = {
    WB_SUMS_NAME, WB_KEYS_FOLDER, STORE_NAME, STORE_NAME "-wal", STORE_NAME "-shm",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (name, names[i]))
      return TRUE;
  }
  return g_str_has_prefix (name, STORE_NAME ".before-");
}

static void
add_strangers (WbFolder *self, const WbSums *sums, GPtrArray *present, GPtrArray *ret_names)
{
  for (guint i = 0; i < present->len; i++) {
    const char *name = g_ptr_array_index (present, i);

    if (!is_without_line (name) && wb_sums_get (sums, name) == NULL)
      g_ptr_array_add (ret_names, g_strdup (name));
  }
}

static void
add_changed (WbFolder *self, const WbSums *sums, GPtrArray *ret_names)
{
  g_auto (GStrv) names = wb_sums_list (sums);

  for (char **name = names; *name != NULL; name++) {
    g_autoptr (GBytes) bytes = wb_safe_file_read (self->path, *name, TEXT_SIZE_MAX, NULL);

    if (bytes == NULL || !wb_sums_fits (sums, *name, bytes))
      g_ptr_array_add (ret_names, g_strdup (*name));
  }
}

/**
 * wb_folder_check:
 * @self: the folder
 * @error: return location for an error
 *
 * Compares the folder with SHA256SUMS, which is itself named where it is missing or unreadable.
 *
 * Returns: (transfer full): the names, relative to the folder, of what differs, is missing or does
 *   not belong there; empty when all is well; %NULL with %WB_ERROR_IO
 */
char **
wb_folder_check (WbFolder *self, GError **error)
{
  g_autoptr (WbSums) sums = wb_sums_load (self->path, error);
  g_autoptr (GPtrArray) present = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (sums == NULL || !list_folder (self, "", present, error) ||
      !list_folder (self, WB_KEYS_FOLDER, present, error))
    return NULL;
  if (!wb_sums_is_whole (sums))
    g_ptr_array_add (names, g_strdup (WB_SUMS_NAME));
  add_strangers (self, sums, present, names);
  add_changed (self, sums, names);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Gives the lock back. */
void
wb_folder_close (WbFolder *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}
