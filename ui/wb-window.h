/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"
#include "wb-settings.h"
#include "wb-shell.h"

G_BEGIN_DECLS

/*
 * The one window of a register. It owns the session; when the session locks, everything that
 * shows the register is destroyed, and made anew after unlocking.
 */
#define WB_TYPE_WINDOW (wb_window_get_type ())
G_DECLARE_FINAL_TYPE (WbWindow, wb_window, WB, WINDOW, AdwApplicationWindow)

GtkWidget *wb_window_new (GtkApplication *application, WbSettings *settings)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_window_open_register (WbWindow *self, const char *path);
void wb_window_lock (WbWindow *self);
WbSession *wb_window_get_session (WbWindow *self);    /* (nullable) */
WbShell *wb_window_get_shell (WbWindow *self);        /* (nullable): only while open */
const char *wb_window_get_page_name (WbWindow *self); /* welcome, create, unlock or register */
GtkWidget *wb_window_get_page (WbWindow *self);       /* the page of that name */
void wb_window_watch (WbWindow *self);                /* settings of the lock changed */

G_END_DECLS
