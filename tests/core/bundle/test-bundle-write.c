/* SPDX-License-Identifier: EUPL-1.2 */

/* Writing: a whole, verified bundle or nothing. */
#include "wb-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test-bundle.h"

static char *
path_in (void **state, const char *name)
{
  return g_build_filename (*state, name, NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static WbVerification *
verify (const char *path, const WbBundleCheckOptions *options)
{
  g_autoptr (GError) error = NULL;
  WbVerification *result = wb_bundle_verify (path, options, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  return result;
}

static void
assert_good (WbVerification *result)
{
  if (!wb_verification_is_good (result)) {
    g_autofree char *text = wb_verification_to_text (result);
    fail_msg ("%s", text);
  }
}

static void
a_bundle_that_was_written_verifies (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip");
  g_autoptr (WbVerification) result = NULL;
  WbBundleCheckOptions options = { test->fingerprint, NULL, NULL };
  struct stat info;

  wb_test_bundle_write (test, path, NULL);
  result = verify (path, &options);

  assert_good (result);
  assert_int_equal (wb_verification_get_count (result, "entries"), 8);
  assert_int_equal (wb_verification_get_count (result, "proofs"), 8);
  assert_int_equal (wb_verification_get_count (result, "evidence"), 3);
  assert_int_equal (wb_verification_get_count (result, "disclosures"), 27);
  assert_string_equal (wb_verification_get_fact (result, "signer"), test->fingerprint);
  assert_string_equal (wb_verification_get_fact (result, "reference"), "NL-TEST-2026-0001");
  assert_string_equal (wb_verification_get_fact (result, "profile"), "pseudonymised");
  assert_int_equal (stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_int_equal (count_files (*state), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_bundle_that_was_written_verifies,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  return cmocka_run_group_tests_name ("bundle-write", tests, NULL, NULL);
}
