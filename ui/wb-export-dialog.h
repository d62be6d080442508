/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* Makes a bundle of one case: for whom, how much of it, and where to. */
#define WB_TYPE_EXPORT_DIALOG (wb_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbExportDialog, wb_export_dialog, WB, EXPORT_DIALOG, AdwWindow)

GtkWidget *wb_export_dialog_new (WbSession *session, const char *case_id, const char *reference)
    G_GNUC_WARN_UNUSED_RESULT;
/* As it was when the register was locked. */
GtkWidget *wb_export_dialog_new_kept (WbSession *session, JsonObject *kept)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_export_dialog_export_to (WbExportDialog *self, const char *path);
const char *wb_export_dialog_get_sha256 (WbExportDialog *self); /* (nullable) until it is done */

G_END_DECLS
