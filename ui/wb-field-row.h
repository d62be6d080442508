/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-editor.h"

G_BEGIN_DECLS

/* One field of a record in a form: its label, what edits it, and a line that checks while typing.
 */
#define WB_TYPE_FIELD_ROW (wb_field_row_get_type ())
G_DECLARE_FINAL_TYPE (WbFieldRow, wb_field_row, WB, FIELD_ROW, AdwPreferencesRow)

GtkWidget *wb_field_row_new (const WbField *field, const WbEditorContext *context)
    G_GNUC_WARN_UNUSED_RESULT;
const WbField *wb_field_row_get_field (WbFieldRow *self);
WbEditor *wb_field_row_get_editor (WbFieldRow *self);
JsonNode *wb_field_row_dup_value (WbFieldRow *self);
JsonNode *wb_field_row_dup_draft (WbFieldRow *self); /* as typed, right or not */
void wb_field_row_set_value (WbFieldRow *self, JsonNode *value);
/* (nullable): what follows from the value, where the editor has nothing to say itself. */
void wb_field_row_set_remark (WbFieldRow *self, const char *remark);
gboolean wb_field_row_is_wrong (WbFieldRow *self); /* filled in, and not understood */

G_END_DECLS
