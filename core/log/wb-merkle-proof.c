/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Proofs about a Merkle tree: made from kept subtree hashes (RFC 6962 sections 2.1.1 and 2.1.2) and
 * checked by the loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 */
#include "wb-merkle.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define LEVELS 64 /* sizes are 64-bit */

/* What the functions over kept hashes hand on to each other. */
typedef struct {
  WbMerkleFetch fetch;
  gpointer user_data;
} Kept;

/* The largest power of two below @count, where RFC 6962 splits a tree of two leaves or more. */
static guint64
split_of (guint64 count)
{
  return G_GUINT64_CONSTANT (1) << (63 - __builtin_clzll (count - 1));
}

/* The hash of a range as RFC 6962's splits cut it: a row of complete subtrees that get smaller,
 * joined from the right. */
static gboolean
hash_range (const Kept *kept, guint64 begin, guint64 count, WbHash *ret_hash, GError **error)
{
  WbHash hash = { 0 };
  gboolean begun = FALSE;

  for (guint level = 0; level < LEVELS; level++) {
    guint64 above = count >> level;
    WbHash part;

    if ((above & 1) == 0)
      continue;
    if (!kept->fetch (level, (begin >> level) + above - 1, &part, kept->user_data, error))
      return FALSE;
    if (begun)
      wb_merkle_node (&part, &hash, &hash);
    else
      hash = part;
    begun = TRUE;
  }
  *ret_hash = hash;
  return TRUE;
}

static gboolean
append_range (GArray *hashes, const Kept *kept, guint64 begin, guint64 count, GError **error)
{
  WbHash hash;

  if (!hash_range (kept, begin, count, &hash, error))
    return FALSE;
  g_array_append_val (hashes, hash);
  return TRUE;
}

/* Paths are found from the root down and told from the leaf up. */
static GArray *
reverse (GArray *hashes)
{
  WbHash *all = (WbHash *) (gpointer) hashes->data;

  for (guint i = 0; i < hashes->len / 2; i++) {
    WbHash other = all[hashes->len - 1 - i];

    all[hashes->len - 1 - i] = all[i];
    all[i] = other;
  }
  return hashes;
}

/**
 * wb_merkle_root:
 * @size: how many leaves
 * @fetch: (scope call): gives kept subtree hashes
 * @user_data: for @fetch
 * @ret_root: (out): the root of the first @size leaves
 * @error: return location for an error
 *
 * Returns: %FALSE with the error of @fetch
 */
gboolean
wb_merkle_root (guint64 size,
                WbMerkleFetch fetch,
                gpointer user_data,
                WbHash *ret_root,
                GError **error)
{
  const Kept kept = { fetch, user_data };

  if (size == 0) {
    wb_merkle_empty_root (ret_root);
    return TRUE;
  }
  return hash_range (&kept, 0, size, ret_root, error);
}

/**
 * wb_merkle_inclusion:
 * @index: the leaf, from 0
 * @size: how many leaves the tree has
 * @fetch: (scope call): gives kept subtree hashes
 * @user_data: for @fetch
 * @error: return location for an error
 *
 * Proves that a leaf is in the tree. Asks for O(log @size) hashes.
 *
 * Returns: (transfer full) (element-type WbHash): the proof, leaf side first; %NULL with
 *   %WB_ERROR_NOT_FOUND if there is no such leaf, or with the error of @fetch
 */
GArray *
wb_merkle_inclusion (guint64 index,
                     guint64 size,
                     WbMerkleFetch fetch,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (WbHash));
  const Kept kept = { fetch, user_data };
  guint64 begin = 0;
  guint64 count = size;

  if (index >= size) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NOT_FOUND,
                         _ ("The log has no entry with that number: nothing can be proved of it."));
    return NULL;
  }
  while (count > 1) {
    guint64 split = split_of (count);
    gboolean left = index - begin < split;

    if (!append_range (hashes,
                       &kept,
                       left ? begin + split : begin,
                       left ? count - split : split,
                       error))
      return NULL;
    begin = left ? begin : begin + split;
    count = left ? split : count - split;
  }
  return reverse (g_steal_pointer (&hashes));
}

/**
 * wb_merkle_consistency:
 * @from: an earlier size
 * @size: a later size
 * @fetch: (scope call): gives kept subtree hashes
 * @user_data: for @fetch
 * @error: return location for an error
 *
 * Proves that the tree of @from leaves is the beginning of the tree of @size leaves. From size 0
 * the proof is empty, as the C2SP witness protocol has it.
 *
 * Returns: (transfer full) (element-type WbHash): the proof; %NULL with %WB_ERROR_NOT_FOUND if
 *   @from is beyond @size, or with the error of @fetch
 */
GArray *
wb_merkle_consistency (guint64 from,
                       guint64 size,
                       WbMerkleFetch fetch,
                       gpointer user_data,
                       GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (WbHash));
  const Kept kept = { fetch, user_data };
  guint64 begin = 0;
  guint64 count = size;

  if (from > size) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NOT_FOUND,
                         _ ("The log is shorter than the checkpoint that it is compared with."));
    return NULL;
  }
  while (from > 0 && from - begin < count) {
    guint64 split = split_of (count);
    gboolean left = from - begin <= split;

    if (!append_range (hashes,
                       &kept,
                       left ? begin + split : begin,
                       left ? count - split : split,
                       error))
      return NULL;
    begin = left ? begin : begin + split;
    count = left ? split : count - split;
  }
  /* The earlier tree itself need not be sent where it is one complete subtree from the left. */
  if (begin > 0 && !append_range (hashes, &kept, begin, count, error))
    return NULL;
  return reverse (g_steal_pointer (&hashes));
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_VERIFY, message);
  return FALSE;
}

