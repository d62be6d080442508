/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* The records of one type that stand by themselves: read, added, changed and ended. */
#define WB_TYPE_RECORDS_GROUP (wb_records_group_get_type ())
G_DECLARE_FINAL_TYPE (WbRecordsGroup, wb_records_group, WB, RECORDS_GROUP, AdwPreferencesGroup)

void wb_records_group_show (WbRecordsGroup *self, WbSession *session, const char *type);

G_END_DECLS
