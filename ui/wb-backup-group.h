/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* How old the last verified backup is, and a way to make one. */
#define WB_TYPE_BACKUP_GROUP (wb_backup_group_get_type ())
G_DECLARE_FINAL_TYPE (WbBackupGroup, wb_backup_group, WB, BACKUP_GROUP, AdwPreferencesGroup)

void wb_backup_group_show (WbBackupGroup *self, WbSession *session);

void wb_backup_group_save_sheet (WbBackupGroup *self, const char *path);

G_END_DECLS
