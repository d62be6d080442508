/* SPDX-License-Identifier: EUPL-1.2 */

/* Sound logs of chance contents, and what a check of them says. */
#include "wb-test-log.h"

#include <string.h>

#include "wb-uuid.h"

#define AUTHOR "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"

WbSecret *test_log_seed;
char *test_log_vkey;

int
test_log_setup (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbNoteKey) key = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  test_log_seed = wb_ed25519_generate (&error);
  wb_assert_no_error (error);
  assert_true (wb_ed25519_get_public (test_log_seed, public, &error));
  key = wb_note_key_new (TEST_LOG_ORIGIN, public, &error);
  wb_assert_no_error (error);
  test_log_vkey = wb_note_key_format (key);
  return 0;
}

int
test_log_teardown (void **state)
{
  wb_secret_unref (test_log_seed);
  g_free (test_log_vkey);
  return 0;
}

static void
test_row_free (gpointer data)
{
  TestRow *row = data;

  g_bytes_unref (row->bytes);
  g_ptr_array_unref (row->lines);
  g_free (row);
}

TestRow *
test_row_copy (const TestRow *row)
{
  TestRow *copy = g_new0 (TestRow, 1);

  copy->bytes = g_bytes_ref (row->bytes);
  copy->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < row->lines->len; i++)
    g_ptr_array_add (copy->lines, g_strdup (g_ptr_array_index (row->lines, i)));
  copy->leaf = row->leaf;
  return copy;
}

TestRow *
test_row_at (const TestLog *log, guint at)
{
  return g_ptr_array_index (log->rows, at);
}

/* The bytes of a row and, unless @kept stays, the hash kept beside them. */
void
test_row_set_bytes (TestRow *row, GBytes *bytes, gboolean kept_too)
{
  g_bytes_unref (row->bytes);
  row->bytes = bytes;
  if (kept_too)
    wb_merkle_leaf (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &row->leaf);
}

WbEntry *
test_row_parse (const TestRow *row)
{
  g_autoptr (GError) error = NULL;
  WbEntry *entry =
      wb_entry_parse (g_bytes_get_data (row->bytes, NULL), g_bytes_get_size (row->bytes), &error);

  wb_assert_no_error (error);
  return entry;
}

void
test_row_write (TestRow *row, const WbEntry *entry, gboolean kept_too)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = wb_entry_format (entry, &error);

  wb_assert_no_error (error);
  test_row_set_bytes (row, bytes, kept_too);
}

TestRow *
test_row_new (guint64 number, WbInstant time, const WbHash *previous)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();
  TestRow *row = g_new0 (TestRow, 1);
  guint n_fields = (guint) g_random_int_range (0, 5);

  row->bytes = g_bytes_new (NULL, 0);
  row->lines = g_ptr_array_new_with_free_func (g_free);
  entry->log = g_strdup (TEST_LOG_ORIGIN);
  entry->number = number;
  entry->time = time;
  entry->author = g_strdup (AUTHOR);
  entry->case_id = number % 3 != 0 ? wb_uuid_new (time) : NULL;
  entry->record_type = g_strdup ("allegation");
  entry->record_id = wb_uuid_new (time);
  entry->event = g_strdup ("changed");
  wb_random_bytes (entry->nonce, sizeof entry->nonce);
  for (guint i = 0; i < n_fields; i++) {
    g_autofree char *name = g_strdup_printf ("field_%u", i);
    g_autoptr (JsonNode) value = json_node_new (JSON_NODE_VALUE);
    char *line;
    WbHash digest;

    json_node_set_int (value, (gint64) g_random_int ());
    line = wb_disclosure_new (name, value);
    wb_disclosure_digest (line, strlen (line), &digest);
    wb_entry_add_field (entry, name, &digest);
    g_ptr_array_add (row->lines, line);
  }
  entry->previous = *previous;
  test_row_write (row, entry, TRUE);
  return row;
}

char *
test_log_sign (guint64 size, const WbHash *root, const WbSecret *key)
{
  WbCheckpoint checkpoint = { (char *) TEST_LOG_ORIGIN, size, *root };
  g_autofree char *text = wb_checkpoint_format (&checkpoint);
  g_autoptr (GError) error = NULL;
  char *note = wb_note_sign (text, TEST_LOG_ORIGIN, key, &error);

  wb_assert_no_error (error);
  return note;
}

