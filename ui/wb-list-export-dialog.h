/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-list.h"
#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* The list of cases as a table: for which program, and what for. */
#define WB_TYPE_LIST_EXPORT_DIALOG (wb_list_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbListExportDialog,
                      wb_list_export_dialog,
                      WB,
                      LIST_EXPORT_DIALOG,
                      WbWorkDialog)

/* @positions (nullable) (element-type guint): of the cases; NULL: all of @list.
 * @fields: 1 << WbCaseField, each */
GtkWidget *wb_list_export_dialog_new (WbSession *session,
                                      WbCaseList *list,
                                      GArray *positions,
                                      guint fields) G_GNUC_WARN_UNUSED_RESULT;
void wb_list_export_dialog_export_to (WbListExportDialog *self, const char *path);

G_END_DECLS
