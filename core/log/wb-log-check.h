/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-entry.h"
#include "wb-verification.h"

G_BEGIN_DECLS

/*
 * Checks a log as it streams by, in flat memory: numbering, times, log line, chain, tree, every
 * disclosure digest, every checkpoint. Findings go to the verification with the entry's number.
 */
typedef struct _WbLogCheck WbLogCheck;
WbLogCheck *wb_log_check_new (const char *origin, const char *vkey, WbVerification *result);
/*
 * @lines: (element-type utf8) one per "field" line of the entry, in its order; NULL where erased.
 * @kept_leaf: (nullable): the leaf hash the store keeps, compared.
 * Returns the parsed entry for the caller's own checks, or NULL where it could not be parsed.
 */
WbEntry *wb_log_check_entry (WbLogCheck *self,
                             guint64 number,
                             gconstpointer bytes,
                             gsize size,
                             GPtrArray *lines,
                             const WbHash *kept_leaf);
/* Checkpoints, each before the entries it covers: compared when the tree has grown to its size. */
void wb_log_check_expect (WbLogCheck *self, const char *checkpoint_note);
/* The same for one that somebody else kept: it also bounds what a roll-back could hide. */
void wb_log_check_expect_outside (WbLogCheck *self, const char *checkpoint_note);
/* Told of every subtree hash as the tree grows, so that a store can compare those it keeps. */
void wb_log_check_set_keep (WbLogCheck *self, WbMerkleKeep keep, gpointer user_data);
/*
 * To be called last: the end of the log, checkpoints beyond it. @expected_size: what the head says;
 * @expected_head: (nullable): the leaf hash of the last entry, which the next one would be chained
 * to (64 zeros for an empty log).
 */
void wb_log_check_finish (WbLogCheck *self, guint64 expected_size, const WbHash *expected_head);
void wb_log_check_free (WbLogCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLogCheck, wb_log_check_free)

G_END_DECLS
