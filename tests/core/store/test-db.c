/* SPDX-License-Identifier: EUPL-1.2 */

/* The connection on real files: keys, damage, statements, transactions, versions. */
#include "wb-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-db-private.h"
#include "wb-test-vfs.h"

#define KEY_SQL                                                                                    \
  "PRAGMA key = \"x'0101010101010101010101010101010101010101010101010101010101010101'\";"
#define PAGE 4096

static WbSecret *
make_key (guint8 byte)
{
  g_autoptr (GError) error = NULL;
  WbSecret *key = wb_secret_new (WB_DB_KEY_SIZE, &error);

  wb_assert_no_error (error);
  memset (wb_secret_peek_writable (key), byte, WB_DB_KEY_SIZE);
  return key;
}

static char *
store_path (void **state)
{
  return g_build_filename (*state, "store.db", NULL);
}

static WbDb *
open_with (const char *path, guint8 key_byte, gboolean create, GError **error)
{
  g_autoptr (WbSecret) key = make_key (key_byte);

  return wb_db_open (path, key, create, error);
}

static WbDb *
open_store (void **state, gboolean create)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;
  WbDb *db = open_with (path, 1, create, &error);

  wb_assert_no_error (error);
  assert_non_null (db);
  return db;
}

static void
run (WbDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wb_db_run_script (db, sql, &error);
  wb_assert_no_error (error);
}

static gint64
read_number (WbDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = wb_db_query_literal (db, sql, &error);
  gboolean row = FALSE;

  wb_assert_no_error (error);
  wb_stmt_step (stmt, &row, &error);
  wb_assert_no_error (error);
  assert_true (row);
  return wb_stmt_get_int64 (stmt, 0);
}

#define FILL                                                                                       \
  "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE) STRICT;"                                  \
  "WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 2000) "             \
  "INSERT INTO t SELECT x, hex (randomblob (100)) FROM c;"

static void
make_filled (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);

  run (db, FILL);
}

static void
values_come_back_as_they_were_bound (void **state)
{
  static const guint8 bytes[] = { 0, 1, 0xff, 0 };
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) in = NULL;
  g_autoptr (WbStmt) out = NULL;
  gconstpointer blob;
  gboolean row;
  gsize size;

  run (db, "CREATE TABLE v (i INTEGER, t TEXT, n TEXT, b BLOB, e BLOB) STRICT");
  in = wb_db_query (db, "INSERT INTO v VALUES (:i, :t, :n, :b, :e)", &error);
  wb_assert_no_error (error);
  wb_stmt_bind_int64 (in, ":i", G_MININT64);
  wb_stmt_bind_text (in, ":t", "ijsje € 𝄞");
  wb_stmt_bind_null (in, ":n");
  wb_stmt_bind_blob (in, ":b", bytes, sizeof bytes);
  wb_stmt_bind_blob (in, ":e", NULL, 0);
  assert_true (wb_stmt_run (in, &error));
  assert_int_equal (wb_db_last_id (db), 1);
  assert_int_equal (wb_db_changes (db), 1);

  out = wb_db_query (db, "SELECT i, t, n, b, e FROM v", &error);
  assert_true (wb_stmt_step (out, &row, &error));
  assert_true (row);
  assert_true (wb_stmt_get_int64 (out, 0) == G_MININT64);
  assert_string_equal (wb_stmt_get_text (out, 1), "ijsje € 𝄞");
  assert_true (wb_stmt_is_null (out, 2));
  assert_null (wb_stmt_get_text (out, 2));
  blob = wb_stmt_get_blob (out, 3, &size);
  assert_int_equal (size, sizeof bytes);
  assert_memory_equal (blob, bytes, sizeof bytes);
  assert_non_null (wb_stmt_get_blob (out, 4, &size));
  assert_int_equal (size, 0);
  assert_false (wb_stmt_is_null (out, 4));
  assert_true (wb_stmt_step (out, &row, &error));
  assert_false (row);
}

static void
a_statement_runs_again_with_other_values (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = NULL;

  run (db, "CREATE TABLE v (i INTEGER PRIMARY KEY, t TEXT) STRICT");
  stmt = wb_db_query (db, "INSERT INTO v VALUES (:i, :t)", &error);
  for (int i = 0; i < 10; i++) {
    wb_stmt_bind_int64 (stmt, ":i", i);
    wb_stmt_bind_text (stmt, ":t", "x");
    assert_true (wb_stmt_run (stmt, &error));
  }
  assert_int_equal (read_number (db, "SELECT count(*) FROM v"), 10);
}

