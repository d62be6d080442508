/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Whether the entries in a bundle stand in the log that the checkpoint closes: key, checkpoint,
 * proofs, and the lines that were given along against their digests.
 */
#include "wb-bundle-private.h"

#include "wb-checkpoint.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-note.h"

#define KEY_NAME_LENGTH 16 /* hex digits of the key's sum at the end of an origin */

typedef struct {
  WbBundleFiles *files;
  WbBundleLog *log;
  char *vkey;       /* without LF */
  char *checkpoint; /* the note, as text */
  gsize checkpoint_size;
} Checking;

static void
log_entry_free (WbBundleLogEntry *self)
{
  wb_entry_free (self->entry);
  g_hash_table_unref (self->values);
  g_free (self);
}

void
wb_bundle_log_free (WbBundleLog *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
add (Checking *self, const char *part, gint64 number, const char *message)
{
  wb_verification_add (self->files->result, part, number, "%s", message);
}

/* data/log/FOLDER/000042SUFFIX; FALSE where the name is not that of a number. */
static gboolean
parse_path (const char *path, const char *folder, const char *suffix, guint64 *ret_number)
{
  g_autofree char *prefix = g_strdup_printf ("data/log/%s/", folder);
  const char *digits = path + strlen (prefix);
  g_autofree char *again = NULL;
  guint64 number = 0;
  gsize length = 0;

  while (length < 18 && g_ascii_isdigit (digits[length]))
    number = number * 10 + (guint64) (digits[length++] - '0');
  again = wb_bundle_entry_path (folder, number, suffix);
  if (length == 0 || !g_str_equal (path, again))
    return FALSE;
  *ret_number = number;
  return TRUE;
}

/* The origin ends with the sum of its key: a log cannot be passed off under another's name. */
static gboolean
is_key_of_origin (const WbNoteKey *key)
{
  g_autofree char *sum = wb_sha256_hex (key->public, sizeof key->public);
  const char *last = strrchr (key->name, '/');

  return last != NULL && strlen (last + 1) == KEY_NAME_LENGTH &&
         strncmp (last + 1, sum, KEY_NAME_LENGTH) == 0;
}

static gboolean
read_key (Checking *self)
{
  GBytes *bytes = wb_bundle_files_get (self->files, "data/log/log.vkey");
  g_autoptr (WbNoteKey) key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (bytes == NULL) {
    add (self, "data/log/log.vkey", -1, _ ("The log's key is missing."));
    return FALSE;
  }
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (strlen (text) != g_bytes_get_size (bytes) || !g_str_has_suffix (text, "\n")) {
    add (self, "data/log/log.vkey", -1, _ ("The log's key is not one line."));
    return FALSE;
  }
  text[strlen (text) - 1] = '\0';
  key = wb_note_key_parse (text, &error);
  if (key == NULL || !is_key_of_origin (key)) {
    add (self,
         "data/log/log.vkey",
         -1,
         error != NULL ? error->message : _ ("The log's name is not that of its key."));
    return FALSE;
  }
  self->vkey = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_checkpoint (Checking *self)
{
  GBytes *bytes = wb_bundle_files_get (self->files, "data/log/checkpoint");
  g_autoptr (WbCheckpoint) checkpoint = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *root = NULL;
  g_autofree char *size = NULL;
  gsize length = 0;
  const char *note = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (bytes == NULL) {
    add (self, "data/log/checkpoint", -1, _ ("The log's checkpoint is missing."));
    return FALSE;
  }
  checkpoint = wb_checkpoint_open (note, length, self->vkey, &error);
  if (checkpoint == NULL) {
    add (self, "data/log/checkpoint", -1, error->message);
    return FALSE;
  }
  self->checkpoint = g_strndup (note, length);
  self->checkpoint_size = length;
  self->log->origin = g_strdup (checkpoint->origin);
  self->log->size = checkpoint->size;
  root = wb_base64_encode (checkpoint->root.bytes, WB_HASH_SIZE, WB_BASE64_PADDED);
  size = g_strdup_printf ("%" G_GUINT64_FORMAT, checkpoint->size);
  wb_verification_set_fact (self->files->result, "origin", checkpoint->origin);
  wb_verification_set_fact (self->files->result, "size", size);
  wb_verification_set_fact (self->files->result, "root", root);
  return TRUE;
}

static void
check_proof (Checking *self, guint64 number, const WbHash *leaf)
{
  g_autofree char *path = wb_bundle_entry_path ("proofs", number, ".tlog-proof");
  GBytes *bytes = wb_bundle_files_get (self->files, path);
  g_autoptr (WbProof) proof = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes == NULL) {
    add (self, path, (gint64) number, _ ("The proof that this entry is in the log is missing."));
    return;
  }
  proof = wb_proof_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (proof == NULL) {
    add (self, path, (gint64) number, error->message);
    return;
  }
  if (proof->index != number || strcmp (proof->checkpoint, self->checkpoint) != 0) {
    add (self, path, (gint64) number, _ ("This proof is of another entry or checkpoint."));
    return;
  }
  if (!wb_proof_check (proof, leaf, self->vkey, &error)) {
    add (self, path, (gint64) number, error->message);
    return;
  }
  wb_verification_count (self->files->result, "proofs", 1);
}

static const WbEntryField *
find_field (const WbEntry *entry, const char *name, const WbHash *digest)
{
  for (guint i = 0; i < entry->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (entry->fields, i);

    if (g_str_equal (field->name, name) &&
        memcmp (field->digest.bytes, digest->bytes, WB_HASH_SIZE) == 0)
      return field;
  }
  return NULL;
}

/* One disclosed line: it must be one that the entry lists, and stand here once. */
static gboolean
check_line (Checking *self, WbBundleLogEntry *entry, const char *line, gsize size)
{
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) value = NULL;
  WbHash digest;

  if (!wb_disclosure_parse (line, size, &name, &value, NULL))
    return FALSE;
  wb_disclosure_digest (line, size, &digest);
  if (find_field (entry->entry, name, &digest) == NULL ||
      g_hash_table_contains (entry->values, name))
    return FALSE;
  g_hash_table_insert (entry->values, g_steal_pointer (&name), wb_json_compact (value));
  wb_verification_count (self->files->result, "disclosures", 1);
  return TRUE;
}

