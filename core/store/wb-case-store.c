/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on the list of cases and on deadlines. Lists are answered from indexes alone. */
#include "wb-case-store.h"

#include "wb-error.h"

#define WALK_MAX 1000 /* rows up to the end of a page, which are looked for one by one */
#define ROW_COLUMNS                                                                                \
  "id, reference, title, status, urgency, site, received, urgency_rank, allegations, changed, "    \
  "next_end, next_rule, status_rank, law_end, law_rule, target_end, target_rule"
#define SQL_PUT                                                                                    \
  "INSERT INTO case_row (" ROW_COLUMNS ") VALUES (:id, :reference, :title, :status, :urgency, "    \
  ":site, :received, :rank, :allegations, :changed, :end, :rule, :status_rank, "                   \
  ":law_end, :law_rule, :target_end, :target_rule) "                                               \
  "ON CONFLICT (id) DO UPDATE SET title = excluded.title, status = excluded.status, "              \
  "urgency = excluded.urgency, site = excluded.site, received = excluded.received, "               \
  "urgency_rank = excluded.urgency_rank, allegations = excluded.allegations, "                     \
  "changed = excluded.changed, next_end = excluded.next_end, next_rule = excluded.next_rule, "     \
  "status_rank = excluded.status_rank, law_end = excluded.law_end, law_rule = excluded.law_rule, " \
  "target_end = excluded.target_end, target_rule = excluded.target_rule"
/* Each its own statement: "(:status IS NULL OR ...)" would keep SQLite from its indexes. */
#define WHERE_ALL "WHERE :status IS NULL AND :urgency IS NULL "
#define WHERE_STATUS "WHERE status = :status AND :urgency IS NULL "
#define WHERE_BOTH                                                                                 \
  "WHERE (:status IS NULL OR status = :status) AND (:urgency IS NULL OR urgency = :urgency) "
/* Of each field that is asked for, one of the codes. */
#define HAS_CODES                                                                                  \
  "key IN (SELECT of.case_key FROM json_each (:codes) AS want JOIN case_code AS of "               \
  "ON of.field = json_extract (want.value, '$[0]') AND of.code = json_extract (want.value, "       \
  "'$[1]') GROUP BY of.case_key HAVING count (DISTINCT of.field) = "                               \
  "(SELECT count (DISTINCT json_extract (value, '$[0]')) FROM json_each (:codes))) "
/* A case matches when each of the words is found in one of its records. */
#define OF_CASE_HAS(word)                                                                          \
  "EXISTS (SELECT 1 FROM record INDEXED BY record_case CROSS JOIN search "                         \
  "ON search.rowid = record.key WHERE record.case_id = case_row.id AND search MATCH " word ") "
#define HAS_OTHERS                                                                                 \
  "AND (:codes IS NULL OR " HAS_CODES                                                              \
  ") AND NOT EXISTS (SELECT 1 FROM json_each (:others) AS word WHERE NOT " OF_CASE_HAS (           \
      "word.value") ") "
/* Three ways to one answer: from what the word finds to its records; where it finds much, along a
 * narrow index of all records instead; and for a page of those, along the order until it is full.
 */
#define WHERE_FEW                                                                                  \
  WHERE_BOTH "AND id IN (SELECT record.case_id FROM search CROSS JOIN record "                     \
             "ON record.key = search.rowid WHERE search MATCH :rarest) " HAS_OTHERS
#define WHERE_MANY                                                                                 \
  WHERE_BOTH "AND id IN (SELECT case_id FROM record INDEXED BY record_case WHERE +key IN "         \
             "(SELECT rowid FROM search WHERE search MATCH :rarest)) " HAS_OTHERS
