/* SPDX-License-Identifier: EUPL-1.2 */

/* The whole way through the real window over a real register on disk. */
#include "wb-test-ui.h"

#include <signal.h>
#include <sys/resource.h>

#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-create-page.h"
#include "wb-export-dialog.h"
#include "wb-record-form.h"
#include "wb-unlock-page.h"

#define CANARY "kanarievogel"

typedef struct {
  char *folder;
  GtkApplication *application;
  WbSettings *settings;
  WbWindow *window;
} Fixture;

static Fixture fixture;

static gboolean
is_open (gpointer data)
{
  return wb_window_get_shell (fixture.window) != NULL;
}

static gboolean
is_locked (gpointer data)
{
  GtkWidget *page = wb_window_get_page (fixture.window);

  return WB_IS_UNLOCK_PAGE (page) && wb_unlock_page_get_user (WB_UNLOCK_PAGE (page)) != NULL &&
         !wb_session_is_open (wb_window_get_session (fixture.window));
}

static GtkWidget *
top (void)
{
  return wb_shell_get_top (wb_window_get_shell (fixture.window));
}

static gboolean
is_form (gpointer data)
{
  return is_open (NULL) && WB_IS_ALLEGATION_PAGE (top ()) &&
         wb_allegation_page_is_ready (WB_ALLEGATION_PAGE (top ()));
}

static gboolean
is_case (gpointer data)
{
  return is_open (NULL) && WB_IS_CASE_PAGE (top ()) &&
         wb_case_page_get_reference (WB_CASE_PAGE (top ())) != NULL;
}

static gboolean
is_list (gpointer data)
{
  return is_open (NULL) && WB_IS_CASES_PAGE (top ()) &&
         !wb_case_list_is_loading (wb_cases_page_get_list (WB_CASES_PAGE (top ())));
}

static void
act (const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), action, NULL);
}

static void
new_window (void)
{
  fixture.window = WB_WINDOW (wb_window_new (fixture.application, fixture.settings));
  gtk_window_present (GTK_WINDOW (fixture.window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture.window));
}

static GtkEditable *
entry_of (const char *title)
{
  GtkWidget *label = wb_test_find_text (wb_window_get_page (fixture.window), title);

  return GTK_EDITABLE (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW));
}

static void
create_register (void)
{
  GtkWidget *page;

  act ("win.create-register");
  page = wb_window_get_page (fixture.window);
  wb_create_page_set_folder (WB_CREATE_PAGE (page), fixture.folder);
  gtk_editable_set_text (entry_of ("Name of the Body"), "Testinspectie");
  gtk_editable_set_text (entry_of ("Code in References"), "NL-TEST");
  gtk_editable_set_text (entry_of ("User Name"), "anna");
  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         WB_TEST_PASSPHRASE);
  gtk_editable_set_text (entry_of ("Passphrase Again"), WB_TEST_PASSPHRASE);
  gtk_widget_activate_action (page, "create.create", NULL);
  wb_test_wait (is_open, NULL, "create");
}

static void
unlock (const char *passphrase)
{
  GtkWidget *page = wb_window_get_page (fixture.window);
  GtkWidget *entry = wb_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), passphrase);
  gtk_widget_activate_action (page, "unlock.unlock", NULL);
}

static void
lock (void)
{
  wb_window_lock (fixture.window);
  assert_null (wb_window_get_shell (fixture.window));
  assert_string_equal (wb_window_get_page_name (fixture.window), "unlock");
  wb_test_wait (is_locked, NULL, "lock");
  wb_test_spin (100);
}

static int
setup (void **state)
{
  fixture.folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  fixture.settings = wb_settings_new ();
  fixture.application =
      GTK_APPLICATION (adw_application_new ("org.waarborg.Test", G_APPLICATION_NON_UNIQUE));
  (void) g_application_register (G_APPLICATION (fixture.application), NULL, NULL);
  new_window ();
  create_register ();
  return 0;
}

static gboolean
is_gone (gpointer watched)
{
  return *(gpointer *) watched == NULL;
}

static int
teardown (void **state)
{
  void *path = fixture.folder;
  gpointer watched = fixture.window;

  g_object_add_weak_pointer (G_OBJECT (fixture.window), &watched);
  gtk_window_close (GTK_WINDOW (fixture.window));
  wb_test_wait (is_gone, &watched, "window");
  g_clear_object (&fixture.application);
  g_clear_object (&fixture.settings);
  return wb_test_folder_teardown (&path);
}

