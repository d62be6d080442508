/* SPDX-License-Identifier: EUPL-1.2 */

/* Filters as chips: what is offered, what is chosen, and a way to take each away again. */
#include "wb-filter-bar.h"

#include "wb-case-filter.h"
#include "wb-i18n.h"
#include "wb-wrap.h"

#define CHIP_CHARS 40 /* a longer name is cut; its tooltip has the whole */

struct _WbFilterBar {
  AdwBin parent_instance;

  WbWrap *wrap;
  GListModel *choices; /* (nullable) (element-type WbChoice) */
};

G_DEFINE_FINAL_TYPE (WbFilterBar, wb_filter_bar, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
append (GListStore *store, const char *field, const char *code, const char *label, const char *of)
{
  g_autofree char *filter = g_strdup_printf ("%s=%s", field, code);
  g_autoptr (WbChoice) choice = wb_choice_new (filter, label, of);

  g_list_store_append (store, choice);
}

static void
append_holders (GListStore *store,
                const char *field,
                const char *of,
                const char *const *users,
                const char *user)
{
  if (user != NULL)
    append (store, field, user, _ ("Assigned to me"), of);
  append (store, field, "", _ ("Assigned to nobody"), of);
  for (guint i = 0; users != NULL && users[i] != NULL; i++)
    if (g_strcmp0 (users[i], user) != 0)
      append (store, field, users[i], users[i], of);
}

static void
append_terms (GListStore *store,
              const WbModel *model,
              const WbCaseFilterField *field,
              const char *of,
              WbLanguage language)
{
  g_autoptr (GPtrArray) terms = wb_model_list_terms (model, field->vocabulary);

  for (guint i = 0; terms != NULL && i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    append (store, field->field, term->code, term->label[language], of);
  }
}

GListModel *
wb_filter_choices_new (const char *const *users, const char *user)
{
  GListStore *store = g_list_store_new (WB_TYPE_CHOICE);
  const WbModel *model = wb_model_get_default (NULL);
  WbLanguage language = wb_language_current ();
  guint n = 0;
  const WbCaseFilterField *fields = wb_case_filter_fields (&n);

  for (guint i = 0; model != NULL && i < n; i++) {
    const char *of = wb_case_filter_field_label (model, fields[i].field, language);

    if (fields[i].vocabulary == NULL)
      append_holders (store, fields[i].field, of, users, user);
    else
      append_terms (store, model, &fields[i], of, language);
  }
  return G_LIST_MODEL (store);
}

static void
remove_cb (GtkButton *button, WbFilterBar *self)
{
  WbChoice *choice = g_object_get_data (G_OBJECT (button), "choice");

  wb_filter_bar_toggle (self, choice);
}

static GtkWidget *
make_chip (WbFilterBar *self, WbChoice *choice)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (wb_choice_get_label (choice));
  /* Translators: the button that takes a filter away; %s is what is filtered by. */
  g_autofree char *name = g_strdup_printf (_ ("Remove filter: %s"), wb_choice_get_label (choice));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHIP_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "wb-chip");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "choice", g_object_ref (choice), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static void
show_chips (WbFilterBar *self)
{
  guint n = self->choices != NULL ? g_list_model_get_n_items (self->choices) : 0;
  gboolean any = FALSE;

  wb_wrap_clear (self->wrap);
  for (guint i = 0; i < n; i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (self->choices, i);

    if (!wb_choice_get_selected (choice))
      continue;
    any = TRUE;
    wb_wrap_append (self->wrap, make_chip (self, choice));
  }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
wb_filter_bar_dispose (GObject *object)
{
  g_clear_object (&WB_FILTER_BAR (object)->choices);
  G_OBJECT_CLASS (wb_filter_bar_parent_class)->dispose (object);
}

static void
wb_filter_bar_class_init (WbFilterBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_filter_bar_dispose;

  /**
   * WbFilterBar::changed:
   * @self: the bar
   *
   * Other filters are chosen.
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_FILTER_BAR,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
wb_filter_bar_init (WbFilterBar *self)
{
  self->wrap = g_object_new (WB_TYPE_WRAP, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->wrap));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* What was chosen stays chosen where it is offered still. */
void
wb_filter_bar_set_choices (WbFilterBar *self, GListModel *choices)
{
  g_auto (GStrv) chosen = wb_filter_bar_dup_filters (self);

  g_set_object (&self->choices, choices);
  for (guint i = 0; i < g_list_model_get_n_items (choices); i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (choices, i);

    wb_choice_set_selected (
        choice,
        g_strv_contains ((const char *const *) chosen, wb_choice_get_code (choice)));
  }
  show_chips (self);
}

GListModel *
wb_filter_bar_get_choices (WbFilterBar *self)
{
  return self->choices;
}

/* The focus stays in the row: taking one away with the keyboard must not lose one's place. */
void
wb_filter_bar_toggle (WbFilterBar *self, WbChoice *choice)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean here = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  wb_choice_set_selected (choice, !wb_choice_get_selected (choice));
  show_chips (self);
  if (here)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  g_signal_emit (self, signals[CHANGED], 0);
}

char **
wb_filter_bar_dup_filters (WbFilterBar *self)
{
  g_autoptr (GStrvBuilder) filters = g_strv_builder_new ();
  guint n = self->choices != NULL ? g_list_model_get_n_items (self->choices) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (self->choices, i);

    if (wb_choice_get_selected (choice))
      g_strv_builder_add (filters, wb_choice_get_code (choice));
  }
  return g_strv_builder_end (filters);
}

/* Others than those that are offered are passed over. */
void
wb_filter_bar_set_filters (WbFilterBar *self, const char *const *filters)
{
  guint n = self->choices != NULL ? g_list_model_get_n_items (self->choices) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (self->choices, i);

    wb_choice_set_selected (choice, g_strv_contains (filters, wb_choice_get_code (choice)));
  }
  show_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
wb_filter_bar_is_empty (WbFilterBar *self)
{
  return !gtk_widget_get_visible (GTK_WIDGET (self));
}
