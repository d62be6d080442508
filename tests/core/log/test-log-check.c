/* SPDX-License-Identifier: EUPL-1.2 */

/* Sound logs raise no alarm; each way to tamper with one is found and the right entry is named. */
#include "wb-test.h"

#include <string.h>

#include "wb-checkpoint.h"
#include "wb-digest.h"
#include "wb-log-check.h"
#include "wb-note.h"
#include "wb-uuid.h"

#define ORIGIN "waarborg/NL-INSP/3f9c2a1b0d4e5f60"
#define AUTHOR "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
#define NOW G_GINT64_CONSTANT (1795471800123)
#define LONG 200

/* An entry as a store has it. */
typedef struct {
  GBytes *bytes;
  GPtrArray *lines; /* (element-type utf8) */
  WbHash leaf;
} Row;

typedef struct {
  GPtrArray *rows;
  GPtrArray *notes; /* (element-type utf8): checkpoints */
  WbHash head;
} Log;

static WbSecret *seed;
static char *vkey;

static int
make_key (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbNoteKey) key = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  seed = wb_ed25519_generate (&error);
  wb_assert_no_error (error);
  assert_true (wb_ed25519_get_public (seed, public, &error));
  key = wb_note_key_new (ORIGIN, public, &error);
  wb_assert_no_error (error);
  vkey = wb_note_key_format (key);
  return 0;
}

static int
drop_key (void **state)
{
  wb_secret_unref (seed);
  g_free (vkey);
  return 0;
}

/* ---- making logs ---- */

static void
free_row (gpointer data)
{
  Row *row = data;

  g_bytes_unref (row->bytes);
  g_ptr_array_unref (row->lines);
  g_free (row);
}

static Row *
copy_row (const Row *row)
{
  Row *copy = g_new0 (Row, 1);

  copy->bytes = g_bytes_ref (row->bytes);
  copy->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < row->lines->len; i++)
    g_ptr_array_add (copy->lines, g_strdup (g_ptr_array_index (row->lines, i)));
  copy->leaf = row->leaf;
  return copy;
}

static Row *
row_at (const Log *log, guint at)
{
  return g_ptr_array_index (log->rows, at);
}

/* The bytes of a row and, unless @kept stays, the hash kept beside them. */
static void
set_bytes (Row *row, GBytes *bytes, gboolean kept_too)
{
  g_bytes_unref (row->bytes);
  row->bytes = bytes;
  if (kept_too)
    wb_merkle_leaf (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &row->leaf);
}

static WbEntry *
parse_row (const Row *row)
{
  g_autoptr (GError) error = NULL;
  WbEntry *entry =
      wb_entry_parse (g_bytes_get_data (row->bytes, NULL), g_bytes_get_size (row->bytes), &error);

  wb_assert_no_error (error);
  return entry;
}

static void
write_row (Row *row, const WbEntry *entry, gboolean kept_too)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = wb_entry_format (entry, &error);

  wb_assert_no_error (error);
  set_bytes (row, bytes, kept_too);
}

static Row *
make_row (guint64 number, WbInstant time, const WbHash *previous)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();
  Row *row = g_new0 (Row, 1);
  guint n_fields = (guint) g_random_int_range (0, 5);

  row->bytes = g_bytes_new (NULL, 0);
  row->lines = g_ptr_array_new_with_free_func (g_free);
  entry->log = g_strdup (ORIGIN);
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
  write_row (row, entry, TRUE);
  return row;
}

static char *
sign_checkpoint (guint64 size, const WbHash *root, const WbSecret *key)
{
  WbCheckpoint checkpoint = { (char *) ORIGIN, size, *root };
  g_autofree char *text = wb_checkpoint_format (&checkpoint);
  g_autoptr (GError) error = NULL;
  char *note = wb_note_sign (text, ORIGIN, key, &error);

  wb_assert_no_error (error);
  return note;
}

