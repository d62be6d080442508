/* SPDX-License-Identifier: EUPL-1.2 */

/* Preferences over a real register: users, passphrases, backups; and that they go at the lock. */
#include "wb-test-window.h"

#include "wb-backup-dialog.h"
#include "wb-preferences.h"
#include "wb-record-dialog.h"
#include "wb-record-form.h"
#include "wb-rehearse-dialog.h"
#include "wb-restore-dialog.h"
#include "wb-ui.h"
#include "wb-work-dialog.h"

#define OTHER_PASSPHRASE "zeven andere woorden daar"

static GtkWidget *preferences;

static void
open_preferences (void)
{
  preferences =
      wb_preferences_new (wb_test_window.settings, wb_window_get_session (wb_test_window.window));
  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (wb_test_window.window));
  gtk_window_present (GTK_WINDOW (preferences));
}

static gboolean
is_told (gpointer words)
{
  return wb_test_find_text (preferences, words) != NULL;
}

static WbWorkDialog *
find_work (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_WORK_DIALOG (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_gone (gpointer data)
{
  return find_work () == NULL;
}

static gboolean
is_told_in_dialog (gpointer words)
{
  return wb_test_find_text (GTK_WIDGET (find_work ()), words) != NULL;
}

static WbWorkDialog *
press (const char *title)
{
  GtkWidget *label;

  wb_test_wait (is_told, (gpointer) title, title);
  label = wb_test_find_text (preferences, title);
  adw_action_row_activate (ADW_ACTION_ROW (gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW)));
  assert_non_null (find_work ());
  return find_work ();
}

static void
type (WbWorkDialog *dialog, const char *title, const char *text)
{
  GtkWidget *label = wb_test_find_text (GTK_WIDGET (dialog), title);

  assert_non_null (label);
  gtk_editable_set_text (wb_test_entry_of (label), text);
}

static gboolean
start (WbWorkDialog *dialog)
{
  return gtk_widget_activate_action (GTK_WIDGET (dialog), "work.start", NULL);
}

static void
a_register_without_a_backup_is_warned_of_until_one_was_read_back (void **state)
{
  g_autofree char *path = g_build_filename (wb_test_window.folder, "weekly.backup.age", NULL);
  WbWorkDialog *dialog;

  open_preferences ();
  wb_test_wait (is_told, (gpointer) "Never", "the age of the backup");
  dialog = press ("Back Up Now");
  type (dialog, "New Passphrase", OTHER_PASSPHRASE);
  type (dialog, "New Passphrase Again", OTHER_PASSPHRASE);
  wb_backup_dialog_back_up_to (WB_BACKUP_DIALOG (dialog), path);

  wb_test_wait (is_told_in_dialog, (gpointer) "read back and found right", "the backup");
  assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  wb_test_wait (is_told, (gpointer) "Today", "the age of the backup");
  assert_null (wb_test_find_text (preferences, "Never: if this computer"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
a_rehearsal_tells_whether_the_backup_can_be_put_back (void **state)
{
  g_autofree char *path = g_build_filename (wb_test_window.folder, "weekly.backup.age", NULL);
  WbWorkDialog *dialog;

  open_preferences ();
  wb_test_wait (is_told, (gpointer) "nobody has seen yet", "the age of the rehearsal");
  dialog = press ("Rehearse the Recovery");
  wb_rehearse_dialog_set_backup (WB_REHEARSE_DIALOG (dialog), path);
  type (dialog, "Passphrase of the Backup", "niet deze zin van vier");
  start (dialog);
  wb_test_wait (is_told_in_dialog, (gpointer) "not the right one", "the refusal");
  assert_null (wb_test_find_text (GTK_WIDGET (dialog), "The recovery works"));

  type (dialog, "Passphrase of the Backup", OTHER_PASSPHRASE);
  start (dialog);
  wb_test_wait (is_told_in_dialog, (gpointer) "The recovery works", "the rehearsal");
  gtk_window_close (GTK_WINDOW (dialog));
  wb_test_spin (200);
  assert_null (wb_test_find_text (preferences, "nobody has seen yet"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
nobody_is_added_without_the_declaration (void **state)
{
  WbWorkDialog *dialog;
  GtkWidget *check;

  open_preferences ();
  dialog = press ("Add a Colleague");
  type (dialog, "User Name", "bram");
  type (dialog, "New Passphrase", OTHER_PASSPHRASE);
  type (dialog, "New Passphrase Again", OTHER_PASSPHRASE);
  start (dialog);
  /* Nothing was started: the passphrase is where it was typed. */
  assert_string_equal (gtk_editable_get_text (wb_test_find_passphrase (GTK_WIDGET (dialog))),
                       OTHER_PASSPHRASE);

  check = wb_test_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  start (dialog);
  wb_test_wait (is_gone, NULL, "the dialog");
  wb_test_wait (is_told, (gpointer) "bram", "the colleague");
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
a_weak_new_passphrase_is_refused_and_a_wrong_present_one_too (void **state)
{
  WbWorkDialog *dialog;

  open_preferences ();
  dialog = press ("Change My Passphrase");
  type (dialog, "Passphrase Now", "fout");
  type (dialog, "New Passphrase", "aaaa");
  type (dialog, "New Passphrase Again", "aaaa");
  start (dialog);
  assert_true (is_told_in_dialog ((gpointer) "too easy to guess"));

  type (dialog, "New Passphrase", OTHER_PASSPHRASE);
  type (dialog, "New Passphrase Again", OTHER_PASSPHRASE);
  start (dialog);
  wb_test_wait (is_told_in_dialog, (gpointer) "passphrase", "the refusal");
  wb_test_spin (2000);
  assert_non_null (find_work ());
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
fill_form (WbWorkDialog *dialog, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  wb_record_form_set_values (WB_RECORD_FORM (wb_record_dialog_get_form (WB_RECORD_DIALOG (dialog))),
                             json_node_get_object (node));
  wb_work_dialog_update (dialog);
}

static void
a_day_by_decree_is_added_and_corrected_by_its_form (void **state)
{
  WbWorkDialog *dialog;

  open_preferences ();
  dialog = press ("Add a Day…");
  fill_form (dialog,
             "{\"date\":\"2027-05-07\",\"label_nl\":\"Brugdag\",\"label_en\":\"Bridge day\","
             "\"calendar\":\"calendar.nl_atw\"}");
  start (dialog);
  wb_test_wait (is_gone, NULL, "the dialog");
  wb_test_wait (is_told, (gpointer) "Bridge day", "the day");

  dialog = press ("Bridge day");
  fill_form (dialog,
             "{\"date\":\"2027-05-07\",\"label_nl\":\"Brugdag\",\"label_en\":\"Day by decree\","
             "\"calendar\":\"calendar.nl_atw\"}");
  start (dialog);
  wb_test_wait (is_told, (gpointer) "Day by decree", "the change");
  assert_null (wb_test_find_text (preferences, "Bridge day"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
the_text_grows_by_what_was_chosen_and_comes_back (void **state)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int usual = 0, large = 0, again = 0;

  g_object_get (settings, "gtk-xft-dpi", &usual, NULL);
  wb_ui_set_text_size (200);
  g_object_get (settings, "gtk-xft-dpi", &large, NULL);
  wb_ui_set_text_size (100);
  g_object_get (settings, "gtk-xft-dpi", &again, NULL);

  assert_int_equal (large, 2 * (usual > 0 ? usual : 98304));
  assert_int_equal (again, usual);
}

static void
everything_over_the_window_goes_at_the_lock (void **state)
{
  gpointer window, dialog;

  open_preferences ();
  dialog = press ("Change My Passphrase");
  window = preferences;
  type (dialog, "Passphrase Now", WB_TEST_PASSPHRASE);
  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (dialog, &dialog);
  wb_test_window_lock ();

  assert_null (dialog);
  assert_null (window);
}

static gboolean
is_at_the_door (gpointer folder)
{
  WbSession *session = wb_window_get_session (wb_test_window.window);

  return session != NULL && g_strcmp0 (wb_session_get_path (session), folder) == 0;
}

/* Comes last: the register of the other tests is closed. */
static void
what_was_backed_up_is_put_back_and_opens (void **state)
{
  g_autofree char *path = g_build_filename (wb_test_window.folder, "weekly.backup.age", NULL);
  g_autofree char *folder = g_build_filename (wb_test_window.folder, "Again.waarborg", NULL);
  WbWorkDialog *dialog;

  wb_test_window_act ("win.close-register");
  wb_test_spin (100);
  wb_test_window_act ("win.restore-register");
  dialog = find_work ();
  assert_non_null (dialog);
  wb_restore_dialog_set_file (WB_RESTORE_DIALOG (dialog), path);
  wb_restore_dialog_set_parent (WB_RESTORE_DIALOG (dialog), wb_test_window.folder);
  type (dialog, "Name of Its Folder", "Again");
  type (dialog, "User Name in the Register", "anna");
  type (dialog, "Its Passphrase", "niet deze zin van vier");
  type (dialog, "Passphrase of That User", WB_TEST_PASSPHRASE);
  start (dialog);
  wb_test_wait (is_told_in_dialog, (gpointer) "passphrase", "the refusal");
  wb_test_spin (3000);
  assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  type (dialog, "Its Passphrase", OTHER_PASSPHRASE);
  type (dialog, "Passphrase of That User", WB_TEST_PASSPHRASE);
  start (dialog);
  wb_test_wait (is_at_the_door, folder, "the door of what was put back");
  wb_test_wait (wb_test_window_is_locked, NULL, "door");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_open, NULL, "open");
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_register_without_a_backup_is_warned_of_until_one_was_read_back),
    cmocka_unit_test (a_rehearsal_tells_whether_the_backup_can_be_put_back),
    cmocka_unit_test (nobody_is_added_without_the_declaration),
    cmocka_unit_test (a_weak_new_passphrase_is_refused_and_a_wrong_present_one_too),
    cmocka_unit_test (a_day_by_decree_is_added_and_corrected_by_its_form),
    cmocka_unit_test (the_text_grows_by_what_was_chosen_and_comes_back),
    cmocka_unit_test (everything_over_the_window_goes_at_the_lock),
    cmocka_unit_test (what_was_backed_up_is_put_back_and_opens),
  };

  if (!wb_test_ui_init ())
    return 77;
  return cmocka_run_group_tests (tests, wb_test_window_setup, wb_test_window_teardown);
}
