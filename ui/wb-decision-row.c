/* SPDX-License-Identifier: EUPL-1.2 */

/* A decision that waits for its second person. */
#include "wb-decision-row.h"

#include "wb-ui.h"
#include "wb-wrap.h"

gboolean
wb_decision_is_open (const WbRecord *record)
{
  return g_strcmp0 (wb_record_get_text (record, "state"), "decisionstate.proposed") == 0;
}

static GtkWidget *
button_new (const char *label, const char *action, const WbRecord *record)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *plain = g_strdelimit (g_strdup (label), "_", ' ');
  g_autofree char *name =
      g_strdup_printf ("%s %s", g_strstrip (plain), wb_record_get_short_reference (record));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", record->id);
  wb_ui_set_name (button, name);
  return button;
}

static GtkWidget *
words_new (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static GtkWidget *
question_new (const WbRecord *record, gboolean own)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *buttons;

  gtk_widget_add_css_class (box, "wb-property");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_box_append (GTK_BOX (box),
                  words_new (own ? _ ("You proposed this; another user confirms or rejects it.")
                                 : _ ("Another user proposed this and waits for your decision.")));
  if (own)
    return row;
  buttons = g_object_new (WB_TYPE_WRAP, NULL);
  wb_wrap_append (WB_WRAP (buttons), button_new (_ ("_Confirm…"), "case.confirm", record));
  wb_wrap_append (WB_WRAP (buttons), button_new (_ ("_Reject…"), "case.reject", record));
  gtk_widget_add_css_class (gtk_widget_get_first_child (buttons), "suggested-action");
  gtk_box_append (GTK_BOX (box), buttons);
  return row;
}

GtkWidget *
wb_decision_row_new (const WbRecord *record, const WbRowContext *context, gboolean own)
{
  GtkWidget *row = wb_other_row_new (record, context);

  if (wb_decision_is_open (record)) {
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), question_new (record, own));
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), !own);
  }
  return row;
}
