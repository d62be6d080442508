/* SPDX-License-Identifier: EUPL-1.2 */

/* The connection to the SQLCipher file: its key, its settings, its pages. It knows no table. */
#include "wb-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-db-private.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-safe-file.h"
#include "wb-sqlite-private.h"

#define PLAIN_MAGIC "SQLite format 3" /* with its NUL: how a file without encryption begins */
#define BUSY_MILLISECONDS 2000        /* a virus scanner or a backup lets go within that */
#define COPY_CHUNK (64 * 1024)
#define REWRITE_IN_MEMORY (256 * 1024 * 1024) /* bytes: what a laptop has to spare */

/*
 * Debian builds SQLCipher with SQLITE_TEMP_STORE=1: without temp_store, sorting spills to plain
 * files. A larger cache saves decrypting: SQLCipher reads six times as slowly as SQLite.
 */
#define SQL_SETTINGS                                                                               \
  "PRAGMA temp_store = MEMORY;"                                                                    \
  "PRAGMA journal_mode = WAL;"                                                                     \
  "PRAGMA synchronous = FULL;"                                                                     \
  "PRAGMA secure_delete = ON;"                                                                     \
  "PRAGMA foreign_keys = ON;"                                                                      \
  "PRAGMA trusted_schema = OFF;"                                                                   \
  "PRAGMA cell_size_check = ON;"                                                                   \
  "PRAGMA mmap_size = 0;"                                                                          \
  "PRAGMA journal_size_limit = 8388608;"                                                           \
  "PRAGMA cache_size = -32768;"

/* Only for SQL of ours that holds no value: literals, and the migrations. */
gboolean
wb_db_run_script (WbDb *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db->native, sql, NULL, NULL, NULL) != SQLITE_OK)
    return wb_sqlite_set_error (db, error);
  return TRUE;
}

/* The text of a one-row query, such as a PRAGMA; NULL where there is no row. */
static gboolean
read_text (WbDb *db, const char *sql, char **ret_text, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query_literal (db, sql, error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_text = row ? g_strdup (wb_stmt_get_text (stmt, 0)) : NULL;
  return TRUE;
}

static int
take_text (void *data, int n_columns, char **values, char **names)
{
  char **ret_text = data;

  g_free (*ret_text);
  *ret_text = n_columns > 0 ? g_strdup (values[0]) : NULL;
  return 0;
}

/* In memory, and by calls that any SQLite of this century has: no file is touched by a library that
 * may not write it. NULL where it is no SQLCipher. */
static char *
dup_cipher_version (void)
{
  sqlite3 *native = NULL;
  char *version = NULL;

  if (sqlite3_open (":memory:", &native) == SQLITE_OK)
    (void) sqlite3_exec (native, "PRAGMA cipher_version", take_text, &version, NULL);
  (void) sqlite3_close (native);
  return version;
}

/* Plain SQLite exports the same symbols: a wrong link order would write plain text. */
static gboolean
check_cipher (GError **error)
{
  g_autofree char *version = dup_cipher_version ();

  if (version != NULL && g_str_has_prefix (version, "4."))
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_IO,
               _ ("Waarborg needs SQLCipher 4 but finds %s: install libsqlcipher of version 4.5 or "
                  "later."),
               version != NULL ? version : "SQLite");
  return FALSE;
}

/* A raw key is written x'<hex>', which skips SQLCipher's own password hashing. */
static gboolean
set_key (WbDb *db, const WbSecret *key, GError **error)
{
  static const char digits[] = "0123456789abcdef";
  g_autoptr (WbSecret) literal = wb_secret_new (3 + 2 * WB_DB_KEY_SIZE, error);
  const guint8 *bytes = wb_secret_peek (key, NULL);
  char *out;

  if (literal == NULL)
    return FALSE;
  out = (char *) wb_secret_peek_writable (literal);
  *out++ = 'x';
  *out++ = '\'';
  for (gsize i = 0; i < WB_DB_KEY_SIZE; i++) {
    *out++ = digits[bytes[i] >> 4];
    *out++ = digits[bytes[i] & 0x0f];
  }
  *out = '\'';
  if (sqlite3_key_v2 (db->native,
                      "main",
                      wb_secret_peek (literal, NULL),
                      (int) wb_secret_get_size (literal)) != SQLITE_OK)
    return wb_sqlite_set_error (db, error);
  return TRUE;
}

