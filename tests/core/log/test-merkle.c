/* SPDX-License-Identifier: EUPL-1.2 */

/* The Merkle tree against a plain recursion over all leaves and against the outside suites. */
#include "wb-test.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-merkle.h"

#define MOST 300 /* leaves of the largest tree tried */
#define LEVELS 10

static void
assert_hash (const WbHash *a, const WbHash *b)
{
  assert_memory_equal (a->bytes, b->bytes, WB_HASH_SIZE);
}

/* RFC 6962 section 2.1, word for word: no kept hashes, no cleverness. */
static void
naive_root (const WbHash *leaves, guint64 n, WbHash *ret_root)
{
  WbHash left, right;
  guint64 k = 1;

  if (n == 0) {
    wb_merkle_empty_root (ret_root);
    return;
  }
  if (n == 1) {
    *ret_root = leaves[0];
    return;
  }
  while (2 * k < n)
    k *= 2;
  naive_root (leaves, k, &left);
  naive_root (leaves + k, n - k, &right);
  wb_merkle_node (&left, &right, ret_root);
}

/* Section 2.1.1 */
static void
naive_path (const WbHash *leaves, guint64 m, guint64 n, GArray *path)
{
  WbHash other;
  guint64 k = 1;

  if (n == 1)
    return;
  while (2 * k < n)
    k *= 2;
  if (m < k) {
    naive_path (leaves, m, k, path);
    naive_root (leaves + k, n - k, &other);
  } else {
    naive_path (leaves + k, m - k, n - k, path);
    naive_root (leaves, k, &other);
  }
  g_array_append_val (path, other);
}

/* Section 2.1.2 */
static void
naive_subproof (const WbHash *leaves, guint64 m, guint64 n, gboolean whole, GArray *proof)
{
  WbHash other;
  guint64 k = 1;

  if (m == n) {
    if (!whole) {
      naive_root (leaves, n, &other);
      g_array_append_val (proof, other);
    }
    return;
  }
  while (2 * k < n)
    k *= 2;
  if (m <= k) {
    naive_subproof (leaves, m, k, whole, proof);
    naive_root (leaves + k, n - k, &other);
  } else {
    naive_subproof (leaves + k, m - k, n - k, FALSE, proof);
    naive_root (leaves, k, &other);
  }
  g_array_append_val (proof, other);
}

/* Kept subtree hashes, as a store has them; a hash that is asked for must be there. */
typedef struct {
  WbHash nodes[LEVELS][MOST];
  guint64 n[LEVELS];
  guint asked;
} Kept;

static void
keep (guint level, guint64 index, const WbHash *hash, gpointer user_data)
{
  Kept *self = user_data;

  assert_int_equal (index, self->n[level]);
  self->nodes[level][self->n[level]++] = *hash;
}

static gboolean
fetch (guint level, guint64 index, WbHash *ret_hash, gpointer user_data, GError **error)
{
  Kept *self = user_data;

  if (level >= LEVELS || index >= self->n[level]) {
    g_set_error (error, WB_ERROR, WB_ERROR_DATABASE, "no hash at %u, %u", level, (guint) index);
    return FALSE;
  }
  self->asked++;
  *ret_hash = self->nodes[level][index];
  return TRUE;
}

/* A tree of MOST random leaves and all its kept hashes. */
typedef struct {
  WbHash leaves[MOST];
  Kept kept;
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (WbMerkleEdge) edge = wb_merkle_edge_new ();

  wb_random_bytes (fixture->leaves, sizeof fixture->leaves);
  for (guint i = 0; i < MOST; i++)
    wb_merkle_edge_append (edge, &fixture->leaves[i], keep, &fixture->kept);
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  g_free (*state);
  return 0;
}

