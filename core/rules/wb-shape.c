/* SPDX-License-Identifier: EUPL-1.2 */

/* Checks that JSON of our own kind has the shape that its reader expects, and says where not. */
#include "wb-shape-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define SIZE_MAX_JSON (1024 * 1024) /* ours are under 40 KiB */

/**
 * wb_shape_parse:
 * @data: JSON
 * @file: its name, for messages
 * @error: return location for an error
 *
 * Returns: (transfer full): the root; %NULL with %WB_ERROR_INVALID or %WB_ERROR_TOO_LARGE, the
 *   message of which names file, line and column
 */
JsonNode *
wb_shape_parse (GBytes *data, const char *file, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) inner = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (data, &size);

  if (size > SIZE_MAX_JSON) {
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_LARGE, _ ("%s is too large."), file);
    return NULL;
  }
  if (size == 0 || !json_parser_load_from_data (parser, bytes, (gssize) size, &inner) ||
      json_parser_get_root (parser) == NULL) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is not JSON: %s"),
                 file,
                 inner != NULL ? inner->message : _ ("it is empty."));
    return NULL;
  }
  return json_parser_steal_root (parser);
}

/**
 * wb_shape_refuse:
 * @place: where
 * @what: what is wrong, a sentence
 * @error: return location for the error
 *
 * Returns: %FALSE, always
 */
gboolean
wb_shape_refuse (const WbPlace *place, const char *what, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               "%s: %s: %s",
               place->file,
               place->pointer[0] != '\0' ? place->pointer : "/",
               what);
  return FALSE;
}

/**
 * wb_shape_only:
 * @object: an object
 * @place: where it stands
 * @members: (array zero-terminated=1): names that it may have
 * @error: return location for an error
 *
 * Returns: %FALSE where it has another member: a misspelt one must not be passed over
 */
gboolean
wb_shape_only (JsonObject *object, const WbPlace *place, const char *const *members, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL)) {
    g_autofree char *what = NULL;

    if (g_strv_contains (members, name))
      continue;
    what = g_strdup_printf (_ ("\"%s\" is not known here."), name);
    return wb_shape_refuse (place, what, error);
  }
  return TRUE;
}

/**
 * wb_shape_object:
 * @node: (nullable): a value
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer none): the object
 */
JsonObject *
wb_shape_object (JsonNode *node, const WbPlace *place, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  wb_shape_refuse (place, _ ("an object is needed here."), error);
  return NULL;
}

/**
 * wb_shape_array:
 * @node: (nullable): a value
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer none): the array
 */
JsonArray *
wb_shape_array (JsonNode *node, const WbPlace *place, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  wb_shape_refuse (place, _ ("a list is needed here."), error);
  return NULL;
}

/**
 * wb_shape_text:
 * @node: (nullable): a value
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer none): the text, not empty
 */
const char *
wb_shape_text (JsonNode *node, const WbPlace *place, GError **error)
{
  const char *text = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  if (text != NULL && text[0] != '\0')
    return text;
  wb_shape_refuse (place, _ ("a text is needed here."), error);
  return NULL;
}

/**
 * wb_shape_boolean:
 * @object: an object
 * @place: where it stands
 * @member: name of a member; absent leaves @ret_value as it is
 * @ret_value: (inout): its value
 * @error: return location for an error
 *
 * Returns: %FALSE where the member is no true or false
 */
gboolean
wb_shape_boolean (JsonObject *object,
                  const WbPlace *place,
                  const char *member,
                  gboolean *ret_value,
                  GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *pointer = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN) {
    pointer = wb_shape_join (place->pointer, member);
    return wb_shape_refuse (&(WbPlace){ place->file, pointer },
                            _ ("true or false is needed here."),
                            error);
  }
  *ret_value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * wb_shape_integer:
 * @object: an object
 * @place: where it stands
 * @member: name of a member; absent leaves @ret_value as it is
 * @minimum: the least it may be
 * @maximum: the most it may be
 * @ret_value: (inout): its value
 * @error: return location for an error
 *
 * Returns: %FALSE where the member is no whole number within these
 */
gboolean
wb_shape_integer (JsonObject *object,
                  const WbPlace *place,
                  const char *member,
                  int minimum,
                  int maximum,
                  int *ret_value,
                  GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *pointer = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < minimum || json_node_get_int (node) > maximum) {
    pointer = wb_shape_join (place->pointer, member);
    return wb_shape_refuse (&(WbPlace){ place->file, pointer },
                            _ ("a whole number within its limits is needed here."),
                            error);
  }
  *ret_value = (int) json_node_get_int (node);
  return TRUE;
}

char *
wb_shape_join (const char *pointer, const char *member)
{
  return g_strconcat (pointer, "/", member, NULL);
}

char *
wb_shape_join_index (const char *pointer, guint index)
{
  return g_strdup_printf ("%s/%u", pointer, index);
}

/**
 * wb_shape_texts:
 * @object: an object
 * @member: the name of a list in it
 * @place: where the object stands
 * @error: return location for an error
 *
 * Returns: (transfer full): the list's texts, empty where it is not there; %NULL with
 *   %WB_ERROR_INVALID
 */
char **
wb_shape_texts (JsonObject *object, const char *member, const WbPlace *place, GError **error)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  JsonArray *array;

  if (!json_object_has_member (object, member))
    return g_strv_builder_end (list);
  array = wb_shape_array (json_object_get_member (object, member), &here, error);
  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    const char *text = wb_shape_text (json_array_get_element (array, i), &here, error);

    if (text == NULL)
      return NULL;
    g_strv_builder_add (list, text);
  }
  return g_strv_builder_end (list);
}
