/* SPDX-License-Identifier: EUPL-1.2 */

/* What is counted and by what, read from figures.json and checked against the record types. */
#include "wb-figure-model-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-json.h"
#include "wb-resources.h"

#define FILE_NAME "figures.json"
#define FORMAT "waarborg-figures v1"
#define LEAST_MAX 1000
#define DIGEST_DIGITS 8
#define FIND_PASSES 6

static void
unit_free (gpointer data)
{
  WbFigureUnit *self = data;

  g_free (self->name);
  g_free (self->basis);
  g_strfreev (self->period);
  g_free (self->when_field);
  g_strfreev (self->when_codes);
  g_strfreev (self->hours);
  g_clear_pointer (&self->dimensions, g_ptr_array_unref);
  g_free (self->own_label[0]);
  g_free (self->own_label[1]);
  g_free (self);
}

static void
set_free (gpointer data)
{
  WbFigureSet *self = data;

  g_free (self->name);
  g_free (self->label[0]);
  g_free (self->label[1]);
  g_free (self->basis);
  g_clear_pointer (&self->any, g_hash_table_unref);
  g_clear_pointer (&self->least, g_hash_table_unref);
  g_free (self->of_type);
  g_free (self->of_field);
  g_free (self);
}

static void
span_free (gpointer data)
{
  WbFigureSpan *self = data;

  g_free (self->name);
  g_free (self->label[0]);
  g_free (self->label[1]);
  g_free (self->from);
  g_free (self->to_type);
  g_free (self->to);
  g_free (self);
}

static void
dimension_free (gpointer data)
{
  WbDimension *self = data;

  g_free (self->name);
  g_free (self);
}

static void
list_free (gpointer data)
{
  WbFigureList *self = data;

  g_strfreev (self->fields);
  g_free (self);
}

void
wb_figure_model_free (WbFigureModel *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_strfreev (self->unseen.except);
  g_hash_table_unref (self->minded);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->overview);
  g_ptr_array_unref (self->dimensions);
  g_ptr_array_unref (self->spans);
  g_ptr_array_unref (self->sets);
  g_ptr_array_unref (self->units);
  g_free (self);
}

static WbFigureModel *
figures_new (const WbModel *model)
{
  WbFigureModel *self = g_new0 (WbFigureModel, 1);

  self->model = model;
  self->minded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->units = g_ptr_array_new_with_free_func (unit_free);
  self->sets = g_ptr_array_new_with_free_func (set_free);
  self->spans = g_ptr_array_new_with_free_func (span_free);
  self->dimensions = g_ptr_array_new_with_free_func (dimension_free);
  self->overview = g_ptr_array_new ();
  self->lists = g_ptr_array_new_with_free_func (list_free);
  return self;
}

static gboolean
read_root (WbFigureModel *self, const WbModelFile *file, JsonObject *root, GError **error)
{
  static const char *const allowed[] = { "format",   "least", "units", "sets",   "spans",
                                         "overview", "whole", "lists", "unseen", NULL };
  gint64 least = json_object_get_int_member_with_default (root, "least", 0);

  if (!wb_model_check_members (file, "", root, allowed, error))
    return FALSE;
  if (g_strcmp0 (json_object_get_string_member_with_default (root, "format", NULL), FORMAT) != 0)
    return wb_model_refuse (file, "/format", error, _ ("“%s” must be “%s”."), "format", FORMAT);
  if (least < 1 || least > LEAST_MAX)
    return wb_model_refuse (file, "/least", error, _ ("“%s” must be a whole number."), "least");
  self->least = (guint) least;
  return wb_figure_model_read (self, file, root, error);
}

static void
mind (WbFigureModel *self, const WbRecordType *type, const char *field)
{
  if (field != NULL)
    g_hash_table_add (self->minded, g_strdup_printf ("%s.%s", type->name, field));
}

static void
mind_all (WbFigureModel *self, const WbRecordType *type, char **fields)
{
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    mind (self, type, fields[i]);
}

static void
mind_keys (WbFigureModel *self, const WbRecordType *type, GHashTable *fields)
{
  GHashTableIter iter;
  gpointer field;

  if (fields == NULL)
    return;
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    mind (self, type, field);
}

