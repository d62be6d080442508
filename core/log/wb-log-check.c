/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Checks a log as it streams by, in memory that does not grow with it: each entry by itself here,
 * the chain in wb-log-chain.c, the tree and its checkpoints in wb-log-roots.c.
 */
#include "wb-log-check-private.h"

#include <string.h>

#include "wb-encoding.h"

static void
free_finding (gpointer data)
{
  WbFinding *finding = data;

  g_free (finding->part);
  g_free (finding->message);
  g_free (finding);
}

/**
 * wb_log_check_new:
 * @origin: the log's name, as each entry and checkpoint has to have it
 * @vkey: (nullable): the log's key; needed for checkpoints
 * @result: where findings and counts go
 *
 * Returns: (transfer full): a check that has seen nothing yet
 */
WbLogCheck *
wb_log_check_new (const char *origin, const char *vkey, WbVerification *result)
{
  WbLogCheck *self = g_new0 (WbLogCheck, 1);

  self->origin = g_strdup (origin);
  self->vkey = g_strdup (vkey);
  self->result = wb_verification_ref (result);
  self->findings = g_ptr_array_new_with_free_func (free_finding);
  self->expected = g_ptr_array_new_with_free_func (g_free);
  self->edge = wb_merkle_edge_new ();
  self->outside = -1;
  return self;
}

void
wb_log_check_free (WbLogCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_free (self->vkey);
  wb_verification_unref (self->result);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->expected);
  wb_merkle_edge_free (self->edge);
  g_free (self);
}

/**
 * wb_log_check_set_keep:
 * @self: a check
 * @keep: (nullable): told of the hash of every complete subtree, leaves included, in the order of
 *   wb_merkle_edge_append(); not any more once the tree cannot be relied on
 * @user_data: for @keep
 */
void
wb_log_check_set_keep (WbLogCheck *self, WbMerkleKeep keep, gpointer user_data)
{
  self->keep = keep;
  self->keep_data = user_data;
}

/* Findings wait until no link is in doubt, since its judgement may name an earlier entry. */
void
_wb_log_check_note (WbLogCheck *self, const char *part, gint64 number, const char *format, ...)
{
  WbFinding *finding = g_new0 (WbFinding, 1);
  va_list args;

  finding->part = g_strdup (part);
  finding->number = number;
  va_start (args, format);
  finding->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->findings, finding);
}

static void
tell_findings (WbLogCheck *self)
{
  while (self->findings->len > 0) {
    const WbFinding *first = g_ptr_array_index (self->findings, 0);
    guint at = 0;

    for (guint i = 1; i < self->findings->len; i++) {
      const WbFinding *finding = g_ptr_array_index (self->findings, i);

      if (finding->number < first->number) {
        first = finding;
        at = i;
      }
    }
    wb_verification_add (self->result, first->part, first->number, "%s", first->message);
    g_ptr_array_remove_index (self->findings, at);
  }
}

/* Where the caller's own numbers do not go on. */
static void
check_place (WbLogCheck *self, guint64 place)
{
  guint64 expected = self->next_place + (guint64) self->shift;
  guint64 number = place + (guint64) self->shift;

  self->next_place = place + 1;
  if (number == expected)
    return;
  _wb_log_chain_interrupt (self);
  if (number < expected)
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) number,
                        _ ("This entry does not come after the one before it."));
  else if (number == expected + 1)
    _wb_log_check_note (self, WB_LOG_PART_ENTRY, (gint64) expected, _ ("This entry is missing."));
  else
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) expected,
                        _ ("This entry and those up to %llu are missing."),
                        (unsigned long long) number - 1);
}

/*
 * Where the entry's own number is not that of its place. One odd number is one odd entry; if the
 * next is as far off, entries were dropped or inserted and the rest has moved.
 */
static gboolean
check_number (WbLogCheck *self, guint64 place, guint64 number)
{
  guint64 expected = place + (guint64) self->shift;
  gint64 away = (gint64) (number - place);

  if (number == expected) {
    self->has_candidate = FALSE;
    return TRUE;
  }
  if (self->has_candidate && away == self->candidate) {
    self->shift = away;
    self->has_candidate = FALSE;
    self->tree_lost = TRUE;
    return TRUE;
  }
  if (self->has_last && self->last.number == number &&
      (self->last.flaws & (WB_FLAW_NUMBER | WB_FLAW_UNREADABLE)) == 0)
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) number,
                        _ ("Two entries have this number: one of them was inserted."));
  else
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) expected,
                        _ ("In the place of this entry stands one that says it is number %llu: "
                           "it was changed, or entries were dropped, inserted or moved."),
                        (unsigned long long) number);
  self->candidate = away;
  self->has_candidate = TRUE;
  return FALSE;
}

static void
check_line (WbLogCheck *self, guint64 number, const WbEntryField *field, const char *line)
{
  WbHash digest;
  gsize size;

  if (line == NULL) {
    self->n_erased++;
    return;
  }
  self->n_disclosures++;
  size = strlen (line);
  wb_disclosure_digest (line, size, &digest);
  if (memcmp (digest.bytes, field->digest.bytes, WB_HASH_SIZE) != 0 ||
      !wb_disclosure_is_of (line, size, field->name))
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) number,
                        _ ("The value of the field “%s” is not the one that was logged."),
                        field->name);
}

