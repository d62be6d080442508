/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What people wait for, at the size that is given, against a bare baseline in the same run, since
 * machines differ and are busy: the table of "./dev bench". The register is made once a size and
 * kept in the folder that is given; what is measured happens on a copy.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-kit.h"
#include "wb-age.h"
#include "wb-db-private.h"
#include "wb-deadline.h"
#include "wb-digest.h"
#include "wb-erasure.h"
#include "wb-figures-private.h"
#include "wb-kdf.h"
#include "wb-register-backup.h"
#include "wb-resources.h"

#define MANY 21
#define FEW 5
#define PAGE 50
#define LARGE 20000 /* cases: what takes a minute is done once, and the deep check not at all */
#define WEEK (7 * 86400000.)
#define MIB (1024. * 1024.)

/* Rows stepped over and thrown away. */
#define STEP(db, sql)                                                                              \
  do {                                                                                             \
    g_autoptr (GError) step_error = NULL;                                                          \
    g_autoptr (WbStmt) step_stmt = wb_db_query (db, sql, &step_error);                             \
    gboolean step_row = TRUE;                                                                      \
    bench_stop_at (step_error);                                                                    \
    while (step_row && wb_stmt_step (step_stmt, &step_row, &step_error))                           \
      for (int c = 0; step_row && c < 1; c++)                                                      \
        (void) wb_stmt_get_text (step_stmt, c);                                                    \
    bench_stop_at (step_error);                                                                    \
  } while (0)

static void
scrypt_bare (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  guint8 salt[16] = { 0 }, key[32];

  (void) wb_scrypt (BENCH_PASSPHRASE,
                    strlen (BENCH_PASSPHRASE),
                    salt,
                    sizeof salt,
                    WB_AGE_WORK_FACTOR,
                    8,
                    1,
                    key,
                    sizeof key,
                    &error);
  bench_stop_at (error);
}

static void
reopen (Bench *bench)
{
  g_clear_pointer (&bench->reg, wb_register_close);
  bench->reg = bench_open (bench->path, "anna");
}