/* Fields that tell who is counted with whom, beside those of the file. */
static const char *const KIN[][2] = {
  { "allegation", "received" }, { "allegation", "same_as" },
  { "allegation", "source" },   { "allegation", "source_person" },
  { "case", "merged_into" },    { "link", "kind" },
  { "link", "records" },        { "link", "ended" },
};

static void
mind_fields (WbFigureModel *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (KIN); i++)
    g_hash_table_add (self->minded, g_strdup_printf ("%s.%s", KIN[i][0], KIN[i][1]));
  for (guint i = 0; i < self->units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (self->units, i);

    mind_all (self, unit->type, unit->period);
    mind_all (self, unit->type, unit->hours);
    mind (self, unit->type, unit->when_field);
  }
  for (guint i = 0; i < self->sets->len; i++) {
    const WbFigureSet *set = g_ptr_array_index (self->sets, i);

    mind_keys (self, set->unit->type, set->any);
    mind_keys (self, set->unit->type, set->least);
    if (set->of_type != NULL)
      g_hash_table_add (self->minded, g_strdup_printf ("%s.%s", set->of_type, set->of_field));
  }
  for (guint i = 0; i < self->spans->len; i++) {
    const WbFigureSpan *span = g_ptr_array_index (self->spans, i);
    const WbRecordType *type =
        span->to_type != NULL ? wb_model_find_type (self->model, span->to_type) : span->unit->type;

    mind (self, span->unit->type, span->from);
    mind (self, type, span->to);
  }
  for (guint i = 0; i < self->dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (self->dimensions, i);

    if (dimension->field != NULL)
      mind (self, dimension->unit->type, dimension->field->name);
  }
}

/**
 * wb_figure_model_load:
 * @model: the record types; outlives the result
 * @name: of the file, for messages
 * @bytes: its content
 * @error: return location for an error
 *
 * Returns: (transfer full): what is counted; %NULL with %WB_ERROR_INVALID that says file, line and
 *   mistake
 */
WbFigureModel *
wb_figure_model_load (const WbModel *model, const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (JsonNode) root = wb_json_parse (text, size, &lines, error);
  g_autoptr (WbFigureModel) self = figures_new (model);
  WbModelFile file = { .name = name, .root = root, .lines = lines };
  g_autofree char *digest = NULL;

  if (root == NULL) {
    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    wb_model_refuse (&file, "", error, _ ("an object is needed here."));
    return NULL;
  }
  if (!read_root (self, &file, json_node_get_object (root), error))
    return NULL;
  mind_fields (self);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  self->version = g_strndup (digest, DIGEST_DIGITS);
  return g_steal_pointer (&self);
}

/**
 * wb_figure_model_get_default:
 * @error: return location for an error
 *
 * Returns: (transfer none): what the program ships, loaded once
 */
const WbFigureModel *
wb_figure_model_get_default (GError **error)
{
  static GMutex mutex;
  static WbFigureModel *figures;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  const WbModel *model = figures == NULL ? wb_model_get_default (error) : NULL;
  g_autoptr (GBytes) bytes = model != NULL ? wb_core_resource ("model/" FILE_NAME, error) : NULL;

  if (bytes != NULL)
    figures = wb_figure_model_load (model, FILE_NAME, bytes, error);
  return figures;
}

const char *
wb_figure_model_get_version (const WbFigureModel *self)
{
  return self->version;
}

guint
wb_figure_model_get_least (const WbFigureModel *self)
{
  return self->least;
}

GPtrArray *
wb_figure_model_get_units (const WbFigureModel *self)
{
  return self->units;
}

GPtrArray *
wb_figure_model_get_dimensions (const WbFigureModel *self)
{
  return self->dimensions;
}

GPtrArray *
wb_figure_model_get_sets (const WbFigureModel *self)
{
  return self->sets;
}

GPtrArray *
wb_figure_model_get_overview (const WbFigureModel *self)
{
  return self->overview;
}

GPtrArray *
wb_figure_model_get_lists (const WbFigureModel *self)
{
  return self->lists;
}

