/* SPDX-License-Identifier: EUPL-1.2 */

/* Sound logs raise no alarm; a change within an entry is found and the right entry is named. */
#include "wb-test-log.h"

#include <string.h>

static void
thousand_sound_logs_raise_no_alarm (void **state)
{
  for (guint i = 0; i < 1000; i++) {
    guint n = (guint) g_random_int_range (0, 24);
    /* Signing costs most of the time: one log in ten has checkpoints. */
    g_autoptr (TestLog) log = test_log_new (n, i % 10 == 0 ? (guint) g_random_int_range (1, 9) : 0);

    for (guint k = 0; k < n && i % 4 == 0; k++) {
      GPtrArray *lines = test_row_at (log, k)->lines;

      if (lines->len > 0 && g_random_boolean ())
        g_clear_pointer (&lines->pdata[g_random_int_range (0, (gint32) lines->len)], g_free);
    }
    test_assert_good (log, i % 2 == 0 ? TEST_KEPT : TEST_NO_HEAD);
    test_assert_good (log, i % 3 == 0 ? TEST_GAPS : TEST_KEPT | TEST_GAPS);
  }
  wb_test_count ("sound-logs", 1000);
}

static void
counts_facts_and_limits_are_told (void **state)
{
  g_autoptr (TestLog) log = test_log_new (20, 5);
  g_autoptr (WbVerification) result = NULL;
  g_auto (GStrv) limits = NULL;
  guint lines = 0, erased = 0;

  for (guint i = 0; i < 20; i++) {
    GPtrArray *all = test_row_at (log, i)->lines;

    lines += all->len;
    if (all->len > 0 && i % 2 == 0) {
      g_clear_pointer (&all->pdata[0], g_free);
      erased++;
    }
  }
  result = test_log_check (log, 20, TEST_KEPT, NULL);
  assert_true (wb_verification_is_good (result));
  assert_int_equal (wb_verification_get_count (result, "entries"), 20);
  assert_int_equal (wb_verification_get_count (result, "disclosures"), lines - erased);
  assert_int_equal (wb_verification_get_count (result, "erased"), erased);
  assert_int_equal (wb_verification_get_count (result, "checkpoints"), 4);
  assert_string_equal (wb_verification_get_fact (result, "origin"), TEST_LOG_ORIGIN);
  assert_string_equal (wb_verification_get_fact (result, "size"), "20");
  assert_non_null (wb_verification_get_fact (result, "root"));
  limits = wb_verification_dup_limits (result);
  assert_int_equal (g_strv_length (limits), 2);
}

/* An entry that says it is the one before it looks as if that had been put in twice. */
static guint
named_number (GBytes *bytes, guint n)
{
  g_autoptr (WbEntry) entry =
      wb_entry_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);

  return entry != NULL && entry->number + 1 == n ? n - 1 : n;
}

static void
flipped_bit_names_its_entry (void **state)
{
  g_autoptr (TestLog) log = test_log_new (TEST_LOG_LONG, 100);

  for (guint n = 0; n < TEST_LOG_LONG; n++) {
    for (guint i = 0; i < 2; i++) {
      g_autoptr (TestLog) bad = test_log_copy (log);
      TestRow *row = test_row_at (bad, n);
      gsize at = (gsize) g_random_int_range (0, (gint32) g_bytes_get_size (row->bytes));

      test_row_set_bytes (row,
                          test_flip (row->bytes, at, (guint8) (1u << g_random_int_range (0, 8))),
                          FALSE);
      test_assert_named (bad,
                         TEST_LOG_LONG,
                         i == 0 ? TEST_KEPT : 0,
                         named_number (row->bytes, n),
                         4);
    }
  }
  wb_test_count ("flipped-entries", 2 * TEST_LOG_LONG);
}

static char *
last_hex_of (const char *text, const char *key)
{
  char *at = g_strrstr (text, key);

  assert_non_null (at);
  return at + strlen (key);
}