static void
first_page (Bench *bench)
{
  const WbCaseQuery query = { .sort = WB_CASE_SORT_CHANGED, .descending = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_register_list_cases (bench->reg, &query, 0, PAGE, &error);

  bench_stop_at (error);
}

static void
count_all (Bench *bench)
{
  const WbCaseQuery query = { NULL };
  g_autoptr (GError) error = NULL;
  guint n;

  (void) wb_register_count_cases (bench->reg, &query, &n, &error);
  bench_stop_at (error);
}

static void
page_bare (Bench *bench)
{
  STEP (bench->reg->db,
        "SELECT reference, title, status, urgency, site, received FROM case_row LIMIT 50");
}

static void
search_for (Bench *bench, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = wb_register_search (bench->reg, words, PAGE, &error);

  bench_stop_at (error);
  if (hits->len == 0)
    g_printerr ("nothing was found for %s\n", words);
}

static void
search_rare (Bench *bench)
{
  search_for (bench, "woord77");
}

static void
search_common (Bench *bench)
{
  search_for (bench, "geduwd");
}

static void
search_bare (Bench *bench)
{
  STEP (bench->reg->db,
        "SELECT text FROM search WHERE search MATCH 'woord77' ORDER BY rowid DESC LIMIT 50");
}

static void
list_by_word (Bench *bench)
{
  const WbCaseQuery query = { .words = "geduwd", .sort = WB_CASE_SORT_CHANGED, .descending = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_register_list_cases (bench->reg, &query, 0, PAGE, &error);

  bench_stop_at (error);
}

static void
count_by_word (Bench *bench)
{
  const WbCaseQuery query = { .words = "geduwd" };
  g_autoptr (GError) error = NULL;
  guint n;

  (void) wb_register_count_cases (bench->reg, &query, &n, &error);
  bench_stop_at (error);
}

static char *
some_case (const Bench *bench)
{
  guint i = BENCH_ERASABLE + 1 + (bench->at * 7919) % (bench->n - BENCH_ERASABLE);

  return g_strdup_printf ("NL-BENCH-%d-%04u", BENCH_YEAR, i);
}

static void
open_case (Bench *bench)
{
  g_autofree char *reference = some_case (bench);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = wb_register_read_case (bench->reg, reference, &error);
  g_autoptr (GPtrArray) deadlines = NULL;

  bench_stop_at (error);
  deadlines = wb_register_list_deadlines (bench->reg, reference, wb_clock_now (), FALSE, &error);
  bench_stop_at (error);
}

static void
case_bare (Bench *bench)
{
  g_autofree char *reference = some_case (bench);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = wb_db_query (bench->reg->db,
                                         "SELECT doc FROM record WHERE case_id = (SELECT id FROM "
                                         "record WHERE reference = :reference)",
                                         &error);
  gboolean row = TRUE;

  bench_stop_at (error);
  wb_stmt_bind_text (stmt, ":reference", reference);
  while (row && wb_stmt_step (stmt, &row, &error))
    ;
}

/* One entry: a note of a case. */
static void
act (Bench *bench)
{
  g_autofree char *reference = some_case (bench);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) fields =
      bench_object ("{\"text\": \"Gebeld met de advocaat; die stuurt het dossier na.\"}");
  g_autoptr (WbRecord) record =
      wb_register_record (bench->reg, "note", NULL, reference, fields, NULL, &error);

  bench_stop_at (error);
}

static void
act_folded (Bench *bench)
{
  (void) wb_db_fold_journal (bench->reg->db, NULL);
  act (bench);
}

/* As many bytes as the entry with its lines has, in one row. */
static void
act_bare (Bench *bench)
{
  g_autofree char *text = g_strnfill (bench->bytes, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (WbTransaction) transaction = wb_transaction_begin (bench->bare, &error);
  g_autoptr (WbStmt) stmt =
      wb_db_query (bench->bare, "INSERT INTO meta (key, value) VALUES (:key, :text)", &error);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());

  bench_stop_at (error);
  wb_stmt_bind_text (stmt, ":key", key);
  wb_stmt_bind_text (stmt, ":text", text);
  (void) wb_stmt_run (stmt, &error);
  bench_stop_at (error);
  (void) wb_transaction_commit (transaction, &error);
  bench_stop_at (error);
}

static void
act_bare_folded (Bench *bench)
{
  (void) wb_db_fold_journal (bench->bare, NULL);
  act_bare (bench);
}

static char *
path_beside (const Bench *bench, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (bench->path);

  return g_build_filename (folder, name, NULL);
}

static guint64
size_of (const char *path)
{
  GStatBuf found;

  return g_stat (path, &found) == 0 ? (guint64) found.st_size : 0;
}

static void
export_case (Bench *bench)
{
  const WbExportOptions options = { "pseudonymised", NULL, TRUE, "bench", WB_LANGUAGE_NL };
  g_autofree char *reference = some_case (bench);
  g_autofree char *path = path_beside (bench, "bundle.zip");
  g_autoptr (GError) error = NULL;

  (void) wb_register_export (bench->reg, reference, path, &options, NULL, NULL, NULL, NULL, &error);
  bench_stop_at (error);
  bench->bytes = size_of (path);
  (void) g_unlink (path);
}

/* As many bytes written and synced. */
static void
write_bare (Bench *bench)
{
  g_autofree char *path = path_beside (bench, "bare");
  g_autofree char *bytes = g_strnfill (bench->bytes, 'x');
  g_autoptr (GError) error = NULL;

  (void) g_file_set_contents_full (path,
                                   bytes,
                                   (gssize) bench->bytes,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   &error);
  bench_stop_at (error);
  (void) g_unlink (path);
}

static const WbFigureScope YEAR = { { BENCH_YEAR, 1, 1 }, { BENCH_YEAR, 12, 31 } };

static void
report (Bench *bench, WbInstant as_of, guint last_day)
{
  WbFigureScope scope = YEAR;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  scope.as_of = as_of;
  scope.to.day = (int) last_day;
  object = wb_register_report_figures (bench->reg, &scope, &error);
  bench_stop_at (error);
}

static void
report_year (Bench *bench)
{
  report (bench, WB_INSTANT_NONE, 31);
}

static void
report_days (Bench *bench)
{
  report (bench, WB_INSTANT_NONE, 30);
}

static void
report_noon (Bench *bench)
{
  WbInstant noon = 0;

  (void) wb_instant_parse ("2026-06-16T10:00:00Z", &noon, NULL);
  report (bench, noon, 31);
}

/* Lists, single codes, what some lack, and codes that meet in the case only. */
static const char *const PAIRS[][3] = {
  { "stages", "rights", NULL }, { "acts", "themes", NULL },      { "urgency", "site", NULL },
  { "site", "urgency", NULL },  { "acts", "case.status", NULL }, { "case.status", "rights", NULL }
};

static void
cross (Bench *bench)
{
  const char *const *by = PAIRS[bench->pair];
  WbFigureScope scope = YEAR;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  scope.as_of = WB_INSTANT_NONE;
  object = wb_register_count_figures (bench->reg, &scope, by, WB_FIGURES_WHOLE, &error);
  bench_stop_at (error);
}

static void
sums_bare (Bench *bench)
{
  STEP (bench->reg->db, "SELECT dimension, code, n FROM tally");
}

/* The rows that a table of two codes needs. */
static void
facts_bare (Bench *bench)
{
  STEP (bench->reg->db,
        "SELECT unit, code FROM fact INDEXED BY fact_period WHERE dimension IN (SELECT key FROM "
        "figure_name WHERE name IN ('allegation', 'allegation.stages', 'allegation.rights'))");
}

static void
due_in_a_week (Bench *bench)
{
  WbInstant now = wb_clock_now ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due =
      wb_register_list_due (bench->reg, now, now + (WbInstant) WEEK, now, PAGE, &error);

  bench_stop_at (error);
}

static void
due_bare (Bench *bench)
{
  STEP (bench->reg->db,
        "SELECT clock FROM deadline WHERE running = 1 AND ends IS NOT NULL ORDER BY ends LIMIT 50");
}

static void
erase_case (Bench *bench)
{
  g_autofree char *reference = g_strdup_printf ("NL-BENCH-%d-%04u", BENCH_YEAR, bench->at + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbErasure) erasure =
      wb_register_erase (bench->reg, reference, NULL, "List 3.2", NULL, NULL, &error);

  bench_stop_at (error);
}

/* The file rewritten, which every erasure ends with. */
static void
rewrite_bare (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  (void) wb_db_rewrite (bench->reg->db, &error);
  bench_stop_at (error);
  (void) wb_db_fold_journal (bench->reg->db, &error);
}

static void
back_up (Bench *bench)
{
  g_autofree char *path = path_beside (bench, "backup");
  g_autoptr (GError) error = NULL;
  g_autofree char *recipient = wb_age_identity_to_recipient (bench->reg->keys->identity, &error);
  const char *const recipients[] = { recipient, NULL };

  bench_stop_at (error);
  (void) wb_register_backup (bench->reg, path, recipients, NULL, NULL, NULL, NULL, NULL, &error);
  bench_stop_at (error);
  bench->bytes = size_of (path);
  (void) g_unlink (path);
}

/* The file copied and synced, read back once. */
static void
copy_bare (Bench *bench)
{
  g_autofree char *path = path_beside (bench, "bare");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint8 digest[WB_SHA256_SIZE];
  gsize size;

  (void) wb_db_copy_to (bench->reg->db, path, &error);
  bench_stop_at (error);
  (void) g_file_get_contents (path, &bytes, &size, &error);
  bench_stop_at (error);
  wb_sha256 (bytes, size, digest);
  (void) g_unlink (path);
}

static void
verify (Bench *bench, WbDepth depth)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (bench->reg, depth, NULL, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  bench_stop_at (error);
  text = wb_verification_to_text (result);
  if (!wb_verification_is_good (result))
    g_printerr ("%s\n", text);
}

static void
verify_full (Bench *bench)
{
  verify (bench, WB_DEPTH_FULL);
}

static void
verify_deep (Bench *bench)
{
  verify (bench, WB_DEPTH_DEEP);
}

static gboolean
hash_entry (guint64 number,
            const char *text,
            gsize size,
            const guint8 *leaf,
            GPtrArray *lines,
            gpointer user_data)
{
  guint8 digest[WB_SHA256_SIZE];
  guint64 *bytes = user_data;

  wb_sha256 (text, size, digest);
  *bytes += size;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);

    if (line == NULL)
      continue;
    wb_sha256 (line, strlen (line), digest);
    *bytes += strlen (line);
  }
  return TRUE;
}

