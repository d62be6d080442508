/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-bundle.h"

G_BEGIN_DECLS

/* What a bundle holds, once it was verified; for whoever takes it in. */
typedef struct {
  WbVerification *verification;
  char *manifest_sha256; /* hex, of the tag manifest that was signed: names the bundle */
  char *signer;          /* fingerprint */
  char *reference;
  char *origin, *vkey, *checkpoint;
  guint64 size;
  GPtrArray *entries; /* (element-type WbBundleEntry), by number; empty where anything was wrong */
  GHashTable *files;  /* path below the base folder -> hex SHA-256: evidence */
} WbBundleTaken;

WbBundleTaken *wb_bundle_take (const char *path,
                               const WbBundleCheckOptions *options, /* (nullable) */
                               WbProgress progress,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_bundle_taken_free (WbBundleTaken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBundleTaken, wb_bundle_taken_free)

/* Pieces of one file in order, of WB_CHUNK_SIZE but the last; FALSE stops. */
typedef gboolean (*WbBundleEachPiece) (const char *sha256,
                                       guint place,
                                       const guint8 *bytes,
                                       gsize size,
                                       gpointer user_data,
                                       GError **error);
/* Reads the evidence again, as it was verified: WB_ERROR_VERIFY where the file changed meanwhile.
 */
gboolean wb_bundle_taken_each_file (const WbBundleTaken *self,
                                    const char *path,
                                    const WbBundleCheckOptions *options,
                                    gsize piece_size,
                                    WbBundleEachPiece each,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
