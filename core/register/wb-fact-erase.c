/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Figures outlive what was erased: the act of erasure carries what was counted of its records and
 * of those counted together with them, from when to when, in codes and days. Made anew from the
 * log, where the values are gone, all earlier states count the same.
 */
#include "wb-fact-private.h"

#include "wb-erasure-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define FACT_PARTS 5

static void
add_id (GHashTable *ids, const char *id)
{
  g_hash_table_add (ids, g_strdup (id));
}

static gboolean
add_group (WbRegister *reg, const char *allegation, GHashTable *ids, GError **error)
{
  g_autoptr (GPtrArray) group = wb_kin_list_group (reg, allegation, error);

  for (guint i = 0; group != NULL && i < group->len; i++)
    add_id (ids, ((const WbKin *) g_ptr_array_index (group, i))->row->id);
  return group != NULL;
}

static gboolean
add_case (WbRegister *reg, const char *case_id, GHashTable *ids, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);

    add_id (ids, row->id);
    if (g_str_equal (row->type, "allegation") && !add_group (reg, row->id, ids, error))
      return FALSE;
  }
  return rows != NULL;
}

static gboolean
add_around (WbRegister *reg, const char *id, GHashTable *cases, GHashTable *ids, GError **error)
{
  g_autoptr (WbKin) kin = wb_kin_load (reg, id, NULL);
  const char *case_id = kin != NULL ? wb_record_row_get_case (kin->row) : NULL;
  g_autoptr (WbKin) root = case_id != NULL ? wb_kin_find_root (reg, case_id, NULL) : NULL;
  g_autoptr (GPtrArray) family = NULL;

  add_id (ids, id);
  if (root == NULL || !g_hash_table_add (cases, g_strdup (root->row->id)))
    return TRUE;
  family = wb_kin_list_family (reg, root, error);
  for (guint i = 0; family != NULL && i < family->len; i++)
    if (!add_case (reg, g_ptr_array_index (family, i), ids, error))
      return FALSE;
  return family != NULL;
}

static JsonArray *
write_fact (const WbFactRow *row, GHashTable *names)
{
  const char *dimension = g_hash_table_lookup (names, &row->dimension);
  JsonArray *parts = json_array_new ();

  json_array_add_string_element (parts, dimension);
  if (g_str_has_prefix (dimension, "span."))
    json_array_add_int_element (parts, row->code);
  else
    json_array_add_string_element (parts, g_hash_table_lookup (names, &row->code));
  json_array_add_int_element (parts, row->day);
  json_array_add_int_element (parts, row->since);
  if (row->until == WB_FACT_HOLDS)
    json_array_add_null_element (parts);
  else
    json_array_add_int_element (parts, row->until);
  return parts;
}

static gint
compare_facts (gconstpointer a, gconstpointer b)
{
  const WbFactRow *left = a, *right = b;

  if (left->since != right->since)
    return left->since < right->since ? -1 : 1;
  if (left->dimension != right->dimension)
    return left->dimension < right->dimension ? -1 : 1;
  return left->code < right->code ? -1 : left->code > right->code;
}

/* {"case": …, "facts": [[dimension, code, day, since, until]…]}; NULL: nothing is counted of it. */
static JsonObject *
write_record (WbRegister *reg, const char *id, GHashTable *names, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);
  g_autoptr (GArray) facts =
      row != NULL ? wb_fact_store_list_of_unit (reg->db, row->key, error) : NULL;
  g_autofree char *of = NULL;
  JsonArray *array;
  JsonObject *object;

  if (facts == NULL || facts->len == 0)
    return NULL;
  g_array_sort (facts, compare_facts);
  array = json_array_new ();
  for (guint i = 0; i < facts->len; i++)
    json_array_add_array_element (array, write_fact (&g_array_index (facts, WbFactRow, i), names));
  object = json_object_new ();
  of = wb_fact_store_get_record (reg->db,
                                 g_array_index (facts, WbFactRow, facts->len - 1).case_key,
                                 NULL,
                                 NULL);
  if (of != NULL)
    json_object_set_string_member (object, "case", of);
  json_object_set_array_member (object, "facts", array);
  return object;
}