static char *
checkpoint_at (const Log *log, guint size)
{
  g_autoptr (WbMerkleEdge) edge = wb_merkle_edge_new ();
  WbHash root;

  for (guint i = 0; i < size; i++)
    wb_merkle_edge_append (edge, &row_at (log, i)->leaf, NULL, NULL);
  wb_merkle_edge_root (edge, &root);
  return sign_checkpoint (size, &root, seed);
}

static Log *
make_log (guint n, guint checkpoint_every)
{
  Log *log = g_new0 (Log, 1);
  WbInstant time = NOW;

  log->rows = g_ptr_array_new_with_free_func (free_row);
  log->notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++) {
    Row *row = make_row (i, time, &log->head);

    g_ptr_array_add (log->rows, row);
    log->head = row->leaf;
    time += g_random_int_range (0, 3); /* also two acts within one millisecond */
    if (checkpoint_every > 0 && (i + 1) % checkpoint_every == 0)
      g_ptr_array_add (log->notes, checkpoint_at (log, i + 1));
  }
  return log;
}

static Log *
copy_log (const Log *log)
{
  Log *copy = g_new0 (Log, 1);

  copy->rows = g_ptr_array_new_with_free_func (free_row);
  copy->notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < log->rows->len; i++)
    g_ptr_array_add (copy->rows, copy_row (row_at (log, i)));
  for (guint i = 0; i < log->notes->len; i++)
    g_ptr_array_add (copy->notes, g_strdup (g_ptr_array_index (log->notes, i)));
  copy->head = log->head;
  return copy;
}

static void
free_log (Log *log)
{
  g_ptr_array_unref (log->rows);
  g_ptr_array_unref (log->notes);
  g_free (log);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, free_log)

/* ---- checking them ---- */

typedef enum {
  KEPT = 1 << 0,    /* the kept leaf hashes are compared */
  NO_HEAD = 1 << 1, /* nothing is known of the end but its number */
  GAPS = 1 << 2,    /* rows have the numbers of their entries, not of their places */
} How;

static WbVerification *
check (const Log *log, guint64 size, How how, const char *outside)
{
  WbVerification *result = wb_verification_new ("test", "full");
  g_autoptr (WbLogCheck) self = wb_log_check_new (ORIGIN, vkey, result);

  for (guint i = 0; i < log->notes->len; i++)
    wb_log_check_expect (self, g_ptr_array_index (log->notes, i));
  if (outside != NULL)
    wb_log_check_expect_outside (self, outside);
  for (guint i = 0; i < log->rows->len; i++) {
    const Row *row = row_at (log, i);
    g_autoptr (WbEntry) gone = how & GAPS ? parse_row (row) : NULL;
    g_autoptr (WbEntry) entry = wb_log_check_entry (self,
                                                    gone != NULL ? gone->number : i,
                                                    g_bytes_get_data (row->bytes, NULL),
                                                    g_bytes_get_size (row->bytes),
                                                    row->lines,
                                                    how & KEPT ? &row->leaf : NULL);

    (void) entry;
  }
  wb_log_check_finish (self, size, how & NO_HEAD ? NULL : &log->head);
  return result;
}

static const WbFinding *
first_finding (const WbVerification *result)
{
  GPtrArray *findings = wb_verification_get_findings (result);

  return findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
}

/* The tampering is found, the entry is named first, and little is said beyond it. */
static void
assert_named (const Log *log, guint64 size, How how, gint64 number, guint most)
{
  g_autoptr (WbVerification) result = check (log, size, how, NULL);
  const WbFinding *first = first_finding (result);

  if (first == NULL)
    fail_msg ("nothing was found, %d is wrong (how %d)", (int) number, (int) how);
  if (first->number != number || wb_verification_get_n_findings (result) > most) {
    g_autofree char *text = wb_verification_to_text (result);

    fail_msg ("%d is wrong (how %d), but: %s", (int) number, (int) how, text);
  }
}

