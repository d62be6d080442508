/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that does something when it is pressed; @subtitle (nullable). */
GtkWidget *wb_button_row_new (const char *title,
                              const char *subtitle,
                              GCallback activated, /* swapped: @self comes first */
                              gpointer self) G_GNUC_WARN_UNUSED_RESULT;
/* Before the arrow. */
void wb_button_row_add (GtkWidget *row, GtkWidget *widget);

G_END_DECLS
