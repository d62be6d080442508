/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-colleague.h"
#include "wb-next-step.h"
#include "wb-picker.h"
#include "wb-record-chooser.h"
#include "wb-record-form.h"
#include "wb-test-window.h"

#define COLLEAGUE "bram"

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *text = wb_test_find_text (root, label);

  return text != NULL ? gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON) : NULL;
}

static WbNextStep *
get_step (void)
{
  return WB_NEXT_STEP (wb_test_find (wb_test_window_top (), WB_TYPE_NEXT_STEP, NULL));
}

static gboolean
shows_text (gpointer text)
{
  return wb_test_find_text (GTK_WIDGET (wb_test_window.window), text) != NULL;
}

static gboolean
stands_at_step (gpointer status)
{
  return wb_test_window_is_case (NULL) &&
         g_strcmp0 (wb_next_step_get_status (get_step ()), status) == 0;
}

static void
wait_for_text (const char *text)
{
  wb_test_wait (shows_text, (gpointer) text, text);
}

static void
wait_for_step (const char *status)
{
  wb_test_wait (stands_at_step, (gpointer) status, status);
}

static gboolean
is_asked (gpointer data)
{
  return wb_test_find_dialog () != NULL;
}

static void
answer (const char *reason)
{
  GtkWidget *dialog, *entry;

  wb_test_wait (is_asked, NULL, "question");
  dialog = GTK_WIDGET (wb_test_find_dialog ());
  entry = wb_test_find (dialog, GTK_TYPE_ENTRY, NULL);
  assert_non_null (entry);
  assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_editable_set_text (GTK_EDITABLE (entry), reason);
  assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
}

/* A case with one allegation, on its page. */
static void
open_new_case (const char *account)
{
  wb_test_window_go_to_list ();
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_window_type (account);
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  wb_test_spin (50);
}

static void
press (GtkWidget *button)
{
  assert_non_null (button);
  assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
a_step_is_taken_with_a_reason_and_shows_the_next_one (void **state)
{
  open_new_case ("Geduwd bij de balie.");
  assert_string_equal (wb_next_step_get_status (get_step ()), "status.triage");

  press (find_button (GTK_WIDGET (get_step ()), "Take This Step"));
  answer ("Alles is binnen.");
  wait_for_step ("status.assessment");
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Triage"));
}

static void
what_is_missing_is_said_and_the_step_cannot_be_taken (void **state)
{
  GtkWidget *step;

  open_new_case ("Geen tolk gehad.");
  step = GTK_WIDGET (get_step ());
  wb_next_step_choose (WB_NEXT_STEP (step), "status.merged");
  assert_non_null (wb_test_find_text (step, "The case that this one goes into is named"));
  assert_false (gtk_widget_is_sensitive (find_button (step, "Take This Step")));
}

static void
a_refusal_is_shown_in_the_words_of_the_core (void **state)
{
  open_new_case ("Twee uur zonder water.");
  /* As another window would ask what this one no longer offers. */
  g_signal_emit_by_name (get_step (), "step-requested", "status.closed", FALSE);
  wait_for_text ("cannot go from");
  assert_string_equal (wb_next_step_get_status (get_step ()), "status.triage");
}

static void
every_type_of_a_case_can_be_added (void **state)
{
  GPtrArray *types = wb_model_get_types (wb_model_get_default (NULL));
  GtkWidget *chooser;

  open_new_case ("Wachten op een arts.");
  chooser = wb_test_find (wb_test_window_top (), WB_TYPE_RECORD_CHOOSER, NULL);
  gtk_widget_activate_action (wb_test_window_top (), "case.add", NULL);
  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);

    if (type->scope == WB_SCOPE_CASE) {
      assert_true (wb_record_chooser_offers (type));
      assert_non_null (type->section);
      assert_non_null (wb_test_find_text (chooser, type->label[WB_LANGUAGE_EN]));
    }
  }
  wb_record_chooser_search (WB_RECORD_CHOOSER (chooser), "intervi");
  g_signal_emit_by_name (wb_test_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  assert_string_equal (
      wb_allegation_page_get_record_type (WB_ALLEGATION_PAGE (wb_test_window_top ())),
      "interview");
}

static void
every_form_of_a_case_opens (void **state)
{
  GPtrArray *types = wb_model_get_types (wb_model_get_default (NULL));

  open_new_case ("Geen uitleg bij het besluit.");
  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);

    if (!wb_record_chooser_offers (type))
      continue;
    g_signal_emit_by_name (wb_test_window_top (), "new-record", type->name);
    wb_test_wait (wb_test_window_is_form, NULL, type->name);
    wb_test_window_act ("win.back");
    wb_test_wait (wb_test_window_is_case, NULL, "case");
  }
}

static void
open_rows (GtkWidget *root)
{
  if (ADW_IS_EXPANDER_ROW (root))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    open_rows (child);
}