#define WHERE_PAGE WHERE_BOTH "AND " OF_CASE_HAS (":rarest") HAS_OTHERS
#define WHERE_CODES WHERE_BOTH "AND " HAS_CODES
#define SELECT_ROWS "SELECT " ROW_COLUMNS " FROM case_row "
#define SQL_FIND_ROW "SELECT " ROW_COLUMNS " FROM case_row WHERE id = :id"
/* Most acts leave them as they are: what stays is not written again. */
#define SQL_DROP_CODES                                                                             \
  "DELETE FROM case_code WHERE case_key = (SELECT key FROM case_row WHERE id = :id) "              \
  "AND json_array (field, code) NOT IN (SELECT value FROM json_each (:codes))"
#define SQL_ADD_CODES                                                                              \
  "INSERT OR IGNORE INTO case_code (field, code, case_key) SELECT json_extract (value, '$[0]'), "  \
  "json_extract (value, '$[1]'), (SELECT key FROM case_row WHERE id = :id) FROM json_each "        \
  "(:codes)"
#define PAGE " LIMIT :limit OFFSET :offset"

enum {
  ROW_ID,
  ROW_REFERENCE,
  ROW_TITLE,
  ROW_STATUS,
  ROW_URGENCY,
  ROW_SITE,
  ROW_RECEIVED,
  ROW_RANK,
  ROW_ALLEGATIONS,
  ROW_CHANGED,
  ROW_END,
  ROW_RULE,
  ROW_STATUS_RANK,
  ROW_LAW_END,
  ROW_LAW_RULE,
  ROW_TARGET_END,
  ROW_TARGET_RULE,
};

#define DEADLINE_COLUMNS                                                                           \
  "key, record, case_id, entry, rule, family, clock, ends, running, state, met"
#define SQL_ADD_DEADLINE                                                                           \
  "INSERT INTO deadline (record, case_id, entry, rule, family, clock, ends, running, state, met) " \
  "VALUES (:record, :case, :entry, :rule, :family, :clock, :ends, :running, :state, :met)"
#define SQL_SET_STATE                                                                              \
  "UPDATE deadline SET running = :running, state = :state, met = :met WHERE key = :key"
#define SQL_DEADLINES_OF_CASE                                                                      \
  "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE case_id = :case ORDER BY ends IS NULL, ends, "  \
  "key"
#define SQL_DEADLINES_OF_RECORD                                                                    \
  "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE record = :record ORDER BY key"
#define SQL_DEADLINES_RUNNING                                                                      \
  "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE running = 1 AND ends IS NOT NULL "              \
  "ORDER BY ends LIMIT :limit"
#define SQL_DEADLINES                                                                              \
  "SELECT " DEADLINE_COLUMNS " FROM deadline ORDER BY ends IS NULL, ends, key LIMIT :limit"
#define SQL_DEADLINES_OF_RULE                                                                      \
  "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE rule = :rule AND state <> 'superseded' "        \
  "ORDER BY key"
#define SQL_DEADLINES_BETWEEN                                                                      \
  "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE running = 1 AND ends >= :from "                 \
  "AND ends < :until ORDER BY ends LIMIT :limit"
/* In the words of the index deadline_paused, so that it is walked. */
#define SQL_DEADLINES_PAUSED                                                                       \
  "SELECT " DEADLINE_COLUMNS " FROM deadline "                                                     \
  "WHERE running = 1 AND ends IS NULL AND instr (clock, '\"paused\"') > 0 ORDER BY key LIMIT "     \
  ":limit"
#define SQL_DEADLINES_FUTURE                                                                       \
  "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE key > :key AND running = 1 AND ends > :now "    \
  "ORDER BY key LIMIT :limit"
/* The plus keeps SQLite from walking all running clocks in their order instead of those of a case.
 */
#define SQL_NEXT                                                                                   \
  "SELECT ends, rule, rule IN (SELECT value FROM json_each (:targets)) FROM deadline "             \
  "WHERE case_id = :case AND +running = 1 AND ends IS NOT NULL "                                   \
  "AND rule NOT IN (SELECT value FROM json_each (:except)) "                                       \
  "ORDER BY rule IN (SELECT value FROM json_each (:watched)), +ends, rule"

