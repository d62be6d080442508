/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

typedef enum { WB_IMPORT_NEW, WB_IMPORT_CHANGED, WB_IMPORT_KNOWN } WbImportState;

typedef struct {
  char *reference; /* as it is called here */
  char *type;
  WbImportState state;
  char **conflicts; /* fields of which two logs say different things; often empty */
} WbImportItem;

/* What an import found and did. */
typedef struct {
  WbVerification *verification; /* not good: nothing was taken in */
  char *reference;              /* of the case, as the sender calls it */
  char *origin;                 /* the sender's log */
  char *signer;                 /* fingerprint */
  GPtrArray *items;             /* (element-type WbImportItem), in order of the log */
  guint64 entries, lines;       /* taken in now */
  guint64 known;                /* entries of which all was here already */
  guint64 relayed; /* entries of a third log: only a bundle of its own can show them right */
  guint64 erased;  /* lines left out, since what they say was erased here */
  guint64 files;   /* evidence taken in */
  guint64 own;     /* entries of our own log that came back, word for word */
} WbImport;
void wb_import_free (WbImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImport, wb_import_free)

/* @try_only: everything but keeping it. */
WbImport *wb_register_import (WbRegister *self,
                              const char *path,
                              const WbBundleCheckOptions *options, /* (nullable) */
                              gboolean try_only,
                              WbProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
