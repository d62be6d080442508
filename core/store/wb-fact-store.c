/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on figures: facts by unit where they are kept up, by period where they are counted. */
#include "wb-fact-store.h"

#define SQL_FIND_NAME "SELECT key FROM figure_name WHERE name = :name"
#define SQL_ADD_NAME "INSERT INTO figure_name (name) VALUES (:name)"
#define SQL_NAMES "SELECT key, name FROM figure_name"
#define FACT_COLUMNS "unit, dimension, code, since, until, day, case_key"
#define SQL_OF_UNIT "SELECT " FACT_COLUMNS " FROM fact WHERE unit = :unit"
#define SQL_ADD                                                                                    \
  "INSERT INTO fact (" FACT_COLUMNS ") VALUES (:unit, :dimension, :code, :since, :until, :day, "   \
  ":case)"
#define SQL_OF_KEY                                                                                 \
  " WHERE unit = :unit AND dimension = :dimension AND code = :code AND since = :since"
#define SQL_SET_UNTIL "UPDATE fact SET until = :until" SQL_OF_KEY
#define SQL_DROP "DELETE FROM fact" SQL_OF_KEY
#define SQL_EACH                                                                                   \
  "SELECT unit, code, day, case_key FROM fact INDEXED BY fact_period "                             \
  "WHERE dimension = :dimension AND day BETWEEN :from AND :to AND since < :size "                  \
  "AND (until IS NULL OR until >= :size)"
#define SQL_EACH_SINCE                                                                             \
  "SELECT " FACT_COLUMNS " FROM fact INDEXED BY fact_period "                                      \
  "WHERE dimension = :dimension AND day BETWEEN :from AND :to AND (since >= :size OR until >= "    \
  ":size)"
#define SQL_CAME                                                                                   \
  "SELECT dimension, code, day FROM fact INDEXED BY fact_since WHERE since >= :from AND since < "  \
  ":to"
#define SQL_WENT                                                                                   \
  "SELECT dimension, code, day FROM fact INDEXED BY fact_until WHERE until >= :from AND until < "  \
  ":to"
#define SQL_TALLY_ADD                                                                              \
  "INSERT INTO tally (dimension, month, code, logged, n) "                                         \
  "VALUES (:dimension, :month, :code, :logged, :n) "                                               \
  "ON CONFLICT (dimension, month, code, logged) DO UPDATE SET n = n + excluded.n"
#define SQL_TALLY_CLEAN                                                                            \
  "DELETE FROM tally WHERE dimension = :dimension AND month = :month AND code = :code "            \
  "AND logged = :logged AND n = 0"
#define SQL_TALLY_EACH                                                                             \
  "SELECT code, month, sum (n) FROM tally WHERE dimension = :dimension "                           \
  "AND month BETWEEN :from AND :to AND logged <= :logged GROUP BY month, code"
#define SQL_RECORD "SELECT id, reference FROM record WHERE key = :key"

enum { FACT_UNIT, FACT_DIMENSION, FACT_CODE, FACT_SINCE, FACT_UNTIL, FACT_DAY, FACT_CASE };
enum { EACH_UNIT, EACH_CODE, EACH_DAY, EACH_CASE };
enum { MOVE_DIMENSION, MOVE_CODE, MOVE_DAY };
enum { TALLY_CODE, TALLY_MONTH, TALLY_N };

/**
 * wb_fact_store_find_name:
 * @db: the store
 * @name: a dimension or a code
 * @ret_key: its number, or 0 where nothing was ever counted by it
 * @error: return location for an error
 */
gboolean
wb_fact_store_find_name (WbDb *db, const char *name, gint64 *ret_key, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_FIND_NAME, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":name", name);
  if (!wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_key = row ? wb_stmt_get_int64 (stmt, 0) : 0;
  return TRUE;
}

gboolean
wb_fact_store_add_name (WbDb *db, const char *name, gint64 *ret_key, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_NAME, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":name", name);
  if (!wb_stmt_run (stmt, error))
    return FALSE;
  *ret_key = wb_db_last_id (db);
  return TRUE;
}

static gint64 *
new_key (gint64 key)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = key;
  return copy;
}

/**
 * wb_fact_store_list_names:
 * @db: the store
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64 utf8): number -> dimension or code
 */
GHashTable *
wb_fact_store_list_names (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_NAMES, error);
  g_autoptr (GHashTable) names =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_steal_pointer (&names);
    g_hash_table_insert (names,
                         new_key (wb_stmt_get_int64 (stmt, 0)),
                         g_strdup (wb_stmt_get_text (stmt, 1)));
  }
  return NULL;
}

static WbFactRow
read_row (WbStmt *stmt)
{
  WbFactRow row = { 0 };

  row.unit = wb_stmt_get_int64 (stmt, FACT_UNIT);
  row.dimension = wb_stmt_get_int64 (stmt, FACT_DIMENSION);
  row.code = wb_stmt_get_int64 (stmt, FACT_CODE);
  row.since = wb_stmt_get_int64 (stmt, FACT_SINCE);
  row.until =
      wb_stmt_is_null (stmt, FACT_UNTIL) ? WB_FACT_HOLDS : wb_stmt_get_int64 (stmt, FACT_UNTIL);
  row.day = wb_stmt_get_int64 (stmt, FACT_DAY);
  row.case_key = wb_stmt_get_int64 (stmt, FACT_CASE);
  return row;
}

