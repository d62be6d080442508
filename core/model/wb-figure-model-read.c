/* SPDX-License-Identifier: EUPL-1.2 */

/* The parts of figures.json: units, sets, durations, lists and the yearly report, each checked
 * against the record types. */
#include "wb-figure-model-private.h"

#include <string.h>

#include "wb-error.h"

static const WbFigureUnit *
find_unit (const WbFigureModel *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (self->units, i);

    if (g_str_equal (unit->name, name))
      return unit;
  }
  return NULL;
}

/* A list of texts; NULL with *ret_ok where it may be left out and is. */
static char **
read_texts (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            const char *member,
            gboolean *ret_ok,
            GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  *ret_ok = !json_object_has_member (object, member);
  if (*ret_ok)
    return NULL;
  array = wb_model_read_array (file, path, object, member, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (json_node_get_value_type (node) != G_TYPE_STRING) {
      wb_model_refuse (file, path, error, _ ("“%s” must be a list of texts."), member);
      return NULL;
    }
    g_strv_builder_add (builder, json_node_get_string (node));
  }
  *ret_ok = array != NULL;
  return array != NULL ? g_strv_builder_end (builder) : NULL;
}

static gboolean
check_field (const WbModelFile *file,
             const char *path,
             const WbRecordType *type,
             const char *name,
             GError **error)
{
  if (wb_record_type_find_field (type, name) != NULL)
    return TRUE;
  return wb_model_refuse (file, path, error, _ ("“%s” has no field “%s”."), type->name, name);
}

static gboolean
check_codes (const WbFigureModel *self,
             const WbModelFile *file,
             const char *path,
             char **codes,
             GError **error)
{
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++) {
    if (wb_model_find_term (self->model, codes[i]) == NULL && !g_str_equal (codes[i], "true") &&
        !g_str_equal (codes[i], "false"))
      return wb_model_refuse (file, path, error, _ ("There is no code “%s”."), codes[i]);
  }
  return TRUE;
}

static gboolean
read_condition (WbFigureModel *self,
                const WbModelFile *file,
                const char *path,
                JsonObject *object,
                const char *member,
                WbFigureUnit *unit,
                GError **error)
{
  static const char *const allowed[] = { "field", "codes", NULL };
  JsonNode *node = json_object_get_member (object, member);
  gboolean ok;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wb_model_refuse (file, path, error, _ ("“%s” must be an object."), member);
  object = json_node_get_object (node);
  if (!wb_model_check_members (file, path, object, allowed, error))
    return FALSE;
  unit->unless = g_str_equal (member, "unless");
  unit->when_field = wb_model_read_string (file, path, object, "field", TRUE, &ok, error);
  if (!ok || !check_field (file, path, unit->type, unit->when_field, error))
    return FALSE;
  unit->when_codes = read_texts (file, path, object, "codes", &ok, error);
  return ok && check_codes (self, file, path, unit->when_codes, error);
}

static WbDimension *
add_dimension (WbFigureModel *self, WbFigureUnit *unit, WbDimensionKind kind, const char *name)
{
  WbDimension *dimension = g_new0 (WbDimension, 1);

  dimension->name = g_strdup (name);
  dimension->kind = kind;
  dimension->unit = unit;
  g_ptr_array_add (self->dimensions, dimension);
  g_ptr_array_add (unit->dimensions, dimension);
  return dimension;
}

static WbDimension *
add_part (WbFigureModel *self, WbFigureUnit *unit, WbDimensionKind kind, const char *part)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", unit->name, part);

  return add_dimension (self, unit, kind, name);
}

static gboolean
is_counted (const WbField *field)
{
  return field->sensitivity == WB_SENSITIVITY_OPEN &&
         (field->type == WB_FIELD_CODE || field->type == WB_FIELD_CODES ||
          field->type == WB_FIELD_BOOLEAN);
}

