/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A frozen year. Its figures are counted once, at a size of the log that a checkpoint signs, and
 * kept as a record; what is counted later may differ, and it is told by which records.
 */
#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-figures-private.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-uuid.h"

#define TYPE "yearbook"
#define FORMAT "waarborg-yearbook v1"
#define BECAUSE_MAX 500 /* records told of */

static WbFigureScope
scope_of (int year, gboolean is_public)
{
  return (WbFigureScope){ .from = { year, 1, 1 },
                          .to = { year, 12, 31 },
                          .as_of = WB_INSTANT_NONE,
                          .is_public = is_public };
}

/* Members by name, at every depth: one form for one content. */
static JsonNode *
sort_members (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node), *sorted = json_array_new ();
    JsonNode *result;

    for (guint i = 0; i < json_array_get_length (array); i++)
      json_array_add_element (sorted, sort_members (json_array_get_element (array, i)));
    result = json_node_init_array (json_node_alloc (), sorted);
    json_array_unref (sorted);
    return result;
  }
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node), *sorted = json_object_new ();
    g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);
    JsonNode *result;

    for (GList *l = names; l != NULL; l = l->next)
      json_object_set_member (sorted,
                              l->data,
                              sort_members (json_object_get_member (object, l->data)));
    result = json_node_init_object (json_node_alloc (), sorted);
    json_object_unref (sorted);
    return result;
  }
  return json_node_copy (node);
}

static char *
format_canonical (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (JsonNode) sorted = sort_members (node);

  return wb_json_compact (sorted);
}

static char *
digest_of (const char *text)
{
  guint8 digest[WB_SHA256_SIZE];

  wb_sha256 (text, strlen (text), digest);
  return wb_hex_encode (digest, sizeof digest);
}

static gint64
get_int (JsonObject *values, const char *name)
{
  return json_object_get_int_member_with_default (values, name, 0);
}

/* The record of a frozen year; NULL without error: there is none. */
static WbRecordRow *
find_yearbook (WbRegister *reg, int year, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_standing (reg->db, TYPE, 0, G_MAXINT, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) values = wb_register_load_values (reg, row->id, NULL);

    if (get_int (values, "year") == year)
      return wb_record_store_find (reg->db, row->id, error);
  }
  return NULL;
}

/* The checkpoint, so that the figures say of themselves what they were counted from. */
static JsonObject *
count_year (WbRegister *self, int year, const char *checkpoint, GError **error)
{
  WbFigureScope inside = scope_of (year, FALSE), outside = scope_of (year, TRUE);
  g_autoptr (JsonObject) internal = wb_register_report_figures (self, &inside, error);
  g_autoptr (JsonObject) published =
      internal != NULL ? wb_register_report_figures (self, &outside, error) : NULL;
  JsonObject *document;

  if (published == NULL)
    return NULL;
  document = json_object_new ();
  json_object_set_string_member (document, "format", FORMAT);
  json_object_set_int_member (document, "year", year);
  json_object_set_string_member (document, "checkpoint", checkpoint);
  json_object_set_object_member (document, "internal", g_steal_pointer (&internal));
  json_object_set_object_member (document, "public", g_steal_pointer (&published));
  return document;
}

static JsonObject *
make_fields (WbRegister *self, int year, const char *text)
{
  JsonObject *fields = json_object_new ();
  g_autofree char *digest = digest_of (text);
  WbLocal local = wb_zone_to_local (self->zone, wb_register_next_time (self));
  g_autofree char *today = wb_date_format (local.date);

  json_object_set_int_member (fields, "year", year);
  json_object_set_string_member (fields, "frozen_on", today);
  json_object_set_int_member (fields, "log_size", (gint64) self->size);
  json_object_set_string_member (fields, "figures", text);
  json_object_set_string_member (fields, "sha256", digest);
  return fields;
}

static gboolean
check_year (WbRegister *self, int year, GError **error)
{
  WbLocal local = wb_zone_to_local (self->zone, wb_clock_now ());
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbRecordRow) known = find_yearbook (self, year, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (known != NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_EXISTS,
                 _ ("The figures of %d were frozen already: %s. They stay as they are."),
                 year,
                 known->reference);
  else if (year < 2000 || year >= local.date.year)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_REFUSED,
                 _ ("Only a year that is over can be frozen, and %d is not (rule year-over)."),
                 year);
  else
    return TRUE;
  return FALSE;
}

/**
 * wb_register_freeze_year:
 * @self: an open register
 * @year: one that is over and was not frozen before
 * @error: return location for an error; %WB_ERROR_EXISTS, %WB_ERROR_REFUSED
 *
 * Counts the year, and keeps its figures with the checkpoint that signs the log they come from.
 * Another checkpoint signs the record itself.
 *
 * Returns: (transfer full): the record
 */
