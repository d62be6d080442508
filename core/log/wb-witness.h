/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-checkpoint.h"
#include "wb-note.h"

G_BEGIN_DECLS

/* C2SP tlog-witness, by file: what a log asks of a witness, and how the witness judges it. */
typedef struct {
  gboolean bare;  /* a checkpoint alone, without "old" and proof */
  guint64 old;    /* the size that the proof starts from */
  GArray *hashes; /* (element-type WbHash): consistency of old and the checkpoint */
  char *checkpoint;
} WbWitnessRequest;
char *wb_witness_request_format (guint64 old, GArray *hashes, const char *checkpoint_note);
WbWitnessRequest *wb_witness_request_parse (const char *text, gsize size, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_witness_request_free (WbWitnessRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWitnessRequest, wb_witness_request_free)

/* Beside each what the same thing is over HTTP. */
typedef enum {
  WB_WITNESS_GOOD,        /* 200 */
  WB_WITNESS_UNREADABLE,  /* 400: no request at all */
  WB_WITNESS_NOT_SIGNED,  /* 403: by another key or by none, or no note at all */
  WB_WITNESS_OTHER_START, /* 409: the proof starts elsewhere than what is known */
  WB_WITNESS_ROLLED_BACK, /* 409: fewer entries than before */
  WB_WITNESS_SPLIT,       /* 409: as many entries, but others */
  WB_WITNESS_BAD_PROOF,   /* 422 */
} WbWitnessVerdict;
/* @known: (nullable): what is kept of this log; @error is set unless the verdict is good. */
WbWitnessVerdict wb_witness_judge (const WbWitnessRequest *self,
                                   const char *vkey,
                                   const WbCheckpoint *known,
                                   WbCheckpoint **ret_checkpoint,
                                   GError **error);
/* (nullable): the line of @key in an answer: signature lines, or a whole note. */
char *wb_witness_find_line (const char *answer, gsize size, const WbNoteKey *key, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
