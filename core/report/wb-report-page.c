/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Pages of a report by Cairo and Pango: fonts are embedded, any script is shaped, a line never
 * falls off. Nothing depends on the clock or the screen, so that one document always gives the
 * same bytes. Knows nothing of cases.
 */
#include "wb-report-page-private.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-pdf-private.h"

#define PAGE_WIDTH 595.276 /* A4 */
#define PAGE_HEIGHT 841.89
#define MARGIN 60.0
#define TOP 66.0
#define BOTTOM 774.0
#define LABEL_WIDTH 128.0
#define GUTTER 14.0
#define VALUE_LEFT (MARGIN + LABEL_WIDTH + GUTTER)
#define RIGHT (PAGE_WIDTH - MARGIN)
#define MARK_WIDTH 3.0
#define REMARK_SHARE 0.62 /* of the line, at most */
#define SANS "Noto Sans, sans-serif"
#define MONO "Noto Sans Mono, monospace"

typedef struct {
  const char *font;
  double red, green, blue;
  double leading; /* of a line, as a share of its height */
} Style;

static const Style styles[WB_REPORT_N_STYLES] = {
  [WB_REPORT_BODY] = { SANS " 9.5", 0.10, 0.11, 0.13, 1.0 },
  [WB_REPORT_SMALL] = { SANS " 8", 0.38, 0.41, 0.45, 1.0 },
  [WB_REPORT_STRONG] = { SANS " Semi-Bold 9.5", 0.10, 0.11, 0.13, 1.0 },
  [WB_REPORT_MONO] = { MONO " 8", 0.10, 0.11, 0.13, 1.05 },
  [WB_REPORT_TITLE] = { SANS " Bold 21", 0.07, 0.20, 0.36, 0.95 },
  [WB_REPORT_LEAD] = { SANS " 12.5", 0.20, 0.23, 0.27, 1.0 },
  [WB_REPORT_HEADING] = { SANS " Bold 13", 0.07, 0.20, 0.36, 1.0 },
  [WB_REPORT_SUBHEADING] = { SANS " Semi-Bold 10.5", 0.10, 0.11, 0.13, 1.0 },
  [WB_REPORT_LABEL] = { SANS " 8.5", 0.38, 0.41, 0.45, 1.0 },
};

struct _WbReportPage {
  cairo_surface_t *surface;
  cairo_t *cairo;
  PangoContext *context;
  PangoFontDescription *fonts[WB_REPORT_N_STYLES];
  GByteArray *bytes;
  char *header, *footer, *number;
  guint page, pages;
  double y;
  gboolean marked;
  WbReportMark mark;
  double mark_top;
};

static void
set_color (WbReportPage *self, WbReportStyle style)
{
  cairo_set_source_rgb (self->cairo, styles[style].red, styles[style].green, styles[style].blue);
}

static PangoLayout *
make_layout (WbReportPage *self, WbReportStyle style, const char *text, double width)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, valid, -1);
  return layout;
}