static void
assert_good (const Log *log, How how)
{
  g_autoptr (WbVerification) result = check (log, log->rows->len, how, NULL);

  if (!wb_verification_is_good (result)) {
    g_autofree char *text = wb_verification_to_text (result);

    fail_msg ("false alarm: %s", text);
  }
}

/* ---- no false alarm ---- */

static void
thousand_sound_logs_raise_no_alarm (void **state)
{
  for (guint i = 0; i < 1000; i++) {
    guint n = (guint) g_random_int_range (0, 24);
    /* Signing costs most of the time: one log in ten has checkpoints. */
    g_autoptr (Log) log = make_log (n, i % 10 == 0 ? (guint) g_random_int_range (1, 9) : 0);

    for (guint k = 0; k < n && i % 4 == 0; k++) {
      GPtrArray *lines = row_at (log, k)->lines;

      if (lines->len > 0 && g_random_boolean ())
        g_clear_pointer (&lines->pdata[g_random_int_range (0, (gint32) lines->len)], g_free);
    }
    assert_good (log, i % 2 == 0 ? KEPT : NO_HEAD);
    assert_good (log, i % 3 == 0 ? GAPS : KEPT | GAPS);
  }
  wb_test_count ("sound-logs", 1000);
}

static void
counts_facts_and_limits_are_told (void **state)
{
  g_autoptr (Log) log = make_log (20, 5);
  g_autoptr (WbVerification) result = NULL;
  g_auto (GStrv) limits = NULL;
  guint lines = 0, erased = 0;

  for (guint i = 0; i < 20; i++) {
    GPtrArray *all = row_at (log, i)->lines;

    lines += all->len;
    if (all->len > 0 && i % 2 == 0) {
      g_clear_pointer (&all->pdata[0], g_free);
      erased++;
    }
  }
  result = check (log, 20, KEPT, NULL);
  assert_true (wb_verification_is_good (result));
  assert_int_equal (wb_verification_get_count (result, "entries"), 20);
  assert_int_equal (wb_verification_get_count (result, "disclosures"), lines - erased);
  assert_int_equal (wb_verification_get_count (result, "erased"), erased);
  assert_int_equal (wb_verification_get_count (result, "checkpoints"), 4);
  assert_string_equal (wb_verification_get_fact (result, "origin"), ORIGIN);
  assert_string_equal (wb_verification_get_fact (result, "size"), "20");
  assert_non_null (wb_verification_get_fact (result, "root"));
  limits = wb_verification_dup_limits (result);
  assert_int_equal (g_strv_length (limits), 2);
}

/* ---- one entry changed ---- */

static GBytes *
flip (GBytes *bytes, gsize at, guint8 bits)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  copy[at] ^= bits;
  return g_bytes_new_take (copy, size);
}

static void
flipped_bit_names_its_entry (void **state)
{
  g_autoptr (Log) log = make_log (LONG, 100);

  for (guint n = 0; n < LONG; n++) {
    for (guint i = 0; i < 2; i++) {
      g_autoptr (Log) bad = copy_log (log);
      Row *row = row_at (bad, n);
      gsize at = (gsize) g_random_int_range (0, (gint32) g_bytes_get_size (row->bytes));

      set_bytes (row, flip (row->bytes, at, (guint8) (1u << g_random_int_range (0, 8))), FALSE);
      assert_named (bad, LONG, i == 0 ? KEPT : 0, n, 4);
    }
  }
  wb_test_count ("flipped-entries", 2 * LONG);
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
  g_autoptr (Log) log = make_log (12, 0);

  for (guint n = 0; n < 12; n++) {
    for (gsize k = 0; k < G_N_ELEMENTS (keys); k++) {
      g_autoptr (Log) bad = copy_log (log);
      Row *row = row_at (bad, n);
      gsize size = g_bytes_get_size (row->bytes);
      g_autofree char *text = g_strndup (g_bytes_get_data (row->bytes, NULL), size);
      char *at = last_hex_of (text, keys[k]);

      *at = *at == '1' ? '2' : *at == 'g' ? 'h' : '1';
      set_bytes (row, g_bytes_new (text, size), FALSE);
      assert_named (bad, 12, 0, n, 3);
      assert_named (bad, 12, KEPT, n, 3);
    }
  }
}

