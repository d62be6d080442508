/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The tick of a row of the list of cases: seen while cases are being selected. It shows what the
 * selection is, and asks the page ("cases.toggle-row") for another. */
#define WB_TYPE_ROW_CHECK (wb_row_check_get_type ())
G_DECLARE_FINAL_TYPE (WbRowCheck, wb_row_check, WB, ROW_CHECK, AdwBin)

guint wb_row_check_get_position (WbRowCheck *self);

G_END_DECLS
