/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on the projection of records. Which columns hold what is the register's business. */
#include "wb-record-store.h"

#include "wb-db-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define RECORD_COLUMNS                                                                             \
  "key, id, type, case_id, reference, series, ordinal, first_entry, last_entry, created, "         \
  "changed, "                                                                                      \
  "author, doc, source"
#define SQL_INSERT                                                                                 \
  "INSERT INTO record (id, type, case_id, reference, series, ordinal, first_entry, last_entry, "   \
  "created, changed, author, doc, source) VALUES (:id, :type, :case, :reference, :series, "        \
  ":ordinal, :first, :last, :created, :changed, :author, :doc, :source)"
#define SQL_UPDATE                                                                                 \
  "UPDATE record SET last_entry = :last, changed = :changed, doc = :doc WHERE key = :key"
#define SQL_NAME                                                                                   \
  "UPDATE record SET reference = :reference, series = :series, ordinal = :ordinal, "               \
  "created = :created, author = :author, source = :source WHERE key = :key"
#define SQL_FIND_ID "SELECT " RECORD_COLUMNS " FROM record WHERE id = :name"
#define SQL_FIND_REFERENCE "SELECT " RECORD_COLUMNS " FROM record WHERE reference = :name"
#define SQL_OF_CASE                                                                                \
  "SELECT " RECORD_COLUMNS " FROM record WHERE case_id = :case ORDER BY first_entry"
#define SQL_STANDING                                                                               \
  "SELECT " RECORD_COLUMNS                                                                         \
  " FROM record WHERE case_id = id AND type <> 'case' AND type = :type ORDER BY first_entry "      \
  "LIMIT :limit OFFSET :offset"
#define SQL_SETTINGS                                                                               \
  "SELECT " RECORD_COLUMNS                                                                         \
  " FROM record WHERE type IN ('body', 'holiday', 'target') AND type = :type ORDER BY first_entry"
#define SQL_OF_TYPE "SELECT " RECORD_COLUMNS " FROM record WHERE type = :type ORDER BY first_entry"
#define SQL_NEXT_ORDINAL "SELECT coalesce (max (ordinal), 0) + 1 FROM record WHERE series = :series"
#define SQL_PUT_IDENTITY "INSERT OR REPLACE INTO identity (id, doc) VALUES (:id, :doc)"
#define SQL_GET_IDENTITY "SELECT doc FROM identity WHERE id = :id"
#define SQL_FORGET_IDENTITY "DELETE FROM identity WHERE id = :id"
#define SQL_FORGET_LINKS "DELETE FROM link WHERE source = :id"
#define SQL_FORGET_DEADLINES "DELETE FROM deadline WHERE record = :id"
#define SQL_FORGET_OCCURRENCE "DELETE FROM occurrence WHERE record = :id"
#define SQL_UNINDEX "DELETE FROM search WHERE rowid = :key"
#define SQL_INDEX "INSERT INTO search (rowid, text) VALUES (:key, :text)"
/* The marks around a hit are Unicode's isolates, which no text of ours holds otherwise. */
#define SQL_SEARCH                                                                                 \
  "SELECT record.id, record.type, record.reference, record.case_id, "                              \
  "snippet (search, 0, char (8296), char (8297), '…', 16) "                                      \
  "FROM search JOIN record ON record.key = search.rowid "                                          \
  "WHERE search MATCH :match ORDER BY search.rowid DESC LIMIT :limit"
#define SQL_SET_ASIDE "INSERT OR REPLACE INTO set_aside (entry, reason) VALUES (:entry, :reason)"
#define SQL_LIST_SET_ASIDE "SELECT entry || char (9) || reason FROM set_aside ORDER BY entry"

enum {
  RECORD_KEY,
  RECORD_ID,
  RECORD_TYPE,
  RECORD_CASE,
  RECORD_REFERENCE,
  RECORD_SERIES,
  RECORD_ORDINAL,
  RECORD_FIRST,
  RECORD_LAST,
  RECORD_CREATED,
  RECORD_CHANGED,
  RECORD_AUTHOR,
  RECORD_DOC,
  RECORD_SOURCE,
};

void
wb_record_row_free (WbRecordRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_free (self->case_id);
  g_free (self->reference);
  g_free (self->series);
  g_free (self->author);
  g_free (self->doc);
  g_free (self->source);
  g_free (self);
}

