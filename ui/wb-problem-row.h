/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Below an entry row: one sentence on what is wrong with what was typed there. */
#define WB_TYPE_PROBLEM_ROW (wb_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (WbProblemRow, wb_problem_row, WB, PROBLEM_ROW, AdwPreferencesRow)

/* @sentence (nullable): nothing is wrong with @entry, and the row is not there. */
void wb_problem_row_tell (WbProblemRow *self, GtkWidget *entry, const char *sentence);

G_END_DECLS
