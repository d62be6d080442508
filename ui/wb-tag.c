/* SPDX-License-Identifier: EUPL-1.2 */

/* A code's words with a style of its own: "urgency.critical" gets the style class "critical". */
#include "wb-tag.h"

#include <string.h>

struct _WbTag {
  AdwBin parent_instance;

  GtkLabel *text;
  char *code;
};

G_DEFINE_FINAL_TYPE (WbTag, wb_tag, ADW_TYPE_BIN)

enum { PROP_CODE = 1, PROP_LABEL, N_PROPS };
static GParamSpec *props[N_PROPS];

static const char *
style_of (const char *code)
{
  const char *dot = code != NULL ? strrchr (code, '.') : NULL;

  return dot != NULL ? dot + 1 : "plain";
}

static void
set_code (WbTag *self, const char *code)
{
  if (self->code != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), style_of (self->code));
  g_free (self->code);
  self->code = g_strdup (code);
  if (code != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style_of (code));
}

static void
set_label (WbTag *self, const char *label)
{
  gtk_label_set_label (self->text, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self), label != NULL && *label != '\0');
}

static void
wb_tag_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbTag *self = WB_TAG (object);

  switch (id) {
  case PROP_CODE:
    set_code (self, g_value_get_string (value));
    break;
  case PROP_LABEL:
    set_label (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_tag_finalize (GObject *object)
{
  g_free (WB_TAG (object)->code);
  G_OBJECT_CLASS (wb_tag_parent_class)->finalize (object);
}

static void
wb_tag_class_init (WbTagClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = wb_tag_set_property;
  object_class->finalize = wb_tag_finalize;
  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tag");
}

static void
wb_tag_init (WbTag *self)
{
  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->text));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
wb_tag_new (const char *code, const char *label)
{
  return g_object_new (WB_TYPE_TAG, "code", code, "label", label, NULL);
}
