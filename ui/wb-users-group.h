/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* Who can open the register, with their keys. */
#define WB_TYPE_USERS_GROUP (wb_users_group_get_type ())
G_DECLARE_FINAL_TYPE (WbUsersGroup, wb_users_group, WB, USERS_GROUP, AdwPreferencesGroup)

void wb_users_group_show (WbUsersGroup *self, WbSession *session);

G_END_DECLS
