/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"

#include <string.h>

#include "wb-checkpoint.h"
#include "wb-digest.h"
#include "wb-note.h"

#define ORIGIN "waarborg/NL-INSP/3f9c2a1b0d4e5f60"
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

static WbSecret *
make_key (const char *name, char **ret_vkey)
{
  g_autoptr (GError) error = NULL;
  WbSecret *seed = wb_ed25519_generate (&error);
  g_autoptr (WbNoteKey) key = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  wb_assert_no_error (error);
  assert_true (wb_ed25519_get_public (seed, public, &error));
  key = wb_note_key_new (name, public, &error);
  wb_assert_no_error (error);
  *ret_vkey = wb_note_key_format (key);
  return seed;
}

static char *
sign (const char *text, const char *name, const WbSecret *seed)
{
  g_autoptr (GError) error = NULL;
  char *note = wb_note_sign (text, name, seed, &error);

  wb_assert_no_error (error);
  return note;
}

static void
checkpoint_comes_back (void **state)
{
  static const guint64 sizes[] = { 0, 1, 57, G_MAXUINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    WbCheckpoint checkpoint = { (char *) ORIGIN, sizes[i], { { 0 } } };
    g_autofree char *text = NULL;
    g_autofree char *again = NULL;
    g_autoptr (WbCheckpoint) read = NULL;
    g_autoptr (GError) error = NULL;

    wb_random_bytes (checkpoint.root.bytes, WB_HASH_SIZE);
    text = wb_checkpoint_format (&checkpoint);
    read = wb_checkpoint_parse (text, &error);
    wb_assert_no_error (error);
    assert_string_equal (read->origin, ORIGIN);
    assert_true (read->size == sizes[i]);
    again = wb_checkpoint_format (read);
    assert_string_equal (text, again);
  }
}

static void
text_is_as_the_specification_has_it (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCheckpoint) read =
      wb_checkpoint_parse ("example.com/behind-the-sofa\n20852163\n" ROOT "\n", &error);
  g_autoptr (WbCheckpoint) extended =
      wb_checkpoint_parse ("example.com/behind-the-sofa\n20852163\n" ROOT "\nmore\n", &error);

  wb_assert_no_error (error);
  assert_string_equal (read->origin, "example.com/behind-the-sofa");
  assert_int_equal (read->size, 20852163);
  assert_int_equal (extended->size, 20852163);
}