enum { NEXT_END, NEXT_RULE, NEXT_IS_TARGET };

enum {
  DEADLINE_KEY,
  DEADLINE_RECORD,
  DEADLINE_CASE,
  DEADLINE_ENTRY,
  DEADLINE_RULE,
  DEADLINE_FAMILY,
  DEADLINE_CLOCK,
  DEADLINE_ENDS,
  DEADLINE_RUNNING,
  DEADLINE_STATE,
  DEADLINE_MET,
};

void
wb_case_list_row_free (WbCaseListRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->status);
  g_free (self->urgency);
  g_free (self->site);
  g_free (self->received);
  g_free (self->next_rule);
  g_free (self->law.rule);
  g_free (self->target.rule);
  g_free (self);
}

static void
bind_end (WbStmt *stmt, const char *name, gint64 end)
{
  if (end == G_MAXINT64)
    wb_stmt_bind_null (stmt, name);
  else
    wb_stmt_bind_int64 (stmt, name, end);
}

gboolean
wb_case_store_put (WbDb *db, const WbCaseListRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_PUT, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":id", row->id);
  wb_stmt_bind_text (stmt, ":reference", row->reference);
  wb_stmt_bind_text (stmt, ":title", row->title);
  wb_stmt_bind_text (stmt, ":status", row->status);
  wb_stmt_bind_text (stmt, ":urgency", row->urgency);
  wb_stmt_bind_text (stmt, ":site", row->site);
  wb_stmt_bind_text (stmt, ":received", row->received);
  wb_stmt_bind_int64 (stmt, ":rank", row->urgency_rank);
  wb_stmt_bind_int64 (stmt, ":allegations", row->allegations);
  wb_stmt_bind_int64 (stmt, ":changed", row->changed);
  wb_stmt_bind_int64 (stmt, ":end", row->next_end);
  wb_stmt_bind_text (stmt, ":rule", row->next_rule);
  wb_stmt_bind_int64 (stmt, ":status_rank", row->status_rank);
  bind_end (stmt, ":law_end", row->law.end);
  wb_stmt_bind_text (stmt, ":law_rule", row->law.rule);
  bind_end (stmt, ":target_end", row->target.end);
  wb_stmt_bind_text (stmt, ":target_rule", row->target.rule);
  return wb_stmt_run (stmt, error);
}

typedef enum {
  FILTER_NONE,
  FILTER_STATUS,
  FILTER_BOTH,
  FILTER_CODES,
  FILTER_FEW,
  FILTER_MANY,
  FILTER_PAGE
} Filter;

static Filter
choose_filter (const WbCaseListQuery *query)
{
  if (query->rarest != NULL)
    return query->common ? FILTER_MANY : FILTER_FEW;
  if (query->codes != NULL)
    return FILTER_CODES;
  if (query->urgency != NULL)
    return FILTER_BOTH;
  return query->status != NULL ? FILTER_STATUS : FILTER_NONE;
}

static void
bind_filter (WbStmt *stmt, const WbCaseListQuery *query)
{
  Filter filter = choose_filter (query);

  if (query->rarest != NULL) {
    wb_stmt_bind_text (stmt, ":rarest", query->rarest);
    wb_stmt_bind_text (stmt, ":others", query->others);
  }
  if (query->rarest != NULL || filter == FILTER_CODES)
    wb_stmt_bind_text (stmt, ":codes", query->codes);
  wb_stmt_bind_text (stmt, ":status", query->status);
  wb_stmt_bind_text (stmt, ":urgency", query->urgency);
}

