/* SPDX-License-Identifier: EUPL-1.2 */

/* Statements and transactions: values in, rows out. What the SQL says is the callers' business. */
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-sqlite-private.h"

struct _WbTransaction {
  WbDb *db;
  gboolean done;
};

/* For the table that keeps the statements. */
void
wb_sqlite_stmt_free (gpointer data)
{
  WbStmt *stmt = data;

  sqlite3_finalize (stmt->native);
  g_free (stmt);
}

/* A hash table keeps the text as key: it must be a literal, or live as long as @db. */
static WbStmt *
prepare (WbDb *db, const char *sql, GError **error)
{
  WbStmt *stmt = g_new0 (WbStmt, 1);

  stmt->db = db;
  if (sqlite3_prepare_v3 (db->native, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->native, NULL) !=
      SQLITE_OK) {
    wb_sqlite_set_error (db, error);
    wb_sqlite_stmt_free (stmt);
    return NULL;
  }
  return stmt;
}

/**
 * wb_db_query:
 * @db: the open file
 * @sql: a string literal
 * @error: return location for an error
 *
 * Lends the statement for @sql, made once and kept. Its autoptr gives it back.
 *
 * Returns: (transfer full): the statement, its parameters NULL
 */
WbStmt *
wb_db_query_literal (WbDb *db, const char *sql, GError **error)
{
  WbStmt *stmt;

  g_return_val_if_fail (db != NULL && sql != NULL, NULL);
  g_return_val_if_fail (db->owner == g_thread_self (), NULL);

  stmt = g_hash_table_lookup (db->statements, sql);
  if (stmt == NULL || stmt->lent) {
    gboolean spare = stmt != NULL;

    stmt = prepare (db, sql, error);
    if (stmt == NULL)
      return NULL;
    stmt->spare = spare;
    if (!spare)
      g_hash_table_insert (db->statements, (gpointer) sql, stmt);
  }
  stmt->lent = TRUE;
  db->lent++;
  return stmt;
}

static int
find_parameter (WbStmt *stmt, const char *parameter)
{
  return sqlite3_bind_parameter_index (stmt->native, parameter);
}

static void
remember (WbStmt *stmt, int rc)
{
  if (stmt->bind_rc == SQLITE_OK)
    stmt->bind_rc = rc;
}

/**
 * wb_stmt_bind_text:
 * @stmt: a borrowed statement that has no row
 * @parameter: a parameter of its SQL, with the colon
 * @value: (nullable): text, copied; %NULL binds NULL
 *
 * Like its siblings it cannot fail at the call: a binding that does not fit makes the next
 * wb_stmt_step() fail.
 */
void
wb_stmt_bind_text (WbStmt *stmt, const char *parameter, const char *value)
{
  int index = find_parameter (stmt, parameter);

  g_return_if_fail (index > 0);
  remember (stmt, sqlite3_bind_text (stmt->native, index, value, -1, SQLITE_TRANSIENT));
}

/**
 * wb_stmt_bind_int64:
 * @stmt: a borrowed statement that has no row
 * @parameter: a parameter of its SQL, with the colon
 * @value: the number
 */
void
wb_stmt_bind_int64 (WbStmt *stmt, const char *parameter, gint64 value)
{
  int index = find_parameter (stmt, parameter);

  g_return_if_fail (index > 0);
  remember (stmt, sqlite3_bind_int64 (stmt->native, index, value));
}

/**
 * wb_stmt_bind_null:
 * @stmt: a borrowed statement that has no row
 * @parameter: a parameter of its SQL, with the colon
 */
void
wb_stmt_bind_null (WbStmt *stmt, const char *parameter)
{
  int index = find_parameter (stmt, parameter);

  g_return_if_fail (index > 0);
  remember (stmt, sqlite3_bind_null (stmt->native, index));
}

/**
 * wb_stmt_bind_blob:
 * @stmt: a borrowed statement that has no row
 * @parameter: a parameter of its SQL, with the colon
 * @bytes: (nullable): the bytes, copied; %NULL with a @size of 0 binds an empty blob
 * @size: length in bytes
 */
void
wb_stmt_bind_blob (WbStmt *stmt, const char *parameter, gconstpointer bytes, gsize size)
{
  int index = find_parameter (stmt, parameter);

  g_return_if_fail (index > 0);
  g_return_if_fail (bytes != NULL || size == 0);
  remember (stmt,
            sqlite3_bind_blob64 (stmt->native,
                                 index,
                                 bytes != NULL ? bytes : "",
                                 size,
                                 SQLITE_TRANSIENT));
}

/* After some errors SQLite rolls back of itself: what follows must not be committed alone. */
static gboolean
check_transaction (WbDb *db, GError **error)
{
  if (db->transaction == NULL || !sqlite3_get_autocommit (db->native))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_DATABASE,
                       _ ("An earlier error undid this change as a whole: try it again."));
  return FALSE;
}

/**
 * wb_stmt_step:
 * @stmt: a borrowed statement
 * @ret_row: set on success: whether there is a row to read
 * @error: return location for an error
 *
 * Goes to the next row. After the last one the statement may be bound and run again.
 *
 * Returns: %FALSE on error; "no row" is not an error
 */
