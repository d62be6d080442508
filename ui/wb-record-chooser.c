/* SPDX-License-Identifier: EUPL-1.2 */

/* What can be added to a case: every type of record that the model has for one. */
#include "wb-record-chooser.h"

#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbRecordChooser {
  GtkPopover parent_instance;

  GtkEditable *search;
  GtkListBox *list;
  GPtrArray *types; /* (element-type WbRecordType): borrowed, in the order of the list */
  const WbModel *model;
  WbLanguage language;
};

G_DEFINE_FINAL_TYPE (WbRecordChooser, wb_record_chooser, GTK_TYPE_POPOVER)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const WbRecordType *
type_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "type");
}

static const char *
heading_of (WbRecordChooser *self, GtkListBoxRow *row)
{
  const char *section = type_of (row)->section;

  return section != NULL ? wb_model_get_group_label (self->model, section, self->language) : "";
}

static gboolean
holds (const char *text, const char *words)
{
  g_autofree char *within = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (words, -1);

  return strstr (within, wanted) != NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  WbRecordChooser *self = user_data;
  const char *words = gtk_editable_get_text (self->search);

  return holds (type_of (row)->label[self->language], words) ||
         holds (heading_of (self, row), words);
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  WbRecordChooser *self = user_data;
  GtkWidget *label = NULL;

  if (before == NULL || g_strcmp0 (type_of (before)->section, type_of (row)->section) != 0) {
    label = gtk_label_new (heading_of (self, row));
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_widget_add_css_class (label, "heading");
    gtk_widget_add_css_class (label, "wb-list-heading");
  }
  gtk_list_box_row_set_header (row, label);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbRecordChooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
stop_search_cb (GtkSearchEntry *entry, WbRecordChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
choose (WbRecordChooser *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, type_of (row)->name);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, WbRecordChooser *self)
{
  choose (self, row);
}

/* Enter takes the first that is left. */
static void
search_activate_cb (GtkSearchEntry *entry, WbRecordChooser *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    if (filter_cb (row, self)) {
      choose (self, row);
      return;
    }
  }
}

static void
wb_record_chooser_show (GtkWidget *widget)
{
  WbRecordChooser *self = WB_RECORD_CHOOSER (widget);

  gtk_editable_set_text (self->search, "");
  GTK_WIDGET_CLASS (wb_record_chooser_parent_class)->show (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
wb_record_chooser_dispose (GObject *object)
{
  WbRecordChooser *self = WB_RECORD_CHOOSER (object);

  if (self->list != NULL) {
    gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
    gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
  }
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_RECORD_CHOOSER);
  G_OBJECT_CLASS (wb_record_chooser_parent_class)->dispose (object);
}

static void
wb_record_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (WB_RECORD_CHOOSER (object)->types);
  G_OBJECT_CLASS (wb_record_chooser_parent_class)->finalize (object);
}

static void
wb_record_chooser_class_init (WbRecordChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_record_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_record_chooser_finalize;
  widget_class->show = wb_record_chooser_show;

  /**
   * WbRecordChooser::chosen:
   * @self: the chooser
   * @type: name of a type of record
   */
  signals[CHOSEN] = g_signal_new ("chosen",
                                  WB_TYPE_RECORD_CHOOSER,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-record-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRecordChooser, search);
  gtk_widget_class_bind_template_child (widget_class, WbRecordChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
wb_record_chooser_init (WbRecordChooser *self)
{
  self->types = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
wb_record_chooser_offers (const WbRecordType *type)
{
  return type->scope != WB_SCOPE_REGISTER && !type->system;
}

/* Types of one heading stand together, headings as they first occur. */
static void
gather (WbRecordChooser *self, GPtrArray *types)
{
  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *first = g_ptr_array_index (types, i);

    for (guint j = i; j < types->len; j++) {
      WbRecordType *type = g_ptr_array_index (types, j);

      if (wb_record_chooser_offers (type) && g_strcmp0 (type->section, first->section) == 0 &&
          !g_ptr_array_find (self->types, type, NULL))
        g_ptr_array_add (self->types, type);
    }
  }
}

static GtkWidget *
row_new (WbRecordType *type, WbLanguage language)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (type->label[language]);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "wb-list-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "type", type);
  wb_ui_set_name (row, type->label[language]);
  return row;
}

void
wb_record_chooser_fill (WbRecordChooser *self, const WbModel *model, WbLanguage language)
{
  if (self->model != NULL)
    return;
  self->model = model;
  self->language = language;
  gather (self, wb_model_get_types (model));
  for (guint i = 0; i < self->types->len; i++)
    gtk_list_box_append (self->list, row_new (g_ptr_array_index (self->types, i), language));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
}

void
wb_record_chooser_search (WbRecordChooser *self, const char *words)
{
  gtk_editable_set_text (self->search, words);
}
