/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on the tables of the log: what is appended is never changed here. */
#include "wb-log-store.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define SQL_HEAD "SELECT number, leaf, text FROM entry ORDER BY number DESC LIMIT 1"
#define SQL_ADD "INSERT INTO entry (number, text, leaf) VALUES (:number, :text, :leaf)"
#define SQL_ADD_LINE                                                                               \
  "INSERT INTO disclosure (number, position, line) VALUES (:number, :position, :line)"
#define SQL_ADD_NODE "INSERT INTO node (level, place, hash) VALUES (:level, :place, :hash)"
#define SQL_GET_NODE "SELECT hash FROM node WHERE level = :level AND place = :place"
#define SQL_EACH "SELECT number, leaf, text FROM entry WHERE number >= :from ORDER BY number"
#define SQL_EACH_OF_CASE                                                                           \
  "SELECT entry.number, leaf, text FROM act JOIN entry ON entry.number = act.number "              \
  "WHERE act.case_id = :case ORDER BY act.number"
#define SQL_EACH_OF_RECORD                                                                         \
  "SELECT entry.number, leaf, text FROM act JOIN entry ON entry.number = act.number "              \
  "WHERE act.record = :record ORDER BY act.number"
#define SQL_LINES                                                                                  \
  "SELECT number, line FROM disclosure WHERE number >= :from ORDER BY number, position"
#define SQL_LINES_OF "SELECT line FROM disclosure WHERE number = :number ORDER BY position"
#define SQL_ADD_CHECKPOINT "INSERT OR REPLACE INTO checkpoint (size, note) VALUES (:size, :note)"
#define SQL_LAST_CHECKPOINT "SELECT note, size FROM checkpoint ORDER BY size DESC LIMIT 1"
#define SQL_CHECKPOINTS "SELECT note FROM checkpoint ORDER BY size"
#define SQL_ADD_ACT                                                                                \
  "INSERT INTO act (number, time, author, event, type, record, case_id) "                          \
  "VALUES (:number, :time, :author, :event, :type, :record, :case)"
#define ACT_COLUMNS "number, time, author, event, type, record, case_id"
/* Acts by which a case goes on: reading it, or being refused, is none. */
#define SQL_WORK                                                                                   \
  "SELECT time FROM act WHERE case_id = :case "                                                    \
  "AND event NOT IN ('consulted', 'refused', 'printed', 'recounted') ORDER BY number"
#define SQL_ACTS                                                                                   \
  "SELECT " ACT_COLUMNS " FROM act WHERE number >= :from ORDER BY number LIMIT :limit"
#define SQL_ACTS_OF_CASE                                                                           \
  "SELECT " ACT_COLUMNS " FROM act WHERE case_id = :id AND number >= :from "                       \
  "ORDER BY number LIMIT :limit"
#define SQL_ACTS_OF_RECORD                                                                         \
  "SELECT " ACT_COLUMNS " FROM act WHERE record = :id AND number >= :from "                        \
  "ORDER BY number LIMIT :limit"
/* The condition is that of the index act_rare: SQLite takes it for no other. */
#define SQL_ACTS_OF_EVENT                                                                          \
  "SELECT " ACT_COLUMNS " FROM act WHERE event = :event AND event NOT IN ('created', 'changed', "  \
  "'consulted') ORDER BY number"

enum { ENTRY_NUMBER, ENTRY_LEAF, ENTRY_TEXT };
enum { ACT_NUMBER, ACT_TIME, ACT_AUTHOR, ACT_EVENT, ACT_TYPE, ACT_RECORD, ACT_CASE };

static gboolean
read_hash (WbStmt *stmt, int column, guint8 *ret_hash, GError **error)
{
  gsize size;
  gconstpointer bytes = wb_stmt_get_blob (stmt, column, &size);

  if (size != WB_STORE_HASH_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("The log holds a hash of a wrong length."));
    return FALSE;
  }
  memcpy (ret_hash, bytes, WB_STORE_HASH_SIZE);
  return TRUE;
}

/**
 * wb_log_store_head:
 * @db: the store
 * @ret_size: number of entries
 * @ret_leaf: leaf hash of the last entry, zeros where there is none
 * @ret_text: (transfer full) (nullable): the last entry
 * @error: return location for an error
 */
