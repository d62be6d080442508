/* SPDX-License-Identifier: EUPL-1.2 */

/* Draws one picture at a size and turned by quarters. Knows nothing of where it came from. */
#include "wb-picture.h"

#define QUARTERS 4
#define QUARTER_DEGREES 90

struct _WbPicture {
  GtkWidget parent_instance;

  GdkTexture *texture; /* (nullable) */
  double width, height;
  double scale; /* 0: fits */
  int quarters;
};

G_DEFINE_FINAL_TYPE (WbPicture, wb_picture, GTK_TYPE_WIDGET)

static gboolean
lies (WbPicture *self)
{
  return self->quarters % 2 != 0;
}

static double
get_across (WbPicture *self)
{
  return lies (self) ? self->height : self->width;
}

static double
get_down (WbPicture *self)
{
  return lies (self) ? self->width : self->height;
}

static double
get_fitting (WbPicture *self)
{
  double across = get_across (self), down = get_down (self);

  if (across < 1 || down < 1)
    return 1;
  return MIN (1,
              MIN (gtk_widget_get_width (GTK_WIDGET (self)) / across,
                   gtk_widget_get_height (GTK_WIDGET (self)) / down));
}

double
wb_picture_get_scale (WbPicture *self)
{
  return self->scale > 0 ? self->scale : get_fitting (self);
}

static void
wb_picture_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  WbPicture *self = WB_PICTURE (widget);
  double size = orientation == GTK_ORIENTATION_HORIZONTAL ? get_across (self) : get_down (self);

  *minimum = self->scale > 0 ? (int) (size * self->scale) : 0;
  *natural = self->scale > 0 ? *minimum : (int) size;
}

static void
wb_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbPicture *self = WB_PICTURE (widget);
  double scale = wb_picture_get_scale (self);
  float width = (float) (self->width * scale), height = (float) (self->height * scale);

  if (self->texture == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2,
                                                (float) gtk_widget_get_height (widget) / 2));
  gtk_snapshot_rotate (snapshot, (float) (self->quarters * QUARTER_DEGREES));
  gtk_snapshot_append_texture (snapshot,
                               self->texture,
                               &GRAPHENE_RECT_INIT (-width / 2, -height / 2, width, height));
  gtk_snapshot_restore (snapshot);
}

static void
wb_picture_dispose (GObject *object)
{
  g_clear_object (&WB_PICTURE (object)->texture);
  G_OBJECT_CLASS (wb_picture_parent_class)->dispose (object);
}

static void
wb_picture_class_init (WbPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_picture_dispose;
  widget_class->measure = wb_picture_measure;
  widget_class->snapshot = wb_picture_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wb_picture_init (WbPicture *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
wb_picture_new (void)
{
  return g_object_new (WB_TYPE_PICTURE, NULL);
}

void
wb_picture_set_texture (WbPicture *self, GdkTexture *texture, guint width, guint height)
{
  g_set_object (&self->texture, texture);
  self->width = width;
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
wb_picture_has_texture (WbPicture *self)
{
  return self->texture != NULL;
}

void
wb_picture_set_scale (WbPicture *self, double scale)
{
  self->scale = scale;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
wb_picture_fits (WbPicture *self)
{
  return self->scale <= 0;
}

void
wb_picture_turn (WbPicture *self, int quarters)
{
  self->quarters = (self->quarters + quarters + QUARTERS) % QUARTERS;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
