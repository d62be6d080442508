/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Who made the program, what it is built on, and under which licence it is. */
GtkWidget *wb_about_new (const char *version);

G_END_DECLS
