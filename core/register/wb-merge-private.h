/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"

G_BEGIN_DECLS

/* Hooks of the projection. */
/* What went into the case reached the body when its own first allegation did: *received becomes
 * the earlier of the two. */
void wb_merge_take_receipt (WbRegister *reg, const char *case_id, char **received);
/* After an act on @row: the case that its case goes into, or went into before (@before, nullable).
 */
gboolean wb_merge_refresh (WbRegister *reg,
                           const WbRecordRow *row,
                           const char *before,
                           GError **error);
/* wb-duplicate.c */
gboolean wb_occurrence_project (WbRegister *reg,
                                const WbRecordRow *row,
                                JsonObject *doc,
                                GError **error);

G_END_DECLS