gboolean
wb_log_store_head (WbDb *db,
                   guint64 *ret_size,
                   guint8 ret_leaf[WB_STORE_HASH_SIZE],
                   char **ret_text,
                   GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_HEAD, error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row) {
    *ret_size = 0;
    *ret_text = NULL;
    memset (ret_leaf, 0, WB_STORE_HASH_SIZE);
    return TRUE;
  }
  if (!read_hash (stmt, ENTRY_LEAF, ret_leaf, error))
    return FALSE;
  *ret_size = (guint64) wb_stmt_get_int64 (stmt, ENTRY_NUMBER) + 1;
  *ret_text = g_strdup (wb_stmt_get_text (stmt, ENTRY_TEXT));
  return TRUE;
}

/**
 * wb_log_store_add:
 * @db: the store
 * @number: the entry's position; the schema refuses one that is taken
 * @text: the entry, the very bytes that were hashed
 * @size: length of @text
 * @leaf: its leaf hash
 * @error: return location for an error
 */
gboolean
wb_log_store_add (WbDb *db,
                  guint64 number,
                  const char *text,
                  gsize size,
                  const guint8 leaf[WB_STORE_HASH_SIZE],
                  GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  wb_stmt_bind_text (stmt, ":text", text);
  wb_stmt_bind_blob (stmt, ":leaf", leaf, WB_STORE_HASH_SIZE);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_log_store_add_line:
 * @db: the store
 * @number: the entry
 * @position: of the "field" line, from 0
 * @line: the disclosure line without LF
 * @error: return location for an error
 */
gboolean
wb_log_store_add_line (WbDb *db, guint64 number, guint position, const char *line, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_LINE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  wb_stmt_bind_int64 (stmt, ":position", position);
  wb_stmt_bind_text (stmt, ":line", line);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_log_store_add_node:
 * @db: the store
 * @level: 0 for a leaf
 * @place: index within the level
 * @hash: the complete subtree's hash
 * @error: return location for an error
 */
gboolean
wb_log_store_add_node (WbDb *db,
                       guint level,
                       guint64 place,
                       const guint8 hash[WB_STORE_HASH_SIZE],
                       GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_NODE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":level", level);
  wb_stmt_bind_int64 (stmt, ":place", (gint64) place);
  wb_stmt_bind_blob (stmt, ":hash", hash, WB_STORE_HASH_SIZE);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_log_store_get_node:
 * @db: the store
 * @level: 0 for a leaf
 * @place: index within the level
 * @ret_hash: the kept hash
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED where it was not kept
 */
gboolean
wb_log_store_get_node (WbDb *db,
                       guint level,
                       guint64 place,
                       guint8 ret_hash[WB_STORE_HASH_SIZE],
                       GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_GET_NODE, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":level", level);
  wb_stmt_bind_int64 (stmt, ":place", (gint64) place);
  if (!wb_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("A kept hash of the log is missing."));
    return FALSE;
  }
  return read_hash (stmt, 0, ret_hash, error);
}

guint64
wb_log_store_count_nodes (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, "SELECT count(*) FROM node", error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error) || !row)
    return 0;
  return (guint64) wb_stmt_get_int64 (stmt, 0);
}

/* Both tables are read once, side by side: the lines of an entry follow it in the same order. */
typedef struct {
  WbStmt *stmt;
  gboolean row;
} Lines;

/* A NUL ends no text: what stands behind it was put there by another program. */
static char *
dup_line (WbStmt *stmt, int column)
{
  gsize size;
  const char *line = wb_stmt_get_blob (stmt, column, &size);

  if (line != NULL && memchr (line, '\0', size) != NULL)
    return g_strdup (""); /* fits no digest */
  return g_strndup (line, size);
}

