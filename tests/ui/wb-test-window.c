/* SPDX-License-Identifier: EUPL-1.2 */

/* Driving the real window: a register made in it, and the ways through its pages. */
#include "wb-test-window.h"

#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-create-page.h"
#include "wb-record-form.h"
#include "wb-unlock-page.h"

WbTestWindow wb_test_window;

gboolean
wb_test_window_is_open (gpointer data)
{
  return wb_window_get_shell (wb_test_window.window) != NULL;
}

gboolean
wb_test_window_is_locked (gpointer data)
{
  GtkWidget *page = wb_window_get_page (wb_test_window.window);

  return WB_IS_UNLOCK_PAGE (page) && wb_unlock_page_get_user (WB_UNLOCK_PAGE (page)) != NULL &&
         !wb_session_is_open (wb_window_get_session (wb_test_window.window));
}

GtkWidget *
wb_test_window_top (void)
{
  return wb_shell_get_top (wb_window_get_shell (wb_test_window.window));
}

gboolean
wb_test_window_is_form (gpointer data)
{
  return wb_test_window_is_open (NULL) && WB_IS_ALLEGATION_PAGE (wb_test_window_top ()) &&
         wb_allegation_page_is_ready (WB_ALLEGATION_PAGE (wb_test_window_top ()));
}

gboolean
wb_test_window_is_case (gpointer data)
{
  return wb_test_window_is_open (NULL) && WB_IS_CASE_PAGE (wb_test_window_top ()) &&
         wb_case_page_get_reference (WB_CASE_PAGE (wb_test_window_top ())) != NULL;
}

gboolean
wb_test_window_is_list (gpointer data)
{
  GtkWidget *top = wb_test_window_is_open (NULL) ? wb_test_window_top () : NULL;

  return WB_IS_CASES_PAGE (top) &&
         !wb_case_list_is_loading (wb_cases_page_get_list (WB_CASES_PAGE (top)));
}

void
wb_test_window_act (const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (wb_test_window.window), action, NULL);
}

void
wb_test_window_new (void)
{
  wb_test_window.window =
      WB_WINDOW (wb_window_new (wb_test_window.application, wb_test_window.settings));
  gtk_window_present (GTK_WINDOW (wb_test_window.window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (wb_test_window.window));
}

GtkEditable *
wb_test_window_entry (const char *title)
{
  GtkWidget *label = wb_test_find_text (wb_window_get_page (wb_test_window.window), title);

  assert_non_null (label);
  return wb_test_entry_of (label);
}

void
wb_test_window_create (const char *code)
{
  GtkWidget *page;

  wb_test_window_act ("win.create-register");
  page = wb_window_get_page (wb_test_window.window);
  wb_create_page_set_folder (WB_CREATE_PAGE (page), wb_test_window.folder);
  gtk_editable_set_text (wb_test_window_entry ("Name of the Body"), "Testinspectie");
  gtk_editable_set_text (wb_test_window_entry ("Code in References"), code);
  gtk_editable_set_text (wb_test_window_entry ("User Name"), "anna");
  gtk_editable_set_text (wb_test_find_passphrase (page), WB_TEST_PASSPHRASE);
  gtk_editable_set_text (wb_test_window_entry ("Passphrase Again"), WB_TEST_PASSPHRASE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (wb_test_find (page, GTK_TYPE_CHECK_BUTTON, NULL)),
                               TRUE);
  gtk_widget_activate_action (page, "create.create", NULL);
  wb_test_wait (wb_test_window_is_open, NULL, "create");
}

/* Who may open it was read: before that nobody can press the button. */
static gboolean
is_ready (gpointer page)
{
  return wb_unlock_page_get_user (page) != NULL &&
         gtk_widget_is_sensitive (GTK_WIDGET (wb_test_find_passphrase (page)));
}

void
wb_test_window_unlock (const char *passphrase)
{
  GtkWidget *page = wb_window_get_page (wb_test_window.window);
  GtkEditable *entry = wb_test_find_passphrase (page);

  wb_test_wait (is_ready, page, "door");
  gtk_editable_set_text (GTK_EDITABLE (entry), passphrase);
  gtk_widget_activate_action (page, "unlock.unlock", NULL);
}

void
wb_test_window_lock (void)
{
  wb_window_lock (wb_test_window.window);
  assert_null (wb_window_get_shell (wb_test_window.window));
  assert_string_equal (wb_window_get_page_name (wb_test_window.window), "unlock");
  wb_test_wait (wb_test_window_is_locked, NULL, "lock");
  wb_test_spin (100);
}

void
wb_test_window_go_to_list (void)
{
  wb_test_wait (wb_test_window_is_open, NULL, "open");
  while (wb_shell_get_depth (wb_window_get_shell (wb_test_window.window)) > 1)
    wb_test_window_act ("win.back");
  wb_test_window_act ("win.show-cases");
  wb_test_wait (wb_test_window_is_list, NULL, "list");
}

GtkTextBuffer *
wb_test_window_account (void)
{
  GtkWidget *form = wb_allegation_page_get_form (WB_ALLEGATION_PAGE (wb_test_window_top ()));
  GtkWidget *row = wb_record_form_find_row (WB_RECORD_FORM (form), "account");

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (wb_test_find (row, GTK_TYPE_TEXT_VIEW, NULL)));
}

void
wb_test_window_type (const char *account)
{
  gtk_text_buffer_set_text (wb_test_window_account (), account, -1);
}

char *
wb_test_window_dup_account (void)
{
  char *text = NULL;

  g_object_get (wb_test_window_account (), "text", &text, NULL);
  return text;
}

void
wb_test_window_start (void)
{
  wb_test_window.folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  wb_test_window.settings = wb_settings_new ();
  wb_test_window.application =
      GTK_APPLICATION (adw_application_new ("org.waarborg.Test", G_APPLICATION_NON_UNIQUE));
  (void) g_application_register (G_APPLICATION (wb_test_window.application), NULL, NULL);
  wb_test_window_new ();
}

int
wb_test_window_setup (void **state)
{
  wb_test_window_start ();
  wb_test_window_create ("NL-TEST");
  return 0;
}

static gboolean
is_gone (gpointer watched)
{
  return *(gpointer *) watched == NULL;
}

int
wb_test_window_teardown (void **state)
{
  void *path = wb_test_window.folder;
  gpointer watched = wb_test_window.window;

  g_object_add_weak_pointer (G_OBJECT (wb_test_window.window), &watched);
  gtk_window_close (GTK_WINDOW (wb_test_window.window));
  wb_test_wait (is_gone, &watched, "window");
  g_clear_object (&wb_test_window.application);
  g_clear_object (&wb_test_window.settings);
  return wb_test_folder_teardown (&path);
}
