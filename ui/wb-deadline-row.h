/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-deadline-item.h"
#include "wb-time-axis.h"

G_BEGIN_DECLS

/* A deadline of a case: its words, its bar on the axis that all rows share, and what it opens to.
 */
#define WB_TYPE_DEADLINE_ROW (wb_deadline_row_get_type ())
G_DECLARE_FINAL_TYPE (WbDeadlineRow, wb_deadline_row, WB, DEADLINE_ROW, AdwPreferencesRow)

GtkWidget *wb_deadline_row_new (WbDeadlineItem *item, WbTimeAxis *axis) G_GNUC_WARN_UNUSED_RESULT;
void wb_deadline_row_set_opened (WbDeadlineRow *self, gboolean opened);

G_END_DECLS
