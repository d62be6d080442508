/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-ed25519.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-test.h"

static const guint8 *
get_bytes (GBytes *bytes)
{
  return g_bytes_get_data (bytes, NULL);
}

static GBytes *
get_hex (JsonObject *object, const char *name)
{
  return wb_test_hex (json_object_get_string_member (object, name));
}

static JsonNode *
read_suite (const char *suite, const char *file)
{
  g_autofree char *folder = wb_test_vectors (suite);
  g_autofree char *path = NULL;

  if (folder == NULL)
    skip ();
  path = g_build_filename (folder, file, NULL);
  return wb_test_read_json (path);
}

static void
signatures_are_those_of_rfc_8032 (void **state)
{
  g_autoptr (JsonNode) root = read_suite ("rfc-vectors", "vectors.json");
  JsonArray *cases = json_object_get_array_member (json_node_get_object (root), "ed25519");

  for (guint i = 0; i < json_array_get_length (cases); i++) {
    JsonObject *object = json_array_get_object_element (cases, i);
    g_autoptr (GBytes) seed_bytes = get_hex (object, "seed");
    g_autoptr (GBytes) public_bytes = get_hex (object, "public");
    g_autoptr (GBytes) message = get_hex (object, "message");
    g_autoptr (GBytes) expected = get_hex (object, "signature");
    g_autoptr (WbSecret) seed = wb_secret_new_copy (get_bytes (seed_bytes), 32, NULL);
    guint8 public[WB_ED25519_PUBLIC_SIZE];
    guint8 signature[WB_ED25519_SIGNATURE_SIZE];

    assert_true (wb_ed25519_get_public (seed, public, NULL));
    assert_memory_equal (public, get_bytes (public_bytes), 32);
    assert_true (
        wb_ed25519_sign (seed, get_bytes (message), g_bytes_get_size (message), signature, NULL));
    assert_memory_equal (signature, get_bytes (expected), 64);
    assert_true (
        wb_ed25519_verify (public, get_bytes (message), g_bytes_get_size (message), signature));
    assert_true (wb_ed25519_check_public (public, NULL));
  }
  wb_test_count ("rfc8032", json_array_get_length (cases));
}

static guint
run_group (JsonObject *group)
{
  JsonObject *key = json_object_get_object_member (group, "publicKey");
  JsonArray *cases = json_object_get_array_member (group, "tests");
  g_autoptr (GBytes) public = get_hex (key, "pk");

  for (guint i = 0; i < json_array_get_length (cases); i++) {
    JsonObject *object = json_array_get_object_element (cases, i);
    g_autoptr (GBytes) message = get_hex (object, "msg");
    g_autoptr (GBytes) signature = get_hex (object, "sig");
    gboolean good = g_bytes_get_size (signature) == WB_ED25519_SIGNATURE_SIZE &&
                    wb_ed25519_verify (get_bytes (public),
                                       get_bytes (message),
                                       g_bytes_get_size (message),
                                       get_bytes (signature));
    gboolean valid = g_str_equal (json_object_get_string_member (object, "result"), "valid");

    if (good != valid)
      fail_msg ("case %d", (int) json_object_get_int_member (object, "tcId"));
  }
  return json_array_get_length (cases);
}

static void
verdicts_are_those_of_wycheproof (void **state)
{
  g_autoptr (JsonNode) root = read_suite ("wycheproof", "ed25519_test.json");
  JsonObject *object = json_node_get_object (root);
  JsonArray *groups = json_object_get_array_member (object, "testGroups");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (groups); i++)
    count += run_group (json_array_get_object_element (groups, i));
  assert_int_equal (count, json_object_get_int_member (object, "numberOfTests"));
  wb_test_count ("wycheproof-ed25519", count);
}

static gboolean
has_flag (JsonObject *object, const char *flag)
{
  JsonArray *flags;

  if (json_object_get_null_member (object, "flags"))
    return FALSE;
  flags = json_object_get_array_member (object, "flags");
  for (guint i = 0; i < json_array_get_length (flags); i++)
    if (g_str_equal (json_array_get_string_element (flags, i), flag))
      return TRUE;
  return FALSE;
}

