/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What a dialog that the lock closes needs to come back with every character: a member "dialog"
 * says which it is, the others are its own. Never a passphrase.
 */
typedef JsonObject *(*WbKeptDescribe) (GtkWidget *dialog);

void wb_kept_dialog_set (GtkWidget *dialog, WbKeptDescribe describe);
JsonObject *wb_kept_dialog_dup (GtkWidget *dialog); /* (nullable): this one does not come back */

G_END_DECLS
