/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The chain of a log as it streams by: whether each entry is chained to the one before it and, if
 * not, which of the two is wrong. One changed entry breaks one or two links; the entry is named,
 * once, and not what follows from it.
 */
#include "wb-log-check-private.h"

#include <string.h>

static gboolean
is_same (const WbHash *a, const WbHash *b)
{
  return memcmp (a->bytes, b->bytes, WB_HASH_SIZE) == 0;
}

static gboolean
is_readable (const WbLink *link)
{
  return (link->flaws & WB_FLAW_UNREADABLE) == 0;
}

/* Whether @link is chained to @before, as it is or as the store once kept it. */
static gboolean
is_chained (const WbLink *link, const WbLink *before)
{
  return is_same (&link->previous, &before->leaf) || is_same (&link->previous, &before->kept);
}

static void
blame_earlier (WbLogCheck *self, const WbLink *earlier, const WbLink *later)
{
  _wb_log_check_note (
      self,
      WB_LOG_PART_ENTRY,
      (gint64) earlier->number,
      _ ("This entry is not the one that entry %llu was chained to: it was changed or replaced."),
      (unsigned long long) later->number);
  self->flawed_since = TRUE;
  _wb_log_roots_append (self, &later->previous);
}

static void
blame_later (WbLogCheck *self, const WbLink *earlier, WbLink *later)
{
  _wb_log_check_note (
      self,
      WB_LOG_PART_ENTRY,
      (gint64) later->number,
      _ ("This entry does not fit between its neighbours: it was changed, and entry %llu before "
         "it may have been as well."),
      (unsigned long long) earlier->number);
  later->flaws |= WB_FLAW_PREVIOUS;
  self->flawed_since = TRUE;
  _wb_log_roots_append (self, &earlier->leaf);
}

/*
 * The suspect and the last entry do not fit. What comes after tells which is wrong: an entry that
 * was changed does not fit on either side. NULL: nothing comes after.
 */
static void
judge_suspect (WbLogCheck *self, const WbLink *next, const WbHash *head)
{
  gboolean later = FALSE;

  if (!self->has_suspect)
    return;
  self->has_suspect = FALSE;
  if (next != NULL && is_readable (next))
    later = is_same (&next->previous, &self->suspect.leaf) ||
            (next->flaws == WB_FLAW_NONE && !is_chained (next, &self->last));
  else if (next == NULL && head != NULL)
    later = !is_same (head, &self->last.leaf);
  if (later)
    blame_later (self, &self->suspect, &self->last);
  else
    blame_earlier (self, &self->suspect, &self->last);
}

/* Of the hashes known for an entry that is wrong, the one that it most likely had. */
static const WbHash *
best_leaf (const WbLink *link, const WbLink *next)
{
  if (link->flaws == WB_FLAW_NONE)
    return &link->leaf;
  return next != NULL && next->flaws == WB_FLAW_NONE ? &next->previous : &link->kept;
}

/* The link from the last entry to @link, once no earlier one is in doubt. */
static void
judge_link (WbLogCheck *self, const WbLink *link)
{
  gboolean chained = !is_readable (link) || is_chained (link, &self->last);

  if (chained || self->last.flaws != WB_FLAW_NONE || link->flaws != WB_FLAW_NONE) {
    _wb_log_roots_append (self, best_leaf (&self->last, is_readable (link) ? link : NULL));
  } else {
    self->suspect = self->last;
    self->has_suspect = TRUE;
  }
}

/* A clock that went back between two entries that are as they were recorded. */
static void
check_time (WbLogCheck *self, const WbLink *link)
{
  if (self->has_suspect || self->last.flaws != WB_FLAW_NONE || link->flaws != WB_FLAW_NONE ||
      link->time >= self->last.time)
    return;
  _wb_log_check_note (self,
                      WB_LOG_PART_ENTRY,
                      (gint64) link->number,
                      _ ("Its time is earlier than that of the entry before it."));
}

static void
check_first (WbLogCheck *self, WbLink *link)
{
  static const WbHash zeros = { 0 };

  if (link->number != 0 || link->flaws != WB_FLAW_NONE || is_same (&link->previous, &zeros))
    return;
  _wb_log_check_note (self,
                      WB_LOG_PART_ENTRY,
                      0,
                      _ ("The first entry is chained to another one: entries before it were "
                         "dropped, or it was changed."));
  link->flaws |= WB_FLAW_PREVIOUS;
  self->flawed_since = TRUE;
}

/* Takes the next entry into the chain. The tree grows by the entry before it. */
void
_wb_log_chain_add (WbLogCheck *self, WbLink *link)
{
  if (link->flaws != WB_FLAW_NONE)
    self->flawed_since = TRUE;
  if (self->has_last) {
    judge_suspect (self, link, NULL);
    judge_link (self, link);
    check_time (self, link);
  } else {
    check_first (self, link);
  }
  self->last = *link;
  self->has_last = TRUE;
}

/* Entries are missing here: what comes next cannot be compared with what was before. */
void
_wb_log_chain_interrupt (WbLogCheck *self)
{
  _wb_log_chain_end (self, NULL);
  self->has_last = FALSE;
  self->tree_lost = TRUE;
}

/* The last entry; @head (nullable) is what the next one would have been chained to. */
void
_wb_log_chain_end (WbLogCheck *self, const WbHash *head)
{
  if (!self->has_last)
    return;
  judge_suspect (self, NULL, head);
  if (head != NULL && self->last.flaws == WB_FLAW_NONE && !is_same (head, &self->last.leaf)) {
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) self->last.number,
                        _ ("This last entry is not the one that the register closed with: it was "
                           "changed or replaced."));
    self->flawed_since = TRUE;
  }
  _wb_log_roots_append (self, head != NULL ? head : best_leaf (&self->last, NULL));
}