static void
hash_bare (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  bench->bytes = 0;
  (void) wb_log_store_each (bench->reg->db, 0, hash_entry, &bench->bytes, &error);
  bench_stop_at (error);
}

static void
tell_opening (Bench *bench)
{
  BenchTime scrypt = bench_time (bench, 3, scrypt_bare);
  BenchTime opened = bench_time (bench, FEW, reopen);

  bench_tell ("scrypt of a passphrase (N = 2^18)", scrypt, "", scrypt);
  bench_tell ("opening after that", opened, "scrypt", scrypt);
}

static void
tell_reading (Bench *bench)
{
  BenchTime page = bench_time (bench, MANY, page_bare);
  BenchTime found = bench_time (bench, MANY, search_bare);
  BenchTime of_case = bench_time (bench, MANY, case_bare);
  BenchTime due = bench_time (bench, MANY, due_bare);

  bench_tell ("first page of the list", bench_time (bench, MANY, first_page), "50 rows", page);
  bench_tell ("how many cases", bench_time (bench, MANY, count_all), "50 rows", page);
  bench_tell ("search, a rare word", bench_time (bench, MANY, search_rare), "50 matches", found);
  bench_tell ("search, in every case",
              bench_time (bench, MANY, search_common),
              "50 matches",
              found);
  bench_tell ("list of those", bench_time (bench, FEW, list_by_word), "50 matches", found);
  bench_tell ("how many of those", bench_time (bench, FEW, count_by_word), "50 matches", found);
  bench_tell ("open a case", bench_time (bench, MANY, open_case), "its documents", of_case);
  bench_tell ("deadlines of a week", bench_time (bench, MANY, due_in_a_week), "50 clocks", due);
}

