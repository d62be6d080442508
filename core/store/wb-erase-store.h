/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* What only an act of erasure may do to the store. All but wb_erase_store_scrub() within a
 * transaction. */
gboolean wb_erase_store_blank_line (WbDb *db, guint64 number, guint position, GError **error);
gboolean wb_erase_store_drop_chunks (WbDb *db, const char *record, GError **error);
/* Drafts whose key or content holds @needle, of whatever user. */
gboolean wb_erase_store_drop_drafts (WbDb *db, const char *needle, guint *n, GError **error);
/* References of records whose document holds @needle, such as a record's id. (element-type utf8) */
GPtrArray *wb_erase_store_list_mentions (WbDb *db, const char *needle, GError **error);
/* Writes the whole file anew, so that no page, used or free, and no journal holds what was erased.
 */
gboolean wb_erase_store_scrub (WbDb *db, GError **error);
/* The first piece of a file, by record, that no record lists any more; NULL: none. */
char *wb_erase_store_find_stray_chunk (WbDb *db, GError **error);

G_END_DECLS
