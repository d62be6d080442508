/* SPDX-License-Identifier: EUPL-1.2 */

/* A deadline of a case as a row. What it opens to is made when it is opened. */
#include "wb-deadline-row.h"

#include "wb-case-rows.h"
#include "wb-closures.h"
#include "wb-deadline-badge.h"
#include "wb-time-bar.h"
#include "wb-ui.h"

#define BADGE_CHARS 18 /* on a line beside a title, which needs the room more */

struct _WbDeadlineRow {
  AdwPreferencesRow parent_instance;

  GtkWidget *head;
  GtkLabel *heading;
  GtkLabel *due;
  WbDeadlineBadge *badge;
  GtkToggleButton *toggle;
  GtkRevealer *revealer;
  GtkBox *details;
  WbDeadlineItem *item;
  gboolean filled;
};

G_DEFINE_FINAL_TYPE (WbDeadlineRow, wb_deadline_row, ADW_TYPE_PREFERENCES_ROW)

/* Two parts in two lines; a label that wraps by itself gives way to the title word by word. */
static char *
break_words (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, ", ", 2);

  if (g_utf8_strlen (words, -1) <= BADGE_CHARS || parts[0] == NULL || parts[1] == NULL)
    return g_strdup (words);
  return g_strconcat (parts[0], ",\n", parts[1], NULL);
}

static void
fill (WbDeadlineRow *self)
{
  const char *sum = wb_deadline_item_get_sum (self->item);

  if (self->filled)
    return;
  self->filled = TRUE;
  gtk_box_append (
      self->details,
      wb_property_new (_ ("What kind of time limit"), wb_deadline_item_get_note (self->item)));
  if (sum != NULL)
    gtk_box_append (self->details, wb_property_new (_ ("The sum"), sum));
}

static void
toggled_cb (GtkToggleButton *toggle, WbDeadlineRow *self)
{
  gboolean opened = gtk_toggle_button_get_active (toggle);

  if (opened)
    fill (self);
  gtk_revealer_set_reveal_child (self->revealer, opened);
  gtk_button_set_icon_name (GTK_BUTTON (toggle), opened ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_STATE_EXPANDED, opened, -1);
}

static void
turn (WbDeadlineRow *self)
{
  gtk_toggle_button_set_active (self->toggle, !gtk_toggle_button_get_active (self->toggle));
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, WbDeadlineRow *self)
{
  turn (self);
}

static void
wb_deadline_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_DEADLINE_ROW);
  g_clear_object (&WB_DEADLINE_ROW (object)->item);
  G_OBJECT_CLASS (wb_deadline_row_parent_class)->dispose (object);
}

static void
wb_deadline_row_class_init (WbDeadlineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_deadline_row_dispose;
  g_type_ensure (WB_TYPE_DEADLINE_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-deadline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, head);
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, heading);
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, due);
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, badge);
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, WbDeadlineRow, details);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
wb_deadline_row_init (WbDeadlineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Enter on the row itself; a click is taken by its upper part. */
  g_signal_connect (self, "activate", G_CALLBACK (turn), NULL);
}

static void
show_badge (WbDeadlineRow *self)
{
  g_autofree char *left = break_words (wb_deadline_item_get_left (self->item));

  wb_deadline_badge_set_wrap (self->badge, FALSE);
  wb_deadline_badge_show (self->badge,
                          (int) wb_deadline_item_get_kind (self->item),
                          left,
                          wb_deadline_item_is_late (self->item));
  if (!wb_deadline_item_is_active (self->item))
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "done");
}

GtkWidget *
wb_deadline_row_new (WbDeadlineItem *item, WbTimeAxis *axis)
{
  WbDeadlineRow *self = g_object_new (WB_TYPE_DEADLINE_ROW, NULL);
  const char *title = wb_deadline_item_get_title (item);
  const char *kind = wb_words_kind (wb_deadline_item_get_kind (item));
  g_autofree char *due = g_strdup_printf ("%s · %s", wb_deadline_item_get_due (item), kind);
  /* Translators: %s is the name of a time limit. */
  g_autofree char *more = g_strdup_printf (_ ("The sum: %s"), title);

  self->item = g_object_ref (item);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (self->heading, title);
  gtk_label_set_label (self->due, due);
  show_badge (self);
  gtk_widget_insert_after (wb_time_bar_new (item, axis),
                           gtk_widget_get_parent (self->head),
                           self->head);
  wb_ui_set_name (GTK_WIDGET (self), wb_deadline_item_get_words (item));
  wb_ui_set_description (GTK_WIDGET (self), kind);
  wb_ui_set_name (GTK_WIDGET (self->toggle), more);
  return GTK_WIDGET (self);
}

void
wb_deadline_row_set_opened (WbDeadlineRow *self, gboolean opened)
{
  gtk_toggle_button_set_active (self->toggle, opened);
}