static void
tell_figures (Bench *bench)
{
  BenchTime sums = bench_time (bench, FEW, sums_bare);
  BenchTime facts = bench_time (bench, FEW, facts_bare);

  bench_tell ("report of the year", bench_time (bench, FEW, report_year), "all sums read", sums);
  bench_tell ("as of the middle of a day", bench_time (bench, FEW, report_noon), "same", sums);
  bench_tell ("report of 364 days", bench_time (bench, FEW, report_days), "same", sums);
  for (bench->pair = 0; bench->pair < G_N_ELEMENTS (PAIRS); bench->pair++) {
    g_autofree char *what =
        g_strdup_printf ("%s by %s", PAIRS[bench->pair][0], PAIRS[bench->pair][1]);

    bench_tell (what, bench_time (bench, FEW, cross), "facts of one such table", facts);
  }
}

/* Of the last entry with its lines. */
static guint64
get_bytes (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt =
      wb_db_query (bench->reg->db,
                   "SELECT length (text) + (SELECT sum (length (line)) FROM disclosure WHERE "
                   "disclosure.number = entry.number) FROM entry ORDER BY number DESC LIMIT 1",
                   &error);
  gboolean row = FALSE;

  bench_stop_at (error);
  (void) wb_stmt_step (stmt, &row, &error);
  bench_stop_at (error);
  return (guint64) wb_stmt_get_int64 (stmt, 0);
}

static void
tell_acts (Bench *bench)
{
  BenchTime bare, folded, exported;

  act (bench);
  bench->bytes = get_bytes (bench);
  bare = bench_time (bench, MANY, act_bare);
  folded = bench_time (bench, MANY, act_bare_folded);
  bench_tell ("an act, journal open", bench_time (bench, MANY, act), "commit of its bytes", bare);
  bench_tell ("an act, journal folded", bench_time (bench, MANY, act_folded), "same", folded);
  exported = bench_time (bench, FEW, export_case);
  bench_tell ("a case exported",
              exported,
              "its bytes written",
              bench_time (bench, FEW, write_bare));
}