static void
every_root_equals_the_recursion (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (WbMerkleEdge) edge = wb_merkle_edge_new ();
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n <= MOST; n++) {
    WbHash naive, grown, asked;

    naive_root (fixture->leaves, n, &naive);
    wb_merkle_edge_root (edge, &grown);
    assert_hash (&grown, &naive);
    assert_true (wb_merkle_root (n, fetch, &fixture->kept, &asked, &error));
    assert_hash (&asked, &naive);
    assert_int_equal (wb_merkle_edge_get_size (edge), n);
    if (n < MOST)
      wb_merkle_edge_append (edge, &fixture->leaves[n], NULL, NULL);
  }
}

static void
edge_is_restored_at_every_size (void **state)
{
  Fixture *fixture = *state;

  for (guint n = 0; n <= MOST; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbMerkleEdge) edge = wb_merkle_edge_restore (n, fetch, &fixture->kept, &error);
    WbHash naive, root;

    wb_assert_no_error (error);
    naive_root (fixture->leaves, n, &naive);
    wb_merkle_edge_root (edge, &root);
    assert_hash (&root, &naive);
    /* and grows on from there */
    for (guint i = n; i < MIN (n + 3, MOST); i++)
      wb_merkle_edge_append (edge, &fixture->leaves[i], NULL, NULL);
    naive_root (fixture->leaves, MIN (n + 3, MOST), &naive);
    wb_merkle_edge_root (edge, &root);
    assert_hash (&root, &naive);
  }
}