static WbRecordRow *
read_row (WbStmt *stmt)
{
  WbRecordRow *row = g_new0 (WbRecordRow, 1);

  row->key = wb_stmt_get_int64 (stmt, RECORD_KEY);
  row->id = g_strdup (wb_stmt_get_text (stmt, RECORD_ID));
  row->type = g_strdup (wb_stmt_get_text (stmt, RECORD_TYPE));
  row->case_id = g_strdup (wb_stmt_get_text (stmt, RECORD_CASE));
  row->reference = g_strdup (wb_stmt_get_text (stmt, RECORD_REFERENCE));
  row->series = g_strdup (wb_stmt_get_text (stmt, RECORD_SERIES));
  row->ordinal = wb_stmt_get_int64 (stmt, RECORD_ORDINAL);
  row->first_entry = (guint64) wb_stmt_get_int64 (stmt, RECORD_FIRST);
  row->last_entry = (guint64) wb_stmt_get_int64 (stmt, RECORD_LAST);
  row->created = wb_stmt_get_int64 (stmt, RECORD_CREATED);
  row->changed = wb_stmt_get_int64 (stmt, RECORD_CHANGED);
  row->author = g_strdup (wb_stmt_get_text (stmt, RECORD_AUTHOR));
  row->doc = g_strdup (wb_stmt_get_text (stmt, RECORD_DOC));
  row->source = g_strdup (wb_stmt_get_text (stmt, RECORD_SOURCE));
  return row;
}

/**
 * wb_record_store_insert:
 * @db: the store
 * @row: what to insert; its key is set
 * @error: return location for an error; %WB_ERROR_EXISTS where id, reference or ordinal is taken
 */
gboolean
wb_record_store_insert (WbDb *db, WbRecordRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_INSERT, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":id", row->id);
  wb_stmt_bind_text (stmt, ":type", row->type);
  wb_stmt_bind_text (stmt, ":case", row->case_id);
  wb_stmt_bind_text (stmt, ":reference", row->reference);
  wb_stmt_bind_text (stmt, ":series", row->series);
  wb_stmt_bind_int64 (stmt, ":ordinal", row->ordinal);
  wb_stmt_bind_int64 (stmt, ":first", (gint64) row->first_entry);
  wb_stmt_bind_int64 (stmt, ":last", (gint64) row->last_entry);
  wb_stmt_bind_int64 (stmt, ":created", row->created);
  wb_stmt_bind_int64 (stmt, ":changed", row->changed);
  wb_stmt_bind_text (stmt, ":author", row->author);
  wb_stmt_bind_text (stmt, ":doc", row->doc);
  wb_stmt_bind_text (stmt, ":source", row->source);
  if (!wb_stmt_run (stmt, error))
    return FALSE;
  row->key = wb_db_last_id (db);
  return TRUE;
}

gboolean
wb_record_store_update (WbDb *db, const WbRecordRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_UPDATE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":key", row->key);
  wb_stmt_bind_int64 (stmt, ":last", (gint64) row->last_entry);
  wb_stmt_bind_int64 (stmt, ":changed", row->changed);
  wb_stmt_bind_text (stmt, ":doc", row->doc);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_record_store_name:
 * @db: the store
 * @row: a row that is there, with what the entry that made it says
 * @error: return location for an error; %WB_ERROR_EXISTS where reference or ordinal is taken
 *
 * For a record of another log whose changes came before the entry that made it.
 */
gboolean
wb_record_store_name (WbDb *db, const WbRecordRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_NAME, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":key", row->key);
  wb_stmt_bind_text (stmt, ":reference", row->reference);
  wb_stmt_bind_text (stmt, ":series", row->series);
  wb_stmt_bind_int64 (stmt, ":ordinal", row->ordinal);
  wb_stmt_bind_int64 (stmt, ":created", row->created);
  wb_stmt_bind_text (stmt, ":author", row->author);
  wb_stmt_bind_text (stmt, ":source", row->source);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_record_store_find:
 * @db: the store
 * @id_or_reference: a UUID or a reference
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the row; %NULL without @error where there is none
 */