/**
 * wb_fact_store_list_of_unit:
 * @db: the store
 * @unit: key of a record
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbFactRow): all that is and was counted of it
 */
GArray *
wb_fact_store_list_of_unit (WbDb *db, gint64 unit, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_OF_UNIT, error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (WbFactRow));
  gboolean found;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":unit", unit);
  while (wb_stmt_step (stmt, &found, error)) {
    WbFactRow row;

    if (!found)
      return g_steal_pointer (&rows);
    row = read_row (stmt);
    g_array_append_val (rows, row);
  }
  return NULL;
}

static void
bind_key (WbStmt *stmt, const WbFactRow *row)
{
  wb_stmt_bind_int64 (stmt, ":unit", row->unit);
  wb_stmt_bind_int64 (stmt, ":dimension", row->dimension);
  wb_stmt_bind_int64 (stmt, ":code", row->code);
  wb_stmt_bind_int64 (stmt, ":since", row->since);
}

gboolean
wb_fact_store_add (WbDb *db, const WbFactRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD, error);

  if (stmt == NULL)
    return FALSE;
  bind_key (stmt, row);
  if (row->until == WB_FACT_HOLDS)
    wb_stmt_bind_null (stmt, ":until");
  else
    wb_stmt_bind_int64 (stmt, ":until", row->until);
  wb_stmt_bind_int64 (stmt, ":day", row->day);
  wb_stmt_bind_int64 (stmt, ":case", row->case_key);
  return wb_stmt_run (stmt, error);
}

gboolean
wb_fact_store_set_until (WbDb *db, const WbFactRow *row, gint64 until, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SET_UNTIL, error);

  if (stmt == NULL)
    return FALSE;
  bind_key (stmt, row);
  wb_stmt_bind_int64 (stmt, ":until", until);
  return wb_stmt_run (stmt, error);
}

gboolean
wb_fact_store_drop (WbDb *db, const WbFactRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DROP, error);

  if (stmt == NULL)
    return FALSE;
  bind_key (stmt, row);
  return wb_stmt_run (stmt, error);
}

static void
bind_days (WbStmt *stmt, gint64 dimension, gint64 from, gint64 to, gint64 size)
{
  wb_stmt_bind_int64 (stmt, ":dimension", dimension);
  wb_stmt_bind_int64 (stmt, ":from", from);
  wb_stmt_bind_int64 (stmt, ":to", to);
  wb_stmt_bind_int64 (stmt, ":size", size);
}

/**
 * wb_fact_store_each:
 * @db: the store
 * @dimension: number of its name
 * @from: first day, since 1970
 * @to: last day
 * @size: entries of the log that count
 * @each: called a row, by day and unit; from and to which entry it held is not told
 * @user_data: for @each
 * @error: return location for an error
 *
 * A year's table reads hundreds of thousands of these: only what is counted by is taken out.
 */
gboolean
wb_fact_store_each (WbDb *db,
                    gint64 dimension,
                    gint64 from,
                    gint64 to,
                    gint64 size,
                    WbFactEach each,
                    gpointer user_data,
                    GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_EACH, error);
  WbFactRow row = { .dimension = dimension, .since = WB_FACT_HOLDS, .until = WB_FACT_HOLDS };
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  bind_days (stmt, dimension, from, to, size);
  while (wb_stmt_step (stmt, &found, error)) {
    if (!found)
      return TRUE;
    row.unit = wb_stmt_get_int64 (stmt, EACH_UNIT);
    row.code = wb_stmt_get_int64 (stmt, EACH_CODE);
    row.day = wb_stmt_get_int64 (stmt, EACH_DAY);
    row.case_key = wb_stmt_get_int64 (stmt, EACH_CASE);
    each (&row, user_data);
  }
  return FALSE;
}

gboolean
wb_fact_store_each_since (WbDb *db,
                          gint64 dimension,
                          gint64 from,
                          gint64 to,
                          gint64 size,
                          WbFactEach each,
                          gpointer user_data,
                          GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_EACH_SINCE, error);
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  bind_days (stmt, dimension, from, to, size);
  while (wb_stmt_step (stmt, &found, error)) {
    WbFactRow row;

    if (!found)
      return TRUE;
    row = read_row (stmt);
    each (&row, user_data);
  }
  return FALSE;
}

static gboolean
each_move (WbStmt *stmt,
           gint64 from,
           gint64 to,
           int n,
           WbFactMoveEach each,
           gpointer user_data,
           GError **error)
{
  gboolean row;

  wb_stmt_bind_int64 (stmt, ":from", from);
  wb_stmt_bind_int64 (stmt, ":to", to);
  while (wb_stmt_step (stmt, &row, error)) {
    WbFactMove move = { 0 };

    if (!row)
      return TRUE;
    move.dimension = wb_stmt_get_int64 (stmt, MOVE_DIMENSION);
    move.code = wb_stmt_get_int64 (stmt, MOVE_CODE);
    move.day = wb_stmt_get_int64 (stmt, MOVE_DAY);
    move.n = n;
    each (&move, user_data);
  }
  return FALSE;
}

