/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-digest.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-test.h"

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define ABC_512                                                                                    \
  "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feeb" \
  "bd454d4423643ce80e2a9ac94fa54ca49f"

static void
known_digests_come_out (void **state)
{
  g_autofree char *empty = wb_sha256_hex (NULL, 0);
  g_autofree char *abc = wb_sha256_hex ("abc", 3);
  g_autofree char *long_abc = NULL;
  guint8 digest[WB_SHA512_SIZE];

  wb_sha512 ("abc", 3, digest);
  long_abc = wb_hex_encode (digest, sizeof digest);
  assert_string_equal (empty, EMPTY);
  assert_string_equal (abc, ABC);
  assert_string_equal (long_abc, ABC_512);
}

static void
a_running_digest_can_run_again (void **state)
{
  g_autoptr (WbSha256) running = wb_sha256_new ();
  guint8 digest[WB_SHA256_SIZE], expected[WB_SHA256_SIZE];

  wb_sha256 ("abc", 3, expected);
  for (guint i = 0; i < 2; i++) {
    wb_sha256_update (running, "a", 1);
    wb_sha256_update (running, NULL, 0);
    wb_sha256_update (running, "bc", 2);
    wb_sha256_finish (running, digest);
    assert_memory_equal (digest, expected, sizeof digest);
  }
}

static void
random_bytes_fill_all_and_never_repeat (void **state)
{
  guint8 one[1000] = { 0 };
  guint8 two[1000] = { 0 };
  guint zeros = 0;

  wb_random_bytes (one, sizeof one - 1);
  wb_random_bytes (two, sizeof two);
  assert_int_equal (one[sizeof one - 1], 0);
  assert_true (memcmp (one, two, sizeof one) != 0);
  for (gsize i = 0; i < sizeof two; i++)
    zeros += two[i] == 0;
  assert_true (zeros < 40);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (known_digests_come_out),
    cmocka_unit_test (a_running_digest_can_run_again),
    cmocka_unit_test (random_bytes_fill_all_and_never_repeat),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
