/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-today-data.h"

G_BEGIN_DECLS

/*
 * One deadline of the day: what it is, of which case, when it ends. Opened, it shows the sum and
 * what can be done. Emits "case-activated", and "act-requested" with the code of an act.
 */
#define WB_TYPE_TODAY_ROW (wb_today_row_get_type ())
G_DECLARE_FINAL_TYPE (WbTodayRow, wb_today_row, WB, TODAY_ROW, AdwPreferencesRow)

/* @deadline outlives the row. */
GtkWidget *wb_today_row_new (const WbTodayDeadline *deadline) G_GNUC_WARN_UNUSED_RESULT;
const WbTodayDeadline *wb_today_row_get_deadline (WbTodayRow *self);
gboolean wb_today_row_is_opened (WbTodayRow *self);
void wb_today_row_set_opened (WbTodayRow *self, gboolean opened);

G_END_DECLS
