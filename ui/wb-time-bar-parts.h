/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-clock-span.h"
#include "wb-time-axis.h"

G_BEGIN_DECLS

/* What is drawn, and with what: shared by the bar and its drawing. */
typedef struct {
  const WbTimeAxis *axis;
  const WbClockSpan *span; /* (nullable): a ruler */
  WbKind kind;
  WbClockState state;
  double width, height;
  gboolean mirrored; /* time runs from right to left */
  GdkRGBA ink;       /* of the kind */
  GdkRGBA text;
  GdkRGBA alarm;
  gboolean strong; /* high contrast */
} WbTimeDrawing;

double wb_time_drawing_x (const WbTimeDrawing *self, WbInstant at);
void wb_time_drawing_grid (const WbTimeDrawing *self, cairo_t *cr);
void wb_time_drawing_period (const WbTimeDrawing *self, cairo_t *cr);
void wb_time_drawing_today (const WbTimeDrawing *self, cairo_t *cr);
guint wb_time_drawing_max_ticks (double width);

G_END_DECLS
