/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-secret.h"

G_BEGIN_DECLS

/* One SQLCipher 4 file. The only header pair whose .c includes sqlite3.h. */
typedef struct _WbDb WbDb;
typedef struct _WbStmt WbStmt;

#define WB_DB_KEY_SIZE 32

/* Opens (or with @create makes) the file: raw key, WAL, synchronous=FULL, secure_delete,
 * temp_store=MEMORY. */
WbDb *wb_db_open (const char *path, const WbSecret *key, gboolean create, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_db_close (WbDb *db); /* folds the WAL back; accepts NULL */
gboolean wb_db_migrate (WbDb *db, guint target, GError **error);
guint wb_db_latest_version (void);
/* PRAGMA cipher_integrity_check: every page's HMAC. @ret_problem is NULL when sound. */
gboolean wb_db_check_pages (WbDb *db, char **ret_problem, GError **error);

#define wb_db_query(db, sql, error) wb_db_query_literal ((db), "" sql "", (error))
WbStmt *wb_db_query_literal (WbDb *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void wb_stmt_bind_text (WbStmt *stmt, const char *parameter, const char *value); /* (nullable) */
void wb_stmt_bind_int64 (WbStmt *stmt, const char *parameter, gint64 value);
void wb_stmt_bind_null (WbStmt *stmt, const char *parameter);
void wb_stmt_bind_blob (WbStmt *stmt, const char *parameter, gconstpointer bytes, gsize size);
gboolean wb_stmt_step (WbStmt *stmt, gboolean *ret_row, GError **error);
gboolean wb_stmt_run (WbStmt *stmt, GError **error);
gboolean wb_stmt_is_null (WbStmt *stmt, int column);
gint64 wb_stmt_get_int64 (WbStmt *stmt, int column);
const char *wb_stmt_get_text (WbStmt *stmt, int column);
gconstpointer wb_stmt_get_blob (WbStmt *stmt, int column, gsize *ret_size);
void wb_stmt_put_back (WbStmt *stmt);

/* BEGIN IMMEDIATE; rolls back when dropped without commit. */
typedef struct _WbTransaction WbTransaction;
WbTransaction *wb_transaction_begin (WbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_transaction_commit (WbTransaction *self,
                                GError **error); /* the object is still to be freed */
void wb_transaction_free (WbTransaction *self);

gint64 wb_db_last_id (WbDb *db);
gint64 wb_db_changes (WbDb *db);
/* Rows that statements so far stepped over because no index led to them; for tests of speed. */
guint64 wb_db_count_scanned (WbDb *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDb, wb_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStmt, wb_stmt_put_back)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTransaction, wb_transaction_free)

G_END_DECLS