/* The hash kept beside it follows, so only the next entry knows better. */
static void
replaced_entry_is_named_by_its_successor (void **state)
{
  g_autoptr (Log) log = make_log (60, 7);

  for (guint n = 0; n < 60; n++) {
    g_autoptr (Log) bad = copy_log (log);
    g_autoptr (WbEntry) entry = parse_row (row_at (bad, n));

    entry->nonce[0] ^= 1;
    write_row (row_at (bad, n), entry, TRUE);
    assert_named (bad, 60, KEPT, n, 1);
    assert_named (bad, 60, 0, n, 1);
  }
}

static void
changed_kept_hash_names_its_entry (void **state)
{
  g_autoptr (Log) log = make_log (40, 7);

  for (guint n = 0; n < 40; n++) {
    g_autoptr (Log) bad = copy_log (log);

    row_at (bad, n)->leaf.bytes[n % WB_HASH_SIZE] ^= 4;
    assert_named (bad, 40, KEPT, n, 1);
  }
}

static void
neighbours_changed_together_are_both_spoken_of (void **state)
{
  g_autoptr (Log) log = make_log (30, 0);

  for (guint n = 0; n < 28; n++) {
    g_autoptr (Log) bad = copy_log (log);

    for (guint k = n; k < n + 2; k++) {
      g_autoptr (WbEntry) entry = parse_row (row_at (bad, k));

      entry->nonce[0] ^= 1;
      write_row (row_at (bad, k), entry, FALSE);
    }
    assert_named (bad, 30, KEPT, n, 2);
    /* Without kept hashes the one in the middle of the two broken links is named. */
    assert_named (bad, 30, 0, n + 1, 1);
  }
}

/* What is wrong with the next entry is noticed sooner than that this one was replaced. */
static void
findings_come_in_the_order_of_entries (void **state)
{
  g_autoptr (Log) log = make_log (20, 0);

  for (guint n = 0; n < 19; n++) {
    g_autoptr (Log) bad = copy_log (log);
    g_autoptr (WbEntry) entry = parse_row (row_at (bad, n));

    entry->nonce[0] ^= 1;
    write_row (row_at (bad, n), entry, TRUE);
    g_ptr_array_add (row_at (bad, n + 1)->lines, g_strdup ("one too many"));
    assert_named (bad, 20, KEPT, n, 2);
  }
}

/* ---- entries dropped, inserted, moved, cut ---- */

static void
dropped_entry_is_named (void **state)
{
  g_autoptr (Log) log = make_log (LONG, 100);

  for (guint n = 0; n < LONG; n += n % 3 == 0 ? 1 : 2) {
    g_autoptr (Log) bad = copy_log (log);

    g_ptr_array_remove_index (bad->rows, n);
    /* a cut at the very end is also seen by the head and by the last checkpoint */
    assert_named (bad, LONG, n % 2 == 0 ? KEPT : 0, n, n == LONG - 1 ? 2 : 1);
    assert_named (bad, LONG, KEPT | GAPS, n, n == LONG - 1 ? 2 : 1);
  }
}

static void
several_dropped_entries_are_named_by_the_first (void **state)
{
  g_autoptr (Log) log = make_log (50, 10);

  for (guint n = 0; n < 40; n++) {
    g_autoptr (Log) bad = copy_log (log);

    g_ptr_array_remove_range (bad->rows, n, 5);
    assert_named (bad, 50, KEPT, n, 1);
    assert_named (bad, 50, GAPS, n, 1);
  }
}

