/* SPDX-License-Identifier: EUPL-1.2 */

/* The strokes of a time bar: one shape a kind, hatching, gaps, what came too late. */
#include "wb-time-bar-parts.h"

#define EDGE 12.0  /* on each side, for what runs off the axis */
#define TICK 44.0  /* pixels from one date to the next, at least */
#define SHORT 3.0  /* a period is never narrower */
#define HATCH 5.0  /* from line to line */
#define FAINT 0.16 /* of lines behind */
#define DONE 0.55  /* of a period that is over */

/* On the grid of pixels, so that lines are sharp. */
static double
whole (double x)
{
  return (double) (int) x;
}

static double
clamp_x (const WbTimeDrawing *self, WbInstant at)
{
  double place = CLAMP (wb_time_axis_place (self->axis, at), 0, 1);

  if (self->mirrored)
    place = 1 - place;
  return EDGE + place * (self->width - 2 * EDGE);
}

double
wb_time_drawing_x (const WbTimeDrawing *self, WbInstant at)
{
  return clamp_x (self, at);
}

guint
wb_time_drawing_max_ticks (double width)
{
  return (guint) MAX (width / TICK, 2);
}

static void
set_colour (cairo_t *cr, const GdkRGBA *colour, double share)
{
  cairo_set_source_rgba (cr,
                         (double) colour->red,
                         (double) colour->green,
                         (double) colour->blue,
                         (double) colour->alpha * share);
}

static void
line (cairo_t *cr, double x1, double y1, double x2, double y2, double width)
{
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static gboolean
is_shown (const WbTimeDrawing *self, WbInstant at)
{
  double place = wb_time_axis_place (self->axis, at);

  return place >= 0 && place <= 1;
}

static gboolean
is_over (const WbTimeDrawing *self)
{
  return self->state != WB_CLOCK_RUNNING && self->state != WB_CLOCK_OVERDUE &&
         self->state != WB_CLOCK_SUSPENDED;
}

void
wb_time_drawing_grid (const WbTimeDrawing *self, cairo_t *cr)
{
  g_autoptr (GPtrArray) ticks =
      wb_time_axis_list_ticks (self->axis, wb_time_drawing_max_ticks (self->width));

  set_colour (cr, &self->text, self->strong ? 0.5 : FAINT);
  for (guint i = 0; i < ticks->len; i++) {
    double x = whole (clamp_x (self, ((WbTimeTick *) ticks->pdata[i])->at)) + 0.5;

    line (cr, x, 0, x, self->height, 1);
  }
}

void
wb_time_drawing_today (const WbTimeDrawing *self, cairo_t *cr)
{
  double x = whole (clamp_x (self, wb_time_axis_get_now (self->axis)));

  if (!is_shown (self, wb_time_axis_get_now (self->axis)))
    return;
  set_colour (cr, &self->text, 1);
  line (cr, x, 0, x, self->height, 2);
}

/* Half of the height of the shape of a kind. */
static double
half_of (const WbTimeDrawing *self)
{
  static const double halves[] = { 6, 5, 2, 4, 1 };

  return halves[CLAMP ((int) self->kind, 0, (int) G_N_ELEMENTS (halves) - 1)];
}

static void
pill (cairo_t *cr, double x, double y, double width, double height)
{
  double r = MIN (height, width) / 2;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, G_PI_2);
  cairo_arc (cr, x + r, y + r, r, G_PI_2, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
outline_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  double half = half_of (self);
  double middle = self->height / 2;

  if (self->kind == WB_KIND_POLICY)
    pill (cr, from, middle - half, until - from, 2 * half);
  else
    cairo_rectangle (cr, from, middle - half, until - from, 2 * half);
}

/* By law and by an own target full, of another hollow: what is not ours to keep. */
static void
solid_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  double share = is_over (self) ? DONE : 1;

  outline_part (self, cr, from, until);
  if (self->kind != WB_KIND_WATCH) {
    set_colour (cr, &self->ink, share);
    cairo_fill (cr);
    return;
  }
  set_colour (cr, &self->ink, 0.15);
  cairo_fill_preserve (cr);
  set_colour (cr, &self->ink, share);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
hatched_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  double half = MAX (half_of (self), 4);
  double middle = self->height / 2;

  set_colour (cr, &self->ink, is_over (self) ? DONE : 1);
  cairo_save (cr);
  cairo_rectangle (cr, from, middle - half, until - from, 2 * half);
  cairo_clip_preserve (cr);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  for (double x = from - 2 * half; x < until; x += HATCH)
    line (cr, x, middle + half, x + 2 * half, middle - half, 1.2);
  cairo_restore (cr);
}

static void
dashed (const WbTimeDrawing *self,
        cairo_t *cr,
        const GdkRGBA *colour,
        double from,
        double until,
        double dash)
{
  const double dashes[] = { dash, 4 };

  set_colour (cr, colour, is_over (self) ? DONE : 1);
  cairo_set_dash (cr, dashes, 2, 0);
  line (cr, from, self->height / 2, until, self->height / 2, 2);
  cairo_set_dash (cr, NULL, 0, 0);
}

typedef void (*Draw) (const WbTimeDrawing *self, cairo_t *cr, double from, double until);

/* From left to right, and never too narrow to be seen; nothing where the axis does not reach. */
static void
part (const WbTimeDrawing *self, cairo_t *cr, WbInstant from, WbInstant until, Draw draw)
{
  double x1, x2;

  if (until <= from || wb_time_axis_place (self->axis, until) < 0 ||
      wb_time_axis_place (self->axis, from) > 1)
    return;
  x1 = clamp_x (self, self->mirrored ? until : from);
  x2 = clamp_x (self, self->mirrored ? from : until);
  draw (self, cr, x1, MAX (x2, x1 + SHORT));
}

