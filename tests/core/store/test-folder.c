/* SPDX-License-Identifier: EUPL-1.2 */

/* The folder of a register: one holder at a time, nothing overwritten, nothing strange unseen. */
#include "wb-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-folder.h"
#include "wb-test-keys.h"

static char *
register_path (void **state)
{
  return g_build_filename (*state, "proef.waarborg", NULL);
}

static char *
inside (void **state, const char *name)
{
  return g_build_filename (*state, "proef.waarborg", name, NULL);
}

static void
write_inside (void **state, const char *name, const char *text)
{
  g_autofree char *path = inside (state, name);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A folder with a store and the key file of Anna; it is open. */
static WbFolder *
make_register (void **state)
{
  g_autofree char *path = register_path (state);
  g_autoptr (WbKeyFile) keys = wb_test_keys ("anna");
  g_autoptr (WbSecret) passphrase = wb_test_secret ("goed");
  g_autoptr (GError) error = NULL;
  WbFolder *folder = wb_folder_create (path, &error);

  wb_assert_no_error (error);
  wb_key_file_set_work_factor (4);
  wb_key_file_save (keys, wb_folder_get_path (folder), passphrase, &error);
  wb_assert_no_error (error);
  write_inside (state, "store.db", "x");
  wb_folder_seal (folder, &error);
  wb_assert_no_error (error);
  return folder;
}

static void
expect_open_refused (void **state, const char *path, int code)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_folder_open (path, &error));
  wb_assert_error (error, WB_ERROR, code);
}

static void
assert_checked (WbFolder *folder, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = wb_folder_check (folder, &error);
  g_autofree char *list = NULL;

  wb_assert_no_error (error);
  list = g_strjoinv (" ", names);
  assert_string_equal (list, expected);
}