static WbStmt *
query_count (WbDb *db, Filter filter, GError **error)
{
  switch (filter) {
  case FILTER_FEW:
    return wb_db_query (db, "SELECT count(*) FROM case_row " WHERE_FEW, error);
  case FILTER_MANY:
  case FILTER_PAGE:
    return wb_db_query (db, "SELECT count(*) FROM case_row " WHERE_MANY, error);
  case FILTER_CODES:
    return wb_db_query (db, "SELECT count(*) FROM case_row " WHERE_CODES, error);
  case FILTER_BOTH:
    return wb_db_query (db, "SELECT count(*) FROM case_row " WHERE_BOTH, error);
  case FILTER_STATUS:
    return wb_db_query (db, "SELECT count(*) FROM case_row " WHERE_STATUS, error);
  case FILTER_NONE:
  default:
    return wb_db_query (db, "SELECT count(*) FROM case_row " WHERE_ALL, error);
  }
}

/**
 * wb_case_store_count:
 * @db: the store
 * @query: which cases; its order does not matter
 * @ret_n: how many cases match
 * @error: return location for an error
 */
gboolean
wb_case_store_count (WbDb *db, const WbCaseListQuery *query, guint *ret_n, GError **error)
{
  g_autoptr (WbStmt) stmt = query_count (db, choose_filter (query), error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  bind_filter (stmt, query);
  if (!wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_n = (guint) wb_stmt_get_int64 (stmt, 0);
  return TRUE;
}

/* SQL is literals only, so each order is spelled out with each filter. */
#define ORDERED(db, where, column, error)                                                          \
  (descending                                                                                      \
       ? wb_db_query (db, SELECT_ROWS where "ORDER BY " column " DESC, key DESC" PAGE, error)      \
       : wb_db_query (db, SELECT_ROWS where "ORDER BY " column ", key" PAGE, error))
/* What words and codes give is found by id or key: the plus keeps SQLite from walking the order
 * instead. */
#define PICK(db, column, error)                                                                    \
  (filter == FILTER_FEW      ? ORDERED (db, WHERE_FEW, "+" column, error)                          \
   : filter == FILTER_MANY   ? ORDERED (db, WHERE_MANY, "+" column, error)                         \
   : filter == FILTER_PAGE   ? ORDERED (db, WHERE_PAGE, column, error)                             \
   : filter == FILTER_CODES  ? ORDERED (db, WHERE_CODES, "+" column, error)                        \
   : filter == FILTER_BOTH   ? ORDERED (db, WHERE_BOTH, column, error)                             \
   : filter == FILTER_STATUS ? ORDERED (db, WHERE_STATUS, column, error)                           \
                             : ORDERED (db, WHERE_ALL, column, error))

#define LAST_IF_NONE(column) "ifnull (" column ", 9223372036854775807)" /* as the index has it */

static WbStmt *
query_list (WbDb *db, Filter filter, WbCaseOrder order, gboolean descending, GError **error)
{
  switch (order) {
  case WB_CASE_ORDER_RECEIVED:
    return PICK (db, "received", error);
  case WB_CASE_ORDER_CHANGED:
    return PICK (db, "changed", error);
  case WB_CASE_ORDER_NEXT:
    return PICK (db, "next_end", error);
  case WB_CASE_ORDER_LAW:
    return PICK (db, LAST_IF_NONE ("law_end"), error);
  case WB_CASE_ORDER_TARGET:
    return PICK (db, LAST_IF_NONE ("target_end"), error);
  case WB_CASE_ORDER_URGENCY:
    return PICK (db, "urgency_rank", error);
  case WB_CASE_ORDER_STATUS:
    return PICK (db, "status_rank", error);
  case WB_CASE_ORDER_REFERENCE:
  default:
    return PICK (db, "reference", error);
  }
}

static void
read_end (WbStmt *stmt, int end, int rule, WbNextEnd *ret_next)
{
  ret_next->end = wb_stmt_is_null (stmt, end) ? G_MAXINT64 : wb_stmt_get_int64 (stmt, end);
  ret_next->rule = g_strdup (wb_stmt_get_text (stmt, rule));
}

static WbCaseListRow *
read_list_row (WbStmt *stmt)
{
  WbCaseListRow *row = g_new0 (WbCaseListRow, 1);

  row->id = g_strdup (wb_stmt_get_text (stmt, ROW_ID));
  row->reference = g_strdup (wb_stmt_get_text (stmt, ROW_REFERENCE));
  row->title = g_strdup (wb_stmt_get_text (stmt, ROW_TITLE));
  row->status = g_strdup (wb_stmt_get_text (stmt, ROW_STATUS));
  row->urgency = g_strdup (wb_stmt_get_text (stmt, ROW_URGENCY));
  row->site = g_strdup (wb_stmt_get_text (stmt, ROW_SITE));
  row->received = g_strdup (wb_stmt_get_text (stmt, ROW_RECEIVED));
  row->urgency_rank = wb_stmt_get_int64 (stmt, ROW_RANK);
  row->allegations = wb_stmt_get_int64 (stmt, ROW_ALLEGATIONS);
  row->changed = wb_stmt_get_int64 (stmt, ROW_CHANGED);
  row->next_end = wb_stmt_get_int64 (stmt, ROW_END);
  row->next_rule = g_strdup (wb_stmt_get_text (stmt, ROW_RULE));
  read_end (stmt, ROW_LAW_END, ROW_LAW_RULE, &row->law);
  read_end (stmt, ROW_TARGET_END, ROW_TARGET_RULE, &row->target);
  return row;
}

/**
 * wb_case_store_find:
 * @db: the store
 * @id: UUID of a case
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its row; %NULL without @error where there is none
 */
WbCaseListRow *
wb_case_store_find (WbDb *db, const char *id, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_FIND_ROW, error);
  gboolean found;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":id", id);
  return wb_stmt_step (stmt, &found, error) && found ? read_list_row (stmt) : NULL;
}

