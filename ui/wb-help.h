/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the manual of this computer; FALSE where none is installed. */
gboolean wb_help_show (GtkWindow *parent);

/* The file of the manual's first page in the language in use, or NULL. */
char *wb_help_find_page (void);

G_END_DECLS
