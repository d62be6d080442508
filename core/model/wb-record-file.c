/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON files that `record` reads (docs/record-file.md). Judges their form: which members an
 * item has and of what type. Which fields exist and what they may hold is for wb_model_check(). */
#include "wb-record-file.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-uuid.h"

#define TEXT_MAX 4096 /* of a reason, a path, a reference */
#define HANDLE_MAX 64
#define TYPE_MAX 32

/* Which item is being read, for messages: its number and line. */
typedef struct {
  guint number;
  guint line;
} Place;

/**
 * wb_record_item_free:
 * @self: (nullable): an item
 */
void
wb_record_item_free (WbRecordItem *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->change);
  g_free (self->decide);
  g_free (self->id);
  g_free (self->handle);
  g_free (self->case_ref);
  g_free (self->reason);
  g_free (self->file);
  g_clear_pointer (&self->fields, json_object_unref);
  g_free (self);
}

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const Place *place, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               /* TRANSLATORS: number of an item in a file, its line, then what is wrong. */
               _ ("Item %u (line %u): %s"),
               place->number,
               place->line,
               what);
  return FALSE;
}

static gboolean
read_text (JsonObject *object,
           const char *member,
           const Place *place,
           char **ret_text,
           GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = NULL;

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  if (text == NULL || *text == '\0')
    return refuse (place, error, _ ("“%s” must be text."), member);
  if (strlen (text) > TEXT_MAX)
    return refuse (place, error, _ ("“%s” is too long: shorten it."), member);
  *ret_text = g_strdup (text);
  return TRUE;
}

static gboolean
check_members (JsonObject *object, const Place *place, GError **error)
{
  static const char *const allowed[] = { "type", "change", "id",     "handle",  "case", "reason",
                                         "file", "fields", "decide", "approve", NULL };
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (allowed, l->data))
      return refuse (place,
                     error,
                     _ ("a member is none of type, change, decide, approve, id, handle, case, "
                        "reason, file and fields: check the spelling, or put it inside “fields”."));
  return TRUE;
}

static gboolean
is_word (const char *text, gsize max)
{
  gsize length = strlen (text);

  return length >= 1 && length <= max &&
         strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
             length;
}

/* A path that stays in the folder of the JSON file. */
static gboolean
is_inside (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  if (g_path_is_absolute (path) || strchr (path, '\\') != NULL)
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0 || strcmp (parts[i], "..") == 0)
      return FALSE;
  return TRUE;
}

static gboolean
check_texts (const WbRecordItem *item, const Place *place, GError **error)
{
  guint n = (item->type != NULL) + (item->change != NULL) + (item->decide != NULL);

  if (n != 1)
    return refuse (place,
                   error,
                   _ ("give one of “type”, for a new record, “change”, for an existing one, and "
                      "“decide”, for a decision that somebody else proposed."));
  if (item->type != NULL && !is_word (item->type, TYPE_MAX))
    return refuse (place, error, _ ("“type” must be the name of a record type."));
  if (item->id != NULL && !wb_uuid_is_valid (item->id))
    return refuse (place, error, _ ("“id” must be a UUID of version 7, in lower case."));
  if (item->handle != NULL && (item->handle[0] != '@' || !is_word (item->handle + 1, HANDLE_MAX)))
    return refuse (place, error, _ ("“handle” must be a “@” with letters and digits after it."));
  if (item->type == NULL &&
      (item->id != NULL || item->handle != NULL || item->case_ref != NULL || item->file != NULL))
    return refuse (
        place,
        error,
        _ ("a change takes only “reason” and “fields”, a decision “approve” and “reason”."));
  if (item->file != NULL && !is_inside (item->file))
    return refuse (place,
                   error,
                   _ ("“file” must be a path below the folder of this file, without “..”."));
  return TRUE;
}

static gboolean
read_approve (JsonObject *object, WbRecordItem *item, const Place *place, GError **error)
{
  JsonNode *node = json_object_get_member (object, "approve");

  if (json_object_has_member (object, "fields") || node == NULL ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (place, error, _ ("a decision needs “approve”, true or false, and no “fields”."));
  item->approve = json_node_get_boolean (node);
  item->fields = json_object_new ();
  return TRUE;
}

static gboolean
read_fields (JsonObject *object, WbRecordItem *item, const Place *place, GError **error)
{
  JsonNode *node = json_object_get_member (object, "fields");

  if (item->decide != NULL)
    return read_approve (object, item, place, error);
  if (node == NULL && item->file != NULL) {
    item->fields = json_object_new ();
    return TRUE;
  }
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (place, error, _ ("“fields” must be an object with names and values."));
  item->fields = json_object_ref (json_node_get_object (node));
  return TRUE;
}

static WbRecordItem *
read_item (JsonNode *node, const Place *place, GError **error)
{
  g_autoptr (WbRecordItem) item = g_new0 (WbRecordItem, 1);
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    refuse (place, error, _ ("an object is needed here."));
    return NULL;
  }
  object = json_node_get_object (node);
  if (!check_members (object, place, error) ||
      !read_text (object, "type", place, &item->type, error) ||
      !read_text (object, "change", place, &item->change, error) ||
      !read_text (object, "decide", place, &item->decide, error) ||
      !read_text (object, "id", place, &item->id, error) ||
      !read_text (object, "handle", place, &item->handle, error) ||
      !read_text (object, "case", place, &item->case_ref, error) ||
      !read_text (object, "reason", place, &item->reason, error) ||
      !read_text (object, "file", place, &item->file, error) || !check_texts (item, place, error) ||
      !read_fields (object, item, place, error))
    return NULL;
  return g_steal_pointer (&item);
}