const WbFigureUnseen *
wb_figure_model_get_unseen (const WbFigureModel *self)
{
  return &self->unseen;
}

/**
 * wb_figure_model_find_set:
 * @self: what is counted
 * @name: such as "set.privacy"
 *
 * Returns: (transfer none) (nullable): the set
 */
const WbFigureSet *
wb_figure_model_find_set (const WbFigureModel *self, const char *name)
{
  for (guint i = 0; i < self->sets->len; i++) {
    const WbFigureSet *set = g_ptr_array_index (self->sets, i);

    if (g_strcmp0 (set->name, name) == 0)
      return set;
  }
  return NULL;
}

/* How well a name that somebody types fits; allegations are meant before anything else. */
static gboolean
fits (const WbDimension *dimension, const char *name, guint pass)
{
  const char *part = strchr (dimension->name, '.');
  gboolean first = dimension->unit->kind == WB_UNIT_GROUPS;
  gboolean by_field = part != NULL && g_str_equal (part + 1, name);
  gboolean by_list =
      dimension->field != NULL && g_strcmp0 (dimension->field->vocabulary, name) == 0;

  switch (pass) {
  case 0:
    return dimension->kind != WB_DIMENSION_TOTAL && g_str_equal (dimension->name, name);
  case 1:
    return first && by_field;
  case 2:
    return first && by_list;
  case 3:
    return by_field;
  case 4:
    return by_list;
  default:
    return g_str_equal (dimension->name, name);
  }
}

/**
 * wb_figure_model_find:
 * @self: what is counted
 * @name: "allegation.stages", "stages" or the vocabulary "stage"
 *
 * A short name means allegations before anything else, and then the unit that comes first.
 *
 * Returns: (transfer none) (nullable): the dimension
 */
const WbDimension *
wb_figure_model_find (const WbFigureModel *self, const char *name)
{
  for (guint pass = 0; pass < FIND_PASSES; pass++) {
    for (guint i = 0; i < self->dimensions->len; i++) {
      const WbDimension *dimension = g_ptr_array_index (self->dimensions, i);

      if (fits (dimension, name, pass))
        return dimension;
    }
  }
  return NULL;
}

/**
 * wb_figure_model_counts:
 * @self: what is counted
 * @type: a record type
 *
 * Returns: whether an act on such a record may change a figure
 */
gboolean
wb_figure_model_counts (const WbFigureModel *self, const char *type)
{
  for (guint i = 0; i < self->units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (self->units, i);

    if (g_str_equal (unit->type->name, type))
      return TRUE;
  }
  return g_str_equal (type, "link") || wb_figure_model_feeds_cases (self, type);
}

/**
 * wb_figure_model_feeds_cases:
 * @self: what is counted
 * @type: a record type
 *
 * Returns: whether a figure of the case looks at such records of it
 */
gboolean
wb_figure_model_feeds_cases (const WbFigureModel *self, const char *type)
{
  if (g_str_equal (type, "allegation") || g_str_equal (type, "case"))
    return TRUE;
  for (guint i = 0; i < self->spans->len; i++) {
    const WbFigureSpan *span = g_ptr_array_index (self->spans, i);

    if (g_strcmp0 (span->to_type, type) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_figure_model_minds:
 * @self: what is counted
 * @type: a record type
 * @field: one of its fields
 *
 * Returns: whether a figure may be another where the field is
 */
gboolean
wb_figure_model_minds (const WbFigureModel *self, const char *type, const char *field)
{
  g_autofree char *both = g_strdup_printf ("%s.%s", type, field);

  return g_hash_table_contains (self->minded, both);
}

/**
 * wb_figure_model_watches:
 * @self: what is counted
 * @type: a record type
 * @field: one of its fields
 *
 * Returns: whether a set counts what such records point at by the field
 */
gboolean
wb_figure_model_watches (const WbFigureModel *self, const char *type, const char *field)
{
  for (guint i = 0; i < self->sets->len; i++) {
    const WbFigureSet *set = g_ptr_array_index (self->sets, i);

    if (g_strcmp0 (set->of_type, type) == 0 && g_str_equal (set->of_field, field))
      return TRUE;
  }
  return FALSE;
}
