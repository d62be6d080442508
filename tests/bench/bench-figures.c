/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A year's figures at 100,000 cases against bare SQLCipher reads of the same file in the same run,
 * and what one act costs. The cases are made in the store itself, for speed: their facts are of the
 * shape that the projection gives them, their records are bare.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wb-figures-private.h"

#define ACTS 200
#define ROUNDS 5
#define LIMIT 200 /* ms: design.md, "a year's figures under 200 ms" */
#define PASSPHRASE "correct horse battery staple"

static void
stop_at (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (EXIT_FAILURE);
}

static WbRegister *
make_register (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) passphrase = NULL;
  WbRegisterSetup setup = { "Bench", "NL-BENCH", NULL, NULL, "anna", NULL, NULL };
  WbInstant now;
  WbRegister *reg;

  wb_secret_memory_init (&error);
  stop_at (error);
  passphrase = wb_secret_new_copy (PASSPHRASE, strlen (PASSPHRASE), &error);
  stop_at (error);
  setup.passphrase = passphrase;
  wb_key_file_set_work_factor (8);
  if (wb_instant_parse ("2026-06-15T09:00:00Z", &now, NULL))
    wb_clock_set (now);
  reg = wb_register_create (path, &setup, &error);
  stop_at (error);
  return reg;
}

static JsonObject *
make_fields (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return json_object_ref (json_node_get_object (node));
}

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.;
}

/* Of this thread alone, in ms: a busy machine does not count. */
static double
get_cpu (void)
{
  struct timespec now;

  (void) clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* Each act is a case with an allegation: two entries. */
static void
time_acts (WbRegister *reg)
{
  g_autoptr (JsonObject) fields = make_fields (
      "{\"account\": \"Geduwd tijdens de afname.\", \"acts\": [\"act.force.excessive\"], "
      "\"stages\": [\"stage.screening.external\"], \"rights\": [\"right.charter.4\"], "
      "\"themes\": [\"theme.detention\"], \"site\": \"site.schiphol.jcs\", "
      "\"source\": \"source.person\", \"received\": \"2026-06-14\"}");
  double cpu = get_cpu ();
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < ACTS; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbRecord) record =
        wb_register_record (reg, "allegation", NULL, NULL, fields, NULL, &error);

    stop_at (error);
  }
  g_print ("figures: %d acts (a case and its allegation), %.2f ms each, %.2f ms of them work\n",
           ACTS,
           since (start) / ACTS,
           (get_cpu () - cpu) / ACTS);
}

#define RUN(reg, n, sql)                                                                           \
  do {                                                                                             \
    g_autoptr (GError) problem = NULL;                                                             \
    g_autoptr (WbStmt) stmt = wb_db_query ((reg)->db, sql, &problem);                              \
    stop_at (problem);                                                                             \
    wb_stmt_bind_int64 (stmt, ":n", n);                                                            \
    (void) wb_stmt_run (stmt, &problem);                                                           \
    stop_at (problem);                                                                             \
  } while (0)

#define NUMBERS "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) "
#define DAY_OF "20454 + i * 365 / (:n + 1)" /* 2026-01-01 and on */

static void
add_codes (WbRegister *reg, const WbDimension *dimension, guint n, guint spread)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  WbFigureScope scope = { { 2026, 1, 1 }, { 2026, 12, 31 }, WB_INSTANT_NONE, FALSE, 0 };
  g_autoptr (WbCounter) counter = wb_counter_new (reg, &scope, &error);
  g_autoptr (GPtrArray) codes = wb_counter_list_codes (counter, dimension, none);
  gint64 key = wb_facts_find_name (reg, dimension->name, &error);
  g_autoptr (WbStmt) stmt = wb_db_query (
      reg->db,
      NUMBERS "INSERT OR IGNORE INTO fact (unit, dimension, code, since, until, day, case_key) "
              "SELECT 10000000 + i * 2 + :case, :dimension, :code, i * 2, NULL, " DAY_OF
              ", 10000000 + i * 2 FROM n WHERE (i * 7919 + i / 13) % :codes = :at",
      &error);

  stop_at (error);
  for (guint at = 0; at < MIN (codes->len, spread); at++) {
    gint64 code = wb_facts_find_name (reg, g_ptr_array_index (codes, at), &error);

    wb_stmt_bind_int64 (stmt, ":n", n);
    wb_stmt_bind_int64 (stmt, ":case", g_str_equal (dimension->unit->type->name, "case") ? 0 : 1);
    wb_stmt_bind_int64 (stmt, ":dimension", key);
    wb_stmt_bind_int64 (stmt, ":code", code);
    wb_stmt_bind_int64 (stmt, ":codes", MIN (codes->len, spread));
    wb_stmt_bind_int64 (stmt, ":at", at);
    (void) wb_stmt_run (stmt, &error);
    stop_at (error);
  }
}

