/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Key files: the secrets of one user under that user's passphrase. The JSON inside is written and
 * read in locked memory only, and in one form only: a general parser would leave copies behind.
 */
#include "wb-key-file.h"

#include <string.h>

#include "wb-age.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-key-text-private.h"
#include "wb-safe-file.h"
#include "wb-sums-private.h"

#define USER_MAX 32
#define RECOVERY_USER "recovery"
#define RECOVERY_NAME WB_KEYS_FOLDER "/" RECOVERY_USER WB_KEY_FILE_SUFFIX

static guint work_factor = WB_AGE_WORK_FACTOR;

/* For tests alone, which would wait a second for each key file otherwise; log2 of scrypt's N. */
void
wb_key_file_set_work_factor (guint log2_n)
{
  work_factor = log2_n;
}

/**
 * wb_key_file_check_user:
 * @user: a name, as it is to stand in a file name
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where a key file cannot have that name
 */
gboolean
wb_key_file_check_user (const char *user, GError **error)
{
  gsize size = strspn (user, "abcdefghijklmnopqrstuvwxyz0123456789._-");

  if (size > 0 && size <= USER_MAX && user[size] == '\0' && g_ascii_isalnum (*user) &&
      strcmp (user, RECOVERY_USER) != 0)
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("A user name has at most %d small letters, digits, points, hyphens or "
                  "underscores, begins with a letter or digit and is not “%s”: choose another."),
               USER_MAX,
               RECOVERY_USER);
  return FALSE;
}

static char *
name_file (const char *user)
{
  return g_strconcat (WB_KEYS_FOLDER "/", user, WB_KEY_FILE_SUFFIX, NULL);
}

/* The key file and its line in SHA256SUMS change together, or neither does. */
static gboolean
replace_file (const char *folder, const char *name, GBytes *sealed, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *sums_path = g_build_filename (folder, WB_SUMS_NAME, NULL);
  g_autoptr (WbSums) sums = wb_sums_load (folder, error);
  g_autoptr (WbSafeFile) file = NULL;
  g_autoptr (WbSafeFile) list = NULL;
  g_autofree char *text = NULL;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (sealed, &size);

  if (sums == NULL)
    return FALSE;
  wb_sums_set (sums, name, bytes, size);
  text = wb_sums_format (sums);
  file = wb_safe_file_new (path, error);
  if (file == NULL || !wb_safe_file_write (file, bytes, size, error) ||
      !wb_safe_file_finish (file, error))
    return FALSE;
  list = wb_safe_file_new (sums_path, error);
  return list != NULL && wb_safe_file_write (list, text, strlen (text), error) &&
         wb_safe_file_finish (list, error) && wb_safe_file_commit (file, error) &&
         wb_safe_file_commit (list, error);
}

static gboolean
check_passphrase (const WbSecret *passphrase, GError **error)
{
  if (wb_secret_get_size (passphrase) > 0)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("The passphrase is empty: choose one that nobody guesses."));
  return FALSE;
}

/**
 * wb_key_file_save:
 * @self: the keys
 * @folder: the register's folder
 * @passphrase: what is to open them from now on
 * @error: return location for an error
 *
 * Writes keys/USER.age and its digest. Takes about a second, on purpose.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID for a wrong name or an empty passphrase,
 *   %WB_ERROR_NO_SPACE, %WB_ERROR_IO; an older key file stays then
 */
gboolean
wb_key_file_save (const WbKeyFile *self,
                  const char *folder,
                  const WbSecret *passphrase,
                  GError **error)
{
  g_autoptr (WbSecret) text = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *name = NULL;
  gsize size;

  if (!wb_key_file_check_user (self->user, error) || !check_passphrase (passphrase, error))
    return FALSE;
  text = wb_key_text_write (self, &size, error);
  if (text == NULL)
    return FALSE;
  sealed = wb_age_encrypt_bytes (wb_secret_peek (text, NULL),
                                 size,
                                 NULL,
                                 passphrase,
                                 work_factor,
                                 error);
  if (sealed == NULL)
    return FALSE;
  name = name_file (self->user);
  return replace_file (folder, name, sealed, error);
}

