/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* Between the connection and its migrations; nobody else runs SQL that is not a literal. */
gboolean wb_db_run_script (WbDb *db, const char *sql, GError **error);
gboolean wb_db_get_schema (WbDb *db, gint64 *ret_version, GError **error);
const char *wb_db_get_path (const WbDb *db);
/* The encrypted pages as they stand, read through SQLite's own handle. Outside a transaction, and
 * with the journal folded first: wb_db_get_file_size() does that. */
gboolean wb_db_get_file_size (WbDb *db, guint64 *ret_size, GError **error);
typedef gboolean (*WbDbTakePages) (gconstpointer bytes,
                                   gsize size,
                                   gpointer user_data,
                                   GError **error);
gboolean wb_db_each_page (WbDb *db, WbDbTakePages take, gpointer user_data, GError **error);
gboolean wb_db_copy_to (WbDb *db, const char *path, GError **error);
/* What was committed is in the file itself then, and the journal is empty. */
gboolean wb_db_fold_journal (WbDb *db, GError **error);
gboolean wb_db_rewrite (WbDb *db, GError **error); /* the whole file anew; outside a transaction */

typedef char *(*WbDbLoadStep) (guint version, GError **error);
gboolean wb_db_migrate_along (WbDb *db,
                              WbDbLoadStep load,
                              guint latest,
                              guint target,
                              GError **error);

G_END_DECLS
