/* SPDX-License-Identifier: EUPL-1.2 */

/* A name for the row of a list view. GtkListItem has had one of its own only since GTK 4.12. */
#include "wb-row-name.h"

struct _WbRowName {
  AdwBin parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (WbRowName, wb_row_name, ADW_TYPE_BIN)

enum { PROP_ROW_NAME = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

/* The row is the child of the list, with cells between where it has columns. */
static GtkWidget *
find_row (WbRowName *self)
{
  GtkWidget *row = GTK_WIDGET (self);

  for (GtkWidget *parent = gtk_widget_get_parent (row); parent != NULL;
       parent = gtk_widget_get_parent (row)) {
    if (GTK_IS_LIST_VIEW (parent))
      return row;
    row = parent;
  }
  return NULL;
}

static void
update_name (WbRowName *self)
{
  GtkWidget *row = find_row (self);

  if (row != NULL && self->name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->name,
                                    -1);
}

static void
wb_row_name_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_row_name_parent_class)->root (widget);
  update_name (WB_ROW_NAME (widget));
}

static void
wb_row_name_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ROW_NAME)
    g_value_set_string (value, WB_ROW_NAME (object)->name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_row_name_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbRowName *self = WB_ROW_NAME (object);

  if (id != PROP_ROW_NAME) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  g_free (self->name);
  self->name = g_value_dup_string (value);
  update_name (self);
}

static void
wb_row_name_finalize (GObject *object)
{
  g_free (WB_ROW_NAME (object)->name);
  G_OBJECT_CLASS (wb_row_name_parent_class)->finalize (object);
}

static void
wb_row_name_class_init (WbRowNameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_row_name_get_property;
  object_class->set_property = wb_row_name_set_property;
  object_class->finalize = wb_row_name_finalize;
  GTK_WIDGET_CLASS (klass)->root = wb_row_name_root;
  props[PROP_ROW_NAME] = g_param_spec_string ("row-name",
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_row_name_init (WbRowName *self)
{
}