static void
check_lines (WbLogCheck *self, guint64 number, const WbEntry *entry, GPtrArray *lines)
{
  if (lines->len != entry->fields->len) {
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) number,
                        _ ("This entry has %u fields, but %u values are kept with it."),
                        entry->fields->len,
                        lines->len);
    return;
  }
  for (guint i = 0; i < lines->len; i++)
    check_line (self, number, g_ptr_array_index (entry->fields, i), g_ptr_array_index (lines, i));
}

/* What a readable entry says of itself. */
static void
check_parsed (WbLogCheck *self, guint64 place, const WbEntry *entry, WbLink *link)
{
  link->time = entry->time;
  link->previous = entry->previous;
  if (!check_number (self, place, entry->number))
    link->flaws |= WB_FLAW_NUMBER;
  link->number = place + (guint64) self->shift;
  if (strcmp (entry->log, self->origin) != 0) {
    link->flaws |= WB_FLAW_ORIGIN;
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) link->number,
                        _ ("This entry is of another log."));
  }
}

static void
check_kept (WbLogCheck *self, const WbHash *kept_leaf, WbLink *link)
{
  link->kept = kept_leaf != NULL ? *kept_leaf : link->leaf;
  if (memcmp (link->kept.bytes, link->leaf.bytes, WB_HASH_SIZE) == 0)
    return;
  if ((link->flaws & WB_FLAW_UNREADABLE) != 0)
    return; /* said already */
  link->flaws |= WB_FLAW_LEAF;
  _wb_log_check_note (self,
                      WB_LOG_PART_ENTRY,
                      (gint64) link->number,
                      _ ("This entry is not the one whose hash was kept: it was changed or "
                         "replaced."));
}

/**
 * wb_log_check_entry:
 * @self: a check
 * @number: the entry's place, as the store or the file name has it; from 0, going up
 * @bytes: the entry
 * @size: how many bytes
 * @lines: (nullable) (element-type utf8): its disclosure lines, one a field, in order, %NULL where
 *   one was erased; without the array values are not checked
 * @kept_leaf: (nullable): the hash that is kept beside it
 *
 * Checks the next entry. What is wrong with it may be told only when the next one was seen.
 *
 * Returns: (transfer full) (nullable): the entry; %NULL where it cannot be read
 */
WbEntry *
wb_log_check_entry (WbLogCheck *self,
                    guint64 number,
                    gconstpointer bytes,
                    gsize size,
                    GPtrArray *lines,
                    const WbHash *kept_leaf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEntry) entry = wb_entry_parse (bytes, size, &error);
  WbLink link = { 0 };

  self->n_entries++;
  check_place (self, number);
  link.number = number + (guint64) self->shift;
  wb_merkle_leaf (bytes, size, &link.leaf);
  if (entry != NULL) {
    check_parsed (self, number, entry, &link);
  } else {
    link.flaws = WB_FLAW_UNREADABLE;
    _wb_log_check_note (self, WB_LOG_PART_ENTRY, (gint64) link.number, "%s", error->message);
  }
  check_kept (self, kept_leaf, &link);
  if (entry != NULL && lines != NULL)
    check_lines (self, link.number, entry, lines);
  _wb_log_chain_add (self, &link);
  if (!self->has_suspect)
    tell_findings (self);
  return g_steal_pointer (&entry);
}

static void
check_size (WbLogCheck *self, guint64 size, guint64 expected)
{
  if (size < expected)
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) size,
                        _ ("The log ends before this entry, but the register says that it has "
                           "%llu: the end was cut off."),
                        (unsigned long long) expected);
  else if (size > expected)
    _wb_log_check_note (self,
                        WB_LOG_PART_ENTRY,
                        (gint64) expected,
                        _ ("From this entry on there are more than the %llu that the register "
                           "says it has."),
                        (unsigned long long) expected);
}

static void
tell_facts (WbLogCheck *self, guint64 size)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
  g_autofree char *base64 = NULL;
  WbHash root;

  wb_verification_count (self->result, "entries", self->n_entries);
  wb_verification_count (self->result, "disclosures", self->n_disclosures);
  if (self->n_erased > 0)
    wb_verification_count (self->result, "erased", self->n_erased);
  wb_verification_count (self->result, "checkpoints", self->n_checkpoints);
  wb_verification_set_fact (self->result, "origin", self->origin);
  wb_verification_set_fact (self->result, "size", number);
  if (self->tree_lost || self->flawed_since)
    return;
  wb_merkle_edge_root (self->edge, &root);
  base64 = wb_base64_encode (root.bytes, WB_HASH_SIZE, WB_BASE64_PADDED);
  wb_verification_set_fact (self->result, "root", base64);
}

/**
 * wb_log_check_finish:
 * @self: a check that has seen every entry
 * @expected_size: how many entries there have to be
 * @expected_head: (nullable): the leaf hash of the last one, as kept apart from it; 64 zeros for an
 *   empty log
 *
 * Checks the end of the log and tells counts, facts and limits.
 */
void
wb_log_check_finish (WbLogCheck *self, guint64 expected_size, const WbHash *expected_head)
{
  guint64 size;

  /* The last number was odd: if the rest had moved with it the end fits, there is no next to ask.
   */
  if (self->has_candidate && self->next_place + (guint64) self->candidate == expected_size)
    self->shift = self->candidate;
  size = self->next_place + (guint64) self->shift;
  _wb_log_chain_end (self, size == expected_size ? expected_head : NULL);
  check_size (self, size, expected_size);
  _wb_log_roots_end (self, size);
  tell_findings (self);
  tell_facts (self, size);
  wb_verification_add_log_limits (self->result, self->outside);
}
