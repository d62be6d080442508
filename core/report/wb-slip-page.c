/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A receipt slip on paper: one page, from left to right or from right to left as its language is
 * written. It is measured first, with ever smaller letters; nothing is cut, and nothing is drawn
 * for which no font has a shape.
 */
#include "wb-slip-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-pdf-private.h"

#define SANS "Noto Sans, Noto Sans Arabic, Noto Sans Ethiopic, sans-serif"
#define STEPS 8 /* sizes that are tried, each a little smaller */
#define FIRST 1.12
#define STEP 0.06
#define SMALLEST 7.0 /* points: smaller is not read by everybody */
#define LINE_MOST                                                                                  \
  1.6               /* of the size of the letters: some fonts leave room for what does not occur */
#define ALMOST 0.99 /* of the width, for what rounding adds */
#define LABEL_MOST 0.42 /* of the line */

typedef enum { NAME, TITLE, LABEL, NUMBER, VALUE, BODY, N_STYLES } Style;

typedef struct {
  const char *font;
  double size; /* points on the smallest paper */
  double red, green, blue;
} StyleInfo;

static const StyleInfo STYLES[N_STYLES] = {
  [NAME] = { SANS " Semi-Bold", 8.8, 0.07, 0.20, 0.36 },
  [TITLE] = { SANS " Bold", 15.5, 0.07, 0.20, 0.36 },
  [LABEL] = { SANS, 8.2, 0.36, 0.39, 0.43 },
  [NUMBER] = { SANS " Bold", 12.5, 0.10, 0.11, 0.13 },
  [VALUE] = { SANS " Medium", 9.4, 0.10, 0.11, 0.13 },
  [BODY] = { SANS, 9.2, 0.10, 0.11, 0.13 },
};

/* A6, A5, A4 upright, and how much larger than on the smallest everything is. */
static const struct {
  double width, height, scale;
} PAPERS[] = { { 297.638, 419.528, 1.0 }, { 419.528, 595.276, 1.32 }, { 595.276, 841.89, 1.75 } };

typedef struct {
  const WbSlip *slip;
  cairo_t *cairo;
  PangoContext *along; /* in the direction of the page */
  PangoContext *ltr;   /* for numbers and addresses */
  gboolean rtl, ink;
  double width, height, margin, scale;
  double label_width;
  double y;
  int unknown; /* letters without a shape */
} Page;

/* By its first letter. */
static gboolean
is_rtl (const char *text)
{
  while (*text != '\0' && !g_unichar_isalpha (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  switch ((int) g_unichar_get_script (g_utf8_get_char (text))) {
  case G_UNICODE_SCRIPT_ARABIC:
  case G_UNICODE_SCRIPT_HEBREW:
  case G_UNICODE_SCRIPT_SYRIAC:
  case G_UNICODE_SCRIPT_THAANA:
  case G_UNICODE_SCRIPT_NKO:
  case G_UNICODE_SCRIPT_ADLAM:
  case G_UNICODE_SCRIPT_HANIFI_ROHINGYA:
    return TRUE;
  default:
    return FALSE;
  }
}

static double
line_width (const Page *page)
{
  return page->width - 2 * page->margin;
}

/* The lines of a font that stands far apart come closer. */
static void
tighten (PangoLayout *layout, double size)
{
  PangoRectangle logical;
  double height;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, 0), NULL, &logical);
  height = (double) logical.height / PANGO_SCALE;
  if (height > LINE_MOST * size)
    pango_layout_set_line_spacing (layout, (float) (LINE_MOST * size / height));
}

static PangoLayout *
make_layout_at (Page *page, Style style, const char *text, double size, double width)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gboolean along = page->rtl && is_rtl (valid);
  PangoLayout *layout = pango_layout_new (along ? page->along : page->ltr);
  PangoFontDescription *font = pango_font_description_from_string (STYLES[style].font);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, page->rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, valid, -1);
  tighten (layout, size);
  page->unknown += pango_layout_get_unknown_glyphs_count (layout);
  return layout;
}

static PangoLayout *
make_layout (Page *page, Style style, const char *text, double width)
{
  return make_layout_at (page, style, text, STYLES[style].size * page->scale, width);
}

/* A number or address is one word to its reader: it gets smaller letters rather than two lines. */
static PangoLayout *
make_value (Page *page, Style style, const char *value, double width)
{
  double size = STYLES[style].size * page->scale;
  g_autoptr (PangoLayout) whole = make_layout (page, style, value, 0);
  int natural = 0;

  pango_layout_get_size (whole, &natural, NULL);
  if (strpbrk (value, " \n") == NULL && natural > width * PANGO_SCALE)
    size = MAX (size * width * PANGO_SCALE / natural * ALMOST, SMALLEST);
  return make_layout_at (page, style, value, size, width);
}

