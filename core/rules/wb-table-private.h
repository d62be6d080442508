/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A tab-separated table with a line of column names. Lines that begin with "# NAME value" before
 * it are directives; other comment and empty lines are skipped. */
typedef struct {
  guint line;
  char **cells;
} WbTableRow;

typedef struct {
  char *file; /* for messages */
  GHashTable *directives;
  char **columns;
  GPtrArray *rows; /* (element-type WbTableRow) */
} WbTable;

WbTable *wb_table_parse (GBytes *data, const char *file, const char *const *needed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_table_free (WbTable *self);
const char *wb_table_get_directive (const WbTable *self, const char *name);
/* Never NULL: empty where the table has no such column. */
const char *wb_table_get (const WbTable *self, const WbTableRow *row, const char *column);
/* Sets WB_ERROR_INVALID: "FILE, line N: WHAT". Returns: FALSE */
gboolean wb_table_refuse (const WbTable *self,
                          const WbTableRow *row,
                          const char *what,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTable, wb_table_free)

G_END_DECLS