WbRecord *
wb_register_freeze_year (WbRegister *self, int year, GError **error)
{
  const WbRecordType *type = wb_register_find_type (self, TYPE, error);
  g_autofree char *checkpoint = NULL;
  g_autofree char *signature = NULL;
  g_autoptr (JsonObject) document = NULL;
  g_autofree char *text = NULL;
  g_autofree char *id = wb_uuid_new (wb_register_next_time (self));
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (WbChange) change = NULL;
  g_autoptr (WbRecord) record = NULL;

  if (type == NULL || !check_year (self, year, error))
    return NULL;
  checkpoint = wb_register_checkpoint (self, error);
  document = checkpoint != NULL ? count_year (self, year, checkpoint, error) : NULL;
  if (document == NULL)
    return NULL;
  text = format_canonical (document);
  fields = make_fields (self, year, text);
  change = wb_change_begin (self, error);
  if (change == NULL)
    return NULL;
  record = wb_register_append_new (self, type, id, NULL, fields, NULL, error);
  if (record == NULL || !wb_change_commit (change, error))
    return NULL;
  signature = wb_register_checkpoint (self, error);
  return signature != NULL ? g_steal_pointer (&record) : NULL;
}

static JsonArray *
parts_of (JsonObject *report)
{
  JsonNode *node = json_object_get_member (report, "parts");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
find_part (JsonObject *report, const char *name)
{
  JsonArray *parts = parts_of (report);

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);

    if (g_str_equal (json_object_get_string_member_with_default (part, "name", ""), name))
      return part;
  }
  return NULL;
}

static gboolean
is_same (JsonObject *left, JsonObject *right)
{
  g_autofree char *a = left != NULL ? format_canonical (left) : NULL;
  g_autofree char *b = right != NULL ? format_canonical (right) : NULL;

  return g_strcmp0 (a, b) == 0;
}

/* "total" of a row by its code; -1: no such row, or not told. */
static gint64
find_total (JsonObject *part, const char *code)
{
  JsonArray *rows = part != NULL && json_object_has_member (part, "rows")
                        ? json_object_get_array_member (part, "rows")
                        : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (row, "code", NULL), code) == 0)
      return json_object_get_int_member_with_default (
          row,
          json_object_has_member (row, "total") ? "total" : "n",
          0);
  }
  return 0;
}

static void
add_difference (JsonArray *differences,
                const char *part,
                JsonObject *row,
                gint64 frozen,
                gint64 now)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "part", part);
  json_object_set_member (object, "code", json_node_copy (json_object_get_member (row, "code")));
  if (json_object_has_member (row, "label"))
    json_object_set_member (object,
                            "label",
                            json_node_copy (json_object_get_member (row, "label")));
  json_object_set_int_member (object, "frozen", frozen);
  json_object_set_int_member (object, "now", now);
  json_array_add_object_element (differences, object);
}

/* Rows of @of whose count is another in @other. @swap: whether @of is what is counted now. */
static void
compare_rows (JsonArray *differences,
              const char *name,
              JsonObject *of,
              JsonObject *other,
              gboolean swap)
{
  JsonArray *rows = of != NULL && json_object_has_member (of, "rows")
                        ? json_object_get_array_member (of, "rows")
                        : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *code = json_object_get_string_member_with_default (row, "code", NULL);
    gint64 here = find_total (of, code), there = find_total (other, code);

    if (!json_object_has_member (row, "code") || here == there || (swap && there != 0))
      continue; /* told from the other side */
    add_difference (differences, name, row, swap ? there : here, swap ? here : there);
  }
}

static void
compare_parts (JsonArray *differences, JsonObject *frozen, JsonObject *now)
{
  JsonArray *before = parts_of (frozen), *after = parts_of (now);

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++) {
    JsonObject *part = json_array_get_object_element (before, i);
    const char *name = json_object_get_string_member_with_default (part, "name", "");
    JsonObject *other = find_part (now, name);

    if (is_same (part, other))
      continue;
    compare_rows (differences, name, part, other, FALSE);
    compare_rows (differences, name, other, part, TRUE);
  }
  for (guint i = 0; after != NULL && i < json_array_get_length (after); i++) {
    JsonObject *part = json_array_get_object_element (after, i);
    const char *name = json_object_get_string_member_with_default (part, "name", "");

    if (find_part (frozen, name) == NULL)
      compare_rows (differences, name, part, NULL, TRUE);
  }
}

/* Who moved a figure of the year since. */
typedef struct {
  gint64 size;
  GHashTable *units; /* unit -> the last entry */
} Because;

static void
note_unit (const WbFactRow *row, gpointer user_data)
{
  Because *self = user_data;
  gint64 entry = MAX (row->since >= self->size ? row->since : -1, row->until);
  gpointer unit = GSIZE_TO_POINTER ((gsize) row->unit);
  gint64 before = (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (self->units, unit));

  g_hash_table_insert (self->units, unit, GSIZE_TO_POINTER ((gsize) MAX (before, entry)));
}

static gboolean
find_units (WbRegister *self, int year, Because *because, GError **error)
{
  const WbFigureModel *figures = wb_figure_model_get_default (error);
  GPtrArray *dimensions = wb_figure_model_get_dimensions (figures);
  gint64 from = wb_date_to_days ((WbDate){ year, 1, 1 });
  gint64 to = wb_date_to_days ((WbDate){ year, 12, 31 });

  for (guint i = 0; i < dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (dimensions, i);
    gint64 key;

    if (!wb_fact_store_find_name (self->db, dimension->name, &key, error) ||
        (key != 0 && !wb_fact_store_each_since (self->db,
                                                key,
                                                from,
                                                to,
                                                because->size,
                                                note_unit,
                                                because,
                                                error)))
      return FALSE;
  }
  return TRUE;
}

