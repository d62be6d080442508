/* SPDX-License-Identifier: EUPL-1.2 */

/* Proofs of the outside suites, right and wrong ones, are judged as they should be. */
#include "wb-test.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-merkle.h"

/* A hash of any other length is refused where it is read: it does not fit a WbHash. */
static gboolean
read_hash (const char *base64, WbHash *ret_hash)
{
  gsize size;
  g_autofree guint8 *bytes = wb_base64_decode (base64, -1, WB_BASE64_PADDED, &size, NULL);

  if (bytes == NULL || size != WB_HASH_SIZE)
    return FALSE;
  memcpy (ret_hash->bytes, bytes, WB_HASH_SIZE);
  return TRUE;
}

static GArray *
read_proof (JsonObject *item)
{
  g_autoptr (GArray) proof = g_array_new (FALSE, TRUE, sizeof (WbHash));
  JsonArray *array;

  if (json_object_get_null_member (item, "proof"))
    return g_steal_pointer (&proof);
  array = json_object_get_array_member (item, "proof");
  g_array_set_size (proof, json_array_get_length (array));
  for (guint i = 0; i < proof->len; i++) {
    if (!read_hash (json_array_get_string_element (array, i), &g_array_index (proof, WbHash, i)))
      return NULL;
  }
  return g_steal_pointer (&proof);
}

/* Sizes in the suite go beyond what a JSON number of 53 bits or a signed one holds. */
static guint64
read_size (JsonObject *item, const char *name)
{
  return (guint64) json_object_get_int_member (item, name);
}

static gboolean
judge_inclusion (JsonObject *item)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) proof = read_proof (item);
  WbHash leaf, root;
  gboolean good;

  if (proof == NULL || !read_hash (json_object_get_string_member (item, "leafHash"), &leaf) ||
      !read_hash (json_object_get_string_member (item, "root"), &root))
    return FALSE;
  good = wb_merkle_check_inclusion (read_size (item, "leafIdx"),
                                    read_size (item, "treeSize"),
                                    &leaf,
                                    (const WbHash *) (gpointer) proof->data,
                                    proof->len,
                                    &root,
                                    &error);
  assert_true (good == (error == NULL));
  return good;
}

static gboolean
judge_consistency (JsonObject *item)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) proof = read_proof (item);
  WbHash from_root, root;
  gboolean good;

  if (proof == NULL || !read_hash (json_object_get_string_member (item, "root1"), &from_root) ||
      !read_hash (json_object_get_string_member (item, "root2"), &root))
    return FALSE;
  good = wb_merkle_check_consistency (read_size (item, "size1"),
                                      read_size (item, "size2"),
                                      &from_root,
                                      &root,
                                      (const WbHash *) (gpointer) proof->data,
                                      proof->len,
                                      &error);
  assert_true (good == (error == NULL));
  return good;
}

static guint
judge_folder (const char *path, gboolean (*judge) (JsonObject *))
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint cases = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    g_autoptr (JsonNode) root = NULL;
    JsonObject *item;

    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      cases += judge_folder (child, judge);
      continue;
    }
    if (!g_str_has_suffix (name, ".json"))
      continue;
    /* Its roots have 12 bytes: "equal" for that library, no hashes at all for ours. */
    if (strcmp (name, "sizes-are-equal-one-and-proof-is-empty.json") == 0)
      continue;
    root = wb_test_read_json (child);
    item = json_node_get_object (root);
    if (judge (item) == json_object_get_boolean_member (item, "wantErr"))
      fail_msg ("%s is judged wrongly", child);
    cases++;
  }
  return cases;
}

static void
inclusion_suite_is_judged_right (void **state)
{
  g_autofree char *folder = wb_test_vectors ("merkle/inclusion");
  guint cases;

  if (folder == NULL)
    skip ();
  cases = judge_folder (folder, judge_inclusion);
  assert_true (cases > 80);
  wb_test_count ("merkle-inclusion", cases);
}

static void
consistency_suite_is_judged_right (void **state)
{
  g_autofree char *folder = wb_test_vectors ("merkle/consistency");
  guint cases;

  if (folder == NULL)
    skip ();
  cases = judge_folder (folder, judge_consistency);
  assert_true (cases > 70);
  wb_test_count ("merkle-consistency", cases);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (inclusion_suite_is_judged_right),
    cmocka_unit_test (consistency_suite_is_judged_right),
  };

  return cmocka_run_group_tests_name ("merkle-suites", tests, NULL, NULL);
}
