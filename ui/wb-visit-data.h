/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"
#include "wb-visit.h"

G_BEGIN_DECLS

/* A visit as its page shows it, read on the register's thread. */
typedef struct {
  const WbModel *model; /* the register's */
  WbVisit *visit;
  char *title, *words;
} WbVisitData;
void wb_visit_data_free (WbVisitData *self);

/* wb_session_call_finish() gives a WbVisitData; */
void wb_visit_data_load (WbSession *session,
                         const char *id,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* the WbRecord of an observation; */
void wb_visit_data_write (WbSession *session,
                          const char *id,
                          const char *text,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* TRUE. @list: a file, one item a line. */
void wb_visit_data_draw (WbSession *session,
                         const char *sample,
                         GFile *list,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

gboolean wb_visit_data_is_seen (const WbRecord *record); /* an observation without question */
GtkWidget *wb_visit_data_make_seen (const WbRecord *record, const WbZone *zone);
char *wb_visit_data_describe_sample (const WbRecord *record);
JsonObject *wb_visit_data_dup_prefill (const WbVisitData *self,
                                       const WbZone *zone,
                                       const char *stage);

G_END_DECLS