WbRecordRow *
wb_record_store_find (WbDb *db, const char *id_or_reference, GError **error)
{
  g_autoptr (WbStmt) by_id = wb_db_query (db, SQL_FIND_ID, error);
  g_autoptr (WbStmt) by_reference = NULL;
  gboolean row;

  if (by_id == NULL)
    return NULL;
  wb_stmt_bind_text (by_id, ":name", id_or_reference);
  if (!wb_stmt_step (by_id, &row, error))
    return NULL;
  if (row)
    return read_row (by_id);
  by_reference = wb_db_query (db, SQL_FIND_REFERENCE, error);
  if (by_reference == NULL)
    return NULL;
  wb_stmt_bind_text (by_reference, ":name", id_or_reference);
  if (!wb_stmt_step (by_reference, &row, error) || !row)
    return NULL;
  return read_row (by_reference);
}

static GPtrArray *
read_rows (WbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_row_free);
  gboolean row;

  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_row (stmt));
  }
  return NULL;
}

GPtrArray *
wb_record_store_list_of_case (WbDb *db, const char *case_id, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_OF_CASE, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":case", case_id);
  return read_rows (stmt, error);
}

/**
 * wb_record_store_list_settings:
 * @db: the store
 * @type: body, holiday or target
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbRecordRow): such records, oldest first
 */
GPtrArray *
wb_record_store_list_settings (WbDb *db, const char *type, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SETTINGS, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":type", type);
  return read_rows (stmt, error);
}

GPtrArray *
wb_record_store_list_of_type (WbDb *db, const char *type, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_OF_TYPE, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":type", type);
  return read_rows (stmt, error);
}

/**
 * wb_record_store_list_standing:
 * @db: the store
 * @type: record type, not case
 * @offset: rows to pass over
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbRecordRow): those that belong to no case, oldest first
 */
GPtrArray *
wb_record_store_list_standing (WbDb *db,
                               const char *type,
                               guint offset,
                               guint limit,
                               GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_STANDING, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":type", type);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  wb_stmt_bind_int64 (stmt, ":offset", offset);
  return read_rows (stmt, error);
}

gboolean
wb_record_store_next_ordinal (WbDb *db, const char *series, gint64 *ret_ordinal, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_NEXT_ORDINAL, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":series", series);
  if (!wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_ordinal = wb_stmt_get_int64 (stmt, 0);
  return TRUE;
}

gboolean
wb_record_store_count (WbDb *db, guint64 *ret_n, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, "SELECT count(*) FROM record", error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_n = (guint64) wb_stmt_get_int64 (stmt, 0);
  return TRUE;
}

gboolean
wb_record_store_put_identity (WbDb *db, const char *id, const char *doc, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_PUT_IDENTITY, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":id", id);
  wb_stmt_bind_text (stmt, ":doc", doc);
  return wb_stmt_run (stmt, error);
}

char *
wb_record_store_get_identity (WbDb *db, const char *id, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_GET_IDENTITY, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":id", id);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  return g_strdup (wb_stmt_get_text (stmt, 0));
}

#define FORGET(db, sql, id, error)                                                                 \
  ({                                                                                               \
    g_autoptr (WbStmt) forget_stmt = wb_db_query (db, sql, error);                                 \
    if (forget_stmt != NULL)                                                                       \
      wb_stmt_bind_text (forget_stmt, ":id", id);                                                  \
    forget_stmt != NULL &&wb_stmt_run (forget_stmt, error);                                        \
  })

/**
 * wb_record_store_forget:
 * @db: the store
 * @id: UUID of a record
 * @error: return location for an error
 *
 * All that is projected beside its row goes; what points at it stays.
 */
gboolean
wb_record_store_forget (WbDb *db, const char *id, GError **error)
{
  return FORGET (db, SQL_FORGET_IDENTITY, id, error) && FORGET (db, SQL_FORGET_LINKS, id, error) &&
         FORGET (db, SQL_FORGET_DEADLINES, id, error) &&
         FORGET (db, SQL_FORGET_OCCURRENCE, id, error);
}

/**
 * wb_record_store_index:
 * @db: the store
 * @key: the record's key
 * @text: what full-text search finds it by; replaces the earlier text
 * @error: return location for an error
 */
gboolean
wb_record_store_index (WbDb *db, gint64 key, const char *text, GError **error)
{
  g_autoptr (WbStmt) drop = wb_db_query (db, SQL_UNINDEX, error);
  g_autoptr (WbStmt) add = wb_db_query (db, SQL_INDEX, error);

  if (drop == NULL || add == NULL)
    return FALSE;
  wb_stmt_bind_int64 (drop, ":key", key);
  wb_stmt_bind_int64 (add, ":key", key);
  wb_stmt_bind_text (add, ":text", text);
  return wb_stmt_run (drop, error) && wb_stmt_run (add, error);
}

