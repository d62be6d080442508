/* SPDX-License-Identifier: EUPL-1.2 */

/* Witnessing by file: the verdicts of another implementation, and what nobody should accept. */
#include "wb-test-log.h"

#include <stdlib.h>
#include <string.h>

#include "wb-encoding.h"
#include "wb-witness.h"

#define KEY_OF_SUITE "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"
#define LOG_OF_SUITE                                                                               \
  "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"

static int
to_http (WbWitnessVerdict verdict)
{
  static const int CODES[] = { 200, 400, 403, 409, 409, 409, 422 };

  return CODES[verdict];
}

/* One "POST" of the suite: the body between the fences, then the expected answer. */
static WbWitnessVerdict
judge_post (const char *post, const char *vkey, WbCheckpoint **known)
{
  const char *body = strstr (post, "```\n") + 4;
  const char *end = strstr (body, "```\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbWitnessRequest) request =
      wb_witness_request_parse (body, (gsize) (end - body), &error);
  g_autoptr (WbCheckpoint) shown = NULL;
  WbWitnessVerdict verdict;
  int expected = atoi (strstr (end, "HTTP ") + 5);

  wb_assert_no_error (error);
  verdict = wb_witness_judge (request, vkey, *known, &shown, &error);
  if (to_http (verdict) != expected)
    fail_msg ("%d instead of %d: %s", to_http (verdict), expected, post);
  assert_true ((verdict == WB_WITNESS_GOOD) == (error == NULL));
  if (verdict == WB_WITNESS_GOOD) {
    wb_checkpoint_free (*known);
    *known = g_steal_pointer (&shown);
  } else if (expected == 409) {
    g_autofree char *told = g_strdup_printf ("body == \"%u\\n\"", (guint) (*known)->size);

    assert_non_null (strstr (end, told)); /* the size that the witness knows */
  }
  return verdict;
}

/* (nullable): the suite's script; NULL where the suites are absent. */
static char *
read_script (void)
{
  g_autofree char *folder = wb_test_vectors ("tlog-witness-torchwood");
  g_autofree char *path =
      folder != NULL ? g_build_filename (folder, "litewitness.txt", NULL) : NULL;

  return path != NULL ? wb_test_read (path, NULL) : NULL;
}

static void
judge_script (const char *text)
{
  g_autoptr (GBytes) public = wb_test_hex (KEY_OF_SUITE);
  g_autoptr (WbNoteKey) key = wb_note_key_new (LOG_OF_SUITE, g_bytes_get_data (public, NULL), NULL);
  g_autofree char *vkey = wb_note_key_format (key);
  g_auto (GStrv) posts = g_strsplit (text, "POST http", -1);
  g_autoptr (WbCheckpoint) known = NULL;
  guint cases = 0;

  for (guint i = 1; posts[i] != NULL; i++) {
    (void) judge_post (posts[i], vkey, &known);
    cases++;
  }
  assert_int_equal (cases, 9);
  assert_int_equal (known->size, 5);
  wb_test_count ("tlog-witness-torchwood", cases);
}

static void
another_witness_gives_the_same_verdicts (void **state)
{
  char *text = read_script ();

  (void) state;
  if (text == NULL)
    skip ();
  judge_script (text);
  g_free (text);
}

/* A tree is its leaves (element-type WbHash). */
static gboolean
fetch (guint level, guint64 index, WbHash *ret_hash, gpointer user_data, GError **error)
{
  GArray *leaves = user_data;
  WbHash left, right;

  if (level == 0) {
    *ret_hash = g_array_index (leaves, WbHash, index);
    return TRUE;
  }
  if (!fetch (level - 1, 2 * index, &left, leaves, error) ||
      !fetch (level - 1, 2 * index + 1, &right, leaves, error))
    return FALSE;
  wb_merkle_node (&left, &right, ret_hash);
  return TRUE;
}

static GArray *
grow (guint n, guint odd)
{
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (WbHash));

  for (guint i = 0; i < n; i++) {
    guint content = i == odd ? i + 1000 : i;
    WbHash leaf;

    wb_merkle_leaf (&content, sizeof content, &leaf);
    g_array_append_val (leaves, leaf);
  }
  return leaves;
}

static char *
sign_tree (GArray *leaves, guint64 size)
{
  WbHash root;

  assert_true (wb_merkle_root (size, fetch, leaves, &root, NULL));
  return test_log_sign (size, &root, test_log_seed);
}

