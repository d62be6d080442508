/* SPDX-License-Identifier: EUPL-1.2 */

/* One entry of the history checked at a click: what was looked at, and how it was found. */
#include "wb-case-page-parts.h"

#include "wb-case-rows.h"
#include "wb-entry-check.h"
#include "wb-ui.h"

#define COPY "copy"

/* On the register's thread. */
static gpointer
check_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_register_check_entry (reg, *(const guint64 *) data, error);
}

static GtkWidget *
step_new (const WbEntryCheckStep *step)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (step->good ? "object-select-symbolic"
                                                             : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (step->words);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  wb_ui_set_name (icon, step->good ? _ ("In order") : _ ("Not in order"));
  if (!step->good)
    gtk_widget_add_css_class (icon, "error");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
append_fact (GtkBox *box, GString *text, const char *label, const char *value)
{
  if (value == NULL)
    return;
  gtk_box_append (box, wb_property_new (label, value));
  g_string_append_printf (text, "%s: %s\n", label, value);
}

/* The facts as text too, for who passes them on. */
static GtkWidget *
facts_new (const WbEntryCheck *check, GString *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, check->number);

  append_fact (GTK_BOX (box), text, _ ("Number in the log"), number);
  append_fact (GTK_BOX (box), text, _ ("Hash (SHA-256)"), check->hash);
  append_fact (GTK_BOX (box), text, _ ("Key of who made it"), check->fingerprint);
  append_fact (GTK_BOX (box), text, _ ("Key of the log"), check->log_key);
  return box;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, const char *text)
{
  if (g_str_equal (response, COPY))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), text);
}

static void
free_text (gpointer text, GClosure *closure)
{
  g_free (text);
}

static void
show_check (WbCasePage *self, const WbEntryCheck *check)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autoptr (GString) text = g_string_new (NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      check->good ? _ ("This Entry Is as It Was Recorded") : _ ("This Entry Was Damaged"),
      check->good
          ? NULL
          : _ ("It is not as it was recorded. Keep the register as it is, do not work in it "
               "any further, and have it checked as a whole.")));

  for (guint i = 0; i < check->steps->len; i++)
    gtk_box_append (GTK_BOX (box), step_new (g_ptr_array_index (check->steps, i)));
  gtk_box_append (GTK_BOX (box), facts_new (check, text));
  adw_message_dialog_set_extra_child (dialog, box);
  adw_message_dialog_add_responses (dialog, COPY, _ ("_Copy"), "close", _ ("C_lose"), NULL);
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (response_cb),
                         g_string_free (g_steal_pointer (&text), FALSE),
                         free_text,
                         0);
  g_signal_connect_object (self,
                           "destroy",
                           G_CALLBACK (gtk_window_destroy),
                           dialog,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEntryCheck) check = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (check != NULL)
    show_check (self, check);
  else
    wb_case_page_say (self, error->message);
}

void
wb_case_page_check_entry (WbCasePage *self, guint64 number)
{
  wb_session_call_async (self->session,
                         check_call,
                         g_memdup2 (&number, sizeof number),
                         g_free,
                         (GDestroyNotify) wb_entry_check_free,
                         self->cancellable,
                         checked_cb,
                         g_object_ref (self));
}
