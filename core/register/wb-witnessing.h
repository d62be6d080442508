/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"
#include "wb-sheet.h"

G_BEGIN_DECLS

/*
 * Registers that keep each other's checkpoints, by file (C2SP tlog-witness, tlog-cosignature): who
 * rewrites their own history is found out by the other.
 */
#define WB_WITNESS_FILE_MAX (128 * 1024) /* bytes: a checkpoint with 63 hashes and cosignatures */

/* Where the log stands, on a sheet of paper. Putting it on paper is an act. */
WbSheet *wb_register_make_checkpoint_slip (WbRegister *self,
                                           WbLanguage language,
                                           gboolean print,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What another witness is asked: our checkpoint of now, and that it continues @checkpoint. */
char *wb_register_prove_since (WbRegister *self, const char *checkpoint, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* Our key as a witness of others. */
char *wb_register_get_witness_vkey (WbRegister *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is kept of another log. */
typedef struct {
  char *origin;
  guint64 size;
  char *vkey;
  char *note;        /* the checkpoint as it was shown */
  char *cosignature; /* our answer: one signature line, ending in LF */
} WbWitnessed;
void wb_witnessed_free (WbWitnessed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWitnessed, wb_witnessed_free)
/* One entry, also where it is refused as a roll-back, a split view or for its proof. @vkey:
 * (nullable): of the log, where it is not known yet. */
WbWitnessed *wb_register_witness (WbRegister *self,
                                  const char *request,
                                  gsize size,
                                  const char *vkey,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What another body cosigned of ours. */
typedef struct {
  char *name;     /* of the witness */
  char *vkey;     /* its key, of type 0x04 */
  guint64 size;   /* of the checkpoint */
  WbInstant time; /* as the witness says */
  guint64 entry;  /* that tells of it */
} WbCosigned;
void wb_cosigned_free (WbCosigned *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCosigned, wb_cosigned_free)
/* One entry. @vkey: (nullable): of the witness, where it is not known yet. */
WbCosigned *wb_register_add_cosignature (WbRegister *self,
                                         const char *answer,
                                         gsize size,
                                         const char *vkey,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *wb_register_list_cosigned (WbRegister *self, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbCosigned) */

G_END_DECLS
