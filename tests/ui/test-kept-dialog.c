/* SPDX-License-Identifier: EUPL-1.2 */

/* A real lock while somebody types in a small dialog: it comes back with every character. */
#include "wb-test-window.h"

#include "wb-backup-dialog.h"
#include "wb-case-page.h"
#include "wb-colleague-dialog.h"
#include "wb-export-dialog.h"
#include "wb-kept-dialog.h"
#include "wb-record-dialog.h"
#include "wb-record-form.h"

static const char records[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Vlinder-07\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"Geduwd bij de balie.\"}}]";

static GtkWidget *
find_dialog (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_shown (gpointer type)
{
  return find_dialog (*(GType *) type) != NULL;
}

static void
lock_and_come_back (GType type)
{
  wb_test_window_lock ();
  assert_null (find_dialog (type));
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_shown, &type, "the dialog after the lock");
}

static GtkEditable *
find_entry (GtkWidget *dialog)
{
  return GTK_EDITABLE (wb_test_find (dialog, GTK_TYPE_ENTRY, NULL));
}

static void
a_reason_for_a_step_comes_back_on_its_case (void **state)
{
  g_autoptr (GPtrArray) made =
      wb_test_record (wb_window_get_session (wb_test_window.window), records);
  const WbRecord *record = g_ptr_array_index (made, 0);
  GtkWidget *page;

  wb_test_window_go_to_list ();
  g_signal_emit_by_name (wb_test_window_top (), "case-activated", record->id);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  page = wb_test_window_top ();
  assert_true (wb_case_page_ask_again (WB_CASE_PAGE (page), "step", "status.triage"));
  gtk_editable_set_text (find_entry (find_dialog (ADW_TYPE_MESSAGE_DIALOG)), "Midden in een zi");
  lock_and_come_back (ADW_TYPE_MESSAGE_DIALOG);

  assert_true (wb_test_window_is_case (NULL));
  assert_string_equal (gtk_editable_get_text (find_entry (find_dialog (ADW_TYPE_MESSAGE_DIALOG))),
                       "Midden in een zi");
  adw_message_dialog_response (wb_test_find_dialog (), "do");
  wb_test_spin (500);
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Triage"));
}

static void
a_new_record_comes_back_half_filled_in (void **state)
{
  GtkWidget *dialog = wb_record_dialog_new (wb_window_get_session (wb_test_window.window),
                                            wb_model_get_default (NULL),
                                            "holiday",
                                            NULL);
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (JsonObject) again = NULL;
  GtkWidget *form;

  json_object_set_string_member (values, "label_nl", "Dag van de Grond");
  wb_record_form_set_values (WB_RECORD_FORM (wb_record_dialog_get_form (WB_RECORD_DIALOG (dialog))),
                             values);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (wb_test_window.window));
  lock_and_come_back (WB_TYPE_RECORD_DIALOG);

  form = wb_record_dialog_get_form (WB_RECORD_DIALOG (find_dialog (WB_TYPE_RECORD_DIALOG)));
  again = wb_record_form_dup_draft (WB_RECORD_FORM (form));
  assert_string_equal (json_object_get_string_member_with_default (again, "label_nl", ""),
                       "Dag van de Grond");
  gtk_window_close (GTK_WINDOW (find_dialog (WB_TYPE_RECORD_DIALOG)));
  wb_test_spin (100);
}

static void
the_name_of_a_colleague_comes_back_and_no_passphrase (void **state)
{
  GtkWidget *dialog = wb_colleague_dialog_new (wb_window_get_session (wb_test_window.window));

  wb_colleague_dialog_set_name (WB_COLLEAGUE_DIALOG (dialog), "bra");
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (wb_test_window.window));
  gtk_editable_set_text (wb_test_find_passphrase (dialog), "half getypt");
  lock_and_come_back (WB_TYPE_COLLEAGUE_DIALOG);

  dialog = find_dialog (WB_TYPE_COLLEAGUE_DIALOG);
  assert_string_equal (
      gtk_editable_get_text (GTK_EDITABLE (wb_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL))),
      "bra");
  assert_string_equal (gtk_editable_get_text (wb_test_find_passphrase (dialog)), "");
  gtk_window_close (GTK_WINDOW (dialog));
  wb_test_spin (100);
}