/* What is given twice in one file would make two acts on one thing, or a handle with two meanings.
 */
static gboolean
check_unique (GHashTable *seen, const char *name, const Place *place, GError **error)
{
  if (name == NULL || g_hash_table_add (seen, (gpointer) name))
    return TRUE;
  return refuse (place, error, _ ("its “id” or “handle” is used by an earlier item."));
}

/* A handle that no earlier item carries cannot be resolved. */
static gboolean
check_known (GHashTable *seen, const char *reference, const Place *place, GError **error)
{
  if (reference == NULL || reference[0] != '@' || g_hash_table_contains (seen, reference))
    return TRUE;
  return refuse (place, error, _ ("it names an “@” handle that no earlier item has."));
}

static GPtrArray *
read_items (JsonArray *array, GHashTable *lines, const char *path, GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_item_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = path != NULL ? g_strdup_printf ("%s/%u", path, i) : g_strdup ("");
    Place place = { i + 1, wb_json_get_line (lines, at) };
    g_autoptr (WbRecordItem) item = read_item (json_array_get_element (array, i), &place, error);

    if (item == NULL || !check_known (seen, item->case_ref, &place, error) ||
        !check_known (seen, item->change, &place, error) ||
        !check_known (seen, item->decide, &place, error) ||
        !check_unique (seen, item->id, &place, error) ||
        !check_unique (seen, item->handle, &place, error))
      return NULL;
    g_ptr_array_add (items, g_steal_pointer (&item));
  }
  return g_steal_pointer (&items);
}

/* The items as a list, whichever of the three forms the file has; *ret_path is NULL where the file
 * is one item itself. */
static JsonArray *
find_list (JsonNode *root, const char **ret_path, GError **error)
{
  JsonObject *object;
  JsonArray *alone;
  JsonNode *list;

  *ret_path = "";
  if (JSON_NODE_HOLDS_ARRAY (root))
    return json_array_ref (json_node_get_array (root));
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The file must hold a record, a list of records or “records”."));
    return NULL;
  }
  object = json_node_get_object (root);
  list = json_object_get_member (object, "records");
  if (list == NULL) {
    *ret_path = NULL;
    alone = json_array_new ();
    json_array_add_element (alone, json_node_copy (root));
    return alone;
  }
  *ret_path = "/records";
  if (!JSON_NODE_HOLDS_ARRAY (list) || json_object_get_size (object) != 1) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_INVALID,
        _ ("“records” must be a list, and nothing else may stand beside it in the file."));
    return NULL;
  }
  return json_array_ref (json_node_get_array (list));
}

static gboolean
check_count (JsonArray *array, GError **error)
{
  guint n = json_array_get_length (array);

  if (n >= 1 && n <= WB_RECORD_ITEMS_MAX)
    return TRUE;
  if (n == 0)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The file holds no record: add at least one."));
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_TOO_LARGE,
                 _ ("The file holds more than %d records: split it."),
                 WB_RECORD_ITEMS_MAX);
  return FALSE;
}

/**
 * wb_record_file_parse:
 * @json: the bytes of the file
 * @error: return location for an error
 *
 * Reads what a person or another program wrote. Fails with WB_ERROR_TOO_LARGE for more than
 * WB_RECORD_FILE_MAX bytes or WB_RECORD_ITEMS_MAX items, with WB_ERROR_DAMAGED for bytes that are
 * not UTF-8, else with WB_ERROR_INVALID; the sentence names the item or the line and never repeats
 * a value.
 *
 * Returns: (transfer full) (element-type WbRecordItem): at least one item
 */
GPtrArray *
wb_record_file_parse (GBytes *json, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonArray) array = NULL;
  g_autoptr (GHashTable) lines = NULL;
  gsize size = 0;
  const char *text = g_bytes_get_data (json, &size);
  const char *path = "";

  if (size > WB_RECORD_FILE_MAX) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_TOO_LARGE,
                 _ ("The file is larger than %d MiB: split it, and attach documents with “file”."),
                 WB_RECORD_FILE_MAX / (1024 * 1024));
    return NULL;
  }
  root = wb_json_parse (text, size, &lines, error);
  if (root == NULL)
    return NULL;
  array = find_list (root, &path, error);
  if (array == NULL || !check_count (array, error))
    return NULL;
  return read_items (array, lines, path, error);
}
