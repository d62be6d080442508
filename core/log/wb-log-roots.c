/* SPDX-License-Identifier: EUPL-1.2 */

/* The tree of a log as it streams by, compared with each checkpoint where it has that size. */
#include "wb-log-check-private.h"

#include <string.h>

#include "wb-checkpoint.h"

static void
note_other_root (WbLogCheck *self, const WbExpected *expected)
{
  _wb_log_check_note (
      self,
      WB_LOG_PART_CHECKPOINT,
      (gint64) self->fitting,
      _ ("The first %llu entries are not those that a checkpoint was signed for: one of the "
         "entries %llu to %llu was changed, and what follows was made to fit."),
      (unsigned long long) expected->size,
      (unsigned long long) self->fitting,
      (unsigned long long) expected->size - 1);
}

/* All checkpoints of the size that the tree has now. */
static void
compare (WbLogCheck *self)
{
  guint64 size = wb_merkle_edge_get_size (self->edge);
  gboolean fits = FALSE;
  gboolean differs = FALSE;
  WbHash root;

  while (self->expected->len > 0) {
    const WbExpected *expected = g_ptr_array_index (self->expected, 0);

    if (expected->size != size)
      break;
    if (!fits && !differs)
      wb_merkle_edge_root (self->edge, &root);
    if (memcmp (root.bytes, expected->root.bytes, WB_HASH_SIZE) == 0) {
      fits = TRUE;
      self->n_checkpoints++;
      self->outside = expected->outside ? (gint64) size : self->outside;
    } else {
      if (!differs && !self->flawed_since)
        note_other_root (self, expected);
      differs = TRUE;
    }
    g_ptr_array_remove_index (self->expected, 0);
  }
  if (fits) {
    self->fitting = size;
    self->flawed_since = FALSE;
  }
  self->tree_lost = self->tree_lost || (differs && !fits);
}

/* One more leaf, unless the tree is past saving. */
void
_wb_log_roots_append (WbLogCheck *self, const WbHash *leaf)
{
  if (self->tree_lost)
    return;
  wb_merkle_edge_append (self->edge, leaf, self->keep, self->keep_data);
  compare (self);
}

/* What was signed for more entries than there are, and what could not be compared. */
void
_wb_log_roots_end (WbLogCheck *self, guint64 size)
{
  const WbExpected *beyond = NULL;

  if (self->expected->len > 0)
    beyond = g_ptr_array_index (self->expected, self->expected->len - 1);
  if (beyond != NULL && beyond->size > size)
    _wb_log_check_note (self,
                        WB_LOG_PART_CHECKPOINT,
                        (gint64) size,
                        _ ("A checkpoint was signed for %llu entries, but the log has %llu: the "
                           "end was cut off, or the register was put back to an earlier state."),
                        (unsigned long long) beyond->size,
                        (unsigned long long) size);
  if (self->tree_lost)
    wb_verification_add_limit (
        self->result,
        _ ("After the first wrong entry the roots of the log could not be compared any more: "
           "later entries may have been changed as well."));
}

static void
note_unreadable (WbLogCheck *self, const char *message)
{
  wb_verification_add (self->result,
                       WB_LOG_PART_CHECKPOINT,
                       -1,
                       _ ("A checkpoint cannot be relied on: %s"),
                       message);
}

static void
expect (WbLogCheck *self, const char *note, gboolean outside)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCheckpoint) checkpoint =
      wb_checkpoint_open (note, strlen (note), self->vkey, &error);
  WbExpected *expected;
  guint at;

  if (checkpoint == NULL) {
    note_unreadable (self, error->message);
    return;
  }
  if (strcmp (checkpoint->origin, self->origin) != 0) {
    note_unreadable (self, _ ("It is of another log."));
    return;
  }
  if (checkpoint->size < wb_merkle_edge_get_size (self->edge)) {
    note_unreadable (self, _ ("It came after the entries that it covers were checked."));
    return;
  }
  expected = g_new0 (WbExpected, 1);
  *expected = (WbExpected){ checkpoint->size, checkpoint->root, outside };
  for (at = self->expected->len; at > 0; at--) {
    const WbExpected *other = g_ptr_array_index (self->expected, at - 1);

    if (other->size <= expected->size)
      break;
  }
  g_ptr_array_insert (self->expected, (gint) at, expected);
  if (!self->tree_lost)
    compare (self);
}

/**
 * wb_log_check_expect:
 * @self: a check
 * @checkpoint_note: a signed checkpoint of this log, given before the entries it covers
 *
 * Has the tree compared with a checkpoint. One that the log's key did not sign is a finding.
 */
void
wb_log_check_expect (WbLogCheck *self, const char *checkpoint_note)
{
  g_return_if_fail (self->vkey != NULL);

  expect (self, checkpoint_note, FALSE);
}

/**
 * wb_log_check_expect_outside:
 * @self: a check
 * @checkpoint_note: a signed checkpoint that somebody else kept
 *
 * As wb_log_check_expect(); what it covers cannot have been rolled back.
 */
void
wb_log_check_expect_outside (WbLogCheck *self, const char *checkpoint_note)
{
  g_return_if_fail (self->vkey != NULL);

  expect (self, checkpoint_note, TRUE);
}
