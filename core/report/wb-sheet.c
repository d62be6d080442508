/* SPDX-License-Identifier: EUPL-1.2 */

/* Pages of a report: Pango breaks lines and orders scripts, Cairo draws. Knows no cases. */
#include "wb-sheet-private.h"

#define MARGIN 56.0
#define TOP 70.0
#define BOTTOM 64.0
#define LABEL_WIDTH 138.0
#define COLUMN_GAP 14.0
#define TEXT_WIDTH (WB_SHEET_WIDTH - 2 * MARGIN)
/* Families for what Cantarell or DejaVu lack follow by themselves from fontconfig. */
#define SERIF "Noto Sans, Cantarell, DejaVu Sans, sans-serif"
#define FIXED "Noto Sans Mono, DejaVu Sans Mono, monospace"

struct _WbSheet {
  cairo_t *cr;
  char *head, *foot;
  guint page, n_pages;
  double y;
};

typedef struct {
  double red, green, blue;
} Ink;

static const Ink BLACK = { 0.1, 0.1, 0.12 };
static const Ink GREY = { 0.38, 0.38, 0.42 };
static const Ink BLUE = { 0.1, 0.24, 0.45 };

static PangoLayout *
new_layout (WbSheet *self,
            const char *text,
            const char *family,
            double size,
            gboolean bold,
            double width)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_from_string (family);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  /* Paper has no pixels to round to. */
  pango_context_set_round_glyph_positions (pango_layout_get_context (layout), FALSE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, (int) (size * 0.22 * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
use_ink (WbSheet *self, const Ink *ink)
{
  cairo_set_source_rgb (self->cr, ink->red, ink->green, ink->blue);
}

static void
draw_at (WbSheet *self, PangoLayout *layout, double x, double y, const Ink *ink)
{
  use_ink (self, ink);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  g_object_unref (layout);
}

static void
draw_rule (WbSheet *self, double y, double width, const Ink *ink)
{
  use_ink (self, ink);
  cairo_set_line_width (self->cr, width);
  cairo_move_to (self->cr, MARGIN, y);
  cairo_line_to (self->cr, WB_SHEET_WIDTH - MARGIN, y);
  cairo_stroke (self->cr);
}

static void
draw_margins (WbSheet *self)
{
  g_autofree char *number = NULL;
  PangoLayout *layout;

  if (self->page > 1)
    draw_at (self, new_layout (self, self->head, SERIF, 8, FALSE, TEXT_WIDTH), MARGIN, 36, &GREY);
  draw_rule (self, WB_SHEET_HEIGHT - 50, 0.4, &GREY);
  number = g_strdup_printf ("%s", self->foot);
  {
    g_auto (GStrv) parts = g_strsplit (number, "%u", 3);

    g_free (number);
    number = g_strv_length (parts) == 3 ? g_strdup_printf ("%s%u%s%u%s",
                                                           parts[0],
                                                           self->page,
                                                           parts[1],
                                                           self->n_pages,
                                                           parts[2])
                                        : g_strdup_printf ("%u", self->page);
  }
  layout = new_layout (self, number, SERIF, 8, FALSE, TEXT_WIDTH);
  pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  draw_at (self, layout, MARGIN, WB_SHEET_HEIGHT - 44, &GREY);
}

WbSheet *
wb_sheet_new (cairo_surface_t *surface, const char *head, const char *foot, guint n_pages)
{
  WbSheet *self = g_new0 (WbSheet, 1);

  self->cr = cairo_create (surface);
  self->head = g_strdup (head);
  self->foot = g_strdup (foot);
  self->n_pages = n_pages;
  self->page = 1;
  self->y = TOP;
  return self;
}

guint
wb_sheet_finish (WbSheet *self)
{
  guint pages = self->page;

  draw_margins (self);
  cairo_show_page (self->cr);
  cairo_destroy (self->cr);
  g_free (self->head);
  g_free (self->foot);
  g_free (self);
  return pages;
}

static void
new_page (WbSheet *self)
{
  draw_margins (self);
  cairo_show_page (self->cr);
  self->page++;
  self->y = TOP;
}

static void
need (WbSheet *self, double height)
{
  if (self->y + height > WB_SHEET_HEIGHT - BOTTOM && self->y > TOP)
    new_page (self);
}

/* Line by line, so that a long account goes on overleaf. */
static void
flow (WbSheet *self, PangoLayout *layout, double x, const Ink *ink)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double spacing = (double) pango_layout_get_spacing (layout) / PANGO_SCALE;

  do {
    PangoRectangle logical;
    int baseline = pango_layout_iter_get_baseline (iter);
    double height, rise;

    pango_layout_iter_get_line_extents (iter, NULL, &logical);
    height = (double) logical.height / PANGO_SCALE;
    rise = (double) (baseline - logical.y) / PANGO_SCALE;
    need (self, height);
    use_ink (self, ink);
    cairo_move_to (self->cr, x + (double) logical.x / PANGO_SCALE, self->y + rise);
    pango_cairo_show_layout_line (self->cr, pango_layout_iter_get_line_readonly (iter));
    self->y += height + spacing;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_object_unref (layout);
}

void
wb_sheet_gap (WbSheet *self, double points)
{
  self->y += points;
}

void
wb_sheet_title (WbSheet *self, const char *text, const char *below)
{
  self->y = MARGIN;
  flow (self, new_layout (self, below, SERIF, 10, FALSE, TEXT_WIDTH), MARGIN, &GREY);
  flow (self, new_layout (self, text, SERIF, 20, TRUE, TEXT_WIDTH), MARGIN, &BLUE);
  self->y += 4;
  draw_rule (self, self->y, 1.4, &BLUE);
  self->y += 14;
}

void
wb_sheet_heading (WbSheet *self, const char *text)
{
  self->y += 14;
  need (self, 70); /* never alone at the foot of a page */
  flow (self, new_layout (self, text, SERIF, 13, TRUE, TEXT_WIDTH), MARGIN, &BLUE);
  draw_rule (self, self->y + 1, 0.5, &BLUE);
  self->y += 8;
}

void
wb_sheet_subheading (WbSheet *self, const char *text, const char *aside)
{
  PangoLayout *layout;

  self->y += 6;
  need (self, 48);
  if (aside != NULL) {
    layout = new_layout (self, aside, SERIF, 8, FALSE, TEXT_WIDTH);
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
    draw_at (self, layout, MARGIN, self->y + 2, &GREY);
  }
  flow (self, new_layout (self, text, SERIF, 10.5, TRUE, TEXT_WIDTH * 0.62), MARGIN, &BLACK);
  self->y += 2;
}

void
wb_sheet_paragraph (WbSheet *self, const char *text)
{
  flow (self, new_layout (self, text, SERIF, 9.5, FALSE, TEXT_WIDTH), MARGIN, &BLACK);
  self->y += 4;
}

void
wb_sheet_note (WbSheet *self, const char *text)
{
  flow (self, new_layout (self, text, SERIF, 8.5, FALSE, TEXT_WIDTH), MARGIN, &GREY);
  self->y += 4;
}

void
wb_sheet_row (WbSheet *self, const char *label, const char *value)
{
  PangoLayout *layout = new_layout (self, label, SERIF, 9, FALSE, LABEL_WIDTH);
  double x = MARGIN + LABEL_WIDTH + COLUMN_GAP;
  double below;
  guint page;
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  need (self, MAX (height, 14));
  below = self->y + height;
  page = self->page;
  draw_at (self, layout, MARGIN, self->y + 0.5, &GREY);
  flow (self, new_layout (self, value, SERIF, 9.5, FALSE, WB_SHEET_WIDTH - MARGIN - x), x, &BLACK);
  if (page == self->page)
    self->y = MAX (self->y, below);
  self->y += 3;
}

void
wb_sheet_code (WbSheet *self, const char *text)
{
  flow (self, new_layout (self, text, FIXED, 7.5, FALSE, TEXT_WIDTH - 12), MARGIN + 12, &BLACK);
  self->y += 3;
}