static gboolean
take_lines (Lines *lines, guint64 number, GPtrArray *into, GError **error)
{
  g_ptr_array_set_size (into, 0);
  while (lines->row && (guint64) wb_stmt_get_int64 (lines->stmt, 0) <= number) {
    /* A line of an entry that does not exist is counted with the next one, which then differs. */
    g_ptr_array_add (into, dup_line (lines->stmt, 1));
    if (!wb_stmt_step (lines->stmt, &lines->row, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_log_store_each:
 * @db: the store
 * @from: first entry's number
 * @each: called for each entry in order; returns %FALSE to stop
 * @user_data: for @each
 * @error: return location for an error
 *
 * Streams the log in flat memory.
 */
gboolean
wb_log_store_each (WbDb *db, guint64 from, WbLogStoreEach each, gpointer user_data, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_EACH, error);
  g_autoptr (WbStmt) lines_stmt = wb_db_query (db, SQL_LINES, error);
  g_autoptr (GPtrArray) into = g_ptr_array_new_with_free_func (g_free);
  Lines lines = { lines_stmt, FALSE };
  gboolean row;

  if (stmt == NULL || lines_stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":from", (gint64) from);
  wb_stmt_bind_int64 (lines_stmt, ":from", (gint64) from);
  if (!wb_stmt_step (lines_stmt, &lines.row, error))
    return FALSE;
  while (wb_stmt_step (stmt, &row, error)) {
    guint64 number;
    gsize leaf_size, size;
    const guint8 *leaf;
    const char *text;

    if (!row)
      return TRUE;
    number = (guint64) wb_stmt_get_int64 (stmt, ENTRY_NUMBER);
    if (!take_lines (&lines, number, into, error))
      return FALSE;
    leaf = wb_stmt_get_blob (stmt, ENTRY_LEAF, &leaf_size);
    text = wb_stmt_get_blob (stmt, ENTRY_TEXT, &size);
    if (leaf_size != WB_STORE_HASH_SIZE || text == NULL) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_DAMAGED,
                   _ ("Entry %llu of the log has a wrong form."),
                   (unsigned long long) number);
      return FALSE;
    }
    if (!each (number, text, size, leaf, into, user_data))
      return TRUE;
  }
  return FALSE;
}

static gboolean
load_lines (WbDb *db, guint64 number, GPtrArray *into, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_LINES_OF, error);
  gboolean row;

  g_ptr_array_set_size (into, 0);
  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return TRUE;
    g_ptr_array_add (into, dup_line (stmt, 0));
  }
  return FALSE;
}

/**
 * wb_log_store_read_lines:
 * @db: the store
 * @number: an entry
 * @into: (element-type utf8): cleared, then filled; frees with g_free(); %NULL where erased
 * @error: return location for an error
 */
gboolean
wb_log_store_read_lines (WbDb *db, guint64 number, GPtrArray *into, GError **error)
{
  return load_lines (db, number, into, error);
}

static gboolean
step_each (WbDb *db, WbStmt *stmt, WbLogStoreEach each, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) into = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  while (wb_stmt_step (stmt, &row, error)) {
    gsize leaf_size;
    const char *text;

    if (!row)
      return TRUE;
    if (!load_lines (db, (guint64) wb_stmt_get_int64 (stmt, ENTRY_NUMBER), into, error))
      return FALSE;
    text = wb_stmt_get_text (stmt, ENTRY_TEXT);
    if (!each ((guint64) wb_stmt_get_int64 (stmt, ENTRY_NUMBER),
               text,
               strlen (text),
               wb_stmt_get_blob (stmt, ENTRY_LEAF, &leaf_size),
               into,
               user_data))
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_log_store_each_of_case:
 * @db: the store
 * @case_id: UUID of a case
 * @each: called for each entry of the case in order; returns %FALSE to stop
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_log_store_each_of_case (WbDb *db,
                           const char *case_id,
                           WbLogStoreEach each,
                           gpointer user_data,
                           GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_EACH_OF_CASE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":case", case_id);
  return step_each (db, stmt, each, user_data, error);
}

/**
 * wb_log_store_each_of_record:
 * @db: the store
 * @record: UUID of a record
 * @each: called for each entry about that record in order; returns %FALSE to stop
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_log_store_each_of_record (WbDb *db,
                             const char *record,
                             WbLogStoreEach each,
                             gpointer user_data,
                             GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_EACH_OF_RECORD, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":record", record);
  return step_each (db, stmt, each, user_data, error);
}

gboolean
wb_log_store_add_checkpoint (WbDb *db, guint64 size, const char *note, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_CHECKPOINT, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":size", (gint64) size);
  wb_stmt_bind_text (stmt, ":note", note);
  return wb_stmt_run (stmt, error);
}

/**
 * wb_log_store_get_checkpoint:
 * @db: the store
 * @ret_size: the size it speaks of, 0 where there is none
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the latest checkpoint; %NULL without @error where none was
 * made
 */
char *
wb_log_store_get_checkpoint (WbDb *db, guint64 *ret_size, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_LAST_CHECKPOINT, error);
  gboolean row;

  if (stmt == NULL || !wb_stmt_step (stmt, &row, error))
    return NULL;
  *ret_size = row ? (guint64) wb_stmt_get_int64 (stmt, 1) : 0;
  return row ? g_strdup (wb_stmt_get_text (stmt, 0)) : NULL;
}

GPtrArray *
wb_log_store_list_checkpoints (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_CHECKPOINTS, error);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&notes);
    g_ptr_array_add (notes, g_strdup (wb_stmt_get_text (stmt, 0)));
  }
  return NULL;
}

