/* SPDX-License-Identifier: EUPL-1.2 */

/* The example register: made of data, for ever fictional, and gone by one call. */
#include "wb-test.h"

#include <glib/gstdio.h>

#include "wb-deadline.h"
#include "wb-example.h"

static WbRegister *
open_example (const char *path)
{
  g_autoptr (WbSecret) passphrase = wb_example_passphrase (NULL);
  WbRegister *reg = wb_register_open (path, WB_EXAMPLE_USER, passphrase, NULL);

  assert_non_null (reg);
  return reg;
}

static void
count_cb (guint64 done, guint64 total, gpointer user_data)
{
  guint *n = user_data;

  assert_true (done <= total);
  (*n)++;
}

static void
it_is_made_in_either_language_with_cases_of_the_past_weeks (void **state)
{
  static const char
      *const marks[] = { [WB_LANGUAGE_EN] = "Fictional", [WB_LANGUAGE_NL] = "Fictief" };
  const WbCaseQuery query = { .sort = WB_CASE_SORT_REFERENCE };

  for (guint language = 0; language < G_N_ELEMENTS (marks); language++) {
    g_autofree char *name = g_strdup_printf ("example-%u.waarborg", language);
    g_autofree char *path = g_build_filename (*state, name, NULL);
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();
    guint n = 0;

    if (!wb_example_make (path, (WbLanguage) language, count_cb, &n, NULL, &error))
      fail_msg ("%s", error->message);
    print_message ("made in %d ms\n", (int) ((g_get_monotonic_time () - start) / 1000));
    assert_true (n > 5);
    assert_false (wb_clock_now () <
                  g_get_real_time () / 1000 - 1000); /* the day is its own again */
    {
      g_autoptr (WbRegister) reg = open_example (path);
      g_autoptr (GPtrArray) cases = wb_register_list_cases (reg, &query, 0, 50, &error);
      g_autoptr (GPtrArray) due =
          wb_register_list_deadlines (reg, NULL, wb_clock_now (), TRUE, &error);
      g_autoptr (WbVerification) found =
          wb_register_verify (reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);

      assert_int_equal (cases->len, 5);
      for (guint i = 0; i < cases->len; i++) {
        const WbCaseRow *row = g_ptr_array_index (cases, i);

        assert_true (g_str_has_prefix (row->title, marks[language]));
        assert_true (g_str_has_prefix (row->reference, WB_EXAMPLE_CODE "-"));
      }
      assert_non_null (due);
      assert_true (due->len > 3);
      assert_true (wb_verification_is_good (found));
      assert_non_null (strstr (wb_register_get_body (reg),
                               language == WB_LANGUAGE_NL ? "fictief" : "fictional"));
    }
  }
}

static void
another_register_can_neither_have_its_code_nor_be_removed_as_one (void **state)
{
  g_autofree char *path = g_build_filename (*state, "real.waarborg", NULL);
  g_autofree char *store = g_build_filename (path, "store.db", NULL);
  g_autoptr (WbSecret) passphrase = wb_example_passphrase (NULL);
  WbRegisterSetup setup = { .body = "Echt",
                            .code = WB_EXAMPLE_CODE,
                            .user = WB_EXAMPLE_USER,
                            .passphrase = passphrase,
                            .independent = TRUE };
  g_autoptr (GError) error = NULL;
  WbRegister *reg = wb_register_create (path, &setup, &error);

  assert_null (reg);
  assert_int_equal (error->code, WB_ERROR_INVALID);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  setup.code = "NL-ECHT";
  reg = wb_register_create (path, &setup, NULL);
  assert_non_null (reg);
  wb_register_close (reg);
  g_clear_error (&error);

  assert_false (wb_example_remove (path, &error));
  assert_int_equal (error->code, WB_ERROR_REFUSED);
  assert_true (g_file_test (store, G_FILE_TEST_EXISTS));
}

static void
it_goes_by_one_call_and_leaves_what_is_not_its_own (void **state)
{
  g_autofree char *path = g_build_filename (*state, "gone.waarborg", NULL);
  g_autofree char *own = g_build_filename (path, "notes.txt", NULL);
  g_autofree char *store = g_build_filename (path, "store.db", NULL);

  assert_true (wb_example_make (path, WB_LANGUAGE_NL, NULL, NULL, NULL, NULL));
  assert_true (g_file_set_contents (own, "x", 1, NULL));
  assert_true (wb_example_remove (path, NULL));
  assert_false (g_file_test (store, G_FILE_TEST_EXISTS));
  assert_true (g_file_test (own, G_FILE_TEST_EXISTS));
  (void) g_unlink (own);
  (void) g_rmdir (path);
}

static void
stop_cb (guint64 done, guint64 total, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
half_an_example_is_none (void **state)
{
  g_autofree char *path = g_build_filename (*state, "half.waarborg", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_false (wb_example_make (path, WB_LANGUAGE_EN, stop_cb, cancellable, cancellable, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (it_is_made_in_either_language_with_cases_of_the_past_weeks,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (
        another_register_can_neither_have_its_code_nor_be_removed_as_one,
        wb_test_folder_setup,
        wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (it_goes_by_one_call_and_leaves_what_is_not_its_own,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (half_an_example_is_none,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  return cmocka_run_group_tests_name ("example", tests, NULL, NULL);
}
