/* SPDX-License-Identifier: EUPL-1.2 */

/* Tags in running order. GtkFlowBox would put them in columns of equal width. */
#include "wb-wrap.h"

#define SPACING 6

struct _WbWrap {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (WbWrap, wb_wrap, GTK_TYPE_WIDGET)

static void
measure_child (GtkWidget *child, int width, int *ret_width, int *ret_height)
{
  int minimum = 0, natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *ret_width = width < 0 ? natural : MAX (MIN (natural, width), minimum);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *ret_width, NULL, ret_height, NULL, NULL);
}

/* Walks the lines; with @allocate it also puts the children there. */
static int
lay_out (GtkWidget *widget, int width, gboolean allocate)
{
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_width, child_height;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &child_width, &child_height);
    if (x > 0 && width >= 0 && x + child_width > width) {
      y += line + SPACING;
      x = line = 0;
    }
    if (allocate) {
      int left = right_to_left ? width - x - child_width : x;

      gtk_widget_size_allocate (child, &(GtkAllocation){ left, y, child_width, child_height }, -1);
    }
    x += child_width + SPACING;
    line = MAX (line, child_height);
  }
  return y + line;
}

static void
measure_width (GtkWidget *widget, int *ret_minimum, int *ret_natural)
{
  *ret_minimum = *ret_natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int minimum = 0, natural = 0;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    *ret_minimum = MAX (*ret_minimum, minimum);
    *ret_natural += natural + SPACING;
  }
}

static void
wb_wrap_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = lay_out (widget, for_size, FALSE);
}

static void
wb_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  (void) lay_out (widget, width, TRUE);
}

static GtkSizeRequestMode
wb_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_wrap_dispose (GObject *object)
{
  wb_wrap_clear (WB_WRAP (object));
  G_OBJECT_CLASS (wb_wrap_parent_class)->dispose (object);
}

static void
wb_wrap_class_init (WbWrapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_wrap_dispose;
  widget_class->measure = wb_wrap_measure;
  widget_class->size_allocate = wb_wrap_size_allocate;
  widget_class->get_request_mode = wb_wrap_get_request_mode;
}

static void
wb_wrap_init (WbWrap *self)
{
}

void
wb_wrap_append (WbWrap *self, GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
wb_wrap_clear (WbWrap *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