static void
missing_kept_hash_is_an_error (void **state)
{
  g_autofree Kept *empty = g_new0 (Kept, 1);
  g_autoptr (GError) error = NULL;
  WbHash root;

  assert_null (wb_merkle_edge_restore (5, fetch, empty, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
  g_clear_error (&error);
  assert_false (wb_merkle_root (5, fetch, empty, &root, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
  g_clear_error (&error);
  assert_null (wb_merkle_inclusion (2, 5, fetch, empty, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
  g_clear_error (&error);
  assert_null (wb_merkle_consistency (2, 5, fetch, empty, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DATABASE);
}

static void
assert_same_hashes (const GArray *a, const GArray *b)
{
  assert_int_equal (a->len, b->len);
  if (a->len > 0)
    assert_memory_equal (a->data, b->data, a->len * sizeof (WbHash));
}

/* Random pairs rather than all 45,150: each costs a recursion over the whole tree. */
static void
inclusion_proofs_equal_the_recursion_and_check (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < 1500; i++) {
    guint n = i < 200 ? 1 + i % 20 : (guint) g_random_int_range (1, MOST + 1);
    guint m = (guint) g_random_int_range (0, (gint32) n);
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) naive = g_array_new (FALSE, FALSE, sizeof (WbHash));
    g_autoptr (GArray) proof = NULL;
    WbHash root;

    fixture->kept.asked = 0;
    proof = wb_merkle_inclusion (m, n, fetch, &fixture->kept, &error);
    wb_assert_no_error (error);
    assert_true (fixture->kept.asked <= 20);
    naive_path (fixture->leaves, m, n, naive);
    assert_same_hashes (proof, naive);
    naive_root (fixture->leaves, n, &root);
    assert_true (wb_merkle_check_inclusion (m,
                                            n,
                                            &fixture->leaves[m],
                                            (const WbHash *) (gpointer) proof->data,
                                            proof->len,
                                            &root,
                                            &error));
    assert_false (wb_merkle_check_inclusion ((m + 1) % n,
                                             n,
                                             &fixture->leaves[m],
                                             (const WbHash *) (gpointer) proof->data,
                                             proof->len,
                                             &root,
                                             &error) &&
                  n > 1);
  }
}

static void
consistency_proofs_equal_the_recursion_and_check (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < 1500; i++) {
    guint n = i < 200 ? 1 + i % 20 : (guint) g_random_int_range (1, MOST + 1);
    guint m = (guint) g_random_int_range (1, (gint32) n + 1);
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) naive = g_array_new (FALSE, FALSE, sizeof (WbHash));
    g_autoptr (GArray) proof = NULL;
    WbHash from_root, root;

    fixture->kept.asked = 0;
    proof = wb_merkle_consistency (m, n, fetch, &fixture->kept, &error);
    wb_assert_no_error (error);
    assert_true (fixture->kept.asked <= 20);
    naive_subproof (fixture->leaves, m, n, TRUE, naive);
    assert_same_hashes (proof, naive);
    naive_root (fixture->leaves, m, &from_root);
    naive_root (fixture->leaves, n, &root);
    assert_true (wb_merkle_check_consistency (m,
                                              n,
                                              &from_root,
                                              &root,
                                              (const WbHash *) (gpointer) proof->data,
                                              proof->len,
                                              &error));
    from_root.bytes[i % WB_HASH_SIZE] ^= 1;
    assert_false (wb_merkle_check_consistency (m,
                                               n,
                                               &from_root,
                                               &root,
                                               (const WbHash *) (gpointer) proof->data,
                                               proof->len,
                                               &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
  }
}

static void
proofs_beyond_the_tree_are_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) none = NULL;

  assert_null (wb_merkle_inclusion (7, 7, fetch, &fixture->kept, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_null (wb_merkle_consistency (8, 7, fetch, &fixture->kept, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  none = wb_merkle_consistency (0, 7, fetch, &fixture->kept, &error);
  wb_assert_no_error (error);
  assert_int_equal (none->len, 0);
}

static void
sizes_near_the_end_of_64_bits_do_not_trip_the_loops (void **state)
{
  g_autoptr (GError) error = NULL;
  WbHash many[64] = { 0 };

  for (guint n = 0; n <= G_N_ELEMENTS (many); n++) {
    g_clear_error (&error);
    assert_false (wb_merkle_check_inclusion (G_MAXUINT64 - 1,
                                             G_MAXUINT64,
                                             &many[0],
                                             many,
                                             n,
                                             &many[1],
                                             &error));
    g_clear_error (&error);
    assert_false (wb_merkle_check_consistency (G_MAXUINT64 - 1,
                                               G_MAXUINT64,
                                               &many[0],
                                               &many[0],
                                               many,
                                               n,
                                               &error));
  }
}

/* The hashes lead to the root, but the tree of that size has no room for them. */
static void
proof_longer_than_its_tree_is_refused (void **state)
{
  Fixture *fixture = *state;
  const WbHash *proof = &fixture->leaves[1];
  g_autoptr (GError) error = NULL;
  WbHash root, larger;

  wb_merkle_node (proof, &fixture->leaves[0], &root);
  assert_false (wb_merkle_check_inclusion (0, 1, &fixture->leaves[0], proof, 1, &root, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
  g_clear_error (&error);
  /* from size 1 to 2 and one hash too many */
  wb_merkle_node (&fixture->leaves[0], &fixture->leaves[1], &root);
  wb_merkle_node (&fixture->leaves[2], &root, &larger);
  wb_merkle_node (&fixture->leaves[2], &fixture->leaves[0], &root);
  assert_false (wb_merkle_check_consistency (1, 2, &root, &larger, proof, 2, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
}

static void
large_entries_hash_as_small_ones_do (void **state)
{
  for (gsize size = 2040; size < 2060; size++) {
    g_autofree guint8 *bytes = g_malloc0 (size + 1);
    WbHash once, leaf;

    memset (bytes + 1, 'x', size);
    wb_sha256 (bytes, size + 1, once.bytes);
    wb_merkle_leaf (bytes + 1, size, &leaf);
    assert_hash (&leaf, &once);
  }
}

/* ---- outside suites ---- */

static void
get_hash (JsonArray *array, guint i, WbHash *ret_hash)
{
  g_autoptr (GError) error = NULL;

  wb_hex_decode (json_array_get_string_element (array, i), ret_hash->bytes, WB_HASH_SIZE, &error);
  wb_assert_no_error (error);
}

static GArray *
get_hex_proof (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "proof");
  GArray *proof = g_array_new (FALSE, TRUE, sizeof (WbHash));

  g_array_set_size (proof, json_array_get_length (array));
  for (guint i = 0; i < proof->len; i++)
    get_hash (array, i, &g_array_index (proof, WbHash, i));
  return proof;
}

static void
reference_proofs_are_ours (JsonObject *suite, const Kept *tree, guint *cases)
{
  JsonArray *inclusion = json_object_get_array_member (suite, "inclusion");
  JsonArray *consistency = json_object_get_array_member (suite, "consistency");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < json_array_get_length (inclusion); i++, (*cases)++) {
    JsonObject *item = json_array_get_object_element (inclusion, i);
    g_autoptr (GArray) theirs = get_hex_proof (item);
    g_autoptr (GArray) ours =
        wb_merkle_inclusion ((guint64) json_object_get_int_member (item, "index"),
                             (guint64) json_object_get_int_member (item, "size"),
                             fetch,
                             (gpointer) tree,
                             &error);

    wb_assert_no_error (error);
    assert_same_hashes (ours, theirs);
  }
  for (guint i = 0; i < json_array_get_length (consistency); i++, (*cases)++) {
    JsonObject *item = json_array_get_object_element (consistency, i);
    g_autoptr (GArray) theirs = get_hex_proof (item);
    g_autoptr (GArray) ours =
        wb_merkle_consistency ((guint64) json_object_get_int_member (item, "size1"),
                               (guint64) json_object_get_int_member (item, "size2"),
                               fetch,
                               (gpointer) tree,
                               &error);

    wb_assert_no_error (error);
    assert_same_hashes (ours, theirs);
  }
}

static void
certificate_transparency_tree_is_ours (void **state)
{
  g_autofree char *folder = wb_test_vectors ("rfc6962");
  g_autofree char *path = NULL;
  g_autofree Kept *tree = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (WbMerkleEdge) edge = NULL;
  JsonObject *suite;
  JsonArray *leaves, *hashes, *roots;
  guint cases = 0;

  if (folder == NULL)
    skip ();
  tree = g_new0 (Kept, 1);
  edge = wb_merkle_edge_new ();
  path = g_build_filename (folder, "rfc6962_vectors.json", NULL);
  root = wb_test_read_json (path);
  suite = json_node_get_object (root);
  leaves = json_object_get_array_member (suite, "leaf_inputs_hex");
  hashes = json_object_get_array_member (suite, "leaf_hashes_hex");
  roots = json_object_get_array_member (suite, "root_hashes_hex_by_size");
  for (guint i = 0; i <= json_array_get_length (leaves); i++, cases++) {
    WbHash expected, hash;

    get_hash (roots, i, &expected);
    wb_merkle_edge_root (edge, &hash);
    assert_hash (&hash, &expected);
    if (i < json_array_get_length (leaves)) {
      g_autoptr (GBytes) leaf = wb_test_hex (json_array_get_string_element (leaves, i));

      wb_merkle_leaf (g_bytes_get_data (leaf, NULL), g_bytes_get_size (leaf), &hash);
      get_hash (hashes, i, &expected);
      assert_hash (&hash, &expected);
      wb_merkle_edge_append (edge, &hash, keep, tree);
    }
  }
  reference_proofs_are_ours (suite, tree, &cases);
  wb_test_count ("rfc6962", cases);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_root_equals_the_recursion),
    cmocka_unit_test (edge_is_restored_at_every_size),
    cmocka_unit_test (missing_kept_hash_is_an_error),
    cmocka_unit_test (inclusion_proofs_equal_the_recursion_and_check),
    cmocka_unit_test (consistency_proofs_equal_the_recursion_and_check),
    cmocka_unit_test (proofs_beyond_the_tree_are_refused),
    cmocka_unit_test (sizes_near_the_end_of_64_bits_do_not_trip_the_loops),
    cmocka_unit_test (proof_longer_than_its_tree_is_refused),
    cmocka_unit_test (large_entries_hash_as_small_ones_do),
    cmocka_unit_test (certificate_transparency_tree_is_ours),
  };

  return cmocka_run_group_tests_name ("merkle", tests, setup, teardown);
}