static double
get_baseline (PangoLayout *layout)
{
  return (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
}

/* At @x from where lines begin; returns how high it is. */
static double
draw (Page *page, Style style, PangoLayout *layout, double x, double width, double y)
{
  const StyleInfo *info = &STYLES[style];
  int height = 0;

  pango_layout_get_size (layout, NULL, &height);
  if (page->ink) {
    double left = page->rtl ? page->width - page->margin - x - width : page->margin + x;

    cairo_set_source_rgb (page->cairo, info->red, info->green, info->blue);
    cairo_move_to (page->cairo, left, y);
    pango_cairo_show_layout (page->cairo, layout);
  }
  return (double) height / PANGO_SCALE;
}

static void
put_text (Page *page, Style style, const char *text)
{
  double width = line_width (page);
  g_autoptr (PangoLayout) layout = make_layout (page, style, text, width);

  page->y += draw (page, style, layout, 0, width, page->y);
}

static void
put_space (Page *page, double height)
{
  page->y += height * page->scale;
}

static void
put_rule (Page *page, double height, double grey)
{
  if (page->ink) {
    if (grey > 0)
      cairo_set_source_rgb (page->cairo, grey, grey, grey);
    else
      cairo_set_source_rgb (page->cairo, 0.07, 0.20, 0.36);
    cairo_rectangle (page->cairo, page->margin, page->y, line_width (page), height * page->scale);
    cairo_fill (page->cairo);
  }
  put_space (page, height);
}

static void
put_row (Page *page, const char *label, Style style, const char *value)
{
  double from = page->label_width + 10 * page->scale;
  double width = line_width (page) - from;
  g_autoptr (PangoLayout) name = make_layout (page, LABEL, label, page->label_width);
  g_autoptr (PangoLayout) layout = make_value (page, style, value, width);
  double shift = get_baseline (layout) - get_baseline (name);
  double label_height = draw (page, LABEL, name, 0, page->label_width, page->y + MAX (shift, 0));
  double height = draw (page, style, layout, from, width, page->y + MAX (-shift, 0));

  page->y += MAX (label_height + MAX (shift, 0), height + MAX (-shift, 0));
  put_space (page, 3);
}

static void
widen (Page *page, const char *label)
{
  g_autoptr (PangoLayout) layout = make_layout (page, LABEL, label, 0);
  int width = 0;

  pango_layout_get_size (layout, &width, NULL);
  page->label_width = MAX (page->label_width, (double) width / PANGO_SCALE);
}

/* All values begin at one place. */
static void
measure_labels (Page *page)
{
  const char *label = NULL;

  page->label_width = 0;
  widen (page, wb_slip_text_get (page->slip->text, "label_date"));
  for (guint i = 0; i < WB_SLIP_N_ROWS; i++) {
    if (wb_slip_get_row (page->slip, i, &label) != NULL)
      widen (page, label);
  }
  page->label_width = MIN (page->label_width + 1, line_width (page) * LABEL_MOST);
}

static void
put_rows (Page *page, guint from, guint to)
{
  const char *label = NULL;

  for (guint i = from; i < to; i++) {
    const char *value = wb_slip_get_row (page->slip, i, &label);

    if (value != NULL)
      put_row (page, label, i < WB_SLIP_CONTACTS || page->slip->plain ? NUMBER : VALUE, value);
  }
}

static void
put_head (Page *page)
{
  if (page->slip->plain)
    return;
  put_text (page, NAME, page->slip->name);
  put_space (page, 4);
  put_rule (page, 1.6, 0);
  put_space (page, 9);
  put_text (page, TITLE, wb_slip_get_title (page->slip));
  put_space (page, 8);
}

static void
put_top (Page *page)
{
  const WbSlip *slip = page->slip;
  g_autofree char *date = wb_slip_text_format_date (slip->text, slip->received);

  put_head (page);
  put_rows (page, 0, WB_SLIP_CONTACTS);
  put_row (page, wb_slip_text_get (slip->text, "label_date"), slip->plain ? NUMBER : VALUE, date);
  if (slip->plain)
    return;
  put_space (page, 5);
  for (guint i = 0; i < WB_SLIP_N_SENTENCES; i++) {
    put_space (page, 5);
    put_text (page, BODY, wb_slip_get_sentence (slip, i));
  }
}

static void
put_bottom (Page *page)
{
  if (!page->slip->plain) {
    put_rule (page, 0.6, 0.70);
    put_space (page, 7);
  }
  put_rows (page, WB_SLIP_CONTACTS, WB_SLIP_N_ROWS);
}

static double
measure (Page *page, void (*put) (Page *page))
{
  page->ink = FALSE;
  page->y = 0;
  put (page);
  return page->y;
}

/* The largest letters with which all of it goes on the page. */
static gboolean
fit (Page *page, double scale, double *ret_bottom)
{
  for (guint i = 0; i < STEPS; i++) {
    double bottom;

    page->scale = scale * (FIRST - i * STEP);
    if (STYLES[LABEL].size * page->scale < SMALLEST)
      return FALSE;
    measure_labels (page);
    bottom = measure (page, put_bottom);
    if (measure (page, put_top) + bottom + 10 * page->scale <= page->height - 2 * page->margin) {
      *ret_bottom = bottom;
      return TRUE;
    }
  }
  return FALSE;
}

/* Contact stands at the foot, where it is found again; on a plain slip all stands together. */
static void
draw_page (Page *page, double bottom)
{
  page->ink = TRUE;
  page->y = page->margin;
  put_top (page);
  if (!page->slip->plain)
    page->y = page->height - page->margin - bottom;
  put_bottom (page);
  cairo_show_page (page->cairo);
}

static gboolean
judge (const Page *page, gboolean fits, const char *language_name, GError **error)
{
  if (page->unknown > 0) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("No font on this computer has all letters of this slip in the language %s: "
                    "install one, for example from the package fonts-noto-core."),
                 language_name);
    return FALSE;
  }
  if (!fits)
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_TOO_LARGE,
        _ ("The slip does not fit on this paper: choose a larger one with --paper, "
           "or make its text shorter."));
  return fits;
}

