/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Holds what a row of a list view shows, and tells the row, which GTK makes itself, what it is
 * called by who does not see it. Property "row-name".
 */
#define WB_TYPE_ROW_NAME (wb_row_name_get_type ())
G_DECLARE_FINAL_TYPE (WbRowName, wb_row_name, WB, ROW_NAME, AdwBin)

G_END_DECLS
