/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Watches for every reason to lock but the key: idleness, suspend, the session's lock screen. */
#define WB_TYPE_LOCK_WATCH (wb_lock_watch_get_type ())
G_DECLARE_FINAL_TYPE (WbLockWatch, wb_lock_watch, WB, LOCK_WATCH, GObject)

WbLockWatch *wb_lock_watch_new (void);
void wb_lock_watch_start (WbLockWatch *self, guint idle_seconds); /* 0: never by idleness */
void wb_lock_watch_stop (WbLockWatch *self); /* the register is locked: sleep may go on */
/* Any key, pointer or touch in @window counts as activity. */
void wb_lock_watch_add_window (WbLockWatch *self, GtkWindow *window);
void wb_lock_watch_touch (WbLockWatch *self);

G_END_DECLS
