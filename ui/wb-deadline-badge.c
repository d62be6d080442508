/* SPDX-License-Identifier: EUPL-1.2 */

/* Shows one deadline in one line; the kind is told by shape and words, not by colour alone. */
#include "wb-deadline-badge.h"

#include "wb-closures.h"

struct _WbDeadlineBadge {
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *label;
  char *words; /* (nullable): the text in full, where what shows is short */
  int kind;    /* WbKind, or -1: nothing to show */
  gboolean late;
};

G_DEFINE_FINAL_TYPE (WbDeadlineBadge, wb_deadline_badge, GTK_TYPE_WIDGET)

enum { PROP_KIND = 1, PROP_TEXT, PROP_LATE, PROP_WORDS, N_PROPS };
static GParamSpec *props[N_PROPS];

/* What a screen reader says: the kind is otherwise only in the icon. */
static char *
make_words (WbDeadlineBadge *self)
{
  if (self->kind < 0)
    return NULL;
  if (self->words != NULL && *self->words != '\0')
    return g_strdup (self->words);
  return g_strdup_printf ("%s: %s",
                          wb_words_kind ((WbKind) self->kind),
                          gtk_label_get_label (self->label));
}

/* Made when the pointer rests there: setting a text beforehand asks the display for the pointer,
 * and a list would do so for every row. */
static gboolean
wb_deadline_badge_query_tooltip (GtkWidget *widget,
                                 int x,
                                 int y,
                                 gboolean keyboard,
                                 GtkTooltip *tooltip)
{
  g_autofree char *words = make_words (WB_DEADLINE_BADGE (widget));

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

static void
update_accessible (WbDeadlineBadge *self)
{
  g_autofree char *words = make_words (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "",
                                  -1);
}

static void
set_kind (WbDeadlineBadge *self, int kind)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->kind == kind)
    return;
  if (self->kind >= 0)
    gtk_widget_remove_css_class (widget, wb_kind_style ((WbKind) self->kind));
  self->kind = kind;
  if (kind >= 0) {
    gtk_widget_add_css_class (widget, wb_kind_style ((WbKind) kind));
    gtk_image_set_from_icon_name (self->icon, wb_kind_icon ((WbKind) kind));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->icon), kind >= 0);
}

static void
set_late (WbDeadlineBadge *self, gboolean late)
{
  self->late = late;
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "late");
}

static void
wb_deadline_badge_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbDeadlineBadge *self = WB_DEADLINE_BADGE (object);

  switch (id) {
  case PROP_KIND:
    set_kind (self, g_value_get_int (value));
    break;
  case PROP_TEXT:
    gtk_label_set_label (self->label, g_value_get_string (value));
    break;
  case PROP_LATE:
    set_late (self, g_value_get_boolean (value));
    break;
  case PROP_WORDS:
    g_free (self->words);
    self->words = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  update_accessible (self);
}

static void
wb_deadline_badge_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbDeadlineBadge *self = WB_DEADLINE_BADGE (object);

  switch (id) {
  case PROP_KIND:
    g_value_set_int (value, self->kind);
    break;
  case PROP_TEXT:
    g_value_set_string (value, gtk_label_get_label (self->label));
    break;
  case PROP_LATE:
    g_value_set_boolean (value, self->late);
    break;
  case PROP_WORDS:
    g_value_set_string (value, self->words);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_deadline_badge_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wb_deadline_badge_parent_class)->dispose (object);
}

static void
wb_deadline_badge_finalize (GObject *object)
{
  g_free (WB_DEADLINE_BADGE (object)->words);
  G_OBJECT_CLASS (wb_deadline_badge_parent_class)->finalize (object);
}

static void
wb_deadline_badge_class_init (WbDeadlineBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = wb_deadline_badge_set_property;
  widget_class->query_tooltip = wb_deadline_badge_query_tooltip;
  object_class->get_property = wb_deadline_badge_get_property;
  object_class->dispose = wb_deadline_badge_dispose;
  object_class->finalize = wb_deadline_badge_finalize;
  props[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, -1, WB_KIND_OPEN, -1, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_LATE] = g_param_spec_boolean ("late", NULL, NULL, FALSE, flags);
  props[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "deadline");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wb_deadline_badge_init (WbDeadlineBadge *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->kind = -1;
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
wb_deadline_badge_new (void)
{
  return g_object_new (WB_TYPE_DEADLINE_BADGE, NULL);
}

void
wb_deadline_badge_set_wrap (WbDeadlineBadge *self, gboolean wrap)
{
  gtk_label_set_wrap (self->label, wrap);
}

void
wb_deadline_badge_show (WbDeadlineBadge *self, int kind, const char *text, gboolean late)
{
  g_object_set (self, "kind", kind, "text", text, "late", late, NULL);
}
