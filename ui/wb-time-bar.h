/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-deadline-item.h"
#include "wb-time-axis.h"

G_BEGIN_DECLS

/*
 * One period on an axis. The kind is told by its shape, what only one reading counts by hatching,
 * what was suspended by a gap. Where there is no room for it, it takes none.
 */
#define WB_TYPE_TIME_BAR (wb_time_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbTimeBar, wb_time_bar, WB, TIME_BAR, GtkWidget)

GtkWidget *wb_time_bar_new (WbDeadlineItem *item, WbTimeAxis *axis);
/* The dates along the axis of the bars below it. */
GtkWidget *wb_time_bar_new_ruler (void);
void wb_time_bar_set_axis (WbTimeBar *self, WbTimeAxis *axis); /* (nullable) */
gboolean wb_time_bar_is_drawn (WbTimeBar *self);               /* FALSE: too narrow */

G_END_DECLS