static GtkTextBuffer *
account_buffer (void)
{
  GtkWidget *form = wb_allegation_page_get_form (WB_ALLEGATION_PAGE (top ()));
  GtkWidget *row = wb_record_form_find_row (WB_RECORD_FORM (form), "account");

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (wb_test_find (row, GTK_TYPE_TEXT_VIEW, NULL)));
}

static void
type_account (const char *text)
{
  gtk_text_buffer_set_text (account_buffer (), text, -1);
}

static char *
account_text (void)
{
  char *text = NULL;

  g_object_get (account_buffer (), "text", &text, NULL);
  return text;
}

static void
go_to_list (void)
{
  wb_test_wait (is_open, NULL, "open");
  while (wb_shell_get_depth (wb_window_get_shell (fixture.window)) > 1)
    act ("win.back");
  wb_test_wait (is_list, NULL, "list");
}

static void
an_account_alone_is_enough_to_record (void **state)
{
  act ("win.new-allegation");
  wb_test_wait (is_form, NULL, "form");
  gtk_widget_activate_action (top (), "record.save", NULL);
  assert_true (is_form (NULL));
  type_account ("Zegt dat hij geduwd is. " CANARY);
  gtk_widget_activate_action (top (), "record.save", NULL);
  wb_test_wait (is_case, NULL, "case");

  assert_string_equal (wb_case_page_get_reference (WB_CASE_PAGE (top ())), "NL-TEST-2026-0001");
  assert_non_null (wb_test_find_text (top (), "Zegt dat hij geduwd is."));
  go_to_list ();
  assert_non_null (wb_test_find_text (top (), "1 case"));
}

static void
a_recorded_draft_is_gone (void **state)
{
  g_autofree char *text = NULL;

  go_to_list ();
  act ("win.new-allegation");
  wb_test_wait (is_form, NULL, "form");
  text = account_text ();
  assert_string_equal (text, "");
  go_to_list ();
}

static void
the_lock_leaves_nothing_of_the_register_on_the_screen (void **state)
{
  GtkWidget *window = GTK_WIDGET (fixture.window);
  GtkWidget *dialog;
  gpointer watched_shell, watched_dialog;

  go_to_list ();
  g_signal_emit_by_name (wb_test_find (top (), GTK_TYPE_COLUMN_VIEW, NULL), "activate", 0);
  wb_test_wait (is_case, NULL, "case");
  gtk_widget_activate_action (top (), "case.export", NULL);
  wb_test_spin (100);
  dialog = NULL;
  {
    g_autoptr (GList) windows = gtk_window_list_toplevels ();

    for (GList *l = windows; l != NULL; l = l->next)
      if (WB_IS_EXPORT_DIALOG (l->data))
        dialog = l->data;
  }
  assert_non_null (dialog);
  watched_dialog = dialog;
  watched_shell = wb_window_get_shell (fixture.window);
  g_object_add_weak_pointer (G_OBJECT (dialog), &watched_dialog);
  g_object_add_weak_pointer (watched_shell, &watched_shell);
  lock ();

  assert_null (watched_dialog);
  assert_null (watched_shell);
  assert_null (wb_test_find_text (window, "NL-TEST"));
  assert_null (wb_test_find_text (window, CANARY));
  assert_string_equal (gtk_window_get_title (fixture.window != NULL ? GTK_WINDOW (window) : NULL),
                       "Waarborg");
  act ("win.new-allegation");
  act ("win.search");
  act ("win.back");
  assert_string_equal (wb_window_get_page_name (fixture.window), "unlock");
}

static void
a_wrong_passphrase_opens_nothing (void **state)
{
  unlock ("vier foute woorden hier");
  wb_test_spin (200);
  wb_test_wait (is_locked, NULL, "refused");
  wb_test_spin (6000);
  assert_null (wb_window_get_shell (fixture.window));
}

static void
after_unlocking_one_is_back_at_the_same_case (void **state)
{
  unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_case, NULL, "case after unlock");
  assert_string_equal (wb_case_page_get_reference (WB_CASE_PAGE (top ())), "NL-TEST-2026-0001");
}

