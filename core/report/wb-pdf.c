/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What all PDF documents share: a surface that writes to memory, metadata, a context for letters.
 * Nothing depends on the clock or the screen, so that one document always gives the same bytes.
 */
#include "wb-pdf-private.h"

#include <string.h>

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * wb_pdf_surface_new:
 * @bytes: takes the file; outlives the surface
 * @width: of the paper, in points
 * @height: of the paper, in points
 *
 * Returns: (transfer full): a PDF of which the first page is empty
 */
cairo_surface_t *
wb_pdf_surface_new (GByteArray *bytes, double width, double height)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, width, height);

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  return surface;
}

/**
 * wb_pdf_surface_describe:
 * @surface: a PDF
 * @title: (nullable): of the document
 * @made: when, RFC 3339; Cairo takes no fractions of a second
 */
void
wb_pdf_surface_describe (cairo_surface_t *surface, const char *title, const char *made)
{
  const char *dot = strchr (made, '.');
  g_autofree char *whole =
      dot != NULL ? g_strdup_printf ("%.*sZ", (int) (dot - made), made) : g_strdup (made);

  if (title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, whole);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, whole);
}

/**
 * wb_pdf_context_new:
 * @language: of what is written, never the locale's
 *
 * No hinting and no rounding: the layout is that of paper, not of a screen.
 *
 * Returns: (transfer full): a context, 72 dots to the inch
 */
PangoContext *
wb_pdf_context_new (const char *language)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (language));
  cairo_font_options_destroy (options);
  return context;
}
