/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Whether what an erasure takes away hangs together with what stays. Where no clock and no figure
 * of another record ever looked at it, its own rows are all that change; where one did, or may
 * have, everything is computed anew: slower, and never wrong.
 */
#include "wb-clock-work-private.h"
#include "wb-erasure-private.h"
#include "wb-fact-private.h"

#include <string.h>

#include "wb-json.h"

#define APART_PREFIX "own_complaint"

static void
add_point (WbErasePlan *self, const char *type, const char *field, const char *target)
{
  WbErasePoint *point = g_new0 (WbErasePoint, 1);

  point->type = g_strdup (type);
  point->field = g_strdup (field);
  point->target = g_strdup (target);
  g_ptr_array_add (self->points, point);
}

/* Of which records an entry carries clocks. */
static void
note_clocks (WbErasePlan *self, const WbEntry *entry, JsonNode *value)
{
  JsonArray *clocks = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; clocks != NULL && i < json_array_get_length (clocks); i++) {
    JsonNode *node = json_array_get_element (clocks, i);
    g_autoptr (WbClock) clock = JSON_NODE_HOLDS_OBJECT (node)
                                    ? wb_clock_new_from_json (json_node_get_object (node), NULL)
                                    : NULL;

    if (clock != NULL)
      add_point (self, entry->record_type, WB_ACT_DEADLINES, clock->record_id);
  }
}

void
wb_erase_plan_note_points (WbErasePlan *self,
                           WbRegister *reg,
                           const WbEntry *entry,
                           const char *name,
                           JsonNode *value)
{
  const WbRecordType *type = wb_model_find_type (reg->model, entry->record_type);
  const WbField *field = type != NULL ? wb_record_type_find_field (type, name) : NULL;
  g_autoptr (GPtrArray) targets = NULL;

  if (g_str_equal (name, WB_ACT_DEADLINES))
    note_clocks (self, entry, value);
  if (field == NULL)
    return;
  targets = wb_doc_list_targets (field, value);
  for (guint i = 0; i < targets->len; i++)
    add_point (self, entry->record_type, name, g_ptr_array_index (targets, i));
}

/* A clock or a figure of the record that it points at may look at it. */
static gboolean
point_matters (const WbErasePoint *point, WbRegister *reg)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, point->target, NULL);

  return g_str_equal (point->field, WB_ACT_DEADLINES) ||
         wb_link_is_of_kin (point->type, point->field) || g_str_equal (point->type, "consent") ||
         wb_figure_model_watches (wb_figure_model_get_default (NULL), point->type, point->field) ||
         (row != NULL &&
          wb_rules_watch_neighbour (reg->rules, row->type, point->type, point->field));
}

static gboolean
points_out (const WbErasePlan *self, WbRegister *reg)
{
  for (guint i = 0; i < self->points->len; i++) {
    const WbErasePoint *point = g_ptr_array_index (self->points, i);

    if (!g_hash_table_contains (self->records, point->target) && point_matters (point, reg))
      return TRUE;
  }
  return FALSE;
}

static gboolean
link_matters (const WbLinkRow *link, WbRegister *reg)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, link->source, NULL);

  return row == NULL || wb_link_is_of_kin (row->type, link->field) ||
         wb_rules_watch_link (reg->rules, row->type, link->field, NULL);
}

/* By another record, now or once. */
static gboolean
is_pointed_at (const WbErasePlan *self, WbRegister *reg, const char *id)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, id, NULL);
  g_autoptr (GPtrArray) past = wb_link_store_list_past (reg->db, id, NULL);

  if (links == NULL || past == NULL)
    return TRUE;
  for (guint i = 0; i < links->len + past->len; i++) {
    gboolean is_past = i >= links->len;
    const WbLinkRow *link =
        is_past ? g_ptr_array_index (past, i - links->len) : g_ptr_array_index (links, i);

    if (!g_hash_table_contains (self->records, link->source) &&
        (is_past || link_matters (link, reg)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_own_entry (const WbErasePlan *self, gint64 number)
{
  return number == WB_FACT_HOLDS || g_hash_table_contains (self->entries, &number);
}

/* What is counted of it came and went by its own entries alone, and is not counted apart. */
static gboolean
counts_alone (const WbErasePlan *self, WbRegister *reg, const char *id, GHashTable *names)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);
  g_autoptr (GArray) facts =
      row != NULL ? wb_fact_store_list_of_unit (reg->db, row->key, NULL) : NULL;

  for (guint i = 0; facts != NULL && i < facts->len; i++) {
    const WbFactRow *fact = &g_array_index (facts, WbFactRow, i);
    const char *name = g_hash_table_lookup (names, &fact->dimension);

    if (name == NULL || g_str_has_prefix (name, APART_PREFIX) ||
        !is_own_entry (self, fact->since) || !is_own_entry (self, fact->until))
      return FALSE;
  }
  return facts != NULL;
}

/**
 * wb_erase_plan_is_alone:
 * @self: what is to go
 * @reg: the register, before it
 * @ret_alone: whether the rows of its own records are all that change
 * @error: return location for an error
 */
gboolean
wb_erase_plan_is_alone (const WbErasePlan *self,
                        WbRegister *reg,
                        gboolean *ret_alone,
                        GError **error)
{
  g_autoptr (GPtrArray) aside = wb_record_store_list_set_aside (reg->db, error);
  g_autoptr (GHashTable) names = aside != NULL ? wb_fact_store_list_names (reg->db, error) : NULL;
  gboolean alone;

  if (names == NULL)
    return FALSE;
  /* Settings and terms reach everywhere; of single fields the rest of a record stays, and what
   * several logs wrote is put together from all of it. */
  alone = !reg->knows_others && self->fields == NULL && wb_record_row_get_case (self->of) != NULL &&
          aside->len == 0 && !points_out (self, reg);
  for (guint i = 0; alone && i < self->order->len; i++) {
    const char *id = g_ptr_array_index (self->order, i);

    alone = !is_pointed_at (self, reg, id) && counts_alone (self, reg, id, names);
  }
  *ret_alone = alone;
  return TRUE;
}
