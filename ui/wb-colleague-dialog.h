/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* A new user, whose passphrase the new user types. */
#define WB_TYPE_COLLEAGUE_DIALOG (wb_colleague_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbColleagueDialog, wb_colleague_dialog, WB, COLLEAGUE_DIALOG, WbWorkDialog)

GtkWidget *wb_colleague_dialog_new (WbSession *session) G_GNUC_WARN_UNUSED_RESULT;

void wb_colleague_dialog_set_name (WbColleagueDialog *self, const char *name);

G_END_DECLS
