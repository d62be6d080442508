/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* A rehearsal of the recovery: a backup, and what opens it. */
#define WB_TYPE_REHEARSE_DIALOG (wb_rehearse_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbRehearseDialog, wb_rehearse_dialog, WB, REHEARSE_DIALOG, WbWorkDialog)

GtkWidget *wb_rehearse_dialog_new (WbSession *session);
void wb_rehearse_dialog_set_backup (WbRehearseDialog *self, const char *path);
void wb_rehearse_dialog_set_key_file (WbRehearseDialog *self, const char *path);

G_END_DECLS