char *
test_log_checkpoint (const TestLog *log, guint size)
{
  g_autoptr (WbMerkleEdge) edge = wb_merkle_edge_new ();
  WbHash root;

  for (guint i = 0; i < size; i++)
    wb_merkle_edge_append (edge, &test_row_at (log, i)->leaf, NULL, NULL);
  wb_merkle_edge_root (edge, &root);
  return test_log_sign (size, &root, test_log_seed);
}

TestLog *
test_log_new (guint n, guint checkpoint_every)
{
  TestLog *log = g_new0 (TestLog, 1);
  WbInstant time = TEST_LOG_NOW;

  log->rows = g_ptr_array_new_with_free_func (test_row_free);
  log->notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    TestRow *row = test_row_new (i, time, &log->head);

    g_ptr_array_add (log->rows, row);
    log->head = row->leaf;
    time += g_random_int_range (0, 3); /* also two acts within one millisecond */
    if (checkpoint_every > 0 && (i + 1) % checkpoint_every == 0)
      g_ptr_array_add (log->notes, test_log_checkpoint (log, i + 1));
  }
  return log;
}

TestLog *
test_log_copy (const TestLog *log)
{
  TestLog *copy = g_new0 (TestLog, 1);

  copy->rows = g_ptr_array_new_with_free_func (test_row_free);
  copy->notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < log->rows->len; i++)
    g_ptr_array_add (copy->rows, test_row_copy (test_row_at (log, i)));
  for (guint i = 0; i < log->notes->len; i++)
    g_ptr_array_add (copy->notes, g_strdup (g_ptr_array_index (log->notes, i)));
  copy->head = log->head;
  return copy;
}

void
test_log_free (TestLog *log)
{
  g_ptr_array_unref (log->rows);
  g_ptr_array_unref (log->notes);
  g_free (log);
}

WbVerification *
test_log_check (const TestLog *log, guint64 size, TestHow how, const char *outside)
{
  WbVerification *result = wb_verification_new ("test", "full");
  g_autoptr (WbLogCheck) self = wb_log_check_new (TEST_LOG_ORIGIN, test_log_vkey, result);

  for (guint i = 0; i < log->notes->len; i++)
    wb_log_check_expect (self, g_ptr_array_index (log->notes, i));
  if (outside != NULL)
    wb_log_check_expect_outside (self, outside);
  for (guint i = 0; i < log->rows->len; i++) {
    const TestRow *row = test_row_at (log, i);
    g_autoptr (WbEntry) gone = how & TEST_GAPS ? test_row_parse (row) : NULL;
    g_autoptr (WbEntry) entry = wb_log_check_entry (self,
                                                    gone != NULL ? gone->number : i,
                                                    g_bytes_get_data (row->bytes, NULL),
                                                    g_bytes_get_size (row->bytes),
                                                    row->lines,
                                                    how & TEST_KEPT ? &row->leaf : NULL);

    (void) entry;
  }
  wb_log_check_finish (self, size, how & TEST_NO_HEAD ? NULL : &log->head);
  return result;
}

const WbFinding *
test_first_finding (const WbVerification *result)
{
  GPtrArray *findings = wb_verification_get_findings (result);

  return findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
}

/* The tampering is found, the entry is named first, and little is said beyond it. */
void
test_assert_named (const TestLog *log, guint64 size, TestHow how, gint64 number, guint most)
{
  g_autoptr (WbVerification) result = test_log_check (log, size, how, NULL);
  const WbFinding *first = test_first_finding (result);

  if (first == NULL)
    fail_msg ("nothing was found, %d is wrong (how %d)", (int) number, (int) how);
  if (first->number != number || wb_verification_get_n_findings (result) > most) {
    g_autofree char *text = wb_verification_to_text (result);

    fail_msg ("%d is wrong (how %d), but: %s", (int) number, (int) how, text);
  }
}

void
test_assert_good (const TestLog *log, TestHow how)
{
  g_autoptr (WbVerification) result = test_log_check (log, log->rows->len, how, NULL);

  if (!wb_verification_is_good (result)) {
    g_autofree char *text = wb_verification_to_text (result);

    fail_msg ("false alarm: %s", text);
  }
}

GBytes *
test_flip (GBytes *bytes, gsize at, guint8 bits)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  copy[at] ^= bits;
  return g_bytes_new_take (copy, size);
}
