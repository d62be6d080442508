/* SPDX-License-Identifier: EUPL-1.2 */

/* Reading the tables of the log to verify them: in order, in memory that does not grow with it. */
#include "wb-log-audit.h"

#include <string.h>

#define LEVELS 64 /* of a tree with at most 2^63 leaves, as SQLite counts */

#define SQL_LEVEL "SELECT place, hash FROM node WHERE level = :level ORDER BY place"
#define SQL_STRAY_LINE                                                                             \
  "SELECT number FROM disclosure "                                                                 \
  "WHERE number > (SELECT coalesce (max (number), -1) FROM entry) ORDER BY number LIMIT 1"
/* A checkpoint's second line is the size that its row has to be found by. */
#define SQL_ODD_CHECKPOINT                                                                         \
  "SELECT size FROM checkpoint "                                                                   \
  "WHERE instr (note, char (10) || size || char (10)) <> instr (note, char (10)) "                 \
  "ORDER BY size LIMIT 1"

struct _WbNodeReader {
  WbDb *db;
  WbStmt *levels[LEVELS];
};

/**
 * wb_node_reader_new:
 * @db: the store; stays the caller's
 *
 * Returns: (transfer full): a reader of the kept hashes, before the first of each level
 */
WbNodeReader *
wb_node_reader_new (WbDb *db)
{
  WbNodeReader *self = g_new0 (WbNodeReader, 1);

  self->db = db;
  return self;
}

void
wb_node_reader_free (WbNodeReader *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < LEVELS; i++)
    g_clear_pointer (&self->levels[i], wb_stmt_put_back);
  g_free (self);
}

static WbStmt *
get_level (WbNodeReader *self, guint level, GError **error)
{
  WbStmt *stmt = self->levels[level];

  if (stmt != NULL)
    return stmt;
  stmt = wb_db_query (self->db, SQL_LEVEL, error);
  if (stmt != NULL)
    wb_stmt_bind_int64 (stmt, ":level", level);
  self->levels[level] = stmt;
  return stmt;
}

/**
 * wb_node_reader_compare:
 * @self: a reader
 * @level: 0 for a leaf
 * @place: index within the level, the one after the last that was asked for
 * @hash: what has to be kept there
 * @ret_same: whether it is; %FALSE also where a row is missing or too many
 * @error: return location for an error
 */
gboolean
wb_node_reader_compare (WbNodeReader *self,
                        guint level,
                        guint64 place,
                        const guint8 hash[WB_STORE_HASH_SIZE],
                        gboolean *ret_same,
                        GError **error)
{
  WbStmt *stmt;
  gboolean row;
  gconstpointer kept = NULL;
  gsize size = 0;

  g_return_val_if_fail (level < LEVELS, FALSE);

  stmt = get_level (self, level, error);
  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  if (row)
    kept = wb_stmt_get_blob (stmt, 1, &size);
  *ret_same = row && (guint64) wb_stmt_get_int64 (stmt, 0) == place && size == WB_STORE_HASH_SIZE &&
              memcmp (kept, hash, WB_STORE_HASH_SIZE) == 0;
  return TRUE;
}

static gboolean
read_number (WbStmt *stmt, gint64 *ret_number, GError **error)
{
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_number = row ? wb_stmt_get_int64 (stmt, 0) : -1;
  return TRUE;
}

/**
 * wb_log_store_find_stray_line:
 * @db: the store
 * @ret_number: an entry that does not exist and yet has a value, or -1
 * @error: return location for an error
 *
 * Values before the end of the log are counted with their entries; these come after it.
 */
gboolean
wb_log_store_find_stray_line (WbDb *db, gint64 *ret_number, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_STRAY_LINE, error);

  return read_number (stmt, ret_number, error);
}

/**
 * wb_log_store_find_odd_checkpoint:
 * @db: the store
 * @ret_size: the size by which a checkpoint of another size is kept, or -1
 * @error: return location for an error
 */
gboolean
wb_log_store_find_odd_checkpoint (WbDb *db, gint64 *ret_size, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ODD_CHECKPOINT, error);

  return read_number (stmt, ret_size, error);
}