static char *
ask (GArray *leaves, guint64 old, guint64 size)
{
  g_autofree char *note = sign_tree (leaves, size);
  g_autoptr (GArray) hashes = old == 0 || old >= size
                                  ? g_array_new (FALSE, FALSE, sizeof (WbHash))
                                  : wb_merkle_consistency (old, size, fetch, leaves, NULL);

  return wb_witness_request_format (old, hashes, note);
}

static WbCheckpoint *
know (GArray *leaves, guint64 size)
{
  g_autofree char *note = sign_tree (leaves, size);

  return wb_checkpoint_open (note, strlen (note), test_log_vkey, NULL);
}

static WbWitnessVerdict
judge (const char *text, gsize size, const WbCheckpoint *known)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbWitnessRequest) request = wb_witness_request_parse (text, size, NULL);
  WbWitnessVerdict verdict;

  if (request == NULL)
    return WB_WITNESS_UNREADABLE;
  verdict = wb_witness_judge (request, test_log_vkey, known, NULL, &error);
  assert_true ((verdict == WB_WITNESS_GOOD) == (error == NULL));
  return verdict;
}

static void
every_growth_is_accepted_and_no_other_history (void **state)
{
  g_autoptr (GArray) leaves = grow (40, G_MAXUINT);
  g_autoptr (GArray) others = grow (40, 0);
  guint cases = 0;

  (void) state;
  for (guint old = 1; old <= 40; old++) {
    g_autoptr (WbCheckpoint) known = know (leaves, old);

    for (guint size = 1; size <= 40; size++) {
      g_autofree char *good = ask (leaves, MIN (old, size), size);
      g_autofree char *other = ask (others, MIN (old, size), size);

      assert_int_equal (judge (good, strlen (good), known),
                        size < old ? WB_WITNESS_ROLLED_BACK : WB_WITNESS_GOOD);
      assert_int_equal (judge (other, strlen (other), known),
                        size < old    ? WB_WITNESS_ROLLED_BACK
                        : size == old ? WB_WITNESS_SPLIT
                                      : WB_WITNESS_BAD_PROOF);
      cases += 2;
    }
  }
  wb_test_count ("witness-growth", cases);
}

static void
the_first_checkpoint_needs_no_proof (void **state)
{
  g_autoptr (GArray) leaves = grow (9, G_MAXUINT);
  g_autoptr (WbCheckpoint) known = know (leaves, 7);
  g_autofree char *note = sign_tree (leaves, 9);
  g_autofree char *same = sign_tree (leaves, 7);
  g_autofree char *from_nothing = ask (leaves, 0, 9);
  g_autofree char *from_five = ask (leaves, 5, 9);

  (void) state;
  assert_int_equal (judge (note, strlen (note), NULL), WB_WITNESS_GOOD);
  assert_int_equal (judge (from_nothing, strlen (from_nothing), NULL), WB_WITNESS_GOOD);
  assert_int_equal (judge (from_five, strlen (from_five), NULL), WB_WITNESS_OTHER_START);
  assert_int_equal (judge (note, strlen (note), known), WB_WITNESS_OTHER_START);
  assert_int_equal (judge (from_five, strlen (from_five), known), WB_WITNESS_OTHER_START);
  assert_int_equal (judge (same, strlen (same), known), WB_WITNESS_GOOD);
}

static void
every_flipped_bit_and_every_cut_is_refused (void **state)
{
  g_autoptr (GArray) leaves = grow (13, G_MAXUINT);
  g_autoptr (WbCheckpoint) known = know (leaves, 6);
  g_autofree char *text = ask (leaves, 6, 13);
  gsize size = strlen (text);

  (void) state;
  assert_int_equal (judge (text, size, known), WB_WITNESS_GOOD);
  for (gsize bit = 0; bit < 8 * size; bit++) {
    text[bit / 8] ^= (char) (1 << bit % 8);
    if (judge (text, size, known) == WB_WITNESS_GOOD)
      fail_msg ("bit %u", (guint) bit);
    text[bit / 8] ^= (char) (1 << bit % 8);
  }
  for (gsize cut = 0; cut < size; cut++) {
    g_autofree char *copy = g_memdup2 (text, cut);

    assert_int_not_equal (judge (copy, cut, known), WB_WITNESS_GOOD);
  }
  wb_test_count ("witness-damage", (guint) (9 * size));
}

