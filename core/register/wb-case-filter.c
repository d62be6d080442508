/* SPDX-License-Identifier: EUPL-1.2 */

/* What the list of cases can be narrowed by: from records to the rows that are looked up, and from
 * "FIELD=CODE" to what the store asks for. */
#include "wb-case-filter-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-register-private.h"

#define HOLDER "holder"
#define FILTERS_MAX 200 /* more than a screen of chips; every one is a search in an index */
#define CODE_MAX 200    /* bytes: names of users and codes are shorter */

/* Status and urgency are those of the case's row, the rest is read from records. */
static const WbCaseFilterField FIELDS[] = {
  { HOLDER, NULL },
  { "status", "status" },
  { "urgency", "urgency" },
  { "regime", "regime" },
  { "stages", "stage" },
  { "site", "site" },
  { "authorities", "authority" },
  { "themes", "theme" },
  { "rights", "right" },
};

/**
 * wb_case_filter_fields:
 * @ret_n: how many
 *
 * Returns: (transfer none) (array length=ret_n): the fields, in the order in which to offer them
 */
const WbCaseFilterField *
wb_case_filter_fields (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (FIELDS);
  return FIELDS;
}

/**
 * wb_case_filter_field_label:
 * @model: the model
 * @field: a field of wb_case_filter_fields()
 * @language: of the words
 *
 * Returns: (transfer none): what the model calls the field
 */
const char *
wb_case_filter_field_label (const WbModel *model, const char *field, WbLanguage language)
{
  static const char *const TYPES[] = { "case", "allegation" };

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    const WbRecordType *type = wb_model_find_type (model, TYPES[i]);
    const WbField *found = type != NULL ? wb_record_type_find_field (type, field) : NULL;

    if (found != NULL)
      return found->label[language];
  }
  return field;
}

static const WbCaseFilterField *
find_field (const char *name, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (strlen (FIELDS[i].field) == size && strncmp (FIELDS[i].field, name, size) == 0)
      return &FIELDS[i];
  return NULL;
}

/**
 * wb_case_filter_parse:
 * @filter: "FIELD=CODE"
 * @ret_field: (transfer none): the field
 * @ret_code: (transfer none): what follows the sign, within @filter
 * @error: return location for an error; %WB_ERROR_INVALID
 *
 * Whether the code exists is not judged: one that does not, finds nothing.
 */
gboolean
wb_case_filter_parse (const char *filter,
                      const WbCaseFilterField **ret_field,
                      const char **ret_code,
                      GError **error)
{
  const char *sign = strchr (filter, '=');
  const WbCaseFilterField *field =
      sign != NULL ? find_field (filter, (gsize) (sign - filter)) : NULL;

  if (field == NULL || strlen (sign + 1) > CODE_MAX || !g_utf8_validate (sign + 1, -1, NULL)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("A filter is FIELD=CODE, such as rights=right.charter.4; the fields "
                            "are holder, status, urgency, regime, stages, site, authorities, "
                            "themes and rights."));
    return FALSE;
  }
  *ret_field = field;
  *ret_code = sign + 1;
  return TRUE;
}

static char *
array_to_text (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  return wb_json_compact (node);
}

/**
 * wb_case_filters_to_json:
 * @filters: (nullable) (array zero-terminated=1): each "FIELD=CODE"
 * @ret_json: (nullable): an array of [field, code], or %NULL where there is no filter
 * @error: return location for an error; %WB_ERROR_INVALID, %WB_ERROR_TOO_LARGE
 */
