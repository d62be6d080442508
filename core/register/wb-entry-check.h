/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* One thing that was looked at, and how it was found. */
typedef struct {
  char *words; /* one plain sentence */
  gboolean good;
} WbEntryCheckStep;

/* One entry of the log, checked by itself and in its place. */
typedef struct {
  guint64 number;
  gboolean good;     /* every step is */
  GPtrArray *steps;  /* (element-type WbEntryCheckStep) */
  char *hash;        /* SHA-256 of the entry as a leaf of the tree, hexadecimal: as it is now */
  char *signer;      /* (nullable): name of the user who made it */
  char *fingerprint; /* (nullable): of the key that it names as its author's */
  char *public_key;  /* (nullable): that key, an OpenSSH line */
  char *log_key;     /* the log's own, for signed checkpoints */
  guint64 n_signed;  /* entries under the checkpoint that it was checked against; 0: none */
} WbEntryCheck;

WbEntryCheck *wb_register_check_entry (WbRegister *self, guint64 number, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_entry_check_free (WbEntryCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbEntryCheck, wb_entry_check_free)

G_END_DECLS