static void
add_days (WbRegister *reg, const WbDimension *dimension, guint n)
{
  g_autoptr (GError) error = NULL;
  gint64 key = wb_facts_find_name (reg, dimension->name, &error);
  g_autoptr (WbStmt) stmt = wb_db_query (
      reg->db,
      NUMBERS "INSERT INTO fact (unit, dimension, code, since, until, day, case_key) "
              "SELECT 10000000 + i * 2 + :case, :dimension, (i * 31) % 60, i * 2, NULL, " DAY_OF
              ", 10000000 + i * 2 FROM n",
      &error);

  stop_at (error);
  wb_stmt_bind_int64 (stmt, ":n", n);
  wb_stmt_bind_int64 (stmt, ":case", g_str_equal (dimension->unit->type->name, "case") ? 0 : 1);
  wb_stmt_bind_int64 (stmt, ":dimension", key);
  (void) wb_stmt_run (stmt, &error);
  stop_at (error);
}

static gboolean
is_of_case (const WbDimension *dimension)
{
  return g_str_equal (dimension->unit->name, "case") ||
         g_str_equal (dimension->unit->name, "allegation") ||
         g_str_equal (dimension->unit->name, "source");
}

/* One allegation and one source a case, and all that is told of them. */
static void
fill (WbRegister *reg, guint n)
{
  g_autoptr (GError) error = NULL;
  const WbFigureModel *figures = wb_figure_model_get_default (&error);
  GPtrArray *dimensions = wb_figure_model_get_dimensions (figures);
  g_autoptr (WbChange) change = wb_change_begin (reg, &error);
  gint64 start = g_get_monotonic_time ();

  stop_at (error);
  RUN (reg,
       n,
       NUMBERS "INSERT INTO record (key, id, type, case_id, reference, series, ordinal, "
               "first_entry, last_entry, created, changed, author, doc) SELECT 10000000 + i * 2 + "
               "part, 'b' || i || '-' || part, 'case', 'b' || i, 'B-' || i || '-' || part, 'b' || "
               "part, i, i, i, 0, 0, '', '{}' FROM n, (SELECT 0 AS part UNION SELECT 1)");
  for (guint i = 0; i < dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (dimensions, i);

    if (!is_of_case (dimension))
      continue;
    if (dimension->kind == WB_DIMENSION_SPAN)
      add_days (reg, dimension, n);
    else if (dimension->kind == WB_DIMENSION_TOTAL)
      add_codes (reg, dimension, n, 1);
    else
      add_codes (reg, dimension, n, 12);
  }
  RUN (reg,
       n,
       "INSERT OR REPLACE INTO tally (dimension, month, code, logged, n) SELECT dimension, "
       "12 * strftime ('%Y', day * 86400, 'unixepoch') + strftime ('%m', day * 86400, 'unixepoch') "
       "- 1, code, day, count (*) FROM fact WHERE :n > 0 GROUP BY 1, 2, 3, 4");
  (void) wb_change_commit (change, &error);
  stop_at (error);
  g_print ("figures: %u cases made in %.1f s\n", n, since (start) / 1000.);
}

typedef void (*Ask) (WbRegister *reg, WbFigureScope *scope);

static void
ask_report (WbRegister *reg, WbFigureScope *scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = wb_register_report_figures (reg, scope, &error);

  stop_at (error);
}