gboolean
wb_stmt_step (WbStmt *stmt, gboolean *ret_row, GError **error)
{
  int rc;

  if (stmt->bind_rc != SQLITE_OK) {
    g_set_error (error,
                 WB_ERROR,
                 (stmt->bind_rc & 0xff) == SQLITE_TOOBIG ? WB_ERROR_TOO_LARGE : WB_ERROR_DATABASE,
                 _ ("A value cannot be stored: %s (%d)."),
                 sqlite3_errstr (stmt->bind_rc),
                 stmt->bind_rc);
    return FALSE;
  }
  if (!check_transaction (stmt->db, error))
    return FALSE;

  rc = sqlite3_step (stmt->native);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
    wb_sqlite_set_error (stmt->db, error);
    (void) sqlite3_reset (stmt->native);
    return FALSE;
  }
  if (rc == SQLITE_DONE)
    (void) sqlite3_reset (stmt->native);
  *ret_row = rc == SQLITE_ROW;
  return TRUE;
}

/**
 * wb_stmt_run:
 * @stmt: a borrowed statement that returns nothing worth reading
 * @error: return location for an error
 *
 * Runs it; it may be bound and run again afterwards.
 *
 * Returns: %FALSE on error, as for wb_db_open() and %WB_ERROR_EXISTS where a row that must be
 *   unique is there already
 */
gboolean
wb_stmt_run (WbStmt *stmt, GError **error)
{
  gboolean row = TRUE;

  while (row) {
    if (!wb_stmt_step (stmt, &row, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
wb_stmt_is_null (WbStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->native, column) == SQLITE_NULL;
}

gint64
wb_stmt_get_int64 (WbStmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt->native, column);
}

/**
 * wb_stmt_get_text:
 * @stmt: a borrowed statement, stepped onto a row
 * @column: from the enum beside the SELECT
 *
 * Returns: (transfer none) (nullable): text, valid until the next step
 */
const char *
wb_stmt_get_text (WbStmt *stmt, int column)
{
  return (const char *) sqlite3_column_text (stmt->native, column);
}

/**
 * wb_stmt_get_blob:
 * @stmt: a borrowed statement, stepped onto a row
 * @column: from the enum beside the SELECT
 * @ret_size: its length in bytes; of a text without a NUL
 *
 * Returns: (transfer none) (nullable): bytes, valid until the next step; %NULL only for NULL
 */
gconstpointer
wb_stmt_get_blob (WbStmt *stmt, int column, gsize *ret_size)
{
  gconstpointer bytes = sqlite3_column_blob (stmt->native, column);

  *ret_size = (gsize) sqlite3_column_bytes (stmt->native, column);
  if (bytes == NULL && !wb_stmt_is_null (stmt, column))
    return "";
  return bytes;
}

void
wb_stmt_put_back (WbStmt *stmt)
{
  if (stmt == NULL)
    return;

  stmt->db->lent--;
  if (stmt->spare) {
    wb_sqlite_stmt_free (stmt);
    return;
  }
  (void) sqlite3_reset (stmt->native);
  (void) sqlite3_clear_bindings (stmt->native);
  stmt->bind_rc = SQLITE_OK;
  stmt->lent = FALSE;
}

/**
 * wb_transaction_begin:
 * @db: the open file, not in a transaction
 * @error: return location for an error
 *
 * Starts a change of several rows, and takes the right to write at once.
 *
 * Returns: (transfer full): the transaction; dropped without wb_transaction_commit() it undoes all.
 *   %NULL with %WB_ERROR_BUSY while another process writes
 */
WbTransaction *
wb_transaction_begin (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && db->transaction == NULL, NULL);

  stmt = wb_db_query (db, "BEGIN IMMEDIATE", error);
  if (stmt == NULL || !wb_stmt_run (stmt, error))
    return NULL;
  db->transaction = g_new0 (WbTransaction, 1);
  db->transaction->db = db;
  return db->transaction;
}

/**
 * wb_transaction_commit:
 * @self: the transaction; still to be freed
 * @error: return location for an error
 *
 * Makes the change last: once this returns %TRUE it survives a power cut.
 *
 * Returns: %FALSE if nothing was changed
 */
gboolean
wb_transaction_commit (WbTransaction *self, GError **error)
{
  g_autoptr (WbStmt) stmt = NULL;

  g_return_val_if_fail (self != NULL && !self->done, FALSE);

  stmt = wb_db_query (self->db, "COMMIT", error);
  if (stmt == NULL || !wb_stmt_run (stmt, error))
    return FALSE;
  self->done = TRUE;
  self->db->transaction = NULL;
  return TRUE;
}

void
wb_transaction_free (WbTransaction *self)
{
  if (self == NULL)
    return;

  if (!self->done) {
    if (!sqlite3_get_autocommit (self->db->native))
      (void) sqlite3_exec (self->db->native, "ROLLBACK", NULL, NULL, NULL);
    self->db->transaction = NULL;
  }
  g_free (self);
}
