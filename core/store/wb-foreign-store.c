/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on what was taken in of other logs. Rows are only ever added. */
#include "wb-foreign-store.h"

#include <string.h>

#define SQL_ADD_LOG "INSERT OR IGNORE INTO foreign_log (origin, vkey) VALUES (:origin, :vkey)"
#define SQL_ADD_ENTRY                                                                              \
  "INSERT INTO foreign_entry (origin, number, text, leaf, proof) "                                 \
  "VALUES (:origin, :number, :text, :leaf, :proof)"
#define SQL_ADD_CHECKPOINT                                                                         \
  "INSERT OR IGNORE INTO foreign_checkpoint (origin, size, note) VALUES (:origin, :size, :note)"
#define SQL_ADD_TAKE                                                                               \
  "INSERT OR IGNORE INTO foreign_take (origin, number, entry) VALUES (:origin, :number, :entry)"
#define SQL_FIND                                                                                   \
  "SELECT text, leaf, proof FROM foreign_entry WHERE origin = :origin AND number = :number"
#define SQL_KEY "SELECT vkey FROM foreign_log WHERE origin = :origin"
#define SQL_CHECKPOINT "SELECT note FROM foreign_checkpoint WHERE origin = :origin AND size = :size"
#define SQL_TAKES                                                                                  \
  "SELECT entry FROM foreign_take WHERE origin = :origin AND number = :number ORDER BY entry"
#define SQL_COUNT                                                                                  \
  "SELECT (SELECT count (*) FROM foreign_entry), "                                                 \
  "(SELECT count (*) FROM (SELECT DISTINCT origin, number FROM foreign_take))"

enum { FOREIGN_TEXT, FOREIGN_LEAF, FOREIGN_PROOF };

void
wb_foreign_entry_free (WbForeignEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->proof);
  g_free (self);
}

/**
 * wb_foreign_store_add_log:
 * @db: the store, in a transaction
 * @origin: the other log's name, which ends with the sum of its key
 * @vkey: its key as a C2SP note verifier key
 * @error: return location for an error
 *
 * A log that is known already is left as it is.
 */
gboolean
wb_foreign_store_add_log (WbDb *db, const char *origin, const char *vkey, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_LOG, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":origin", origin);
  wb_stmt_bind_text (stmt, ":vkey", vkey);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_foreign_store_add_entry:
 * @db: the store, in a transaction
 * @origin: a log that was added
 * @entry: an entry of it that is not there yet
 * @error: return location for an error
 */
gboolean
wb_foreign_store_add_entry (WbDb *db,
                            const char *origin,
                            const WbForeignEntry *entry,
                            GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_ENTRY, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":origin", origin);
  wb_stmt_bind_int64 (stmt, ":number", (gint64) entry->number);
  wb_stmt_bind_text (stmt, ":text", entry->text);
  wb_stmt_bind_blob (stmt, ":leaf", entry->leaf, sizeof entry->leaf);
  wb_stmt_bind_text (stmt, ":proof", entry->proof);
  return wb_stmt_run (stmt, error);
}

gboolean
wb_foreign_store_add_checkpoint (WbDb *db,
                                 const char *origin,
                                 guint64 size,
                                 const char *note,
                                 GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_CHECKPOINT, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":origin", origin);
  wb_stmt_bind_int64 (stmt, ":size", (gint64) size);
  wb_stmt_bind_text (stmt, ":note", note);
  return wb_stmt_run (stmt, error);
}

gboolean
wb_foreign_store_add_take (WbDb *db,
                           const char *origin,
                           guint64 number,
                           guint64 entry,
                           GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_TAKE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":origin", origin);
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  wb_stmt_bind_int64 (stmt, ":entry", (gint64) entry);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_foreign_store_find:
 * @db: the store
 * @origin: the other log
 * @number: number of an entry in it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the entry as it was taken in; %NULL without @error where it
 *   never was
 */
WbForeignEntry *
wb_foreign_store_find (WbDb *db, const char *origin, guint64 number, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_FIND, error);
  WbForeignEntry *entry;
  gconstpointer leaf;
  gsize size;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":origin", origin);
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  entry = g_new0 (WbForeignEntry, 1);
  entry->number = number;
  entry->text = g_strdup (wb_stmt_get_text (stmt, FOREIGN_TEXT));
  leaf = wb_stmt_get_blob (stmt, FOREIGN_LEAF, &size);
  memcpy (entry->leaf, leaf, MIN (size, sizeof entry->leaf));
  entry->proof = g_strdup (wb_stmt_get_text (stmt, FOREIGN_PROOF));
  return entry;
}

/* The one text that a query about a log gives; NULL without error: none. */
static char *
get_text (WbStmt *stmt, const char *origin, GError **error)
{
  gboolean row;

  wb_stmt_bind_text (stmt, ":origin", origin);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  return g_strdup (wb_stmt_get_text (stmt, 0));
}

char *
wb_foreign_store_get_key (WbDb *db, const char *origin, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_KEY, error);

  return stmt != NULL ? get_text (stmt, origin, error) : NULL;
}

char *
wb_foreign_store_get_checkpoint (WbDb *db, const char *origin, guint64 size, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_CHECKPOINT, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":size", (gint64) size);
  return get_text (stmt, origin, error);
}

/**
 * wb_foreign_store_list_takes:
 * @db: the store
 * @origin: the other log
 * @number: number of an entry in it
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type guint64): numbers of our own acts that took it in
 */
GArray *
wb_foreign_store_list_takes (WbDb *db, const char *origin, guint64 number, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_TAKES, error);
  g_autoptr (GArray) takes = g_array_new (FALSE, FALSE, sizeof (guint64));
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":origin", origin);
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  for (;;) {
    guint64 entry;

    if (!wb_stmt_step (stmt, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&takes);
    entry = (guint64) wb_stmt_get_int64 (stmt, 0);
    g_array_append_val (takes, entry);
  }
}

gboolean
wb_foreign_store_is_used (WbDb *db, gboolean *ret_used, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, "SELECT 1 FROM foreign_log LIMIT 1", error);

  return stmt != NULL && wb_stmt_step (stmt, ret_used, error);
}

/**
 * wb_foreign_store_count:
 * @db: the store
 * @ret_entries: entries of other logs that are kept
 * @ret_taken: those that an act of our own took in
 * @error: return location for an error
 */
gboolean
wb_foreign_store_count (WbDb *db, guint64 *ret_entries, guint64 *ret_taken, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_COUNT, error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_entries = (guint64) wb_stmt_get_int64 (stmt, 0);
  *ret_taken = (guint64) wb_stmt_get_int64 (stmt, 1);
  return TRUE;
}