/**
 * wb_facts_export:
 * @reg: an open register
 * @ids: (element-type utf8): UUIDs of records that are about to go
 * @error: return location for an error
 *
 * Returns: (transfer full): what is and was counted of them and of those counted with them; empty
 *   where that is nothing
 */
JsonObject *
wb_facts_export (WbRegister *reg, GPtrArray *ids, GError **error)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) names = wb_fact_store_list_names (reg->db, error);
  g_autoptr (GList) sorted = NULL;
  JsonObject *facts;

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    if (!add_around (reg, g_ptr_array_index (ids, i), cases, all, error))
      return NULL;
  facts = json_object_new ();
  sorted = g_list_sort (g_hash_table_get_keys (all), (GCompareFunc) g_strcmp0);
  for (GList *l = sorted; l != NULL; l = l->next) {
    JsonObject *object = write_record (reg, l->data, names, NULL);

    if (object != NULL)
      json_object_set_object_member (facts, l->data, object);
  }
  return facts;
}

/* The local day of the entry, where its act is known. */
static gboolean
find_logged (WbRegister *reg, gint64 entry, gint64 *ret_day, GError **error)
{
  g_autoptr (GPtrArray) acts =
      wb_log_store_list_acts (reg->db, NULL, NULL, (guint64) entry, 1, error);

  if (acts == NULL)
    return FALSE;
  if (acts->len == 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("It tells figures of an entry that there is not."));
    return FALSE;
  }
  *ret_day = wb_facts_day_of (reg, ((const WbAct *) g_ptr_array_index (acts, 0))->time);
  return TRUE;
}

/* As if it had never been. */
static gboolean
forget (WbRegister *reg, const WbFactRow *row, GError **error)
{
  gint64 came, went;

  if (!find_logged (reg, row->since, &came, error) || !wb_fact_store_drop (reg->db, row, error) ||
      !wb_tally_store_add (reg->db,
                           row->dimension,
                           wb_facts_month_of (row->day),
                           row->code,
                           came,
                           -1,
                           error))
    return FALSE;
  return row->until == WB_FACT_HOLDS || (find_logged (reg, row->until, &went, error) &&
                                         wb_tally_store_add (reg->db,
                                                             row->dimension,
                                                             wb_facts_month_of (row->day),
                                                             row->code,
                                                             went,
                                                             1,
                                                             error));
}

static gboolean
put_back (WbRegister *reg, const WbFactRow *row, GError **error)
{
  gint64 came, went;

  if (!find_logged (reg, row->since, &came, error) || !wb_facts_add (reg, row, came, error))
    return FALSE;
  return row->until == WB_FACT_HOLDS || (find_logged (reg, row->until, &went, error) &&
                                         wb_tally_store_add (reg->db,
                                                             row->dimension,
                                                             wb_facts_month_of (row->day),
                                                             row->code,
                                                             went,
                                                             -1,
                                                             error));
}

static gboolean
refuse_form (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("Figures in an act of erasure have an unknown form."));
  return FALSE;
}

static gboolean
is_of (JsonArray *parts, guint index, GType type)
{
  return json_node_get_value_type (json_array_get_element (parts, index)) == type;
}

static gboolean
read_fact (WbRegister *reg, JsonNode *node, WbFactRow *row, GError **error)
{
  JsonArray *parts = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean days;

  if (parts == NULL || json_array_get_length (parts) != FACT_PARTS ||
      !is_of (parts, 0, G_TYPE_STRING) || !is_of (parts, 2, G_TYPE_INT64) ||
      !is_of (parts, 3, G_TYPE_INT64) ||
      !(json_array_get_null_element (parts, 4) || is_of (parts, 4, G_TYPE_INT64)))
    return refuse_form (error);
  days = g_str_has_prefix (json_array_get_string_element (parts, 0), "span.");
  if (!is_of (parts, 1, days ? G_TYPE_INT64 : G_TYPE_STRING))
    return refuse_form (error);
  row->dimension = wb_facts_find_name (reg, json_array_get_string_element (parts, 0), error);
  if (row->dimension == 0)
    return FALSE;
  row->code = days ? json_array_get_int_element (parts, 1)
                   : wb_facts_find_name (reg, json_array_get_string_element (parts, 1), error);
  row->day = json_array_get_int_element (parts, 2);
  row->since = json_array_get_int_element (parts, 3);
  row->until = json_array_get_null_element (parts, 4) ? WB_FACT_HOLDS
                                                      : json_array_get_int_element (parts, 4);
  return days || row->code != 0;
}

