/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A main column and a side column. Below a width they stand one below the other; GTK's own boxes
 * cannot turn by themselves, and libadwaita's breakpoints are newer than our floor.
 */
#include "wb-columns.h"

#include "wb-ui.h"

#define SPACING 24
#define MAIN_SHARE 0.58 /* of the width, for the main column */

struct _WbColumns {
  GtkWidget parent_instance;

  GtkWidget *children[2];
  double scale; /* of the text; 0: not known yet */
};

static void wb_columns_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbColumns,
                               wb_columns,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      wb_columns_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
wb_columns_add_child (GtkBuildable *buildable,
                      GtkBuilder *builder,
                      GObject *child,
                      const char *type)
{
  WbColumns *self = WB_COLUMNS (buildable);
  guint place = self->children[0] == NULL ? 0 : 1;

  if (!GTK_IS_WIDGET (child)) {
    parent_buildable->add_child (buildable, builder, child, type);
    return;
  }
  self->children[place] = GTK_WIDGET (child);
  gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (self));
}

static void
wb_columns_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = wb_columns_add_child;
}

/* Large text needs more room before it can stand in two columns. */
static gboolean
is_wide (WbColumns *self, int width)
{
  if (self->scale <= 0)
    self->scale = wb_ui_text_scale (GTK_WIDGET (self));
  return width >= (int) (WB_COLUMNS_WIDE * self->scale);
}

static void
wb_columns_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  WB_COLUMNS (widget)->scale = 0;
  GTK_WIDGET_CLASS (wb_columns_parent_class)->css_changed (widget, change);
}

static int
main_width (int width)
{
  return (int) ((width - SPACING) * MAIN_SHARE);
}

static int
height_of (GtkWidget *child, int width)
{
  int minimum = 0;

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
measure_width (WbColumns *self, int *minimum, int *natural)
{
  int widths[2][2] = { { 0 } };

  for (guint i = 0; i < 2; i++)
    if (self->children[i] != NULL)
      gtk_widget_measure (self->children[i],
                          GTK_ORIENTATION_HORIZONTAL,
                          -1,
                          &widths[i][0],
                          &widths[i][1],
                          NULL,
                          NULL);
  *minimum = MAX (widths[0][0], widths[1][0]);
  *natural = MAX (*minimum, widths[0][1] + SPACING + widths[1][1]);
}

static void
wb_columns_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  WbColumns *self = WB_COLUMNS (widget);
  int width = for_size;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (self, minimum, natural);
    return;
  }
  if (is_wide (self, width))
    *minimum = MAX (height_of (self->children[0], main_width (width)),
                    height_of (self->children[1], width - SPACING - main_width (width)));
  else
    *minimum =
        height_of (self->children[0], width) + SPACING + height_of (self->children[1], width);
  *natural = *minimum;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  if (child != NULL)
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
wb_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbColumns *self = WB_COLUMNS (widget);
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first = main_width (width);
  int second = width - SPACING - first;
  int above;

  if (is_wide (self, width)) {
    allocate (self->children[0], right_to_left ? second + SPACING : 0, 0, first, height);
    allocate (self->children[1], right_to_left ? 0 : first + SPACING, 0, second, height);
    return;
  }
  above = height_of (self->children[0], width);
  allocate (self->children[0], 0, 0, width, above);
  allocate (self->children[1], 0, above + SPACING, width, MAX (height - above - SPACING, 0));
}

static GtkSizeRequestMode
wb_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_columns_dispose (GObject *object)
{
  WbColumns *self = WB_COLUMNS (object);

  g_clear_pointer (&self->children[0], gtk_widget_unparent);
  g_clear_pointer (&self->children[1], gtk_widget_unparent);
  G_OBJECT_CLASS (wb_columns_parent_class)->dispose (object);
}

static void
wb_columns_class_init (WbColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_columns_dispose;
  widget_class->measure = wb_columns_measure;
  widget_class->size_allocate = wb_columns_size_allocate;
  widget_class->css_changed = wb_columns_css_changed;
  widget_class->get_request_mode = wb_columns_get_request_mode;
}

static void
wb_columns_init (WbColumns *self)
{
}
