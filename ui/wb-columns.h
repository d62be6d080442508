/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two children: side by side where there is room, else one below the other. */
#define WB_TYPE_COLUMNS (wb_columns_get_type ())
G_DECLARE_FINAL_TYPE (WbColumns, wb_columns, WB, COLUMNS, GtkWidget)

#define WB_COLUMNS_WIDE 860 /* pixels from which there are two, at the desktop's usual text */

G_END_DECLS
