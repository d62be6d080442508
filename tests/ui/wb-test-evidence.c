/* SPDX-License-Identifier: EUPL-1.2 */

/* A picture, a document and a recording, made without any file of somebody else. */
#include "wb-test-evidence.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <math.h>

#define RATE 8000 /* samples a second */
#define TONE 440  /* Hz */

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Left half red, right half green. */
GBytes *
wb_test_png (int width, int height)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_paint (cr);
  cairo_rectangle (cr, width / 2.0, 0, width / 2.0, height);
  cairo_set_source_rgb (cr, 0, 1, 0);
  cairo_fill (cr);
  cairo_destroy (cr);
  (void) cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
wb_test_pdf (int pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, 420, 595);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < pages; i++) {
    g_autofree char *words = g_strdup_printf ("Proces-verbaal, blad %d", i + 1);

    cairo_set_font_size (cr, 20);
    cairo_move_to (cr, 40, 80);
    cairo_show_text (cr, words);
    cairo_rectangle (cr, 40, 120, 340, 400);
    cairo_stroke (cr);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static void
append_number (GByteArray *bytes, guint32 number, guint size)
{
  for (guint i = 0; i < size; i++) {
    guint8 byte = (guint8) (number >> (8 * i));

    g_byte_array_append (bytes, &byte, 1);
  }
}

/* RIFF, as Microsoft and IBM wrote it down in 1991: 16 bits, one channel. */
GBytes *
wb_test_wav (guint milliseconds)
{
  GByteArray *bytes = g_byte_array_new ();
  guint32 n = milliseconds * RATE / 1000;

  g_byte_array_append (bytes, (const guint8 *) "RIFF", 4);
  append_number (bytes, 36 + 2 * n, 4);
  g_byte_array_append (bytes, (const guint8 *) "WAVEfmt ", 8);
  append_number (bytes, 16, 4);
  append_number (bytes, 1, 2);
  append_number (bytes, 1, 2);
  append_number (bytes, RATE, 4);
  append_number (bytes, 2 * RATE, 4);
  append_number (bytes, 2, 2);
  append_number (bytes, 16, 2);
  g_byte_array_append (bytes, (const guint8 *) "data", 4);
  append_number (bytes, 2 * n, 4);
  for (guint32 i = 0; i < n; i++)
    append_number (bytes, (guint32) (gint32) (9000 * sin (2 * G_PI * TONE * i / RATE)), 2);
  return g_byte_array_free_to_bytes (bytes);
}
