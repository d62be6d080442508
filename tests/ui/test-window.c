/* SPDX-License-Identifier: EUPL-1.2 */

/* The whole way through the real window over a real register on disk. */
#include "wb-test-window.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-export-dialog.h"
#include "wb-record-form.h"

#define CANARY "kanarievogel"

static void
an_account_alone_is_enough_to_record (void **state)
{
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  assert_true (wb_test_window_is_form (NULL));
  wb_test_window_type ("Zegt dat hij geduwd is. " CANARY);
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  wb_test_wait (wb_test_window_is_case, NULL, "case");

  assert_string_equal (wb_case_page_get_reference (WB_CASE_PAGE (wb_test_window_top ())),
                       "NL-TEST-2026-0001");
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Zegt dat hij geduwd is."));
  wb_test_window_go_to_list ();
  assert_non_null (wb_test_find_text (wb_test_window_top (), "1 case"));
}

static void
a_recorded_draft_is_gone (void **state)
{
  g_autofree char *text = NULL;

  wb_test_window_go_to_list ();
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  text = wb_test_window_dup_account ();
  assert_string_equal (text, "");
  wb_test_window_go_to_list ();
}

static void
the_lock_leaves_nothing_of_the_register_on_the_screen (void **state)
{
  GtkWidget *window = GTK_WIDGET (wb_test_window.window);
  GtkWidget *dialog;
  gpointer watched_shell, watched_dialog;

  wb_test_window_go_to_list ();
  g_signal_emit_by_name (wb_test_find (wb_test_window_top (), GTK_TYPE_COLUMN_VIEW, NULL),
                         "activate",
                         0);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  gtk_widget_activate_action (wb_test_window_top (), "case.export", NULL);
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
  watched_shell = wb_window_get_shell (wb_test_window.window);
  g_object_add_weak_pointer (G_OBJECT (dialog), &watched_dialog);
  g_object_add_weak_pointer (watched_shell, &watched_shell);
  wb_test_window_lock ();

  assert_null (watched_dialog);
  assert_null (watched_shell);
  assert_null (wb_test_find_text (window, "NL-TEST-")); /* a case; the folder has its own name */
  assert_null (wb_test_find_text (window, CANARY));
  assert_string_equal (
      gtk_window_get_title (wb_test_window.window != NULL ? GTK_WINDOW (window) : NULL),
      "Waarborg");
  wb_test_window_act ("win.new-allegation");
  wb_test_window_act ("win.search");
  wb_test_window_act ("win.back");
  assert_string_equal (wb_window_get_page_name (wb_test_window.window), "unlock");
}

static void
a_wrong_passphrase_opens_nothing (void **state)
{
  wb_test_window_unlock ("vier foute woorden hier");
  wb_test_spin (200);
  wb_test_wait (wb_test_window_is_locked, NULL, "refused");
  wb_test_spin (6000);
  assert_null (wb_window_get_shell (wb_test_window.window));
}

static void
after_unlocking_one_is_back_at_the_same_case (void **state)
{
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_case, NULL, "case after unlock");
  assert_string_equal (wb_case_page_get_reference (WB_CASE_PAGE (wb_test_window_top ())),
                       "NL-TEST-2026-0001");
}

static void
what_is_typed_survives_the_lock_to_the_last_letter (void **state)
{
  g_autofree char *text = NULL;
  GtkWidget *row;

  wb_test_window_go_to_list ();
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_window_type ("Midden in een zi");
  row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (wb_test_window_top ()))),
      "when");
  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (row, GTK_TYPE_TEXT, NULL)), "18-7-20");
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "form after unlock");

  text = wb_test_window_dup_account ();
  assert_string_equal (text, "Midden in een zi");
  row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (wb_test_window_top ()))),
      "when");
  assert_string_equal (
      gtk_editable_get_text (GTK_EDITABLE (wb_test_find (row, GTK_TYPE_TEXT, NULL))),
      "18-7-20");
  assert_non_null (wb_test_find_text (wb_test_window_top (), "This is what you wrote earlier"));
}

static gboolean
is_question (gpointer data)
{
  return wb_test_find_dialog () != NULL;
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

static void
a_full_disk_at_the_lock_costs_no_word (void **state)
{
  g_autofree char *text = NULL;

  wb_test_window_type ("Geschreven op een volle schijf");
  (void) signal (SIGXFSZ, SIG_IGN);
  set_room (FALSE);
  wb_test_window_lock ();
  assert_non_null (
      wb_test_find_text (wb_window_get_page (wb_test_window.window), "There was no room to save"));
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_question, NULL, "asked for room");
  set_room (TRUE);
  adw_message_dialog_response (wb_test_find_dialog (), "again");
  wb_test_wait (wb_test_window_is_form, NULL, "form after a full disk");

  text = wb_test_window_dup_account ();
  assert_string_equal (text, "Geschreven op een volle schijf");
}

