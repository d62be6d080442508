/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where we are in a JSON file, for messages: "triggers.json: /clocks/3/when/0: ...". */
typedef struct {
  const char *file;
  const char *pointer;
} WbPlace;

/* All set WB_ERROR_INVALID with the place and return FALSE or NULL where the shape is wrong. */
JsonNode *wb_shape_parse (GBytes *data, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_shape_refuse (const WbPlace *place, const char *what, GError **error);
gboolean wb_shape_only (JsonObject *object,
                        const WbPlace *place,
                        const char *const *members,
                        GError **error);
JsonObject *wb_shape_object (JsonNode *node, const WbPlace *place, GError **error);
JsonArray *wb_shape_array (JsonNode *node, const WbPlace *place, GError **error);
const char *wb_shape_text (JsonNode *node, const WbPlace *place, GError **error);
gboolean wb_shape_boolean (JsonObject *object,
                           const WbPlace *place,
                           const char *member,
                           gboolean *ret_value,
                           GError **error);
gboolean wb_shape_integer (JsonObject *object,
                           const WbPlace *place,
                           const char *member,
                           int minimum,
                           int maximum,
                           int *ret_value,
                           GError **error);
/* "/clocks" + "3" */
char *wb_shape_join (const char *pointer, const char *member);
char *wb_shape_join_index (const char *pointer, guint index);
char **wb_shape_texts (JsonObject *object, const char *member, const WbPlace *place, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