/**
 * wb_case_store_list:
 * @db: the store
 * @query: which cases, in which order
 * @offset: rows to pass over
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbCaseListRow): one page
 */
GPtrArray *
wb_case_store_list (WbDb *db,
                    const WbCaseListQuery *query,
                    guint offset,
                    guint limit,
                    GError **error)
{
  Filter chosen = choose_filter (query);
  Filter filter = chosen == FILTER_MANY && offset + limit <= WALK_MAX ? FILTER_PAGE : chosen;
  g_autoptr (WbStmt) stmt = query_list (db, filter, query->order, query->descending, error);
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_case_list_row_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  bind_filter (stmt, query);
  wb_stmt_bind_int64 (stmt, ":offset", offset);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, read_list_row (stmt));
  }
  return NULL;
}

/**
 * wb_case_store_each:
 * @db: the store
 * @query: which cases, in which order
 * @each: called with each row; %FALSE stops, and is no error
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_case_store_each (WbDb *db,
                    const WbCaseListQuery *query,
                    WbEachCaseRow each,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (WbStmt) stmt =
      query_list (db, choose_filter (query), query->order, query->descending, error);
  gboolean found = TRUE;

  if (stmt == NULL)
    return FALSE;
  bind_filter (stmt, query);
  wb_stmt_bind_int64 (stmt, ":offset", 0);
  wb_stmt_bind_int64 (stmt, ":limit", -1); /* none */
  while (found) {
    g_autoptr (WbCaseListRow) row = NULL;

    if (!wb_stmt_step (stmt, &found, error))
      return FALSE;
    row = found ? read_list_row (stmt) : NULL;
    if (row != NULL && !each (row, user_data))
      return TRUE;
  }
  return TRUE;
}

/**
 * wb_case_store_set_codes:
 * @db: the store, in a transaction
 * @id: UUID of a case that has a row
 * @codes: JSON array of [field, code]
 * @error: return location for an error
 */
