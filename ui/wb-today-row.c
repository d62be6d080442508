/* SPDX-License-Identifier: EUPL-1.2 */

/* A deadline of the day and its case. What it opens to is made when it is opened. */
#include "wb-today-row.h"

#include "wb-closures.h"
#include "wb-deadline-badge.h"
#include "wb-ui.h"
#include "wb-wrap.h"

struct _WbTodayRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *heading;
  WbWrap *line; /* the badge and the day; below each other where there is no room */
  WbDeadlineBadge *badge;
  GtkLabel *due;
  GtkWidget *extend, *suspend, *resume;
  GtkButton *reference;
  GtkLabel *case_title;
  GtkToggleButton *toggle;
  GtkRevealer *revealer;
  GtkBox *details;
  const WbTodayDeadline *deadline;
  gboolean filled;
};

G_DEFINE_FINAL_TYPE (WbTodayRow, wb_today_row, ADW_TYPE_PREFERENCES_ROW)

enum { CASE_ACTIVATED, ACT_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
add_property (WbTodayRow *self, const char *label, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new (label);
  GtkWidget *text = gtk_label_new (value);

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_prepend (self->details, box);
}

static void
fill (WbTodayRow *self)
{
  const char *sum = wb_deadline_item_get_sum (self->deadline->item);

  if (self->filled)
    return;
  self->filled = TRUE;
  if (sum != NULL)
    add_property (self, _ ("The sum"), sum);
  add_property (self,
                _ ("What kind of time limit"),
                wb_deadline_item_get_note (self->deadline->item));
}

static void
toggled_cb (GtkToggleButton *toggle, WbTodayRow *self)
{
  gboolean opened = gtk_toggle_button_get_active (toggle);

  if (opened)
    fill (self);
  gtk_revealer_set_reveal_child (self->revealer, opened);
  gtk_button_set_icon_name (GTK_BUTTON (toggle), opened ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_STATE_EXPANDED, opened, -1);
}

static void
reference_clicked_cb (GtkButton *button, WbTodayRow *self)
{
  if (self->deadline->case_id != NULL)
    g_signal_emit (self, signals[CASE_ACTIVATED], 0, self->deadline->case_id);
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ACT_REQUESTED], 0, g_variant_get_string (parameter, NULL));
}

static void
wb_today_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_TODAY_ROW);
  G_OBJECT_CLASS (wb_today_row_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name,
                       WB_TYPE_TODAY_ROW,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       G_TYPE_STRING);
}

static void
wb_today_row_class_init (WbTodayRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_today_row_dispose;

  /**
   * WbTodayRow::case-activated:
   * @self: the row
   * @id: the case's UUID
   */
  signals[CASE_ACTIVATED] = add_signal ("case-activated");
  /**
   * WbTodayRow::act-requested:
   * @self: the row
   * @action: a code, such as clockact.meet
   */
  signals[ACT_REQUESTED] = add_signal ("act-requested");

  g_type_ensure (WB_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-today-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, heading);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, line);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, extend);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, suspend);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, resume);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, reference);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, case_title);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, WbTodayRow, details);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, reference_clicked_cb);
  gtk_widget_class_install_action (widget_class, "deadline.act", "s", act_cb);
}

static void
wb_today_row_init (WbTodayRow *self)
{
  GtkWidget *due = gtk_label_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->badge = WB_DEADLINE_BADGE (wb_deadline_badge_new ());
  self->due = GTK_LABEL (due);
  gtk_label_set_xalign (self->due, 0);
  gtk_label_set_wrap (self->due, TRUE);
  gtk_widget_set_margin_top (due, 3); /* on the line of the badge's words */
  gtk_widget_add_css_class (due, "subtitle");
  gtk_widget_add_css_class (due, "numeric");
  wb_wrap_append (self->line, GTK_WIDGET (self->badge));
  wb_wrap_append (self->line, due);
}

/* The row, its way to the case and its arrow, for who does not see how they lie together. */
static void
set_names (WbTodayRow *self)
{
  const WbTodayDeadline *deadline = self->deadline;
  const char *title = wb_deadline_item_get_title (deadline->item);
  /* Translators: %s is the reference of a case, such as NL-INSP-2026-0001. */
  g_autofree char *open_words = g_strdup_printf (_ ("Open case %s"), deadline->case_reference);
  /* Translators: %s is the name of a time limit. */
  g_autofree char *more = g_strdup_printf (_ ("The sum, and what can be done: %s"), title);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, deadline->case_reference);
  g_autofree char *description =
      g_strdup_printf ("%s, %s: %s",
                       wb_deadline_item_get_due (deadline->item),
                       wb_words_kind (wb_deadline_item_get_kind (deadline->item)),
                       wb_deadline_item_get_left (deadline->item));

  wb_ui_set_name (GTK_WIDGET (self), name);
  wb_ui_set_description (GTK_WIDGET (self), description);
  wb_ui_set_name (GTK_WIDGET (self->reference), open_words);
  wb_ui_set_name (GTK_WIDGET (self->toggle), more);
}

/* What stands still can run on, and nothing that moves its end fits. */
static void
show_acts (WbTodayRow *self, gboolean suspended)
{
  gtk_widget_set_visible (self->extend, !suspended);
  gtk_widget_set_visible (self->suspend, !suspended);
  gtk_widget_set_visible (self->resume, suspended);
}

GtkWidget *
wb_today_row_new (const WbTodayDeadline *deadline)
{
  WbTodayRow *self = g_object_new (WB_TYPE_TODAY_ROW, NULL);
  WbDeadlineItem *item = deadline->item;
  GtkWidget *label = gtk_label_new (deadline->case_reference);

  self->deadline = deadline;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), wb_deadline_item_get_title (item));
  gtk_label_set_label (self->heading, wb_deadline_item_get_title (item));
  gtk_label_set_label (self->due, wb_deadline_item_get_due (item));
  gtk_label_set_label (self->case_title, deadline->case_title != NULL ? deadline->case_title : "");
  gtk_widget_add_css_class (label, "numeric");
  gtk_button_set_child (self->reference, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->reference), deadline->case_id != NULL);
  wb_deadline_badge_show (self->badge,
                          (int) wb_deadline_item_get_kind (item),
                          wb_deadline_item_get_left (item),
                          wb_deadline_item_is_late (item));
  show_acts (self, wb_deadline_item_get_state (item) == WB_CLOCK_SUSPENDED);
  set_names (self);
  return GTK_WIDGET (self);
}

const WbTodayDeadline *
wb_today_row_get_deadline (WbTodayRow *self)
{
  return self->deadline;
}

gboolean
wb_today_row_is_opened (WbTodayRow *self)
{
  return gtk_toggle_button_get_active (self->toggle);
}

void
wb_today_row_set_opened (WbTodayRow *self, gboolean opened)
{
  gtk_toggle_button_set_active (self->toggle, opened);
}
