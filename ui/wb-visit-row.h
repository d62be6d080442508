/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * One question of a visit's checklist: an answer, a note, and an allegation born from it. What is
 * answered is recorded at once, a note when the field is left. Emits "allege", "answered" by key,
 * and "message".
 */
#define WB_TYPE_VISIT_ROW (wb_visit_row_get_type ())
G_DECLARE_FINAL_TYPE (WbVisitRow, wb_visit_row, WB, VISIT_ROW, AdwPreferencesRow)

/* @observation (nullable): the answer that is there. */
GtkWidget *wb_visit_row_new (WbSession *session,
                             const WbModel *model,
                             const char *visit,
                             const char *question,
                             const char *stage,
                             const WbRecord *observation) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_visit_row_get_stage (WbVisitRow *self);  /* (nullable) */
const char *wb_visit_row_get_answer (WbVisitRow *self); /* (nullable): answer.* */
void wb_visit_row_answer (WbVisitRow *self, const char *code);
void wb_visit_row_keep (WbVisitRow *self); /* records a note that is being typed */

G_END_DECLS
