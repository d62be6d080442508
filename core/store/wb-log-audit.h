/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-log-store.h"

G_BEGIN_DECLS

/* Reading the tables of the log to compare them with what the entries themselves give. */
typedef struct _WbNodeReader WbNodeReader;
WbNodeReader *wb_node_reader_new (WbDb *db);
/* To be asked for every place of a level in order; places of several levels may alternate. */
gboolean wb_node_reader_compare (WbNodeReader *self,
                                 guint level,
                                 guint64 place,
                                 const guint8 hash[WB_STORE_HASH_SIZE],
                                 gboolean *ret_same,
                                 GError **error);
void wb_node_reader_free (WbNodeReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNodeReader, wb_node_reader_free)

/* The first row that belongs to nothing, or -1. */
gboolean wb_log_store_find_stray_line (WbDb *db, gint64 *ret_number, GError **error);
gboolean wb_log_store_find_odd_checkpoint (WbDb *db, gint64 *ret_size, GError **error);

G_END_DECLS
