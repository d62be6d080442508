/* SPDX-License-Identifier: EUPL-1.2 */

/* Where a case goes from here. It shows what the core found and asks; taking the step is its
 * owner's. */
#include "wb-next-step.h"

#include "wb-closures.h"
#include "wb-ui.h"

struct _WbNextStep {
  AdwBin parent_instance;

  GtkLabel *step;
  GtkLabel *note;
  GtkWidget *lacking; /* what stands above missing */
  GtkBox *missing;
  GtkWidget *take;
  GtkMenuButton *others;
  GtkListBox *list;
  GPtrArray *options; /* (nullable) (element-type WbMoveOption) */
  guint shown;        /* which of them */
  WbLanguage language;
};

G_DEFINE_FINAL_TYPE (WbNextStep, wb_next_step, ADW_TYPE_BIN)

enum { STEP_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const WbMoveOption *
get_shown (WbNextStep *self)
{
  return self->options != NULL && self->shown < self->options->len
             ? g_ptr_array_index (self->options, self->shown)
             : NULL;
}

/* Who takes the step, where that is not simply the user. */
static const char *
words_who (const WbMoveOption *option)
{
  if (g_str_equal (option->who, "erasure"))
    return _ ("This step is part of destroying the case; it is not taken here.");
  if (option->users > 1)
    return _ ("Two persons decide on this step: one proposes it, another confirms it.");
  if (g_str_equal (option->who, "second-reader"))
    return _ ("A second person takes this step, not the one who proposed closing.");
  return NULL;
}

static void
add_missing (WbNextStep *self, const WbMissing *missing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("radio-symbolic");
  GtkWidget *label = gtk_label_new (missing->sentence);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (missing->basis != NULL)
    gtk_widget_set_tooltip_text (label, missing->basis);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->missing, box);
}

static void
show_missing (WbNextStep *self, GPtrArray *missing)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->missing))) != NULL)
    gtk_box_remove (self->missing, child);
  for (guint i = 0; i < missing->len; i++)
    add_missing (self, g_ptr_array_index (missing, i));
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing->len > 0);
  gtk_widget_set_visible (self->lacking, missing->len > 0);
}

static void
show_step (WbNextStep *self)
{
  const WbMoveOption *option = get_shown (self);
  const char *who = words_who (option);
  g_autofree char *status = wb_words_code (option->to, self->language);
  /* Translators: %s is a status of a case. */
  g_autofree char *spoken = g_strdup_printf (_ ("Next step: to “%s”"), status);

  gtk_label_set_label (self->step, status);
  gtk_label_set_label (self->note, who != NULL ? who : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), who != NULL);
  show_missing (self, option->missing);
  gtk_button_set_label (GTK_BUTTON (self->take),
                        option->needs_reason ? _ ("_Take This Step…") : _ ("_Take This Step"));
  gtk_widget_set_sensitive (self->take, option->missing->len == 0);
  gtk_widget_set_visible (self->take, !g_str_equal (option->who, "erasure"));
  wb_ui_set_name (self->take, spoken);
}

static char *
words_missing (const WbMoveOption *option)
{
  const char *who = words_who (option);

  if (option->missing->len == 0)
    return g_strdup (who != NULL ? who : _ ("Can be taken now"));
  return g_strdup_printf (
      ngettext_ ("%u thing is still missing", "%u things are still missing", option->missing->len),
      option->missing->len);
}

static GtkWidget *
other_row (WbNextStep *self, guint n)
{
  const WbMoveOption *option = g_ptr_array_index (self->options, n);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *status = wb_words_code (option->to, self->language);
  g_autofree char *missing = words_missing (option);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), status);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), missing);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "n", GUINT_TO_POINTER (n));
  wb_ui_set_name (row, status);
  wb_ui_set_description (row, missing);
  return row;
}

static void
fill_others (WbNextStep *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->options->len; i++)
    if (i != self->shown)
      gtk_list_box_append (self->list, other_row (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->others), self->options->len > 1);
}

static void
show_option (WbNextStep *self, guint n)
{
  self->shown = n;
  show_step (self);
  fill_others (self);
}

/* After the list is done with the row, which goes. */
static void
other_cb (GtkListBox *list, GtkListBoxRow *row, WbNextStep *self)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "n"));
  g_autoptr (GtkListBoxRow) held = g_object_ref (row);

  gtk_menu_button_popdown (self->others);
  show_option (self, n);
  gtk_widget_grab_focus (self->take);
}

static void
take_cb (GtkButton *button, WbNextStep *self)
{
  const WbMoveOption *option = get_shown (self);

  if (option != NULL)
    g_signal_emit (self, signals[STEP_REQUESTED], 0, option->to, option->needs_reason);
}

static void
wb_next_step_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_NEXT_STEP);
  G_OBJECT_CLASS (wb_next_step_parent_class)->dispose (object);
}

static void
wb_next_step_finalize (GObject *object)
{
  g_clear_pointer (&WB_NEXT_STEP (object)->options, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_next_step_parent_class)->finalize (object);
}

static void
wb_next_step_class_init (WbNextStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_next_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_next_step_finalize;

  /**
   * WbNextStep::step-requested:
   * @self: the step
   * @status: the status that the case is to have
   * @needs_reason: whether the act must say why
   */
  signals[STEP_REQUESTED] = g_signal_new ("step-requested",
                                          WB_TYPE_NEXT_STEP,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          G_TYPE_STRING,
                                          G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-next-step.ui");
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, step);
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, note);
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, lacking);
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, missing);
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, take);
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, others);
  gtk_widget_class_bind_template_child (widget_class, WbNextStep, list);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
}

static void
wb_next_step_init (WbNextStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
wb_next_step_show_options (WbNextStep *self, GPtrArray *options, WbLanguage language)
{
  g_clear_pointer (&self->options, g_ptr_array_unref);
  self->options = g_ptr_array_ref (options);
  self->language = language;
  gtk_widget_set_visible (GTK_WIDGET (self), options->len > 0);
  if (options->len > 0)
    show_option (self, 0);
}

const char *
wb_next_step_get_status (WbNextStep *self)
{
  const WbMoveOption *option = get_shown (self);

  return option != NULL ? option->to : NULL;
}

void
wb_next_step_choose (WbNextStep *self, const char *status)
{
  for (guint i = 0; self->options != NULL && i < self->options->len; i++) {
    const WbMoveOption *option = g_ptr_array_index (self->options, i);

    if (g_str_equal (option->to, status))
      show_option (self, i);
  }
}
