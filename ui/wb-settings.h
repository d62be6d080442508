/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the desktop remembers between runs: nothing that comes out of a register. */
#define WB_TYPE_SETTINGS (wb_settings_get_type ())
G_DECLARE_FINAL_TYPE (WbSettings, wb_settings, WB, SETTINGS, GObject)

WbSettings *wb_settings_new (void);
guint wb_settings_get_lock_after_seconds (WbSettings *self); /* 0: never */
void wb_settings_set_lock_after_seconds (WbSettings *self, guint seconds);
char *wb_settings_dup_language (WbSettings *self); /* (nullable): nl, en; NULL: the computer's */
void wb_settings_set_language (WbSettings *self, const char *language);
guint wb_settings_get_text_size (WbSettings *self); /* percent, 100 to 200 */
void wb_settings_set_text_size (WbSettings *self, guint percent);
char **wb_settings_dup_hidden_columns (WbSettings *self); /* of the list of cases */
void wb_settings_set_hidden_columns (WbSettings *self, const char *const *names);
char **wb_settings_dup_registers (WbSettings *self); /* folders, the one opened last first */
void wb_settings_remember_register (WbSettings *self, const char *path);
void wb_settings_forget_register (WbSettings *self, const char *path);

G_END_DECLS