static gint
compare_because (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (json_object_get_string_member (*(JsonObject *const *) a, "reference"),
                    json_object_get_string_member (*(JsonObject *const *) b, "reference"));
}

static JsonArray *
write_because (WbRegister *self, const Because *because)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  JsonArray *array = json_array_new ();
  GHashTableIter iter;
  gpointer unit, entry;

  g_hash_table_iter_init (&iter, because->units);
  while (g_hash_table_iter_next (&iter, &unit, &entry)) {
    char *reference = NULL;
    g_autofree char *id =
        wb_fact_store_get_record (self->db, (gint64) GPOINTER_TO_SIZE (unit), &reference, NULL);
    JsonObject *object;

    if (id == NULL)
      continue;
    object = json_object_new ();
    json_object_set_string_member (object, "reference", reference);
    json_object_set_int_member (object, "entry", (gint64) GPOINTER_TO_SIZE (entry));
    g_ptr_array_add (sorted, object);
    g_free (reference);
  }
  g_ptr_array_sort (sorted, compare_because);
  for (guint i = 0; i < sorted->len; i++) {
    if (i < BECAUSE_MAX)
      json_array_add_object_element (array, g_ptr_array_index (sorted, i));
    else
      json_object_unref (g_ptr_array_index (sorted, i));
  }
  return array;
}

static JsonObject *
read_document (JsonObject *values, GError **error)
{
  const char *text = json_object_get_string_member_with_default (values, "figures", "");
  const char *told = json_object_get_string_member_with_default (values, "sha256", "");
  g_autofree char *digest = digest_of (text);
  g_autoptr (JsonNode) node =
      g_str_equal (digest, told) ? wb_json_parse (text, strlen (text), NULL, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
      json_object_has_member (json_node_get_object (node), "internal") &&
      json_object_has_member (json_node_get_object (node), "public"))
    return json_object_ref (json_node_get_object (node));
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_DAMAGED,
                       _ ("The frozen figures do not have the SHA-256 that was noted with them: "
                          "verify the register."));
  return NULL;
}

static gboolean
compare_with_now (WbRegister *self,
                  int year,
                  JsonObject *document,
                  gint64 size,
                  JsonObject *result,
                  GError **error)
{
  WbFigureScope scope = scope_of (year, FALSE);
  g_autoptr (JsonObject) now = wb_register_report_figures (self, &scope, error);
  g_autoptr (GHashTable) units = g_hash_table_new (NULL, NULL);
  Because because = { size, units };
  JsonArray *differences;

  if (now == NULL)
    return FALSE;
  differences = json_array_new ();
  compare_parts (differences, json_object_get_object_member (document, "internal"), now);
  json_object_set_boolean_member (result, "differs", json_array_get_length (differences) > 0);
  json_object_set_array_member (result, "differences", differences);
  if (json_array_get_length (differences) > 0 && !find_units (self, year, &because, error))
    return FALSE;
  json_object_set_array_member (result, "because", write_because (self, &because));
  return TRUE;
}

/**
 * wb_register_get_frozen_year:
 * @self: an open register
 * @year: the year
 * @is_public: the version with small cells hidden, without differences
 * @error: return location for an error; %WB_ERROR_DAMAGED where its digest does not fit
 *
 * Returns: (transfer full) (nullable): "report" as it was frozen, byte for byte the same for ever,
 *   and what is counted otherwise now; %NULL without @error where the year was not frozen
 */
JsonObject *
wb_register_get_frozen_year (WbRegister *self, int year, gboolean is_public, GError **error)
{
  g_autoptr (WbRecordRow) row = find_yearbook (self, year, error);
  g_autoptr (JsonObject) values =
      row != NULL ? wb_register_load_values (self, row->id, error) : NULL;
  g_autoptr (JsonObject) document = values != NULL ? read_document (values, error) : NULL;
  g_autoptr (JsonObject) result = NULL;
  gint64 size;

  if (document == NULL)
    return NULL;
  size = get_int (values, "log_size");
  result = json_object_new ();
  json_object_set_int_member (result, "year", year);
  json_object_set_string_member (result, "record", row->reference);
  json_object_set_string_member (
      result,
      "frozen_on",
      json_object_get_string_member_with_default (values, "frozen_on", ""));
  json_object_set_int_member (result, "size", size);
  json_object_set_string_member (result,
                                 "sha256",
                                 json_object_get_string_member_with_default (values, "sha256", ""));
  json_object_set_string_member (
      result,
      "checkpoint",
      json_object_get_string_member_with_default (document, "checkpoint", ""));
  json_object_set_object_member (
      result,
      "report",
      json_object_ref (
          json_object_get_object_member (document, is_public ? "public" : "internal")));
  if (!is_public && !compare_with_now (self, year, document, size, result, error))
    return NULL;
  return g_steal_pointer (&result);
}
