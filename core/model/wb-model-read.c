/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the members of a model file's objects, so that every mistake is told with the file, the
 * line and the place. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-json.h"

/* Always FALSE, so that a caller can return it. */
gboolean
wb_model_refuse (const WbModelFile *file, const char *path, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               /* TRANSLATORS: file name, line, place such as /types/0/fields/3, what is wrong. */
               _ ("%s, line %u (%s): %s"),
               file->name,
               wb_json_get_line (file->lines, path),
               *path != '\0' ? path : "/",
               what);
  return FALSE;
}

gboolean
wb_model_check_members (const WbModelFile *file,
                        const char *path,
                        JsonObject *object,
                        const char *const *allowed,
                        GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (allowed, l->data))
      return wb_model_refuse (file,
                              path,
                              error,
                              _ ("“%s” is not known here: check the spelling."),
                              (char *) l->data);
  return TRUE;
}

/* NULL with *ret_ok TRUE where the member may be left out and is. */
char *
wb_model_read_string (const WbModelFile *file,
                      const char *path,
                      JsonObject *object,
                      const char *member,
                      gboolean required,
                      gboolean *ret_ok,
                      GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = NULL;

  *ret_ok = FALSE;
  if (node == NULL) {
    if (required)
      wb_model_refuse (file, path, error, _ ("“%s” is missing."), member);
    else
      *ret_ok = TRUE;
    return NULL;
  }
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  if (text == NULL || *text == '\0') {
    wb_model_refuse (file, path, error, _ ("“%s” must be text."), member);
    return NULL;
  }
  *ret_ok = TRUE;
  return g_strdup (text);
}

gboolean
wb_model_read_boolean (const WbModelFile *file,
                       const char *path,
                       JsonObject *object,
                       const char *member,
                       gboolean otherwise,
                       gboolean *ret_value,
                       GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return wb_model_refuse (file, path, error, _ ("“%s” must be true or false."), member);
  *ret_value = node != NULL ? json_node_get_boolean (node) : otherwise;
  return TRUE;
}

gboolean
wb_model_read_labels (const WbModelFile *file,
                      const char *path,
                      JsonObject *object,
                      const char *member,
                      gboolean required,
                      char *ret_labels[2],
                      GError **error)
{
  static const char *const languages[] = { "nl", "en", NULL };
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *below = g_strdup_printf ("%s/%s", path, member);
  g_autofree char *nl = NULL;
  g_autofree char *en = NULL;
  gboolean ok;

  if (node == NULL)
    return !required || wb_model_refuse (file, path, error, _ ("“%s” is missing."), member);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wb_model_refuse (file, path, error, _ ("“%s” must be {\"nl\", \"en\"}."), member);
  object = json_node_get_object (node);
  if (!wb_model_check_members (file, below, object, languages, error))
    return FALSE;
  nl = wb_model_read_string (file, below, object, "nl", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  en = wb_model_read_string (file, below, object, "en", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  ret_labels[WB_LANGUAGE_NL] = g_steal_pointer (&nl);
  ret_labels[WB_LANGUAGE_EN] = g_steal_pointer (&en);
  return TRUE;
}

JsonArray *
wb_model_read_array (const WbModelFile *file,
                     const char *path,
                     JsonObject *object,
                     const char *member,
                     GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)) {
    wb_model_refuse (file, path, error, _ ("“%s” must be a list."), member);
    return NULL;
  }
  return json_node_get_array (node);
}

JsonObject *
wb_model_read_element (const WbModelFile *file,
                       const char *path,
                       JsonArray *array,
                       guint index,
                       GError **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    wb_model_refuse (file, path, error, _ ("an object is needed here."));
    return NULL;
  }
  return json_node_get_object (node);
}
