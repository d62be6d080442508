/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* A record that stands by itself, such as a day off: made, or changed, by the model's form. */
#define WB_TYPE_RECORD_DIALOG (wb_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbRecordDialog, wb_record_dialog, WB, RECORD_DIALOG, WbWorkDialog)

/* @model: the register's, with its own terms. @record (nullable): a new one. Its sealed and
 * identity fields are neither shown nor changed. */
GtkWidget *wb_record_dialog_new (WbSession *session,
                                 const WbModel *model,
                                 const char *type,
                                 const WbRecord *record) G_GNUC_WARN_UNUSED_RESULT;
/* What a new record holds beside what is typed, such as the visit it belongs to. */
void wb_record_dialog_set_given (WbRecordDialog *self, JsonObject *given);
/* The field that ends a record of this type: its last day, or the day of withdrawal. (nullable) */
const char *wb_record_dialog_get_end_field (const WbModel *model, const char *type);
void wb_record_dialog_propose_end (WbRecordDialog *self);    /* today, to be confirmed */
GtkWidget *wb_record_dialog_get_form (WbRecordDialog *self); /* WbRecordForm */

G_END_DECLS
