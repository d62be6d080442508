/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* Contents of evidence in pieces, and the small tables: meta, user, draft. */
#define WB_CHUNK_SIZE (1024 * 1024)

gboolean wb_chunk_store_add (WbDb *db,
                             const char *record,
                             guint place,
                             gconstpointer bytes,
                             gsize size,
                             GError **error);
/* NULL without error: past the last one. */
GBytes *wb_chunk_store_get (WbDb *db, const char *record, guint place, GError **error);

gboolean wb_meta_set (WbDb *db, const char *key, const char *value, GError **error);
char *wb_meta_get (WbDb *db, const char *key, GError **error); /* NULL without error: none */
gboolean wb_meta_drop (WbDb *db, const char *key, GError **error);

typedef struct {
  char *fingerprint, *name, *public_key, *recipient;
  gint64 added;
} WbUserRow;
void wb_user_row_free (WbUserRow *self);
gboolean wb_user_store_add (WbDb *db, const WbUserRow *row, GError **error);
GPtrArray *wb_user_store_list (WbDb *db, GError **error); /* (element-type WbUserRow) */
char *wb_user_store_get_name (WbDb *db,
                              const char *fingerprint,
                              GError **error); /* NULL: unknown */

gboolean wb_draft_store_put (WbDb *db,
                             const char *user,
                             const char *key,
                             const char *content,
                             gint64 now,
                             GError **error);
char *wb_draft_store_get (WbDb *db, const char *user, const char *key, GError **error);
char **wb_draft_store_list (WbDb *db, const char *user, GError **error);

G_END_DECLS
