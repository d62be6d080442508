/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL of erasure: the only place where a line of the log or a piece of a file goes. */
#include "wb-erase-store.h"

#include "wb-db-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define SQL_BLANK_LINE                                                                             \
  "UPDATE disclosure SET line = NULL WHERE number = :number AND position = :position"
#define SQL_DROP_CHUNKS "DELETE FROM chunk WHERE record = :record"
#define SQL_DROP_DRAFTS                                                                            \
  "DELETE FROM draft WHERE instr (content, :needle) > 0 OR instr (key, :needle) > 0"
#define SQL_MENTIONS                                                                               \
  "SELECT DISTINCT reference FROM link JOIN record ON record.id = link.source "                    \
  "WHERE link.target = :needle ORDER BY reference"
#define SQL_STRAY_CHUNK                                                                            \
  "SELECT record FROM chunk WHERE place = 0 AND NOT EXISTS (SELECT 1 FROM record WHERE "           \
  "record.id = chunk.record AND json_extract (record.doc, '$.sha256') IS NOT NULL) LIMIT 1"

/**
 * wb_erase_store_blank_line:
 * @db: the store, in a transaction
 * @number: the entry
 * @position: of the "field" line, from 0
 * @error: return location for an error; %WB_ERROR_DAMAGED where there is no such line
 *
 * The line goes, its place stays: the entry's digest of it is checked no more.
 */
gboolean
wb_erase_store_blank_line (WbDb *db, guint64 number, guint position, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_BLANK_LINE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  wb_stmt_bind_int64 (stmt, ":position", position);
  if (!wb_stmt_run (stmt, error))
    return FALSE;
  if (wb_db_changes (db) == 1)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_DAMAGED,
                       _ ("A value that has to be erased is not where the log says: verify the "
                          "register."));
  return FALSE;
}

gboolean
wb_erase_store_drop_chunks (WbDb *db, const char *record, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DROP_CHUNKS, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":record", record);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_erase_store_drop_drafts:
 * @db: the store, in a transaction
 * @needle: an id, a reference or words
 * @n: counts on by the drafts that went
 * @error: return location for an error
 */
gboolean
wb_erase_store_drop_drafts (WbDb *db, const char *needle, guint *n, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DROP_DRAFTS, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":needle", needle);
  if (!wb_stmt_run (stmt, error))
    return FALSE;
  *n += (guint) wb_db_changes (db);
  return TRUE;
}

GPtrArray *
wb_erase_store_list_mentions (WbDb *db, const char *needle, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_MENTIONS, error);
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":needle", needle);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&references);
    g_ptr_array_add (references, g_strdup (wb_stmt_get_text (stmt, 0)));
  }
  return NULL;
}

/**
 * wb_erase_store_scrub:
 * @db: the open file, outside a transaction
 * @error: return location for an error; %WB_ERROR_NO_SPACE, %WB_ERROR_BUSY; to be tried again
 *
 * secure_delete wipes what is deleted, but a page that was divided may keep a copy of a row in the
 * gap between its rows. So the journal is folded back, every row is written to new pages and the
 * journal of that is folded back too.
 */
gboolean
wb_erase_store_scrub (WbDb *db, GError **error)
{
  return wb_db_fold_journal (db, error) && wb_db_rewrite (db, error) &&
         wb_db_fold_journal (db, error);
}

char *
wb_erase_store_find_stray_chunk (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_STRAY_CHUNK, error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  return g_strdup (wb_stmt_get_text (stmt, 0));
}