/**
 * wb_fact_store_each_move:
 * @db: the store
 * @from: first entry
 * @to: first entry that is too late
 * @each: called with what came, then with what went
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_fact_store_each_move (WbDb *db,
                         gint64 from,
                         gint64 to,
                         WbFactMoveEach each,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (WbStmt) came = wb_db_query (db, SQL_CAME, error);
  g_autoptr (WbStmt) went = NULL;

  if (came == NULL || !each_move (came, from, to, 1, each, user_data, error))
    return FALSE;
  went = wb_db_query (db, SQL_WENT, error);
  return went != NULL && each_move (went, from, to, -1, each, user_data, error);
}

static void
bind_tally (WbStmt *stmt, gint64 dimension, gint64 month, gint64 code, gint64 logged)
{
  wb_stmt_bind_int64 (stmt, ":dimension", dimension);
  wb_stmt_bind_int64 (stmt, ":month", month);
  wb_stmt_bind_int64 (stmt, ":code", code);
  wb_stmt_bind_int64 (stmt, ":logged", logged);
}

/**
 * wb_tally_store_add:
 * @db: the store, in a transaction
 * @dimension: number of its name
 * @month: of the unit's period: 12 times the year and the month from 0
 * @code: number of the code, or days
 * @logged: local day of the act, since 1970
 * @n: 1 or -1
 * @error: return location for an error
 */
gboolean
wb_tally_store_add (WbDb *db,
                    gint64 dimension,
                    gint64 month,
                    gint64 code,
                    gint64 logged,
                    gint64 n,
                    GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_TALLY_ADD, error);
  g_autoptr (WbStmt) clean = NULL;

  if (stmt == NULL)
    return FALSE;
  bind_tally (stmt, dimension, month, code, logged);
  wb_stmt_bind_int64 (stmt, ":n", n);
  if (!wb_stmt_run (stmt, error))
    return FALSE;
  /* Both ways to zero: one that came after it had gone, where history is put back. */
  clean = wb_db_query (db, SQL_TALLY_CLEAN, error);
  if (clean == NULL)
    return FALSE;
  bind_tally (clean, dimension, month, code, logged);
  return wb_stmt_run (clean, error);
}

/**
 * wb_tally_store_each:
 * @db: the store
 * @dimension: number of its name
 * @from: first month
 * @to: last month
 * @logged: last local day whose acts count, since 1970
 * @each: called a code and month
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_tally_store_each (WbDb *db,
                     gint64 dimension,
                     gint64 from,
                     gint64 to,
                     gint64 logged,
                     WbTallyEach each,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_TALLY_EACH, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_int64 (stmt, ":dimension", dimension);
  wb_stmt_bind_int64 (stmt, ":from", from);
  wb_stmt_bind_int64 (stmt, ":to", to);
  wb_stmt_bind_int64 (stmt, ":logged", logged);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return TRUE;
    each (wb_stmt_get_int64 (stmt, TALLY_CODE),
          wb_stmt_get_int64 (stmt, TALLY_MONTH),
          wb_stmt_get_int64 (stmt, TALLY_N),
          user_data);
  }
  return FALSE;
}

static gboolean
explain (WbStmt *stmt, GString *text, GError **error)
{
  gboolean row;

  while (stmt != NULL && wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return TRUE;
    g_string_append_printf (text, "%s\n", wb_stmt_get_text (stmt, 3));
  }
  return FALSE;
}

#define PLAN(sql) wb_db_query (db, "EXPLAIN QUERY PLAN " sql, error)

/**
 * wb_fact_store_explain:
 * @db: the store
 * @error: return location for an error
 *
 * Returns: (transfer full): how SQLite goes about each statement on facts, a line a step
 */
char *
wb_fact_store_explain (WbDb *db, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WbStmt) of_unit = PLAN (SQL_OF_UNIT);
  g_autoptr (WbStmt) each = PLAN (SQL_EACH);
  g_autoptr (WbStmt) since = PLAN (SQL_EACH_SINCE);
  g_autoptr (WbStmt) came = PLAN (SQL_CAME);
  g_autoptr (WbStmt) went = PLAN (SQL_WENT);
  g_autoptr (WbStmt) tally = PLAN (SQL_TALLY_EACH);

  if (!explain (of_unit, text, error) || !explain (each, text, error) ||
      !explain (since, text, error) || !explain (came, text, error) ||
      !explain (went, text, error) || !explain (tally, text, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_fact_store_get_record:
 * @db: the store
 * @key: a record's key
 * @ret_reference: (nullable) (transfer full): its reference
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its UUID; %NULL without @error where there is none
 */
char *
wb_fact_store_get_record (WbDb *db, gint64 key, char **ret_reference, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_RECORD, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_int64 (stmt, ":key", key);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  if (ret_reference != NULL)
    *ret_reference = g_strdup (wb_stmt_get_text (stmt, 1));
  return g_strdup (wb_stmt_get_text (stmt, 0));
}
