/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"
#include "wb-settings.h"

G_BEGIN_DECLS

/* Preferences of the desktop, and what a body sets in its register. Emits "changed". */
#define WB_TYPE_PREFERENCES (wb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WbPreferences, wb_preferences, WB, PREFERENCES, AdwPreferencesWindow)

/* @session (nullable): no register is open */
GtkWidget *wb_preferences_new (WbSettings *settings, WbSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
