/* SPDX-License-Identifier: EUPL-1.2 */

/* Dialogs that come back after the lock. */
#include "wb-kept-dialog.h"

#define DESCRIBE "wb-describe"

void
wb_kept_dialog_set (GtkWidget *dialog, WbKeptDescribe describe)
{
  g_object_set_data (G_OBJECT (dialog), DESCRIBE, (gpointer) describe);
}

JsonObject *
wb_kept_dialog_dup (GtkWidget *dialog)
{
  WbKeptDescribe describe = (WbKeptDescribe) g_object_get_data (G_OBJECT (dialog), DESCRIBE);

  return describe != NULL ? describe (dialog) : NULL;
}