gboolean
wb_case_filters_to_json (const char *const *filters, char **ret_json, GError **error)
{
  g_autoptr (JsonArray) codes = json_array_new ();

  for (guint i = 0; filters != NULL && filters[i] != NULL; i++) {
    const WbCaseFilterField *field;
    const char *code;

    if (i >= FILTERS_MAX) {
      g_set_error_literal (error,
                           WB_ERROR,
                           WB_ERROR_TOO_LARGE,
                           _ ("These are more filters than can be asked for at once: leave some "
                              "out."));
      return FALSE;
    }
    if (!wb_case_filter_parse (filters[i], &field, &code, error))
      return FALSE;
    wb_case_codes_add (codes, field->field, code);
  }
  *ret_json = json_array_get_length (codes) > 0 ? array_to_text (codes) : NULL;
  return TRUE;
}

/**
 * wb_case_codes_add:
 * @codes: what was gathered so far
 * @field: of the filter
 * @code: what the case has of it
 */
void
wb_case_codes_add (JsonArray *codes, const char *field, const char *code)
{
  JsonArray *pair = json_array_new ();

  json_array_add_string_element (pair, field);
  json_array_add_string_element (pair, code);
  json_array_add_array_element (codes, pair);
}

static void
take_field (JsonArray *codes, const char *field, JsonNode *node)
{
  const char *code = wb_json_node_text (node);

  if (code != NULL)
    wb_case_codes_add (codes, field, code);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
    code = wb_json_node_text (json_array_get_element (json_node_get_array (node), i));
    if (code != NULL)
      wb_case_codes_add (codes, field, code);
  }
}

/**
 * wb_case_codes_take:
 * @codes: what was gathered so far
 * @type: of the record
 * @values: of the record
 *
 * Adds what the case can be picked out by because of one of its records: the holder of the case,
 * and the codes of allegations and of periods in a procedure.
 */
void
wb_case_codes_take (JsonArray *codes, const char *type, JsonObject *values)
{
  if (g_str_equal (type, "case")) {
    const char *holder = wb_json_get_text (values, HOLDER);

    wb_case_codes_add (codes, HOLDER, holder != NULL ? holder : "");
  }
  if (!g_str_equal (type, "allegation") && !g_str_equal (type, "period"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].vocabulary != NULL && !g_str_equal (FIELDS[i].field, "status") &&
        !g_str_equal (FIELDS[i].field, "urgency"))
      take_field (codes, FIELDS[i].field, json_object_get_member (values, FIELDS[i].field));
}

/**
 * wb_case_codes_save:
 * @reg: an open register, within a change
 * @case_id: a case that has a row
 * @codes: all that it can be picked out by
 * @error: return location for an error
 */
gboolean
wb_case_codes_save (WbRegister *reg, const char *case_id, JsonArray *codes, GError **error)
{
  g_autofree char *json = array_to_text (codes);

  return wb_case_store_set_codes (reg->db, case_id, json, error);
}

static const char *const SORTS[] = {
  [WB_CASE_SORT_REFERENCE] = "reference",
  [WB_CASE_SORT_RECEIVED] = "received",
  [WB_CASE_SORT_CHANGED] = "changed",
  [WB_CASE_SORT_NEXT_DEADLINE] = "deadline",
  [WB_CASE_SORT_URGENCY] = "urgency",
  [WB_CASE_SORT_STATUS] = "status",
  [WB_CASE_SORT_LAW] = "law",
  [WB_CASE_SORT_TARGET] = "target",
};

/**
 * wb_case_sort_name:
 * @sort: an order
 *
 * Returns: (transfer none): what it is called in options and in what is kept
 */
const char *
wb_case_sort_name (WbCaseSort sort)
{
  g_return_val_if_fail ((guint) sort < G_N_ELEMENTS (SORTS), "");

  return SORTS[sort];
}

/**
 * wb_case_sort_parse:
 * @name: (nullable): of an order
 * @ret_sort: the order
 *
 * Returns: %FALSE where no order is called so
 */
gboolean
wb_case_sort_parse (const char *name, WbCaseSort *ret_sort)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (SORTS); i++) {
    if (g_str_equal (SORTS[i], name)) {
      *ret_sort = (WbCaseSort) i;
      return TRUE;
    }
  }
  return FALSE;
}