/* The places where a flip is read as another good entry: one at a time, without kept hashes. */
static void
every_part_of_an_entry_is_covered_by_the_chain (void **state)
{
  static const char *const keys[] = { "\nnonce ",         "\nprevious ",  "\nrecord allegation ",
                                      "\nauthor SHA256:", "\nevent chan", "INSP/3f9c" };
  g_autoptr (TestLog) log = test_log_new (12, 0);

  for (guint n = 0; n < 12; n++) {
    for (gsize k = 0; k < G_N_ELEMENTS (keys); k++) {
      g_autoptr (TestLog) bad = test_log_copy (log);
      TestRow *row = test_row_at (bad, n);
      gsize size = g_bytes_get_size (row->bytes);
      g_autofree char *text = g_strndup (g_bytes_get_data (row->bytes, NULL), size);
      char *at = last_hex_of (text, keys[k]);

      *at = *at == '1' ? '2' : *at == 'g' ? 'h' : '1';
      test_row_set_bytes (row, g_bytes_new (text, size), FALSE);
      test_assert_named (bad, 12, 0, n, 3);
      test_assert_named (bad, 12, TEST_KEPT, n, 3);
    }
  }
}

/* The hash kept beside it follows, so only the next entry knows better. */
static void
replaced_entry_is_named_by_its_successor (void **state)
{
  g_autoptr (TestLog) log = test_log_new (60, 7);

  for (guint n = 0; n < 60; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    g_autoptr (WbEntry) entry = test_row_parse (test_row_at (bad, n));

    entry->nonce[0] ^= 1;
    test_row_write (test_row_at (bad, n), entry, TRUE);
    test_assert_named (bad, 60, TEST_KEPT, n, 1);
    test_assert_named (bad, 60, 0, n, 1);
  }
}

static void
changed_kept_hash_names_its_entry (void **state)
{
  g_autoptr (TestLog) log = test_log_new (40, 7);

  for (guint n = 0; n < 40; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);

    test_row_at (bad, n)->leaf.bytes[n % WB_HASH_SIZE] ^= 4;
    test_assert_named (bad, 40, TEST_KEPT, n, 1);
  }
}

static void
neighbours_changed_together_are_both_spoken_of (void **state)
{
  g_autoptr (TestLog) log = test_log_new (30, 0);

  for (guint n = 0; n < 28; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);

    for (guint k = n; k < n + 2; k++) {
      g_autoptr (WbEntry) entry = test_row_parse (test_row_at (bad, k));

      entry->nonce[0] ^= 1;
      test_row_write (test_row_at (bad, k), entry, FALSE);
    }
    test_assert_named (bad, 30, TEST_KEPT, n, 2);
    /* Without kept hashes the one in the middle of the two broken links is named. */
    test_assert_named (bad, 30, 0, n + 1, 1);
  }
}

/* What is wrong with the next entry is noticed sooner than that this one was replaced. */
static void
findings_come_in_the_order_of_entries (void **state)
{
  g_autoptr (TestLog) log = test_log_new (20, 0);

  for (guint n = 0; n < 19; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    g_autoptr (WbEntry) entry = test_row_parse (test_row_at (bad, n));

    entry->nonce[0] ^= 1;
    test_row_write (test_row_at (bad, n), entry, TRUE);
    g_ptr_array_add (test_row_at (bad, n + 1)->lines, g_strdup ("one too many"));
    test_assert_named (bad, 20, TEST_KEPT, n, 2);
  }
}

static void
changed_value_names_its_entry (void **state)
{
  g_autoptr (TestLog) log = test_log_new (40, 0);

  for (guint n = 0; n < 40; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);
    GPtrArray *lines = test_row_at (bad, n)->lines;
    char *line;

    if (lines->len == 0)
      continue;
    line = g_ptr_array_index (lines, lines->len - 1);
    line[strlen (line) - 1] = line[strlen (line) - 1] == '1' ? '2' : '1';
    test_assert_named (bad, 40, TEST_KEPT, n, 1);
    g_ptr_array_set_size (lines, (gint) lines->len - 1);
    test_assert_named (bad, 40, TEST_KEPT, n, 1);
    g_ptr_array_add (lines, NULL);
    test_assert_good (bad, TEST_KEPT); /* erased is not changed */
    g_ptr_array_add (lines, g_strdup ("one too many"));
    test_assert_named (bad, 40, TEST_KEPT, n, 1);
  }
}