static void
add_dimensions (WbFigureModel *self, WbFigureUnit *unit, char **only, char **without)
{
  add_dimension (self, unit, WB_DIMENSION_TOTAL, unit->name);
  for (guint i = 0; i < unit->type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (unit->type->fields, i);

    if (!is_counted (field) ||
        (only != NULL && !g_strv_contains ((const char *const *) only, field->name)) ||
        (without != NULL && g_strv_contains ((const char *const *) without, field->name)))
      continue;
    add_part (self, unit, WB_DIMENSION_FIELD, field->name)->field = field;
  }
  if (unit->hours != NULL) {
    add_part (self, unit, WB_DIMENSION_HOUR, "hour");
    add_part (self, unit, WB_DIMENSION_WEEKDAY, "weekday");
  }
}

static gboolean
read_kind (const WbModelFile *file,
           const char *path,
           JsonObject *object,
           WbUnitKind *ret_kind,
           GError **error)
{
  static const char *const KINDS[] = { "records", "groups", "sources" };
  gboolean ok;
  g_autofree char *text = wb_model_read_string (file, path, object, "counts", FALSE, &ok, error);

  if (!ok)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    if (g_str_equal (text != NULL ? text : KINDS[0], KINDS[i])) {
      *ret_kind = (WbUnitKind) i;
      return TRUE;
    }
  }
  return wb_model_refuse (file,
                          path,
                          error,
                          _ ("“%s” must be one of: %s."),
                          "counts",
                          "records, groups, sources");
}