static gboolean
forget_all (WbRegister *reg, gint64 unit, GError **error)
{
  g_autoptr (GArray) rows = wb_fact_store_list_of_unit (reg->db, unit, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!forget (reg, &g_array_index (rows, WbFactRow, i), error))
      return FALSE;
  return rows != NULL;
}

static gboolean
restore_record (WbRegister *reg, const WbRecordRow *row, JsonObject *object, GError **error)
{
  const char *case_id = json_object_get_string_member_with_default (object, "case", NULL);
  g_autoptr (WbRecordRow) of =
      case_id != NULL ? wb_record_store_find (reg->db, case_id, NULL) : NULL;
  JsonArray *facts = json_object_has_member (object, "facts")
                         ? json_object_get_array_member (object, "facts")
                         : NULL;

  if (facts == NULL)
    return refuse_form (error);
  if (!forget_all (reg, row->key, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (facts); i++) {
    WbFactRow fact = { .unit = row->key, .case_key = of != NULL ? of->key : 0 };

    if (!read_fact (reg, json_array_get_element (facts, i), &fact, error) ||
        !put_back (reg, &fact, error))
      return FALSE;
  }
  return TRUE;
}

/* Of a destroyed case all stays as it was counted but its status. */
static gboolean
restore_status (WbRegister *reg,
                const WbEntry *entry,
                const WbRecordRow *row,
                const char *status,
                GError **error)
{
  g_autoptr (GArray) rows = wb_fact_store_list_of_unit (reg->db, row->key, error);
  gint64 counted = wb_facts_find_name (reg, "case.status", error);
  gint64 apart = wb_facts_find_name (reg, "own_complaint.status", error);
  gint64 logged = wb_facts_day_of (reg, entry->time);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    WbFactRow *fact = &g_array_index (rows, WbFactRow, i);

    if (fact->until != WB_FACT_HOLDS || (fact->dimension != counted && fact->dimension != apart))
      continue;
    if (!wb_facts_end (reg, fact, (gint64) entry->number, logged, error))
      return FALSE;
    fact->code = wb_facts_find_name (reg, status, error);
    fact->since = (gint64) entry->number;
    if (fact->code == 0 || !wb_facts_add (reg, fact, logged, error))
      return FALSE;
  }
  return rows != NULL;
}

/* What an emptied record seems to count, made anew from the log, but never did. */
static gboolean
forget_uncounted (WbRegister *reg, JsonObject *facts, JsonObject *stubs, GError **error)
{
  JsonObjectIter iter;
  const char *id;

  json_object_iter_init_ordered (&iter, stubs);
  while (json_object_iter_next_ordered (&iter, &id, NULL)) {
    g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);

    if (row != NULL && !json_object_has_member (facts, id) && !forget_all (reg, row->key, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_facts_restore:
 * @reg: an open register, within a WbChange
 * @entry: an act of erasure
 * @facts: of wb_facts_export()
 * @stubs: what is left of the records
 * @error: return location for an error
 */
gboolean
wb_facts_restore (WbRegister *reg,
                  const WbEntry *entry,
                  JsonObject *facts,
                  JsonObject *stubs,
                  GError **error)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  if (!forget_uncounted (reg, facts, stubs, error))
    return FALSE;
  json_object_iter_init_ordered (&iter, facts);
  while (json_object_iter_next_ordered (&iter, &id, &node)) {
    g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);
    JsonObject *stub = stubs != NULL && json_object_has_member (stubs, id)
                           ? json_object_get_object_member (stubs, id)
                           : NULL;
    const char *status =
        stub != NULL ? json_object_get_string_member_with_default (stub, "status", NULL) : NULL;

    if (row == NULL)
      continue; /* set aside */
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return refuse_form (error);
    if (!restore_record (reg, row, json_node_get_object (node), error))
      return FALSE;
    if (g_str_equal (row->type, "case") && status != NULL &&
        !restore_status (reg, entry, row, status, error))
      return FALSE;
  }
  return TRUE;
}
