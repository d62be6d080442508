/* SPDX-License-Identifier: EUPL-1.2 */

/* What the clocks of a record look at: itself, its case, what it points at, what points at it, and
 * the clocks that it has; and which records an act on another one touches. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

void
wb_subject_free (WbSubject *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_free (self->case_id);
  g_free (self->reference);
  g_clear_pointer (&self->values, json_object_unref);
  g_clear_pointer (&self->of_case, json_object_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->subject.linked, g_hash_table_unref);
  g_clear_pointer (&self->subject.neighbours, g_ptr_array_unref);
  g_clear_pointer (&self->subject.standing, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_pending (const WbPending *pending, const char *id)
{
  return pending != NULL && strcmp (pending->id, id) == 0;
}

static JsonObject *
load_values (WbRegister *reg, const char *id, const WbPending *pending)
{
  if (is_pending (pending, id))
    return json_object_ref (pending->values);
  return wb_register_load_values (reg, id, NULL);
}

/**
 * wb_doc_list_targets:
 * @field: a field
 * @value: (nullable): its value
 *
 * Returns: (transfer full) (element-type utf8): UUIDs of the records that it points at
 */
GPtrArray *
wb_doc_list_targets (const WbField *field, JsonNode *value)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array;

  if (value == NULL || (field->type != WB_FIELD_RECORD && field->type != WB_FIELD_RECORDS))
    return ids;
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    g_ptr_array_add (ids, json_node_dup_string (value));
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return ids;
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_ptr_array_add (ids, json_node_dup_string (node));
  }
  return ids;
}

static void
free_object (gpointer data)
{
  json_object_unref (data);
}

/* A linked person with what it consents to, where a clock asks that. */
static JsonObject *
with_consents (WbSubject *self,
               WbRegister *reg,
               const char *link,
               const char *id,
               JsonObject *values,
               const WbPending *pending,
               WbInstant at)
{
  static const char *const ASKED[] = { WB_CONSENTS, NULL };
  JsonObject *all;

  if (!wb_rules_watch_link (reg->rules, self->type, link, ASKED))
    return values;
  all = json_object_new ();
  wb_doc_overlay (all, values);
  json_object_set_array_member (all, WB_CONSENTS, wb_clock_list_consents (reg, id, pending, at));
  json_object_unref (values);
  return all;
}

/* What its fields point at, as far as a rule looks there. */
static void
load_linked (WbSubject *self, WbRegister *reg, const WbPending *pending, WbInstant at)
{
  g_auto (GStrv) names = wb_rules_list_links (reg->rules, self->type);

  self->subject.linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_object);
  for (guint i = 0; names[i] != NULL; i++) {
    const char *of = wb_json_get_text (self->values, names[i]);
    JsonObject *values = of != NULL ? load_values (reg, of, pending) : NULL;

    if (values != NULL)
      g_hash_table_insert (self->subject.linked,
                           g_strdup (names[i]),
                           with_consents (self, reg, names[i], of, values, pending, at));
  }
}

/* The fields of the pending record that point at @id. */
static void
add_pending_neighbour (WbSubject *self, WbRegister *reg, const WbPending *pending)
{
  const WbRecordType *type =
      pending != NULL ? wb_model_find_type (reg->model, pending->type) : NULL;

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    g_autoptr (GPtrArray) ids =
        wb_doc_list_targets (field, json_object_get_member (pending->values, field->name));

    if (!g_ptr_array_find_with_equal_func (ids, self->id, g_str_equal, NULL) ||
        !wb_rules_watch_neighbour (reg->rules, self->type, pending->type, field->name))
      continue;
    g_ptr_array_add (
        self->subject.neighbours,
        wb_neighbour_new (pending->type, field->name, pending->created, pending->values));
  }
}

static gboolean
add_neighbour (WbSubject *self, WbRegister *reg, const WbLinkRow *link, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, link->source, &problem);
  g_autoptr (JsonObject) doc = NULL;
  g_autoptr (JsonObject) values = NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (row == NULL)
    return TRUE;
  if (!wb_rules_watch_neighbour (reg->rules, self->type, row->type, link->field))
    return TRUE;
  doc = wb_doc_parse (row->doc, error);
  if (doc == NULL)
    return FALSE;
  values = wb_doc_values (doc);
  g_ptr_array_add (self->subject.neighbours,
                   wb_neighbour_new (row->type, link->field, row->created, values));
  return TRUE;
}

static gboolean
load_neighbours (WbSubject *self, WbRegister *reg, const WbPending *pending, GError **error)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, self->id, error);

  if (links == NULL)
    return FALSE;
  self->subject.neighbours = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_neighbour_free);
  for (guint i = 0; i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);

    if (!is_pending (pending, link->source) && !add_neighbour (self, reg, link, error))
      return FALSE;
  }
  add_pending_neighbour (self, reg, pending);
  return TRUE;
}

/* Its clocks that no other took the place of. */
static gboolean
load_clocks (WbSubject *self, WbRegister *reg, GError **error)
{
  self->rows = wb_deadline_store_list_of_record (reg->db, self->id, error);
  if (self->rows == NULL)
    return FALSE;
  self->subject.standing = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_clock_free);
  for (guint i = 0; i < self->rows->len; i++) {
    const WbDeadlineRow *row = g_ptr_array_index (self->rows, i);
    g_autoptr (JsonObject) object = wb_doc_parse (row->clock, error);
    WbClock *clock;

    if (strcmp (row->state, "superseded") == 0)
      continue;
    clock = object != NULL ? wb_clock_new_from_json (object, error) : NULL;
    if (clock == NULL)
      return FALSE;
    g_ptr_array_add (self->subject.standing, clock);
  }
  return TRUE;
}

