/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-record-name.h"
#include "wb-session.h"

G_BEGIN_DECLS

/* What the form of a record needs before it can be shown. */
typedef struct {
  const WbModel *model; /* the register's: with its own terms and sites */
  JsonObject *draft;    /* (nullable) */
  GPtrArray *records;   /* (element-type WbRecord): of the case, and those that are pointed at */
  GHashTable *names;    /* (element-type utf8 WbRecordName): of what is pointed at */
  WbRecord *record;     /* (nullable): the one that is corrected */
} WbAllegationStart;
void wb_allegation_start_free (WbAllegationStart *self);

/* wb_session_call_finish() gives a WbAllegationStart. @case_id, @corrected: (nullable) */
void wb_allegation_start_load (WbSession *session,
                               const char *draft_key,
                               const char *type,
                               const char *case_id,
                               const char *corrected,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

G_END_DECLS
