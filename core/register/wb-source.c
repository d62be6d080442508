/* SPDX-License-Identifier: EUPL-1.2 */

/* The line of an act that says from which entry of which log its values come. */
#include "wb-source-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define ORIGIN_START "waarborg/"
#define MARK_LENGTH 4

void
wb_source_free (WbSource *self)
{
  if (self == NULL)
    return;
  g_free (self->log);
  g_free (self->leaf);
  g_free (self->author);
  g_free (self->event);
  g_free (self);
}

/**
 * wb_source_of_entry:
 * @entry: an entry of another log
 * @leaf: its leaf hash
 *
 * Returns: (transfer full): what is said of it
 */
WbSource *
wb_source_of_entry (const WbEntry *entry, const WbHash *leaf)
{
  WbSource *self = g_new0 (WbSource, 1);

  self->log = g_strdup (entry->log);
  self->number = entry->number;
  self->leaf = wb_hex_encode (leaf->bytes, sizeof leaf->bytes);
  self->time = entry->time;
  self->author = g_strdup (entry->author);
  self->event = g_strdup (entry->event);
  return self;
}

/**
 * wb_source_to_json:
 * @self: a source
 *
 * Returns: (transfer full): the value of %WB_ACT_SOURCE
 */
JsonNode *
wb_source_to_json (const WbSource *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *time = wb_instant_format (self->time);

  json_object_set_string_member (object, "log", self->log);
  json_object_set_int_member (object, "number", (gint64) self->number);
  json_object_set_string_member (object, "leaf", self->leaf);
  json_object_set_string_member (object, "time", time);
  json_object_set_string_member (object, "author", self->author);
  json_object_set_string_member (object, "event", self->event);
  return json_node_init_object (json_node_alloc (), object);
}

static char *
dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

static gboolean
fill (WbSource *self, JsonObject *object)
{
  JsonNode *number = json_object_get_member (object, "number");
  g_autofree char *time = dup_text (object, "time");

  self->log = dup_text (object, "log");
  self->leaf = dup_text (object, "leaf");
  self->author = dup_text (object, "author");
  self->event = dup_text (object, "event");
  if (number == NULL || !JSON_NODE_HOLDS_VALUE (number) ||
      json_node_get_value_type (number) != G_TYPE_INT64 || json_node_get_int (number) < 0)
    return FALSE;
  self->number = (guint64) json_node_get_int (number);
  return self->log != NULL && self->leaf != NULL && self->author != NULL && self->event != NULL &&
         time != NULL && wb_instant_parse (time, &self->time, NULL);
}

/**
 * wb_source_parse:
 * @act: the lines of an act, by name
 * @error: return location for an error
 *
 * Returns: (transfer full): whence it came
 */
WbSource *
wb_source_parse (JsonObject *act, GError **error)
{
  g_autoptr (WbSource) self = g_new0 (WbSource, 1);
  JsonNode *node = json_object_get_member (act, WB_ACT_SOURCE);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) && fill (self, json_node_get_object (node)))
    return g_steal_pointer (&self);
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("It was taken in from another log, but does not say from where."));
  return NULL;
}

/**
 * wb_source_is_own_body:
 * @reg: an open register
 * @origin: a log's name, waarborg/CODE/MARK
 *
 * Returns: whether that log is one of the same body: a colleague's register
 */
gboolean
wb_source_is_own_body (WbRegister *reg, const char *origin)
{
  g_auto (GStrv) parts = g_strsplit (origin, "/", 3);

  return g_str_has_prefix (origin, ORIGIN_START) && g_strv_length (parts) == 3 &&
         g_str_equal (parts[1], reg->code);
}

char *
wb_source_mark (const char *origin)
{
  const char *slash = strrchr (origin, '/');

  return g_strndup (slash != NULL ? slash + 1 : origin, MARK_LENGTH);
}