static void
a_correction_is_asked_why_and_shows_what_it_set (void **state)
{
  GtkWidget *row;

  open_new_case ("Opgesloten zonder reden.");
  row = gtk_widget_get_ancestor (wb_test_find_text (wb_test_window_top (), "Opgesloten zonder"),
                                 ADW_TYPE_EXPANDER_ROW);
  open_rows (row);
  press (find_button (row, "Change…"));
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  {
    g_autofree char *account = wb_test_window_dup_account ();

    assert_string_equal (account, "Opgesloten zonder reden.");
  }
  wb_test_window_type ("Opgesloten zonder opgaaf van reden.");
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  answer ("Letterlijk wat is gezegd.");
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  wait_for_text ("opgaaf van reden");
}

static void
a_correction_of_nothing_is_no_act (void **state)
{
  open_new_case ("Niemand die tolkte.");
  gtk_widget_activate_action (wb_test_window_top (), "case.change", NULL);
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  wb_test_spin (100);
  assert_null (wb_test_find_dialog ());
  assert_true (wb_test_window_is_form (NULL));
}

static gpointer
add_colleague_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbSecret) passphrase =
      wb_secret_new_copy (WB_TEST_PASSPHRASE, strlen (WB_TEST_PASSPHRASE), error);

  return GINT_TO_POINTER (wb_register_add_colleague (reg, COLLEAGUE, passphrase, TRUE, error));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  (void) wb_session_call_finish (WB_SESSION (source), result, &error);
  wb_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
add_colleague (void)
{
  gboolean done = FALSE;

  wb_session_call_async (wb_window_get_session (wb_test_window.window),
                         add_colleague_call,
                         NULL,
                         NULL,
                         NULL,
                         NULL,
                         done_cb,
                         &done);
  wb_test_wait (is_true, &done, "colleague");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  (void) wb_session_open_finish (WB_SESSION (source), result, &error);
  wb_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_read (gpointer page)
{
  return wb_case_page_get_reference (page) != NULL;
}

static gboolean
is_confirmed (gpointer page)
{
  return wb_test_find_text (page, "Confirmed") != NULL;
}

/* The second person's page, over a session of their own. */
static void
confirm_as_colleague (const char *path, const char *case_id)
{
  g_autoptr (WbSession) session = wb_session_new (path);
  g_autoptr (WbSecret) passphrase =
      wb_secret_new_copy (WB_TEST_PASSPHRASE, strlen (WB_TEST_PASSPHRASE), NULL);
  gboolean done = FALSE;
  GtkWidget *page, *window;

  wb_session_open_async (session, COLLEAGUE, passphrase, NULL, opened_cb, &done);
  wb_test_wait (is_true, &done, "open");
  page = wb_case_page_new (session, case_id);
  window = wb_test_show (page);
  wb_test_wait (is_read, page, "case");
  wb_test_spin (100);
  press (find_button (page, "Confirm…"));
  answer ("Eens met het voorstel.");
  wb_test_wait (is_confirmed, page, "decision");
  assert_null (find_button (page, "Confirm…"));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_lock (session);
}

static void
who_proposed_does_not_decide_and_another_does (void **state)
{
  WbSession *session = wb_window_get_session (wb_test_window.window);
  g_autofree char *path = g_strdup (wb_session_get_path (session));
  g_autofree char *id = NULL;
  g_autofree char *json = NULL;

  open_new_case ("Brief geopend door de bewaking.");
  add_colleague ();
  id = g_strdup (wb_case_page_get_id (WB_CASE_PAGE (wb_test_window_top ())));
  json = g_strdup_printf ("[{\"type\":\"decision\",\"case\":\"%s\",\"fields\":{"
                          "\"kind\":\"decisionkind.other\",\"choice\":\"decisionchoice.do\","
                          "\"ground\":\"Er is geen belang in het spel.\"}}]",
                          id);
  g_ptr_array_unref (wb_test_record (session, json));
  wb_case_page_reload (WB_CASE_PAGE (wb_test_window_top ()));
  wait_for_text ("Er is geen belang in het spel");
  open_rows (wb_test_window_top ());
  assert_non_null (wb_test_find_text (wb_test_window_top (), "You proposed this"));
  assert_null (find_button (wb_test_window_top (), "Confirm…"));

  wb_test_window_lock ();
  confirm_as_colleague (path, id);
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_case, NULL, "unlock");
}

static gpointer
find_row (const char *field)
{
  GtkWidget *form = wb_allegation_page_get_form (WB_ALLEGATION_PAGE (wb_test_window_top ()));

  return wb_record_form_find_row (WB_RECORD_FORM (form), field);
}

static gboolean
is_offered (gpointer reference)
{
  GtkWidget *picker = wb_test_find (find_row ("merged_into"), WB_TYPE_PICKER, NULL);

  return picker != NULL && wb_test_find_text (picker, reference) != NULL &&
         wb_test_find_text (picker, "Registered") != NULL;
}

