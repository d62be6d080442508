/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-ui.h"

#include <glib/gstdio.h>

#include "wb-case-page.h"
#include "wb-export-dialog.h"
#include "wb-person-row.h"
#include "wb-register-private.h"
#include "wb-story-view.h"

static const char records[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Vlinder-07\"}},"
    "{\"type\":\"person\",\"handle\":\"@p\",\"case\":\"@c\",\"fields\":{"
    "\"pseudonym\":\"Vlinder-07\",\"role\":\"role.concerned\",\"language\":\"tir\","
    "\"name\":\"Semhar Verzonnen\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{"
    "\"account\":\"Geduwd bij de balie.\",\"person\":\"@p\",\"received\":\"2026-07-21\","
    "\"urgency\":\"urgency.urgent\",\"when\":\"2026-07-18T20:15\"}}]";

static char *folder;
static WbSession *session;
static char *case_id;

static int
setup (void **state)
{
  g_autoptr (GPtrArray) made = NULL;

  folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (folder);
  made = wb_test_record (session, records);
  case_id = g_strdup (((WbRecord *) g_ptr_array_index (made, 0))->id);
  return 0;
}

static int
teardown (void **state)
{
  void *path = folder;

  wb_test_lock (session);
  g_clear_object (&session);
  g_free (case_id);
  return wb_test_folder_teardown (&path);
}

static gboolean
is_shown (gpointer page)
{
  return wb_case_page_get_reference (page) != NULL;
}

static GtkWidget *
show_page (GtkWidget **ret_window)
{
  GtkWidget *page = wb_case_page_new (session, case_id);

  *ret_window = wb_test_show (page);
  wb_test_wait (is_shown, page, "case");
  wb_test_spin (50);
  return page;
}

static gpointer
size_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return GSIZE_TO_POINTER ((gsize) wb_register_get_size (reg));
}

static void
size_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gsize *) user_data =
      GPOINTER_TO_SIZE (wb_session_call_finish (WB_SESSION (source), result, NULL));
}

static gboolean
has_size (gpointer size)
{
  return *(gsize *) size != 0;
}

static gsize
log_size (void)
{
  gsize size = 0;

  wb_session_call_async (session, size_call, NULL, NULL, NULL, NULL, size_cb, &size);
  wb_test_wait (has_size, &size, "size of the log");
  return size;
}

static void
a_case_shows_what_it_holds_but_no_name (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  gpointer watched = page;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  assert_non_null (wb_test_find_text (page, "Vlinder-07"));
  assert_non_null (wb_test_find_text (page, "Geduwd bij de balie."));
  assert_non_null (wb_test_find_text (page, "P-1"));
  assert_non_null (wb_test_find_text (page, "Acknowledge receipt"));
  assert_non_null (wb_test_find_text (page, "Allegation A-1: recorded"));
  assert_null (wb_test_find_text (page, "Semhar"));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_spin (50);
  assert_null (watched);
}

static gboolean
is_name_shown (gpointer page)
{
  return wb_test_find_text (page, "Semhar Verzonnen") != NULL;
}

