/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What is deleted is gone from the pages at once. An erasure ends in writing the whole file anew,
 * which would hide it where this does not hold: here nothing is written anew.
 */
#include "wb-db-private.h"
#include "wb-test-pages.h"

#define CANARY "this-was-said-in-confidence"
#define FILL                                                                                       \
  "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT;"                                 \
  "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < 500) "              \
  "INSERT INTO t SELECT x, '" CANARY "', zeroblob (60) FROM n;"                                    \
  "INSERT INTO t VALUES (501, 'long', CAST (replace (hex (zeroblob (2000)), '00', '" CANARY "') "  \
  "AS BLOB))"
#define IN_SHORT_ONES 500
#define IN_A_LONG_ONE 2000 /* less those that its pages cut in two */

typedef struct {
  char *path;
  WbSecret *key;
  WbDb *db;
} Filled;

static void
run (WbDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wb_db_run_script (db, sql, &error);
  wb_assert_no_error (error);
}

static Filled
make_filled (void **state)
{
  Filled self = { g_build_filename (*state, "store.db", NULL), NULL, NULL };
  g_autoptr (GError) error = NULL;

  self.key = wb_secret_new (WB_DB_KEY_SIZE, &error);
  wb_assert_no_error (error);
  memset (wb_secret_peek_writable (self.key), 7, WB_DB_KEY_SIZE);
  self.db = wb_db_open (self.path, self.key, TRUE, &error);
  wb_assert_no_error (error);
  run (self.db, FILL);
  return self;
}

static void
clear_filled (Filled *self)
{
  wb_db_close (self->db);
  wb_secret_unref (self->key);
  g_free (self->path);
}

static guint
count_left (Filled *self)
{
  g_autoptr (GError) error = NULL;

  wb_db_fold_journal (self->db, &error);
  wb_assert_no_error (error);
  return wb_test_pages_count (self->path, self->key, CANARY);
}

static void
one_row_of_a_page_leaves_nothing_there_when_deleted (void **state)
{
  Filled self = make_filled (state);
  guint before = count_left (&self);

  assert_true (before > IN_SHORT_ONES + IN_A_LONG_ONE / 2);
  run (self.db, "DELETE FROM t WHERE a = 250");
  assert_int_equal (count_left (&self), before - 1);
  clear_filled (&self);
}

static void
whole_pages_are_wiped_when_all_their_rows_are_deleted (void **state)
{
  Filled self = make_filled (state);
  guint before = count_left (&self);

  run (self.db, "DELETE FROM t WHERE a <= 500");
  assert_int_equal (count_left (&self), before - IN_SHORT_ONES);
  clear_filled (&self);
}

static void
pages_that_a_long_value_went_over_to_are_wiped_with_it (void **state)
{
  Filled self = make_filled (state);

  run (self.db, "DELETE FROM t WHERE a = 501");
  assert_int_equal (count_left (&self), IN_SHORT_ONES);
  clear_filled (&self);
}

static void
a_value_that_is_replaced_by_a_shorter_one_is_wiped (void **state)
{
  Filled self = make_filled (state);

  run (self.db, "UPDATE t SET b = NULL, c = NULL");
  assert_int_equal (count_left (&self), 0);
  clear_filled (&self);
}

int
main (void)
{
#define with_folder(name)                                                                          \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    with_folder (one_row_of_a_page_leaves_nothing_there_when_deleted),
    with_folder (whole_pages_are_wiped_when_all_their_rows_are_deleted),
    with_folder (pages_that_a_long_value_went_over_to_are_wiped_with_it),
    with_folder (a_value_that_is_replaced_by_a_shorter_one_is_wiped),
  };

  return cmocka_run_group_tests_name ("db-wiped", tests, NULL, NULL);
}