static gboolean
check_fields (const WbModelFile *file,
              const char *path,
              const WbRecordType *type,
              char **fields,
              GError **error)
{
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++) {
    if (!g_str_equal (fields[i], "receipt") && !check_field (file, path, type, fields[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_unit_parts (WbFigureModel *self,
                 const WbModelFile *file,
                 const char *path,
                 JsonObject *object,
                 WbFigureUnit *unit,
                 GError **error)
{
  g_auto (GStrv) only = NULL;
  g_auto (GStrv) without = NULL;
  gboolean ok;

  unit->basis = wb_model_read_string (file, path, object, "basis", FALSE, &ok, error);
  if (!ok || !wb_model_read_labels (file, path, object, "label", FALSE, unit->own_label, error) ||
      !read_kind (file, path, object, &unit->kind, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    unit->label[i] = unit->own_label[i] != NULL ? unit->own_label[i] : unit->type->plural[i];
  unit->period = read_texts (file, path, object, "period", &ok, error);
  if (ok)
    unit->hours = read_texts (file, path, object, "hours", &ok, error);
  if (ok)
    only = read_texts (file, path, object, "only", &ok, error);
  if (ok)
    without = read_texts (file, path, object, "without", &ok, error);
  if (!ok || !check_fields (file, path, unit->type, unit->period, error) ||
      !check_fields (file, path, unit->type, unit->hours, error) ||
      !check_fields (file, path, unit->type, only, error) ||
      !check_fields (file, path, unit->type, without, error) ||
      !read_condition (self, file, path, object, "when", unit, error) ||
      !read_condition (self, file, path, object, "unless", unit, error))
    return FALSE;
  if (unit->hours != NULL && g_strv_length (unit->hours) != 2)
    return wb_model_refuse (file, path, error, _ ("“%s” must name two fields."), "hours");
  add_dimensions (self, unit, only, without);
  return TRUE;
}

static gboolean
read_unit (WbFigureModel *self,
           const WbModelFile *file,
           const char *path,
           JsonObject *object,
           GError **error)
{
  static const char *const allowed[] = { "name",  "type",  "counts", "period", "only",  "without",
                                         "label", "basis", "when",   "unless", "hours", NULL };
  WbFigureUnit *unit = g_new0 (WbFigureUnit, 1);
  g_autofree char *type = NULL;
  gboolean ok;

  g_ptr_array_add (self->units, unit);
  unit->dimensions = g_ptr_array_new ();
  if (!wb_model_check_members (file, path, object, allowed, error))
    return FALSE;
  unit->name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  type = wb_model_read_string (file, path, object, "type", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  unit->type = wb_model_find_type (self->model, type);
  if (unit->type == NULL)
    return wb_model_refuse (file, path, error, _ ("There is no record type “%s”."), type);
  return read_unit_parts (self, file, path, object, unit, error);
}

static const WbFigureUnit *
read_unit_name (WbFigureModel *self,
                const WbModelFile *file,
                const char *path,
                JsonObject *object,
                GError **error)
{
  gboolean ok;
  g_autofree char *name = wb_model_read_string (file, path, object, "unit", TRUE, &ok, error);
  const WbFigureUnit *unit = find_unit (self, name);

  if (ok && unit == NULL)
    wb_model_refuse (file, path, error, _ ("There is no unit “%s”."), name);
  return unit;
}

/* {"rights": ["right.charter.8"]} */
static gboolean
read_any (WbFigureModel *self,
          const WbModelFile *file,
          const char *path,
          JsonObject *object,
          WbFigureSet *set,
          GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  set->any = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  for (GList *l = members; l != NULL; l = l->next) {
    gboolean ok;
    char **codes = read_texts (file, path, object, l->data, &ok, error);

    if (!ok || !check_field (file, path, set->unit->type, l->data, error) ||
        !check_codes (self, file, path, codes, error)) {
      g_strfreev (codes);
      return FALSE;
    }
    g_hash_table_insert (set->any, g_strdup (l->data), codes);
  }
  return TRUE;
}

static gboolean
read_least (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            WbFigureSet *set,
            GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  set->least = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (GList *l = members; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (object, l->data);

    if (json_node_get_value_type (node) != G_TYPE_INT64)
      return wb_model_refuse (file, path, error, _ ("“%s” must be a whole number."), "least");
    if (!check_field (file, path, set->unit->type, l->data, error))
      return FALSE;
    g_hash_table_insert (set->least,
                         g_strdup (l->data),
                         GINT_TO_POINTER ((int) json_node_get_int (node)));
  }
  return TRUE;
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* {"interview": "visit"}: some record of that type points at the unit by that field. */
static gboolean
read_records (const WbFigureModel *self,
              const WbModelFile *file,
              const char *path,
              JsonObject *object,
              WbFigureSet *set,
              GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);
  const char *name = members != NULL ? members->data : "";
  const WbRecordType *type = wb_model_find_type (self->model, name);
  gboolean ok;

  if (type == NULL)
    return wb_model_refuse (file, path, error, _ ("There is no record type “%s”."), name);
  set->of_type = g_strdup (name);
  set->of_field = wb_model_read_string (file, path, object, name, TRUE, &ok, error);
  return ok && check_field (file, path, type, set->of_field, error);
}

static gboolean
read_set (WbFigureModel *self,
          const WbModelFile *file,
          const char *path,
          JsonObject *object,
          GError **error)
{
  static const char *const allowed[] = { "name", "unit",  "label",   "basis", "group",
                                         "any",  "least", "records", NULL };
  WbFigureSet *set = g_new0 (WbFigureSet, 1);
  JsonObject *any = get_object (object, "any");
  JsonObject *least = get_object (object, "least");
  JsonObject *records = get_object (object, "records");
  g_autofree char *name = NULL;
  gboolean ok;

  g_ptr_array_add (self->sets, set);
  if (!wb_model_check_members (file, path, object, allowed, error) ||
      !wb_model_read_boolean (file, path, object, "group", FALSE, &set->is_group, error))
    return FALSE;
  set->name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);
  if (ok)
    set->basis = wb_model_read_string (file, path, object, "basis", FALSE, &ok, error);
  if (!ok || !wb_model_read_labels (file, path, object, "label", TRUE, set->label, error))
    return FALSE;
  set->unit = read_unit_name (self, file, path, object, error);
  if (set->unit == NULL || (any != NULL && !read_any (self, file, path, any, set, error)) ||
      (least != NULL && !read_least (file, path, least, set, error)) ||
      (records != NULL && !read_records (self, file, path, records, set, error)))
    return FALSE;
  if (any == NULL && least == NULL && records == NULL)
    return wb_model_refuse (file, path, error, _ ("“%s” is missing."), "any");
  name = g_strdup_printf ("%s.set", set->unit->name);
  if (wb_figure_model_find (self, name) == NULL)
    add_dimension (self, (WbFigureUnit *) set->unit, WB_DIMENSION_SET, name);
  return TRUE;
}

static gboolean
check_span (const WbFigureModel *self,
            const WbModelFile *file,
            const char *path,
            const WbFigureSpan *span,
            GError **error)
{
  const WbRecordType *type =
      span->to_type != NULL ? wb_model_find_type (self->model, span->to_type) : span->unit->type;

  if (type == NULL)
    return wb_model_refuse (file, path, error, _ ("There is no record type “%s”."), span->to_type);
  return (span->from == NULL || check_field (file, path, span->unit->type, span->from, error)) &&
         check_field (file, path, type, span->to, error);
}

static gboolean
read_span (WbFigureModel *self,
           const WbModelFile *file,
           const char *path,
           JsonObject *object,
           GError **error)
{
  static const char *const allowed[] = { "name", "unit", "from", "to", "label", NULL };
  WbFigureSpan *span = g_new0 (WbFigureSpan, 1);
  g_autofree char *to = NULL;
  const char *dot;
  gboolean ok;

  g_ptr_array_add (self->spans, span);
  if (!wb_model_check_members (file, path, object, allowed, error))
    return FALSE;
  span->name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);
  if (ok)
    span->from = wb_model_read_string (file, path, object, "from", TRUE, &ok, error);
  if (ok)
    to = wb_model_read_string (file, path, object, "to", TRUE, &ok, error);
  if (!ok || !wb_model_read_labels (file, path, object, "label", TRUE, span->label, error))
    return FALSE;
  if (!g_str_has_prefix (span->name, "span."))
    return wb_model_refuse (file, path, error, _ ("The name must begin with “%s”."), "span.");
  if (g_str_equal (span->from, "period"))
    g_clear_pointer (&span->from, g_free);
  dot = strchr (to, '.');
  span->to_type = dot != NULL ? g_strndup (to, (gsize) (dot - to)) : NULL;
  span->to = g_strdup (dot != NULL ? dot + 1 : to);
  span->unit = read_unit_name (self, file, path, object, error);
  if (span->unit == NULL || !check_span (self, file, path, span, error))
    return FALSE;
  add_dimension (self, (WbFigureUnit *) span->unit, WB_DIMENSION_SPAN, span->name)->span = span;
  return TRUE;
}

static gboolean
read_list (WbFigureModel *self,
           const WbModelFile *file,
           const char *path,
           JsonObject *object,
           GError **error)
{
  static const char *const allowed[] = { "unit", "fields", "public", NULL };
  WbFigureList *list = g_new0 (WbFigureList, 1);
  gboolean ok;

  g_ptr_array_add (self->lists, list);
  if (!wb_model_check_members (file, path, object, allowed, error) ||
      !wb_model_read_boolean (file, path, object, "public", FALSE, &list->is_public, error))
    return FALSE;
  list->unit = read_unit_name (self, file, path, object, error);
  list->fields = list->unit != NULL ? read_texts (file, path, object, "fields", &ok, error) : NULL;
  return list->fields != NULL && check_fields (file, path, list->unit->type, list->fields, error);
}

typedef gboolean (*ReadElement) (WbFigureModel *self,
                                 const WbModelFile *file,
                                 const char *path,
                                 JsonObject *object,
                                 GError **error);

static gboolean
read_each (WbFigureModel *self,
           const WbModelFile *file,
           JsonObject *root,
           const char *member,
           ReadElement read,
           GError **error)
{
  JsonArray *array = wb_model_read_array (file, "", root, member, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autofree char *path = g_strdup_printf ("/%s/%u", member, i);
    JsonObject *object = wb_model_read_element (file, path, array, i, error);

    if (object == NULL || !read (self, file, path, object, error))
      return FALSE;
  }
  return array != NULL;
}

static WbDimension *
need_dimension (const WbFigureModel *self,
                const WbModelFile *file,
                const char *path,
                const char *name,
                GError **error)
{
  for (guint i = 0; name != NULL && i < self->dimensions->len; i++) {
    WbDimension *dimension = g_ptr_array_index (self->dimensions, i);

    if (g_str_equal (dimension->name, name))
      return dimension;
  }
  wb_model_refuse (file, path, error, _ ("Nothing is counted by “%s”."), name != NULL ? name : "");
  return NULL;
}

static gboolean
read_overview (WbFigureModel *self, const WbModelFile *file, JsonObject *root, GError **error)
{
  gboolean ok;
  g_auto (GStrv) names = read_texts (file, "", root, "overview", &ok, error);
  g_auto (GStrv) whole = ok ? read_texts (file, "", root, "whole", &ok, error) : NULL;

  if (!ok)
    return FALSE;
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    WbDimension *dimension = need_dimension (self, file, "/overview", names[i], error);

    if (dimension == NULL)
      return FALSE;
    g_ptr_array_add (self->overview, dimension);
  }
  for (guint i = 0; whole != NULL && whole[i] != NULL; i++) {
    WbDimension *dimension = need_dimension (self, file, "/whole", whole[i], error);

    if (dimension == NULL)
      return FALSE;
    dimension->whole = TRUE;
  }
  return TRUE;
}

static gboolean
read_pair (WbFigureModel *self,
           const WbModelFile *file,
           JsonObject *object,
           const char *member,
           const WbDimension **ret_visits,
           const WbDimension **ret_beside,
           GError **error)
{
  JsonObject *pair = get_object (object, member);
  g_autofree char *path = g_strdup_printf ("/unseen/%s", member);
  gboolean ok;
  g_autofree char *visits = NULL;
  g_autofree char *beside = NULL;

  if (pair == NULL)
    return wb_model_refuse (file, "/unseen", error, _ ("“%s” is missing."), member);
  visits = wb_model_read_string (file, path, pair, "visits", TRUE, &ok, error);
  if (ok)
    beside = wb_model_read_string (file, path, pair, "beside", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  *ret_visits = need_dimension (self, file, path, visits, error);
  *ret_beside = *ret_visits != NULL ? need_dimension (self, file, path, beside, error) : NULL;
  return *ret_beside != NULL;
}

static gboolean
read_one (WbFigureModel *self,
          const WbModelFile *file,
          JsonObject *object,
          const char *member,
          const WbDimension **ret_dimension,
          GError **error)
{
  gboolean ok;
  g_autofree char *name = wb_model_read_string (file, "/unseen", object, member, TRUE, &ok, error);

  *ret_dimension = ok ? need_dimension (self, file, "/unseen", name, error) : NULL;
  return *ret_dimension != NULL;
}

static gboolean
read_unseen (WbFigureModel *self, const WbModelFile *file, JsonObject *root, GError **error)
{
  JsonObject *object = get_object (root, "unseen");
  WbFigureUnseen *unseen = &self->unseen;
  gboolean ok;

  if (object == NULL)
    return wb_model_refuse (file, "", error, _ ("“%s” is missing."), "unseen");
  unseen->except = read_texts (file, "/unseen", object, "except", &ok, error);
  if (!ok || !check_codes (self, file, "/unseen", unseen->except, error))
    return FALSE;
  return read_pair (self, file, object, "sites", &unseen->sites, &unseen->sites_beside, error) &&
         read_pair (self, file, object, "stages", &unseen->stages, &unseen->stages_beside, error) &&
         read_one (self, file, object, "groups", &unseen->groups, error) &&
         read_one (self, file, object, "hours", &unseen->hours, error) &&
         read_one (self, file, object, "weekdays", &unseen->weekdays, error);
}

/* All parts of the file, in the order in which one names another. */
gboolean
wb_figure_model_read (WbFigureModel *self,
                      const WbModelFile *file,
                      JsonObject *root,
                      GError **error)
{
  return read_each (self, file, root, "units", read_unit, error) &&
         read_each (self, file, root, "sets", read_set, error) &&
         read_each (self, file, root, "spans", read_span, error) &&
         read_each (self, file, root, "lists", read_list, error) &&
         read_overview (self, file, root, error) && read_unseen (self, file, root, error);
}
