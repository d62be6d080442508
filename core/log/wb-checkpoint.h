/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-merkle.h"

G_BEGIN_DECLS

/* C2SP tlog-checkpoint v1.0.0. */
typedef struct {
  char *origin;
  guint64 size;
  WbHash root;
} WbCheckpoint;

char *wb_checkpoint_format (const WbCheckpoint *self); /* the text that is signed as a note */
WbCheckpoint *wb_checkpoint_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens the note with the log's own vkey; the origin must be the key's name. */
WbCheckpoint *wb_checkpoint_open (const char *note, gsize size, const char *vkey, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_checkpoint_free (WbCheckpoint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCheckpoint, wb_checkpoint_free)

/* C2SP tlog-proof (main @ 5ba5ee8): header, index, hashes, empty line, checkpoint verbatim. */
char *wb_proof_format (guint64 index, GArray *hashes, const char *checkpoint_note);
typedef struct {
  guint64 index;
  GArray *hashes; /* (element-type WbHash) */
  char *checkpoint;
} WbProof;
WbProof *wb_proof_parse (const char *text, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_proof_check (const WbProof *self, const WbHash *leaf, const char *vkey, GError **error);
void wb_proof_free (WbProof *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProof, wb_proof_free)

G_END_DECLS
