/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-moves.h"
#include "wb-record-name.h"
#include "wb-register.h"

G_BEGIN_DECLS

/* All that a case page shows, read in one go on the register's thread. Holds no identities. */
typedef struct {
  guint64 number; /* of the entry in the log */
  char *when;
  char *words;  /* Allegation A-1: changed */
  char *fields; /* (nullable): labels of what the act set */
  char *author;
  gboolean looked; /* somebody looked at an identity, exported or printed */
} WbHistoryLine;

typedef struct {
  GPtrArray *records;   /* (element-type WbRecord): the case first */
  GHashTable *names;    /* (element-type utf8 WbRecordName): of what these point at elsewhere */
  GPtrArray *deadlines; /* (element-type WbDeadlineItem) */
  GPtrArray *history;   /* (element-type WbHistoryLine): latest first */
  GPtrArray *moves;     /* (element-type WbMoveOption) */
  char **users;         /* names of who can hold the case */
  char *fingerprint;    /* of who looks */
} WbCaseData;

/* A WbSessionCall; @reference is a char *. */
gpointer wb_case_data_load (WbRegister *reg,
                            gpointer reference,
                            GCancellable *cancellable,
                            GError **error);
void wb_case_data_free (WbCaseData *self);
const WbRecord *wb_case_data_get_case (const WbCaseData *self);
/* A text field of a record, or NULL. */
const char *wb_record_get_text (const WbRecord *self, const char *field);
const char *wb_record_get_short_reference (const WbRecord *self); /* A-1; a case's own in full */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCaseData, wb_case_data_free)

G_END_DECLS
