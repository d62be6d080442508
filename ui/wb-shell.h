/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Pages on top of each other, the first one always there. Hides the widget that does it, which
 * libadwaita has replaced twice since our floor. Emits "popped" with the page that went away.
 */
#define WB_TYPE_SHELL (wb_shell_get_type ())
G_DECLARE_FINAL_TYPE (WbShell, wb_shell, WB, SHELL, AdwBin)

GtkWidget *wb_shell_new (GtkWidget *root) G_GNUC_WARN_UNUSED_RESULT;
void wb_shell_push (WbShell *self, GtkWidget *page);
gboolean wb_shell_pop (WbShell *self); /* FALSE where only the first page is left */
/* @face (borrowed): the view that shows in the first page, given out instead of it. */
void wb_shell_set_face (WbShell *self, GtkWidget *face);
guint wb_shell_get_depth (WbShell *self);
GtkWidget *wb_shell_get_page (WbShell *self, guint n); /* 0: the first */
GtkWidget *wb_shell_get_top (WbShell *self);

G_END_DECLS
