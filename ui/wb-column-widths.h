/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of a column, in pixels at the desktop's usual text: what it can do with, and what is enough. */
typedef struct {
  GtkColumnViewColumn *column;
  int least;
  int best;
  gboolean comes_and_goes; /* room is kept for it while it is not shown */
} WbColumnWidth;

/*
 * Shares the width of @scroller among the columns that are shown, from what each can do with to
 * what is enough; a column that expands has the rest. What the user dragged stays.
 */
typedef struct _WbColumnWidths WbColumnWidths;
WbColumnWidths *wb_column_widths_new (GtkScrolledWindow *scroller,
                                      int least, /* width of the whole */
                                      const WbColumnWidth *widths,
                                      guint n) G_GNUC_WARN_UNUSED_RESULT;
void wb_column_widths_set_scale (WbColumnWidths *self, double scale); /* 2: text twice as large */
void wb_column_widths_free (WbColumnWidths *self);

G_END_DECLS
