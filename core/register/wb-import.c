/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Taking in a bundle. Everything is verified first; then each entry that is not here yet becomes
 * an act of our own, with the lines it came with and whence it came. It only adds: the same file
 * twice changes nothing, and the order of files does not matter.
 */
#include "wb-import-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-foreign-store.h"
#include "wb-i18n.h"
#include "wb-uuid.h"

static void
item_free (gpointer data)
{
  WbImportItem *self = data;

  g_free (self->reference);
  g_free (self->type);
  g_strfreev (self->conflicts);
  g_free (self);
}

void
wb_import_free (WbImport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->verification, wb_verification_unref);
  g_free (self->reference);
  g_free (self->origin);
  g_free (self->signer);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/* Names of the lines of an entry that are here already. */
static GHashTable *
list_known (Importing *self, guint64 number, GError **error)
{
  g_autoptr (GArray) takes =
      wb_foreign_store_list_takes (self->reg->db, self->taken->origin, number, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (takes == NULL)
    return NULL;
  for (guint i = 0; i < takes->len; i++) {
    g_auto (GStrv) lines =
        wb_log_store_list_names (self->reg->db, g_array_index (takes, guint64, i), error);

    if (lines == NULL)
      return NULL;
    for (guint j = 0; lines[j] != NULL; j++)
      g_hash_table_add (names, g_strdup (lines[j]));
  }
  return g_steal_pointer (&names);
}

typedef struct {
  GHashTable *names;
  gboolean all;
} Blank;

/* Fields of a record whose lines were erased here. */
static gboolean
note_blank (guint64 number,
            const char *text,
            gsize size,
            const guint8 *leaf,
            GPtrArray *lines,
            gpointer user_data)
{
  Blank *blank = user_data;
  g_autoptr (WbEntry) entry = wb_entry_parse (text, size, NULL);
  guint kept = 0, gone = 0;

  for (guint i = 0; entry != NULL && i < entry->fields->len && i < lines->len; i++) {
    const WbEntryField *field = g_ptr_array_index (entry->fields, i);

    if (g_ptr_array_index (lines, i) == NULL) {
      g_hash_table_add (blank->names, g_strdup (field->name));
      gone++;
    } else if (!g_str_has_prefix (field->name, "act_")) {
      kept++;
    }
  }
  blank->all |= gone > 0 && kept == 0;
  return TRUE;
}

/* The lines to take in: neither here already nor erased here. */
static GPtrArray *
choose_lines (Importing *self,
              const WbEntry *entry,
              const WbBundleEntry *item,
              GHashTable *known,
              GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  Blank blank = { names, FALSE };

  if (!wb_log_store_each_of_record (self->reg->db, entry->record_id, note_blank, &blank, error))
    return NULL;
  for (guint i = 0; i < item->lines->len; i++) {
    const char *line = g_ptr_array_index (item->lines, i);
    g_autofree char *name = NULL;

    if (!wb_disclosure_parse (line, strlen (line), &name, NULL, error))
      return NULL;
    if (g_hash_table_contains (known, name))
      continue;
    if (g_hash_table_contains (names, name) || (blank.all && !g_str_has_prefix (name, "act_"))) {
      self->result->erased++;
      continue;
    }
    g_ptr_array_add (chosen, (gpointer) line);
  }
  return g_steal_pointer (&chosen);
}

/* What of another log replaces what: its lines tell, where they came along. */
static gboolean
append_act (Importing *self,
            const WbEntry *entry,
            const WbHash *leaf,
            GPtrArray *lines,
            GError **error)
{
  g_autoptr (WbActDraft) draft =
      wb_act_draft_new (entry->record_type, entry->record_id, entry->case_id, WB_EVENT_IMPORTED);
  g_autoptr (WbSource) source = wb_source_of_entry (entry, leaf);
  g_autoptr (JsonNode) node = wb_source_to_json (source);

  wb_act_draft_add (draft, WB_ACT_SOURCE, node);
  for (guint i = 0; i < lines->len; i++) {
    if (!wb_act_draft_add_line (draft, g_ptr_array_index (lines, i), error))
      return FALSE;
  }
  self->result->lines += lines->len;
  return wb_register_append (self->reg, draft, self->time, error);
}

static gboolean
keep_entry (Importing *self,
            const WbBundleEntry *item,
            const WbHash *leaf,
            const WbForeignEntry *before,
            GError **error)
{
  g_autofree char *text =
      g_strndup (g_bytes_get_data (item->bytes, NULL), g_bytes_get_size (item->bytes));
  WbForeignEntry entry = { item->number, text, { 0 }, item->proof };

  if (before != NULL)
    return TRUE;
  memcpy (entry.leaf, leaf->bytes, sizeof entry.leaf);
  return wb_foreign_store_add_entry (self->reg->db, self->taken->origin, &entry, error);
}

static gboolean
is_evidence_file (const char *line, char **ret_sha256)
{
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) value = NULL;

  if (!wb_disclosure_parse (line, strlen (line), &name, &value, NULL) ||
      !g_str_equal (name, "sha256") || json_node_get_value_type (value) != G_TYPE_STRING)
    return FALSE;
  *ret_sha256 = json_node_dup_string (value);
  return TRUE;
}

