/* SPDX-License-Identifier: EUPL-1.2 */

/* Entries that were dropped, moved or written anew are found, also where only a checkpoint shows
 * it. */
#include "wb-test-log.h"

#include <string.h>

static void
dropped_entry_is_named (void **state)
{
  g_autoptr (TestLog) log = test_log_new (TEST_LOG_LONG, 100);

  for (guint n = 0; n < TEST_LOG_LONG; n += n % 3 == 0 ? 1 : 2) {
    g_autoptr (TestLog) bad = test_log_copy (log);

    g_ptr_array_remove_index (bad->rows, n);
    /* a cut at the very end is also seen by the head and by the last checkpoint */
    test_assert_named (bad,
                       TEST_LOG_LONG,
                       n % 2 == 0 ? TEST_KEPT : 0,
                       n,
                       n == TEST_LOG_LONG - 1 ? 2 : 1);
    test_assert_named (bad,
                       TEST_LOG_LONG,
                       TEST_KEPT | TEST_GAPS,
                       n,
                       n == TEST_LOG_LONG - 1 ? 2 : 1);
  }
}

static void
several_dropped_entries_are_named_by_the_first (void **state)
{
  g_autoptr (TestLog) log = test_log_new (50, 10);

  for (guint n = 0; n < 40; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);

    g_ptr_array_remove_range (bad->rows, n, 5);
    test_assert_named (bad, 50, TEST_KEPT, n, 1);
    test_assert_named (bad, 50, TEST_GAPS, n, 1);
  }
}

static void
inserted_entry_is_named (void **state)
{
  g_autoptr (TestLog) log = test_log_new (TEST_LOG_LONG, 100);

  for (guint n = 1; n < TEST_LOG_LONG; n += 3) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    WbHash any;
    TestRow *forged;

    wb_random_bytes (any.bytes, sizeof any.bytes);
    forged =
        test_row_new (n, TEST_LOG_NOW + 1000, n % 2 == 0 ? &test_row_at (log, n - 1)->leaf : &any);
    g_ptr_array_insert (bad->rows, (gint) n, forged);
    test_assert_named (bad, TEST_LOG_LONG, n % 4 < 2 ? TEST_KEPT : 0, n, 3);
  }
}

static void
repeated_entry_is_named (void **state)
{
  g_autoptr (TestLog) log = test_log_new (40, 10);

  for (guint n = 2; n < 40; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    guint source = (guint) g_random_int_range (0, (gint32) n - 1);

    g_ptr_array_insert (bad->rows, (gint) n, test_row_copy (test_row_at (log, source)));
    test_assert_named (bad, 40, TEST_KEPT, n, 2);
    test_assert_named (bad, 40, 0, n, 2);
  }
}

static void
swapped_entries_are_named_by_the_first (void **state)
{
  g_autoptr (TestLog) log = test_log_new (TEST_LOG_LONG, 100);

  for (guint n = 0; n + 1 < TEST_LOG_LONG; n += 3) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    guint other = n % 2 == 0 ? n + 1 : (guint) g_random_int_range ((gint32) n + 1, TEST_LOG_LONG);
    gpointer row = bad->rows->pdata[n];

    bad->rows->pdata[n] = bad->rows->pdata[other];
    bad->rows->pdata[other] = row;
    test_assert_named (bad, TEST_LOG_LONG, n % 4 < 2 ? TEST_KEPT : 0, n, 4);
  }
}

static void
cut_end_is_named (void **state)
{
  g_autoptr (TestLog) log = test_log_new (TEST_LOG_LONG, 100);

  for (guint n = 0; n < TEST_LOG_LONG; n += 7) {
    g_autoptr (TestLog) bad = test_log_copy (log);

    g_ptr_array_set_size (bad->rows, (gint) n);
    test_assert_named (bad, TEST_LOG_LONG, TEST_KEPT, n, 2);
    test_assert_named (bad, TEST_LOG_LONG, 0, n, 2);
  }
}

static void
entries_beyond_the_head_are_named (void **state)
{
  g_autoptr (TestLog) log = test_log_new (20, 5);

  log->head = test_row_at (log, 16)->leaf;
  test_assert_named (log, 17, TEST_KEPT, 17, 1);
}

static void
other_head_names_the_last_entry (void **state)
{
  g_autoptr (TestLog) log = test_log_new (20, 0);

  log->head.bytes[0] ^= 1;
  test_assert_named (log, 20, TEST_KEPT, 19, 1);
}

/* From entry @n on everything is made anew: chain, kept hashes and head fit. */
static void
rewrite_from (TestLog *log, guint n)
{
  for (guint i = n; i < log->rows->len; i++) {
    g_autoptr (WbEntry) entry = test_row_parse (test_row_at (log, i));

    if (i == n)
      entry->nonce[0] ^= 1;
    else
      entry->previous = test_row_at (log, i - 1)->leaf;
    test_row_write (test_row_at (log, i), entry, TRUE);
  }
  log->head = test_row_at (log, log->rows->len - 1)->leaf;
}

