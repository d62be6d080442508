/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-editor.h"

G_BEGIN_DECLS

/*
 * The form of a record type, made from the model: the first field large and on top, the others in
 * groups that open. Emits "changed" when a person changes anything.
 */
#define WB_TYPE_RECORD_FORM (wb_record_form_get_type ())
G_DECLARE_FINAL_TYPE (WbRecordForm, wb_record_form, WB, RECORD_FORM, AdwBin)

GtkWidget *wb_record_form_new (const char *type, const WbEditorContext *context)
    G_GNUC_WARN_UNUSED_RESULT;
/* Between what is shown at once and the rest. */
void wb_record_form_insert (WbRecordForm *self, GtkWidget *widget);
JsonObject *wb_record_form_dup_values (WbRecordForm *self); /* what can be recorded */
JsonObject *wb_record_form_dup_draft (WbRecordForm *self);  /* what was typed, right or not */
void wb_record_form_set_values (WbRecordForm *self, JsonObject *values);
gboolean wb_record_form_is_lead_filled (WbRecordForm *self);
/* Enough to try: an account, or in another record anything. */
gboolean wb_record_form_is_ready (WbRecordForm *self);
/* FALSE and the focus there where something filled in is not understood. */
gboolean wb_record_form_check (WbRecordForm *self);
/* Fills in one field, and shows it: a person still has to confirm it. */
void wb_record_form_propose (WbRecordForm *self, const char *field, JsonNode *value);
void wb_record_form_focus_lead (WbRecordForm *self);
GtkWidget *wb_record_form_find_row (WbRecordForm *self, const char *field); /* WbFieldRow */

G_END_DECLS