static void
a_proof_of_any_other_length_is_refused (void **state)
{
  g_autoptr (GArray) leaves = grow (13, G_MAXUINT);
  g_autoptr (WbCheckpoint) known = know (leaves, 6);
  g_autoptr (GArray) right = wb_merkle_consistency (6, 13, fetch, leaves, NULL);
  g_autofree char *note = sign_tree (leaves, 13);
  guint cases = 0;

  (void) state;
  for (guint n = 0; n <= 70; n++) {
    g_autoptr (GArray) hashes = g_array_new (FALSE, TRUE, sizeof (WbHash));
    g_autofree char *text = NULL;
    WbWitnessVerdict expected = n > 63 ? WB_WITNESS_UNREADABLE : WB_WITNESS_BAD_PROOF;

    g_array_append_vals (hashes, right->data, MIN (n, right->len));
    g_array_set_size (hashes, n);
    text = wb_witness_request_format (6, hashes, note);
    assert_int_equal (judge (text, strlen (text), known),
                      n == right->len ? WB_WITNESS_GOOD : expected);
    cases++;
  }
  wb_test_count ("witness-lengths", cases);
}

static void
what_another_key_signed_is_refused (void **state)
{
  g_autoptr (GArray) leaves = grow (3, G_MAXUINT);
  g_autoptr (WbSecret) other = wb_ed25519_generate (NULL);
  g_autofree char *good = sign_tree (leaves, 3);
  g_autofree char *twice = g_strconcat (good, strstr (good, "\n\n") + 2, NULL);
  g_autofree char *note = NULL;
  g_autofree char *false_first = NULL;
  WbHash root;

  (void) state;
  assert_true (wb_merkle_root (3, fetch, leaves, &root, NULL));
  note = test_log_sign (3, &root, other);
  assert_int_equal (judge (note, strlen (note), NULL), WB_WITNESS_NOT_SIGNED);
  assert_int_equal (judge (twice, strlen (twice), NULL), WB_WITNESS_GOOD);
  false_first = g_strconcat (note, strstr (good, "\n\n") + 2, NULL);
  assert_int_equal (judge (false_first, strlen (false_first), NULL), WB_WITNESS_GOOD);
}

static void
requests_that_are_none_are_refused (void **state)
{
  static const char *const TEXTS[] = {
    "",
    "\n",
    "old",
    "old \n\n",
    "old 1",
    "old 1\n",
    "old 1\n\n",
    "old 01\n\nx\n",
    "old -1\n\nx\n",
    "old 18446744073709551616\n\nx\n",
    "old 1\nAAAA\n\nx\n",
    "old 1\r\n\r\nx\n",
    "old 1\n\nx",
    "old 1\n\n\xff\n",
  };
  g_autofree char *large = g_strnfill (200 * 1024, 'x');

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    if (judge (TEXTS[i], strlen (TEXTS[i]), NULL) == WB_WITNESS_GOOD)
      fail_msg ("accepted: %s", TEXTS[i]);
  assert_int_equal (judge (large, strlen (large), NULL), WB_WITNESS_UNREADABLE);
}

static void
the_line_of_a_witness_is_found_by_name_and_key (void **state)
{
  g_autoptr (GArray) leaves = grow (3, G_MAXUINT);
  g_autofree char *note = sign_tree (leaves, 3);
  g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
  g_autoptr (WbSecret) other = wb_ed25519_generate (NULL);
  g_autofree char *first = wb_note_cosign (note, "ombud/witness", other, TEST_LOG_NOW, NULL);
  g_autofree char *both = wb_note_cosign (first, "ombud/witness", seed, TEST_LOG_NOW, NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (WbNoteKey) key = NULL;
  g_autofree char *line = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) error = NULL;

  (void) state;
  wb_ed25519_get_public (seed, public, NULL);
  key = wb_note_key_new_witness ("ombud/witness", public, NULL);
  line = wb_witness_find_line (both, strlen (both), key, NULL);
  assert_non_null (line);
  whole = g_strconcat (first, line, NULL);
  assert_string_equal (whole, both);
  for (gsize cut = 0; cut < strlen (line); cut++)
    assert_null (wb_witness_find_line (line, cut, key, NULL));
  assert_null (wb_witness_find_line (first, strlen (first), key, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (another_witness_gives_the_same_verdicts),
    cmocka_unit_test (every_growth_is_accepted_and_no_other_history),
    cmocka_unit_test (the_first_checkpoint_needs_no_proof),
    cmocka_unit_test (every_flipped_bit_and_every_cut_is_refused),
    cmocka_unit_test (a_proof_of_any_other_length_is_refused),
    cmocka_unit_test (what_another_key_signed_is_refused),
    cmocka_unit_test (requests_that_are_none_are_refused),
    cmocka_unit_test (the_line_of_a_witness_is_found_by_name_and_key),
  };

  return cmocka_run_group_tests (tests, test_log_setup, test_log_teardown);
}