/* On the register's thread. */
static gpointer
load_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_register_load_draft (reg, "dialog", error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JsonObject) kept = wb_session_call_finish (WB_SESSION (source), result, NULL);

  *(int *) user_data = kept != NULL;
}

static gboolean
is_answered (gpointer answer)
{
  return *(int *) answer >= 0;
}

/* What a crash at this moment would leave. */
static gboolean
is_in_store (void)
{
  int answer = -1;

  wb_session_call_async (wb_window_get_session (wb_test_window.window),
                         load_call,
                         NULL,
                         NULL,
                         NULL,
                         NULL,
                         loaded_cb,
                         &answer);
  wb_test_wait (is_answered, &answer, "the store");
  return answer;
}

static void
a_backup_half_asked_for_comes_back_and_stays_in_the_store_until_it_is_closed (void **state)
{
  GtkWidget *dialog = wb_backup_dialog_new (wb_window_get_session (wb_test_window.window));
  g_autoptr (JsonObject) typed = json_object_new ();
  g_autoptr (JsonObject) again = NULL;

  json_object_set_boolean_member (typed, "by_key", TRUE);
  json_object_set_string_member (typed, "recipients", "age1half");
  wb_backup_dialog_put_back (WB_BACKUP_DIALOG (dialog), typed);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (wb_test_window.window));
  lock_and_come_back (WB_TYPE_BACKUP_DIALOG);

  dialog = find_dialog (WB_TYPE_BACKUP_DIALOG);
  again = wb_kept_dialog_dup (dialog);
  assert_true (json_object_get_boolean_member (again, "by_key"));
  assert_string_equal (json_object_get_string_member (again, "recipients"), "age1half");
  assert_true (is_in_store ());
  gtk_window_close (GTK_WINDOW (dialog));
  wb_test_spin (100);
  assert_false (is_in_store ());
}

static void
an_export_half_asked_for_comes_back (void **state)
{
  g_autoptr (JsonNode) typed = json_from_string (
      "{\"case\":\"c\",\"reference\":\"NL-TEST-2026-0001\",\"profile\":\"full\",\"given_to\":2,"
      "\"recipients\":\"age1half\",\"plain\":false,\"purpose\":\"Voor de ombuds\"}",
      NULL);
  GtkWidget *dialog = wb_export_dialog_new_kept (wb_window_get_session (wb_test_window.window),
                                                 json_node_get_object (typed));
  g_autoptr (JsonObject) again = NULL;

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (wb_test_window.window));
  gtk_window_present (GTK_WINDOW (dialog));
  wb_test_spin (100);
  lock_and_come_back (WB_TYPE_EXPORT_DIALOG);

  dialog = find_dialog (WB_TYPE_EXPORT_DIALOG);
  again = wb_kept_dialog_dup (dialog);
  assert_string_equal (json_object_get_string_member (again, "profile"), "full");
  assert_int_equal (json_object_get_int_member (again, "given_to"), 2);
  assert_string_equal (json_object_get_string_member (again, "purpose"), "Voor de ombuds");
  gtk_window_close (GTK_WINDOW (dialog));
  wb_test_spin (100);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_reason_for_a_step_comes_back_on_its_case),
    cmocka_unit_test (a_new_record_comes_back_half_filled_in),
    cmocka_unit_test (the_name_of_a_colleague_comes_back_and_no_passphrase),
    cmocka_unit_test (a_backup_half_asked_for_comes_back_and_stays_in_the_store_until_it_is_closed),
    cmocka_unit_test (an_export_half_asked_for_comes_back),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("kept-dialog",
                                      tests,
                                      wb_test_window_setup,
                                      wb_test_window_teardown);
}
