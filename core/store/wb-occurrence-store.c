/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on where and when allegations happened, to find the same event told twice. */
#include "wb-occurrence-store.h"

#define SQL_DROP "DELETE FROM occurrence WHERE record = :record"
#define SQL_ADD                                                                                    \
  "INSERT INTO occurrence (record, site, first, last) VALUES (:record, :site, :first, :last)"
/* What lasted longer than a month is no single event that is told twice. */
#define SQL_LIST                                                                                   \
  "SELECT record, site, first, last FROM occurrence WHERE site = :site AND "                       \
  "first BETWEEN date (:from, '-31 days') AND :until AND last >= :from ORDER BY first, record "    \
  "LIMIT :limit"

enum { OCCURRENCE_RECORD, OCCURRENCE_SITE, OCCURRENCE_FIRST, OCCURRENCE_LAST };

void
wb_occurrence_row_free (WbOccurrenceRow *self)
{
  if (self == NULL)
    return;
  g_free (self->record);
  g_free (self->site);
  g_free (self->first);
  g_free (self->last);
  g_free (self);
}

static gboolean
drop (WbDb *db, const char *record, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DROP, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":record", record);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_occurrence_store_put:
 * @db: the store
 * @record: UUID of an allegation
 * @site: (nullable): code of the site; %NULL only drops what was known
 * @first: (nullable): first day that it can have been
 * @last: (nullable): last day that it can have been
 * @error: return location for an error
 */
gboolean
wb_occurrence_store_put (WbDb *db,
                         const char *record,
                         const char *site,
                         const char *first,
                         const char *last,
                         GError **error)
{
  g_autoptr (WbStmt) stmt = NULL;

  if (!drop (db, record, error))
    return FALSE;
  if (site == NULL || first == NULL || last == NULL)
    return TRUE;
  stmt = wb_db_query (db, SQL_ADD, error);
  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":record", record);
  wb_stmt_bind_text (stmt, ":site", site);
  wb_stmt_bind_text (stmt, ":first", first);
  wb_stmt_bind_text (stmt, ":last", last);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_occurrence_store_list:
 * @db: the store
 * @site: code of a site
 * @from: first day
 * @until: last day
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbOccurrenceRow): what can have happened there then
 */
GPtrArray *
wb_occurrence_store_list (WbDb *db,
                          const char *site,
                          const char *from,
                          const char *until,
                          guint limit,
                          GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_LIST, error);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_occurrence_row_free);
  gboolean found;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":site", site);
  wb_stmt_bind_text (stmt, ":from", from);
  wb_stmt_bind_text (stmt, ":until", until);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  while (wb_stmt_step (stmt, &found, error)) {
    WbOccurrenceRow *row;

    if (!found)
      return g_steal_pointer (&rows);
    row = g_new0 (WbOccurrenceRow, 1);
    row->record = g_strdup (wb_stmt_get_text (stmt, OCCURRENCE_RECORD));
    row->site = g_strdup (wb_stmt_get_text (stmt, OCCURRENCE_SITE));
    row->first = g_strdup (wb_stmt_get_text (stmt, OCCURRENCE_FIRST));
    row->last = g_strdup (wb_stmt_get_text (stmt, OCCURRENCE_LAST));
    g_ptr_array_add (rows, row);
  }
  return NULL;
}