static void
ask_cross (WbRegister *reg, WbFigureScope *scope)
{
  const char *const by[] = { "stages", "rights", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report =
      wb_register_count_figures (reg, scope, by, WB_FIGURES_WHOLE, &error);

  stop_at (error);
}

static void
ask_cross_case (WbRegister *reg, WbFigureScope *scope)
{
  const char *const by[] = { "source.source", "case.status", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report =
      wb_register_count_figures (reg, scope, by, WB_FIGURES_WHOLE, &error);

  stop_at (error);
}

static void
ask_months (WbRegister *reg, WbFigureScope *scope)
{
  const char *const by[] = { "site", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report =
      wb_register_count_figures (reg, scope, by, WB_FIGURES_MONTH, &error);

  stop_at (error);
}

/* Bare: the rows that a table of two codes needs, stepped over and no more. */
static void
ask_bare (WbRegister *reg, WbFigureScope *scope)
{
  static const char *const NAMES[] = { "allegation", "allegation.stages", "allegation.rights" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbStmt) stmt =
        wb_db_query (reg->db,
                     "SELECT unit, code FROM fact INDEXED BY fact_period WHERE dimension = :d AND "
                     "day BETWEEN 20454 AND 20818",
                     &error);
    gboolean row = TRUE;

    stop_at (error);
    wb_stmt_bind_int64 (stmt, ":d", wb_facts_find_name (reg, NAMES[i], NULL));
    while (row && wb_stmt_step (stmt, &row, NULL))
      ;
  }
}

static void
ask_bare_sums (WbRegister *reg, WbFigureScope *scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = wb_db_query (reg->db, "SELECT dimension, code, n FROM tally", &error);
  gboolean row = TRUE;

  stop_at (error);
  while (row && wb_stmt_step (stmt, &row, NULL))
    ;
}

static double
time_best (WbRegister *reg, WbFigureScope *scope, Ask ask)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++) {
    double start = get_cpu ();

    ask (reg, scope);
    best = MIN (best, get_cpu () - start);
  }
  return best;
}

static gboolean
tell (WbRegister *reg, const char *what, WbFigureScope scope, Ask ask, double bare)
{
  double best = time_best (reg, &scope, ask);

  g_print ("figures: %-44s %7.1f ms, bare %6.1f ms, ratio %.1f%s\n",
           what,
           best,
           bare,
           best / bare,
           best > LIMIT ? "  OVER 200 ms" : "");
  return best <= LIMIT;
}

static void
remove_all (const char *folder)
{
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", folder);

  (void) g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("waarborg-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.waarborg", NULL);
  g_autoptr (WbRegister) reg = make_register (path);
  WbFigureScope year = { { 2026, 1, 1 }, { 2026, 12, 31 }, WB_INSTANT_NONE, FALSE, 0 };
  WbFigureScope published = year, days = year, as_of = year;
  double bare, sums;
  gboolean good;

  time_acts (reg);
  fill (reg, n);
  reg->size = MAX (reg->size, (guint64) n * 2 + 2); /* the facts speak of so many entries */
  published.is_public = TRUE;
  days.to.day = 30;
  as_of.as_of = wb_zone_start_of_day (wb_register_get_zone (reg), (WbDate){ 2026, 6, 16 }) - 1;
  bare = time_best (reg, &year, ask_bare);
  sums = time_best (reg, &year, ask_bare_sums);
  good = tell (reg, "the report of a year", year, ask_report, sums);
  good = tell (reg, "the same for the public", published, ask_report, sums) && good;
  good = tell (reg, "the same as it stood in June", as_of, ask_report, sums) && good;
  good = tell (reg, "stage by right", year, ask_cross, bare) && good;
  good = tell (reg, "stage by right for the public", published, ask_cross, bare) && good;
  good = tell (reg, "source by status of the case", year, ask_cross_case, bare) && good;
  good = tell (reg, "site by month", year, ask_months, sums) && good;
  good = tell (reg, "the report of 364 days", days, ask_report, sums) && good;
  reg->size = 2 * ACTS + 2;
  g_clear_pointer (&reg, wb_register_close);
  remove_all (folder);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
