/* SPDX-License-Identifier: EUPL-1.2 */

/* One question before an act: why. The answer goes to who asked, and nowhere else. */
#include "wb-reason-dialog.h"

#include "wb-i18n.h"
#include "wb-kept-dialog.h"
#include "wb-ui.h"

#define DO "do"
#define QUESTION "wb-question"

static char *begins_with; /* (nullable): what had been typed when the lock came in between */

typedef struct {
  GtkWidget *asker; /* borrowed: the dialog goes first */
  GtkWidget *entry;
  char *subject;
  char *name; /* (nullable) */
  gboolean needed;
  WbReasonGiven given;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_free (question->subject);
  g_free (question->name);
  g_free (question);
}

static char *
dup_reason (GtkWidget *entry)
{
  char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*reason == '\0')
    g_clear_pointer (&reason, g_free);
  return reason;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *reason = dup_reason (question->entry);

  if (g_str_equal (response, DO) && (reason != NULL || !question->needed))
    question->given (question->asker, question->subject, reason);
}

static void
typed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *reason = dup_reason (GTK_WIDGET (entry));

  adw_message_dialog_set_response_enabled (dialog, DO, reason != NULL);
}

static void
entered_cb (GtkEntry *entry, AdwMessageDialog *dialog)
{
  g_autoptr (AdwMessageDialog) held = g_object_ref (dialog);

  if (!adw_message_dialog_get_response_enabled (dialog, DO))
    return;
  adw_message_dialog_response (dialog, DO);
  gtk_window_destroy (GTK_WINDOW (dialog)); /* a response by itself leaves it open */
}

static GtkWidget *
add_entry (AdwMessageDialog *dialog, gboolean needed)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (needed ? _ ("Reason") : _ ("Reason (optional)"));
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE);
  wb_ui_set_name (entry, gtk_label_get_label (GTK_LABEL (label)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  adw_message_dialog_set_extra_child (dialog, box);
  if (needed) {
    adw_message_dialog_set_response_enabled (dialog, DO, FALSE);
    g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), dialog, 0);
  }
  g_signal_connect_object (entry, "activate", G_CALLBACK (entered_cb), dialog, 0);
  return entry;
}

static JsonObject *
describe (GtkWidget *dialog)
{
  const Question *question = g_object_get_data (G_OBJECT (dialog), QUESTION);
  JsonObject *kept = json_object_new ();

  json_object_set_string_member (kept, "dialog", "reason");
  json_object_set_string_member (kept, "question", question->name);
  if (question->subject != NULL)
    json_object_set_string_member (kept, "subject", question->subject);
  json_object_set_string_member (kept,
                                 "text",
                                 gtk_editable_get_text (GTK_EDITABLE (question->entry)));
  return kept;
}

void
wb_reason_dialog_begin_with (const char *text)
{
  g_free (begins_with);
  begins_with = g_strdup (text);
}

void
wb_reason_dialog_ask (GtkWidget *asker,
                      const WbReasonWords *words,
                      const char *subject,
                      WbReasonGiven given)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (asker)),
                                                  words->heading,
                                                  words->body));
  Question *question = g_new0 (Question, 1);

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), DO, words->button, NULL);
  adw_message_dialog_set_response_appearance (dialog,
                                              DO,
                                              words->refuses ? ADW_RESPONSE_DESTRUCTIVE
                                                             : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");
  question->asker = asker;
  question->subject = g_strdup (subject);
  question->name = g_strdup (words->question);
  question->needed = words->needed;
  question->given = given;
  question->entry = add_entry (dialog, words->needed);
  if (words->question != NULL) {
    g_object_set_data (G_OBJECT (dialog), QUESTION, question);
    wb_kept_dialog_set (GTK_WIDGET (dialog), describe);
  }
  if (begins_with != NULL)
    gtk_editable_set_text (GTK_EDITABLE (question->entry), begins_with);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  g_signal_connect_object (asker,
                           "destroy",
                           G_CALLBACK (gtk_window_destroy),
                           dialog,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (question->entry);
  gtk_editable_set_position (GTK_EDITABLE (question->entry), -1);
}
