/* SPDX-License-Identifier: EUPL-1.2 */

/* A searchable list in a popover. It shows what is chosen and asks; its owner decides. */
#include "wb-picker.h"

#include "wb-choice.h"
#include "wb-i18n.h"
#include "wb-row-name.h"
#include "wb-ui.h"

struct _WbPicker {
  GtkPopover parent_instance;

  GtkWidget *search;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *empty;
  GListModel *choices;
  GtkFilter *filter;
  GtkSorter *sorter;
  GListModel *found; /* what is filtered, best first */
  gboolean multiple;
  gboolean elsewhere; /* the list is made by who is asked */
  char *asked;        /* (nullable): what the list was asked for */
  gboolean waiting;   /* for that */
};

G_DEFINE_FINAL_TYPE (WbPicker, wb_picker, GTK_TYPE_POPOVER)

enum { PICKED, SEARCH_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Used by wb-choice-row.ui: a check that keeps its place when it is not there. */
G_MODULE_EXPORT double wb_picker_check_opacity (GObject *object, gboolean selected);
double
wb_picker_check_opacity (GObject *object, gboolean selected)
{
  return selected ? 1.0 : 0.0;
}

static gboolean
match_cb (gpointer item, gpointer user_data)
{
  WbPicker *self = user_data;

  return self->elsewhere ||
         wb_choice_match (WB_CHOICE (item), gtk_editable_get_text (GTK_EDITABLE (self->search))) !=
             WB_CHOICE_MATCH_NONE;
}

/* What bears the words comes before what only has them in its code; else the order stays. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WbPicker *self = user_data;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->elsewhere)
    return 0;
  return (int) wb_choice_match ((WbChoice *) a, words) -
         (int) wb_choice_match ((WbChoice *) b, words);
}

static void
show_state (WbPicker *self)
{
  gboolean none = g_list_model_get_n_items (self->found) == 0;

  gtk_stack_set_visible_child_name (self->stack, none ? "empty" : "list");
}

/* What was found for other words stays until the answer is there, but cannot be picked by Enter. */
static void
search (WbPicker *self)
{
  if (self->elsewhere) {
    self->waiting = TRUE;
    g_free (self->asked);
    self->asked = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
    g_signal_emit (self, signals[SEARCH_REQUESTED], 0, self->asked);
    return;
  }
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  show_state (self);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbPicker *self)
{
  search (self);
}

/* The keyboard goes back to what opened the list at once, not when the list has faded. */
static void
leave (WbPicker *self)
{
  GtkWidget *opener = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (opener != NULL)
    gtk_widget_grab_focus (opener);
}

static void
pick (WbPicker *self, guint position)
{
  g_autoptr (WbChoice) choice = g_list_model_get_item (self->found, position);

  if (choice == NULL)
    return;
  g_signal_emit (self, signals[PICKED], 0, choice);
  if (!self->multiple)
    leave (self);
}

static void
search_activate_cb (GtkSearchEntry *entry, WbPicker *self)
{
  if (!self->elsewhere ||
      (!self->waiting &&
       g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (entry))) == 0))
    pick (self, 0);
}

static void
stop_search_cb (GtkSearchEntry *entry, WbPicker *self)
{
  leave (self);
}

static void
activate_cb (GtkListView *list, guint position, WbPicker *self)
{
  pick (self, position);
}

static void
wb_picker_show (GtkWidget *widget)
{
  WbPicker *self = WB_PICKER (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search (self);
  GTK_WIDGET_CLASS (wb_picker_parent_class)->show (widget);
  gtk_widget_grab_focus (self->search);
}

static void
wb_picker_dispose (GObject *object)
{
  WbPicker *self = WB_PICKER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_PICKER);
  g_clear_pointer (&self->asked, g_free);
  g_clear_object (&self->found);
  g_clear_object (&self->choices);
  G_OBJECT_CLASS (wb_picker_parent_class)->dispose (object);
}

static void
wb_picker_class_init (WbPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_picker_dispose;
  widget_class->show = wb_picker_show;

  /**
   * WbPicker::picked:
   * @self: the picker
   * @choice: what was picked
   */
  signals[PICKED] = g_signal_new ("picked",
                                  WB_TYPE_PICKER,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  WB_TYPE_CHOICE);

  /**
   * WbPicker::search-requested:
   * @self: the picker, see wb_picker_ask_elsewhere()
   * @words: what is typed
   */
  signals[SEARCH_REQUESTED] = g_signal_new ("search-requested",
                                            WB_TYPE_PICKER,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_STRING);

  g_type_ensure (WB_TYPE_CHOICE);
  g_type_ensure (WB_TYPE_ROW_NAME);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPicker, search);
  gtk_widget_class_bind_template_child (widget_class, WbPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPicker, list);
  gtk_widget_class_bind_template_child (widget_class, WbPicker, empty);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
wb_picker_init (WbPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
}

GtkWidget *
wb_picker_new (GListModel *choices, gboolean multiple)
{
  WbPicker *self = g_object_new (WB_TYPE_PICKER, NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  self->multiple = multiple;
  self->choices = g_object_ref (choices);
  self->found = G_LIST_MODEL (gtk_sort_list_model_new (
      G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (choices), self->filter)),
      self->sorter));
  selection = gtk_no_selection_new (g_object_ref (self->found));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  if (g_list_model_get_n_items (choices) == 0)
    gtk_label_set_label (self->empty, _ ("There is nothing to choose from yet"));
  show_state (self);
  return GTK_WIDGET (self);
}

void
wb_picker_begin (WbPicker *self, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), words);
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
}

void
wb_picker_ask_elsewhere (WbPicker *self)
{
  self->elsewhere = TRUE;
  gtk_label_set_label (self->empty, _ ("Nothing found"));
}

void
wb_picker_take_answer (WbPicker *self)
{
  self->waiting = FALSE;
  show_state (self);
}
