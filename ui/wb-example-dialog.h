/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-work-dialog.h"

G_BEGIN_DECLS

/* Makes the example register, in a folder of the user's choice or beside the program's own data. */
#define WB_TYPE_EXAMPLE_DIALOG (wb_example_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbExampleDialog, wb_example_dialog, WB, EXAMPLE_DIALOG, WbWorkDialog)

GtkWidget *wb_example_dialog_new (void) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_example_dialog_get_folder (WbExampleDialog *self); /* of the register */
void wb_example_dialog_set_parent (WbExampleDialog *self, const char *folder);

G_END_DECLS
