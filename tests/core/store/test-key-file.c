/* SPDX-License-Identifier: EUPL-1.2 */

/* Key files on disk: who can open them, what damage looks like, what stays after a failure. */
#include "wb-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-key-text-private.h"
#include "wb-test-keys.h"

static int
setup (void **state)
{
  g_autofree char *keys = NULL;

  wb_key_file_set_work_factor (4);
  if (wb_test_folder_setup (state) != 0)
    return -1;
  keys = g_build_filename (*state, "keys", NULL);
  return g_mkdir (keys, 0700);
}

static char *
key_path (void **state, const char *name)
{
  return g_build_filename (*state, "keys", name, NULL);
}

static void
save (void **state, const char *user, const char *passphrase)
{
  g_autoptr (WbKeyFile) keys = wb_test_keys (user);
  g_autoptr (WbSecret) secret = wb_test_secret (passphrase);
  g_autoptr (GError) error = NULL;

  wb_key_file_save (keys, *state, secret, &error);
  wb_assert_no_error (error);
}

static WbKeyFile *
load (void **state, const char *user, const char *passphrase, GError **error)
{
  g_autoptr (WbSecret) secret = wb_test_secret (passphrase);

  return wb_key_file_load (*state, user, secret, error);
}

static void
expect_loaded (void **state, const char *user, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbKeyFile) keys = load (state, user, passphrase, &error);

  wb_assert_no_error (error);
  wb_test_assert_keys (keys, user);
}

static void
expect_refused (void **state, const char *user, const char *passphrase, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbKeyFile) keys = load (state, user, passphrase, &error);

  assert_null (keys);
  wb_assert_error (error, WB_ERROR, code);
  if (strstr (error->message, words) == NULL)
    fail_msg ("told as: %s", error->message);
}

static void
keys_come_back_under_their_passphrase (void **state)
{
  save (state, "anna", "vier woorden zonder zin");
  save (state, "bob.2", "een € en een spatie ");
  expect_loaded (state, "anna", "vier woorden zonder zin");
  expect_loaded (state, "bob.2", "een € en een spatie ");
}

static void
only_the_owner_may_read_a_key_file (void **state)
{
  g_autofree char *path = key_path (state, "anna.age");
  struct stat info;

  save (state, "anna", "een");
  assert_int_equal (stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
}

static void
a_wrong_passphrase_is_told (void **state)
{
  save (state, "anna", "goed");
  expect_refused (state, "anna", "fout", WB_ERROR_WRONG_KEY, "passphrase does not fit");
  expect_refused (state, "anna", "goed ", WB_ERROR_WRONG_KEY, "passphrase does not fit");
}

static void
an_unknown_user_is_told_who_there_is (void **state)
{
  expect_refused (state, "carla", "x", WB_ERROR_NOT_FOUND, "no key files");
  save (state, "bob", "x");
  save (state, "anna", "x");
  expect_refused (state, "carla", "x", WB_ERROR_NOT_FOUND, "anna, bob.");
}

static void
damage_is_not_called_a_wrong_passphrase (void **state)
{
  g_autofree char *path = key_path (state, "anna.age");
  g_autofree char *bytes = NULL;
  gsize size;

  save (state, "anna", "goed");
  bytes = wb_test_read (path, &size);
  for (gsize at = 0; at < size; at += 7) {
    wb_test_flip (path, at);
    expect_refused (state, "anna", "goed", WB_ERROR_DAMAGED, "keys/anna.age is damaged");
    wb_test_flip (path, at);
  }
  for (gsize cut = 0; cut < size; cut += 31) {
    g_file_set_contents (path, bytes, (gssize) cut, NULL);
    expect_refused (state, "anna", "goed", WB_ERROR_DAMAGED, "keys/anna.age is damaged");
  }
  g_file_set_contents (path, bytes, (gssize) size, NULL);
  expect_loaded (state, "anna", "goed");
  wb_test_count ("key-file-damage", (guint) (size / 7 + size / 31 + 2));
}

static void
a_key_file_of_another_user_is_refused (void **state)
{
  g_autofree char *anna = key_path (state, "anna.age");
  g_autofree char *bob = key_path (state, "bob.age");

  save (state, "anna", "goed");
  assert_int_equal (g_rename (anna, bob), 0);
  expect_refused (state, "bob", "goed", WB_ERROR_INVALID, "another user");
}

static void
a_link_or_a_pipe_is_refused (void **state)
{
  g_autofree char *anna = key_path (state, "anna.age");
  g_autofree char *real = g_build_filename (*state, "elsewhere.age", NULL);

  save (state, "anna", "goed");
  assert_int_equal (g_rename (anna, real), 0);
  assert_int_equal (symlink ("../elsewhere.age", anna), 0);
  expect_refused (state, "anna", "goed", WB_ERROR_INVALID, "link");
  g_unlink (anna);
  assert_int_equal (mkfifo (anna, 0600), 0);
  expect_refused (state, "anna", "goed", WB_ERROR_INVALID, "not an ordinary file");
}

static void
a_file_that_is_far_too_large_is_not_read (void **state)
{
  g_autofree char *path = key_path (state, "anna.age");

  g_file_set_contents (path, "", 0, NULL);
  assert_int_equal (truncate (path, 1 << 30), 0);
  expect_refused (state, "anna", "goed", WB_ERROR_TOO_LARGE, "keys/anna.age");
}

static void
a_new_passphrase_takes_the_place_of_the_old (void **state)
{
  save (state, "anna", "oud");
  save (state, "anna", "nieuw");
  expect_loaded (state, "anna", "nieuw");
  expect_refused (state, "anna", "oud", WB_ERROR_WRONG_KEY, "does not fit");
}

static void
expect_save_fails (void **state, const char *passphrase)
{
  g_autoptr (WbKeyFile) keys = wb_test_keys ("anna");
  g_autoptr (WbSecret) secret = wb_test_secret (passphrase);
  g_autoptr (GError) error = NULL;

  assert_false (wb_key_file_save (keys, *state, secret, &error));
  assert_non_null (error);
}

/* A folder stands where the new file, or the new list of digests, is to be written. */
static void
a_failed_change_of_passphrase_leaves_the_old_one (void **state)
{
  static const char *const blocks[] = { "keys/anna.age.new", "SHA256SUMS.new" };

  save (state, "anna", "oud");
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++) {
    g_autofree char *block = g_build_filename (*state, blocks[i], NULL);

    assert_int_equal (g_mkdir (block, 0700), 0);
    expect_save_fails (state, "nieuw");
    expect_loaded (state, "anna", "oud");
    expect_refused (state, "anna", "fout", WB_ERROR_WRONG_KEY, "does not fit");
    assert_int_equal (g_rmdir (block), 0);
  }
  expect_save_fails (state, "");
  expect_loaded (state, "anna", "oud");
}

