/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @files (element-type GFile): never empty. Not called when the user cancels. */
typedef void (*WbFilesChosen) (GPtrArray *files, gpointer user_data);

/*
 * Asks for files or a folder, and keeps the choice out of the desktop's list of recent files.
 * @owner: the answer is dropped when this object is gone; it also holds the dialog, so that
 * wb_file_chooser_close_all() can take it away at lock.
 */
void wb_file_chooser_ask (GtkWidget *owner,
                          const char *title,
                          GtkFileChooserAction action,
                          gboolean multiple,
                          const char *name,
                          WbFilesChosen chosen,
                          gpointer user_data);
void wb_file_chooser_close_all (void);

G_END_DECLS
