/* SPDX-License-Identifier: EUPL-1.2 */

/* Pages checked in a thread of its own, beside a connection that reads. */
#include "wb-db-private.h"
#include "wb-error.h"
#include "wb-page-check.h"
#include "wb-test.h"

#define PAGE 4096
#define FILL                                                                                       \
  "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;"                                         \
  "WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 3000) "             \
  "INSERT INTO t SELECT x, hex (randomblob (100)) FROM c;"

typedef struct {
  char *path;
  WbSecret *key;
  WbDb *db;
} Store;

static void
reopen (Store *self, gboolean create)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->db, wb_db_close);
  self->db = wb_db_open (self->path, self->key, create, &error);
  wb_assert_no_error (error);
}

static Store
make (void **state)
{
  Store self = { g_build_filename (*state, "store.db", NULL), NULL, NULL };
  g_autoptr (GError) error = NULL;

  self.key = wb_secret_new (WB_DB_KEY_SIZE, &error);
  wb_assert_no_error (error);
  memset (wb_secret_peek_writable (self.key), 9, WB_DB_KEY_SIZE);
  reopen (&self, TRUE);
  wb_db_run_script (self.db, FILL, &error);
  wb_assert_no_error (error);
  return self;
}

static void
clear (Store *self)
{
  wb_db_close (self->db);
  wb_secret_unref (self->key);
  g_free (self->path);
}

static void
flip (Store *self, gsize at)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_clear_pointer (&self->db, wb_db_close);
  assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  bytes[at] ^= 1;
  assert_true (g_file_set_contents (self->path, bytes, (gssize) size, NULL));
  reopen (self, FALSE);
}

static gint64
read_all (WbDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStmt) stmt = wb_db_query (db, "SELECT b FROM t ORDER BY a", &error);
  gboolean row = TRUE;
  gint64 n = -1;

  wb_assert_no_error (error);
  for (; row; n++) {
    wb_stmt_step (stmt, &row, &error);
    wb_assert_no_error (error);
  }
  return n;
}

static WbPageCheck *
start (Store *self)
{
  g_autoptr (GError) error = NULL;
  WbPageCheck *check = wb_page_check_start (self->db, self->key, &error);

  wb_assert_no_error (error);
  return check;
}

static void
a_sound_file_is_sound_while_it_is_read_and_takes_writing_after (void **state)
{
  Store self = make (state);
  g_autoptr (WbPageCheck) check = start (&self);
  g_autoptr (GError) error = NULL;
  char *problem = NULL;

  for (guint i = 0; i < 5; i++)
    assert_int_equal (read_all (self.db), 3000);
  assert_true (wb_page_check_finish (check, &problem, &error));
  assert_null (problem);
  wb_db_run_script (self.db, "DELETE FROM t WHERE a > 10", &error);
  wb_assert_no_error (error);
  assert_int_equal (read_all (self.db), 10);
  clear (&self);
}

static void
a_bad_page_is_named_as_without_a_thread (void **state)
{
  Store self = make (state);
  g_autoptr (WbPageCheck) check = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *alone = NULL;

  flip (&self, 40 * PAGE + 100);
  check = start (&self);
  assert_true (wb_page_check_finish (check, &problem, NULL));
  assert_string_equal (problem, "Page 41 of store.db is damaged: take it back from a backup.");
  assert_true (wb_db_check_pages (self.db, &alone, NULL));
  assert_string_equal (problem, alone);
  clear (&self);
}

static void
a_file_that_opens_only_once_is_checked_all_the_same (void **state)
{
  Store self = make (state);
  g_autoptr (WbPageCheck) check = NULL;
  g_autofree char *problem = NULL;

  flip (&self, 40 * PAGE + 100);
  wb_db_run_script (self.db, "PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM t", NULL);
  wb_db_run_script (self.db, "CREATE TABLE u (a INTEGER) STRICT", NULL); /* takes the lock */
  check = start (&self);
  assert_true (wb_page_check_finish (check, &problem, NULL));
  assert_non_null (problem);
  clear (&self);
}

static void
a_check_that_nobody_waits_for_is_over_when_it_is_freed (void **state)
{
  Store self = make (state);
  WbPageCheck *check = start (&self);
  g_autoptr (GError) error = NULL;

  wb_page_check_free (check);
  wb_db_run_script (self.db, "DELETE FROM t", &error);
  wb_assert_no_error (error);
  clear (&self);
}

int
main (void)
{
#define with_folder(name)                                                                          \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    with_folder (a_sound_file_is_sound_while_it_is_read_and_takes_writing_after),
    with_folder (a_bad_page_is_named_as_without_a_thread),
    with_folder (a_file_that_opens_only_once_is_checked_all_the_same),
    with_folder (a_check_that_nobody_waits_for_is_over_when_it_is_freed),
  };

  return cmocka_run_group_tests_name ("page-check", tests, NULL, NULL);
}