static void
page_open (Page *page, const WbSlip *slip, WbPaper paper, GByteArray *bytes)
{
  const char *also = wb_slip_text_get (slip->text, "also");
  g_auto (GStrv) codes = also != NULL ? g_strsplit (also, " ", 2) : NULL;
  const char *language = codes != NULL ? codes[0] : wb_slip_text_get_language (slip->text);
  g_autofree char *day = wb_date_format (slip->made);
  g_autofree char *made = g_strconcat (day, "T00:00:00Z", NULL);
  cairo_surface_t *surface;

  *page = (Page){ .slip = slip };
  page->width = PAPERS[paper].width;
  page->height = PAPERS[paper].height;
  page->margin = 25 * PAPERS[paper].scale;
  page->rtl = is_rtl (wb_slip_text_get (slip->text, "label_date"));
  page->along = wb_pdf_context_new (language);
  page->ltr = wb_pdf_context_new (language);
  pango_context_set_base_dir (page->along, page->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_base_dir (page->ltr, PANGO_DIRECTION_LTR);
  surface = wb_pdf_surface_new (bytes, page->width, page->height);
  wb_pdf_surface_describe (surface, slip->plain ? NULL : wb_slip_get_title (slip), made);
  page->cairo = cairo_create (surface);
  cairo_surface_destroy (surface);
}

static cairo_status_t
page_close (Page *page)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (page->cairo));
  cairo_status_t status = cairo_status (page->cairo);

  cairo_destroy (page->cairo);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  g_object_unref (page->along);
  g_object_unref (page->ltr);
  return status;
}

/**
 * wb_slip_draw:
 * @self: a slip that wb_slip_check() accepts
 * @paper: its size
 * @language_name: of its language, as people call it
 * @error: return location for an error; %WB_ERROR_NOT_FOUND where a font is missing,
 *   %WB_ERROR_TOO_LARGE where it does not fit
 *
 * Returns: (transfer full): a PDF of one page. Its metadata say the day it was made, and its
 *   neutral title
 */
GBytes *
wb_slip_draw (const WbSlip *self, WbPaper paper, const char *language_name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double bottom = 0;
  gboolean fits, good;
  Page page;

  page_open (&page, self, paper, bytes);
  fits = fit (&page, PAPERS[paper].scale, &bottom);
  good = judge (&page, fits, language_name, error);
  if (good)
    draw_page (&page, bottom);
  if (page_close (&page) != CAIRO_STATUS_SUCCESS && good) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The slip cannot be drawn: check that fonts are installed."));
    return NULL;
  }
  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