/* Each of these was recorded so, with a chain that fits: the recorder itself did wrong. */
static void
wrong_entries_in_a_sound_chain_are_named (void **state)
{
  for (guint what = 0; what < 3; what++) {
    for (guint n = 1; n < 20; n++) {
      g_autoptr (TestLog) bad = test_log_new (20, 0);
      g_autoptr (WbEntry) entry = test_row_parse (test_row_at (bad, n));

      if (what == 0)
        entry->time = TEST_LOG_NOW - 1;
      else if (what == 1)
        entry->log[strlen (entry->log) - 1] = '1';
      else
        entry->number = 7000;
      test_row_write (test_row_at (bad, n), entry, TRUE);
      for (guint i = n + 1; i < 20; i++) {
        g_autoptr (WbEntry) later = test_row_parse (test_row_at (bad, i));

        later->previous = test_row_at (bad, i - 1)->leaf;
        test_row_write (test_row_at (bad, i), later, TRUE);
      }
      bad->head = test_row_at (bad, 19)->leaf;
      test_assert_named (bad, 20, TEST_KEPT, n, 1);
      test_assert_named (bad, 20, 0, n, 1);
    }
  }
}

static void
log_that_began_earlier_is_seen (void **state)
{
  g_autoptr (TestLog) log = test_log_new (5, 0);
  g_autoptr (WbEntry) entry = test_row_parse (test_row_at (log, 0));

  entry->previous.bytes[0] = 1;
  test_row_write (test_row_at (log, 0), entry, TRUE);
  for (guint i = 1; i < 5; i++) {
    g_autoptr (WbEntry) later = test_row_parse (test_row_at (log, i));

    later->previous = test_row_at (log, i - 1)->leaf;
    test_row_write (test_row_at (log, i), later, TRUE);
  }
  log->head = test_row_at (log, 4)->leaf;
  test_assert_named (log, 5, TEST_KEPT, 0, 1);
}

static void
bytes_that_are_no_entry_are_named (void **state)
{
  g_autoptr (TestLog) log = test_log_new (30, 6);

  for (guint n = 0; n < 30; n++) {
    g_autoptr (TestLog) bad = test_log_copy (log);

    test_row_set_bytes (test_row_at (bad, n), g_bytes_new ("\0\xff", n % 3), FALSE);
    test_assert_named (bad, 30, TEST_KEPT, n, 2);
    test_assert_named (bad, 30, 0, n, 2);
  }
}

static void
count_hash (guint level, guint64 index, const WbHash *hash, gpointer user_data)
{
  guint *n = user_data;

  n[level]++;
}

static void
subtree_hashes_are_told_as_the_tree_grows (void **state)
{
  g_autoptr (TestLog) log = test_log_new (11, 0);
  g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
  g_autoptr (WbLogCheck) self = wb_log_check_new (TEST_LOG_ORIGIN, NULL, result);
  guint n[8] = { 0 };

  wb_log_check_set_keep (self, count_hash, n);
  for (guint i = 0; i < 11; i++) {
    const TestRow *row = test_row_at (log, i);
    g_autoptr (WbEntry) entry = wb_log_check_entry (self,
                                                    i,
                                                    g_bytes_get_data (row->bytes, NULL),
                                                    g_bytes_get_size (row->bytes),
                                                    NULL,
                                                    NULL);

    assert_int_equal (entry->number, i);
  }
  wb_log_check_finish (self, 11, NULL);
  assert_true (wb_verification_is_good (result));
  assert_int_equal (n[0], 11);
  assert_int_equal (n[1], 5);
  assert_int_equal (n[2], 2);
  assert_int_equal (n[3], 1);
  assert_int_equal (n[4], 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (thousand_sound_logs_raise_no_alarm),
    cmocka_unit_test (counts_facts_and_limits_are_told),
    cmocka_unit_test (flipped_bit_names_its_entry),
    cmocka_unit_test (every_part_of_an_entry_is_covered_by_the_chain),
    cmocka_unit_test (replaced_entry_is_named_by_its_successor),
    cmocka_unit_test (changed_kept_hash_names_its_entry),
    cmocka_unit_test (neighbours_changed_together_are_both_spoken_of),
    cmocka_unit_test (findings_come_in_the_order_of_entries),
    cmocka_unit_test (changed_value_names_its_entry),
    cmocka_unit_test (wrong_entries_in_a_sound_chain_are_named),
    cmocka_unit_test (log_that_began_earlier_is_seen),
    cmocka_unit_test (bytes_that_are_no_entry_are_named),
    cmocka_unit_test (subtree_hashes_are_told_as_the_tree_grows),
  };

  return cmocka_run_group_tests_name ("log-check", tests, test_log_setup, test_log_teardown);
}
