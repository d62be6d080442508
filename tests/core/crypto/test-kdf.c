/* SPDX-License-Identifier: EUPL-1.2 */

/* The primitives under age, against Wycheproof and the examples of the RFCs. */
#include "wb-kdf.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-secret.h"
#include "wb-test.h"

typedef struct {
  JsonNode *root;
  char *file;
  guint cases;
} Suite;

static Suite
open_suite (const char *file)
{
  g_autofree char *folder = wb_test_vectors ("wycheproof");
  g_autofree char *path = NULL;
  Suite suite = { NULL, NULL, 0 };

  if (folder == NULL)
    return suite;
  suite.file = g_strconcat (file, "_test.json", NULL);
  path = g_build_filename (folder, suite.file, NULL);
  suite.root = wb_test_read_json (path);
  return suite;
}

typedef void (*Check) (JsonObject *group, JsonObject *test, Suite *suite);

static void
run_suite (const char *file, Check check)
{
  Suite suite = open_suite (file);
  g_autofree char *name = NULL;
  JsonArray *groups;

  if (suite.root == NULL)
    skip ();
  name = g_strconcat ("wycheproof/", file, NULL);
  groups = json_object_get_array_member (json_node_get_object (suite.root), "testGroups");
  for (guint i = 0; i < json_array_get_length (groups); i++) {
    JsonObject *group = json_array_get_object_element (groups, i);
    JsonArray *tests = json_object_get_array_member (group, "tests");

    for (guint j = 0; j < json_array_get_length (tests); j++)
      check (group, json_array_get_object_element (tests, j), &suite);
  }
  wb_test_count (name, suite.cases);
  json_node_unref (suite.root);
  g_free (suite.file);
}

static GBytes *
get_bytes (JsonObject *object, const char *member)
{
  return wb_test_hex (json_object_get_string_member (object, member));
}

static gboolean
is_valid (JsonObject *test)
{
  return g_str_equal (json_object_get_string_member (test, "result"), "valid");
}

static gconstpointer
data (GBytes *bytes)
{
  return g_bytes_get_data (bytes, NULL);
}

static void
check_hmac (JsonObject *group, JsonObject *test, Suite *suite)
{
  g_autoptr (GBytes) key = get_bytes (test, "key");
  g_autoptr (GBytes) message = get_bytes (test, "msg");
  g_autoptr (GBytes) expected = get_bytes (test, "tag");
  guint8 tag[32];

  assert_true (wb_hmac_sha256 (data (key),
                               g_bytes_get_size (key),
                               data (message),
                               g_bytes_get_size (message),
                               tag,
                               NULL));
  /* Half of the cases are of shortened tags, which ours are compared with as far as they go. */
  assert_true (g_bytes_get_size (expected) >= 16 && g_bytes_get_size (expected) <= 32);
  assert_int_equal (memcmp (tag, data (expected), g_bytes_get_size (expected)) == 0,
                    is_valid (test));
  suite->cases++;
}

static void
hmac_agrees_with_wycheproof (void **state)
{
  run_suite ("hmac_sha256", check_hmac);
}

static void
check_hkdf (JsonObject *group, JsonObject *test, Suite *suite)
{
  g_autoptr (GBytes) key = get_bytes (test, "ikm");
  g_autoptr (GBytes) salt = get_bytes (test, "salt");
  g_autoptr (GBytes) info = get_bytes (test, "info");
  g_autoptr (GBytes) expected = get_bytes (test, "okm");
  g_autoptr (GError) error = NULL;
  gsize size = (gsize) json_object_get_int_member (test, "size");
  g_autofree guint8 *bytes = g_malloc (size);
  gboolean good = wb_hkdf_sha256 (data (key),
                                  g_bytes_get_size (key),
                                  data (salt),
                                  g_bytes_get_size (salt),
                                  data (info),
                                  g_bytes_get_size (info),
                                  bytes,
                                  size,
                                  &error);

  assert_int_equal (good, is_valid (test));
  if (good)
    assert_memory_equal (bytes, data (expected), size);
  else
    wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
  suite->cases++;
}

static void
hkdf_agrees_with_wycheproof (void **state)
{
  run_suite ("hkdf_sha256", check_hkdf);
}

static void
check_x25519 (JsonObject *group, JsonObject *test, Suite *suite)
{
  static const guint8 zero[32];
  g_autoptr (GBytes) scalar = get_bytes (test, "private");
  g_autoptr (GBytes) point = get_bytes (test, "public");
  g_autoptr (GBytes) expected = get_bytes (test, "shared");
  g_autoptr (GError) error = NULL;
  guint8 shared[32];
  gboolean good;

  memset (shared, 0xee, sizeof shared);
  good = wb_x25519 (data (scalar), data (point), shared, &error);
  assert_int_equal (good, memcmp (data (expected), zero, sizeof zero) != 0);
  if (good) {
    assert_memory_equal (shared, data (expected), sizeof shared);
  } else {
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
    assert_int_equal (shared[0], 0xee);
  }
  suite->cases++;
}