static void
names_that_cannot_be_file_names_are_refused (void **state)
{
  static const char *const good[] = { "a",
                                      "anna",
                                      "j.de-vries_2",
                                      "0x",
                                      "abcdefghijklmnopqrstuvwxyz012345" };
  static const char *const bad[] = {
    "",    ".a", "-a",       "_a",  "Anna", "an na",
    "a/b", "..", "recovery", "zoë", "a\n",  "abcdefghijklmnopqrstuvwxyz0123456"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_true (wb_key_file_check_user (good[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (wb_key_file_check_user (bad[i], &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
users_are_listed_without_the_recovery_file_and_strangers (void **state)
{
  static const char *const strangers[] = { "recovery.age", "notes.txt", "Anna.age", "x.age.new" };
  g_auto (GStrv) users = NULL;
  g_autofree char *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++) {
    g_autofree char *path = key_path (state, strangers[i]);

    g_file_set_contents (path, "x", 1, NULL);
  }
  save (state, "bob", "x");
  save (state, "anna", "x");
  users = wb_key_file_list_users (*state, NULL);
  list = g_strjoinv (" ", users);
  assert_string_equal (list, "anna bob");
}

static void
the_recovery_identity_gives_the_store_key (void **state)
{
  g_autoptr (WbKeyFile) keys = wb_test_keys ("anna");
  g_autoptr (WbSecret) right = wb_age_identity_generate (NULL);
  g_autoptr (WbSecret) wrong = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (right, NULL);
  const char *recipients[] = { recipient, NULL };
  g_autoptr (GPtrArray) identities = g_ptr_array_new ();
  g_autoptr (WbSecret) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = key_path (state, "recovery.age");

  assert_null (wb_key_file_load_recovery (*state, identities, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_false (wb_key_file_save_recovery (*state, keys->store_key, recipients + 1, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  wb_key_file_save_recovery (*state, keys->store_key, recipients, &error);
  wb_assert_no_error (error);

  g_ptr_array_add (identities, wrong);
  assert_null (wb_key_file_load_recovery (*state, identities, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_ptr_array_add (identities, right);
  found = wb_key_file_load_recovery (*state, identities, &error);
  wb_assert_no_error (error);
  assert_true (wb_secret_equal (found, keys->store_key));

  wb_test_flip (path, 60);
  assert_null (wb_key_file_load_recovery (*state, identities, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define AGE "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
#define KEYS(version, user, store, seed, log, identity)                                            \
  "{\"format\":\"waarborg-keys v" version "\",\"user\":\"" user "\",\"store\":\"" store            \
  "\",\"seed\":\"" seed "\",\"log\":\"" log "\",\"identity\":\"" identity "\"}"

static void
the_text_inside_is_read_strictly (void **state)
{
  static const struct {
    const char *text;
    int code; /* -1: accepted */
  } cases[] = {
    { KEYS ("1", "anna", HEX, HEX, HEX, AGE), -1 },
    { KEYS ("1", "anna", HEX, HEX, HEX, AGE) "\n", -1 },
    { KEYS ("1", "anna", HEX, HEX, HEX, AGE) "\n\n", WB_ERROR_DAMAGED },
    { KEYS ("1", "anna", HEX, HEX, HEX, AGE) " ", WB_ERROR_DAMAGED },
    { " " KEYS ("1", "anna", HEX, HEX, HEX, AGE), WB_ERROR_DAMAGED },
    { KEYS ("2", "anna", HEX, HEX, HEX, AGE), WB_ERROR_NEWER },
    { KEYS ("10", "anna", HEX, HEX, HEX, AGE), WB_ERROR_NEWER },
    { KEYS ("1", "Anna", HEX, HEX, HEX, AGE), WB_ERROR_DAMAGED },
    { KEYS ("1", "", HEX, HEX, HEX, AGE), WB_ERROR_DAMAGED },
    { KEYS ("1", "../anna", HEX, HEX, HEX, AGE), WB_ERROR_DAMAGED },
    { KEYS ("1", "anna", "00", HEX, HEX, AGE), WB_ERROR_DAMAGED },
    { KEYS ("1", "anna", HEX, HEX "00", HEX, AGE), WB_ERROR_DAMAGED },
    { KEYS ("1",
            "anna",
            HEX,
            HEX,
            "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
            AGE),
      WB_ERROR_DAMAGED },
    { KEYS ("1",
            "anna",
            HEX,
            HEX,
            "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            AGE),
      WB_ERROR_DAMAGED },
    { KEYS ("1", "anna", HEX, HEX, HEX, "AGE-SECRET-KEY-1"), WB_ERROR_DAMAGED },
    { KEYS ("1", "anna", HEX, HEX, HEX, "age-secret-key-1" HEX), WB_ERROR_DAMAGED },
    { KEYS ("1", "anna", HEX, HEX, HEX, AGE AGE), WB_ERROR_DAMAGED },
    { "{\"format\":\"waarborg-recovery v1\",\"store\":\"" HEX "\"}", WB_ERROR_DAMAGED },
    { "{}", WB_ERROR_DAMAGED },
    { "", WB_ERROR_DAMAGED },
  };
  const char *whole = cases[0].text;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WbSecret) text = wb_test_secret (cases[i].text);
    g_autoptr (GError) error = NULL;
    g_autoptr (WbKeyFile) keys = wb_key_text_read (text, "keys/anna.age", &error);

    if (cases[i].code < 0)
      wb_assert_no_error (error);
    else
      wb_assert_error (error, WB_ERROR, cases[i].code);
    assert_int_equal (keys != NULL, cases[i].code < 0);
  }
  for (gsize size = 0; size < strlen (whole); size++) {
    g_autoptr (WbSecret) text = wb_secret_new_copy (whole, size, NULL);
    g_autoptr (GError) error = NULL;

    assert_null (wb_key_text_read (text, "keys/anna.age", &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
}

int
main (void)
{
#define FILE_TEST(name) cmocka_unit_test_setup_teardown (name, setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    FILE_TEST (keys_come_back_under_their_passphrase),
    FILE_TEST (only_the_owner_may_read_a_key_file),
    FILE_TEST (a_wrong_passphrase_is_told),
    FILE_TEST (an_unknown_user_is_told_who_there_is),
    FILE_TEST (damage_is_not_called_a_wrong_passphrase),
    FILE_TEST (a_key_file_of_another_user_is_refused),
    FILE_TEST (a_link_or_a_pipe_is_refused),
    FILE_TEST (a_file_that_is_far_too_large_is_not_read),
    FILE_TEST (a_new_passphrase_takes_the_place_of_the_old),
    FILE_TEST (a_failed_change_of_passphrase_leaves_the_old_one),
    FILE_TEST (names_that_cannot_be_file_names_are_refused),
    FILE_TEST (users_are_listed_without_the_recovery_file_and_strangers),
    FILE_TEST (the_recovery_identity_gives_the_store_key),
    cmocka_unit_test (the_text_inside_is_read_strictly),
  };

  return cmocka_run_group_tests_name ("key-file", tests, NULL, NULL);
}
