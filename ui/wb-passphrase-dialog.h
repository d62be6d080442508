/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* Another passphrase for who opened the register. */
#define WB_TYPE_PASSPHRASE_DIALOG (wb_passphrase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbPassphraseDialog, wb_passphrase_dialog, WB, PASSPHRASE_DIALOG, WbWorkDialog)

GtkWidget *wb_passphrase_dialog_new (WbSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