/* Which records a file of the bundle is the contents of. */
static void
note_evidence (Importing *self, const WbEntry *entry, const WbBundleEntry *item)
{
  if (!g_str_equal (entry->record_type, "evidence"))
    return;
  for (guint i = 0; i < item->lines->len; i++) {
    g_autofree char *sha256 = NULL;

    if (is_evidence_file (g_ptr_array_index (item->lines, i), &sha256))
      wb_import_want_file (self, sha256, entry->record_id);
  }
}

static gboolean
take_new (Importing *self,
          const WbEntry *entry,
          const WbBundleEntry *item,
          const WbHash *leaf,
          const WbForeignEntry *before,
          GError **error)
{
  g_autoptr (GHashTable) known = list_known (self, item->number, error);
  g_autoptr (GPtrArray) lines = NULL;

  if (known == NULL)
    return FALSE;
  lines = choose_lines (self, entry, item, known, error);
  if (lines == NULL)
    return FALSE;
  note_evidence (self, entry, item);
  if (before != NULL && lines->len == 0) {
    self->result->known++;
    wb_import_note_record (self, entry, WB_IMPORT_KNOWN);
    return TRUE;
  }
  self->result->entries++;
  wb_import_note_record (self,
                         entry,
                         g_str_equal (entry->event, "created") ? WB_IMPORT_NEW : WB_IMPORT_CHANGED);
  return keep_entry (self, item, leaf, before, error) &&
         append_act (self, entry, leaf, lines, error);
}

/* What the sender took in itself is not shown by the sender's log; of ours we have the original. */
static void
note_relayed (Importing *self, const WbEntry *entry, const WbBundleEntry *item)
{
  g_autoptr (JsonObject) act = json_object_new ();
  g_autoptr (WbSource) source = NULL;

  if (g_str_equal (entry->record_type, "log"))
    return;
  for (guint i = 0; i < item->lines->len; i++) {
    const char *line = g_ptr_array_index (item->lines, i);
    g_autofree char *name = NULL;
    JsonNode *value = NULL;

    if (wb_disclosure_parse (line, strlen (line), &name, &value, NULL))
      json_object_set_member (act, name, value);
  }
  source = wb_source_parse (act, NULL);
  self->result->relayed += source == NULL || !g_str_equal (source->log, self->reg->origin);
}

static gboolean
take_entry (Importing *self, const WbBundleEntry *item, GError **error)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (item->bytes, &size);
  g_autoptr (WbEntry) entry = wb_entry_parse (bytes, size, error);
  g_autoptr (WbForeignEntry) before = NULL;
  g_autoptr (GError) problem = NULL;
  WbHash leaf;

  if (entry == NULL)
    return FALSE;
  if (g_str_equal (entry->event, WB_EVENT_IMPORTED)) {
    note_relayed (self, entry, item);
    return TRUE;
  }
  wb_merkle_leaf (bytes, size, &leaf);
  before = wb_foreign_store_find (self->reg->db, entry->log, entry->number, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (before != NULL && memcmp (before->leaf, leaf.bytes, sizeof leaf.bytes) != 0)
    return wb_import_refuse_two_stories (self, entry->number, error);
  if (entry->case_id != NULL && !wb_erasure_refuse_destroyed (self->reg, entry->case_id, error))
    return FALSE;
  return take_new (self, entry, item, &leaf, before, error);
}