gboolean
wb_case_store_set_codes (WbDb *db, const char *id, const char *codes, GError **error)
{
  g_autoptr (WbStmt) drop = wb_db_query (db, SQL_DROP_CODES, error);
  g_autoptr (WbStmt) add = drop != NULL ? wb_db_query (db, SQL_ADD_CODES, error) : NULL;

  if (add == NULL)
    return FALSE;
  wb_stmt_bind_text (drop, ":id", id);
  wb_stmt_bind_text (add, ":id", id);
  wb_stmt_bind_text (drop, ":codes", codes);
  wb_stmt_bind_text (add, ":codes", codes);
  return wb_stmt_run (drop, error) && wb_stmt_run (add, error);
}

void
wb_deadline_row_free (WbDeadlineRow *self)
{
  if (self == NULL)
    return;
  g_free (self->record);
  g_free (self->case_id);
  g_free (self->rule);
  g_free (self->family);
  g_free (self->clock);
  g_free (self->state);
  g_free (self->met);
  g_free (self);
}

gboolean
wb_deadline_store_add (WbDb *db, const WbDeadlineRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_DEADLINE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":record", row->record);
  wb_stmt_bind_text (stmt, ":case", row->case_id);
  wb_stmt_bind_int64 (stmt, ":entry", (gint64) row->entry);
  wb_stmt_bind_text (stmt, ":rule", row->rule);
  wb_stmt_bind_text (stmt, ":family", row->family);
  wb_stmt_bind_text (stmt, ":clock", row->clock);
  if (row->ends == G_MININT64)
    wb_stmt_bind_null (stmt, ":ends");
  else
    wb_stmt_bind_int64 (stmt, ":ends", row->ends);
  wb_stmt_bind_int64 (stmt, ":running", row->running ? 1 : 0);
  wb_stmt_bind_text (stmt, ":state", row->state);
  wb_stmt_bind_text (stmt, ":met", row->met);
  return wb_stmt_run (stmt, error);
}

gboolean
wb_deadline_store_set_state (WbDb *db,
                             gint64 key,
                             gboolean running,
                             const char *state,
                             const char *met,
                             GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SET_STATE, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":key", key);
  wb_stmt_bind_int64 (stmt, ":running", running ? 1 : 0);
  wb_stmt_bind_text (stmt, ":state", state);
  wb_stmt_bind_text (stmt, ":met", met);
  return wb_stmt_run (stmt, error);
}

static GPtrArray *
read_deadlines (WbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_deadline_row_free);
  gboolean row;

  while (wb_stmt_step (stmt, &row, error)) {
    WbDeadlineRow *deadline;

    if (!row)
      return g_steal_pointer (&rows);
    deadline = g_new0 (WbDeadlineRow, 1);
    deadline->key = wb_stmt_get_int64 (stmt, DEADLINE_KEY);
    deadline->record = g_strdup (wb_stmt_get_text (stmt, DEADLINE_RECORD));
    deadline->case_id = g_strdup (wb_stmt_get_text (stmt, DEADLINE_CASE));
    deadline->entry = (guint64) wb_stmt_get_int64 (stmt, DEADLINE_ENTRY);
    deadline->rule = g_strdup (wb_stmt_get_text (stmt, DEADLINE_RULE));
    deadline->family = g_strdup (wb_stmt_get_text (stmt, DEADLINE_FAMILY));
    deadline->clock = g_strdup (wb_stmt_get_text (stmt, DEADLINE_CLOCK));
    deadline->ends = wb_stmt_is_null (stmt, DEADLINE_ENDS)
                         ? G_MININT64
                         : wb_stmt_get_int64 (stmt, DEADLINE_ENDS);
    deadline->running = wb_stmt_get_int64 (stmt, DEADLINE_RUNNING) != 0;
    deadline->state = g_strdup (wb_stmt_get_text (stmt, DEADLINE_STATE));
    deadline->met = g_strdup (wb_stmt_get_text (stmt, DEADLINE_MET));
    g_ptr_array_add (rows, deadline);
  }
  return NULL;
}