static void
inserted_entry_is_named (void **state)
{
  g_autoptr (Log) log = make_log (LONG, 100);

  for (guint n = 1; n < LONG; n += 3) {
    g_autoptr (Log) bad = copy_log (log);
    WbHash any;
    Row *forged;

    wb_random_bytes (any.bytes, sizeof any.bytes);
    forged = make_row (n, NOW + 1000, n % 2 == 0 ? &row_at (log, n - 1)->leaf : &any);
    g_ptr_array_insert (bad->rows, (gint) n, forged);
    assert_named (bad, LONG, n % 4 < 2 ? KEPT : 0, n, 3);
  }
}

static void
repeated_entry_is_named (void **state)
{
  g_autoptr (Log) log = make_log (40, 10);

  for (guint n = 2; n < 40; n++) {
    g_autoptr (Log) bad = copy_log (log);
    guint source = (guint) g_random_int_range (0, (gint32) n - 1);

    g_ptr_array_insert (bad->rows, (gint) n, copy_row (row_at (log, source)));
    assert_named (bad, 40, KEPT, n, 2);
    assert_named (bad, 40, 0, n, 2);
  }
}

static void
swapped_entries_are_named_by_the_first (void **state)
{
  g_autoptr (Log) log = make_log (LONG, 100);

  for (guint n = 0; n + 1 < LONG; n += 3) {
    g_autoptr (Log) bad = copy_log (log);
    guint other = n % 2 == 0 ? n + 1 : (guint) g_random_int_range ((gint32) n + 1, LONG);
    gpointer row = bad->rows->pdata[n];

    bad->rows->pdata[n] = bad->rows->pdata[other];
    bad->rows->pdata[other] = row;
    assert_named (bad, LONG, n % 4 < 2 ? KEPT : 0, n, 4);
  }
}

static void
cut_end_is_named (void **state)
{
  g_autoptr (Log) log = make_log (LONG, 100);

  for (guint n = 0; n < LONG; n += 7) {
    g_autoptr (Log) bad = copy_log (log);

    g_ptr_array_set_size (bad->rows, (gint) n);
    assert_named (bad, LONG, KEPT, n, 2);
    assert_named (bad, LONG, 0, n, 2);
  }
}

static void
entries_beyond_the_head_are_named (void **state)
{
  g_autoptr (Log) log = make_log (20, 5);

  log->head = row_at (log, 16)->leaf;
  assert_named (log, 17, KEPT, 17, 1);
}

static void
other_head_names_the_last_entry (void **state)
{
  g_autoptr (Log) log = make_log (20, 0);

  log->head.bytes[0] ^= 1;
  assert_named (log, 20, KEPT, 19, 1);
}

/* ---- rewritten or rolled back ---- */

/* From entry @n on everything is made anew: chain, kept hashes and head fit. */
static void
rewrite_from (Log *log, guint n)
{
  for (guint i = n; i < log->rows->len; i++) {
    g_autoptr (WbEntry) entry = parse_row (row_at (log, i));

    if (i == n)
      entry->nonce[0] ^= 1;
    else
      entry->previous = row_at (log, i - 1)->leaf;
    write_row (row_at (log, i), entry, TRUE);
  }
  log->head = row_at (log, log->rows->len - 1)->leaf;
}

static void
rewritten_history_is_caught_by_a_checkpoint (void **state)
{
  g_autoptr (Log) log = make_log (LONG, 40);

  for (guint n = 0; n < LONG; n += 9) {
    g_autoptr (Log) bad = copy_log (log);
    g_autoptr (WbVerification) result = NULL;

    rewrite_from (bad, n);
    assert_named (bad, LONG, KEPT, n / 40 * 40, 1);
    /* Without a checkpoint nobody can tell; that is what the limit says. */
    g_ptr_array_set_size (bad->notes, 0);
    assert_good (bad, KEPT);
    result = check (bad, LONG, KEPT, g_ptr_array_index (log->notes, 4));
    assert_int_equal (first_finding (result)->number, 0);
  }
}

