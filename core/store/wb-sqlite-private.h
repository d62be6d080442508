/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The only place that includes it, for wb-db.c, wb-stmt.c and wb-sqlite.c alone. */
#include <sqlite3.h>

#include "wb-db.h"

/* Missing in SQLite, or in SQLCipher 3: the program must start to say what is wrong (wb-db.c asks
 * for the version before it calls any of them), also where all symbols are bound at start. */
#pragma weak sqlite3_key_v2
#pragma weak sqlite3_prepare_v3
#pragma weak sqlite3_changes64

G_BEGIN_DECLS

struct _WbStmt {
  WbDb *db;
  sqlite3_stmt *native;
  gboolean lent;
  gboolean spare; /* lent out while the kept one was: goes when it comes back */
  int bind_rc;    /* the first binding that failed; reported by the next step */
};

struct _WbDb {
  sqlite3 *native;
  char *path;
  char *name;             /* the last part of @path, for sentences */
  GHashTable *statements; /* (element-type utf8 WbStmt) */
  WbTransaction *transaction;
  GThread *owner;
  guint lent;
  gboolean opened; /* whether the first read succeeded */
};

void wb_sqlite_configure (void);
void wb_sqlite_stmt_free (gpointer data);
gboolean wb_sqlite_set_error (WbDb *db, GError **error);
gboolean wb_sqlite_set_damaged (WbDb *db, GError **error);

G_END_DECLS