/* SQLite refuses a link anywhere in the path; only the file itself may not be one. */
static char *
resolve_path (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (folder, NULL);
  char *resolved;

  if (real == NULL) {
    g_set_error (error,
                 WB_ERROR,
                 errno == ENOENT || errno == ENOTDIR ? WB_ERROR_NOT_FOUND : WB_ERROR_IO,
                 _ ("The folder of %s cannot be opened: check its name and the rights on it."),
                 name);
    return NULL;
  }
  resolved = g_build_filename (real, name, NULL);
  free (real); /* from malloc() */
  return resolved;
}

/* Makes the empty file ourselves: nobody else may read it, and nothing is overwritten. */
static gboolean
make_file (WbDb *db, GError **error)
{
  int fd = open (db->path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return wb_safe_file_set_error (error, db->name, errno);
  close (fd);
  return TRUE;
}

static gboolean
check_file (WbDb *db, GError **error)
{
  struct stat info;

  if (lstat (db->path, &info) != 0)
    return wb_safe_file_set_error (error, db->name, errno);
  if (!S_ISREG (info.st_mode)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is not an ordinary file but a link or a folder: put the file itself in its "
                    "place."),
                 db->name);
    return FALSE;
  }
  return TRUE;
}

static sqlite3_file *
get_file (WbDb *db)
{
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (db->native, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file == NULL || file->pMethods == NULL)
    return NULL;
  return file;
}

/*
 * SQLite would take an empty file for a new one. Read by its own handle: closing another one on
 * the same file would drop SQLite's locks, as POSIX has it.
 */
static gboolean
check_start (WbDb *db, GError **error)
{
  guint8 start[sizeof PLAIN_MAGIC];
  sqlite3_file *file = get_file (db);
  int rc = file != NULL ? file->pMethods->xRead (file, start, sizeof start, 0) : SQLITE_IOERR_READ;

  if (rc == SQLITE_IOERR_SHORT_READ)
    return wb_sqlite_set_damaged (db, error);
  if (rc != SQLITE_OK)
    return wb_safe_file_set_error (error, db->name, EIO);
  if (memcmp (start, PLAIN_MAGIC, sizeof start) != 0)
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s is not encrypted: it is a file of another program, not of a register."),
               db->name);
  return FALSE;
}