/* A flaw that was seen does not cover up what was done behind it. */
static void
rewriting_behind_a_flaw_is_still_caught (void **state)
{
  g_autoptr (Log) log = make_log (100, 20);
  g_autoptr (WbVerification) result = NULL;
  const WbFinding *second;
  Row *row = row_at (log, 3);

  set_bytes (row, flip (row->bytes, 0, 1), FALSE);
  rewrite_from (log, 70);
  result = check (log, 100, KEPT, NULL);
  assert_int_equal (wb_verification_get_n_findings (result), 2);
  assert_int_equal (first_finding (result)->number, 3);
  second = g_ptr_array_index (wb_verification_get_findings (result), 1);
  assert_string_equal (second->part, "checkpoint");
  assert_int_equal (second->number, 60);
}

static void
roll_back_is_caught_by_a_checkpoint_from_outside (void **state)
{
  g_autoptr (Log) log = make_log (50, 10);
  g_autofree char *outside = checkpoint_at (log, 47);
  g_autoptr (Log) back = copy_log (log);
  g_autoptr (WbVerification) seen = NULL;
  g_autoptr (WbVerification) covered = NULL;
  g_auto (GStrv) limits = NULL;

  g_ptr_array_set_size (back->rows, 40);
  g_ptr_array_set_size (back->notes, 4);
  back->head = row_at (back, 39)->leaf;
  assert_good (back, KEPT);
  seen = check (back, 40, KEPT, outside);
  assert_int_equal (wb_verification_get_n_findings (seen), 1);
  assert_int_equal (first_finding (seen)->number, 40);
  assert_string_equal (first_finding (seen)->part, "checkpoint");
  covered = check (log, 50, KEPT, outside);
  assert_true (wb_verification_is_good (covered));
  limits = wb_verification_dup_limits (covered);
  assert_non_null (strstr (limits[0], "first 47 entries"));
}

static void
checkpoints_that_are_not_the_logs_are_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) other = wb_ed25519_generate (&error);
  g_autoptr (Log) log = make_log (10, 5);
  g_autoptr (Log) forged = copy_log (log);
  g_autoptr (Log) damaged = copy_log (log);
  g_autoptr (Log) nonsense = copy_log (log);
  char *note = g_ptr_array_index (damaged->notes, 1);
  WbHash root = { { 1 } };

  g_ptr_array_add (forged->notes, sign_checkpoint (7, &root, other));
  assert_named (forged, 10, KEPT, -1, 1);
  note[strlen (note) - 8] ^= 1;
  assert_named (damaged, 10, KEPT, -1, 1);
  g_ptr_array_add (nonsense->notes, g_strdup ("nonsense"));
  assert_named (nonsense, 10, KEPT, -1, 1);
}

/* The log's key signed two histories: the one that is not this one is told. */
static void
second_history_of_the_same_size_is_told (void **state)
{
  g_autoptr (Log) log = make_log (20, 5);
  WbHash root = { { 1 } };

  g_ptr_array_add (log->notes, sign_checkpoint (10, &root, seed));
  assert_named (log, 20, KEPT, 5, 1);
}

static void
checkpoints_may_come_in_any_order (void **state)
{
  g_autoptr (Log) log = make_log (20, 2);
  WbHash empty;

  g_ptr_array_insert (log->notes, 3, g_ptr_array_steal_index (log->notes, 9));
  g_ptr_array_add (log->notes, g_ptr_array_steal_index (log->notes, 0));
  wb_merkle_empty_root (&empty);
  g_ptr_array_add (log->notes, sign_checkpoint (0, &empty, seed));
  assert_good (log, KEPT);
}

/* ---- what an entry says ---- */

