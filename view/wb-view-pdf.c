/* SPDX-License-Identifier: EUPL-1.2 */

/* A document: one page at a time, at the size asked for. Its links, scripts and forms do nothing.
 */
#include "wb-view.h"

#include <math.h>
#include <poppler.h>

#define DOTS_A_POINT (96.0 / 72) /* 1:1 on a screen */
#define SIDE_MAX 1e6             /* pixels of a page at 1:1: some 260 metres */

static PopplerDocument *document;

static gboolean
open_pdf (GBytes *file)
{
  int pages;

  document = poppler_document_new_from_bytes (file, NULL, NULL);
  pages = document != NULL ? poppler_document_get_n_pages (document) : 0;
  return pages > 0 && pages <= (int) WB_VIEW_PAGES_MAX;
}

/* The scale asked for, or the largest that fits the limits. */
static double
fit_scale (double width, double height, double scale)
{
  double pixels = width * height * scale * scale;
  double most = MAX (width, height) * scale;

  if (pixels > WB_VIEW_PIXELS_MAX)
    scale *= sqrt (WB_VIEW_PIXELS_MAX / pixels);
  if (most > WB_VIEW_SIDE_MAX)
    scale = MIN (scale, WB_VIEW_SIDE_MAX / MAX (width, height));
  return scale;
}

static cairo_surface_t *
draw (PopplerPage *page, double width, double height, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                         MAX ((int) (width * scale), 1),
                                                         MAX ((int) (height * scale), 1));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale * DOTS_A_POINT, scale * DOTS_A_POINT);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

static cairo_surface_t *
show_page (PopplerPage *page, guint32 scale, WbViewAnswer *answer)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);
  width *= DOTS_A_POINT;
  height *= DOTS_A_POINT;
  if (!(width >= 1 && height >= 1 && width < SIDE_MAX && height < SIDE_MAX))
    return NULL;
  answer->full_width = (guint32) width;
  answer->full_height = (guint32) height;
  return draw (page, width, height, fit_scale (width, height, (double) scale / WB_VIEW_SCALE_ONE));
}

static gboolean
answer_pdf (const WbViewRequest *request, WbViewAnswer *answer, cairo_surface_t **ret_picture)
{
  guint pages = (guint) poppler_document_get_n_pages (document);
  PopplerPage *page;

  if (request->verb != WB_VIEW_SHOW || request->page >= pages)
    return FALSE;
  page = poppler_document_get_page (document, (int) request->page);
  if (page == NULL)
    return FALSE;
  answer->pages = pages;
  *ret_picture = show_page (page, request->scale, answer);
  g_object_unref (page);
  return *ret_picture != NULL;
}

const WbViewKind wb_view_pdf = { "pdf", NULL, open_pdf, answer_pdf, FALSE };