static void
check_disclosed (Checking *self, WbBundleLogEntry *entry)
{
  g_autofree char *path = wb_bundle_entry_path ("disclosed", entry->entry->number, ".txt");
  GBytes *bytes = wb_bundle_files_get (self->files, path);
  gsize left = 0;
  const char *at = bytes != NULL ? g_bytes_get_data (bytes, &left) : NULL;

  while (left > 0) {
    const char *end = memchr (at, '\n', left);

    if (end == NULL || !check_line (self, entry, at, (gsize) (end - at))) {
      add (self,
           path,
           (gint64) entry->entry->number,
           _ ("A line that was given along is not one that the log holds."));
      return;
    }
    left -= (gsize) (end - at) + 1;
    at = end + 1;
  }
}

static void
check_entry (Checking *self, const char *path)
{
  GBytes *bytes = wb_bundle_files_get (self->files, path);
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autoptr (WbEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  WbBundleLogEntry *kept;
  guint64 number = 0;
  WbHash leaf;

  if (data == NULL || !parse_path (path, "entries", ".txt", &number)) {
    add (self, path, -1, _ ("This is not the file of an entry."));
    return;
  }
  entry = wb_entry_parse (data, size, &error);
  if (entry == NULL || entry->number != number || !g_str_equal (entry->log, self->log->origin)) {
    add (self,
         path,
         (gint64) number,
         error != NULL ? error->message
                       : _ ("This entry has another number or is of another log."));
    return;
  }
  wb_merkle_leaf (data, size, &leaf);
  check_proof (self, number, &leaf);
  kept = g_new0 (WbBundleLogEntry, 1);
  kept->entry = g_steal_pointer (&entry);
  kept->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->log->entries,
                       g_memdup2 (&kept->entry->number, sizeof (guint64)),
                       kept);
  wb_verification_count (self->files->result, "entries", 1);
  check_disclosed (self, kept);
}

/* Nothing under data/log/ but what belongs to an entry that is there. */
static void
check_strays (Checking *self, const char *folder, const char *suffix)
{
  g_autofree char *prefix = g_strdup_printf ("data/log/%s/", folder);
  g_autoptr (GList) paths = wb_bundle_files_list (self->files, prefix);

  for (GList *at = paths; at != NULL; at = at->next) {
    guint64 number = 0;

    if (!parse_path (at->data, folder, suffix, &number) ||
        !g_hash_table_contains (self->log->entries, &number))
      add (self, at->data, -1, _ ("This file belongs to no entry of the bundle."));
  }
}

/* Entries that follow on one another are chained, and time does not go back. */
static void
check_order (Checking *self)
{
  g_autoptr (GList) paths = wb_bundle_files_list (self->files, "data/log/entries/");
  const WbEntry *before = NULL;
  WbHash leaf = { { 0 } };

  for (GList *at = paths; at != NULL; at = at->next) {
    GBytes *bytes = wb_bundle_files_get (self->files, at->data);
    guint64 number = 0;
    WbBundleLogEntry *kept = parse_path (at->data, "entries", ".txt", &number)
                                 ? g_hash_table_lookup (self->log->entries, &number)
                                 : NULL;

    if (kept == NULL)
      continue;
    if (before != NULL && kept->entry->time < before->time)
      add (self, at->data, (gint64) number, _ ("This entry is older than the one before it."));
    if (before != NULL && before->number + 1 == number &&
        memcmp (kept->entry->previous.bytes, leaf.bytes, WB_HASH_SIZE) != 0)
      add (self, at->data, (gint64) number, _ ("This entry does not follow on the one before it."));
    wb_merkle_leaf (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &leaf);
    before = kept->entry;
  }
}

static void
check_entries (Checking *self)
{
  g_autoptr (GList) paths = wb_bundle_files_list (self->files, "data/log/entries/");

  if (paths == NULL)
    add (self, "data/log/entries", -1, _ ("The bundle holds no entry of the log."));
  for (GList *at = paths; at != NULL; at = at->next)
    check_entry (self, at->data);
  check_order (self);
  check_strays (self, "disclosed", ".txt");
  check_strays (self, "proofs", ".tlog-proof");
}

/**
 * wb_bundle_check_log:
 * @files: what an archive held
 *
 * Key, checkpoint, every entry with its proof, every line given along.
 *
 * Returns: (transfer full) (nullable): the entries, to compare case.json with; %NULL where key or
 *   checkpoint do not hold
 */
WbBundleLog *
wb_bundle_check_log (WbBundleFiles *files)
{
  g_autoptr (WbBundleLog) log = g_new0 (WbBundleLog, 1);
  Checking self = { files, log, NULL, NULL, 0 };
  gboolean good;

  log->entries =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) log_entry_free);
  good = read_key (&self) && read_checkpoint (&self);
  if (good)
    check_entries (&self);
  g_free (self.vkey);
  g_free (self.checkpoint);
  return good ? g_steal_pointer (&log) : NULL;
}