void
wb_search_row_free (WbSearchRow *self)
{
  if (self == NULL)
    return;
  g_free (self->record_id);
  g_free (self->type);
  g_free (self->reference);
  g_free (self->case_id);
  g_free (self->snippet);
  g_free (self);
}

/**
 * wb_record_store_search:
 * @db: the store
 * @match: an FTS5 expression made by the register, never a person's own text
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbSearchRow): newest first
 */
GPtrArray *
wb_record_store_search (WbDb *db, const char *match, guint limit, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SEARCH, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_search_row_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":match", match);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  while (wb_stmt_step (stmt, &row, error)) {
    WbSearchRow *hit;

    if (!row)
      return g_steal_pointer (&rows);
    hit = g_new0 (WbSearchRow, 1);
    hit->record_id = g_strdup (wb_stmt_get_text (stmt, 0));
    hit->type = g_strdup (wb_stmt_get_text (stmt, 1));
    hit->reference = g_strdup (wb_stmt_get_text (stmt, 2));
    hit->case_id = g_strdup (wb_stmt_get_text (stmt, 3));
    hit->snippet = g_strdup (wb_stmt_get_text (stmt, 4));
    g_ptr_array_add (rows, hit);
  }
  return NULL;
}

gboolean
wb_record_store_set_aside (WbDb *db, guint64 entry, const char *reason, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SET_ASIDE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":entry", (gint64) entry);
  wb_stmt_bind_text (stmt, ":reason", reason);
  return wb_stmt_run (stmt, error);
}

GPtrArray *
wb_record_store_list_set_aside (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_LIST_SET_ASIDE, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, g_strdup (wb_stmt_get_text (stmt, 0)));
  }
  return NULL;
}

#define RUN(db, sql, error)                                                                        \
  ({                                                                                               \
    g_autoptr (WbStmt) run_stmt = wb_db_query (db, sql, error);                                    \
    run_stmt != NULL &&wb_stmt_run (run_stmt, error);                                              \
  })

#define SQL_SEARCH_SCHEMA "SELECT sql FROM sqlite_master WHERE name = 'search'"
#define SQL_SEARCH_SECURE "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)"

/*
 * Deleting all rows of an FTS5 table with secure-delete goes word by word, and where that is rolled
 * back after an "optimize" the next transaction of the same connection writes a damaged index
 * (SQLite 3.46). A fresh table has neither trouble, and no word of the old one.
 */
static gboolean
renew_search (WbDb *db, GError **error)
{
  g_autofree char *schema = NULL;
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SEARCH_SCHEMA, error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  schema = row ? g_strdup (wb_stmt_get_text (stmt, 0)) : NULL;
  g_clear_pointer (&stmt, wb_stmt_put_back);
  if (schema == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("The store has no index of words: take it back from a backup."));
    return FALSE;
  }
  return wb_db_run_script (db, "DROP TABLE search", error) &&
         wb_db_run_script (db, schema, error) && RUN (db, SQL_SEARCH_SECURE, error);
}

/**
 * wb_record_store_renew_index:
 * @db: the store, in a transaction
 * @error: return location for an error
 *
 * The index of words is made anew from the texts that are left, on fresh pages.
 */
gboolean
wb_record_store_renew_index (WbDb *db, GError **error)
{
  return RUN (db, "INSERT INTO search (search) VALUES ('rebuild')", error);
}

/**
 * wb_projection_clear:
 * @db: the store, in a transaction
 * @error: return location for an error
 *
 * Empties what can be made again from the log. No call exists that clears the log.
 */
gboolean
wb_projection_clear (WbDb *db, GError **error)
{
  return RUN (db, "DELETE FROM tally", error) && RUN (db, "DELETE FROM fact", error) &&
         RUN (db, "DELETE FROM figure_name", error) && RUN (db, "DELETE FROM act", error) &&
         RUN (db, "DELETE FROM user", error) && RUN (db, "DELETE FROM record", error) &&
         RUN (db, "DELETE FROM identity", error) && RUN (db, "DELETE FROM case_code", error) &&
         RUN (db, "DELETE FROM case_row", error) && RUN (db, "DELETE FROM deadline", error) &&
         RUN (db, "DELETE FROM link", error) && RUN (db, "DELETE FROM occurrence", error) &&
         RUN (db, "DELETE FROM foreign_take", error) && renew_search (db, error) &&
         RUN (db, "DELETE FROM set_aside", error);
}