/* Low order and other spellings are always refused; a key with torsion never passes the door. */
static void
edge_points_never_pass_and_never_abort (void **state)
{
  g_autoptr (JsonNode) root = read_suite ("ed25519-cctv", "ed25519vectors.json");
  JsonArray *cases = json_node_get_array (root);
  guint accepted = 0, keys = 0;

  for (guint i = 0; i < json_array_get_length (cases); i++) {
    JsonObject *object = json_array_get_object_element (cases, i);
    const char *message = json_object_get_string_member (object, "msg");
    g_autoptr (GBytes) public = get_hex (object, "key");
    g_autoptr (GBytes) signature = get_hex (object, "sig");
    gboolean sound = wb_ed25519_check_public (get_bytes (public), NULL);
    gboolean good =
        wb_ed25519_verify (get_bytes (public), message, strlen (message), get_bytes (signature));

    accepted += good;
    keys += sound;
    if (has_flag (object, "low_order_A") || has_flag (object, "low_order_R") ||
        has_flag (object, "non_canonical_A") || has_flag (object, "non_canonical_R"))
      assert_false (good);
    assert_int_equal (sound,
                      !has_flag (object, "low_order_A") && !has_flag (object, "non_canonical_A") &&
                          !has_flag (object, "low_order_component_A"));
    if (sound && has_flag (object, "low_order_residue"))
      assert_false (good);
  }
  print_message ("ed25519-cctv: %u accepted, %u refused; %u sound keys\n",
                 accepted,
                 json_array_get_length (cases) - accepted,
                 keys);
  assert_int_equal (json_array_get_length (cases), 914);
  wb_test_count ("ed25519-cctv", json_array_get_length (cases));
}

/* Their x or y is so short that libgcrypt would end the process; the last is just long enough. */
static void
keys_with_short_coordinates_never_abort (void **state)
{
  static const char *const keys[] = {
    "5a00000000000000000000000000000000000000000000000000000000000080",
    "553223a63841460d3b6aa1e68d682728f610fb1c7fd92ddf0000000000000080",
    "fce842c1c1093a78ace01bdd497b23ffad3a2f1963cac8a14f319a2e90144ddf",
    "65853250f2e468d722d91e512707e7efe3707621fdaf0ca018348f91dbc42983",
    "1d288c47b1829c2e219c95ea9dcc11de459506c4f129b2630100000000000000",
  };
  static const guint8 signature[WB_ED25519_SIGNATURE_SIZE] = { [0] = 5, [32] = 9 };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GBytes) public = wb_test_hex (keys[i]);

    assert_false (wb_ed25519_verify (get_bytes (public), "abc", 3, signature));
    if (i + 1 < G_N_ELEMENTS (keys))
      assert_false (wb_ed25519_check_public (get_bytes (public), NULL));
    else
      (void) wb_ed25519_check_public (get_bytes (public), NULL);
  }
}

static void
every_flipped_bit_is_found (void **state)
{
  g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];
  char message[] = "hush";

  assert_true (wb_ed25519_get_public (seed, public, NULL));
  assert_true (wb_ed25519_sign (seed, message, 4, signature, NULL));
  for (guint bit = 0; bit < 8 * sizeof signature; bit++) {
    signature[bit / 8] ^= (guint8) (1 << bit % 8);
    assert_false (wb_ed25519_verify (public, message, 4, signature));
    signature[bit / 8] ^= (guint8) (1 << bit % 8);
  }
  for (guint bit = 0; bit < 32; bit++) {
    message[bit / 8] ^= (char) (1 << bit % 8);
    assert_false (wb_ed25519_verify (public, message, 4, signature));
    message[bit / 8] ^= (char) (1 << bit % 8);
  }
  assert_true (wb_ed25519_verify (public, message, 4, signature));
  assert_false (wb_ed25519_verify (public, message, 3, signature));
}

