/* SPDX-License-Identifier: EUPL-1.2 */

/* Where the dates come from that start, meet and cancel a clock: the record itself, its case, or
 * the records that point at it. */
#include <string.h>

#include "wb-clock.h"
#include "wb-i18n.h"
#include "wb-trigger-private.h"

#define NAME_MAX_LENGTH 64

void
wb_trigger_source_free (WbTriggerSource *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->type);
  g_free (self->by);
  wb_condition_free (self->when);
  g_free (self);
}

/* The name of a field or type: small letters, digits and underscores. */
static char *
read_name (JsonNode *node, const WbPlace *place, GError **error)
{
  const char *text = wb_shape_text (node, place, error);

  if (text == NULL)
    return NULL;
  if (strlen (text) <= NAME_MAX_LENGTH &&
      text[strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0')
    return g_strdup (text);
  wb_shape_refuse (place, _ ("a name has small letters, digits and underscores only."), error);
  return NULL;
}

/* {"from": "followup", "by": "referral", "field": "when", "when": [...]} */
static gboolean
read_neighbours (WbTriggerSource *self,
                 JsonObject *object,
                 JsonObject *guards,
                 const WbPlace *place,
                 GError **error)
{
  self->kind = WB_SOURCE_NEIGHBOURS;
  self->type = read_name (json_object_get_member (object, "from"), place, error);
  if (self->type == NULL)
    return FALSE;
  self->by = read_name (json_object_get_member (object, "by"), place, error);
  if (self->by == NULL)
    return FALSE;
  self->name = read_name (json_object_get_member (object, "field"), place, error);
  if (self->name == NULL)
    return FALSE;
  if (!json_object_has_member (object, "when"))
    return TRUE;
  self->when = wb_condition_load (json_object_get_member (object, "when"), guards, place, error);
  return self->when != NULL;
}

static gboolean
read_object (WbTriggerSource *self,
             JsonObject *object,
             JsonObject *guards,
             const WbPlace *place,
             GError **error)
{
  static const char *const members[] = { "case", "year_end", "from", "by", "field", "when", NULL };
  const char *only;

  if (!wb_shape_only (object, place, members, error))
    return FALSE;
  if (json_object_has_member (object, "from"))
    return read_neighbours (self, object, guards, place, error);
  only = json_object_has_member (object, "case") ? "case" : "year_end";
  if (json_object_get_size (object) != 1)
    return wb_shape_refuse (place, _ ("either case, year_end or from stands here."), error);
  self->kind = *only == 'c' ? WB_SOURCE_CASE : WB_SOURCE_YEAR_END;
  self->name = read_name (json_object_get_member (object, only), place, error);
  return self->name != NULL;
}

/**
 * wb_trigger_source_load:
 * @node: the name of a field, or an object that says where the date stands
 * @guards: (nullable): conditions by name
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer full): the source; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbTriggerSource *
wb_trigger_source_load (JsonNode *node, JsonObject *guards, const WbPlace *place, GError **error)
{
  WbTriggerSource *self = g_new0 (WbTriggerSource, 1);
  gboolean good;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    good = read_object (self, json_node_get_object (node), guards, place, error);
  } else {
    self->name = read_name (node, place, error);
    good = self->name != NULL;
  }
  if (good)
    return self;
  wb_trigger_source_free (self);
  return NULL;
}

static void
take (GPtrArray *moments, WbMoment *moment)
{
  if (moment != NULL)
    g_ptr_array_add (moments, moment);
}

/* 31 December of the year that a field holds as a number. */
static WbMoment *
find_year_end (const WbTriggerSource *self, const WbFacts *facts)
{
  JsonNode *node = wb_facts_get (facts->record, self->name);
  g_autofree char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 1900 ||
      json_node_get_int (node) > 2200)
    return NULL;
  text = g_strdup_printf ("%d-12-31", (int) json_node_get_int (node));
  return wb_moment_parse_text (text, facts->zone, NULL);
}

static void
list_neighbours (const WbTriggerSource *self, const WbFacts *facts, GPtrArray *moments)
{
  for (guint i = 0; facts->neighbours != NULL && i < facts->neighbours->len; i++) {
    const WbNeighbour *neighbour = facts->neighbours->pdata[i];
    WbFacts theirs = *facts;

    if (!g_str_equal (neighbour->type, self->type) || !g_str_equal (neighbour->field, self->by))
      continue;
    theirs.record = neighbour->record;
    if (wb_condition_ask (self->when, &theirs) == WB_ANSWER_YES)
      take (moments, wb_facts_get_moment (neighbour->record, self->name, facts->zone));
  }
}

/**
 * wb_trigger_source_list:
 * @self: a source
 * @facts: what is known
 *
 * Returns: (transfer full) (element-type WbMoment): the dates that it gives; those not known at all
 *   are left out
 */
GPtrArray *
wb_trigger_source_list (const WbTriggerSource *self, const WbFacts *facts)
{
  GPtrArray *moments = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_moment_free);

  switch (self->kind) {
  case WB_SOURCE_NEIGHBOURS:
    list_neighbours (self, facts, moments);
    break;
  case WB_SOURCE_YEAR_END:
    take (moments, find_year_end (self, facts));
    break;
  case WB_SOURCE_CASE:
    take (moments, wb_facts_get_moment (facts->of_case, self->name, facts->zone));
    break;
  case WB_SOURCE_FIELD:
  default:
    take (moments, wb_facts_get_moment (facts->record, self->name, facts->zone));
    break;
  }
  return moments;
}