GPtrArray *
wb_deadline_store_list_of_case (WbDb *db, const char *case_id, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DEADLINES_OF_CASE, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":case", case_id);
  return read_deadlines (stmt, error);
}

GPtrArray *
wb_deadline_store_list_of_record (WbDb *db, const char *record, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DEADLINES_OF_RECORD, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":record", record);
  return read_deadlines (stmt, error);
}

GPtrArray *
wb_deadline_store_list (WbDb *db, gboolean running_only, guint limit, GError **error)
{
  g_autoptr (WbStmt) stmt = NULL;

  if (running_only)
    stmt = wb_db_query (db, SQL_DEADLINES_RUNNING, error);
  else
    stmt = wb_db_query (db, SQL_DEADLINES, error);
  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  return read_deadlines (stmt, error);
}

GPtrArray *
wb_deadline_store_list_of_rule (WbDb *db, const char *rule, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DEADLINES_OF_RULE, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":rule", rule);
  return read_deadlines (stmt, error);
}

/**
 * wb_deadline_store_list_paused:
 * @db: the store
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDeadlineRow): what stands still, in the order in which
 *   it began
 */
GPtrArray *
wb_deadline_store_list_paused (WbDb *db, guint limit, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DEADLINES_PAUSED, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  return read_deadlines (stmt, error);
}

/**
 * wb_deadline_store_list_between:
 * @db: the store
 * @from: first end
 * @until: first end that is too late
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDeadlineRow): what runs and ends then, by end
 */
GPtrArray *
wb_deadline_store_list_between (WbDb *db, gint64 from, gint64 until, guint limit, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DEADLINES_BETWEEN, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":from", from);
  wb_stmt_bind_int64 (stmt, ":until", until);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  return read_deadlines (stmt, error);
}

/**
 * wb_deadline_store_list_future:
 * @db: the store
 * @now: only what ends later
 * @key: only rows after this one
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDeadlineRow): one page of what runs, by key
 */
GPtrArray *
wb_deadline_store_list_future (WbDb *db, gint64 now, gint64 key, guint limit, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DEADLINES_FUTURE, error);

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":now", now);
  wb_stmt_bind_int64 (stmt, ":key", key);
  wb_stmt_bind_int64 (stmt, ":limit", limit);
  return read_deadlines (stmt, error);
}

/**
 * wb_deadline_store_next:
 * @db: the store
 * @case_id: UUID of a case
 * @except: JSON array of rules that limit others and are not for lists
 * @targets: JSON array of rules that the body set itself
 * @watched: JSON array of rules that bind another
 * @ret_law: what ends first of the other rules; its end is G_MAXINT64 where nothing runs
 * @ret_target: what ends first of @targets
 * @error: return location for an error
 *
 * An own target that was missed stays the first one for long: it must not hide what binds by law,
 * nor the other way round. Nor does what an authority overran hide what binds the body: a watched
 * rule is told where there is no other.
 */
gboolean
wb_deadline_store_next (WbDb *db,
                        const char *case_id,
                        const char *except,
                        const char *targets,
                        const char *watched,
                        WbNextEnd *ret_law,
                        WbNextEnd *ret_target,
                        GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_NEXT, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  ret_law->end = ret_target->end = G_MAXINT64;
  wb_stmt_bind_text (stmt, ":case", case_id);
  wb_stmt_bind_text (stmt, ":except", except);
  wb_stmt_bind_text (stmt, ":targets", targets);
  wb_stmt_bind_text (stmt, ":watched", watched);
  while (ret_law->end == G_MAXINT64 || ret_target->end == G_MAXINT64) {
    WbNextEnd *next;

    if (!wb_stmt_step (stmt, &row, error))
      return FALSE;
    if (!row)
      break;
    next = wb_stmt_get_int64 (stmt, NEXT_IS_TARGET) != 0 ? ret_target : ret_law;
    if (next->end == G_MAXINT64)
      read_end (stmt, NEXT_END, NEXT_RULE, next);
  }
  return TRUE;
}