static void
what_is_typed_survives_the_lock_to_the_last_letter (void **state)
{
  g_autofree char *text = NULL;
  GtkWidget *row;

  go_to_list ();
  act ("win.new-allegation");
  wb_test_wait (is_form, NULL, "form");
  type_account ("Midden in een zi");
  row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (top ()))),
      "when");
  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (row, GTK_TYPE_TEXT, NULL)), "18-7-20");
  lock ();
  unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_form, NULL, "form after unlock");

  text = account_text ();
  assert_string_equal (text, "Midden in een zi");
  row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (top ()))),
      "when");
  assert_string_equal (
      gtk_editable_get_text (GTK_EDITABLE (wb_test_find (row, GTK_TYPE_TEXT, NULL))),
      "18-7-20");
  assert_non_null (wb_test_find_text (top (), "This is what you wrote earlier"));
}

/* From here no file may grow, as on a full disk. */
static void
set_room (gboolean some)
{
  struct rlimit limit;

  assert_int_equal (getrlimit (RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = some ? limit.rlim_max : 1;
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &limit), 0);
}

static gboolean
is_asked (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next) {
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data)) {
      *(AdwMessageDialog **) data = l->data;
      return TRUE;
    }
  }
  return FALSE;
}

static void
a_full_disk_at_the_lock_costs_no_word (void **state)
{
  AdwMessageDialog *dialog = NULL;
  g_autofree char *text = NULL;

  type_account ("Geschreven op een volle schijf");
  (void) signal (SIGXFSZ, SIG_IGN);
  set_room (FALSE);
  lock ();
  assert_non_null (
      wb_test_find_text (wb_window_get_page (fixture.window), "There was no room to save"));
  unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_asked, &dialog, "asked for room");
  set_room (TRUE);
  adw_message_dialog_response (dialog, "again");
  wb_test_wait (is_form, NULL, "form after a full disk");

  text = account_text ();
  assert_string_equal (text, "Geschreven op een volle schijf");
}

/* The window goes without a word, as in a crash; what is two seconds old is safe. */
static void
what_is_two_seconds_old_survives_a_crash (void **state)
{
  g_autofree char *path = g_strdup (wb_session_get_path (wb_window_get_session (fixture.window)));
  g_autofree char *text = NULL;

  type_account ("Twee seconden oud");
  wb_test_spin (2000);
  type_account ("Twee seconden oud, en nieuwer");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
  wb_test_spin (500);
  new_window ();
  wb_window_open_register (fixture.window, path);
  wb_test_wait (is_locked, NULL, "door");
  unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_form, NULL, "form after crash");

  text = account_text ();
  assert_non_null (strstr (text, "Twee seconden oud"));
}

static void
locking_while_recording_records_once (void **state)
{
  GtkWidget *row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (top ()))),
      "when");

  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (row, GTK_TYPE_TEXT, NULL)), "");
  type_account ("Precies een keer");
  gtk_widget_activate_action (top (), "record.save", NULL);
  lock ();
  unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_case, NULL, "the new case");
  assert_non_null (wb_test_find_text (top (), "Precies een keer"));
  go_to_list ();
  assert_non_null (wb_test_find_text (top (), "2 cases"));
  act ("win.new-allegation");
  wb_test_wait (is_form, NULL, "form");
  {
    g_autofree char *text = account_text ();

    assert_string_equal (text, "");
  }
  go_to_list ();
}

static void
the_idle_time_locks (void **state)
{
  go_to_list ();
  wb_settings_set_lock_after_seconds (fixture.settings, 1);
  wb_window_watch (fixture.window);
  wb_test_wait (is_locked, NULL, "idle");
  wb_settings_set_lock_after_seconds (fixture.settings, 300);
  assert_null (wb_window_get_shell (fixture.window));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_account_alone_is_enough_to_record),
    cmocka_unit_test (a_recorded_draft_is_gone),
    cmocka_unit_test (the_lock_leaves_nothing_of_the_register_on_the_screen),
    cmocka_unit_test (a_wrong_passphrase_opens_nothing),
    cmocka_unit_test (after_unlocking_one_is_back_at_the_same_case),
    cmocka_unit_test (what_is_typed_survives_the_lock_to_the_last_letter),
    cmocka_unit_test (a_full_disk_at_the_lock_costs_no_word),
    cmocka_unit_test (what_is_two_seconds_old_survives_a_crash),
    cmocka_unit_test (locking_while_recording_records_once),
    cmocka_unit_test (the_idle_time_locks),
  };

  if (!wb_test_ui_init ())
    return 77;                                      /* Meson: skipped */
  wb_clock_set (G_GINT64_CONSTANT (1795500000000)); /* a day of November 2026 */
  return cmocka_run_group_tests_name ("window", tests, setup, teardown);
}