/**
 * wb_key_file_save_recovery:
 * @folder: the register's folder
 * @store_key: the store key
 * @recipients: age1... of the body's recovery keys, at least one; %NULL-terminated
 * @error: return location for an error
 *
 * Writes keys/recovery.age: whoever holds one of the recovery identities can read the register,
 * but cannot sign in anybody's name.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID for a wrong recipient or none, %WB_ERROR_NO_SPACE,
 *   %WB_ERROR_IO; an older file stays then
 */
gboolean
wb_key_file_save_recovery (const char *folder,
                           const WbSecret *store_key,
                           const char *const *recipients,
                           GError **error)
{
  g_autoptr (WbSecret) text = NULL;
  g_autoptr (GBytes) sealed = NULL;
  gsize size;

  if (recipients == NULL || recipients[0] == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("There is no recovery key: give at least one that begins with age1."));
    return FALSE;
  }
  text = wb_key_text_write_recovery (store_key, &size, error);
  if (text == NULL)
    return FALSE;
  sealed = wb_age_encrypt_bytes (wb_secret_peek (text, NULL), size, recipients, NULL, 0, error);
  return sealed != NULL && replace_file (folder, RECOVERY_NAME, sealed, error);
}

static void
set_unknown_user (const char *folder, const char *user, GError **error)
{
  g_auto (GStrv) users = wb_key_file_list_users (folder, NULL);
  g_autofree char *list = users != NULL ? g_strjoinv (", ", users) : NULL;

  if (list != NULL && *list != '\0')
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("This register has no user “%s”; it has: %s."),
                 user,
                 list);
  else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NOT_FOUND,
                         _ ("This register has no key files: take the folder keys back from a "
                            "backup."));
}

static void
set_damaged (const char *name, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_DAMAGED,
               _ ("%s is damaged: take it back from a backup."),
               name);
}

/* A flipped bit looks like a wrong passphrase to age; the digest tells them apart. */
static void
set_not_opened (const char *folder,
                const char *name,
                GBytes *sealed,
                GError *problem,
                GError **error)
{
  g_autoptr (WbSums) sums = wb_sums_load (folder, NULL);
  gboolean changed = sums != NULL && !wb_sums_fits (sums, name, sealed);

  if (!changed && g_error_matches (problem, WB_ERROR, WB_ERROR_WRONG_KEY))
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_WRONG_KEY,
                         _ ("The passphrase does not fit: try again."));
  else if (changed || g_error_matches (problem, WB_ERROR, WB_ERROR_DAMAGED) ||
           g_error_matches (problem, WB_ERROR, WB_ERROR_INVALID) ||
           g_error_matches (problem, WB_ERROR, WB_ERROR_TOO_LARGE))
    set_damaged (name, error);
  else
    g_propagate_error (error, g_error_copy (problem));
}

static WbSecret *
open_file (const char *folder,
           const char *name,
           GPtrArray *identities,
           const WbSecret *passphrase,
           GError **error)
{
  g_autoptr (GBytes) sealed = wb_safe_file_read (folder, name, WB_KEY_FILE_SIZE_MAX, error);
  g_autoptr (GError) problem = NULL;
  WbSecret *text;

  if (sealed == NULL)
    return NULL;
  text = wb_age_decrypt_bytes (g_bytes_get_data (sealed, NULL),
                               g_bytes_get_size (sealed),
                               identities,
                               passphrase,
                               WB_KEY_TEXT_MAX,
                               &problem);
  if (text == NULL)
    set_not_opened (folder, name, sealed, problem, error);
  return text;
}

/* The name inside must be the name outside: a file that was renamed signs for somebody else. */
static WbKeyFile *
read_keys (const WbSecret *text, const char *user, const char *name, GError **error)
{
  g_autoptr (WbKeyFile) self = wb_key_text_read (text, name, error);

  if (self == NULL)
    return NULL;
  if (strcmp (self->user, user) == 0)
    return g_steal_pointer (&self);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s is the key file of another user: give it its own name back."),
               name);
  return NULL;
}

