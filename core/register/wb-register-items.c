/* SPDX-License-Identifier: EUPL-1.2 */

/* Recording what a file holds: its items in order, all or none. */
#include "wb-decision-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

/* Names of one file: "@name" -> UUID. */
static const char *
lookup (GHashTable *handles, const char *name, GError **error)
{
  const char *id;

  if (name == NULL || name[0] != '@')
    return name;
  id = g_hash_table_lookup (handles, name);
  if (id == NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("“%.60s” is not the name of an earlier item in this file."),
                 name);
  return id;
}

/* What is no text stays as it is: the model refuses it by the field's name. */
static JsonArray *
look_up_all (GHashTable *handles, JsonArray *names, GError **error)
{
  g_autoptr (JsonArray) ids = json_array_new ();

  for (guint i = 0; i < json_array_get_length (names); i++) {
    JsonNode *element = json_array_get_element (names, i);
    const char *id;

    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING) {
      json_array_add_element (ids, json_node_copy (element));
      continue;
    }
    id = lookup (handles, json_node_get_string (element), error);
    if (id == NULL)
      return NULL;
    json_array_add_string_element (ids, id);
  }
  return g_steal_pointer (&ids);
}

static gboolean
put_handles (GHashTable *handles, JsonObject *fields, const WbRecordType *type, GError **error)
{
  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (fields, field->name);

    if (value == NULL || (field->type != WB_FIELD_RECORD && field->type != WB_FIELD_RECORDS))
      continue;
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING) {
      const char *id = lookup (handles, json_node_get_string (value), error);

      if (id == NULL)
        return FALSE;
      json_object_set_string_member (fields, field->name, id);
    } else if (JSON_NODE_HOLDS_ARRAY (value)) {
      JsonArray *ids = look_up_all (handles, json_node_get_array (value), error);

      if (ids == NULL)
        return FALSE;
      json_object_set_array_member (fields, field->name, ids);
    }
  }
  return TRUE;
}

static WbRecord *
attach_item (WbRegister *self,
             const WbRecordItem *item,
             const char *case_ref,
             const char *folder,
             GError **error)
{
  g_autofree char *path = g_build_filename (folder != NULL ? folder : ".", item->file, NULL);
  g_autofree char *name = g_path_get_basename (item->file);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;

  stream = g_file_read (file, NULL, &problem);
  if (stream == NULL) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The file “%.200s” cannot be read (%s): nothing was recorded."),
                 name,
                 problem->message);
    return NULL;
  }
  return wb_register_attach_within (self,
                                    case_ref,
                                    item->id,
                                    name,
                                    G_INPUT_STREAM (stream),
                                    0,
                                    item->fields,
                                    NULL,
                                    NULL,
                                    NULL,
                                    error);
}

static WbRecord *
record_item (WbRegister *self,
             const WbRecordItem *item,
             GHashTable *handles,
             const char *folder,
             GError **error)
{
  const char *target = lookup (handles, item->decide != NULL ? item->decide : item->change, error);
  const char *case_ref = lookup (handles, item->case_ref, error);
  g_autoptr (WbRecordRow) row = NULL;
  const WbRecordType *type;

  if ((item->type == NULL && target == NULL) || (item->case_ref != NULL && case_ref == NULL))
    return NULL;
  if (item->decide != NULL)
    return wb_register_decide_within (self, target, item->approve, item->reason, error);
  if (target != NULL) {
    row = wb_register_find_row (self, target, error);
    if (row == NULL)
      return NULL;
  }
  type = wb_model_find_type (self->model, row != NULL ? row->type : item->type);
  if (!put_handles (handles, item->fields, type, error))
    return NULL;
  if (target != NULL)
    return wb_register_change_within (self, target, item->fields, item->reason, error);
  if (item->file != NULL)
    return attach_item (self, item, case_ref, folder, error);
  return wb_register_record_within (self,
                                    item->type,
                                    item->id,
                                    case_ref,
                                    item->fields,
                                    item->reason,
                                    error);
}

static const WbRecordType *
type_of_item (WbRegister *self, const WbRecordItem *item, GHashTable *handles)
{
  const char *target = item->change != NULL ? lookup (handles, item->change, NULL) : NULL;
  g_autoptr (WbRecordRow) row = target != NULL ? wb_register_find_row (self, target, NULL) : NULL;

  return wb_model_find_type (self->model,
                             row != NULL          ? row->type
                             : item->type != NULL ? item->type
                                                  : "");
}

/* A refusal begins with the field's label, as a form shows it; a file has its name. */
static void
name_field (WbRegister *self, const WbRecordItem *item, GHashTable *handles, GError **error)
{
  const WbRecordType *type = type_of_item (self, item, handles);
  g_autoptr (GList) names = item->fields != NULL ? json_object_get_members (item->fields) : NULL;

  if (error == NULL || type == NULL || !g_error_matches (*error, WB_ERROR, WB_ERROR_INVALID))
    return;
  for (GList *l = names; l != NULL; l = l->next) {
    const WbField *field = wb_record_type_find_field (type, l->data);
    g_autofree char *quoted =
        field != NULL ? g_strdup_printf ("“%s”", field->label[wb_language_current ()]) : NULL;

    if (quoted != NULL && g_str_has_prefix ((*error)->message, quoted)) {
      /* TRANSLATORS: the name of a field in a file; a sentence about it follows. */
      g_prefix_error (error, _ ("Field “%s”: "), field->name);
      return;
    }
  }
}

/**
 * wb_register_record_items:
 * @self: an open register
 * @items: (element-type WbRecordItem): from wb_record_file_parse()
 * @folder: (nullable): where paths of evidence start
 * @error: return location for an error, prefixed with the item's number and the field's name
 *
 * All items or none. What a rule refuses is logged as such.
 *
 * Returns: (transfer full) (element-type WbRecord): the records as they stand, in order
 */
GPtrArray *
wb_register_record_items (WbRegister *self, GPtrArray *items, const char *folder, GError **error)
{
  g_autoptr (GHashTable) handles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  g_autoptr (WbChange) change = wb_change_begin (self, error);

  if (change == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++) {
    const WbRecordItem *item = g_ptr_array_index (items, i);
    WbRecord *record = record_item (self, item, handles, folder, error);

    if (record == NULL) {
      g_clear_pointer (&change, wb_change_free);
      wb_register_log_refusal (self);
      name_field (self, item, handles, error);
      if (items->len > 1)
        g_prefix_error (error, _ ("Item %u: "), i + 1);
      return NULL;
    }
    if (item->handle != NULL)
      g_hash_table_insert (handles, g_strdup (item->handle), g_strdup (record->id));
    g_ptr_array_add (records, record);
  }
  return wb_change_commit (change, error) ? g_steal_pointer (&records) : NULL;
}
