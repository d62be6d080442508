/* SPDX-License-Identifier: EUPL-1.2 */

/* A tick in a row that a list view makes over and over for other positions. */
#include "wb-row-check.h"

#include "wb-cases-page.h"
#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbRowCheck {
  AdwBin parent_instance;

  GtkCheckButton *check;
  GBinding *binding; /* (nullable): to whether cases are being selected */
  guint position;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (WbRowCheck, wb_row_check, ADW_TYPE_BIN)

enum { PROP_POSITION = 1, PROP_SELECTED, N_PROPS };
static GParamSpec *props[N_PROPS];

/* The selection decides: what was clicked follows it. */
static void
toggled_cb (GtkCheckButton *check, WbRowCheck *self)
{
  if (gtk_check_button_get_active (check) == self->selected)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "cases.toggle-row", "u", self->position);
  gtk_check_button_set_active (check, self->selected);
}

static void
wb_row_check_root (GtkWidget *widget)
{
  WbRowCheck *self = WB_ROW_CHECK (widget);
  GtkWidget *page;

  GTK_WIDGET_CLASS (wb_row_check_parent_class)->root (widget);
  page = gtk_widget_get_ancestor (widget, WB_TYPE_CASES_PAGE);
  if (page != NULL)
    self->binding =
        g_object_bind_property (page, "selecting", widget, "visible", G_BINDING_SYNC_CREATE);
}

static void
wb_row_check_unroot (GtkWidget *widget)
{
  g_clear_pointer (&WB_ROW_CHECK (widget)->binding, g_binding_unbind);
  GTK_WIDGET_CLASS (wb_row_check_parent_class)->unroot (widget);
}

static void
wb_row_check_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbRowCheck *self = WB_ROW_CHECK (object);

  if (id == PROP_POSITION)
    g_value_set_uint (value, self->position);
  else if (id == PROP_SELECTED)
    g_value_set_boolean (value, self->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_row_check_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbRowCheck *self = WB_ROW_CHECK (object);

  if (id == PROP_POSITION) {
    self->position = g_value_get_uint (value);
  } else if (id == PROP_SELECTED) {
    self->selected = g_value_get_boolean (value);
    gtk_check_button_set_active (self->check, self->selected);
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_row_check_class_init (WbRowCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_row_check_get_property;
  object_class->set_property = wb_row_check_set_property;
  GTK_WIDGET_CLASS (klass)->root = wb_row_check_root;
  GTK_WIDGET_CLASS (klass)->unroot = wb_row_check_unroot;
  props[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* The row has the keyboard, and Space selects it: a second stop in each row would be in the way. */
static void
wb_row_check_init (WbRowCheck *self)
{
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_focusable (GTK_WIDGET (self->check), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->check), "selection-mode");
  wb_ui_set_name (GTK_WIDGET (self->check), _ ("Selected"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->check));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (self->check, "toggled", G_CALLBACK (toggled_cb), self);
}

guint
wb_row_check_get_position (WbRowCheck *self)
{
  return self->position;
}