static void
what_is_no_checkpoint_is_refused (void **state)
{
  static const char *const bad[] = {
    "",
    "\n",
    "log\n",
    "log\n1\n",
    "log\n1\n" ROOT,
    "\n1\n" ROOT "\n",
    "log\n01\n" ROOT "\n",
    "log\n-1\n" ROOT "\n",
    "log\n\n" ROOT "\n",
    "log\n1 \n" ROOT "\n",
    "log\n0x1\n" ROOT "\n",
    "log\n18446744073709551616\n" ROOT "\n",
    "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
    "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", /* left-over bits */
    "log\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
    "log\n1\nAAAA\n",
    "log\n1\n" ROOT "AAAA\n",
    "log\n1\n" ROOT "\n\n",
    "log\n1\n" ROOT "\nmore",
    "SSHSIG\n1\n" ROOT "\n",
    "cosignature/v1\n1\n" ROOT "\n",
    "\xff\n1\n" ROOT "\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    if (wb_checkpoint_parse (bad[i], &error) != NULL)
      fail_msg ("accepted: %s", bad[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
}

static void
only_the_logs_own_signature_opens_it (void **state)
{
  g_autofree char *vkey = NULL;
  g_autofree char *other_vkey = NULL;
  g_autoptr (WbSecret) seed = make_key (ORIGIN, &vkey);
  g_autoptr (WbSecret) other = make_key (ORIGIN, &other_vkey);
  g_autofree char *note = sign (ORIGIN "\n3\n" ROOT "\n", ORIGIN, seed);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCheckpoint) read = wb_checkpoint_open (note, strlen (note), vkey, &error);

  wb_assert_no_error (error);
  assert_int_equal (read->size, 3);
  assert_null (wb_checkpoint_open (note, strlen (note), other_vkey, &error));
  assert_non_null (error);
  for (gsize at = 0; at < strlen (note); at++) {
    g_clear_error (&error);
    note[at] ^= 1;
    assert_null (wb_checkpoint_open (note, strlen (note), vkey, &error));
    assert_non_null (error);
    note[at] ^= 1;
  }
}

/* The mistake of rekor #2069: a signature of the right key over another log's words. */
static void
other_origin_than_the_keys_is_refused (void **state)
{
  g_autofree char *vkey = NULL;
  g_autoptr (WbSecret) seed = make_key (ORIGIN, &vkey);
  g_autofree char *note = sign ("waarborg/BE-INSP/3f9c2a1b0d4e5f60\n3\n" ROOT "\n", ORIGIN, seed);
  g_autoptr (GError) error = NULL;

  assert_null (wb_checkpoint_open (note, strlen (note), vkey, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
}

static void
real_checkpoint_of_another_log_is_read (void **state)
{
  g_autofree char *folder = wb_test_vectors ("signed-note");
  g_autofree char *note_path = NULL;
  g_autofree char *vkey_path = NULL;
  g_autofree char *note = NULL;
  g_autofree char *vkey = NULL;
  g_autoptr (WbCheckpoint) read = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (folder == NULL)
    skip ();
  note_path = g_build_filename (folder, "sumdb-35225469.checkpoint", NULL);
  vkey_path = g_build_filename (folder, "sumdb.vkey", NULL);
  note = wb_test_read (note_path, &size);
  vkey = g_strchomp (wb_test_read (vkey_path, NULL));
  read = wb_checkpoint_open (note, size, vkey, &error);
  /* Its origin is "go.sum database tree", its key's name sum.golang.org: not our rule. */
  assert_null (read);
  wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
  g_clear_error (&error);
  g_strstr_len (note, -1, "\n\n")[1] = '\0';
  read = wb_checkpoint_parse (note, &error);
  wb_assert_no_error (error);
  assert_int_equal (read->size, 35225469);
}

/* ---- proofs ---- */

#define LEAVES 13

typedef struct {
  WbHash nodes[5][LEAVES];
} Kept;

static void
keep (guint level, guint64 index, const WbHash *hash, gpointer user_data)
{
  ((Kept *) user_data)->nodes[level][index] = *hash;
}

static gboolean
fetch (guint level, guint64 index, WbHash *ret_hash, gpointer user_data, GError **error)
{
  *ret_hash = ((Kept *) user_data)->nodes[level][index];
  return TRUE;
}

/* The proof of each of @n leaves under one signed checkpoint. */
static char *
make_proof (guint64 index, guint64 n, const WbSecret *seed, WbHash *ret_leaf)
{
  g_autoptr (WbMerkleEdge) edge = wb_merkle_edge_new ();
  WbCheckpoint checkpoint = { (char *) ORIGIN, n, { { 0 } } };
  g_autoptr (GArray) hashes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;
  Kept kept;

  for (guint64 i = 0; i < n; i++) {
    WbHash leaf;

    wb_merkle_leaf (&i, sizeof i, &leaf);
    wb_merkle_edge_append (edge, &leaf, keep, &kept);
  }
  *ret_leaf = kept.nodes[0][index];
  wb_merkle_edge_root (edge, &checkpoint.root);
  text = wb_checkpoint_format (&checkpoint);
  note = sign (text, ORIGIN, seed);
  hashes = wb_merkle_inclusion (index, n, fetch, &kept, NULL);
  return wb_proof_format (index, hashes, note);
}

static void
proof_of_every_entry_checks (void **state)
{
  g_autofree char *vkey = NULL;
  g_autoptr (WbSecret) seed = make_key (ORIGIN, &vkey);

  for (guint64 n = 1; n <= LEAVES; n += 3) {
    for (guint64 i = 0; i < n; i++) {
      WbHash leaf;
      g_autofree char *text = make_proof (i, n, seed, &leaf);
      g_autoptr (GError) error = NULL;
      g_autoptr (WbProof) proof = wb_proof_parse (text, strlen (text), &error);
      g_autofree char *again = NULL;

      wb_assert_no_error (error);
      again = wb_proof_format (proof->index, proof->hashes, proof->checkpoint);
      assert_string_equal (text, again);
      assert_true (wb_proof_check (proof, &leaf, vkey, &error));
      leaf.bytes[0] ^= 1;
      assert_false (wb_proof_check (proof, &leaf, vkey, &error));
      wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
    }
  }
}

static void
every_flipped_byte_of_a_proof_is_refused (void **state)
{
  g_autofree char *vkey = NULL;
  g_autoptr (WbSecret) seed = make_key (ORIGIN, &vkey);
  WbHash leaf;
  g_autofree char *text = make_proof (5, LEAVES, seed, &leaf);
  gsize size = strlen (text);

  for (gsize at = 0; at < size; at++) {
    g_autoptr (WbProof) proof = NULL;

    text[at] ^= 1;
    proof = wb_proof_parse (text, size, NULL);
    assert_false (proof != NULL && wb_proof_check (proof, &leaf, vkey, NULL));
    text[at] ^= 1;
  }
  for (gsize n = 0; n < size; n++) {
    g_autofree char *cut = g_memdup2 (text, n);
    g_autoptr (WbProof) proof = wb_proof_parse (cut, n, NULL);

    assert_false (proof != NULL && wb_proof_check (proof, &leaf, vkey, NULL));
  }
}

static void
odd_proofs_are_refused (void **state)
{
  static const char *const bad[] = {
    "",
    "c2sp.org/tlog-proof@v1\n",
    "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n",
    "c2sp.org/tlog-proof@v1\nindex 00\n\nx\n",
    "c2sp.org/tlog-proof@v1\nindex\n\nx\n",
    "c2sp.org/tlog-proof@v1\nindex 0\n\n",
    "c2sp.org/tlog-proof@v1\nindex 0\nx\n\nx\n",
    "c2sp.org/tlog-proof@v1\nindex 0\n" ROOT " \n\nx\n",
    "c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx\n",
    "c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 0\n\nx\n",
    "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nx\r\n",
  };
  static const char extra[] = "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\n\nx\n";
  g_autoptr (GString) many = g_string_new ("c2sp.org/tlog-proof@v1\nindex 0\n");
  g_autoptr (WbProof) good = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_clear_error (&error);
    if (wb_proof_parse (bad[i], strlen (bad[i]), &error) != NULL)
      fail_msg ("accepted: %s", bad[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
  g_clear_error (&error);
  good = wb_proof_parse (extra, strlen (extra), &error);
  wb_assert_no_error (error);
  assert_string_equal (good->checkpoint, "x\n");
  for (guint i = 0; i < 64; i++)
    g_string_append (many, ROOT "\n");
  g_string_append (many, "\nx\n");
  assert_null (wb_proof_parse (many->str, many->len, NULL));
  g_string_set_size (many, 200 * 1024);
  assert_null (wb_proof_parse (many->str, many->len, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (checkpoint_comes_back),
    cmocka_unit_test (text_is_as_the_specification_has_it),
    cmocka_unit_test (what_is_no_checkpoint_is_refused),
    cmocka_unit_test (only_the_logs_own_signature_opens_it),
    cmocka_unit_test (other_origin_than_the_keys_is_refused),
    cmocka_unit_test (real_checkpoint_of_another_log_is_read),
    cmocka_unit_test (proof_of_every_entry_checks),
    cmocka_unit_test (every_flipped_byte_of_a_proof_is_refused),
    cmocka_unit_test (odd_proofs_are_refused),
  };

  return cmocka_run_group_tests_name ("checkpoint", tests, NULL, NULL);
}
