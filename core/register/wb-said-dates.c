/* SPDX-License-Identifier: EUPL-1.2 */

/* Dates typed in words: made into moments before anything else judges the fields, so that the log
 * holds the date and the words. */
#include "wb-register-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_copy (value));
  return copy;
}

/* What happened is told as of the day on which it was told, if that is given along; anything else
 * as of now. */
static WbInstant
find_base (WbRegister *self, const WbField *field, JsonObject *fields)
{
  gboolean of_event = strcmp (field->name, "when") == 0 || strcmp (field->name, "until") == 0;
  JsonNode *node = of_event ? json_object_get_member (fields, "received") : NULL;
  g_autoptr (WbMoment) received = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    received =
        wb_moment_parse_said (json_node_get_string (node), self->zone, wb_clock_now (), NULL);
  else if (node != NULL)
    received = wb_moment_parse (node, self->zone, NULL);
  if (received == NULL || received->precision < WB_PRECISION_DAY || received->about)
    return wb_clock_now ();
  return MIN (received->latest, wb_clock_now ());
}

static gboolean
is_said (const WbField *field, JsonNode *value, const WbZone *zone)
{
  g_autoptr (WbMoment) moment = NULL;

  if (field == NULL || field->type != WB_FIELD_MOMENT || !JSON_NODE_HOLDS_VALUE (value) ||
      json_node_get_value_type (value) != G_TYPE_STRING)
    return FALSE;
  moment = wb_moment_parse_text (json_node_get_string (value), zone, NULL);
  return moment == NULL;
}

/**
 * wb_said_dates_read:
 * @self: an open register
 * @type: (nullable): of the record
 * @fields: what a person or a file gives
 * @error: return location for an error; %WB_ERROR_INVALID names the field
 *
 * Returns: (transfer full): @fields, in which "last Friday evening" has become a moment that keeps
 *   these words
 */
JsonObject *
wb_said_dates_read (WbRegister *self, const WbRecordType *type, JsonObject *fields, GError **error)
{
  g_autoptr (JsonObject) read = NULL;
  g_autoptr (GList) names = json_object_get_members (fields);

  for (GList *l = names; l != NULL && type != NULL; l = l->next) {
    const WbField *field = wb_record_type_find_field (type, l->data);
    JsonNode *value = json_object_get_member (fields, l->data);
    g_autoptr (WbMoment) moment = NULL;

    if (!is_said (field, value, self->zone))
      continue;
    moment = wb_moment_parse_said (json_node_get_string (value),
                                   self->zone,
                                   find_base (self, field, fields),
                                   error);
    if (moment == NULL) {
      g_prefix_error (error, _ ("“%s”: "), field->label[wb_language_current ()]);
      return NULL;
    }
    if (read == NULL)
      read = copy_object (fields);
    json_object_set_member (read, field->name, wb_moment_to_json (moment));
  }
  return read != NULL ? g_steal_pointer (&read) : json_object_ref (fields);
}
