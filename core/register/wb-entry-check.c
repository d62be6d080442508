/* SPDX-License-Identifier: EUPL-1.2 */

/* One entry checked at once: its hash, its values, the entry before it, its place in the tree under
 * a signed checkpoint, and who signed. What is found is told, never mended. */
#include "wb-entry-check.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-note.h"
#include "wb-openssh.h"
#include "wb-register-private.h"

/* The entry as it is kept, with the one before it. */
typedef struct {
  guint64 number;
  WbHash before; /* of the entry before it */
  gboolean has_before, found;
  GBytes *text;
  WbHash kept;
  GPtrArray *lines; /* (element-type utf8) (nullable) */
  WbEntry *entry;   /* NULL: cannot be read */
  WbHash leaf;      /* of @text as it is */
  GError *unreadable;
} Kept;

static void
kept_clear (Kept *self)
{
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  wb_entry_free (self->entry);
  g_clear_error (&self->unreadable);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static void
step_free (gpointer data)
{
  WbEntryCheckStep *step = data;

  g_free (step->words);
  g_free (step);
}

void
wb_entry_check_free (WbEntryCheck *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->steps);
  g_free (self->hash);
  g_free (self->signer);
  g_free (self->fingerprint);
  g_free (self->public_key);
  g_free (self->log_key);
  g_free (self);
}

static void add_step (WbEntryCheck *self, gboolean good, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static void
add_step (WbEntryCheck *self, gboolean good, const char *format, ...)
{
  WbEntryCheckStep *step = g_new0 (WbEntryCheckStep, 1);
  va_list args;

  va_start (args, format);
  step->words = g_strdup_vprintf (format, args);
  va_end (args);
  step->good = good;
  self->good = self->good && good;
  g_ptr_array_add (self->steps, step);
}

static gboolean
keep_cb (guint64 number,
         const char *text,
         gsize size,
         const guint8 *leaf,
         GPtrArray *lines,
         gpointer user_data)
{
  Kept *kept = user_data;

  if (number + 1 == kept->number) {
    wb_merkle_leaf (text, size, &kept->before);
    kept->has_before = TRUE;
    return TRUE;
  }
  if (number != kept->number)
    return FALSE;
  kept->found = TRUE;
  kept->text = g_bytes_new (text, size);
  memcpy (kept->kept.bytes, leaf, WB_HASH_SIZE);
  kept->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (kept->lines, g_strdup (g_ptr_array_index (lines, i)));
  return FALSE;
}

static gboolean
read_kept (WbRegister *reg, guint64 number, Kept *kept, GError **error)
{
  gsize size;
  gconstpointer bytes;

  kept->number = number;
  if (!wb_log_store_each (reg->db, number > 0 ? number - 1 : 0, keep_cb, kept, error))
    return FALSE;
  if (!kept->found) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("The log has no entry %llu."),
                 (unsigned long long) number);
    return FALSE;
  }
  bytes = g_bytes_get_data (kept->text, &size);
  wb_merkle_leaf (bytes, size, &kept->leaf);
  kept->entry = wb_entry_parse (bytes, size, &kept->unreadable);
  return TRUE;
}

static void
check_itself (WbEntryCheck *self, const WbRegister *reg, const Kept *kept)
{
  gboolean same = memcmp (&kept->leaf, &kept->kept, sizeof kept->leaf) == 0;

  if (kept->entry == NULL) {
    add_step (self, FALSE, "%s", kept->unreadable->message);
    return;
  }
  if (!same)
    add_step (
        self,
        FALSE,
        _ ("The entry is not the one that was recorded: its hash is another than the one kept "
           "beside it."));
  else
    add_step (self, TRUE, _ ("The entry gives the very hash that was kept when it was recorded."));
  if (kept->entry->number != kept->number || strcmp (kept->entry->log, reg->origin) != 0)
    add_step (self, FALSE, _ ("The entry says that it belongs in another place or another log."));
}

