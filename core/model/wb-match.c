/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether the values of a record are as the workflow says. */
#include "wb-workflow.h"

#include <string.h>

#define ANY "*"
#define NONE "-"
#define SAME '='

static gboolean
is_empty (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  return json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0';
}

/* A text, true or false as a word, a number; NULL for anything else. */
static char *
dup_word (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_node_get_value_type (node) == G_TYPE_INT64
             ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node))
             : NULL;
}

static gboolean
holds_word (JsonNode *node, const char *word)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *own = array == NULL ? dup_word (node) : NULL;

  if (array == NULL)
    return g_strcmp0 (own, word) == 0;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *element = dup_word (json_array_get_element (array, i));

    if (g_strcmp0 (element, word) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
test_one (JsonNode *node, const char *const *among, JsonObject *subject)
{
  gboolean empty = is_empty (node);

  for (guint i = 0; among[i] != NULL; i++) {
    const char *word = among[i];
    JsonNode *same =
        word[0] == SAME && subject != NULL ? json_object_get_member (subject, word + 1) : NULL;

    if (strcmp (word, NONE) == 0 ? empty : strcmp (word, ANY) == 0 && !empty)
      return TRUE;
    if (empty || strcmp (word, NONE) == 0)
      continue;
    if (word[0] == SAME ? same != NULL && json_node_equal (same, node) : holds_word (node, word))
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_match_test:
 * @matches: (element-type WbMatch): what must hold, all of it
 * @values: fields of a record
 * @subject: (nullable): fields of the record of the act, which "=name" looks at
 *
 * What a record does not say is not among any values; a boolean that was never set is no "false".
 *
 * Returns: whether all of it holds
 */
gboolean
wb_match_test (GPtrArray *matches, JsonObject *values, JsonObject *subject)
{
  for (guint i = 0; i < matches->len; i++) {
    const WbMatch *match = g_ptr_array_index (matches, i);

    if (!test_one (json_object_get_member (values, match->field),
                   (const char *const *) match->values,
                   subject))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_match_value:
 * @values: fields of a record
 * @field: one of them
 * @among: values, "*" for any, "-" for none, "=name" for what another field of it holds
 *
 * Returns: whether the field holds one of them
 */
gboolean
wb_match_value (JsonObject *values, const char *field, const char *const *among)
{
  return test_one (json_object_get_member (values, field), among, values);
}