/**
 * wb_key_file_load:
 * @folder: the register's folder
 * @user: a user's name
 * @passphrase: that user's passphrase
 * @error: return location for an error
 *
 * Opens keys/USER.age. Takes about a second, on purpose.
 *
 * Returns: (transfer full): the keys; %NULL with %WB_ERROR_NOT_FOUND for an unknown user,
 *   %WB_ERROR_WRONG_KEY for a wrong passphrase, %WB_ERROR_DAMAGED where the file is not the one
 *   SHA256SUMS tells of, %WB_ERROR_NEWER, %WB_ERROR_INVALID, %WB_ERROR_IO
 */
WbKeyFile *
wb_key_file_load (const char *folder, const char *user, const WbSecret *passphrase, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbSecret) text = NULL;
  g_autofree char *name = NULL;

  if (!wb_key_file_check_user (user, error))
    return NULL;
  name = name_file (user);
  text = open_file (folder, name, NULL, passphrase, &problem);
  if (text != NULL)
    return read_keys (text, user, name, error);
  if (g_error_matches (problem, WB_ERROR, WB_ERROR_NOT_FOUND))
    set_unknown_user (folder, user, error);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * wb_key_file_load_recovery:
 * @folder: the register's folder
 * @identities: (element-type WbSecret): the body's recovery identities, AGE-SECRET-KEY-1...
 * @error: return location for an error
 *
 * Opens keys/recovery.age.
 *
 * Returns: (transfer full): the store key; %NULL with %WB_ERROR_NOT_FOUND where the register has no
 *   recovery key, %WB_ERROR_WRONG_KEY, %WB_ERROR_DAMAGED, %WB_ERROR_NEWER, %WB_ERROR_IO
 */
WbSecret *
wb_key_file_load_recovery (const char *folder, GPtrArray *identities, GError **error)
{
  g_autoptr (WbSecret) text = open_file (folder, RECOVERY_NAME, identities, NULL, error);

  if (text == NULL)
    return NULL;
  return wb_key_text_read_recovery (text, RECOVERY_NAME, error);
}

static int
compare_users (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * wb_key_file_list_users:
 * @folder: the register's folder
 * @error: return location for an error
 *
 * Returns: (transfer full): the users that have a key file, in order; %NULL with
 *   %WB_ERROR_NOT_FOUND where there is no folder for them
 */
char **
wb_key_file_list_users (const char *folder, GError **error)
{
  g_autofree char *keys = g_build_filename (folder, WB_KEYS_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (keys, 0, NULL);
  g_autoptr (GPtrArray) users = g_ptr_array_new ();
  const char *entry;

  if (dir == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NOT_FOUND,
                         _ ("This register has no key files: take the folder keys back from a "
                            "backup."));
    return NULL;
  }
  while ((entry = g_dir_read_name (dir)) != NULL) {
    g_autofree char *user = NULL;

    if (!g_str_has_suffix (entry, WB_KEY_FILE_SUFFIX))
      continue;
    user = g_strndup (entry, strlen (entry) - strlen (WB_KEY_FILE_SUFFIX));
    if (wb_key_file_check_user (user, NULL))
      g_ptr_array_add (users, g_steal_pointer (&user));
  }
  g_ptr_array_sort (users, compare_users);
  g_ptr_array_add (users, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&users), FALSE);
}

/**
 * wb_key_file_copy:
 * @self: the keys of a user
 *
 * Returns: (transfer full): the same keys; the secrets are shared, not doubled
 */
WbKeyFile *
wb_key_file_copy (const WbKeyFile *self)
{
  WbKeyFile *copy = g_new0 (WbKeyFile, 1);

  copy->user = g_strdup (self->user);
  copy->store_key = wb_secret_ref (self->store_key);
  copy->seed = wb_secret_ref (self->seed);
  copy->log_seed = wb_secret_ref (self->log_seed);
  copy->identity = wb_secret_ref (self->identity);
  return copy;
}

void
wb_key_file_free (WbKeyFile *self)
{
  if (self == NULL)
    return;

  g_free (self->user);
  wb_secret_unref (self->store_key);
  wb_secret_unref (self->seed);
  wb_secret_unref (self->log_seed);
  wb_secret_unref (self->identity);
  g_free (self);
}
