/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * An act that took in an entry of another log names its leaf hash. The entry as it was hashed must
 * still be there, stand in the checkpoint that its proof ends with, and list every line of the act.
 */
#include "wb-foreign-check.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-foreign-store.h"
#include "wb-i18n.h"
#include "wb-source-private.h"

struct _WbForeignCheck {
  WbRegister *reg;
  WbVerification *result;
  GHashTable *files; /* id of evidence -> sha256 */
  GHashTable *seen;  /* "origin number" */
};

WbForeignCheck *
wb_foreign_check_new (WbRegister *reg, WbVerification *result)
{
  WbForeignCheck *self = g_new0 (WbForeignCheck, 1);

  self->reg = reg;
  self->result = wb_verification_ref (result);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
wb_foreign_check_free (WbForeignCheck *self)
{
  if (self == NULL)
    return;
  wb_verification_unref (self->result);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->seen);
  g_free (self);
}

/* The lines of an act by name; erased ones are left out. */
static JsonObject *
read_act (GPtrArray *lines)
{
  JsonObject *act = json_object_new ();

  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    JsonNode *value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL))
      json_object_set_member (act, name, value);
  }
  return act;
}

static gboolean
lists (const WbEntry *entry, const WbEntryField *field)
{
  for (guint i = 0; i < entry->fields->len; i++) {
    const WbEntryField *theirs = g_ptr_array_index (entry->fields, i);

    if (g_str_equal (theirs->name, field->name) &&
        memcmp (theirs->digest.bytes, field->digest.bytes, sizeof field->digest.bytes) == 0)
      return TRUE;
  }
  return FALSE;
}

/* All lines but the one that says whence they came, by the digests that both entries hold. */
static gboolean
is_listed (const WbEntry *ours, const WbEntry *theirs)
{
  if (g_strcmp0 (ours->case_id, theirs->case_id) != 0 ||
      !g_str_equal (ours->record_id, theirs->record_id) ||
      !g_str_equal (ours->record_type, theirs->record_type))
    return FALSE;
  for (guint i = 0; i < ours->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (ours->fields, i);

    if (!g_str_equal (field->name, WB_ACT_SOURCE) && !g_str_equal (field->name, WB_ACT_CLOCK) &&
        !lists (theirs, field))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_proved (WbForeignCheck *self, const WbForeignEntry *row, const WbHash *leaf, const char *log)
{
  g_autofree char *vkey = wb_foreign_store_get_key (self->reg->db, log, NULL);
  g_autoptr (WbProof) proof = wb_proof_parse (row->proof, strlen (row->proof), NULL);

  return vkey != NULL && proof != NULL && proof->index == row->number &&
         wb_proof_check (proof, leaf, vkey, NULL);
}

static gboolean
is_as_taken (WbForeignCheck *self, const WbEntry *entry, const WbSource *source)
{
  g_autoptr (WbForeignEntry) row =
      wb_foreign_store_find (self->reg->db, source->log, source->number, NULL);
  g_autoptr (WbEntry) theirs =
      row != NULL ? wb_entry_parse (row->text, strlen (row->text), NULL) : NULL;
  g_autofree char *hex = NULL;
  WbHash leaf;

  if (theirs == NULL || !g_str_equal (theirs->log, source->log) ||
      theirs->number != source->number || theirs->time != source->time ||
      !g_str_equal (theirs->author, source->author) || !g_str_equal (theirs->event, source->event))
    return FALSE;
  wb_merkle_leaf (row->text, strlen (row->text), &leaf);
  hex = wb_hex_encode (leaf.bytes, sizeof leaf.bytes);
  return g_str_equal (hex, source->leaf) && memcmp (row->leaf, leaf.bytes, sizeof row->leaf) == 0 &&
         is_proved (self, row, &leaf, source->log) && is_listed (entry, theirs);
}

static void
note_file (WbForeignCheck *self, const WbEntry *entry, JsonObject *act)
{
  const char *sha256 = json_object_get_string_member_with_default (act, "sha256", NULL);

  if (g_str_equal (entry->record_type, "evidence") && sha256 != NULL)
    g_hash_table_insert (self->files, g_strdup (entry->record_id), g_strdup (sha256));
}

/* The contents of files that came along have to be there. */
static void
expect_files (WbForeignCheck *self, JsonObject *act, GPtrArray *evidence)
{
  JsonNode *node = json_object_get_member (act, WB_ACT_IMPORT);
  JsonArray *files = node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
                             json_object_has_member (json_node_get_object (node), "files")
                         ? json_object_get_array_member (json_node_get_object (node), "files")
                         : NULL;

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++) {
    const char *id = json_array_get_string_element (files, i);
    const char *sha256 = g_hash_table_lookup (self->files, id);

    if (sha256 != NULL)
      g_ptr_array_add (evidence, g_strdup_printf ("%s %s", id, sha256));
  }
}

void
wb_foreign_check_entry (WbForeignCheck *self,
                        const WbEntry *entry,
                        GPtrArray *lines,
                        GPtrArray *evidence)
{
  g_autoptr (JsonObject) act = NULL;
  g_autoptr (WbSource) source = NULL;

  if (entry == NULL || !g_str_equal (entry->event, WB_EVENT_IMPORTED))
    return;
  act = read_act (lines);
  if (g_str_equal (entry->record_type, "log")) {
    expect_files (self, act, evidence);
    return;
  }
  note_file (self, entry, act);
  source = wb_source_parse (act, NULL);
  if (source == NULL || !is_as_taken (self, entry, source)) {
    wb_verification_add (self->result,
                         "foreign_entry",
                         (gint64) entry->number,
                         _ ("What was taken in by this entry is not what the other log holds."));
    return;
  }
  g_hash_table_add (self->seen,
                    g_strdup_printf ("%s %" G_GUINT64_FORMAT, source->log, source->number));
  wb_verification_count (self->result, "foreign", 1);
}

void
wb_foreign_check_finish (WbForeignCheck *self)
{
  guint64 n, taken;

  if (!wb_verification_is_good (self->result) ||
      !wb_foreign_store_count (self->reg->db, &n, &taken, NULL))
    return;
  if (n != g_hash_table_size (self->seen))
    wb_verification_add (self->result,
                         "foreign_entry",
                         -1,
                         _ ("More entries of other logs are kept than were ever taken in."));
}
