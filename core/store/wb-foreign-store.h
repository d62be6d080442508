/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* Entries of other logs as they were hashed, and by which acts of our own they were taken in. */
typedef struct {
  guint64 number;
  char *text;
  guint8 leaf[32];
  char *proof;
} WbForeignEntry;
void wb_foreign_entry_free (WbForeignEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbForeignEntry, wb_foreign_entry_free)

gboolean wb_foreign_store_add_log (WbDb *db, const char *origin, const char *vkey, GError **error);
gboolean wb_foreign_store_add_entry (WbDb *db,
                                     const char *origin,
                                     const WbForeignEntry *entry,
                                     GError **error);
gboolean wb_foreign_store_add_checkpoint (WbDb *db,
                                          const char *origin,
                                          guint64 size,
                                          const char *note,
                                          GError **error);
gboolean wb_foreign_store_add_take (WbDb *db,
                                    const char *origin,
                                    guint64 number,
                                    guint64 entry,
                                    GError **error);
/* NULL without error: none. */
WbForeignEntry *wb_foreign_store_find (WbDb *db,
                                       const char *origin,
                                       guint64 number,
                                       GError **error);
char *wb_foreign_store_get_key (WbDb *db, const char *origin, GError **error);
char *wb_foreign_store_get_checkpoint (WbDb *db, const char *origin, guint64 size, GError **error);
/* (element-type guint64): acts of our own that took it in, in order. */
GArray *wb_foreign_store_list_takes (WbDb *db, const char *origin, guint64 number, GError **error);
/* Whether any other log is known. */
gboolean wb_foreign_store_is_used (WbDb *db, gboolean *ret_used, GError **error);
gboolean wb_foreign_store_count (WbDb *db,
                                 guint64 *ret_entries,
                                 guint64 *ret_taken,
                                 GError **error);

G_END_DECLS