static void
rewritten_history_is_caught_by_a_checkpoint (void **state)
{
  g_autoptr (TestLog) log = test_log_new (TEST_LOG_LONG, 40);

  for (guint n = 0; n < TEST_LOG_LONG; n += 9) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    g_autoptr (WbVerification) result = NULL;

    rewrite_from (bad, n);
    test_assert_named (bad, TEST_LOG_LONG, TEST_KEPT, n / 40 * 40, 1);
    /* Without a checkpoint nobody can tell; that is what the limit says. */
    g_ptr_array_set_size (bad->notes, 0);
    test_assert_good (bad, TEST_KEPT);
    result = test_log_check (bad, TEST_LOG_LONG, TEST_KEPT, g_ptr_array_index (log->notes, 4));
    assert_int_equal (test_first_finding (result)->number, 0);
  }
}

/* A flaw that was seen does not cover up what was done behind it. */
static void
rewriting_behind_a_flaw_is_still_caught (void **state)
{
  g_autoptr (TestLog) log = test_log_new (100, 20);
  g_autoptr (WbVerification) result = NULL;
  const WbFinding *second;
  TestRow *row = test_row_at (log, 3);

  test_row_set_bytes (row, test_flip (row->bytes, 0, 1), FALSE);
  rewrite_from (log, 70);
  result = test_log_check (log, 100, TEST_KEPT, NULL);
  assert_int_equal (wb_verification_get_n_findings (result), 2);
  assert_int_equal (test_first_finding (result)->number, 3);
  second = g_ptr_array_index (wb_verification_get_findings (result), 1);
  assert_string_equal (second->part, "checkpoint");
  assert_int_equal (second->number, 60);
}

static void
roll_back_is_caught_by_a_checkpoint_from_outside (void **state)
{
  g_autoptr (TestLog) log = test_log_new (50, 10);
  g_autofree char *outside = test_log_checkpoint (log, 47);
  g_autoptr (TestLog) back = test_log_copy (log);
  g_autoptr (WbVerification) seen = NULL;
  g_autoptr (WbVerification) covered = NULL;
  g_auto (GStrv) limits = NULL;

  g_ptr_array_set_size (back->rows, 40);
  g_ptr_array_set_size (back->notes, 4);
  back->head = test_row_at (back, 39)->leaf;
  test_assert_good (back, TEST_KEPT);
  seen = test_log_check (back, 40, TEST_KEPT, outside);
  assert_int_equal (wb_verification_get_n_findings (seen), 1);
  assert_int_equal (test_first_finding (seen)->number, 40);
  assert_string_equal (test_first_finding (seen)->part, "checkpoint");
  covered = test_log_check (log, 50, TEST_KEPT, outside);
  assert_true (wb_verification_is_good (covered));
  limits = wb_verification_dup_limits (covered);
  assert_non_null (strstr (limits[0], "first 47 entries"));
}

static void
checkpoints_that_are_not_the_logs_are_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) other = wb_ed25519_generate (&error);
  g_autoptr (TestLog) log = test_log_new (10, 5);
  g_autoptr (TestLog) forged = test_log_copy (log);
  g_autoptr (TestLog) damaged = test_log_copy (log);
  g_autoptr (TestLog) nonsense = test_log_copy (log);
  char *note = g_ptr_array_index (damaged->notes, 1);
  WbHash root = { { 1 } };

  g_ptr_array_add (forged->notes, test_log_sign (7, &root, other));
  test_assert_named (forged, 10, TEST_KEPT, -1, 1);
  note[strlen (note) - 8] ^= 1;
  test_assert_named (damaged, 10, TEST_KEPT, -1, 1);
  g_ptr_array_add (nonsense->notes, g_strdup ("nonsense"));
  test_assert_named (nonsense, 10, TEST_KEPT, -1, 1);
}

/* The log's key signed two histories: the one that is not this one is told. */
static void
second_history_of_the_same_size_is_told (void **state)
{
  g_autoptr (TestLog) log = test_log_new (20, 5);
  WbHash root = { { 1 } };

  g_ptr_array_add (log->notes, test_log_sign (10, &root, test_log_seed));
  test_assert_named (log, 20, TEST_KEPT, 5, 1);
}

static void
checkpoints_may_come_in_any_order (void **state)
{
  g_autoptr (TestLog) log = test_log_new (20, 2);
  WbHash empty;

  g_ptr_array_insert (log->notes, 3, g_ptr_array_steal_index (log->notes, 9));
  g_ptr_array_add (log->notes, g_ptr_array_steal_index (log->notes, 0));
  wb_merkle_empty_root (&empty);
  g_ptr_array_add (log->notes, test_log_sign (0, &empty, test_log_seed));
  test_assert_good (log, TEST_KEPT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (dropped_entry_is_named),
    cmocka_unit_test (several_dropped_entries_are_named_by_the_first),
    cmocka_unit_test (inserted_entry_is_named),
    cmocka_unit_test (repeated_entry_is_named),
    cmocka_unit_test (swapped_entries_are_named_by_the_first),
    cmocka_unit_test (cut_end_is_named),
    cmocka_unit_test (entries_beyond_the_head_are_named),
    cmocka_unit_test (other_head_names_the_last_entry),
    cmocka_unit_test (rewritten_history_is_caught_by_a_checkpoint),
    cmocka_unit_test (rewriting_behind_a_flaw_is_still_caught),
    cmocka_unit_test (roll_back_is_caught_by_a_checkpoint_from_outside),
    cmocka_unit_test (checkpoints_that_are_not_the_logs_are_refused),
    cmocka_unit_test (second_history_of_the_same_size_is_told),
    cmocka_unit_test (checkpoints_may_come_in_any_order),
  };

  return cmocka_run_group_tests_name ("log-history", tests, test_log_setup, test_log_teardown);
}