static void
gap_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  double middle = self->height / 2;
  double centre = whole ((from + until) / 2);

  dashed (self, cr, &self->ink, from, until, 1.5);
  if (until - from < 10)
    return;
  set_colour (cr, &self->ink, 1); /* as on a button that pauses */
  line (cr, centre - 2, middle - 5, centre - 2, middle + 5, 2);
  line (cr, centre + 2, middle - 5, centre + 2, middle + 5, 2);
}

/* Teeth where it came too late for certain. */
static void
over_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  double middle = self->height / 2;
  gboolean up = TRUE;

  set_colour (cr, &self->alarm, 1);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, from, middle);
  for (double x = from + 4; x < until; x += 4, up = !up)
    cairo_line_to (cr, x, middle + (up ? -4 : 4));
  cairo_line_to (cr, until, middle);
  cairo_stroke (cr);
}

static void
unknown_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  dashed (self, cr, &self->text, from, until, 3);
}

static void
open_part (const WbTimeDrawing *self, cairo_t *cr, double from, double until)
{
  dashed (self, cr, &self->ink, from, until, 7);
}

/* What counts by every reading, without what was suspended. */
static void
draw_counted (const WbTimeDrawing *self, cairo_t *cr)
{
  const WbClockSpan *span = self->span;
  WbInstant from = span->from_latest;

  for (guint i = 0; i < span->gaps->len; i++) {
    const WbClockGap *gap = &g_array_index (span->gaps, WbClockGap, i);
    WbInstant until =
        gap->until != WB_INSTANT_NONE ? gap->until : wb_time_axis_get_now (self->axis);

    part (self, cr, from, MIN (gap->from, MAX (span->end, gap->from)), solid_part);
    part (self, cr, gap->from, until, gap_part);
    from = MAX (from, until);
  }
  if (span->end != WB_INSTANT_NONE)
    part (self, cr, from, span->end, solid_part);
}

/* A gate where the law ends it, a bracket where it ends for another, a point where a right lapses;
 * an own target just ends. */
static void
draw_end (const WbTimeDrawing *self, cairo_t *cr)
{
  double x = clamp_x (self, self->span->end);
  double middle = self->height / 2;
  double inward = self->mirrored ? 4 : -4;

  if (self->span->end == WB_INSTANT_NONE || !is_shown (self, self->span->end))
    return;
  set_colour (cr, &self->ink, is_over (self) ? DONE : 1);
  if (self->kind == WB_KIND_LAW) {
    line (cr, x, 1, x, self->height - 1, 3);
  } else if (self->kind == WB_KIND_WATCH) {
    line (cr, x, 2, x, self->height - 2, 2);
    line (cr, x, 3, x + inward, 3, 2);
    line (cr, x, self->height - 3, x + inward, self->height - 3, 2);
  } else if (self->kind == WB_KIND_BAR) {
    cairo_move_to (cr, x - 6, middle);
    cairo_line_to (cr, x, middle - 6);
    cairo_line_to (cr, x + 6, middle);
    cairo_line_to (cr, x, middle + 6);
    cairo_close_path (cr);
    cairo_fill (cr);
  }
}

static void
chevrons (const WbTimeDrawing *self, cairo_t *cr, gboolean later)
{
  gboolean right = later != self->mirrored;
  double x = right ? self->width - EDGE + 3 : EDGE - 3;
  double step = right ? 4 : -4;
  double middle = self->height / 2;

  set_colour (cr, &self->ink, 1);
  cairo_set_line_width (cr, 1.8);
  for (int i = 0; i < 2; i++, x += step) {
    cairo_move_to (cr, x, middle - 4);
    cairo_line_to (cr, x + step, middle);
    cairo_line_to (cr, x, middle + 4);
    cairo_stroke (cr);
  }
}

/* What goes on beyond the axis. */
static void
draw_edges (const WbTimeDrawing *self, cairo_t *cr)
{
  if (wb_time_axis_place (self->axis, self->span->from) < 0)
    chevrons (self, cr, FALSE);
  if (wb_time_axis_place (self->axis, wb_clock_span_get_last (self->span)) > 1)
    chevrons (self, cr, TRUE);
}

static gboolean
is_light (const GdkRGBA *colour)
{
  return colour->red + colour->green + colour->blue > 1.5f;
}

static void
draw_met (const WbTimeDrawing *self, cairo_t *cr)
{
  static const GdkRGBA black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  double middle = self->height / 2;
  double x;

  if (self->span->met == WB_INSTANT_NONE || !is_shown (self, self->span->met))
    return;
  x = clamp_x (self, self->span->met);
  cairo_arc (cr, x, middle, 8, 0, 2 * G_PI);
  set_colour (cr, &self->text, 1);
  cairo_fill (cr);
  set_colour (cr, is_light (&self->text) ? &black : &white, 1);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x - 4, middle);
  cairo_line_to (cr, x - 1, middle + 3);
  cairo_line_to (cr, x + 4, middle - 3);
  cairo_stroke (cr);
}

void
wb_time_drawing_period (const WbTimeDrawing *self, cairo_t *cr)
{
  const WbClockSpan *span = self->span;

  part (self, cr, span->from, span->from_latest, hatched_part);
  if (span->end == WB_INSTANT_NONE && span->gaps->len == 0)
    part (self, cr, span->from_latest, wb_time_axis_get_now (self->axis), open_part);
  else
    draw_counted (self, cr);
  part (self, cr, span->end, span->latest_end, hatched_part);
  draw_end (self, cr);
  if (span->over_from != WB_INSTANT_NONE)
    part (self,
          cr,
          span->over_from,
          span->over_until,
          span->over_is_certain ? over_part : unknown_part);
  draw_edges (self, cr);
  draw_met (self, cr);
}
