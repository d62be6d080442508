/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A shim over SQLite's own file layer, for every connection that is opened after it. It looks at
 * each byte on its way to a file, and can let the file layer fail.
 */
typedef enum {
  WB_TEST_FAULT_NONE,
  WB_TEST_FAULT_IO,    /* SQLITE_IOERR_* at one call */
  WB_TEST_FAULT_FULL,  /* SQLITE_FULL at one call */
  WB_TEST_FAULT_CUT,   /* the power goes: of what was not synced any part is lost, or torn */
  WB_TEST_FAULT_READ,  /* one read gives SQLITE_IOERR_READ */
  WB_TEST_FAULT_BROKEN /* from one call on every call fails */
} WbTestFault;

void wb_test_vfs_install (void);
void wb_test_vfs_watch (const char *canary); /* (nullable): nothing is watched */
guint wb_test_vfs_get_sightings (void);
guint64 wb_test_vfs_get_written (void); /* bytes since the watch began */
/* The call number @at from now fails; reads are counted for WB_TEST_FAULT_READ, else what changes a
 * file: writes, syncs, truncations, deletions. */
void wb_test_vfs_fail (WbTestFault fault, guint at);
gboolean wb_test_vfs_has_failed (void);
void wb_test_vfs_seed (guint32 seed); /* which part a power cut loses */

/* Runs SQL on a file of any kind by SQLite's own calls; @sql sets the key, if any. */
void wb_test_sql (const char *path, const char *sql);
char *wb_test_sql_text (const char *path, const char *sql, const char *query);

G_END_DECLS
