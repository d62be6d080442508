/* SPDX-License-Identifier: EUPL-1.2 */

/* Selecting cases, to take them along as a table. Positions are selected: other words or filters
 * forget what was selected. */
#include "wb-cases-page-parts.h"

#include "wb-i18n.h"
#include "wb-list-export-dialog.h"
#include "wb-row-check.h"

static guint64
count_selected (WbCasesPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->rows);

  return gtk_bitset_get_size (selected);
}

static void
show_selected (WbCasesPage *self)
{
  guint n = (guint) count_selected (self);
  g_autofree char *words = g_strdup_printf (ngettext_ ("%u selected", "%u selected", n), n);

  gtk_label_set_label (self->selected, words);
}

void
wb_cases_page_set_selecting (WbCasesPage *self, gboolean selecting)
{
  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  gtk_column_view_column_set_visible (self->column_check, selecting);
  gtk_action_bar_set_revealed (self->selection_bar, selecting);
  if (!selecting)
    (void) gtk_selection_model_unselect_all (self->rows);
  show_selected (self);
  g_object_notify (G_OBJECT (self), "selecting");
}

/* Ctrl+A and Shift with arrows select by themselves: that they did is shown. */
static void
selection_changed_cb (GtkSelectionModel *model, guint position, guint n, WbCasesPage *self)
{
  if (count_selected (self) > 1)
    wb_cases_page_set_selecting (self, TRUE);
  show_selected (self);
}

/* Which row is at a place: each has a tick, seen or not. */
static WbRowCheck *
find_check (GtkWidget *widget)
{
  if (WB_IS_ROW_CHECK (widget))
    return WB_ROW_CHECK (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    WbRowCheck *found = find_check (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static WbRowCheck *
check_at (GtkWidget *view, double x, double y)
{
  GtkWidget *row = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  while (row != NULL && !GTK_IS_LIST_VIEW (gtk_widget_get_parent (row)))
    row = gtk_widget_get_parent (row);
  return row != NULL ? find_check (row) : NULL;
}

static void
toggle (WbCasesPage *self, guint position)
{
  if (gtk_selection_model_is_selected (self->rows, position))
    (void) gtk_selection_model_unselect_item (self->rows, position);
  else
    (void) gtk_selection_model_select_item (self->rows, position, FALSE);
}

/* While cases are selected, a click anywhere in a row adds it or takes it away. */
static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, WbCasesPage *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (click);
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  WbRowCheck *check;

  if (!self->selecting || (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    return;
  check = check_at (gtk_event_controller_get_widget (controller), x, y);
  if (check == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  toggle (self, wb_row_check_get_position (check));
}

static void
watch_clicks (WbCasesPage *self, GtkWidget *view)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
}

void
wb_cases_page_watch_selection (WbCasesPage *self)
{
  g_signal_connect (self->rows, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  watch_clicks (self, GTK_WIDGET (self->columns));
  watch_clicks (self, GTK_WIDGET (self->list));
  wb_cases_page_keep_selection (self);
}

static void
toggle_row_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  toggle (WB_CASES_PAGE (widget), g_variant_get_uint32 (parameter));
}

static void
select_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCasesPage *self = WB_CASES_PAGE (widget);

  wb_cases_page_set_selecting (self, TRUE);
  (void) gtk_selection_model_select_all (self->rows);
}

/* NULL: all that are found. */
static GArray *
dup_positions (WbCasesPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->rows);
  guint64 size = gtk_bitset_get_size (selected);
  GArray *positions;
  GtkBitsetIter iter;
  guint position;

  if (!self->selecting || size == 0 || size >= wb_case_list_get_n_cases (self->cases))
    return NULL;
  positions = g_array_sized_new (FALSE, FALSE, sizeof (guint), (guint) size);
  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      g_array_append_val (positions, position);
    while (gtk_bitset_iter_next (&iter, &position));
  return positions;
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCasesPage *self = WB_CASES_PAGE (widget);
  g_autoptr (GArray) positions = dup_positions (self);
  GtkWidget *dialog;

  if (wb_case_list_get_n_cases (self->cases) == 0)
    return;
  dialog = wb_list_export_dialog_new (self->session,
                                      self->cases,
                                      positions,
                                      wb_cases_page_get_fields (self));
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), widget);
}

void
wb_cases_page_install_select (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "cases.select", "selecting");
  gtk_widget_class_install_action (widget_class, "cases.toggle-row", "u", toggle_row_cb);
  gtk_widget_class_install_action (widget_class, "cases.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "cases.export", NULL, export_cb);
}
