/* SPDX-License-Identifier: EUPL-1.2 */

/* A picture: decoded once, made smaller where it is very large, turned as its own data asks. */
#include "wb-view.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

static GdkPixbuf *picture;
static guint full_width, full_height;

/* A tiny picture of each kind opens the decoders' files; here the list of them is read. */
static void
prepare (void)
{
  g_slist_free (gdk_pixbuf_get_formats ());
}

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  double pixels = (double) width * height;
  double most = MAX (width, height);
  double factor = 1;

  full_width = (guint) MAX (width, 0);
  full_height = (guint) MAX (height, 0);
  if (pixels > WB_VIEW_PIXELS_MAX)
    factor = sqrt (WB_VIEW_PIXELS_MAX / pixels);
  if (most * factor > WB_VIEW_SIDE_MAX)
    factor = WB_VIEW_SIDE_MAX / most;
  if (factor < 1)
    gdk_pixbuf_loader_set_size (loader,
                                MAX ((int) (width * factor), 1),
                                MAX ((int) (height * factor), 1));
}

static gboolean
open_image (GBytes *file)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *decoded;
  gboolean whole;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), NULL);
  whole = gdk_pixbuf_loader_write_bytes (loader, file, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  decoded = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (decoded == NULL)
    return FALSE;
  picture = gdk_pixbuf_apply_embedded_orientation (decoded);
  if (picture != NULL && (gdk_pixbuf_get_width (picture) > gdk_pixbuf_get_height (picture)) !=
                             (full_width > full_height)) {
    guint width = full_width;

    full_width = full_height;
    full_height = width;
  }
  return picture != NULL;
}

/* Cairo has the bytes of a pixel in the machine's order and multiplied by how opaque it is. */
static void
copy_row (const guint8 *from, guint32 *to, int width, int channels)
{
  for (int i = 0; i < width; i++, from += channels) {
    guint alpha = channels == 4 ? from[3] : 0xff;

    to[i] = alpha << 24 | ((from[0] * alpha + 127) / 0xff) << 16 |
            ((from[1] * alpha + 127) / 0xff) << 8 | ((from[2] * alpha + 127) / 0xff);
  }
}

static gboolean
answer_image (const WbViewRequest *request, WbViewAnswer *answer, cairo_surface_t **ret_picture)
{
  int width = gdk_pixbuf_get_width (picture);
  int height = gdk_pixbuf_get_height (picture);
  cairo_surface_t *surface;
  guint8 *to;

  if (request->verb != WB_VIEW_SHOW || gdk_pixbuf_get_bits_per_sample (picture) != 8)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return FALSE;
  to = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++)
    copy_row (gdk_pixbuf_read_pixels (picture) + (gsize) y * gdk_pixbuf_get_rowstride (picture),
              (guint32 *) (gpointer) (to + (gsize) y * cairo_image_surface_get_stride (surface)),
              width,
              gdk_pixbuf_get_n_channels (picture));
  cairo_surface_mark_dirty (surface);
  answer->pages = 1;
  answer->full_width = full_width;
  answer->full_height = full_height;
  *ret_picture = surface;
  return TRUE;
}

const WbViewKind wb_view_image = { "image", prepare, open_image, answer_image, FALSE };