static void
check_values (WbEntryCheck *self, const Kept *kept)
{
  guint n = 0, erased = 0;
  gboolean good;

  if (kept->entry == NULL)
    return;
  good = kept->lines->len == kept->entry->fields->len;
  for (guint i = 0; good && i < kept->lines->len; i++) {
    const WbEntryField *field = g_ptr_array_index (kept->entry->fields, i);
    const char *line = g_ptr_array_index (kept->lines, i);
    WbHash digest;

    if (line == NULL) {
      erased++;
      continue;
    }
    wb_disclosure_digest (line, strlen (line), &digest);
    good = memcmp (&digest, &field->digest, sizeof digest) == 0 &&
           wb_disclosure_is_of (line, strlen (line), field->name);
    n++;
  }
  if (!good)
    add_step (self, FALSE, _ ("A value that this entry set is not the one that was recorded."));
  else
    add_step (self,
              TRUE,
              ngettext_ ("The %u value that it set is the one that was recorded.",
                         "The %u values that it set are the ones that were recorded.",
                         n),
              n);
  if (good && erased > 0)
    add_step (self,
              TRUE,
              ngettext_ ("%u value was erased since; the entry still shows that it was there.",
                         "%u values were erased since; the entry still shows that they were there.",
                         erased),
              erased);
}

static void
check_before (WbEntryCheck *self, const Kept *kept)
{
  gboolean good;

  if (kept->entry == NULL || kept->number == 0)
    return;
  good =
      kept->has_before && memcmp (&kept->before, &kept->entry->previous, sizeof kept->before) == 0;
  add_step (self,
            good,
            good ? _ ("It follows the entry before it, number %llu.")
                 : _ ("It does not follow the entry before it, number %llu: one of the two was "
                      "changed, or the other is gone."),
            (unsigned long long) kept->number - 1);
}

/* The first checkpoint that covers the entry: the nearest to the act. NULL: none does. */
static char *
find_note (WbRegister *reg, guint64 number, GError **error)
{
  g_autoptr (GPtrArray) notes = wb_log_store_list_checkpoints (reg->db, error);

  for (guint i = 0; notes != NULL && i < notes->len; i++) {
    const char *note = g_ptr_array_index (notes, i);
    g_auto (GStrv) lines = g_strsplit (note, "\n", 3);
    guint64 size;

    if (lines[0] != NULL && lines[1] != NULL &&
        g_ascii_string_to_unsigned (lines[1], 10, 0, G_MAXUINT64, &size, NULL) && size > number)
      return g_strdup (note);
  }
  return NULL;
}

/* What was done just now has no checkpoint yet: it is signed on the spot, which is no entry. */
static char *
get_note (WbRegister *reg, guint64 number, GError **error)
{
  g_autoptr (GError) problem = NULL;
  char *note = find_note (reg, number, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  return note != NULL || reg->checking ? note : wb_register_checkpoint (reg, error);
}

static void
check_place (WbEntryCheck *self, WbRegister *reg, const Kept *kept, const char *note)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbCheckpoint) checkpoint =
      wb_checkpoint_open (note, strlen (note), reg->vkey, &problem);
  g_autoptr (GArray) hashes = NULL;

  if (checkpoint == NULL) {
    add_step (self, FALSE, "%s", problem->message);
    return;
  }
  self->n_signed = checkpoint->size;
  if (checkpoint->size <= kept->number || checkpoint->size > reg->size) {
    add_step (self, FALSE, _ ("The checkpoint speaks of another number of entries."));
    return;
  }
  hashes =
      wb_merkle_inclusion (kept->number, checkpoint->size, wb_register_fetch_node, reg, &problem);
  if (hashes == NULL || !wb_merkle_check_inclusion (kept->number,
                                                    checkpoint->size,
                                                    &kept->leaf,
                                                    (const WbHash *) (gpointer) hashes->data,
                                                    hashes->len,
                                                    &checkpoint->root,
                                                    &problem))
    add_step (self, FALSE, "%s", problem->message);
  else
    add_step (self,
              TRUE,
              _ ("It stands in its place, number %llu, among the %llu entries whose checkpoint the "
                 "key of the log signed."),
              (unsigned long long) kept->number,
              (unsigned long long) checkpoint->size);
}

