/* SPDX-License-Identifier: EUPL-1.2 */

/* What records are called where others point at them, and the cases that can be pointed at. */
#include "wb-record-name.h"

#include <string.h>

#include "wb-error.h"

#define NAMES_MAX 500 /* of one case; what lies beyond keeps its UUID */
#define FOUND_MAX 200 /* nobody reads further: another word narrows it down */

void
wb_record_name_free (WbRecordName *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->status);
  g_free (self);
}

/**
 * wb_record_name_to_words:
 * @self: a name
 *
 * Returns: (transfer full): reference and, of a case with one, title
 */
char *
wb_record_name_to_words (const WbRecordName *self)
{
  if (self->title == NULL || *self->title == '\0')
    return g_strdup (self->reference);
  return g_strdup_printf ("%s – %s", self->reference, self->title);
}

/**
 * wb_record_names_new:
 *
 * Returns: (transfer full) (element-type utf8 WbRecordName): names by UUID, none yet
 */
GHashTable *
wb_record_names_new (void)
{
  return g_hash_table_new_full (g_str_hash,
                                g_str_equal,
                                NULL, /* the name's own */
                                (GDestroyNotify) wb_record_name_free);
}

static char *
dup_text (const WbRecord *record, const char *field)
{
  JsonNode *node = json_object_get_member (record->fields, field);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

static WbRecordName *
name_of (const WbRecord *record)
{
  WbRecordName *self = g_new0 (WbRecordName, 1);
  gboolean is_case = g_str_equal (record->type, "case");

  self->id = g_strdup (record->id);
  self->type = g_strdup (record->type);
  self->reference = g_strdup (record->reference);
  self->title = is_case ? dup_text (record, "title") : NULL;
  self->status = is_case ? dup_text (record, "status") : NULL;
  return self;
}

static gboolean
is_known (GPtrArray *known, const char *id)
{
  for (guint i = 0; known != NULL && i < known->len; i++)
    if (g_str_equal (((const WbRecord *) g_ptr_array_index (known, i))->id, id))
      return TRUE;
  return FALSE;
}

/* What is not there (any more) has no name; that is no failure. */
static gboolean
add_name (WbRegister *self, JsonNode *node, GPtrArray *known, GHashTable *names, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbRecord) record = NULL;
  const char *id;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return TRUE;
  id = json_node_get_string (node);
  if (g_hash_table_size (names) >= NAMES_MAX || g_hash_table_contains (names, id) ||
      is_known (known, id))
    return TRUE;
  record = wb_register_read (self, id, FALSE, NULL, &problem);
  if (record != NULL) {
    WbRecordName *name = name_of (record);

    g_hash_table_insert (names, name->id, name);
    return TRUE;
  }
  if (g_error_matches (problem, WB_ERROR, WB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
add_names (WbRegister *self, JsonNode *node, GPtrArray *known, GHashTable *names, GError **error)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_VALUE (node))
    return add_name (self, node, known, names, error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return TRUE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (element) && !add_name (self, element, known, names, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_register_add_names:
 * @self: an open register
 * @type: of the record
 * @fields: its values
 * @known: (nullable) (element-type WbRecord): that need no name
 * @names: (element-type utf8 WbRecordName): by UUID; what is missing is added
 * @error: return location for an error
 *
 * Leaves no entry: no identity is read.
 */
gboolean
wb_register_add_names (WbRegister *self,
                       const char *type,
                       JsonObject *fields,
                       GPtrArray *known,
                       GHashTable *names,
                       GError **error)
{
  const WbRecordType *of = wb_model_find_type (wb_register_get_model (self), type);

  for (guint i = 0; of != NULL && i < of->fields->len; i++) {
    const WbField *field = g_ptr_array_index (of->fields, i);
    JsonNode *value = json_object_get_member (fields, field->name);

    if ((field->type == WB_FIELD_RECORD || field->type == WB_FIELD_RECORDS) && value != NULL &&
        !add_names (self, value, known, names, error))
      return FALSE;
  }
  return TRUE;
}

static WbRecordName *
name_of_row (const WbCaseRow *row)
{
  WbRecordName *self = g_new0 (WbRecordName, 1);

  self->id = g_strdup (row->id);
  self->type = g_strdup ("case");
  self->reference = g_strdup (row->reference);
  self->title = g_strdup (row->title);
  self->status = g_strdup (row->status);
  return self;
}

/* What is typed as a reference, whole or as on a slip ("2026-0003"), comes first. */
static void
add_exact (WbRegister *self, const char *words, const char *except, GPtrArray *found)
{
  g_autofree char *reference = g_strstrip (g_strdup (words));
  g_autoptr (WbRecord) record = NULL;

  if (*reference == '\0')
    return;
  record = wb_register_read (self, reference, FALSE, NULL, NULL);
  if (record != NULL && g_str_equal (record->type, "case") && g_strcmp0 (record->id, except) != 0)
    g_ptr_array_add (found, name_of (record));
}

static gboolean
is_found (GPtrArray *found, const char *id)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (((const WbRecordName *) g_ptr_array_index (found, i))->id, id))
      return TRUE;
  return FALSE;
}

/**
 * wb_register_find_cases:
 * @self: an open register
 * @words: (nullable): what was typed so far: a reference, or the beginnings of words
 * @except: (nullable): UUID of a case that is not meant
 * @limit: at most so many, and never more than 200
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbRecordName): what fits, latest changed first
 */
GPtrArray *
wb_register_find_cases (WbRegister *self,
                        const char *words,
                        const char *except,
                        guint limit,
                        GError **error)
{
  const WbCaseQuery query = { .words = words != NULL && *words != '\0' ? words : NULL,
                              .sort = WB_CASE_SORT_CHANGED,
                              .descending = TRUE };
  guint most = MIN (limit, FOUND_MAX);
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_name_free);
  g_autoptr (GPtrArray) rows = wb_register_list_cases (self, &query, 0, most + 1, error);

  if (rows == NULL)
    return NULL;
  if (query.words != NULL)
    add_exact (self, words, except, found);
  for (guint i = 0; i < rows->len && found->len < most; i++) {
    const WbCaseRow *row = g_ptr_array_index (rows, i);

    if (g_strcmp0 (row->id, except) != 0 && !is_found (found, row->id))
      g_ptr_array_add (found, name_of_row (row));
  }
  return g_steal_pointer (&found);
}
