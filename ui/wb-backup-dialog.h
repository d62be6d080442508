/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* A backup: who can read it, where it goes, and that it was read back. */
#define WB_TYPE_BACKUP_DIALOG (wb_backup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbBackupDialog, wb_backup_dialog, WB, BACKUP_DIALOG, WbWorkDialog)

GtkWidget *wb_backup_dialog_new (WbSession *session) G_GNUC_WARN_UNUSED_RESULT;
void wb_backup_dialog_back_up_to (WbBackupDialog *self, const char *path);
/* What was filled in when the register was locked. */
void wb_backup_dialog_put_back (WbBackupDialog *self, JsonObject *kept);

G_END_DECLS
