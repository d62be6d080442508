/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-entry.h"
#include "wb-log-text-private.h"

G_BEGIN_DECLS

/* The keys, each with the one space that separates it from its value. */
#define WB_ENTRY_HEADER "waarborg-entry v1"
#define WB_ENTRY_LOG "log "
#define WB_ENTRY_NUMBER "number "
#define WB_ENTRY_TIME "time "
#define WB_ENTRY_AUTHOR "author "
#define WB_ENTRY_CASE "case "
#define WB_ENTRY_RECORD "record "
#define WB_ENTRY_EVENT "event "
#define WB_ENTRY_NONCE "nonce "
#define WB_ENTRY_FIELD "field "
#define WB_ENTRY_PREVIOUS "previous "

#define WB_ENTRY_NUMBER_MAX G_MAXINT64 /* a store's row number is signed */

void _wb_entry_add_field (WbEntry *self, const char *name, gsize size, const WbHash *digest);
gboolean _wb_entry_has_field_twice (const WbEntry *self);
/* Exactly YYYY-MM-DDThh:mm:ss.mmmZ, years 1900 to 2200. */
gboolean _wb_entry_time_is_valid (const char *text, gsize size, WbInstant *ret_time);

G_END_DECLS