/* The window goes without a word, as in a crash; what is two seconds old is safe. */
static void
what_is_two_seconds_old_survives_a_crash (void **state)
{
  g_autofree char *path =
      g_strdup (wb_session_get_path (wb_window_get_session (wb_test_window.window)));
  g_autofree char *text = NULL;

  wb_test_window_type ("Twee seconden oud");
  wb_test_spin (2000);
  wb_test_window_type ("Twee seconden oud, en nieuwer");
  gtk_window_destroy (GTK_WINDOW (wb_test_window.window));
  wb_test_spin (500);
  wb_test_window_new ();
  wb_window_open_register (wb_test_window.window, path);
  wb_test_wait (wb_test_window_is_locked, NULL, "door");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "form after crash");

  text = wb_test_window_dup_account ();
  assert_non_null (strstr (text, "Twee seconden oud"));
}

static void
locking_while_recording_records_once (void **state)
{
  GtkWidget *row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (wb_test_window_top ()))),
      "when");

  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (row, GTK_TYPE_TEXT, NULL)), "");
  wb_test_window_type ("Precies een keer");
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_case, NULL, "the new case");
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Precies een keer"));
  wb_test_window_go_to_list ();
  assert_non_null (wb_test_find_text (wb_test_window_top (), "2 cases"));
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  {
    g_autofree char *text = wb_test_window_dup_account ();

    assert_string_equal (text, "");
  }
  wb_test_window_go_to_list ();
}

/* At the door of the register of this name, with its users. */
static gboolean
is_door_of (gpointer name)
{
  WbSession *session = wb_window_get_session (wb_test_window.window);

  return session != NULL && g_str_has_suffix (wb_session_get_path (session), name) &&
         wb_test_window_is_locked (NULL);
}

static void
another_register_is_opened_once_this_one_may_be_locked (void **state)
{
  g_autofree char *first =
      g_strdup (wb_session_get_path (wb_window_get_session (wb_test_window.window)));
  g_autofree char *folder = g_build_filename (wb_test_window.folder, "other", NULL);
  g_autofree char *other = g_build_filename (folder, "NL-TEST.waarborg", NULL);
  g_autofree char *text = NULL;
  WbSession *session;

  assert_int_equal (g_mkdir (folder, 0700), 0);
  session = wb_test_session (folder);
  wb_test_lock (session);
  g_object_unref (session);
  wb_test_window_go_to_list ();
  wb_window_open_register (wb_test_window.window, first);
  assert_null (wb_test_find_dialog ());
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_window_type ("Blijft in het eerste");
  wb_window_open_register (wb_test_window.window, other);
  wb_test_wait (is_question, NULL, "question");
  adw_message_dialog_response (wb_test_find_dialog (), "cancel");
  wb_test_spin (50);
  assert_true (wb_test_window_is_form (NULL));
  wb_window_open_register (wb_test_window.window, other);
  wb_test_wait (is_question, NULL, "question");
  adw_message_dialog_response (wb_test_find_dialog (), "lock");
  assert_null (wb_window_get_shell (wb_test_window.window));
  wb_test_wait (is_door_of, (char *) "other/NL-TEST.waarborg", "door of the other");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_list, NULL, "list of the other");
  wb_window_open_register (wb_test_window.window, first);
  wb_test_wait (is_question, NULL, "question");
  adw_message_dialog_response (wb_test_find_dialog (), "lock");
  wb_test_wait (is_door_of, first, "door of the first");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "form in the first");

  text = wb_test_window_dup_account ();
  assert_string_equal (text, "Blijft in het eerste");
}

static void
a_new_register_can_be_made_once_this_one_may_be_locked (void **state)
{
  g_autofree char *first =
      g_strdup (wb_session_get_path (wb_window_get_session (wb_test_window.window)));

  wb_test_window_act ("win.create-register");
  wb_test_wait (is_question, NULL, "question");
  adw_message_dialog_response (wb_test_find_dialog (), "lock");
  wb_test_spin (500);
  assert_string_equal (wb_window_get_page_name (wb_test_window.window), "create");
  wb_test_window_create ("NL-NEW");
  assert_true (
      g_str_has_suffix (wb_session_get_path (wb_window_get_session (wb_test_window.window)),
                        "NL-NEW.waarborg"));
  wb_window_open_register (wb_test_window.window, first);
  wb_test_wait (is_question, NULL, "question");
  adw_message_dialog_response (wb_test_find_dialog (), "lock");
  wb_test_wait (is_door_of, first, "door of the first");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "form in the first");
}

static void
the_idle_time_locks (void **state)
{
  wb_test_window_go_to_list ();
  wb_settings_set_lock_after_seconds (wb_test_window.settings, 1);
  wb_window_watch (wb_test_window.window);
  wb_test_wait (wb_test_window_is_locked, NULL, "idle");
  wb_settings_set_lock_after_seconds (wb_test_window.settings, 300);
  assert_null (wb_window_get_shell (wb_test_window.window));
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
    cmocka_unit_test (another_register_is_opened_once_this_one_may_be_locked),
    cmocka_unit_test (a_new_register_can_be_made_once_this_one_may_be_locked),
    cmocka_unit_test (the_idle_time_locks),
  };

  if (!wb_test_ui_init ())
    return 77;                                      /* Meson: skipped */
  wb_clock_set (G_GINT64_CONSTANT (1795500000000)); /* a day of November 2026 */
  return cmocka_run_group_tests_name ("window",
                                      tests,
                                      wb_test_window_setup,
                                      wb_test_window_teardown);
}
