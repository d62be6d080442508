/* SPDX-License-Identifier: EUPL-1.2 */

/* What goes wrong under the connection: crashes, full and failing disks, power cuts. */
#include "wb-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-db-private.h"
#include "wb-test-vfs.h"

#define CANARY "Kanarie-Żółć-0612345678"
#define ROWS 30 /* of a transaction */
#define KILLS 12

static char *
store_path (void **state)
{
  return g_build_filename (*state, "store.db", NULL);
}

static WbDb *
try_open (const char *path, gboolean create, GError **error)
{
  g_autoptr (WbSecret) key = wb_secret_new (WB_DB_KEY_SIZE, NULL);

  memset (wb_secret_peek_writable (key), 1, WB_DB_KEY_SIZE);
  return wb_db_open (path, key, create, error);
}

static WbDb *
open_store (const char *path, gboolean create)
{
  g_autoptr (GError) error = NULL;
  WbDb *db = try_open (path, create, &error);

  wb_assert_no_error (error);
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
count_rows (WbDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = wb_db_query (db, "SELECT count(*) FROM t", &error);
  gboolean row;

  wb_assert_no_error (error);
  wb_stmt_step (stmt, &row, &error);
  wb_assert_no_error (error);
  return wb_stmt_get_int64 (stmt, 0);
}

/* One act: some rows in one transaction. */
static gboolean
add_rows (WbDb *db, guint rows, GError **error)
{
  g_autoptr (WbTransaction) transaction = wb_transaction_begin (db, error);
  g_autoptr (WbStmt) stmt = NULL;

  if (transaction == NULL)
    return FALSE;
  stmt = wb_db_query (db, "INSERT INTO t (b) VALUES (:b || hex (randomblob (300)))", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < rows; i++) {
    wb_stmt_bind_text (stmt, ":b", CANARY);
    if (!wb_stmt_run (stmt, error))
      return FALSE;
  }
  return wb_transaction_commit (transaction, error);
}

static void
make_store (const char *path)
{
  g_autoptr (WbDb) db = open_store (path, TRUE);

  run (db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT; CREATE INDEX t_b ON t (b)");
  assert_true (add_rows (db, ROWS, NULL));
}

static void
assert_sound (WbDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  wb_db_check_pages (db, &problem, &error);
  wb_assert_no_error (error);
  assert_null (problem);
  assert_int_equal (count_rows (db) % ROWS, 0);
}

/* Commits for ever and says so after each commit; the parent kills it. */
static void
write_until_killed (const char *path, int tell)
{
  g_autoptr (WbDb) db = try_open (path, FALSE, NULL);

  while (db != NULL && add_rows (db, ROWS, NULL)) {
    if (write (tell, "x", 1) != 1)
      break;
  }
  _exit (1);
}

static guint
count_bytes (int fd, guint limit)
{
  guint count = 0;
  char byte;

  while (count < limit && read (fd, &byte, 1) == 1)
    count++;
  return count;
}

static void
a_killed_process_loses_nothing_committed (void **state)
{
  g_autofree char *path = store_path (state);
  gint64 committed = ROWS;

  make_store (path);
  for (guint i = 0; i < KILLS; i++) {
    g_autoptr (WbDb) db = NULL;
    int ends[2];
    pid_t child;
    guint told;

    assert_int_equal (pipe (ends), 0);
    child = fork ();
    assert_true (child >= 0);
    if (child == 0)
      write_until_killed (path, ends[1]);
    close (ends[1]);
    told = count_bytes (ends[0], 1 + i);
    g_usleep (i * 700);
    kill (child, SIGKILL);
    told += count_bytes (ends[0], G_MAXUINT);
    close (ends[0]);
    waitpid (child, NULL, 0);

    db = open_store (path, FALSE);
    committed += (gint64) told * ROWS;
    assert_true (told > i);
    /* The last commit may have been killed before it could tell. */
    assert_in_range (count_rows (db), committed, committed + ROWS);
    committed = count_rows (db);
    assert_sound (db);
  }
  wb_test_count ("store-kill", KILLS);
}

/* Opens, adds rows, closes; TRUE if the commit was promised. */
static gboolean
try_act (const char *path, GError **error)
{
  g_autoptr (WbDb) db = try_open (path, FALSE, error);

  return db != NULL && add_rows (db, ROWS, error);
}

/* Puts the store back as it was made, and nothing beside it. */
static void
reset_store (const char *path, const char *bytes, gsize size)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (wal);
  g_unlink (shm);
  assert_true (
      g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
assert_told (const GError *error, WbTestFault fault)
{
  assert_non_null (error);
  assert_true (error->domain == WB_ERROR);
  if (fault == WB_TEST_FAULT_FULL)
    wb_assert_error (error, WB_ERROR, WB_ERROR_NO_SPACE);
  else if (fault == WB_TEST_FAULT_READ && error->code == WB_ERROR_DAMAGED)
    return; /* SQLCipher does not tell a salt that it cannot read from a wrong one */
  else if (error->code != WB_ERROR_IO && error->code != WB_ERROR_DATABASE)
    fail_msg ("told as: %s", error->message);
}

/* One run with the fault at call @at; FALSE once the act is over before that call. */
static gboolean
run_with_fault (const char *path, WbTestFault fault, guint at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = NULL;
  gboolean promised;
  gboolean failed;
  gint64 count;

  wb_test_vfs_fail (fault, at);
  promised = try_act (path, &error);
  failed = wb_test_vfs_has_failed ();
  wb_test_vfs_fail (WB_TEST_FAULT_NONE, 0);
  if (!promised)
    assert_told (error, fault);
  db = open_store (path, FALSE);
  count = count_rows (db);
  if (count != 2 * ROWS && (promised || count != ROWS))
    fail_msg ("fault %d at call %u: %s, but %d rows",
              fault,
              at,
              promised ? "promised" : "refused",
              (int) count);
  assert_sound (db);
  return failed;
}

static guint
run_all_faults (void **state, WbTestFault fault, guint seeds)
{
  g_autofree char *path = store_path (state);
  g_autofree char *bytes = NULL;
  gboolean more = TRUE;
  guint runs = 0;
  gsize size;

  make_store (path);
  bytes = wb_test_read (path, &size);
  for (guint at = 1; more; at++) {
    for (guint seed = 0; seed < seeds && more; seed++, runs++) {
      reset_store (path, bytes, size);
      wb_test_vfs_seed (at * 1000 + seed);
      more = run_with_fault (path, fault, at);
    }
  }
  assert_true (runs > 10);
  return runs;
}

static void
every_failing_call_is_told_and_harmless (void **state)
{
  static const WbTestFault faults[] = { WB_TEST_FAULT_IO,
                                        WB_TEST_FAULT_FULL,
                                        WB_TEST_FAULT_READ,
                                        WB_TEST_FAULT_BROKEN };
  g_autofree char *path = store_path (state);
  guint runs = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    runs += run_all_faults (state, faults[i], 1);
    g_unlink (path);
  }
  wb_test_count ("store-faults", runs);
}

static void
a_power_cut_at_any_call_loses_nothing_promised (void **state)
{
  wb_test_count ("store-power-cuts", run_all_faults (state, WB_TEST_FAULT_CUT, 8));
}

static void
fill_until_full (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = open_store (path, FALSE);

  while (add_rows (db, ROWS, &error))
    assert_true (count_rows (db) < 100000);
  wb_assert_error (error, WB_ERROR, WB_ERROR_NO_SPACE);
  assert_non_null (strstr (error->message, "disk is full"));
  assert_int_equal (count_rows (db) % ROWS, 0); /* still readable in the same connection */
}

static void
a_limit_on_the_file_size_is_a_full_disk (void **state)
{
  g_autofree char *path = store_path (state);
  struct rlimit old;
  struct rlimit low;

  make_store (path);
  assert_int_equal (getrlimit (RLIMIT_FSIZE, &old), 0);
  low = old;
  low.rlim_cur = 400 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &low);
  fill_until_full (path);
  setrlimit (RLIMIT_FSIZE, &old);
  {
    g_autoptr (WbDb) db = open_store (path, FALSE);

    assert_sound (db);
    assert_true (add_rows (db, ROWS, NULL));
  }
}

static void
fill_disk (const char *path)
{
  int fd = open (path, O_CREAT | O_WRONLY, 0600);
  char bytes[4096] = { 0 };

  assert_true (fd >= 0);
  while (write (fd, bytes, sizeof bytes) > 0)
    continue;
  close (fd);
}

/* A small disk of this process's own; not where mounting is not allowed. */
static gboolean
mount_small_disk (const char *folder)
{
  return unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("tmpfs", folder, "tmpfs", 0, "size=1536k") == 0;
}

static void
fill_the_disk (void **state)
{
  g_autofree char *path = store_path (state);
  g_autofree char *ballast = g_build_filename (*state, "ballast", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  make_store (path);
  fill_until_full (path);
  (void) g_unlink (index); /* as after a copy of the store and its journal alone */
  fill_disk (ballast);
  {
    g_autoptr (WbDb) db = open_store (path, FALSE); /* the disk is still full */

    assert_true (count_rows (db) > ROWS);
  }
  assert_int_equal (mount (NULL, *state, NULL, MS_REMOUNT, "size=4m"), 0);
  {
    g_autoptr (WbDb) db = open_store (path, FALSE);

    assert_sound (db);
    assert_true (add_rows (db, ROWS, NULL));
  }
  umount (*state);
}

static void
a_full_disk_is_told_and_the_store_opens_again (void **state)
{
  /* Skipping jumps out: nothing may be held here. */
  if (!mount_small_disk (*state))
    skip ();
  fill_the_disk (state);
}

static gboolean
folder_holds (const char *folder, const char *canary)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    if (!g_file_get_contents (path, &bytes, &size, NULL))
      continue;
    if (memmem (bytes, size, canary, strlen (canary)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A sort that is larger than the cache, a full-text index, an update, a deletion. */
static void
no_byte_of_a_value_reaches_the_disk_in_clear (void **state)
{
  g_autofree char *path = store_path (state);
  g_autofree char *plain = g_build_filename (*state, "plain.db", NULL);
  g_autoptr (WbDb) db = NULL;

  wb_test_vfs_watch (CANARY);
  db = open_store (path, TRUE);
  run (db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT");
  run (db, "CREATE VIRTUAL TABLE s USING fts5 (text)");
  assert_true (add_rows (db, 100 * ROWS, NULL));
  run (db, "INSERT INTO s SELECT b FROM t");
  run (db, "PRAGMA cache_size = 10");
  run (db, "CREATE TABLE sorted AS SELECT b FROM t ORDER BY b DESC");
  run (db, "CREATE TEMP TABLE passing AS SELECT b FROM t");
  run (db, "UPDATE t SET b = b || 'x' WHERE a % 2; DELETE FROM t WHERE a % 3 = 0; VACUUM");
  assert_false (folder_holds (*state, CANARY));
  assert_false (folder_holds (*state, "Kanarie"));
  g_clear_pointer (&db, wb_db_close);
  assert_true (wb_test_vfs_get_written () > 1000000);
  assert_int_equal (wb_test_vfs_get_sightings (), 0);
  assert_false (folder_holds (*state, "Kanarie"));

  /* The watch sees what is there to be seen. */
  wb_test_sql (plain, "CREATE TABLE t (a); INSERT INTO t VALUES ('" CANARY "')");
  assert_true (wb_test_vfs_get_sightings () > 0);
  assert_true (folder_holds (*state, CANARY));
  wb_test_vfs_watch (NULL);
}

static void
hold_write_lock (const char *path, int tell, int stop)
{
  g_autoptr (WbDb) db = try_open (path, FALSE, NULL);
  WbTransaction *transaction = wb_transaction_begin (db, NULL);
  char byte;

  if (transaction == NULL || write (tell, "x", 1) != 1 || read (stop, &byte, 1) != 0)
    _exit (1);
  _exit (0);
}

static void
a_second_process_is_told_that_the_store_is_busy (void **state)
{
  g_autofree char *path = store_path (state);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = NULL;
  int tell[2];
  int stop[2];
  pid_t child;

  make_store (path);
  assert_int_equal (pipe (tell), 0);
  assert_int_equal (pipe (stop), 0);
  child = fork ();
  if (child == 0) {
    close (stop[1]);
    hold_write_lock (path, tell[1], stop[0]);
  }
  assert_int_equal (count_bytes (tell[0], 1), 1);
  db = open_store (path, FALSE);
  assert_int_equal (count_rows (db), ROWS);
  assert_false (add_rows (db, ROWS, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_BUSY);
  close (stop[1]);
  waitpid (child, NULL, 0);
  g_clear_error (&error);
  add_rows (db, ROWS, &error);
  wb_assert_no_error (error);
  for (int i = 0; i < 2; i++)
    close (tell[i]);
  close (stop[0]);
}

static int
install_shim (void **state)
{
  wb_test_vfs_install ();
  return 0;
}

int
main (void)
{
#define FILE_TEST(name)                                                                            \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    FILE_TEST (a_killed_process_loses_nothing_committed),
    FILE_TEST (every_failing_call_is_told_and_harmless),
    FILE_TEST (a_power_cut_at_any_call_loses_nothing_promised),
    FILE_TEST (a_limit_on_the_file_size_is_a_full_disk),
    FILE_TEST (a_full_disk_is_told_and_the_store_opens_again),
    FILE_TEST (no_byte_of_a_value_reaches_the_disk_in_clear),
    FILE_TEST (a_second_process_is_told_that_the_store_is_busy),
  };

  return cmocka_run_group_tests_name ("db-faults", tests, install_shim, NULL);
}
