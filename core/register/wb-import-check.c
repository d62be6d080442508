/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What a log may not do: say of one entry, or of one size, two different things. Whoever rewrote a
 * log, or shows different ones to different readers, is found out here.
 */
#include "wb-import-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-foreign-store.h"
#include "wb-i18n.h"

/**
 * wb_import_refuse_two_stories:
 * @self: an import under way
 * @number: the entry of which the log says two things
 * @error: return location for an error
 *
 * Returns: %FALSE, with %WB_ERROR_VERIFY
 */
gboolean
wb_import_refuse_two_stories (Importing *self, guint64 number, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_VERIFY,
               _ ("Entry %llu of the log %s is not the one that was taken in before: that log was "
                  "rewritten, or shows different readers different things. Keep both files, take "
                  "in neither, and ask the body that keeps it."),
               (unsigned long long) number,
               self->taken->origin);
  return FALSE;
}

/**
 * wb_import_check_checkpoint:
 * @self: an import under way
 * @error: return location for an error; %WB_ERROR_VERIFY where another checkpoint of the same size
 *   was taken in before
 */
gboolean
wb_import_check_checkpoint (Importing *self, GError **error)
{
  const WbBundleTaken *taken = self->taken;
  g_autoptr (GError) problem = NULL;
  g_autofree char *before =
      wb_foreign_store_get_checkpoint (self->reg->db, taken->origin, taken->size, &problem);
  g_autoptr (WbCheckpoint) old = NULL;
  g_autoptr (WbCheckpoint) fresh = NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (before == NULL)
    return TRUE;
  old = wb_checkpoint_open (before, strlen (before), taken->vkey, error);
  fresh =
      old != NULL
          ? wb_checkpoint_open (taken->checkpoint, strlen (taken->checkpoint), taken->vkey, error)
          : NULL;
  if (fresh == NULL)
    return FALSE;
  return memcmp (old->root.bytes, fresh->root.bytes, sizeof old->root.bytes) == 0 ||
         wb_import_refuse_two_stories (self, taken->size - 1, error);
}

typedef struct {
  const WbBundleEntry *item;
  gboolean same;
} Compare;

static gboolean
compare_entry (guint64 number,
               const char *text,
               gsize size,
               const guint8 *leaf,
               GPtrArray *lines,
               gpointer user_data)
{
  Compare *compare = user_data;
  gsize theirs;
  gconstpointer bytes = g_bytes_get_data (compare->item->bytes, &theirs);

  compare->same =
      number == compare->item->number && theirs == size && memcmp (bytes, text, size) == 0;
  return FALSE;
}

static gboolean
refuse_own (guint64 number, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_VERIFY,
               _ ("The bundle holds entry %llu of this register's own log, and it is not the one "
                  "that stands here: this register was put back from an older copy, or there are "
                  "two of it. Nothing was taken in."),
               (unsigned long long) number);
  return FALSE;
}

/**
 * wb_import_compare_own:
 * @self: an import under way, of a bundle of our own log
 * @error: return location for an error; %WB_ERROR_VERIFY where an entry is not the one we have
 *
 * What we gave away ourselves says nothing new, but shows whether we still stand by it.
 */
gboolean
wb_import_compare_own (Importing *self, GError **error)
{
  for (guint i = 0; i < self->taken->entries->len; i++) {
    Compare compare = { g_ptr_array_index (self->taken->entries, i), FALSE };

    if (!wb_log_store_each (self->reg->db, compare.item->number, compare_entry, &compare, error))
      return FALSE;
    if (!compare.same)
      return refuse_own (compare.item->number, error);
    self->result->own++;
  }
  return TRUE;
}