static gboolean
identify (WbSubject *self,
          WbRegister *reg,
          const char *id,
          const WbPending *pending,
          GError **error)
{
  g_autoptr (WbRecordRow) row = NULL;

  self->id = g_strdup (id);
  if (is_pending (pending, id)) {
    self->type = g_strdup (pending->type);
    self->case_id = g_strdup (pending->case_id);
    self->subject.created = pending->created;
    self->values = json_object_ref (pending->values);
    return TRUE;
  }
  row = wb_record_store_find (reg->db, id, error);
  if (row == NULL)
    return FALSE;
  self->type = g_strdup (row->type);
  self->case_id = g_strdup (row->case_id);
  self->reference = g_strdup (row->reference);
  self->subject.created = row->created;
  self->values = wb_register_load_values (reg, id, error);
  return self->values != NULL;
}

/**
 * wb_subject_load:
 * @reg: an open register
 * @id: UUID of a record
 * @pending: (nullable): the record of the act under way, as it will be
 * @at: when it is looked at
 * @error: return location for an error
 *
 * Returns: (transfer full): the record with what its clocks look at; %NULL without @error where
 *   there is no such record
 */
WbSubject *
wb_subject_load (WbRegister *reg,
                 const char *id,
                 const WbPending *pending,
                 WbInstant at,
                 GError **error)
{
  g_autoptr (WbSubject) self = g_new0 (WbSubject, 1);

  if (!identify (self, reg, id, pending, error))
    return NULL;
  self->of_case = load_values (reg, self->case_id, pending);
  load_linked (self, reg, pending, at);
  if (!load_neighbours (self, reg, pending, error) || !load_clocks (self, reg, error))
    return NULL;
  self->subject.type = self->type;
  self->subject.id = self->id;
  self->subject.record = self->values;
  self->subject.of_case = self->of_case;
  return g_steal_pointer (&self);
}

static void
touch (GPtrArray *touched, const WbPending *record, const char *id)
{
  if (strcmp (id, record->id) != 0 &&
      !g_ptr_array_find_with_equal_func (touched, id, g_str_equal, NULL))
    g_ptr_array_add (touched, g_strdup (id));
}

/* Records that this one points at, where their clocks look at such neighbours. */
static gboolean
touch_targets (GPtrArray *touched, WbRegister *reg, const WbPending *record, GError **error)
{
  const WbRecordType *type = wb_model_find_type (reg->model, record->type);

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    g_autoptr (GPtrArray) ids = NULL;

    if (!wb_rules_is_neighbour (reg->rules, record->type, field->name))
      continue;
    ids = wb_doc_list_targets (field, json_object_get_member (record->values, field->name));
    for (guint j = 0; j < ids->len; j++) {
      g_autoptr (GError) problem = NULL;
      g_autoptr (WbRecordRow) row =
          wb_record_store_find (reg->db, g_ptr_array_index (ids, j), &problem);

      if (problem != NULL) {
        g_propagate_error (error, g_steal_pointer (&problem));
        return FALSE;
      }
      if (row != NULL &&
          wb_rules_watch_neighbour (reg->rules, row->type, record->type, field->name))
        touch (touched, record, row->id);
    }
  }
  return TRUE;
}

/* Records that point at @id, where their clocks look at those fields of it. */
static gboolean
touch_sources (GPtrArray *touched,
               WbRegister *reg,
               const WbPending *record,
               const char *id,
               const char *const *changed,
               GError **error)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, id, error);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, link->source, NULL);

    if (row != NULL && wb_rules_watch_link (reg->rules, row->type, link->field, changed))
      touch (touched, record, row->id);
  }
  return links != NULL;
}

/* A consent is a fact of its person. */
static gboolean
touch_consenting (GPtrArray *touched, WbRegister *reg, const WbPending *record, GError **error)
{
  static const char *const CHANGED[] = { WB_CONSENTS, NULL };
  const char *person =
      strcmp (record->type, "consent") == 0 ? wb_json_get_text (record->values, "person") : NULL;

  return person == NULL || !wb_rules_is_linked (reg->rules, CHANGED) ||
         touch_sources (touched, reg, record, person, CHANGED, error);
}

static gboolean
touch_case (GPtrArray *touched,
            WbRegister *reg,
            const WbPending *record,
            const char *const *changed,
            GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, record->id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);

    if (wb_rules_watch_case (reg->rules, row->type, changed))
      touch (touched, record, row->id);
  }
  return rows != NULL;
}

/**
 * wb_register_list_touched:
 * @reg: an open register
 * @record: the record that an act makes or changes
 * @changed: (nullable) (array zero-terminated=1): the fields that it sets; %NULL: any
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8): UUIDs of other records whose clocks may start, move
 *   or end by that
 */
GPtrArray *
wb_register_list_touched (WbRegister *reg,
                          const WbPending *record,
                          const char *const *changed,
                          GError **error)
{
  g_autoptr (GPtrArray) touched = g_ptr_array_new_with_free_func (g_free);

  if (!touch_targets (touched, reg, record, error) ||
      (wb_rules_is_linked (reg->rules, changed) &&
       !touch_sources (touched, reg, record, record->id, changed, error)) ||
      !touch_consenting (touched, reg, record, error) ||
      (strcmp (record->type, "case") == 0 && !touch_case (touched, reg, record, changed, error)))
    return NULL;
  return g_steal_pointer (&touched);
}
