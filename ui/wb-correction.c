/* SPDX-License-Identifier: EUPL-1.2 */

/* From a form as it was filled and as it is now to the fields that an act of correction sets. */
#include "wb-correction.h"

JsonObject *
wb_correction_new (JsonObject *before, JsonObject *after)
{
  JsonObject *fields = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, after);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    JsonNode *earlier = json_object_get_member (before, name);

    if (earlier == NULL || !json_node_equal (earlier, value))
      json_object_set_member (fields, name, json_node_copy (value));
  }
  json_object_iter_init_ordered (&iter, before);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!json_object_has_member (after, name))
      json_object_set_null_member (fields, name);
  return fields;
}
