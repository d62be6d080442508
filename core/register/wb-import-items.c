/* SPDX-License-Identifier: EUPL-1.2 */

/* What comes in, one by one: records with what became of them, and the contents of evidence. */
#include "wb-import-private.h"

#include "wb-error.h"

void
wb_import_note_record (Importing *self, const WbEntry *entry, WbImportState state)
{
  WbImportItem *item = g_hash_table_lookup (self->records, entry->record_id);

  if (item == NULL) {
    item = g_new0 (WbImportItem, 1);
    item->reference = g_strdup (entry->record_id);
    item->type = g_strdup (entry->record_type);
    item->state = state;
    g_ptr_array_add (self->result->items, item);
    g_hash_table_insert (self->records, item->reference, item);
    return;
  }
  if (item->state == WB_IMPORT_KNOWN)
    item->state = state;
}

static void
add_conflicts (WbRegister *reg, const WbRecordRow *row, const char *text, GPtrArray *labels)
{
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), row->type);
  g_autoptr (JsonObject) doc = wb_doc_parse (text, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (doc == NULL || type == NULL)
    return;
  json_object_iter_init_ordered (&iter, doc);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    const WbField *field = wb_record_type_find_field (type, name);

    if (field != NULL && wb_heads_conflict (json_node_get_object (member)))
      g_ptr_array_add (labels, g_strdup (field->label[wb_language_current ()]));
  }
}

/**
 * wb_import_list_conflicts:
 * @self: an import under way
 * @error: return location for an error
 *
 * Gives each record the name it has here, and the fields of which two logs say different things.
 */
gboolean
wb_import_list_conflicts (Importing *self, GError **error)
{
  g_hash_table_remove_all (self->records);
  for (guint i = 0; i < self->result->items->len; i++) {
    WbImportItem *item = g_ptr_array_index (self->result->items, i);
    g_autoptr (WbRecordRow) row = wb_record_store_find (self->reg->db, item->reference, NULL);
    g_autoptr (GPtrArray) labels = g_ptr_array_new ();
    g_autofree char *apart = NULL;

    if (row != NULL) {
      g_free (item->reference);
      item->reference = g_strdup (row->reference);
      add_conflicts (self->reg, row, row->doc, labels);
      apart = wb_record_store_get_identity (self->reg->db, row->id, NULL);
      if (apart != NULL)
        add_conflicts (self->reg, row, apart, labels);
    }
    g_ptr_array_add (labels, NULL);
    item->conflicts = (char **) g_ptr_array_free (g_steal_pointer (&labels), FALSE);
  }
  return TRUE;
}

/* Only where the bundle has the file, and the register has not. */
void
wb_import_want_file (Importing *self, const char *sha256, const char *record)
{
  g_autoptr (GBytes) piece = wb_chunk_store_get (self->reg->db, record, 0, NULL);
  GPtrArray *ids = g_hash_table_lookup (self->files, sha256);

  if (piece != NULL)
    return;
  if (ids == NULL) {
    ids = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (self->files, g_strdup (sha256), ids);
  }
  if (!g_ptr_array_find_with_equal_func (ids, record, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (record));
}

static gboolean
take_piece (const char *sha256,
            guint place,
            const guint8 *bytes,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Importing *self = user_data;
  GPtrArray *ids = g_hash_table_lookup (self->files, sha256);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char *id = g_ptr_array_index (ids, i);

    if (!wb_chunk_store_add (self->reg->db, id, place, bytes, size, error))
      return FALSE;
    if (place == 0) {
      g_ptr_array_add (self->got, g_strdup (id));
      self->result->files++;
    }
  }
  return TRUE;
}

static gboolean
is_wanted (Importing *self)
{
  GHashTableIter iter;
  gpointer sha256;

  g_hash_table_iter_init (&iter, self->taken->files);
  while (g_hash_table_iter_next (&iter, NULL, &sha256)) {
    if (g_hash_table_contains (self->files, sha256))
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_import_take_files:
 * @self: an import under way, whose entries were taken in
 * @error: return location for an error
 *
 * Reads the bundle once more for the contents of evidence that is not here yet.
 */
gboolean
wb_import_take_files (Importing *self, GError **error)
{
  return !is_wanted (self) || wb_bundle_taken_each_file (self->taken,
                                                         self->path,
                                                         self->options,
                                                         WB_CHUNK_SIZE,
                                                         take_piece,
                                                         self,
                                                         self->cancellable,
                                                         error);
}

JsonArray *
wb_import_list_files (Importing *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->got->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (self->got, i));
  return array;
}