static void
bindings_do_not_stay_in_a_statement (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);

  for (int round = 0; round < 2; round++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbStmt) stmt = wb_db_query (db, "SELECT :value", &error);
    gboolean row;

    if (round == 0)
      wb_stmt_bind_text (stmt, ":value", "of somebody");
    assert_true (wb_stmt_step (stmt, &row, &error));
    assert_int_equal (wb_stmt_is_null (stmt, 0), round == 1);
  }
}

static void
one_statement_may_be_lent_twice (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  gint64 pairs = 0;

  run (db, "CREATE TABLE v (i INTEGER PRIMARY KEY) STRICT; INSERT INTO v VALUES (1), (2), (3)");
  {
    g_autoptr (WbStmt) outer = wb_db_query (db, "SELECT i FROM v", NULL);
    gboolean outer_row;

    while (wb_stmt_step (outer, &outer_row, NULL) && outer_row) {
      g_autoptr (WbStmt) inner = wb_db_query (db, "SELECT i FROM v", NULL);
      gboolean row;

      while (wb_stmt_step (inner, &row, NULL) && row)
        pairs++;
    }
  }
  assert_int_equal (pairs, 9);
}

static void
a_value_that_exists_is_told (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;

  run (db, "CREATE TABLE v (t TEXT UNIQUE CHECK (t <> 'no')) STRICT; INSERT INTO v VALUES ('a')");
  {
    g_autoptr (WbStmt) stmt = wb_db_query (db, "INSERT INTO v VALUES (:t)", &error);

    wb_stmt_bind_text (stmt, ":t", "a");
    assert_false (wb_stmt_run (stmt, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
    g_clear_error (&error);
    wb_stmt_bind_text (stmt, ":t", "no");
    assert_false (wb_stmt_run (stmt, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
  }
}

static void
words_that_were_searched_for_are_in_no_message (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = NULL;
  gboolean row;

  run (db, "CREATE VIRTUAL TABLE s USING fts5 (text)");
  stmt = wb_db_query (db, "SELECT rowid FROM s WHERE s MATCH :words", &error);
  wb_stmt_bind_text (stmt, ":words", "Fatima: \"Naam");
  assert_false (wb_stmt_step (stmt, &row, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
  assert_null (strstr (error->message, "Fatima"));
  assert_null (strstr (error->message, "Naam"));
}

static void
the_settings_are_the_ones_we_rely_on (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autofree char *path = store_path (state);
  struct stat info;

  assert_int_equal (read_number (db, "PRAGMA synchronous"), 2);
  assert_int_equal (read_number (db, "PRAGMA temp_store"), 2);
  assert_int_equal (read_number (db, "PRAGMA secure_delete"), 1);
  assert_int_equal (read_number (db, "PRAGMA foreign_keys"), 1);
  assert_int_equal (read_number (db, "PRAGMA trusted_schema"), 0);
  assert_int_equal (read_number (db, "PRAGMA cell_size_check"), 1);
  assert_int_equal (read_number (db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
  assert_int_equal (stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
}

static void
closing_leaves_one_file (void **state)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  make_filled (state);
  dir = g_dir_open (*state, 0, NULL);
  name = g_dir_read_name (dir);
  assert_string_equal (name, "store.db");
  assert_null (g_dir_read_name (dir));
}

static void
an_existing_file_is_not_made_again (void **state)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;

  make_filled (state);
  assert_null (open_with (path, 1, TRUE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  {
    g_autoptr (WbDb) db = open_store (state, FALSE);

    assert_int_equal (read_number (db, "SELECT count(*) FROM t"), 2000);
  }
}

static void
an_absent_file_is_not_found (void **state)
{
  g_autofree char *path = store_path (state);
  g_autofree char *deep = g_build_filename (*state, "no", "store.db", NULL);
  g_autoptr (GError) error = NULL;

  assert_null (open_with (path, 1, FALSE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  assert_null (open_with (deep, 1, TRUE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

static void
wrong_key_is_refused (void **state)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;

  make_filled (state);
  assert_null (open_with (path, 2, FALSE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  assert_non_null (strstr (error->message, "store.db is damaged or belongs to another register"));
}

static void
expect_refused (void **state, int code)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;

  assert_null (open_with (path, 1, FALSE, &error));
  wb_assert_error (error, WB_ERROR, code);
}

static void
an_empty_file_is_damaged (void **state)
{
  g_autofree char *path = store_path (state);

  g_file_set_contents (path, "", 0, NULL);
  expect_refused (state, WB_ERROR_DAMAGED);
}

static void
a_plain_sqlite_file_is_of_another_program (void **state)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;

  wb_test_sql (path, "CREATE TABLE t (a)");
  assert_null (open_with (path, 1, FALSE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_non_null (strstr (error->message, "another program"));
}

static void
a_file_of_sqlcipher_3_is_refused (void **state)
{
  g_autofree char *path = store_path (state);

  wb_test_sql (path, KEY_SQL "PRAGMA cipher_compatibility = 3; CREATE TABLE t (a)");
  expect_refused (state, WB_ERROR_DAMAGED);
}

static void
stock_sqlcipher_opens_the_file_with_the_raw_key (void **state)
{
  g_autofree char *path = store_path (state);
  g_autofree char *count = NULL;

  make_filled (state);
  count = wb_test_sql_text (path, KEY_SQL, "SELECT count(*) FROM t");
  assert_string_equal (count, "2000");
}

static void
a_link_is_refused_but_not_on_the_way (void **state)
{
  g_autofree char *real = g_build_filename (*state, "real", NULL);
  g_autofree char *way = g_build_filename (*state, "way", NULL);
  g_autofree char *inside = g_build_filename (way, "store.db", NULL);
  g_autofree char *link = store_path (state);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = NULL;

  assert_int_equal (g_mkdir (real, 0700), 0);
  assert_int_equal (symlink ("real", way), 0);
  assert_int_equal (symlink ("real/store.db", link), 0);
  db = open_with (inside, 1, TRUE, &error);
  wb_assert_no_error (error);
  assert_non_null (db);
  expect_refused (state, WB_ERROR_INVALID);
}

static void
flip_byte (const char *path, long at)
{
  int fd = open (path, O_RDWR);
  guint8 byte;

  assert_true (fd >= 0);
  assert_int_equal (pread (fd, &byte, 1, at), 1);
  byte ^= 0x40;
  assert_int_equal (pwrite (fd, &byte, 1, at), 1);
  close (fd);
}

/* Opening refuses the file, or the check of its pages names one. */
static gboolean
is_damage_found (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = open_with (path, 1, FALSE, &error);
  g_autofree char *problem = NULL;

  if (db == NULL)
    return g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED);
  if (!wb_db_check_pages (db, &problem, &error))
    return g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED);
  return problem != NULL;
}

static void
one_flipped_bit_anywhere_is_found (void **state)
{
  g_autofree char *path = store_path (state);
  struct stat info;
  guint tried = 0;

  make_filled (state);
  assert_int_equal (stat (path, &info), 0);
  assert_false (is_damage_found (path));
  for (long at = 0; at < info.st_size; at += PAGE / 2 + 613) {
    flip_byte (path, at);
    if (!is_damage_found (path))
      fail_msg ("a bit flipped at byte %ld was not found", at);
    flip_byte (path, at);
    tried++;
  }
  assert_true (tried > 50);
  assert_false (is_damage_found (path));
  wb_test_count ("store-damage", tried);
}

static void
the_damaged_page_is_named (void **state)
{
  g_autofree char *path = store_path (state);
  g_autofree char *problem = NULL;
  g_autoptr (WbDb) db = NULL;

  make_filled (state);
  flip_byte (path, 40 * PAGE + 100);
  db = open_store (state, FALSE);
  assert_true (wb_db_check_pages (db, &problem, NULL));
  assert_string_equal (problem, "Page 41 of store.db is damaged: take it back from a backup.");
}

static void
reading_a_damaged_page_says_so (void **state)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = NULL;
  g_autoptr (WbStmt) stmt = NULL;
  gboolean row;

  make_filled (state);
  for (long page = 10; page < 60; page++)
    flip_byte (path, page * PAGE + 100);
  db = open_store (state, FALSE);
  stmt = wb_db_query (db, "SELECT sum (length (b)) FROM t NOT INDEXED", &error);
  assert_false (wb_stmt_step (stmt, &row, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

static void
a_cut_off_file_is_refused (void **state)
{
  static const long sizes[] = { 1, 15, 100, PAGE - 1, PAGE, PAGE + 1, 30 * PAGE, 30 * PAGE + 7 };
  g_autofree char *path = store_path (state);
  g_autofree char *bytes = NULL;
  gsize size;

  make_filled (state);
  bytes = wb_test_read (path, &size);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_file_set_contents (path, bytes, (gssize) size, NULL);
    assert_int_equal (truncate (path, sizes[i]), 0);
    expect_refused (state, WB_ERROR_DAMAGED);
  }
  g_file_set_contents (path, bytes, (gssize) size - PAGE, NULL);
  expect_refused (state, WB_ERROR_DAMAGED);
}

static void
a_page_put_in_the_place_of_another_is_found (void **state)
{
  g_autofree char *path = store_path (state);
  g_autofree char *bytes = NULL;
  gsize size;

  make_filled (state);
  bytes = wb_test_read (path, &size);
  memmove (bytes + 20 * PAGE, bytes + 21 * PAGE, PAGE);
  g_file_set_contents (path, bytes, (gssize) size, NULL);
  assert_true (is_damage_found (path));
}

static void
a_transaction_that_is_dropped_changes_nothing (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);

  run (db, "CREATE TABLE v (i INTEGER PRIMARY KEY) STRICT");
  {
    g_autoptr (WbTransaction) transaction = wb_transaction_begin (db, NULL);

    assert_non_null (transaction);
    run (db, "INSERT INTO v VALUES (1), (2)");
  }
  assert_int_equal (read_number (db, "SELECT count(*) FROM v"), 0);
  {
    g_autoptr (WbTransaction) transaction = wb_transaction_begin (db, NULL);

    run (db, "INSERT INTO v VALUES (1), (2)");
    assert_true (wb_transaction_commit (transaction, NULL));
  }
  assert_int_equal (read_number (db, "SELECT count(*) FROM v"), 2);
}

/* ON CONFLICT ROLLBACK is how SQLite ends a transaction of itself, as it does on a full disk. */
static void
nothing_is_committed_alone_after_a_transaction_was_lost (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;

  run (db, "CREATE TABLE v (i INTEGER PRIMARY KEY) STRICT");
  {
    g_autoptr (WbTransaction) transaction = wb_transaction_begin (db, NULL);
    g_autoptr (WbStmt) stmt = wb_db_query (db, "INSERT OR ROLLBACK INTO v VALUES (:i)", NULL);

    wb_stmt_bind_int64 (stmt, ":i", 1);
    assert_true (wb_stmt_run (stmt, NULL));
    assert_false (wb_stmt_run (stmt, NULL));
    wb_stmt_bind_int64 (stmt, ":i", 2);
    assert_false (wb_stmt_run (stmt, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
    assert_false (wb_transaction_commit (transaction, NULL));
  }
  assert_int_equal (read_number (db, "SELECT count(*) FROM v"), 0);
}

static void
a_new_file_gets_the_latest_version (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;

  wb_db_migrate (db, wb_db_latest_version (), &error);
  wb_assert_no_error (error);
  assert_int_equal (read_number (db, "PRAGMA user_version"), wb_db_latest_version ());
  run (db, "INSERT INTO meta (key, value) VALUES ('test', 'x')");
  assert_int_equal (read_number (db, "SELECT count(*) FROM meta"), 1);
}

static void
a_newer_file_is_refused_and_untouched (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;

  run (db, "PRAGMA user_version = 4711");
  assert_false (wb_db_migrate (db, wb_db_latest_version (), &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NEWER);
  assert_int_equal (read_number (db, "PRAGMA user_version"), 4711);
}

/* A history of four versions; the last step of the broken one fails in its middle. */
static gboolean last_step_is_broken;

static char *
load_test_step (guint version, GError **error)
{
  static const char *const steps[] = {
    "CREATE TABLE h (v INTEGER PRIMARY KEY) STRICT; INSERT INTO h VALUES (1)",
    "INSERT INTO h VALUES (2); ALTER TABLE h ADD COLUMN name TEXT",
    "INSERT INTO h (v) VALUES (3); CREATE INDEX h_name ON h (name)",
    "INSERT INTO h (v) VALUES (4)",
  };

  if (version == 4 && last_step_is_broken)
    return g_strdup ("INSERT INTO h (v) VALUES (4); INSERT INTO nowhere VALUES (1)");
  return g_strdup (steps[version - 1]);
}

static gboolean
copy_exists (void **state, guint version)
{
  g_autofree char *path = g_strdup_printf ("%s/store.db.before-%u", (char *) *state, version);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
every_older_version_becomes_the_latest (void **state)
{
  last_step_is_broken = FALSE;
  for (guint from = 0; from <= 4; from++) {
    g_autofree char *path = store_path (state);

    {
      g_autoptr (WbDb) db = open_store (state, TRUE);

      assert_true (wb_db_migrate_along (db, load_test_step, 4, from, NULL));
      assert_int_equal (read_number (db, "PRAGMA user_version"), from);
    }
    {
      g_autoptr (WbDb) db = open_store (state, FALSE);

      assert_true (wb_db_migrate_along (db, load_test_step, 4, 4, NULL));
      assert_int_equal (read_number (db, "PRAGMA user_version"), 4);
      assert_int_equal (read_number (db, "SELECT sum (v) FROM h"), 10);
      assert_int_equal (copy_exists (state, from), from > 0 && from < 4);
    }
    {
      g_autoptr (WbDb) db = open_store (state, FALSE);

      assert_true (wb_db_migrate_along (db, load_test_step, 4, 4, NULL));
      assert_false (copy_exists (state, from));
    }
    g_unlink (path);
  }
}

static void
the_copy_from_before_a_migration_opens_with_the_key (void **state)
{
  g_autofree char *copy = g_strdup_printf ("%s/store.db.before-2", (char *) *state);
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (WbDb) before = NULL;
  g_autoptr (GError) error = NULL;

  last_step_is_broken = FALSE;
  assert_true (wb_db_migrate_along (db, load_test_step, 4, 2, NULL));
  assert_true (wb_db_migrate_along (db, load_test_step, 4, 4, NULL));
  before = open_with (copy, 1, FALSE, &error);
  wb_assert_no_error (error);
  assert_int_equal (read_number (before, "PRAGMA user_version"), 2);
  assert_int_equal (read_number (before, "SELECT count(*) FROM h"), 2);
}

static void
a_failed_step_leaves_the_last_whole_one (void **state)
{
  g_autoptr (WbDb) db = open_store (state, TRUE);
  g_autoptr (GError) error = NULL;

  assert_true (wb_db_migrate_along (db, load_test_step, 4, 2, NULL));
  last_step_is_broken = TRUE;
  assert_false (wb_db_migrate_along (db, load_test_step, 4, 4, &error));
  last_step_is_broken = FALSE;
  assert_int_equal (read_number (db, "PRAGMA user_version"), 3);
  assert_int_equal (read_number (db, "SELECT sum (v) FROM h"), 6);
  assert_true (copy_exists (state, 2));
  assert_true (wb_db_migrate_along (db, load_test_step, 4, 4, NULL));
  assert_int_equal (read_number (db, "SELECT sum (v) FROM h"), 10);
}

int
main (void)
{
#define FILE_TEST(name)                                                                            \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    FILE_TEST (values_come_back_as_they_were_bound),
    FILE_TEST (a_statement_runs_again_with_other_values),
    FILE_TEST (bindings_do_not_stay_in_a_statement),
    FILE_TEST (one_statement_may_be_lent_twice),
    FILE_TEST (a_value_that_exists_is_told),
    FILE_TEST (words_that_were_searched_for_are_in_no_message),
    FILE_TEST (the_settings_are_the_ones_we_rely_on),
    FILE_TEST (closing_leaves_one_file),
    FILE_TEST (an_existing_file_is_not_made_again),
    FILE_TEST (an_absent_file_is_not_found),
    FILE_TEST (wrong_key_is_refused),
    FILE_TEST (an_empty_file_is_damaged),
    FILE_TEST (a_plain_sqlite_file_is_of_another_program),
    FILE_TEST (a_file_of_sqlcipher_3_is_refused),
    FILE_TEST (stock_sqlcipher_opens_the_file_with_the_raw_key),
    FILE_TEST (a_link_is_refused_but_not_on_the_way),
    FILE_TEST (one_flipped_bit_anywhere_is_found),
    FILE_TEST (the_damaged_page_is_named),
    FILE_TEST (reading_a_damaged_page_says_so),
    FILE_TEST (a_cut_off_file_is_refused),
    FILE_TEST (a_page_put_in_the_place_of_another_is_found),
    FILE_TEST (a_transaction_that_is_dropped_changes_nothing),
    FILE_TEST (nothing_is_committed_alone_after_a_transaction_was_lost),
    FILE_TEST (a_new_file_gets_the_latest_version),
    FILE_TEST (a_newer_file_is_refused_and_untouched),
    FILE_TEST (every_older_version_becomes_the_latest),
    FILE_TEST (the_copy_from_before_a_migration_opens_with_the_key),
    FILE_TEST (a_failed_step_leaves_the_last_whole_one),
  };

  return cmocka_run_group_tests_name ("db", tests, NULL, NULL);
}
