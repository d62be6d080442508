/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The Merkle tree of RFC 6962: its hashes and the right edge of a growing tree. Knows neither
 * entries nor where hashes are kept.
 */
#include "wb-merkle.h"

#include <string.h>

#include "wb-digest.h"

#define PREFIX_LEAF 0x00
#define PREFIX_NODE 0x01
#define LEVELS 64          /* sizes are 64-bit */
#define LEAF_ON_STACK 2048 /* larger entries are hashed in two steps instead of being copied */

struct _WbMerkleEdge {
  guint64 size;
  WbHash nodes[LEVELS]; /* nodes[l] counts only where bit l of size is set */
};

/**
 * wb_merkle_leaf:
 * @entry: the entry's bytes
 * @size: their number
 * @ret_hash: (out): SHA-256 (0x00 ‖ entry), RFC 6962 section 2.1
 */
void
wb_merkle_leaf (gconstpointer entry, gsize size, WbHash *ret_hash)
{
  guint8 prefixed[1 + LEAF_ON_STACK] = { PREFIX_LEAF };

  if (size <= LEAF_ON_STACK) {
    if (size > 0)
      memcpy (prefixed + 1, entry, size);
    wb_sha256 (prefixed, 1 + size, ret_hash->bytes);
  } else {
    g_autoptr (WbSha256) running = wb_sha256_new ();

    wb_sha256_update (running, prefixed, 1);
    wb_sha256_update (running, entry, size);
    wb_sha256_finish (running, ret_hash->bytes);
  }
}

/**
 * wb_merkle_node:
 * @left: the left subtree's hash
 * @right: the right subtree's hash
 * @ret_hash: (out): SHA-256 (0x01 ‖ left ‖ right); may be either of the two
 */
void
wb_merkle_node (const WbHash *left, const WbHash *right, WbHash *ret_hash)
{
  guint8 joined[1 + 2 * WB_HASH_SIZE];

  joined[0] = PREFIX_NODE;
  memcpy (joined + 1, left->bytes, WB_HASH_SIZE);
  memcpy (joined + 1 + WB_HASH_SIZE, right->bytes, WB_HASH_SIZE);
  wb_sha256 (joined, sizeof joined, ret_hash->bytes);
}

/**
 * wb_merkle_empty_root:
 * @ret_hash: (out): the root of a tree without leaves, SHA-256 of nothing
 */
void
wb_merkle_empty_root (WbHash *ret_hash)
{
  wb_sha256 ("", 0, ret_hash->bytes);
}

/**
 * wb_merkle_edge_new:
 *
 * Returns: (transfer full): the edge of an empty tree
 */
WbMerkleEdge *
wb_merkle_edge_new (void)
{
  return g_new0 (WbMerkleEdge, 1);
}

/**
 * wb_merkle_edge_append:
 * @self: an edge
 * @leaf: the hash of the next entry
 * @kept: (nullable) (scope call): told of every subtree that is now complete, the leaf first
 * @user_data: for @kept
 */
void
wb_merkle_edge_append (WbMerkleEdge *self,
                       const WbHash *leaf,
                       WbMerkleKeep kept,
                       gpointer user_data)
{
  WbHash hash = *leaf;
  guint level = 0;

  g_return_if_fail (self->size < G_MAXUINT64);

  if (kept != NULL)
    kept (0, self->size, &hash, user_data);
  while (self->size >> level & 1) {
    wb_merkle_node (&self->nodes[level], &hash, &hash);
    level++;
    if (kept != NULL)
      kept (level, self->size >> level, &hash, user_data);
  }
  self->nodes[level] = hash;
  self->size++;
}

guint64
wb_merkle_edge_get_size (const WbMerkleEdge *self)
{
  return self->size;
}

/**
 * wb_merkle_edge_root:
 * @self: an edge
 * @ret_root: (out): the root of the tree as it stands
 */
void
wb_merkle_edge_root (const WbMerkleEdge *self, WbHash *ret_root)
{
  WbHash root = { 0 };
  gboolean begun = FALSE;

  for (guint level = 0; level < LEVELS; level++) {
    if ((self->size >> level & 1) == 0)
      continue;
    if (begun)
      wb_merkle_node (&self->nodes[level], &root, &root);
    else
      root = self->nodes[level];
    begun = TRUE;
  }
  if (begun)
    *ret_root = root;
  else
    wb_merkle_empty_root (ret_root);
}

void
wb_merkle_edge_free (WbMerkleEdge *self)
{
  g_free (self);
}

/**
 * wb_merkle_edge_restore:
 * @size: how many leaves the tree had
 * @fetch: (scope call): gives the kept subtree hashes, one for each set bit of @size
 * @user_data: for @fetch
 * @error: return location for an error
 *
 * Returns: (transfer full): the edge as it stood at @size, or %NULL with the error of @fetch
 */
WbMerkleEdge *
wb_merkle_edge_restore (guint64 size, WbMerkleFetch fetch, gpointer user_data, GError **error)
{
  g_autoptr (WbMerkleEdge) self = wb_merkle_edge_new ();

  self->size = size;
  for (guint level = 0; level < LEVELS; level++) {
    if ((size >> level & 1) != 0 &&
        !fetch (level, (size >> level) - 1, &self->nodes[level], user_data, error))
      return NULL;
  }
  return g_steal_pointer (&self);
}