static void
fresh_keys_are_sound_and_differ (void **state)
{
  guint8 last[WB_ED25519_PUBLIC_SIZE] = { 0 };

  for (guint i = 0; i < 20; i++) {
    g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
    guint8 public[WB_ED25519_PUBLIC_SIZE];

    assert_true (wb_ed25519_get_public (seed, public, NULL));
    assert_true (wb_ed25519_check_public (public, NULL));
    assert_true (memcmp (public, last, sizeof public) != 0);
    memcpy (last, public, sizeof public);
  }
}

/* Somewhat above it libgcrypt would end the process. */
static void
messages_have_a_limit (void **state)
{
  g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
  g_autofree guint8 *message = g_malloc0 (70000);
  g_autoptr (GError) error = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  assert_true (wb_ed25519_get_public (seed, public, NULL));
  assert_true (wb_ed25519_sign (seed, message, WB_ED25519_MESSAGE_MAX, signature, NULL));
  assert_true (wb_ed25519_verify (public, message, WB_ED25519_MESSAGE_MAX, signature));
  assert_false (wb_ed25519_verify (public, message, WB_ED25519_MESSAGE_MAX + 1, signature));
  assert_false (wb_ed25519_sign (seed, message, WB_ED25519_MESSAGE_MAX + 1, signature, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static void
a_seed_has_32_bytes (void **state)
{
  g_autoptr (WbSecret) seed = wb_secret_new (31, NULL);
  g_autoptr (GError) error = NULL;
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  assert_false (wb_ed25519_sign (seed, "", 0, signature, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
mask (const guint8 from[32], guint8 masked[32])
{
  for (guint i = 0; i < 32; i++)
    masked[i] = from[i] ^ 0xff;
}

/* What calls before have left on the stack is overwritten. */
static __attribute__ ((noinline)) void
burn_stack (void)
{
  volatile guint8 burnt[65536];

  for (gsize i = 0; i < sizeof burnt; i++)
    burnt[i] = 0;
}

/* The seed, the number and the second half of the hash, masked lest the test itself holds them. */
static void
mask_all (const WbSecret *seed, guint8 masked[3][32])
{
  guint8 hash[WB_SHA512_SIZE];

  wb_sha512 (wb_secret_peek (seed, NULL), WB_ED25519_SEED_SIZE, hash);
  hash[0] &= 0xf8;
  hash[31] = (guint8) ((hash[31] & 0x7f) | 0x40);
  mask (wb_secret_peek (seed, NULL), masked[0]);
  mask (hash, masked[1]);
  mask (hash + 32, masked[2]);
  explicit_bzero (hash, sizeof hash);
}

static void
a_seed_leaves_no_copy_in_memory (void **state)
{
  WbSecret *seed = wb_ed25519_generate (NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];
  guint8 masked[3][32];

  mask_all (seed, masked);
  burn_stack ();
  assert_true (wb_test_memory_holds (masked[0], 32));
  assert_true (wb_ed25519_get_public (seed, public, NULL));
  assert_true (wb_ed25519_sign (seed, "hush", 4, signature, NULL));
  wb_secret_unref (seed);
  for (gsize i = 0; i < G_N_ELEMENTS (masked); i++)
    assert_false (wb_test_memory_holds (masked[i], 32));
}

static gpointer
sign_many (gpointer seed)
{
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  for (guint i = 0; i < 50; i++)
    if (!wb_ed25519_sign (seed, &i, sizeof i, signature, NULL))
      return NULL;
  return seed;
}

static void
threads_sign_at_once (void **state)
{
  g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_many, seed);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_non_null (g_thread_join (threads[i]));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (signatures_are_those_of_rfc_8032),
    cmocka_unit_test (verdicts_are_those_of_wycheproof),
    cmocka_unit_test (edge_points_never_pass_and_never_abort),
    cmocka_unit_test (keys_with_short_coordinates_never_abort),
    cmocka_unit_test (every_flipped_bit_is_found),
    cmocka_unit_test (fresh_keys_are_sound_and_differ),
    cmocka_unit_test (messages_have_a_limit),
    cmocka_unit_test (a_seed_has_32_bytes),
    cmocka_unit_test (a_seed_leaves_no_copy_in_memory),
    cmocka_unit_test (threads_sign_at_once),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
