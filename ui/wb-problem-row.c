/* SPDX-License-Identifier: EUPL-1.2 */

/* What is wrong with an entry, in words: red alone says nothing, and to some not even that. */
#include "wb-problem-row.h"

#include "wb-ui.h"

struct _WbProblemRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *label; /* owned by the row */
};

G_DEFINE_FINAL_TYPE (WbProblemRow, wb_problem_row, ADW_TYPE_PREFERENCES_ROW)

static void
wb_problem_row_class_init (WbProblemRowClass *klass)
{
}

static void
wb_problem_row_init (WbProblemRow *self)
{
  GtkWidget *row = GTK_WIDGET (self);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (row, "wb-problem");
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_visible (row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  self->label = GTK_LABEL (label);
}

void
wb_problem_row_tell (WbProblemRow *self, GtkWidget *entry, const char *sentence)
{
  gboolean wrong = sentence != NULL;

  gtk_label_set_label (self->label, wrong ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self), wrong);
  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  wb_ui_set_description (entry, wrong ? sentence : "");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