static gboolean
take_entries (Importing *self, GError **error)
{
  for (guint i = 0; i < self->taken->entries->len; i++) {
    if (!take_entry (self, g_ptr_array_index (self->taken->entries, i), error))
      return FALSE;
  }
  return TRUE;
}

static JsonNode *
describe (Importing *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "manifest", self->taken->manifest_sha256);
  json_object_set_string_member (object, "signer", self->taken->signer);
  json_object_set_string_member (object, "log", self->taken->origin);
  json_object_set_int_member (object, "size", (gint64) self->taken->size);
  json_object_set_string_member (object, "reference", self->taken->reference);
  json_object_set_int_member (object, "entries", (gint64) self->result->entries);
  json_object_set_int_member (object, "lines", (gint64) self->result->lines);
  json_object_set_array_member (object, "files", wb_import_list_files (self));
  return json_node_init_object (json_node_alloc (), object);
}

/* The act on the file as a whole: what came in, signed by whom. */
static gboolean
append_summary (Importing *self, GError **error)
{
  g_autofree char *id = wb_uuid_new (self->time);
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("log", id, NULL, WB_EVENT_IMPORTED);
  g_autoptr (JsonNode) node = describe (self);

  wb_act_draft_add (draft, WB_ACT_IMPORT, node);
  return wb_register_append (self->reg, draft, self->time, error);
}

static gboolean
take_all (Importing *self, GError **error)
{
  self->reg->knows_others = TRUE;
  if (!wb_foreign_store_add_log (self->reg->db, self->taken->origin, self->taken->vkey, error) ||
      !wb_foreign_store_add_checkpoint (self->reg->db,
                                        self->taken->origin,
                                        self->taken->size,
                                        self->taken->checkpoint,
                                        error) ||
      !take_entries (self, error) || !wb_import_take_files (self, error))
    return FALSE;
  if (self->result->entries + self->result->files == 0)
    return TRUE;
  return append_summary (self, error);
}

static gboolean
take_in (Importing *self, gboolean try_only, GError **error)
{
  g_autoptr (WbChange) change = NULL;
  gboolean known = self->reg->knows_others;
  gboolean done;

  if (g_str_equal (self->taken->origin, self->reg->origin))
    return wb_import_compare_own (self, error);
  if (!wb_import_check_checkpoint (self, error))
    return FALSE;
  change = wb_change_begin (self->reg, error);
  done = change != NULL && take_all (self, error) && wb_import_list_conflicts (self, error) &&
         (try_only || wb_change_commit (change, error));
  if (!done || try_only)
    self->reg->knows_others = known;
  return done;
}

/**
 * wb_register_import:
 * @self: an open register
 * @path: a bundle of another register, .zip or .zip.age
 * @options: (nullable): who must have signed, and the keys for a .zip.age
 * @try_only: whether to do everything but keeping it, to show what would come in
 * @progress: (nullable): bytes read, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves everything as it was
 * @error: return location for an error; %WB_ERROR_VERIFY where the sender's log tells two stories,
 *   %WB_ERROR_REFUSED where the case was destroyed here
 *
 * Verifies the bundle and takes in what is not here yet, with its provenance and its own dates.
 * What is found wrong with the bundle is in the result, and nothing was taken in then.
 *
 * Returns: (transfer full): what was found and done
 */
WbImport *
wb_register_import (WbRegister *self,
                    const char *path,
                    const WbBundleCheckOptions *options,
                    gboolean try_only,
                    WbProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WbBundleTaken) taken =
      wb_bundle_take (path, options, progress, user_data, cancellable, error);
  g_autoptr (WbImport) result = NULL;
  g_autoptr (GHashTable) records = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) got = g_ptr_array_new_with_free_func (g_free);
  Importing importing = { self, taken, NULL, path, options, cancellable, records, files, got, 0 };

  if (taken == NULL)
    return NULL;
  result = g_new0 (WbImport, 1);
  result->items = g_ptr_array_new_with_free_func (item_free);
  result->verification = wb_verification_ref (taken->verification);
  if (!wb_verification_is_good (taken->verification))
    return g_steal_pointer (&result);
  result->reference = g_strdup (taken->reference);
  result->origin = g_strdup (taken->origin);
  result->signer = g_strdup (taken->signer);
  importing.result = result;
  importing.time = wb_register_next_time (self);
  return take_in (&importing, try_only, error) ? g_steal_pointer (&result) : NULL;
}