static void
x25519_agrees_with_wycheproof_and_refuses_zeros (void **state)
{
  run_suite ("x25519", check_x25519);
}

static void
a_public_key_comes_of_the_base_point (void **state)
{
  static const guint8 base[32] = { 9 };
  guint8 scalar[32], one[32], other[32];

  memset (scalar, 0x42, sizeof scalar);
  assert_true (wb_x25519_base (scalar, one, NULL));
  assert_true (wb_x25519 (scalar, base, other, NULL));
  assert_memory_equal (one, other, sizeof one);
}

static void
check_open (JsonObject *test, GBytes *sealed, GBytes *plain)
{
  g_autoptr (GBytes) key = get_bytes (test, "key");
  g_autoptr (GBytes) nonce = get_bytes (test, "iv");
  g_autoptr (GBytes) aad = get_bytes (test, "aad");
  g_autoptr (GError) error = NULL;
  gsize size = g_bytes_get_size (plain);
  g_autofree guint8 *out = g_malloc (size + 1);
  g_autofree guint8 *zeros = g_malloc0 (size + 1);
  gboolean good = wb_aead_open (data (key),
                                data (nonce),
                                data (aad),
                                g_bytes_get_size (aad),
                                data (sealed),
                                g_bytes_get_size (sealed),
                                out,
                                &error);

  assert_int_equal (good, is_valid (test));
  assert_memory_equal (out, good ? data (plain) : zeros, size);
  if (!good)
    wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
}

static void
check_seal (JsonObject *test, GBytes *sealed, GBytes *plain)
{
  g_autoptr (GBytes) key = get_bytes (test, "key");
  g_autoptr (GBytes) nonce = get_bytes (test, "iv");
  g_autoptr (GBytes) aad = get_bytes (test, "aad");
  g_autofree guint8 *out = g_malloc (g_bytes_get_size (sealed));

  assert_true (wb_aead_seal (data (key),
                             data (nonce),
                             data (aad),
                             g_bytes_get_size (aad),
                             data (plain),
                             g_bytes_get_size (plain),
                             out,
                             NULL));
  assert_int_equal (memcmp (out, data (sealed), g_bytes_get_size (sealed)) == 0, is_valid (test));
}

static void
check_aead (JsonObject *group, JsonObject *test, Suite *suite)
{
  g_autoptr (GBytes) plain = get_bytes (test, "msg");
  g_autofree char *hex = g_strconcat (json_object_get_string_member (test, "ct"),
                                      json_object_get_string_member (test, "tag"),
                                      NULL);
  g_autoptr (GBytes) sealed = wb_test_hex (hex);

  /* Nonces of other lengths cannot be given to our call at all. */
  if (json_object_get_int_member (group, "ivSize") != 96)
    return;
  check_open (test, sealed, plain);
  check_seal (test, sealed, plain);
  suite->cases++;
}

static void
chacha20_poly1305_agrees_with_wycheproof (void **state)
{
  run_suite ("chacha20_poly1305", check_aead);
}