#define EACH(db, table, sql)                                                                       \
  do {                                                                                             \
    g_autoptr (WbStmt) stmt = wb_db_query (db, sql, error);                                        \
    gboolean row;                                                                                  \
    if (stmt == NULL)                                                                              \
      return FALSE;                                                                                \
    for (;;) {                                                                                     \
      if (!wb_stmt_step (stmt, &row, error))                                                       \
        return FALSE;                                                                              \
      if (!row)                                                                                    \
        break;                                                                                     \
      each (table, wb_stmt_get_text (stmt, 0), wb_stmt_get_text (stmt, 1), user_data);             \
    }                                                                                              \
  } while (0)

/**
 * wb_projection_each:
 * @db: the store
 * @each: called with table, the row's name and all its content as one text
 * @user_data: for @each
 * @error: return location for an error
 *
 * Every row of every projection in a stable order, for comparing with what the log gives.
 */
gboolean
wb_projection_each (WbDb *db, WbProjectionEach each, gpointer user_data, GError **error)
{
  EACH (db,
        "act",
        "SELECT number, json_array (number, time, author, event, type, record, case_id) FROM act "
        "ORDER BY number");
  EACH (db,
        "user",
        "SELECT name, json_array (fingerprint, name, public_key, recipient, added) FROM user "
        "ORDER BY fingerprint");
  EACH (
      db,
      "record",
      "SELECT reference, json_array (id, type, case_id, series, ordinal, first_entry, last_entry, "
      "created, changed, author, doc, source) FROM record ORDER BY id");
  EACH (db, "identity", "SELECT id, doc FROM identity ORDER BY id");
  EACH (
      db,
      "case_row",
      "SELECT reference, json_array (id, title, status, status_rank, urgency, urgency_rank, site, "
      "received, allegations, changed, next_end, next_rule, law_end, law_rule, target_end, "
      "target_rule) FROM case_row ORDER BY id");
  EACH (db,
        "case_code",
        "SELECT reference, json_array (field, code) FROM case_row JOIN case_code "
        "ON case_key = key ORDER BY id, field, code");
  EACH (db,
        "deadline",
        "SELECT rule, json_array (record, case_id, entry, rule, family, clock, ends, running, "
        "state, met) FROM deadline ORDER BY record, entry, rule, clock");
  EACH (db,
        "occurrence",
        "SELECT record, json_array (site, first, last) FROM occurrence ORDER BY record");
  EACH (db,
        "link",
        "SELECT source, json_array (field, target) FROM link ORDER BY source, field, target");
  EACH (db,
        "search",
        "SELECT record.reference, search.text FROM search JOIN record ON record.key = search.rowid "
        "ORDER BY record.id");
  EACH (db,
        "fact",
        "SELECT record.reference, json_array (record.id, d.name, coalesce (c.name, fact.code), "
        "since, until, day, of.id) FROM record JOIN fact ON fact.unit = record.key "
        "JOIN figure_name AS d ON d.key = dimension "
        "LEFT JOIN figure_name AS c ON c.key = code AND d.name NOT LIKE 'span.%' "
        "LEFT JOIN record AS of ON of.key = case_key ORDER BY record.id, d.name, c.name, code, "
        "since");
  EACH (
      db,
      "tally",
      "SELECT d.name, json_array (month, coalesce (c.name, code), logged, n) FROM figure_name AS d "
      "JOIN tally ON tally.dimension = d.key "
      "LEFT JOIN figure_name AS c ON c.key = code AND d.name NOT LIKE 'span.%' "
      "ORDER BY d.name, month, c.name, code, logged");
  EACH (db,
        "foreign_take",
        "SELECT origin, json_array (number, entry) FROM foreign_take ORDER BY origin, number, "
        "entry");
  EACH (db, "set_aside", "SELECT entry, reason FROM set_aside ORDER BY entry");
  return TRUE;
}

#define SQL_CHECK_SEARCH "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"

/**
 * wb_record_store_check_search:
 * @db: the store
 * @ret_sound: whether the index of words is the one of the texts that are kept
 * @error: return location for an error
 */
gboolean
wb_record_store_check_search (WbDb *db, gboolean *ret_sound, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_CHECK_SEARCH, error);
  g_autoptr (GError) problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *ret_sound = wb_stmt_run (stmt, &problem);
  if (*ret_sound || g_error_matches (problem, WB_ERROR, WB_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
