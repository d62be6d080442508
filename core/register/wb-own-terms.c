/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The body's own terms, sites and checklist questions: records like others, by which the register's
 * model is extended. Made from the records alone, so that the log gives the same again.
 */
#include "wb-own-term.h"
#include "wb-register-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define TYPES 3
#define TERMS_MAX 10000 /* own terms of one type */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const WbRecordRow *first = *(const WbRecordRow *const *) a;
  const WbRecordRow *second = *(const WbRecordRow *const *) b;

  return first->first_entry < second->first_entry ? -1 : first->first_entry > second->first_entry;
}

/* All own terms in the order of making, so that the first of a code counts. */
static GPtrArray *
list_rows (WbRegister *reg)
{
  static const char *const NAMES[TYPES] = { "term", "site", "checkitem" };
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_row_free);

  for (guint i = 0; i < TYPES; i++) {
    g_autoptr (GPtrArray) rows =
        wb_record_store_list_standing (reg->db, NAMES[i], 0, TERMS_MAX, NULL);

    if (rows != NULL)
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&rows));
  }
  g_ptr_array_sort (all, compare_entries);
  return all;
}

static GPtrArray *
list_terms (WbRegister *reg)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_own_term_free);
  g_autoptr (GPtrArray) rows = list_rows (reg);

  for (guint i = 0; i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
    g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;
    WbOwnTerm *term = values != NULL ? wb_own_term_new_from_values (row->type, values) : NULL;

    if (term != NULL) /* else its values were erased */
      g_ptr_array_add (terms, term);
  }
  return terms;
}

/* A rebuild makes one model after another: those that nobody can hold go at once. The pointer is
 * exchanged first, so that another thread which asks meanwhile gets the new one. */
static void
replace_model (WbRegister *reg, WbModel *model)
{
  guint n = reg->own_models->len;

  g_atomic_pointer_set (&reg->model, model != NULL ? model : reg->base_model);
  if (!g_atomic_int_get (&reg->model_given))
    g_ptr_array_remove_range (reg->own_models, 0, n);
  if (model != NULL)
    g_ptr_array_add (reg->own_models, model);
}

/**
 * wb_own_terms_refresh:
 * @reg: a register with an open store
 *
 * Makes the model anew where an own term was made, changed or dropped since. Who holds the one
 * before keeps a good one until the register is closed.
 */
void
wb_own_terms_refresh (WbRegister *reg)
{
  g_autoptr (GPtrArray) terms = NULL;

  if (!reg->model_stale)
    return;
  reg->model_stale = FALSE;
  if (reg->own_models == NULL)
    reg->own_models = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_model_free);
  terms = list_terms (reg);
  replace_model (reg, terms->len > 0 ? wb_model_extend (reg->base_model, terms) : NULL);
}

typedef struct {
  WbRegister *reg;
  const WbField *field;
  WbDate today;
  GPtrArray *moments; /* (element-type WbMoment): when it was, by the record's own dates */
} Check;

/* The record's own dates count as well: of a site that was closed yesterday one may still tell. */
static GPtrArray *
list_moments (WbRegister *reg, JsonObject *values)
{
  static const char *const NAMES[] = { "when", "from", "until", "started", "received", "moment" };
  GPtrArray *moments = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_moment_free);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    JsonNode *value = json_object_get_member (values, NAMES[i]);
    WbMoment *moment = value != NULL ? wb_moment_parse (value, reg->zone, NULL) : NULL;

    if (moment != NULL && moment->precision == WB_PRECISION_UNKNOWN)
      g_clear_pointer (&moment, wb_moment_free);
    if (moment != NULL)
      g_ptr_array_add (moments, moment);
  }
  return moments;
}

static gboolean
check_code (const Check *self, const char *code, GError **error)
{
  const WbTerm *term = wb_model_find_term (self->reg->model, code);
  WbLanguage language = wb_language_current ();

  if (term == NULL || !term->own || wb_term_is_valid_on (term, self->today))
    return TRUE;
  for (guint i = 0; i < self->moments->len; i++) {
    const WbMoment *moment = g_ptr_array_index (self->moments, i);

    if (wb_term_is_valid_within (term, moment->earliest_date, moment->latest_date))
      return TRUE;
  }
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("“%s”: “%s” is not in use on that day: choose another, or give the date of what "
                  "happened."),
               self->field->label[language],
               term->label[language]);
  return FALSE;
}

