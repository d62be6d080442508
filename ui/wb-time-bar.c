/* SPDX-License-Identifier: EUPL-1.2 */

/* A period on an axis, or the axis's own dates, as a widget. */
#include "wb-time-bar.h"

#include <adwaita.h>

#include "wb-closures.h"
#include "wb-time-bar-parts.h"
#include "wb-ui.h"

#define ROOM 330   /* pixels below which words alone tell more */
#define HEIGHT 26  /* of a bar */
#define RULER 22   /* of the dates, at the usual text */
#define CLEAR 10.0 /* between two words of the ruler */

struct _WbTimeBar {
  GtkWidget parent_instance;

  WbDeadlineItem *item; /* (nullable): a ruler */
  WbTimeAxis *axis;     /* (nullable) */
  double scale;         /* of the text; 0: not known yet */
};

G_DEFINE_FINAL_TYPE (WbTimeBar, wb_time_bar, GTK_TYPE_WIDGET)

static double
get_scale (WbTimeBar *self)
{
  if (self->scale <= 0)
    self->scale = wb_ui_text_scale (GTK_WIDGET (self));
  return self->scale;
}

static gboolean
has_room (WbTimeBar *self, int width)
{
  return self->axis != NULL && width >= (int) (ROOM * get_scale (self));
}

static void
wb_time_bar_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  WbTimeBar *self = WB_TIME_BAR (widget);

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && (for_size < 0 || has_room (self, for_size)))
    *minimum = *natural = self->item != NULL ? HEIGHT : (int) (RULER * get_scale (self));
}

static GtkSizeRequestMode
wb_time_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_time_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  WB_TIME_BAR (widget)->scale = 0;
  GTK_WIDGET_CLASS (wb_time_bar_parent_class)->css_changed (widget, change);
}

static WbTimeDrawing
make_drawing (WbTimeBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  WbTimeDrawing drawing = {
    .axis = self->axis,
    .span = self->item != NULL ? wb_deadline_item_get_span (self->item) : NULL,
    .kind = self->item != NULL ? wb_deadline_item_get_kind (self->item) : WB_KIND_OPEN,
    .state = self->item != NULL ? wb_deadline_item_get_state (self->item) : WB_CLOCK_RUNNING,
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
    .strong = adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
  };

  gtk_style_context_get_color (style, &drawing.ink);
  drawing.text = drawing.alarm = drawing.ink;
  if (parent != NULL)
    gtk_style_context_get_color (gtk_widget_get_style_context (parent), &drawing.text);
  (void) gtk_style_context_lookup_color (style, "error_color", &drawing.alarm);
  return drawing;
}

/* One word of the ruler around @x, unless it would run into one of those @taken. */
static void
draw_word (WbTimeBar *self,
           GtkSnapshot *snapshot,
           const WbTimeDrawing *drawing,
           const char *word,
           gboolean bold,
           double x,
           GArray *taken)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), word);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width, height;
  double left;
  graphene_rect_t place, wide;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  left = CLAMP (x - width / 2.0, 0, MAX (drawing->width - width, 0));
  place = GRAPHENE_RECT_INIT ((float) left, 0, (float) width, (float) height);
  graphene_rect_inset_r (&place, (float) -CLEAR, 0, &wide);
  for (guint i = 0; i < taken->len; i++)
    if (graphene_rect_intersection (&wide, &g_array_index (taken, graphene_rect_t, i), NULL))
      return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) left, (float) ((drawing->height - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, bold ? &drawing->text : &drawing->ink);
  gtk_snapshot_restore (snapshot);
  g_array_append_val (taken, place);
}

/* "Today" has its place before any date. */
static void
draw_ruler (WbTimeBar *self, GtkSnapshot *snapshot, const WbTimeDrawing *drawing)
{
  g_autoptr (GPtrArray) ticks =
      wb_time_axis_list_ticks (self->axis, wb_time_drawing_max_ticks (drawing->width));
  double place = wb_time_axis_place (self->axis, wb_time_axis_get_now (self->axis));
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  if (place >= 0 && place <= 1)
    draw_word (self,
               snapshot,
               drawing,
               _ ("today"),
               TRUE,
               wb_time_drawing_x (drawing, wb_time_axis_get_now (self->axis)),
               taken);
  for (guint i = 0; i < ticks->len; i++) {
    const WbTimeTick *tick = g_ptr_array_index (ticks, i);

    draw_word (self,
               snapshot,
               drawing,
               tick->label,
               FALSE,
               wb_time_drawing_x (drawing, tick->at),
               taken);
  }
}

static void
wb_time_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbTimeBar *self = WB_TIME_BAR (widget);
  WbTimeDrawing drawing;
  cairo_t *cr;

  if (!wb_time_bar_is_drawn (self))
    return;
  drawing = make_drawing (self);
  if (self->item == NULL) {
    draw_ruler (self, snapshot, &drawing);
    return;
  }
  cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT (0, 0, (float) drawing.width, (float) drawing.height));
  wb_time_drawing_grid (&drawing, cr);
  if (drawing.span != NULL)
    wb_time_drawing_period (&drawing, cr);
  wb_time_drawing_today (&drawing, cr);
  cairo_destroy (cr);
}

static gboolean
wb_time_bar_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  WbTimeBar *self = WB_TIME_BAR (widget);
  const char *sum = self->item != NULL ? wb_deadline_item_get_sum (self->item) : NULL;

  gtk_tooltip_set_text (tooltip, sum);
  return sum != NULL;
}

static void
wb_time_bar_dispose (GObject *object)
{
  WbTimeBar *self = WB_TIME_BAR (object);

  g_clear_object (&self->item);
  g_clear_pointer (&self->axis, wb_time_axis_unref);
  G_OBJECT_CLASS (wb_time_bar_parent_class)->dispose (object);
}

static void
wb_time_bar_class_init (WbTimeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_time_bar_dispose;
  widget_class->measure = wb_time_bar_measure;
  widget_class->get_request_mode = wb_time_bar_get_request_mode;
  widget_class->css_changed = wb_time_bar_css_changed;
  widget_class->snapshot = wb_time_bar_snapshot;
  widget_class->query_tooltip = wb_time_bar_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "timebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wb_time_bar_init (WbTimeBar *self)
{
}

GtkWidget *
wb_time_bar_new (WbDeadlineItem *item, WbTimeAxis *axis)
{
  WbTimeBar *self = g_object_new (WB_TYPE_TIME_BAR, NULL);

  self->item = g_object_ref (item);
  self->axis = wb_time_axis_ref (axis);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), wb_kind_style (wb_deadline_item_get_kind (item)));
  wb_ui_set_name (GTK_WIDGET (self), wb_deadline_item_get_words (item));
  return GTK_WIDGET (self);
}

GtkWidget *
wb_time_bar_new_ruler (void)
{
  WbTimeBar *self = g_object_new (WB_TYPE_TIME_BAR, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (self), "ruler");
  wb_ui_set_name (GTK_WIDGET (self), _ ("Dates along the bars below"));
  return GTK_WIDGET (self);
}

void
wb_time_bar_set_axis (WbTimeBar *self, WbTimeAxis *axis)
{
  g_clear_pointer (&self->axis, wb_time_axis_unref);
  self->axis = axis != NULL ? wb_time_axis_ref (axis) : NULL;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
wb_time_bar_is_drawn (WbTimeBar *self)
{
  return has_room (self, gtk_widget_get_width (GTK_WIDGET (self)));
}