/* As one types: the case that was meant is the only one left, and Enter takes it. */
static void
choose_case (const char *words, const char *reference, const char *own)
{
  GtkWidget *row = find_row ("merged_into");
  GtkWidget *picker;

  wb_choice_editor_popup (WB_CHOICE_EDITOR (wb_test_find (row, WB_TYPE_CHOICE_EDITOR, NULL)));
  wb_test_wait (is_offered, (gpointer) reference, "cases");
  picker = wb_test_find (row, WB_TYPE_PICKER, NULL);
  assert_null (wb_test_find_text (picker, own)); /* a case does not go into itself */
  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL)), words);
  g_signal_emit_by_name (wb_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  assert_non_null (wb_test_find_text (row, "Not filled in")); /* not answered yet */
  wb_test_spin (300);
  assert_non_null (wb_test_find_text (picker, reference));
  g_signal_emit_by_name (wb_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  assert_null (wb_test_find_text (row, "Not filled in"));
  assert_non_null (wb_test_find_text (row, reference));
}

static gboolean
is_form_gone (gpointer data)
{
  if (wb_test_find_dialog () != NULL)
    adw_message_dialog_response (wb_test_find_dialog (), "do");
  return wb_test_window_is_case (NULL);
}

static void
propose_unmerge (const char *case_id)
{
  g_autofree char *json =
      g_strdup_printf ("[{\"type\":\"decision\",\"case\":\"%s\",\"fields\":{"
                       "\"kind\":\"decisionkind.unmerge\",\"choice\":\"decisionchoice.do\","
                       "\"ground\":\"Het was een andere cel.\"}}]",
                       case_id);

  g_ptr_array_unref (wb_test_record (wb_window_get_session (wb_test_window.window), json));
}

static void
undo_merge (const char *case_id)
{
  g_autofree char *path =
      g_strdup (wb_session_get_path (wb_window_get_session (wb_test_window.window)));

  propose_unmerge (case_id);
  wb_test_window_lock ();
  confirm_as_colleague (path, case_id);
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wait_for_step ("status.assessment");
  press (find_button (GTK_WIDGET (get_step ()), "Take This Step"));
  if (wb_test_find_dialog () != NULL)
    answer ("Besloten door twee.");
}

static void
two_cases_are_merged_and_that_is_undone (void **state)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *id = NULL;
  GtkWidget *step;

  open_new_case ("Matras weggehaald in cel zeventien.");
  first = g_strdup (wb_case_page_get_reference (WB_CASE_PAGE (wb_test_window_top ())));
  open_new_case ("Nog eens over het matras.");
  second = g_strdup (wb_case_page_get_reference (WB_CASE_PAGE (wb_test_window_top ())));
  id = g_strdup (wb_case_page_get_id (WB_CASE_PAGE (wb_test_window_top ())));
  gtk_widget_activate_action (wb_test_window_top (), "case.change", NULL);
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  open_rows (wb_test_window_top ());
  wb_test_spin (100);
  choose_case ("zeventien", first, second);
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  answer ("Hetzelfde voorval.");
  wb_test_wait (is_form_gone, NULL, "case");
  wb_test_spin (100);
  step = GTK_WIDGET (get_step ());
  wb_next_step_choose (WB_NEXT_STEP (step), "status.merged");
  press (find_button (step, "Take This Step"));
  wb_test_spin (100);
  if (wb_test_find_dialog () != NULL)
    answer ("Hetzelfde voorval.");
  wait_for_text ("Merged");
  undo_merge (id);
}

static void
the_holder_is_shown_and_chosen (void **state)
{
  open_new_case ("Geen advocaat gebeld.");
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Nobody holds this case"));
  g_signal_emit_by_name (
      wb_test_find (wb_test_window_top (), g_type_from_name ("WbHolderButton"), NULL),
      "holder-requested",
      "anna");
  wait_for_text ("Holder: anna");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_step_is_taken_with_a_reason_and_shows_the_next_one),
    cmocka_unit_test (what_is_missing_is_said_and_the_step_cannot_be_taken),
    cmocka_unit_test (a_refusal_is_shown_in_the_words_of_the_core),
    cmocka_unit_test (every_type_of_a_case_can_be_added),
    cmocka_unit_test (every_form_of_a_case_opens),
    cmocka_unit_test (a_correction_is_asked_why_and_shows_what_it_set),
    cmocka_unit_test (a_correction_of_nothing_is_no_act),
    cmocka_unit_test (the_holder_is_shown_and_chosen),
    cmocka_unit_test (who_proposed_does_not_decide_and_another_does),
    cmocka_unit_test (two_cases_are_merged_and_that_is_undone),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("next-step",
                                      tests,
                                      wb_test_window_setup,
                                      wb_test_window_teardown);
}
