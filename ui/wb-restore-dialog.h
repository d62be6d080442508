/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* A register taken out of a backup. "done": it lies, verified, in the folder. */
#define WB_TYPE_RESTORE_DIALOG (wb_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbRestoreDialog, wb_restore_dialog, WB, RESTORE_DIALOG, WbWorkDialog)

GtkWidget *wb_restore_dialog_new (void) G_GNUC_WARN_UNUSED_RESULT;
void wb_restore_dialog_set_file (WbRestoreDialog *self, const char *path);
void wb_restore_dialog_set_parent (WbRestoreDialog *self, const char *folder);
const char *wb_restore_dialog_get_folder (WbRestoreDialog *self); /* (nullable): of the register */

G_END_DECLS
