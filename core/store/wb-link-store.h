/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* Which record points at which by which of its fields. */
typedef struct {
  char *source, *field, *target;
} WbLinkRow;
void wb_link_row_free (WbLinkRow *self);

/* Replaces what @source points at by @field. @targets: (element-type utf8) */
gboolean wb_link_store_put (WbDb *db,
                            const char *source,
                            const char *field,
                            GPtrArray *targets,
                            GError **error);
/* (element-type WbLinkRow): what points at @target, the oldest record first */
GPtrArray *wb_link_store_list (WbDb *db, const char *target, GError **error);
/* Where it matters that a record pointed at another once: under that prefix, and not in the above.
 */
#define WB_LINK_ONCE "once "
gboolean wb_link_store_keep_past (WbDb *db, const char *source, const char *field, GError **error);
GPtrArray *wb_link_store_list_past (WbDb *db, const char *target, GError **error);

G_END_DECLS