static gboolean
configure (WbDb *db, GError **error)
{
  g_autofree char *mode = NULL;

  if (!wb_db_run_script (db, SQL_SETTINGS, error) ||
      !read_text (db, "PRAGMA journal_mode", &mode, error))
    return FALSE;
  if (g_strcmp0 (mode, "wal") != 0) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The disk that %s is on cannot keep a journal beside it: move the register to "
                    "a local disk."),
                 db->name);
    return FALSE;
  }
  (void) sqlite3_db_config (db->native, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void) sqlite3_db_config (db->native, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  (void) sqlite3_db_config (db->native, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  return TRUE;
}

/* Nothing is decrypted before the first read, so read: a wrong key must fail here. */
static gboolean
unlock (WbDb *db, const WbSecret *key, gboolean alone, GError **error)
{
  /* It writes to standard error of itself. */
  if (!wb_db_run_script (db, "PRAGMA cipher_log_source = NONE;", error) ||
      !wb_db_run_script (db, "PRAGMA cipher_log_level = NONE;", error) ||
      !set_key (db, key, error) ||
      (alone && !wb_db_run_script (db, "PRAGMA locking_mode = EXCLUSIVE", error)) ||
      !wb_db_run_script (db, "SELECT count(*) FROM sqlite_master", error) || !configure (db, error))
    return FALSE;
  db->opened = TRUE;
  return TRUE;
}

static gboolean
connect_file (WbDb *db, gboolean create, GError **error)
{
  if (sqlite3_open_v2 (db->path,
                       &db->native,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
                       NULL) != SQLITE_OK)
    return wb_sqlite_set_error (db, error);
  (void) sqlite3_extended_result_codes (db->native, 1);
  (void) sqlite3_busy_timeout (db->native, BUSY_MILLISECONDS);
  if (sqlite3_db_readonly (db->native, "main") == 1)
    return wb_safe_file_set_error (error, db->name, EROFS); /* it would say so only at a write */
  return create || check_start (db, error);
}

static void
disconnect (WbDb *db)
{
  g_hash_table_remove_all (db->statements);
  (void) sqlite3_close_v2 (db->native);
  db->native = NULL;
}

/*
 * A full disk has no room for the index of the journal that processes share: without sharing it is
 * kept in memory, and what is on the disk can be read.
 */
static gboolean
connect_and_unlock (WbDb *db, const WbSecret *key, gboolean create, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (connect_file (db, create, &problem) && unlock (db, key, FALSE, &problem))
    return TRUE;
  if (create || !g_error_matches (problem, WB_ERROR, WB_ERROR_NO_SPACE)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  disconnect (db);
  return connect_file (db, create, error) && unlock (db, key, TRUE, error);
}

/**
 * wb_db_open:
 * @path: file name; its folder exists
 * @key: #WB_DB_KEY_SIZE bytes; not kept
 * @create: whether to make the file, which must not exist then
 * @error: return location for an error
 *
 * Opens the encrypted file. The handle belongs to the calling thread. All is read and written with
 * full synchronisation, so that what was committed survives a power cut.
 *
 * Returns: (transfer full): the open file; %NULL with %WB_ERROR_NOT_FOUND or %WB_ERROR_EXISTS,
 *   %WB_ERROR_DAMAGED where the key does not fit (it comes from an authenticated key file),
 *   %WB_ERROR_INVALID for a link or a file that is not encrypted, %WB_ERROR_BUSY,
 *   %WB_ERROR_NO_SPACE, %WB_ERROR_IO, also where the library is not SQLCipher 4
 */
WbDb *
wb_db_open (const char *path, const WbSecret *key, gboolean create, GError **error)
{
  g_autoptr (WbDb) db = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (key != NULL && wb_secret_get_size (key) == WB_DB_KEY_SIZE, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  wb_sqlite_configure ();
  if (!check_cipher (error))
    return NULL;
  db = g_new0 (WbDb, 1);
  db->owner = g_thread_self ();
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, wb_sqlite_stmt_free);
  db->path = resolve_path (path, error);
  if (db->path == NULL)
    return NULL;
  db->name = g_path_get_basename (db->path);
  if (create ? !make_file (db, error) : !check_file (db, error))
    return NULL;
  if (!connect_and_unlock (db, key, create, error)) {
    if (create)
      (void) g_unlink (db->path);
    return NULL;
  }
  return g_steal_pointer (&db);
}

/**
 * wb_db_close:
 * @db: (nullable): the file; every statement and transaction of it was given back
 *
 * Folds the journal back, so that only the file itself stays. Where that fails (the disk is full)
 * the journal stays too and the next opening reads it: nothing is lost.
 */
void
wb_db_close (WbDb *db)
{
  if (db == NULL)
    return;
  g_warn_if_fail (db->lent == 0 && db->transaction == NULL);

  g_hash_table_unref (db->statements);
  if (db->opened)
    (void) sqlite3_wal_checkpoint_v2 (db->native, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  (void) sqlite3_close_v2 (db->native);
  g_free (db->name);
  g_free (db->path);
  g_free (db);
}

const char *
wb_db_get_path (const WbDb *db)
{
  return db->path;
}

gboolean
wb_db_get_schema (WbDb *db, gint64 *ret_version, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, "PRAGMA user_version", error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_version = wb_stmt_get_int64 (stmt, 0);
  return TRUE;
}

/* Everything committed is in the file itself then, and its journal is empty. */
gboolean
wb_db_fold_journal (WbDb *db, GError **error)
{
  if (sqlite3_wal_checkpoint_v2 (db->native, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) !=
      SQLITE_OK)
    return wb_sqlite_set_error (db, error);
  return TRUE;
}

/*
 * Every row on new pages. What VACUUM puts aside while it works is as large as the file: a small
 * one stays in memory, a large one goes to a temporary file, which SQLCipher encrypts with the
 * same key.
 */
gboolean
wb_db_rewrite (WbDb *db, GError **error)
{
  sqlite3_file *file = get_file (db);
  sqlite3_int64 size = 0;
  gboolean large, done;

  g_return_val_if_fail (db->transaction == NULL, FALSE);

  if (file == NULL || file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return wb_safe_file_set_error (error, db->name, EIO);
  large = size > REWRITE_IN_MEMORY;
  if (large && !wb_db_run_script (db, "PRAGMA temp_store = FILE", error))
    return FALSE;
  done = wb_db_run_script (db, "VACUUM", error);
  return (!large || wb_db_run_script (db, "PRAGMA temp_store = MEMORY", done ? error : NULL)) &&
         done;
}

gboolean
wb_db_get_file_size (WbDb *db, guint64 *ret_size, GError **error)
{
  sqlite3_file *file = get_file (db);
  sqlite3_int64 size = 0;

  g_return_val_if_fail (db->transaction == NULL, FALSE);

  if (!wb_db_fold_journal (db, error))
    return FALSE;
  if (file == NULL || file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return wb_safe_file_set_error (error, db->name, EIO);
  *ret_size = (guint64) size;
  return TRUE;
}

gboolean
wb_db_each_page (WbDb *db, WbDbTakePages take, gpointer user_data, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (COPY_CHUNK);
  sqlite3_file *file = get_file (db);
  guint64 size;

  if (!wb_db_get_file_size (db, &size, error))
    return FALSE;
  for (guint64 at = 0; at < size; at += COPY_CHUNK) {
    int part = (int) MIN (COPY_CHUNK, size - at);

    if (file->pMethods->xRead (file, chunk, part, (sqlite3_int64) at) != SQLITE_OK)
      return wb_safe_file_set_error (error, db->name, EIO);
    if (!take (chunk, (gsize) part, user_data, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
copy_pages (gconstpointer bytes, gsize size, gpointer user_data, GError **error)
{
  return wb_safe_file_write (user_data, bytes, size, error);
}

/**
 * wb_db_copy_to:
 * @db: the open file, outside a transaction
 * @path: the copy; an older one is replaced
 * @error: return location for an error
 *
 * Copies the encrypted file as it is, with all that was committed. The same key opens the copy.
 *
 * Returns: %FALSE with %WB_ERROR_NO_SPACE, %WB_ERROR_BUSY while another process reads, or
 *   %WB_ERROR_IO; there is no copy then
 */
gboolean
wb_db_copy_to (WbDb *db, const char *path, GError **error)
{
  g_autoptr (WbSafeFile) copy = wb_safe_file_new (path, error);

  return copy != NULL && wb_db_each_page (db, copy_pages, copy, error) &&
         wb_safe_file_commit (copy, error);
}

/* SQLCipher says it in English and ends in the number of the page. */
static char *
tell_problem (WbDb *db, const char *found)
{
  const char *number = strrchr (found, ' ');
  guint64 page = number != NULL ? g_ascii_strtoull (number, NULL, 10) : 0;

  if (page == 0)
    return g_strdup_printf (_ ("%s is damaged: take it back from a backup."), db->name);
  return g_strdup_printf (_ ("Page %u of %s is damaged: take it back from a backup."),
                          (guint) page,
                          db->name);
}

/**
 * wb_db_check_pages:
 * @db: the open file, outside a transaction
 * @ret_problem: (out) (transfer full) (nullable): a sentence on the first bad page
 * @error: return location for an error
 *
 * Checks the authentication code of every page, used or free.
 *
 * Returns: %FALSE if the check could not be made; a bad page is no error
 */
gboolean
wb_db_check_pages (WbDb *db, char **ret_problem, GError **error)
{
  g_autofree char *found = NULL;

  g_return_val_if_fail (db != NULL && ret_problem != NULL, FALSE);
  g_return_val_if_fail (db->transaction == NULL, FALSE);

  /* The check reads the file and not its journal. */
  if (!wb_db_fold_journal (db, error) ||
      !read_text (db, "PRAGMA cipher_integrity_check", &found, error))
    return FALSE;
  *ret_problem = found != NULL ? tell_problem (db, found) : NULL;
  return TRUE;
}

/**
 * wb_db_last_id:
 * @db: the open file
 *
 * Returns: the id of the row inserted last; only meaningful right after a successful insert
 */
gint64
wb_db_last_id (WbDb *db)
{
  return sqlite3_last_insert_rowid (db->native);
}

/**
 * wb_db_changes:
 * @db: the open file
 *
 * Returns: how many rows the last statement that writes has touched
 */
gint64
wb_db_changes (WbDb *db)
{
  return sqlite3_changes64 (db->native);
}

/**
 * wb_db_count_scanned:
 * @db: the open file
 *
 * Returns: over how many rows the kept statements have stepped without an index that narrowed them
 */
guint64
wb_db_count_scanned (WbDb *db)
{
  guint64 sum = 0;

  for (sqlite3_stmt *stmt = sqlite3_next_stmt (db->native, NULL); stmt != NULL;
       stmt = sqlite3_next_stmt (db->native, stmt))
    sum += (guint64) sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
  return sum;
}
