/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 6962 section 2.1; proofs verified by the loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2. */
#define WB_HASH_SIZE 32
typedef struct {
  guint8 bytes[WB_HASH_SIZE];
} WbHash;

void wb_merkle_leaf (gconstpointer entry, gsize size, WbHash *ret_hash);
void wb_merkle_node (const WbHash *left, const WbHash *right, WbHash *ret_hash);
void wb_merkle_empty_root (WbHash *ret_hash);

/* The right edge of a growing tree: O(log n) memory, for streaming verification and appending. */
typedef struct _WbMerkleEdge WbMerkleEdge;
WbMerkleEdge *wb_merkle_edge_new (void);
/* Calls @kept (nullable) for each complete subtree the leaf completes: level 0 is the leaf itself,
 * index counts within the level. */
typedef void (*WbMerkleKeep) (guint level, guint64 index, const WbHash *hash, gpointer user_data);
void wb_merkle_edge_append (WbMerkleEdge *self,
                            const WbHash *leaf,
                            WbMerkleKeep kept,
                            gpointer user_data);
guint64 wb_merkle_edge_get_size (const WbMerkleEdge *self);
void wb_merkle_edge_root (const WbMerkleEdge *self, WbHash *ret_root);
void wb_merkle_edge_free (WbMerkleEdge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMerkleEdge, wb_merkle_edge_free)

/* Gives a kept subtree hash: level 0 are leaves; only complete subtrees are asked for. */
typedef gboolean (*WbMerkleFetch) (guint level,
                                   guint64 index,
                                   WbHash *ret_hash,
                                   gpointer user_data,
                                   GError **error);
/* An edge as it stood at @size, from kept hashes: what appending after opening needs. */
WbMerkleEdge *wb_merkle_edge_restore (guint64 size,
                                      WbMerkleFetch fetch,
                                      gpointer user_data,
                                      GError **error);
/* (element-type WbHash): hashes leaf-side first. */
GArray *wb_merkle_inclusion (guint64 index,
                             guint64 size,
                             WbMerkleFetch fetch,
                             gpointer user_data,
                             GError **error);
GArray *wb_merkle_consistency (guint64 from,
                               guint64 size,
                               WbMerkleFetch fetch,
                               gpointer user_data,
                               GError **error);
gboolean wb_merkle_root (guint64 size,
                         WbMerkleFetch fetch,
                         gpointer user_data,
                         WbHash *ret_root,
                         GError **error);

gboolean wb_merkle_check_inclusion (guint64 index,
                                    guint64 size,
                                    const WbHash *leaf,
                                    const WbHash *proof,
                                    gsize n_proof,
                                    const WbHash *root,
                                    GError **error);
gboolean wb_merkle_check_consistency (guint64 from,
                                      guint64 size,
                                      const WbHash *from_root,
                                      const WbHash *root,
                                      const WbHash *proof,
                                      gsize n_proof,
                                      GError **error);

G_END_DECLS
