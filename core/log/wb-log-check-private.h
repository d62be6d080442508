/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-log-check.h"

G_BEGIN_DECLS

#define WB_LOG_PART_ENTRY "entry"
#define WB_LOG_PART_CHECKPOINT "checkpoint"

/* Why an entry by itself is known to be wrong; what else does not fit is then no news. */
typedef enum {
  WB_FLAW_NONE = 0,
  WB_FLAW_UNREADABLE = 1 << 0,
  WB_FLAW_NUMBER = 1 << 1,   /* stands in the wrong place */
  WB_FLAW_ORIGIN = 1 << 2,   /* of another log */
  WB_FLAW_LEAF = 1 << 3,     /* not what the store keeps the hash of */
  WB_FLAW_PREVIOUS = 1 << 4, /* does not fit between its neighbours */
} WbFlaw;

/* What has to be remembered of an entry until the one after it was seen. */
typedef struct {
  guint64 number;
  WbInstant time;
  WbHash leaf;     /* of the bytes as they are */
  WbHash kept;     /* of the bytes as the store knew them; the same where it keeps none */
  WbHash previous; /* only where it could be read */
  WbFlaw flaws;
} WbLink;

struct _WbLogCheck {
  char *origin;
  char *vkey; /* (nullable) */
  WbVerification *result;
  GPtrArray *findings; /* (element-type WbFinding): those of entries that may still be reordered */

  guint64 next_place; /* where the caller's numbers should go on */
  gint64 shift;       /* how far the entries' own numbers are from the caller's */
  gint64 candidate;   /* the shift if the last odd number was no single one */
  gboolean has_candidate;

  WbLink last;
  gboolean has_last;
  WbLink
      suspect; /* the entry before last: last is not chained to it, and one of the two is wrong */
  gboolean has_suspect;

  WbMerkleEdge *edge;
  WbMerkleKeep keep; /* (nullable) */
  gpointer keep_data;
  gboolean tree_lost;    /* leaves are missing or wrong: roots say nothing any more */
  gboolean flawed_since; /* a wrong entry since the last root that fitted */
  guint64 fitting;       /* size of the last root that fitted */
  gint64 outside;        /* size of the last one from outside that fitted, or -1 */
  GPtrArray *expected;   /* (element-type WbExpected): by size, not yet compared */

  guint64 n_entries, n_disclosures, n_erased, n_checkpoints;
};

typedef struct {
  guint64 size;
  WbHash root;
  gboolean outside;
} WbExpected;

void _wb_log_check_note (WbLogCheck *self, const char *part, gint64 number, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* wb-log-chain.c */
void _wb_log_chain_add (WbLogCheck *self, WbLink *link);
void _wb_log_chain_interrupt (WbLogCheck *self);
void _wb_log_chain_end (WbLogCheck *self, const WbHash *head);
/* wb-log-roots.c */
void _wb_log_roots_append (WbLogCheck *self, const WbHash *leaf);
void _wb_log_roots_end (WbLogCheck *self, guint64 size);

G_END_DECLS