static void
asking_for_a_name_shows_it_and_is_one_entry (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  GtkWidget *row = wb_test_find (page, WB_TYPE_PERSON_ROW, NULL);
  gsize before = log_size ();

  g_signal_emit_by_name (row, "identity-requested", "telefoontje van de voogd");
  wb_test_wait (is_name_shown, page, "name");

  assert_int_equal (log_size (), before + 1);
  assert_non_null (wb_test_find_text (page, "Recorded in the log"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_told (gpointer story)
{
  return wb_test_find_text (story, "Allegation A-1: When it happened") != NULL;
}

static void
the_story_tells_what_happened_and_what_was_done (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  GtkWidget *story = wb_test_find (page, WB_TYPE_STORY_VIEW, NULL);
  GtkWidget *part;
  gsize before = log_size ();

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (wb_test_find (page, GTK_TYPE_TOGGLE_BUTTON, "story")),
      TRUE);
  wb_test_wait (is_told, story, "story");
  assert_non_null (wb_test_find_text (story, "18 Jul 2026"));
  assert_non_null (wb_test_find_text (story, "Allegation A-1: recorded"));
  assert_null (wb_test_find_text (story, "Semhar"));
  assert_int_equal (log_size (), before);
  part = gtk_widget_get_next_sibling (wb_test_find (story, GTK_TYPE_DROP_DOWN, NULL));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (part), 1);
  wb_test_spin (50);
  assert_true (is_told (story));
  assert_null (wb_test_find_text (story, "Allegation A-1: recorded"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_checked (gpointer data)
{
  AdwMessageDialog *dialog = wb_test_find_dialog ();

  return dialog != NULL && wb_test_find_text (GTK_WIDGET (dialog), "SHA-256") != NULL;
}

static void
an_entry_of_the_history_is_checked_at_a_click (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  GtkWidget *title = wb_test_find_text (page, "Allegation A-1: recorded");
  GtkWidget *row = gtk_widget_get_ancestor (title, ADW_TYPE_EXPANDER_ROW);
  GtkWidget *button = NULL;
  gsize before = log_size ();

  assert_non_null (row);
  button = wb_test_find (row, GTK_TYPE_BUTTON, "wb-check");
  assert_non_null (button);
  g_signal_emit_by_name (button, "clicked");
  wb_test_wait (is_checked, NULL, "check");

  assert_string_equal (adw_message_dialog_get_heading (wb_test_find_dialog ()),
                       "This Entry Is as It Was Recorded");
  assert_non_null (wb_test_find_text (GTK_WIDGET (wb_test_find_dialog ()), "SHA256:"));
  assert_int_equal (log_size (), before);
  gtk_window_destroy (GTK_WINDOW (wb_test_find_dialog ()));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* On the register's thread: somebody wrote in the store itself; with @data back again. */
static gpointer
alter_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbStmt) off = wb_db_query (reg->db, "PRAGMA foreign_keys = OFF", error);
  g_autoptr (WbStmt) stmt = wb_db_query (reg->db,
                                         "UPDATE entry SET text = replace (text, :from, :to) "
                                         "WHERE text LIKE '%allegation%'",
                                         error);

  wb_stmt_bind_text (stmt, ":from", data != NULL ? "altered" : "created");
  wb_stmt_bind_text (stmt, ":to", data != NULL ? "created" : "altered");
  return GINT_TO_POINTER (wb_stmt_run (off, error) && wb_stmt_run (stmt, error));
}

static void
altered_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  *(gsize *) done = GPOINTER_TO_SIZE (wb_session_call_finish (WB_SESSION (source), result, NULL));
}

static void
alter (gboolean back)
{
  gsize done = 0;

  wb_session_call_async (session,
                         alter_call,
                         GINT_TO_POINTER (back),
                         NULL,
                         NULL,
                         NULL,
                         altered_cb,
                         &done);
  wb_test_wait (has_size, &done, "altered row");
}

static void
an_entry_that_was_altered_is_told_and_what_to_do (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  GtkWidget *row = gtk_widget_get_ancestor (wb_test_find_text (page, "Allegation A-1: recorded"),
                                            ADW_TYPE_EXPANDER_ROW);
  GtkWidget *dialog;

  alter (FALSE);
  g_signal_emit_by_name (wb_test_find (row, GTK_TYPE_BUTTON, "wb-check"), "clicked");
  wb_test_wait (is_checked, NULL, "check");
  dialog = GTK_WIDGET (wb_test_find_dialog ());
  assert_string_equal (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)),
                       "This Entry Was Damaged");
  assert_non_null (wb_test_find_text (dialog, "do not work in it"));
  assert_non_null (wb_test_find_text (dialog, "not the one that was recorded"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  alter (TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
opening_a_case_is_no_entry (void **state)
{
  gsize before = log_size ();
  GtkWidget *window;

  (void) show_page (&window);
  assert_int_equal (log_size (), before);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_evidence (gpointer page)
{
  return wb_test_find_text (page, "E-2") != NULL;
}

static void
files_are_attached_one_after_the_other_with_their_hash (void **state)
{
  g_autofree char *first = g_build_filename (folder, "een.txt", NULL);
  g_autofree char *second = g_build_filename (folder, "twee.txt", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *window;
  GtkWidget *page = show_page (&window);

  assert_true (g_file_set_contents (first, "abc", 3, NULL));
  assert_true (g_file_set_contents (second, "", 0, NULL));
  g_ptr_array_add (files, g_file_new_for_path (first));
  g_ptr_array_add (files, g_file_new_for_path (second));
  wb_case_page_attach (WB_CASE_PAGE (page), files);
  wb_test_wait (has_evidence, page, "evidence");

  assert_non_null (wb_test_find_text (page, "een.txt"));
  assert_non_null (wb_test_find_text (page, "SHA-256 ba7816bf8f01"));
  (void) g_unlink (first);
  (void) g_unlink (second);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_dropped (gpointer page)
{
  return wb_test_find_text (page, "los.txt") != NULL;
}

/* The page's drop target, given the files as a file manager gives them. */
static gboolean
drop_files (GtkWidget *page, GSList *files)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    g_auto (GValue) value = G_VALUE_INIT;

    if (!GTK_IS_DROP_TARGET (controller))
      continue;
    g_value_init (&value, GDK_TYPE_FILE_LIST);
    g_value_set_boxed (&value, files);
    g_signal_emit_by_name (controller, "drop", &value, 5.0, 5.0, &taken);
  }
  return taken;
}

static void
a_dropped_file_is_attached (void **state)
{
  g_autofree char *path = g_build_filename (folder, "los.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList files = { file, NULL };
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  gsize before = log_size ();

  assert_true (g_file_set_contents (path, "los", 3, NULL));
  assert_true (drop_files (page, &files));
  wb_test_wait (has_dropped, page, "evidence");
  assert_int_equal (log_size (), before + 1);
  (void) g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
say_cb (WbCasePage *page, const char *message, GString *said)
{
  g_string_append (said, message);
}

static gboolean
has_said (gpointer said)
{
  return ((GString *) said)->len > 0;
}

static void
a_file_that_cannot_be_read_is_said_and_leaves_nothing (void **state)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) said = g_string_new (NULL);
  GtkWidget *window;
  GtkWidget *page = show_page (&window);
  gsize before = log_size ();

  g_signal_connect (page, "message", G_CALLBACK (say_cb), said);
  g_ptr_array_add (files, g_file_new_for_path ("/nowhere/at/all"));
  wb_case_page_attach (WB_CASE_PAGE (page), files);
  wb_test_wait (has_said, said, "message");

  assert_int_equal (log_size (), before);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_exported (gpointer dialog)
{
  return wb_export_dialog_get_sha256 (dialog) != NULL ||
         wb_test_find_text (dialog, "EXISTS") != NULL;
}

static void
an_export_tells_the_hash_and_is_logged (void **state)
{
  g_autofree char *path = g_build_filename (folder, "zaak.zip", NULL);
  GtkWidget *dialog = wb_export_dialog_new (session, case_id, "NL-TEST-2026-0001");
  gpointer watched = dialog;
  gsize before = log_size ();

  g_object_add_weak_pointer (G_OBJECT (dialog), &watched);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_switch_set_active (GTK_SWITCH (wb_test_find (dialog, GTK_TYPE_SWITCH, NULL)), TRUE);
  wb_export_dialog_export_to (WB_EXPORT_DIALOG (dialog), path);
  wb_test_wait (is_exported, dialog, "export");

  assert_non_null (
      wb_test_find_text (dialog, wb_export_dialog_get_sha256 (WB_EXPORT_DIALOG (dialog))));
  assert_non_null (wb_test_find_text (dialog, "SHA256:"));
  assert_true (log_size () > before);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (dialog));
  wb_test_spin (50);
  assert_null (watched);
}

static void
without_recipients_nothing_is_exported_unless_plain_is_asked_for (void **state)
{
  GtkWidget *dialog = wb_export_dialog_new (session, case_id, "NL-TEST-2026-0001");
  GtkWidget *button;

  gtk_window_present (GTK_WINDOW (dialog));
  button = gtk_widget_get_ancestor (wb_test_find_text (dialog, "Export…"), GTK_TYPE_BUTTON);
  assert_false (gtk_widget_is_sensitive (button));
  gtk_switch_set_active (GTK_SWITCH (wb_test_find (dialog, GTK_TYPE_SWITCH, NULL)), TRUE);
  assert_true (gtk_widget_is_sensitive (button));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
choose_recipient (GtkWidget *dialog, const char *label)
{
  AdwComboRow *row = ADW_COMBO_ROW (wb_test_find (dialog, ADW_TYPE_COMBO_ROW, NULL));
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

    if (g_str_equal (gtk_string_object_get_string (item), label)) {
      adw_combo_row_set_selected (row, i);
      return;
    }
  }
  fail_msg ("no recipient %s", label);
}

static gboolean
is_refused (gpointer dialog)
{
  return wb_test_find_text (dialog, "(rule export-consent") != NULL;
}

static void
names_leave_for_one_recipient_and_with_consent (void **state)
{
  g_autofree char *path = g_build_filename (folder, "met-namen.zip", NULL);
  g_autofree char *consent = g_strdup_printf (
      "[{\"type\": \"consent\", \"case\": \"%s\", \"fields\": {\"person\":"
      " \"NL-TEST-2026-0001/P-1\", \"purpose\": \"consent.share_identified\", \"state\":"
      " \"consentstate.given\", \"recipient\": \"target.igj\", \"given_on\": \"2026-01-02\"}}]",
      case_id);
  GtkWidget *dialog = wb_export_dialog_new (session, case_id, "NL-TEST-2026-0001");
  GtkWidget *button;

  gtk_window_present (GTK_WINDOW (dialog));
  button = gtk_widget_get_ancestor (wb_test_find_text (dialog, "Export…"), GTK_TYPE_BUTTON);
  gtk_switch_set_active (GTK_SWITCH (wb_test_find (dialog, GTK_TYPE_SWITCH, NULL)), TRUE);
  adw_action_row_activate (ADW_ACTION_ROW (
      gtk_widget_get_ancestor (wb_test_find_text (dialog, "Everything"), ADW_TYPE_ACTION_ROW)));
  assert_false (gtk_widget_is_sensitive (button));
  choose_recipient (dialog, "Health and Youth Care Inspectorate");
  assert_true (gtk_widget_is_sensitive (button));
  wb_export_dialog_export_to (WB_EXPORT_DIALOG (dialog), path);
  wb_test_wait (is_refused, dialog, "refusal");
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_ptr_array_unref (wb_test_record (session, consent));
  wb_export_dialog_export_to (WB_EXPORT_DIALOG (dialog), path);
  wb_test_wait (is_exported, dialog, "export");
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_case_shows_what_it_holds_but_no_name),
    cmocka_unit_test (the_story_tells_what_happened_and_what_was_done),
    cmocka_unit_test (an_entry_of_the_history_is_checked_at_a_click),
    cmocka_unit_test (an_entry_that_was_altered_is_told_and_what_to_do),
    cmocka_unit_test (opening_a_case_is_no_entry),
    cmocka_unit_test (asking_for_a_name_shows_it_and_is_one_entry),
    cmocka_unit_test (files_are_attached_one_after_the_other_with_their_hash),
    cmocka_unit_test (a_dropped_file_is_attached),
    cmocka_unit_test (a_file_that_cannot_be_read_is_said_and_leaves_nothing),
    cmocka_unit_test (an_export_tells_the_hash_and_is_logged),
    cmocka_unit_test (names_leave_for_one_recipient_and_with_consent),
    cmocka_unit_test (without_recipients_nothing_is_exported_unless_plain_is_asked_for),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("case-page", tests, setup, teardown);
}
