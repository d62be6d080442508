/* SPDX-License-Identifier: EUPL-1.2 */

/* A row as a button, as libadwaita has one since 1.6. */
#include "wb-button-row.h"

GtkWidget *
wb_button_row_new (const char *title, const char *subtitle, GCallback activated, gpointer self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data (G_OBJECT (row), "arrow", arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", activated, self, G_CONNECT_SWAPPED);
  return row;
}

/* The arrow stays last: it belongs to the row, not to what stands in it. */
void
wb_button_row_add (GtkWidget *row, GtkWidget *widget)
{
  GtkWidget *arrow = g_object_get_data (G_OBJECT (row), "arrow");

  gtk_widget_insert_before (widget, gtk_widget_get_parent (arrow), arrow);
}