void
wb_act_free (WbAct *self)
{
  if (self == NULL)
    return;
  g_free (self->author);
  g_free (self->event);
  g_free (self->type);
  g_free (self->record);
  g_free (self->case_id);
  g_free (self);
}

gboolean
wb_log_store_add_act (WbDb *db, const WbAct *act, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_ACT, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":number", (gint64) act->number);
  wb_stmt_bind_int64 (stmt, ":time", act->time);
  wb_stmt_bind_text (stmt, ":author", act->author);
  wb_stmt_bind_text (stmt, ":event", act->event);
  wb_stmt_bind_text (stmt, ":type", act->type);
  wb_stmt_bind_text (stmt, ":record", act->record);
  wb_stmt_bind_text (stmt, ":case", act->case_id);
  return wb_stmt_run (stmt, error);
}

static WbAct *
read_act (WbStmt *stmt)
{
  WbAct *act = g_new0 (WbAct, 1);

  act->number = (guint64) wb_stmt_get_int64 (stmt, ACT_NUMBER);
  act->time = wb_stmt_get_int64 (stmt, ACT_TIME);
  act->author = g_strdup (wb_stmt_get_text (stmt, ACT_AUTHOR));
  act->event = g_strdup (wb_stmt_get_text (stmt, ACT_EVENT));
  act->type = g_strdup (wb_stmt_get_text (stmt, ACT_TYPE));
  act->record = g_strdup (wb_stmt_get_text (stmt, ACT_RECORD));
  act->case_id = g_strdup (wb_stmt_get_text (stmt, ACT_CASE));
  return act;
}

/**
 * wb_log_store_list_acts:
 * @db: the store
 * @case_id: (nullable): only acts on this case
 * @record: (nullable): only acts on this record, when @case_id is %NULL
 * @from: first number
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbAct): in order of number
 */
GPtrArray *
wb_log_store_list_acts (WbDb *db,
                        const char *case_id,
                        const char *record,
                        guint64 from,
                        guint limit,
                        GError **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_act_free);
  g_autoptr (WbStmt) stmt = NULL;
  gboolean row;

  if (case_id != NULL)
    stmt = wb_db_query (db, SQL_ACTS_OF_CASE, error);
  else if (record != NULL)
    stmt = wb_db_query (db, SQL_ACTS_OF_RECORD, error);
  else
    stmt = wb_db_query (db, SQL_ACTS, error);
  if (stmt == NULL)
    return NULL;
  if (case_id != NULL || record != NULL)
    wb_stmt_bind_text (stmt, ":id", case_id != NULL ? case_id : record);
  wb_stmt_bind_int64 (stmt, ":from", (gint64) from);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&acts);
    g_ptr_array_add (acts, read_act (stmt));
  }
  return NULL;
}

/**
 * wb_log_store_list_acts_of_event:
 * @db: the store
 * @event: such as "exported"
 * @error: return location for an error
 *
 * Looks through the whole log: for what is done once in a while.
 *
 * Returns: (transfer full) (element-type WbAct): in order of number
 */
GPtrArray *
wb_log_store_list_acts_of_event (WbDb *db, const char *event, GError **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_act_free);
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ACTS_OF_EVENT, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":event", event);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&acts);
    g_ptr_array_add (acts, read_act (stmt));
  }
  return NULL;
}

/**
 * wb_log_store_list_names:
 * @db: the store
 * @number: an entry
 * @error: return location for an error
 *
 * Returns: (transfer full): the names on its "field" lines; they stay when the lines are erased
 */
char **
wb_log_store_list_names (WbDb *db, guint64 number, GError **error)
{
  g_autoptr (WbStmt) stmt =
      wb_db_query (db, "SELECT text FROM entry WHERE number = :number", error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":number", (gint64) number);
  if (!wb_stmt_step (stmt, &row, error))
    return NULL;
  lines = g_strsplit (row ? wb_stmt_get_text (stmt, 0) : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);

    if (g_str_equal (words[0] != NULL ? words[0] : "", "field") && words[1] != NULL)
      g_strv_builder_add (names, words[1]);
  }
  return g_strv_builder_end (names);
}

/**
 * wb_log_store_list_work:
 * @db: the store
 * @case_id: UUID of a case
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64): when something was done in the case, in order;
 *   reading and refusals are passed over
 */
GArray *
wb_log_store_list_work (WbDb *db, const char *case_id, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_WORK, error);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":case", case_id);
  while (wb_stmt_step (stmt, &row, error)) {
    gint64 time;

    if (!row)
      return g_steal_pointer (&times);
    time = wb_stmt_get_int64 (stmt, 0);
    g_array_append_val (times, time);
  }
  return NULL;
}
