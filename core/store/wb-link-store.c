/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on which record points at which. */
#include "wb-link-store.h"

#define SQL_DROP "DELETE FROM link WHERE source = :source AND field = :field"
#define SQL_ADD                                                                                    \
  "INSERT OR IGNORE INTO link (source, field, target) VALUES (:source, :field, :target)"
#define SQL_KEEP_PAST                                                                              \
  "INSERT OR IGNORE INTO link (source, field, target) SELECT source, '" WB_LINK_ONCE               \
  "' || field, target FROM link WHERE source = :source AND field = :field"
#define SQL_LIST_ALL                                                                               \
  "SELECT link.source, link.field, link.target FROM link JOIN record ON record.id = link.source "  \
  "WHERE link.target = :target "
#define ORDER "ORDER BY record.first_entry, link.field"
#define SQL_LIST SQL_LIST_ALL "AND link.field NOT GLOB '" WB_LINK_ONCE "*' " ORDER
#define SQL_LIST_PAST SQL_LIST_ALL "AND link.field GLOB '" WB_LINK_ONCE "*' " ORDER

enum { LINK_SOURCE, LINK_FIELD, LINK_TARGET };

void
wb_link_row_free (WbLinkRow *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->field);
  g_free (self->target);
  g_free (self);
}

static gboolean
drop (WbDb *db, const char *source, const char *field, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DROP, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":source", source);
  wb_stmt_bind_text (stmt, ":field", field);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_link_store_put:
 * @db: the store
 * @source: UUID of the record that points
 * @field: by which of its fields
 * @targets: (element-type utf8): UUIDs that it points at now
 * @error: return location for an error
 *
 * Replaces what it pointed at before.
 */
gboolean
wb_link_store_put (WbDb *db,
                   const char *source,
                   const char *field,
                   GPtrArray *targets,
                   GError **error)
{
  if (!drop (db, source, field, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++) {
    g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD, error);

    if (stmt == NULL)
      return FALSE;
    wb_stmt_bind_text (stmt, ":source", source);
    wb_stmt_bind_text (stmt, ":field", field);
    wb_stmt_bind_text (stmt, ":target", g_ptr_array_index (targets, i));
    if (!wb_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
read_rows (WbStmt *stmt, const char *target, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_link_row_free);
  gboolean found;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":target", target);
  while (wb_stmt_step (stmt, &found, error)) {
    WbLinkRow *row;

    if (!found)
      return g_steal_pointer (&rows);
    row = g_new0 (WbLinkRow, 1);
    row->source = g_strdup (wb_stmt_get_text (stmt, LINK_SOURCE));
    row->field = g_strdup (wb_stmt_get_text (stmt, LINK_FIELD));
    row->target = g_strdup (wb_stmt_get_text (stmt, LINK_TARGET));
    g_ptr_array_add (rows, row);
  }
  return NULL;
}

/**
 * wb_link_store_keep_past:
 * @db: the store
 * @source: UUID of a record
 * @field: one of its fields that is about to point elsewhere
 * @error: return location for an error
 *
 * Remembers that it pointed there once, under another name.
 */
gboolean
wb_link_store_keep_past (WbDb *db, const char *source, const char *field, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_KEEP_PAST, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":source", source);
  wb_stmt_bind_text (stmt, ":field", field);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_link_store_list:
 * @db: the store
 * @target: UUID of a record
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbLinkRow): what points at it, the oldest record first
 */
GPtrArray *
wb_link_store_list (WbDb *db, const char *target, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_LIST, error);

  return read_rows (stmt, target, error);
}

/**
 * wb_link_store_list_past:
 * @db: the store
 * @target: UUID of a record
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbLinkRow): what wb_link_store_keep_past() kept
 */
GPtrArray *
wb_link_store_list_past (WbDb *db, const char *target, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_LIST_PAST, error);

  return read_rows (stmt, target, error);
}