static void
changed_value_names_its_entry (void **state)
{
  g_autoptr (Log) log = make_log (40, 0);

  for (guint n = 0; n < 40; n++) {
    g_autoptr (Log) bad = copy_log (log);
    GPtrArray *lines = row_at (bad, n)->lines;
    char *line;

    if (lines->len == 0)
      continue;
    line = g_ptr_array_index (lines, lines->len - 1);
    line[strlen (line) - 1] = line[strlen (line) - 1] == '1' ? '2' : '1';
    assert_named (bad, 40, KEPT, n, 1);
    g_ptr_array_set_size (lines, (gint) lines->len - 1);
    assert_named (bad, 40, KEPT, n, 1);
    g_ptr_array_add (lines, NULL);
    assert_good (bad, KEPT); /* erased is not changed */
    g_ptr_array_add (lines, g_strdup ("one too many"));
    assert_named (bad, 40, KEPT, n, 1);
  }
}

/* Each of these was recorded so, with a chain that fits: the recorder itself did wrong. */
static void
wrong_entries_in_a_sound_chain_are_named (void **state)
{
  for (guint what = 0; what < 3; what++) {
    for (guint n = 1; n < 20; n++) {
      g_autoptr (Log) bad = make_log (20, 0);
      g_autoptr (WbEntry) entry = parse_row (row_at (bad, n));

      if (what == 0)
        entry->time = NOW - 1;
      else if (what == 1)
        entry->log[strlen (entry->log) - 1] = '1';
      else
        entry->number = 7000;
      write_row (row_at (bad, n), entry, TRUE);
      for (guint i = n + 1; i < 20; i++) {
        g_autoptr (WbEntry) later = parse_row (row_at (bad, i));

        later->previous = row_at (bad, i - 1)->leaf;
        write_row (row_at (bad, i), later, TRUE);
      }
      bad->head = row_at (bad, 19)->leaf;
      assert_named (bad, 20, KEPT, n, 1);
      assert_named (bad, 20, 0, n, 1);
    }
  }
}

static void
log_that_began_earlier_is_seen (void **state)
{
  g_autoptr (Log) log = make_log (5, 0);
  g_autoptr (WbEntry) entry = parse_row (row_at (log, 0));

  entry->previous.bytes[0] = 1;
  write_row (row_at (log, 0), entry, TRUE);
  for (guint i = 1; i < 5; i++) {
    g_autoptr (WbEntry) later = parse_row (row_at (log, i));

    later->previous = row_at (log, i - 1)->leaf;
    write_row (row_at (log, i), later, TRUE);
  }
  log->head = row_at (log, 4)->leaf;
  assert_named (log, 5, KEPT, 0, 1);
}

static void
bytes_that_are_no_entry_are_named (void **state)
{
  g_autoptr (Log) log = make_log (30, 6);

  for (guint n = 0; n < 30; n++) {
    g_autoptr (Log) bad = copy_log (log);

    set_bytes (row_at (bad, n), g_bytes_new ("\0\xff", n % 3), FALSE);
    assert_named (bad, 30, KEPT, n, 2);
    assert_named (bad, 30, 0, n, 2);
  }
}

/* ---- what callers get ---- */

static void
count_hash (guint level, guint64 index, const WbHash *hash, gpointer user_data)
{
  guint *n = user_data;

  n[level]++;
}

static void
subtree_hashes_are_told_as_the_tree_grows (void **state)
{
  g_autoptr (Log) log = make_log (11, 0);
  g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
  g_autoptr (WbLogCheck) self = wb_log_check_new (ORIGIN, NULL, result);
  guint n[8] = { 0 };

  wb_log_check_set_keep (self, count_hash, n);
  for (guint i = 0; i < 11; i++) {
    const Row *row = row_at (log, i);
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
    cmocka_unit_test (changed_value_names_its_entry),
    cmocka_unit_test (wrong_entries_in_a_sound_chain_are_named),
    cmocka_unit_test (log_that_began_earlier_is_seen),
    cmocka_unit_test (bytes_that_are_no_entry_are_named),
    cmocka_unit_test (subtree_hashes_are_told_as_the_tree_grows),
  };

  return cmocka_run_group_tests_name ("log-check", tests, make_key, drop_key);
}