static void
less_than_a_tag_is_refused (void **state)
{
  static const guint8 zeros[32];
  guint8 out[1];

  for (gsize size = 0; size < WB_AEAD_TAG_SIZE; size++) {
    g_autoptr (GError) error = NULL;

    assert_false (wb_aead_open (zeros, zeros, NULL, 0, zeros, size, out, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
  }
}

static void
nothing_of_what_has_a_wrong_tag_is_given_out (void **state)
{
  static const guint8 zeros[100];
  guint8 sealed[100 + WB_AEAD_TAG_SIZE], plain[100];
  g_autoptr (GError) error = NULL;

  assert_true (wb_aead_seal (zeros, zeros, NULL, 0, "0123456789", 10, sealed, NULL));
  assert_true (wb_aead_open (zeros, zeros, NULL, 0, sealed, 26, plain, NULL));
  assert_memory_equal (plain, "0123456789", 10);
  sealed[25] ^= 0x80;
  assert_false (wb_aead_open (zeros, zeros, NULL, 0, sealed, 26, plain, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
  assert_memory_equal (plain, zeros, 10);
}

static void
hkdf_gives_as_much_as_it_may_and_no_more (void **state)
{
  guint8 bytes[255 * 32 + 1] = { 0 };
  g_autoptr (GError) error = NULL;

  assert_true (wb_hkdf_sha256 ("k", 1, NULL, 0, NULL, 0, bytes, sizeof bytes - 1, NULL));
  assert_int_equal (bytes[sizeof bytes - 1], 0);
  assert_false (wb_hkdf_sha256 ("k", 1, NULL, 0, NULL, 0, bytes, sizeof bytes, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static JsonArray *
get_rfc_vectors (JsonNode **root, const char *member)
{
  g_autofree char *folder = wb_test_vectors ("rfc-vectors");
  g_autofree char *path = NULL;

  if (folder == NULL)
    skip ();
  path = g_build_filename (folder, "vectors.json", NULL);
  *root = wb_test_read_json (path);
  return json_object_get_array_member (json_node_get_object (*root), member);
}

static void
scrypt_agrees_with_rfc_7914 (void **state)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *tests = get_rfc_vectors (&root, "scrypt_rfc7914");
  guint cases = 0;

  for (guint i = 0; i < json_array_get_length (tests); i++) {
    JsonObject *test = json_array_get_object_element (tests, i);
    const char *passphrase = json_object_get_string_member (test, "passphrase");
    const char *salt = json_object_get_string_member (test, "salt");
    guint r = (guint) json_object_get_int_member (test, "r");
    g_autoptr (GBytes) expected = get_bytes (test, "dk");
    g_autoptr (GError) error = NULL;
    guint8 bytes[64];
    gboolean good = wb_scrypt (passphrase,
                               strlen (passphrase),
                               salt,
                               strlen (salt),
                               g_bit_nth_msf ((gulong) json_object_get_int_member (test, "N"), -1),
                               r,
                               (guint) json_object_get_int_member (test, "p"),
                               bytes,
                               sizeof bytes,
                               &error);

    assert_int_equal (good, r == 8); /* libgcrypt has no other, and age needs no other */
    if (good)
      assert_memory_equal (bytes, data (expected), sizeof bytes);
    else
      wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    cases++;
  }
  wb_test_count ("rfc7914-scrypt", cases);
}

static void
hkdf_agrees_with_rfc_5869 (void **state)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *tests = get_rfc_vectors (&root, "hkdf_sha256_rfc5869");
  Suite suite = { 0 };

  for (guint i = 0; i < json_array_get_length (tests); i++) {
    JsonObject *test = json_array_get_object_element (tests, i);

    json_object_set_int_member (test, "size", json_object_get_int_member (test, "length"));
    json_object_set_string_member (test, "result", "valid");
    check_hkdf (NULL, test, &suite);
  }
  wb_test_count ("rfc5869-hkdf", suite.cases);
}

static void
scrypt_of_an_empty_passphrase_and_salt_is_one_too (void **state)
{
  guint8 bytes[32], empty[32];

  assert_true (wb_scrypt (NULL, 0, NULL, 0, 4, 8, 1, bytes, sizeof bytes, NULL));
  assert_true (wb_scrypt ("", 0, "", 0, 4, 8, 1, empty, sizeof empty, NULL));
  assert_memory_equal (bytes, empty, sizeof bytes);
}

static void
scrypt_refuses_what_would_hang_the_machine (void **state)
{
  static const struct {
    guint log2_n, r, p;
    WbError code;
  } wrong[] = { { 0, 8, 1, WB_ERROR_INVALID },    { 23, 8, 1, WB_ERROR_TOO_LARGE },
                { 64, 8, 1, WB_ERROR_TOO_LARGE }, { G_MAXUINT, 8, 1, WB_ERROR_TOO_LARGE },
                { 4, 16, 1, WB_ERROR_INVALID },   { 4, 8, 0, WB_ERROR_INVALID },
                { 4, 8, 17, WB_ERROR_TOO_LARGE } };
  guint8 bytes[32];

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (wb_scrypt ("p",
                             1,
                             "s",
                             1,
                             wrong[i].log2_n,
                             wrong[i].r,
                             wrong[i].p,
                             bytes,
                             sizeof bytes,
                             &error));
    wb_assert_error (error, WB_ERROR, wrong[i].code);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (hmac_agrees_with_wycheproof),
    cmocka_unit_test (hkdf_agrees_with_wycheproof),
    cmocka_unit_test (hkdf_agrees_with_rfc_5869),
    cmocka_unit_test (x25519_agrees_with_wycheproof_and_refuses_zeros),
    cmocka_unit_test (a_public_key_comes_of_the_base_point),
    cmocka_unit_test (chacha20_poly1305_agrees_with_wycheproof),
    cmocka_unit_test (less_than_a_tag_is_refused),
    cmocka_unit_test (nothing_of_what_has_a_wrong_tag_is_given_out),
    cmocka_unit_test (hkdf_gives_as_much_as_it_may_and_no_more),
    cmocka_unit_test (scrypt_agrees_with_rfc_7914),
    cmocka_unit_test (scrypt_of_an_empty_passphrase_and_salt_is_one_too),
    cmocka_unit_test (scrypt_refuses_what_would_hang_the_machine),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
