/* SPDX-License-Identifier: EUPL-1.2 */

/* Documents of the projection, {"field": {"entry": 42, "value": …}}, and how an act changes them.
 */
#include "wb-source-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

JsonObject *
wb_doc_parse (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    if (error != NULL && *error == NULL)
      g_set_error_literal (error,
                           WB_ERROR,
                           WB_ERROR_DAMAGED,
                           _ ("A record in the store is damaged: rebuild the register."));
    return NULL;
  }
  return json_object_ref (json_node_get_object (node));
}

char *
wb_doc_format (JsonObject *doc)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), doc);

  return wb_json_compact (node);
}

/* A field that another log wrote too and that is empty now: its history has to stay. */
gboolean
wb_doc_is_cleared (JsonObject *doc, const char *name)
{
  return JSON_NODE_HOLDS_NULL (
      json_object_get_member (json_object_get_object_member (doc, name), "value"));
}

JsonObject *
wb_doc_values (JsonObject *doc)
{
  JsonObject *values = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, doc);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    JsonNode *value = json_object_get_member (json_node_get_object (member), "value");

    if (!JSON_NODE_HOLDS_NULL (value)) /* cleared, where another log wrote it too */
      json_object_set_member (values, name, json_node_copy (value));
  }
  return values;
}

static void
set_field (JsonObject *doc, const char *name, JsonNode *value, guint64 entry)
{
  JsonObject *member;

  if (JSON_NODE_HOLDS_NULL (value)) {
    if (json_object_has_member (doc, name))
      json_object_remove_member (doc, name);
    return;
  }
  member = json_object_new ();
  json_object_set_int_member (member, "entry", (gint64) entry);
  json_object_set_member (member, "value", json_node_copy (value));
  json_object_set_object_member (doc, name, member);
}

/* What an act of another log, or of ours on what another wrote, had before it. */
static JsonArray *
find_over (JsonObject *act, const char *name)
{
  JsonNode *over = json_object_get_member (act, WB_ACT_OVER);
  JsonNode *of = over != NULL && JSON_NODE_HOLDS_OBJECT (over)
                     ? json_object_get_member (json_node_get_object (over), name)
                     : NULL;

  return of != NULL && JSON_NODE_HOLDS_ARRAY (of) ? json_node_get_array (of) : NULL;
}

/* Writes one field; returns what is shown of it afterwards, NULL where nothing is. */
static JsonNode *
write_field (WbRegister *reg,
             JsonObject *doc,
             const char *name,
             JsonNode *value,
             const WbEntry *entry,
             const WbSource *source,
             JsonArray *over)
{
  if (source == NULL && !wb_heads_are_kept (doc, name))
    set_field (doc, name, value, entry->number);
  else
    wb_heads_write (reg, doc, name, value, entry, source, over);
  return json_object_has_member (doc, name)
             ? json_object_get_member (json_object_get_object_member (doc, name), "value")
             : NULL;
}

/**
 * wb_doc_merge:
 * @reg: an open register
 * @type: the record's type
 * @act: the lines of an act, by name
 * @entry: the act; with the other's time and author where it was taken in
 * @source: (nullable): whence it was taken in
 * @doc: the record's document; changed
 * @apart: that of what is held apart; changed
 *
 * Splits an act's fields over the two documents.
 *
 * Returns: (transfer full): what the act comes to: what is shown of its fields then, and its other
 *   lines
 */
JsonObject *
wb_doc_merge (WbRegister *reg,
              const WbRecordType *type,
              JsonObject *act,
              const WbEntry *entry,
              const WbSource *source,
              JsonObject *doc,
              JsonObject *apart)
{
  JsonObject *effect = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, act);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    const WbField *field = wb_record_type_find_field (type, name);
    JsonNode *shown = value;

    if (field != NULL)
      shown = write_field (reg,
                           wb_field_is_apart (field) ? apart : doc,
                           name,
                           value,
                           entry,
                           source,
                           find_over (act, name));
    if (shown != NULL)
      json_object_set_member (effect, name, json_node_copy (shown));
    else
      json_object_set_null_member (effect, name);
  }
  return effect;
}