static gboolean
hash_equal (const WbHash *a, const WbHash *b)
{
  return memcmp (a->bytes, b->bytes, WB_HASH_SIZE) == 0;
}

/* One level up; past the levels where the node is a left child without a sibling of its own. */
static void
climb (guint64 *fn, guint64 *sn)
{
  while ((*fn & 1) == 0 && *fn != 0) {
    *fn >>= 1;
    *sn >>= 1;
  }
}

/**
 * wb_merkle_check_inclusion:
 * @index: the leaf, from 0
 * @size: how many leaves the tree has
 * @leaf: the leaf's hash
 * @proof: (array length=n_proof) (nullable): leaf side first
 * @n_proof: how many hashes
 * @root: the tree's root
 * @error: return location for an error
 *
 * RFC 9162 section 2.1.3.2.
 *
 * Returns: whether @leaf stands at @index in the tree with this @root; %FALSE with
 *   %WB_ERROR_VERIFY
 */
gboolean
wb_merkle_check_inclusion (guint64 index,
                           guint64 size,
                           const WbHash *leaf,
                           const WbHash *proof,
                           gsize n_proof,
                           const WbHash *root,
                           GError **error)
{
  WbHash hash = *leaf;
  guint64 fn = index;
  guint64 sn = size - 1;

  if (index >= size)
    return refuse (error, _ ("The proof is about an entry beyond the end of the log."));
  for (gsize i = 0; i < n_proof; i++) {
    if (sn == 0)
      return refuse (error, _ ("The proof is longer than the log allows."));
    if ((fn & 1) != 0 || fn == sn) {
      wb_merkle_node (&proof[i], &hash, &hash);
      climb (&fn, &sn);
    } else {
      wb_merkle_node (&hash, &proof[i], &hash);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0)
    return refuse (error, _ ("The proof is shorter than the log demands."));
  if (!hash_equal (&hash, root))
    return refuse (error, _ ("The proof does not lead from this entry to the signed root."));
  return TRUE;
}

/* Equal sizes need no proof, and the empty log proves nothing about a later one. */
static gboolean
check_same_size (const WbHash *from_root, const WbHash *root, gsize n_proof, GError **error)
{
  if (n_proof != 0)
    return refuse (error, _ ("The proof is longer than the log allows."));
  if (!hash_equal (from_root, root))
    return refuse (error, _ ("Two logs of the same length differ: one of them was rewritten."));
  return TRUE;
}

/* The loop of RFC 9162 section 2.1.4.2, step 6 on; @fn and @sn as step 5 left them. */
static gboolean
check_path (guint64 fn,
            guint64 sn,
            const WbHash *first,
            const WbHash *proof,
            gsize n_proof,
            const WbHash *from_root,
            const WbHash *root,
            GError **error)
{
  WbHash fr = *first;
  WbHash sr = *first;

  for (gsize i = 0; i < n_proof; i++) {
    if (sn == 0)
      return refuse (error, _ ("The proof is longer than the log allows."));
    if ((fn & 1) != 0 || fn == sn) {
      wb_merkle_node (&proof[i], &fr, &fr);
      wb_merkle_node (&proof[i], &sr, &sr);
      climb (&fn, &sn);
    } else {
      wb_merkle_node (&sr, &proof[i], &sr);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0)
    return refuse (error, _ ("The proof is shorter than the log demands."));
  if (!hash_equal (&fr, from_root))
    return refuse (error, _ ("The proof does not begin at the earlier checkpoint."));
  if (!hash_equal (&sr, root))
    return refuse (error,
                   _ ("The later log does not continue the earlier one: history was rewritten."));
  return TRUE;
}

/**
 * wb_merkle_check_consistency:
 * @from: the earlier size; not 0, since an empty log proves nothing
 * @size: the later size
 * @from_root: root at @from
 * @root: root at @size
 * @proof: (array length=n_proof) (nullable): the proof
 * @n_proof: how many hashes
 * @error: return location for an error
 *
 * RFC 9162 section 2.1.4.2.
 *
 * Returns: whether the earlier tree is the beginning of the later one; %FALSE with
 *   %WB_ERROR_VERIFY
 */
gboolean
wb_merkle_check_consistency (guint64 from,
                             guint64 size,
                             const WbHash *from_root,
                             const WbHash *root,
                             const WbHash *proof,
                             gsize n_proof,
                             GError **error)
{
  gboolean whole = from != 0 && (from & (from - 1)) == 0; /* one complete subtree: not sent */
  guint64 fn = from - 1;
  guint64 sn = size - 1;

  if (from == 0)
    return refuse (error, _ ("A checkpoint of an empty log proves nothing about a later one."));
  if (from > size)
    return refuse (error, _ ("The log is shorter than the checkpoint that it is compared with."));
  if (from == size)
    return check_same_size (from_root, root, n_proof, error);
  if (n_proof == 0)
    return refuse (error, _ ("The proof is shorter than the log demands."));
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  return check_path (fn,
                     sn,
                     whole ? from_root : &proof[0],
                     whole ? proof : proof + 1,
                     whole ? n_proof : n_proof - 1,
                     from_root,
                     root,
                     error);
}