static void
tell_whole (Bench *bench)
{
  gboolean large = bench->n > LARGE;
  guint rounds = large ? 1 : 3;
  BenchTime bare = bench_time (bench, rounds, hash_bare);
  BenchTime full = bench_time (bench, rounds, verify_full);
  double thousands = (double) bench->reg->size / 1000.;
  BenchTime copied, backed;

  bench_tell ("log checked (full)", full, "read and hashed", bare);
  if (!large) {
    BenchTime deep = bench_time (bench, 1, verify_deep);
    bench_tell_rate ("log checked (deep)",
                     thousands / (deep.cpu / 1000.),
                     "k/s of cpu",
                     "read and hashed",
                     thousands / (bare.cpu / 1000.));
  }
  backed = bench_time (bench, rounds, back_up);
  copied = bench_time (bench, rounds, copy_bare);
  bench_tell_rate ("backup",
                   (double) bench->bytes / MIB / (backed.cpu / 1000.),
                   "MiB/s of cpu",
                   "copied and hashed",
                   (double) bench->bytes / MIB / (copied.cpu / 1000.));
  bench_tell ("a case erased",
              bench_time (bench, rounds, erase_case),
              "file rewritten",
              bench_time (bench, rounds, rewrite_bare));
}

static const struct {
  const char *name;
  BenchWork tell;
} PARTS[] = { { "opening", tell_opening },
              { "reading", tell_reading },
              { "figures", tell_figures },
              { "acts", tell_acts },
              { "whole", tell_whole } };

static void
measure (Bench *bench, const char *only)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bare = path_beside (bench, "bare.db");

  bench->reg = bench_open (bench->path, "anna");
  bench->bare = wb_db_open (bare, bench->reg->keys->store_key, TRUE, &error);
  bench_stop_at (error);
  (void) wb_db_migrate (bench->bare, wb_db_latest_version (), &error);
  bench_stop_at (error);
  g_print ("\n%u cases, %" G_GUINT64_FORMAT " entries\n", bench->n, bench->reg->size);
  bench_head ();
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (only == NULL || g_str_equal (only, PARTS[i].name))
      PARTS[i].tell (bench);
  g_clear_pointer (&bench->bare, wb_db_close);
  g_clear_pointer (&bench->reg, wb_register_close);
}

/* What a register is made with: where it changes, the kept one is of no use any more. */
static char *
name_kept (guint n)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) schema = NULL;
  const WbModel *model;

  wb_core_resources_ensure ();
  schema = g_resources_lookup_data ("/waarborg/core/sql/0001-register.sql", 0, &error);
  bench_stop_at (error);
  model = wb_model_get_default (&error);
  bench_stop_at (error);
  g_checksum_update (sum, g_bytes_get_data (schema, NULL), (gssize) g_bytes_get_size (schema));
  g_checksum_update (sum, (const guchar *) wb_model_get_version (model), -1);
  g_checksum_update (sum, (const guchar *) wb_rules_get_version (wb_rules_get_default (NULL)), -1);
  g_checksum_update (sum, (const guchar *) WB_PROJECTION_VERSION, -1);
  return g_strdup_printf ("%u-%.8s.waarborg", n, g_checksum_get_string (sum));
}

/* Kept ones of this size that are of no use any more go. */
static void
drop_stale (const char *folder, guint n, const char *name)
{
  g_autofree char *prefix = g_strdup_printf ("%u-", n);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *one;

  while (dir != NULL && (one = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, one, NULL);

    if (g_str_has_prefix (one, prefix) && !g_str_equal (one, name))
      bench_remove (path);
  }
}

/* FOLDER CASES [PART] */
int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : ".";
  Bench bench = { .n = argc > 2 ? (guint) atoi (argv[2]) : 1000 };
  g_autofree char *name = name_kept (bench.n);
  g_autofree char *kept = g_build_filename (folder, name, NULL);
  g_autofree char *work = g_build_filename (folder, "work", NULL);
  g_autofree char *path = g_build_filename (work, "bench.waarborg", NULL);
  WbInstant now = 0;

  if (bench.n <= BENCH_ERASABLE)
    return EXIT_FAILURE;
  wb_key_file_set_work_factor (8);
  bench.path = path;
  drop_stale (folder, bench.n, name);
  if (!g_file_test (kept, G_FILE_TEST_IS_DIR)) {
    gint64 start = g_get_monotonic_time ();

    bench_make (kept, bench.n);
    g_print ("%u cases made in %.1f s\n",
             bench.n,
             (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  }
  bench_remove (work);
  (void) g_mkdir_with_parents (work, 0700);
  bench_copy (kept, path);
  (void) wb_instant_parse ("2026-12-15T09:00:00Z", &now, NULL);
  wb_clock_set (now);
  measure (&bench, argc > 3 ? argv[3] : NULL);
  bench_remove (work);
  return EXIT_SUCCESS;
}
