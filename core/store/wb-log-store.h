/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* The tables of the log: entry, disclosure, node, checkpoint. Hashes are 32 raw bytes. */
#define WB_STORE_HASH_SIZE 32

gboolean wb_log_store_head (WbDb *db,
                            guint64 *ret_size,
                            guint8 ret_leaf[WB_STORE_HASH_SIZE],
                            char **ret_text,
                            GError **error);
gboolean wb_log_store_add (WbDb *db,
                           guint64 number,
                           const char *text,
                           gsize size,
                           const guint8 leaf[WB_STORE_HASH_SIZE],
                           GError **error);
gboolean wb_log_store_add_line (WbDb *db,
                                guint64 number,
                                guint position,
                                const char *line,
                                GError **error);
gboolean wb_log_store_add_node (WbDb *db,
                                guint level,
                                guint64 place,
                                const guint8 hash[WB_STORE_HASH_SIZE],
                                GError **error);
gboolean wb_log_store_get_node (WbDb *db,
                                guint level,
                                guint64 place,
                                guint8 ret_hash[WB_STORE_HASH_SIZE],
                                GError **error);
guint64 wb_log_store_count_nodes (WbDb *db, GError **error);

/* Called for each entry from @from on, in order; @lines (element-type utf8) with NULLs where
 * erased. The callback returns FALSE to stop. */
typedef gboolean (*WbLogStoreEach) (guint64 number,
                                    const char *text,
                                    gsize size,
                                    const guint8 *leaf,
                                    GPtrArray *lines,
                                    gpointer user_data);
gboolean wb_log_store_each (WbDb *db,
                            guint64 from,
                            WbLogStoreEach each,
                            gpointer user_data,
                            GError **error);
gboolean wb_log_store_each_of_case (WbDb *db,
                                    const char *case_id,
                                    WbLogStoreEach each,
                                    gpointer user_data,
                                    GError **error);
gboolean wb_log_store_each_of_record (WbDb *db,
                                      const char *record,
                                      WbLogStoreEach each,
                                      gpointer user_data,
                                      GError **error);
gboolean wb_log_store_read_lines (WbDb *db, guint64 number, GPtrArray *into, GError **error);

gboolean wb_log_store_add_checkpoint (WbDb *db, guint64 size, const char *note, GError **error);
char *wb_log_store_get_checkpoint (WbDb *db, guint64 *ret_size, GError **error); /* the latest */
GPtrArray *wb_log_store_list_checkpoints (WbDb *db, GError **error); /* (element-type utf8) */

/* What a log list shows. */
typedef struct {
  guint64 number;
  gint64 time;
  char *author;
  char *event;
  char *type;
  char *record;
  char *case_id;
} WbAct;
void wb_act_free (WbAct *self);
gboolean wb_log_store_add_act (WbDb *db, const WbAct *act, GError **error);
/* @case_id or @record narrows; both NULL: all. */
GPtrArray *wb_log_store_list_acts (WbDb *db,
                                   const char *case_id,
                                   const char *record,
                                   guint64 from,
                                   guint limit,
                                   GError **error);
/* Of a rare event: not "created", "changed" or "consulted". */
GPtrArray *wb_log_store_list_acts_of_event (WbDb *db, const char *event, GError **error);
char **wb_log_store_list_names (WbDb *db, guint64 number, GError **error);
/* (element-type gint64): when something was done in a case */
GArray *wb_log_store_list_work (WbDb *db, const char *case_id, GError **error);

G_END_DECLS
