/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* Where and between which days what an allegation tells happened. */
typedef struct {
  char *record, *site, *first, *last; /* days YYYY-MM-DD */
} WbOccurrenceRow;
void wb_occurrence_row_free (WbOccurrenceRow *self);

/* @site NULL: it is no longer known. */
gboolean wb_occurrence_store_put (WbDb *db,
                                  const char *record,
                                  const char *site,
                                  const char *first,
                                  const char *last,
                                  GError **error);
/* At the site, between those days; (element-type WbOccurrenceRow) */
GPtrArray *wb_occurrence_store_list (WbDb *db,
                                     const char *site,
                                     const char *from,
                                     const char *until,
                                     guint limit,
                                     GError **error);

G_END_DECLS