/* The key that the store keeps of the author counts only where it has the fingerprint in the entry.
 */
static WbUserRow *
find_author (WbRegister *reg, const WbEntry *entry, guint8 *ret_public)
{
  g_autoptr (GPtrArray) users = wb_user_store_list (reg->db, NULL);

  for (guint i = 0; users != NULL && i < users->len; i++) {
    const WbUserRow *user = g_ptr_array_index (users, i);
    g_autofree char *fingerprint = NULL;

    if (!g_str_equal (user->fingerprint, entry->author) ||
        !wb_openssh_parse_public (user->public_key, ret_public, NULL))
      continue;
    fingerprint = wb_openssh_fingerprint (ret_public);
    if (g_str_equal (fingerprint, entry->author))
      return g_ptr_array_steal_index (users, i);
  }
  return NULL;
}

static gboolean
has_signed (WbRegister *reg, const WbUserRow *user, const guint8 *public, const char *note)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", reg->origin, user->name);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_note_key_free);
  WbNoteKey *key = wb_note_key_new (name, public, NULL);
  g_autofree char *text = NULL;

  if (key == NULL)
    return FALSE;
  g_ptr_array_add (keys, key);
  text = wb_note_open (note, strlen (note), keys, NULL, NULL);
  return text != NULL;
}

/* That somebody else signed is no fault: a session that broke off is signed by who opens next. */
static void
check_signer (WbEntryCheck *self, WbRegister *reg, const Kept *kept, const char *note)
{
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  WbUserRow *user;

  if (kept->entry == NULL)
    return;
  self->fingerprint = g_strdup (kept->entry->author);
  user = find_author (reg, kept->entry, public);
  if (user == NULL) {
    add_step (self, FALSE, _ ("The key of the author is not that of a user of this register."));
    return;
  }
  self->signer = g_strdup (user->name);
  self->public_key = g_strdup (user->public_key);
  if (note != NULL)
    add_step (self,
              TRUE,
              has_signed (reg, user, public, note)
                  ? _ ("Its author, %s, signed that checkpoint with their own key.")
                  : _ ("Its author is %s; the checkpoint over it was signed by a colleague."),
              user->name);
  wb_user_row_free (user);
}

/**
 * wb_register_check_entry:
 * @self: an open register
 * @number: of an entry, from 0
 * @error: return location for an error
 *
 * Checks one entry of the log as it is kept now: its hash, its values, whether it follows the entry
 * before it, its inclusion (RFC 9162 section 2.1.3) in the first signed checkpoint over it, and the
 * signature of its author on that checkpoint. What no checkpoint covers yet is signed first.
 *
 * Returns: (transfer full): what was checked, and how it was found; %NULL with %WB_ERROR_NOT_FOUND
 *   or an error of the store. That something was altered is no error.
 */
WbEntryCheck *
wb_register_check_entry (WbRegister *self, guint64 number, GError **error)
{
  g_auto (Kept) kept = { 0 };
  g_autoptr (WbEntryCheck) check = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) problem = NULL;

  if (!read_kept (self, number, &kept, error))
    return NULL;
  note = get_note (self, number, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  check = g_new0 (WbEntryCheck, 1);
  check->number = number;
  check->good = TRUE;
  check->steps = g_ptr_array_new_with_free_func (step_free);
  check->hash = wb_hex_encode (kept.leaf.bytes, sizeof kept.leaf.bytes);
  check->log_key = g_strdup (self->vkey);
  check_itself (check, self, &kept);
  check_values (check, &kept);
  check_before (check, &kept);
  if (note != NULL)
    check_place (check, self, &kept, note);
  check_signer (check, self, &kept, note);
  return g_steal_pointer (&check);
}
