/* SPDX-License-Identifier: EUPL-1.2 */

/* The example register in the real window: made, marked on every page, opened again, deleted. */
#include "wb-test-window.h"

#include "wb-case-list.h"
#include "wb-cases-page.h"
#include "wb-example-dialog.h"
#include "wb-today-page.h"
#include "wb-unlock-page.h"

#define MARK "Fictional example"

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_EXAMPLE_DIALOG (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_marked (void)
{
  GtkWidget *label = wb_test_find_text (GTK_WIDGET (wb_test_window.window), MARK);

  return label != NULL && gtk_widget_get_mapped (label);
}

/* With dates of the last weeks the day asks for something. */
static gboolean
is_today (gpointer data)
{
  return wb_test_window_is_open (NULL) && WB_IS_TODAY_PAGE (wb_test_window_top ());
}

static void
one_way_leads_from_the_first_page_into_an_example (void **state)
{
  GtkWidget *dialog;

  assert_non_null (
      wb_test_find_text (wb_window_get_page (wb_test_window.window), "View an Example…"));
  wb_test_window_act ("win.example-register");
  dialog = find_dialog ();
  assert_non_null (dialog);
  assert_non_null (wb_test_find_text (dialog, "dit is geen echt register"));
  wb_example_dialog_set_parent (WB_EXAMPLE_DIALOG (dialog), wb_test_window.folder);
  gtk_widget_activate_action (dialog, "work.start", NULL);
  wb_test_wait (is_today, NULL, "example");
  wb_test_window_go_to_list ();
  assert_non_null (wb_test_find_text (wb_test_window_top (), "5 cases"));
}

static void
every_page_of_it_says_that_it_is_one (void **state)
{
  assert_true (is_marked ());
  wb_test_window_act ("win.show-today");
  wb_test_spin (100);
  assert_true (is_marked ());
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  assert_true (is_marked ());
  wb_test_window_lock ();
  wb_test_spin (50);
  assert_false (is_marked ());
  assert_non_null (
      wb_test_find_text (wb_window_get_page (wb_test_window.window), "dit is geen echt register"));
}

static gboolean
is_welcome (gpointer data)
{
  return g_str_equal (wb_window_get_page_name (wb_test_window.window), "welcome");
}

static void
it_is_deleted_from_there (void **state)
{
  g_autofree char *path = g_build_filename (wb_test_window.folder, "FICTIEF.waarborg", NULL);

  wb_test_window_unlock ("dit is geen echt register");
  wb_test_wait (wb_test_window_is_open, NULL, "open");
  wb_test_window_act ("win.delete-example");
  assert_non_null (wb_test_find_dialog ());
  assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  adw_message_dialog_response (wb_test_find_dialog (), "delete");
  wb_test_wait (is_welcome, NULL, "welcome");
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_null (wb_test_find_text (wb_window_get_page (wb_test_window.window), "FICTIEF"));
}

static void
a_real_register_bears_no_mark_and_cannot_be_deleted (void **state)
{
  g_autofree char *path = g_build_filename (wb_test_window.folder, "NL-ECHT.waarborg", NULL);

  wb_test_window_create ("NL-ECHT");
  wb_test_spin (50);
  assert_false (is_marked ());
  wb_test_window_act ("win.delete-example");
  assert_null (wb_test_find_dialog ());
  assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
}

static void
a_register_of_earlier_is_opened_from_the_first_page (void **state)
{
  GtkWidget *page, *label;

  wb_test_window_act ("win.close-register");
  wb_test_wait (is_welcome, NULL, "welcome");
  page = wb_window_get_page (wb_test_window.window);
  label = wb_test_find_text (page, "NL-ECHT");
  assert_non_null (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW), "activated");
  wb_test_wait (wb_test_window_is_locked, NULL, "door");
  page = wb_window_get_page (wb_test_window.window);
  assert_true (WB_IS_UNLOCK_PAGE (page));
  assert_non_null (wb_test_find_text (page, "NL-ECHT"));
}

static int
setup (void **state)
{
  wb_test_window_start ();
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (one_way_leads_from_the_first_page_into_an_example),
    cmocka_unit_test (every_page_of_it_says_that_it_is_one),
    cmocka_unit_test (it_is_deleted_from_there),
    cmocka_unit_test (a_real_register_bears_no_mark_and_cannot_be_deleted),
    cmocka_unit_test (a_register_of_earlier_is_opened_from_the_first_page),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("example", tests, setup, wb_test_window_teardown);
}