static gboolean
check_codes (const Check *self, JsonNode *value, GError **error)
{
  JsonArray *array;
  g_autoptr (GList) members = NULL;

  if (JSON_NODE_HOLDS_VALUE (value))
    return json_node_get_value_type (value) != G_TYPE_STRING ||
           check_code (self, json_node_get_string (value), error);
  if (JSON_NODE_HOLDS_OBJECT (value)) {
    members = json_object_get_members (json_node_get_object (value));
    for (GList *l = members; l != NULL; l = l->next)
      if (!check_code (self, l->data, error))
        return FALSE;
  }
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return TRUE;
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_code (self, json_array_get_string_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_validity (WbRegister *reg,
                const WbRecordType *type,
                JsonObject *fields,
                JsonObject *all,
                GError **error)
{
  g_autoptr (GPtrArray) moments = list_moments (reg, all);
  Check check = { .reg = reg, .moments = moments };

  check.today = wb_zone_to_local (reg->zone, wb_register_next_time (reg)).date;
  for (guint i = 0; i < type->fields->len; i++) {
    JsonNode *value;

    check.field = g_ptr_array_index (type->fields, i);
    value = json_object_get_member (fields, check.field->name);
    if (check.field->vocabulary != NULL && value != NULL && !check_codes (&check, value, error))
      return FALSE;
  }
  return TRUE;
}

/* The record as it will be; a JSON null is no value. */
static JsonObject *
merge (JsonObject *before, JsonObject *fields)
{
  JsonObject *all = json_object_new ();
  JsonObject *const parts[] = { before, fields };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;

    if (parts[i] == NULL)
      continue;
    json_object_iter_init_ordered (&iter, parts[i]);
    while (json_object_iter_next_ordered (&iter, &name, &value))
      json_object_set_member (all, name, json_node_copy (value));
  }
  return all;
}

/**
 * wb_own_terms_check:
 * @reg: an open register
 * @type: of the record
 * @fields: what an act sets, judged by the model already
 * @before: (nullable): the record as it stood
 * @error: return location for an error
 *
 * Refuses a code given twice, a code changed, and a term outside its days; the days that the record
 * tells of count beside today.
 */
gboolean
wb_own_terms_check (WbRegister *reg,
                    const WbRecordType *type,
                    JsonObject *fields,
                    JsonObject *before,
                    GError **error)
{
  g_autoptr (JsonObject) all = merge (before, fields);

  return wb_model_check_own (reg->model, type->name, all, before, error) &&
         (reg->model == reg->base_model || check_validity (reg, type, fields, all, error));
}

static void
add_code (GHashTable *terms, const WbModel *model, JsonNode *node)
{
  const WbTerm *term = json_node_get_value_type (node) == G_TYPE_STRING
                           ? wb_model_find_term (model, json_node_get_string (node))
                           : NULL;

  if (term != NULL && term->own)
    g_hash_table_insert (terms, term->code, (gpointer) term);
}

static void
add_codes (GHashTable *terms, const WbModel *model, JsonNode *value)
{
  g_autoptr (GList) members = NULL;

  if (JSON_NODE_HOLDS_VALUE (value))
    add_code (terms, model, value);
  for (guint i = 0;
       JSON_NODE_HOLDS_ARRAY (value) && i < json_array_get_length (json_node_get_array (value));
       i++)
    add_code (terms, model, json_array_get_element (json_node_get_array (value), i));
  if (JSON_NODE_HOLDS_OBJECT (value))
    members = json_object_get_members (json_node_get_object (value));
  for (GList *l = members; l != NULL; l = l->next) {
    g_autoptr (JsonNode) node = wb_json_string (l->data);

    add_code (terms, model, node);
  }
}

static void
add_record (GHashTable *terms, const WbModel *model, JsonObject *record)
{
  const WbRecordType *type =
      wb_model_find_type (model, json_object_get_string_member (record, "type"));
  JsonArray *fields = json_object_get_array_member (record, "fields");

  for (guint i = 0; type != NULL && i < json_array_get_length (fields); i++) {
    JsonObject *object = json_array_get_object_element (fields, i);
    const WbField *field =
        wb_record_type_find_field (type, json_object_get_string_member (object, "name"));

    if (field != NULL && field->vocabulary != NULL)
      add_codes (terms, model, json_object_get_member (object, "value"));
  }
}

static JsonObject *
term_to_json (const WbTerm *term)
{
  JsonObject *object = json_object_new ();
  JsonObject *label = json_object_new ();

  json_object_set_string_member (object, "code", term->code);
  json_object_set_string_member (label, "nl", term->label[WB_LANGUAGE_NL]);
  json_object_set_string_member (label, "en", term->label[WB_LANGUAGE_EN]);
  json_object_set_object_member (object, "label", label);
  if (term->from != NULL)
    json_object_set_string_member (object, "from", term->from);
  if (term->until != NULL)
    json_object_set_string_member (object, "until", term->until);
  return object;
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/**
 * wb_own_terms_describe:
 * @reg: an open register
 * @records: "records" of a case document
 *
 * Returns: (transfer full): code and labels of each own term that they use, by code
 */
JsonArray *
wb_own_terms_describe (WbRegister *reg, JsonArray *records)
{
  g_autoptr (GHashTable) terms = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = json_array_new ();
  g_autoptr (GList) codes = NULL;

  for (guint i = 0; i < json_array_get_length (records); i++)
    add_record (terms, reg->model, json_array_get_object_element (records, i));
  codes = g_list_sort (g_hash_table_get_keys (terms), compare_text);
  for (GList *l = codes; l != NULL; l = l->next)
    json_array_add_object_element (array, term_to_json (g_hash_table_lookup (terms, l->data)));
  return array;
}