static double
get_height (PangoLayout *layout)
{
  int height = 0;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static double
get_baseline (PangoLayout *layout)
{
  return (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
}

/* One short text at a place, never broken over pages. */
static void
draw_at (WbReportPage *self,
         WbReportStyle style,
         const char *text,
         double x,
         double y,
         double width,
         PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = make_layout (self, style, text, width);

  pango_layout_set_alignment (layout, alignment);
  set_color (self, style);
  cairo_move_to (self->cairo, x, y);
  pango_cairo_show_layout (self->cairo, layout);
}

static void
draw_line (WbReportPage *self, double y, double grey, double width)
{
  cairo_set_source_rgb (self->cairo, grey, grey + 0.01, grey + 0.03);
  cairo_set_line_width (self->cairo, width);
  cairo_move_to (self->cairo, MARGIN, y);
  cairo_line_to (self->cairo, RIGHT, y);
  cairo_stroke (self->cairo);
}

/* The bar of a kind of deadline: five that differ without colour, too. */
static void
draw_mark (WbReportPage *self)
{
  static const double dashes[] = { 3, 2 };
  double x = MARGIN - 10;
  double height = self->y - self->mark_top;

  cairo_set_source_rgb (self->cairo, 0.07, 0.20, 0.36);
  cairo_set_line_width (self->cairo, 1);
  switch (self->mark) {
  case WB_REPORT_MARK_SOLID:
    cairo_rectangle (self->cairo, x, self->mark_top, MARK_WIDTH, height);
    cairo_fill (self->cairo);
    break;
  case WB_REPORT_MARK_BLOCK:
    cairo_set_source_rgb (self->cairo, 0.60, 0.13, 0.13);
    cairo_rectangle (self->cairo, x - 2, self->mark_top, MARK_WIDTH + 2, height);
    cairo_fill (self->cairo);
    break;
  case WB_REPORT_MARK_DOUBLE:
    cairo_rectangle (self->cairo, x, self->mark_top, 1, height);
    cairo_rectangle (self->cairo, x + 2.5, self->mark_top, 1, height);
    cairo_fill (self->cairo);
    break;
  case WB_REPORT_MARK_DASHED:
    cairo_set_dash (self->cairo, dashes, 2, 0);
    cairo_move_to (self->cairo, x + 1.5, self->mark_top);
    cairo_line_to (self->cairo, x + 1.5, self->y);
    cairo_stroke (self->cairo);
    cairo_set_dash (self->cairo, NULL, 0, 0);
    break;
  case WB_REPORT_MARK_HOLLOW:
  default:
    cairo_set_line_width (self->cairo, 0.7);
    cairo_rectangle (self->cairo, x - 1, self->mark_top, MARK_WIDTH + 1, height);
    cairo_stroke (self->cairo);
    break;
  }
}

static void
begin_page (WbReportPage *self)
{
  self->page++;
  self->y = TOP;
  self->mark_top = TOP;
  if (self->page == 1)
    return;
  draw_at (self, WB_REPORT_SMALL, self->header, MARGIN, 38, RIGHT - MARGIN, PANGO_ALIGN_LEFT);
  draw_line (self, 54, 0.80, 0.5);
}

static void
end_page (WbReportPage *self)
{
  g_autofree char *number = g_strdup_printf (self->number, self->page, self->pages);

  if (self->marked)
    draw_mark (self);
  draw_line (self, PAGE_HEIGHT - 54, 0.80, 0.5);
  draw_at (self,
           WB_REPORT_SMALL,
           self->footer,
           MARGIN,
           PAGE_HEIGHT - 48,
           RIGHT - MARGIN - 90,
           PANGO_ALIGN_LEFT);
  draw_at (self, WB_REPORT_SMALL, number, RIGHT - 90, PAGE_HEIGHT - 48, 90, PANGO_ALIGN_RIGHT);
  cairo_show_page (self->cairo);
}

static void
turn_page (WbReportPage *self)
{
  end_page (self);
  begin_page (self);
}

/* Line by line, going on on the next page; RTL lines stand at the right of their column. */
static void
draw_lines (WbReportPage *self, WbReportStyle style, PangoLayout *layout, double x)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do {
    PangoRectangle logical;
    double height, above;

    pango_layout_iter_get_line_extents (iter, NULL, &logical);
    height = (double) logical.height / PANGO_SCALE;
    above = (double) (pango_layout_iter_get_baseline (iter) - logical.y) / PANGO_SCALE;
    if (self->y + height > BOTTOM)
      turn_page (self);
    set_color (self, style);
    cairo_move_to (self->cairo, x + (double) logical.x / PANGO_SCALE, self->y + above);
    pango_cairo_show_layout_line (self->cairo, pango_layout_iter_get_line_readonly (iter));
    self->y += height * styles[style].leading;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/**
 * wb_report_page_new:
 * @setup: title, running texts and number of pages
 *
 * Returns: (transfer full): the first page, empty
 */
WbReportPage *
wb_report_page_new (const WbReportSetup *setup)
{
  WbReportPage *self = g_new0 (WbReportPage, 1);

  self->bytes = g_byte_array_new ();
  self->surface = wb_pdf_surface_new (self->bytes, PAGE_WIDTH, PAGE_HEIGHT);
  wb_pdf_surface_describe (self->surface, setup->title, setup->made);
  self->cairo = cairo_create (self->surface);
  self->context = wb_pdf_context_new ("en"); /* one for all: a locale would change the bytes */
  for (guint i = 0; i < WB_REPORT_N_STYLES; i++)
    self->fonts[i] = pango_font_description_from_string (styles[i].font);
  self->header = g_strdup (setup->header);
  self->footer = g_strdup (setup->footer);
  self->number = g_strdup (setup->number);
  self->pages = setup->pages;
  begin_page (self);
  return self;
}

static void
page_free (WbReportPage *self)
{
  cairo_destroy (self->cairo);
  cairo_surface_destroy (self->surface);
  g_object_unref (self->context);
  for (guint i = 0; i < WB_REPORT_N_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self->header);
  g_free (self->footer);
  g_free (self->number);
  g_free (self);
}

/**
 * wb_report_page_finish:
 * @self: (transfer full): the last page
 * @ret_pages: (out): how many there are
 * @error: return location for an error
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
wb_report_page_finish (WbReportPage *self, guint *ret_pages, GError **error)
{
  GBytes *bytes = NULL;
  guint pages = self->page;
  cairo_status_t status;

  end_page (self);
  status = cairo_status (self->cairo);
  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS) {
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
    *ret_pages = pages;
  } else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The report cannot be drawn: check that fonts are installed."));
  page_free (self);
  return bytes;
}

/**
 * wb_report_page_space:
 * @self: a page
 * @height: points
 *
 * Leaves room, but not at the head of a page.
 */
void
wb_report_page_space (WbReportPage *self, double height)
{
  if (self->y > TOP)
    self->y += height;
}

/**
 * wb_report_page_keep:
 * @self: a page
 * @height: points
 *
 * Turns the page unless that much is left on it, so that what follows stays together.
 */
void
wb_report_page_keep (WbReportPage *self, double height)
{
  if (self->y + height > BOTTOM)
    turn_page (self);
}

/**
 * wb_report_page_text:
 * @self: a page
 * @style: of the text
 * @text: of any length; never taken for markup
 *
 * Sets a text over the full width.
 */
void
wb_report_page_text (WbReportPage *self, WbReportStyle style, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (self, style, text, RIGHT - MARGIN);

  draw_lines (self, style, layout, MARGIN);
}

/**
 * wb_report_page_banner:
 * @self: the first page
 * @left: who
 * @right: when
 *
 * The head of the document.
 */
void
wb_report_page_banner (WbReportPage *self, const char *left, const char *right)
{
  double half = (RIGHT - MARGIN) / 2;

  draw_at (self, WB_REPORT_SUBHEADING, left, MARGIN, 42, half + 60, PANGO_ALIGN_LEFT);
  draw_at (self, WB_REPORT_SMALL, right, RIGHT - half + 60, 44, half - 60, PANGO_ALIGN_RIGHT);
  cairo_set_source_rgb (self->cairo, 0.07, 0.20, 0.36);
  cairo_rectangle (self->cairo, MARGIN, 62, RIGHT - MARGIN, 2);
  cairo_fill (self->cairo);
  self->y = 88;
}

/**
 * wb_report_page_section:
 * @self: a page
 * @text: its heading
 *
 * Begins a section, never at the foot of a page, and adds it to the PDF's outline.
 */
void
wb_report_page_section (WbReportPage *self, const char *text)
{
  g_autofree char *place = NULL;

  wb_report_page_space (self, 20);
  wb_report_page_keep (self, 90);
  place = g_strdup_printf ("page=%u pos=[0 %d]", self->page, (int) self->y);
  (void) cairo_pdf_surface_add_outline (self->surface,
                                        CAIRO_PDF_OUTLINE_ROOT,
                                        text,
                                        place,
                                        (cairo_pdf_outline_flags_t) 0);
  wb_report_page_text (self, WB_REPORT_HEADING, text);
  self->y += 3;
  draw_line (self, self->y, 0.55, 0.8);
  self->y += 7;
}

/**
 * wb_report_page_subsection:
 * @self: a page
 * @left: its heading
 * @right: a short remark; the heading gets the room that it leaves
 *
 * Begins a part of a section, never at the foot of a page.
 */
void
wb_report_page_subsection (WbReportPage *self, const char *left, const char *right)
{
  double width = RIGHT - MARGIN;
  g_autoptr (PangoLayout) remark = make_layout (self, WB_REPORT_SMALL, right, width / 2);
  g_autoptr (PangoLayout) layout = NULL;
  int natural = 0;
  double room, below;

  pango_layout_set_alignment (remark, PANGO_ALIGN_RIGHT);
  pango_layout_get_size (remark, &natural, NULL);
  room = width - (double) natural / PANGO_SCALE - GUTTER;
  layout = make_layout (self, WB_REPORT_SUBHEADING, left, room);
  wb_report_page_keep (self, get_height (layout) + 48);
  set_color (self, WB_REPORT_SMALL);
  cairo_move_to (self->cairo,
                 MARGIN + width / 2,
                 self->y + get_baseline (layout) - get_baseline (remark));
  pango_cairo_show_layout (self->cairo, remark);
  /* A remark of two lines may reach below the heading beside it. */
  below = get_height (remark) - get_baseline (remark) + get_baseline (layout) - get_height (layout);
  draw_lines (self, WB_REPORT_SUBHEADING, layout, MARGIN);
  self->y += 4 + MAX (0, below);
}

/**
 * wb_report_page_row:
 * @self: a page
 * @label: what it is
 * @value: its value, of any length
 * @style: of the value
 *
 * A label with its value beside it, and a hairline below.
 */
void
wb_report_page_row (WbReportPage *self, const char *label, const char *value, WbReportStyle style)
{
  g_autoptr (PangoLayout) name = make_layout (self, WB_REPORT_LABEL, label, LABEL_WIDTH);
  g_autoptr (PangoLayout) layout = make_layout (self, style, value, RIGHT - VALUE_LEFT);
  double name_height = get_height (name);
  double shift = get_baseline (name) - get_baseline (layout);
  guint page;
  double top;

  wb_report_page_keep (self, MAX (name_height, MIN (get_height (layout), 40)) + 4);
  page = self->page;
  top = self->y;
  set_color (self, WB_REPORT_LABEL);
  cairo_move_to (self->cairo, MARGIN, self->y + MAX (-shift, 0));
  pango_cairo_show_layout (self->cairo, name);
  self->y += MAX (shift, 0);
  draw_lines (self, style, layout, VALUE_LEFT);
  if (self->page == page)
    self->y = MAX (self->y, top + name_height + MAX (-shift, 0));
  self->y += 2.5;
  draw_line (self, self->y, 0.90, 0.4);
  self->y += 3.5;
}

/**
 * wb_report_page_rule:
 * @self: a page
 *
 * Draws a hairline.
 */
void
wb_report_page_rule (WbReportPage *self)
{
  draw_line (self, self->y, 0.90, 0.4);
  self->y += 4;
}

/**
 * wb_report_page_mark_begin:
 * @self: a page
 * @mark: how the bar looks
 *
 * Begins a bar at the left, which goes on over pages until wb_report_page_mark_end().
 */
void
wb_report_page_mark_begin (WbReportPage *self, WbReportMark mark)
{
  self->marked = TRUE;
  self->mark = mark;
  self->mark_top = self->y;
}

/**
 * wb_report_page_mark_end:
 * @self: a page
 *
 * Ends the bar.
 */
void
wb_report_page_mark_end (WbReportPage *self)
{
  if (self->y > self->mark_top)
    draw_mark (self);
  self->marked = FALSE;
}

/**
 * wb_report_page_box:
 * @self: a page
 * @style: of the text
 * @text: a short text, such as a command
 *
 * Sets a text apart on a grey ground.
 */
void
wb_report_page_box (WbReportPage *self, WbReportStyle style, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (self, style, text, RIGHT - MARGIN - 16);
  double height = get_height (layout) * styles[style].leading;

  wb_report_page_keep (self, height + 14);
  if (self->y + height + 14 <= BOTTOM) {
    cairo_set_source_rgb (self->cairo, 0.945, 0.953, 0.965);
    cairo_rectangle (self->cairo, MARGIN, self->y, RIGHT - MARGIN, height + 12);
    cairo_fill (self->cairo);
  }
  self->y += 6;
  draw_lines (self, style, layout, MARGIN + 8);
  self->y += 10;
}

/**
 * wb_report_page_modules:
 * @self: a page
 * @modules: 1 is dark, row by row
 * @width: modules a side
 * @size: of the square, in points
 *
 * Draws a QR code. What lies around it is white for four modules and more.
 */
void
wb_report_page_modules (WbReportPage *self, const guint8 *modules, guint width, double size)
{
  double module = size / width, quiet = 4 * module;

  wb_report_page_keep (self, size + 2 * quiet);
  self->y += quiet;
  cairo_set_source_rgb (self->cairo, 0, 0, 0);
  for (guint row = 0; row < width; row++) {
    for (guint at = 0; at < width; at++) {
      guint start = at;

      while (at < width && modules[row * width + at] != 0)
        at++;
      if (at > start)
        cairo_rectangle (self->cairo,
                         MARGIN + start * module,
                         self->y + row * module,
                         (at - start) * module,
                         module);
    }
  }
  cairo_fill (self->cairo); /* as one shape: no seams between rows */
  self->y += size + quiet;
}

/**
 * wb_report_page_cells:
 * @self: a page
 * @style: of all cells
 * @count: of cells
 * @widths: shares of the line
 * @texts: of the cells; a cell that is longer than a page is cut
 *
 * One row of a table.
 */
void
wb_report_page_cells (WbReportPage *self,
                      WbReportStyle style,
                      guint count,
                      const double *widths,
                      const char *const *texts)
{
  double x = MARGIN, highest = 0;

  for (guint i = 0; i < count; i++) {
    double width = widths[i] * (RIGHT - MARGIN);
    g_autoptr (PangoLayout) layout = make_layout (self, style, texts[i], width - 8);

    pango_layout_set_height (layout, -8); /* lines */
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    highest = MAX (highest, get_height (layout));
  }
  wb_report_page_keep (self, highest + 4);
  for (guint i = 0; i < count; i++) {
    double width = widths[i] * (RIGHT - MARGIN);
    g_autoptr (PangoLayout) layout = make_layout (self, style, texts[i], width - 8);

    pango_layout_set_height (layout, -8);
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    set_color (self, style);
    cairo_move_to (self->cairo, x, self->y);
    pango_cairo_show_layout (self->cairo, layout);
    x += width;
  }
  self->y += highest + 2;
}
