/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-secret.h"

G_BEGIN_DECLS

/*
 * Asks who it is and for the passphrase: before a register opens, and while it is locked. It shows
 * nothing of the register but its folder, and user names, which stand in clear as names of key
 * files.
 */
#define WB_TYPE_UNLOCK_PAGE (wb_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (WbUnlockPage, wb_unlock_page, WB, UNLOCK_PAGE, AdwBin)

GtkWidget *wb_unlock_page_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @user (nullable): chosen to begin with */
void wb_unlock_page_set_users (WbUnlockPage *self, char **users, const char *user);
const char *wb_unlock_page_get_user (WbUnlockPage *self);
/* Which one it is, by its folder: nothing else of it stands in clear. */
void wb_unlock_page_set_register (WbUnlockPage *self, const char *path);
void wb_unlock_page_set_locked (WbUnlockPage *self, gboolean locked); /* the words differ */
void wb_unlock_page_set_busy (WbUnlockPage *self, gboolean busy);
/* A wrong passphrase: the next try has to wait, longer each time. */
void wb_unlock_page_refuse (WbUnlockPage *self, const char *message);
void wb_unlock_page_say (WbUnlockPage *self, const char *message);
void wb_unlock_page_accept (WbUnlockPage *self); /* forgets the wrong tries */

guint wb_unlock_delay_seconds (guint wrong_tries);

G_END_DECLS
