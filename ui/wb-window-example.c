/* SPDX-License-Identifier: EUPL-1.2 */

/* The example register in the window: how it is made and opened, the strip below every page of it,
 * and how it goes again. */
#include "wb-window-parts.h"

#include "wb-example-dialog.h"
#include "wb-example.h"
#include "wb-i18n.h"

static void
made_cb (WbExampleDialog *dialog, WbWindow *self)
{
  g_autoptr (WbSecret) passphrase = wb_example_passphrase (NULL);

  if (self->shell != NULL || self->locking)
    return;
  wb_window_show_door (self, wb_example_dialog_get_folder (dialog));
  if (passphrase != NULL)
    wb_window_open (self, WB_EXAMPLE_USER, passphrase);
}

/* From the welcome page: nothing is open that could be meant. */
static void
example_register_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  GtkWidget *dialog;

  if (self->shell != NULL || self->locking)
    return;
  dialog = wb_example_dialog_new ();
  g_signal_connect_object (dialog, "done", G_CALLBACK (made_cb), self, 0);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), widget);
}

static void
delete_response_cb (AdwMessageDialog *dialog, const char *response, WbWindow *self)
{
  if (!g_str_equal (response, "delete") || self->shell == NULL)
    return;
  self->remove_after_lock = self->forget_after_lock = TRUE;
  wb_window_lock (self);
}

static void
delete_example_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  GtkWidget *dialog;

  if (self->shell == NULL || !wb_example_is (wb_session_get_code (self->session)))
    return;
  dialog = adw_message_dialog_new (
      GTK_WINDOW (self),
      _ ("Delete the Example?"),
      _ ("The example register goes from this computer, with what you tried in it. You can make it "
         "again at any time."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "delete",
                                    _ ("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remove_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (wb_example_remove (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow *self = WB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  const char *path = g_task_get_task_data (G_TASK (result));

  if (self->stack == NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    wb_settings_forget_register (self->settings, path);
    wb_window_show_page (self, "welcome");
    return;
  }
  wb_window_show_door (self, path);
  wb_unlock_page_say (self->unlock, error->message);
}

void
wb_window_remove_example (WbWindow *self, const char *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, removed_cb, NULL);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, remove_thread);
}

static GtkWidget *
make_strip (void)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Fictional example: nobody and nothing in it is real"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Delete Example…"));

  gtk_widget_add_css_class (strip, "wb-example");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.delete-example");
  gtk_box_append (GTK_BOX (strip), label);
  gtk_box_append (GTK_BOX (strip), button);
  return strip;
}

/* Below every page, so that no page can be taken for one of a real register. */
GtkWidget *
wb_window_mark_example (WbWindow *self, GtkWidget *pages)
{
  GtkWidget *box;

  if (!wb_example_is (wb_session_get_code (self->session)))
    return pages;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (pages, TRUE);
  gtk_box_append (GTK_BOX (box), pages);
  gtk_box_append (GTK_BOX (box), make_strip ());
  return box;
}

void
wb_window_install_example_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.example-register", NULL, example_register_cb);
  gtk_widget_class_install_action (widget_class, "win.delete-example", NULL, delete_example_cb);
}