static void
a_new_folder_is_whole_and_for_its_owner_only (void **state)
{
  static const char *const names[] = {
    "LEESMIJ.txt",
    "README.txt",
    "SHA256SUMS",
    "keys/anna.age",
  };
  g_autoptr (WbFolder) folder = make_register (state);
  g_autofree char *keys = inside (state, "keys");
  g_autofree char *store = wb_folder_dup_store_path (folder);
  g_autofree char *expected = inside (state, "store.db");
  struct stat info;

  assert_string_equal (store, expected);
  assert_int_equal (stat (wb_folder_get_path (folder), &info), 0);
  assert_int_equal (info.st_mode & 0777, 0700);
  assert_int_equal (stat (keys, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = inside (state, names[i]);

    assert_int_equal (stat (path, &info), 0);
    assert_int_equal (info.st_mode & 0777, 0600);
    assert_true (info.st_size > 0);
  }
  assert_checked (folder, "");
}

static void
sha256sum_accepts_the_list (void **state)
{
  g_autoptr (WbFolder) folder = make_register (state);
  const char *argv[] = { "sha256sum", "--strict", "-c", "SHA256SUMS", NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (wb_folder_get_path (folder),
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &output,
                NULL,
                &status,
                &error);
  wb_assert_no_error (error);
  assert_true (g_spawn_check_wait_status (status, NULL));
  assert_string_equal (output, "LEESMIJ.txt: OK\nREADME.txt: OK\nkeys/anna.age: OK\n");
}

static void
anything_that_is_there_already_stays (void **state)
{
  g_autofree char *path = register_path (state);
  g_autofree char *deep = g_build_filename (*state, "no", "x.waarborg", NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir (path, 0755), 0);
  assert_null (wb_folder_create (path, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  g_clear_error (&error);
  assert_int_equal (g_rmdir (path), 0); /* it is still empty */
  assert_true (g_file_set_contents (path, "mine", -1, NULL));
  assert_null (wb_folder_create (path, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  g_clear_error (&error);
  assert_null (wb_folder_create (deep, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

static void
the_second_holder_in_one_process_is_refused (void **state)
{
  g_autofree char *path = register_path (state);
  g_autoptr (WbFolder) folder = make_register (state);
  g_autoptr (WbFolder) again = NULL;

  expect_open_refused (state, path, WB_ERROR_BUSY);
  g_clear_pointer (&folder, wb_folder_close);
  again = wb_folder_open (path, NULL);
  assert_non_null (again);
}

static void
hold_until_killed (const char *path, int tell)
{
  WbFolder *folder = wb_folder_open (path, NULL);

  if (folder == NULL || write (tell, "x", 1) != 1)
    _exit (1);
  for (;;)
    pause ();
}

static void
another_process_holds_it_until_it_dies (void **state)
{
  g_autofree char *path = register_path (state);
  g_autoptr (WbFolder) folder = make_register (state);
  int ends[2];
  char byte;
  pid_t child;

  g_clear_pointer (&folder, wb_folder_close);
  assert_int_equal (pipe (ends), 0);
  child = fork ();
  if (child == 0)
    hold_until_killed (path, ends[1]);
  assert_int_equal (read (ends[0], &byte, 1), 1);
  expect_open_refused (state, path, WB_ERROR_BUSY);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  folder = wb_folder_open (path, NULL);
  assert_non_null (folder);
  close (ends[0]);
  close (ends[1]);
}

static void
what_is_no_register_is_refused (void **state)
{
  g_autofree char *path = register_path (state);
  g_autofree char *store = inside (state, "store.db");
  g_autofree char *keys = inside (state, "keys");

  expect_open_refused (state, path, WB_ERROR_NOT_FOUND);
  assert_true (g_file_set_contents (path, "x", -1, NULL));
  expect_open_refused (state, path, WB_ERROR_INVALID);
  g_unlink (path);
  assert_int_equal (g_mkdir (path, 0700), 0);
  expect_open_refused (state, path, WB_ERROR_INVALID);
  assert_int_equal (g_mkdir (keys, 0700), 0);
  expect_open_refused (state, path, WB_ERROR_INVALID);
  assert_int_equal (symlink ("/dev/null", store), 0);
  expect_open_refused (state, path, WB_ERROR_INVALID);
}

static void
a_link_to_a_register_is_refused (void **state)
{
  g_autoptr (WbFolder) folder = make_register (state);
  g_autofree char *link = g_build_filename (*state, "link.waarborg", NULL);
  g_autofree char *slash = g_strconcat (link, "/", NULL);
  g_autofree char *keys = inside (state, "keys");
  g_autofree char *moved = g_build_filename (*state, "moved", NULL);
  g_autofree char *path = register_path (state);

  g_clear_pointer (&folder, wb_folder_close);
  assert_int_equal (symlink ("proef.waarborg", link), 0);
  expect_open_refused (state, link, WB_ERROR_INVALID);
  expect_open_refused (state, slash, WB_ERROR_INVALID);
  assert_int_equal (g_rename (keys, moved), 0);
  assert_int_equal (symlink ("../moved", keys), 0);
  expect_open_refused (state, path, WB_ERROR_INVALID);
}

static void
rights_of_others_are_taken_away (void **state)
{
  g_autofree char *path = register_path (state);
  g_autoptr (WbFolder) folder = make_register (state);
  struct stat info;

  g_clear_pointer (&folder, wb_folder_close);
  assert_int_equal (g_chmod (path, 0755), 0);
  folder = wb_folder_open (path, NULL);
  assert_int_equal (stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0700);
}

static void
damage_absence_and_strangers_are_named (void **state)
{
  g_autoptr (WbFolder) folder = make_register (state);
  g_autofree char *key = inside (state, "keys/anna.age");
  g_autofree char *readme = inside (state, "README.txt");
  g_autofree char *sums = inside (state, "SHA256SUMS");

  write_inside (state, "store.db-wal", "x");
  write_inside (state, "store.db-shm", "x");
  write_inside (state, "store.db.before-1", "x");
  assert_checked (folder, "");
  wb_test_flip (key, 50);
  assert_checked (folder, "keys/anna.age");
  g_unlink (readme);
  write_inside (state, "verslag.docx", "x");
  write_inside (state, "keys/bob.age", "x");
  assert_checked (folder, "README.txt keys/anna.age keys/bob.age verslag.docx");
  g_unlink (key);
  assert_checked (folder, "README.txt keys/anna.age keys/bob.age verslag.docx");
  assert_true (g_file_set_contents (sums, "", 0, NULL));
  assert_checked (folder, "LEESMIJ.txt keys/bob.age verslag.docx");
  g_unlink (sums);
  assert_checked (folder, "LEESMIJ.txt SHA256SUMS keys/bob.age verslag.docx");
}

static void
sealing_restores_texts_and_blesses_no_damaged_key_file (void **state)
{
  g_autoptr (WbFolder) folder = make_register (state);
  g_autofree char *key = inside (state, "keys/anna.age");
  g_autofree char *bob = inside (state, "keys/bob.age");

  wb_test_flip (key, 50);
  write_inside (state, "README.txt", "something else");
  write_inside (state, "keys/bob.age", "x");
  assert_true (wb_folder_seal (folder, NULL));
  assert_checked (folder, "keys/anna.age");
  wb_test_flip (key, 50);
  assert_checked (folder, "");
  g_unlink (bob);
  assert_checked (folder, "keys/bob.age");
  assert_true (wb_folder_seal (folder, NULL));
  assert_checked (folder, "");
}

static void
opening_clears_what_a_crash_left (void **state)
{
  static const char *const left[] = { "SHA256SUMS.new",
                                      "README.txt.new",
                                      "keys/anna.age.new",
                                      "store.db.before-1.new" };
  g_autofree char *path = register_path (state);
  g_autoptr (WbFolder) folder = make_register (state);

  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    write_inside (state, left[i], "half");
  write_inside (state, "verslag.new", "mine");
  g_clear_pointer (&folder, wb_folder_close);
  folder = wb_folder_open (path, NULL);
  assert_checked (folder, "verslag.new");
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++) {
    g_autofree char *gone = inside (state, left[i]);

    assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  }
}

int
main (void)
{
#define FILE_TEST(name)                                                                            \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    FILE_TEST (a_new_folder_is_whole_and_for_its_owner_only),
    FILE_TEST (sha256sum_accepts_the_list),
    FILE_TEST (anything_that_is_there_already_stays),
    FILE_TEST (the_second_holder_in_one_process_is_refused),
    FILE_TEST (another_process_holds_it_until_it_dies),
    FILE_TEST (what_is_no_register_is_refused),
    FILE_TEST (a_link_to_a_register_is_refused),
    FILE_TEST (rights_of_others_are_taken_away),
    FILE_TEST (damage_absence_and_strangers_are_named),
    FILE_TEST (sealing_restores_texts_and_blesses_no_damaged_key_file),
    FILE_TEST (opening_clears_what_a_crash_left),
  };

  return cmocka_run_group_tests_name ("folder", tests, NULL, NULL);
}
