/* SPDX-License-Identifier: EUPL-1.2 */

/* From a record to what is counted of it. What holds no more ends at the entry that ended it, so
 * that any earlier state can still be counted. */
#include "wb-fact-private.h"

/* Where the facts of one unit belong. */
typedef struct {
  gint64 unit, day, case_key;
} Place;

static WbFactWant *
find_want (GArray *wants, const WbFactRow *row)
{
  for (guint i = 0; i < wants->len; i++) {
    WbFactWant *one = &g_array_index (wants, WbFactWant, i);

    if (one->dimension == row->dimension && one->code == row->code)
      return one;
  }
  return NULL;
}

static gboolean
is_of_unit (WbFactCount *self, const WbFigureUnit *unit, gint64 dimension, GError **error)
{
  for (guint i = 0; i < unit->dimensions->len; i++) {
    const WbDimension *one = g_ptr_array_index (unit->dimensions, i);

    if (wb_facts_find_name (self->reg, one->name, error) == dimension)
      return TRUE;
  }
  return FALSE;
}

static gboolean
end_others (WbFactCount *self,
            const WbFigureUnit *unit,
            const Place *place,
            GArray *wants,
            GError **error)
{
  g_autoptr (GArray) rows = wb_fact_store_list_of_unit (self->reg->db, place->unit, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbFactRow *row = &g_array_index (rows, WbFactRow, i);
    WbFactWant *wanted;

    if (row->until != WB_FACT_HOLDS || !is_of_unit (self, unit, row->dimension, NULL))
      continue;
    wanted =
        row->day == place->day && row->case_key == place->case_key ? find_want (wants, row) : NULL;
    if (wanted != NULL)
      wanted->there = TRUE;
    else if (!wb_facts_end (self->reg, row, self->entry, self->logged, error))
      return FALSE;
  }
  return rows != NULL;
}

/* What holds of a unit from this entry on is @wants and nothing else. */
static gboolean
settle (WbFactCount *self,
        const WbFigureUnit *unit,
        const Place *place,
        GArray *wants,
        GError **error)
{
  if (!end_others (self, unit, place, wants, error))
    return FALSE;
  for (guint i = 0; i < wants->len; i++) {
    const WbFactWant *one = &g_array_index (wants, WbFactWant, i);
    WbFactRow row = { place->unit,   one->dimension, one->code,      self->entry,
                      WB_FACT_HOLDS, place->day,     place->case_key };

    if (!one->there && !wb_facts_add (self->reg, &row, self->logged, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
applies (const WbFigureUnit *unit, JsonObject *values)
{
  return unit->when_field == NULL ||
         wb_facts_has_code (values, unit->when_field, unit->when_codes) != unit->unless;
}

/* Complaints about the body itself are counted by themselves, and their allegations not at all. */
static gboolean
is_apart (const WbFactCount *self, const WbKin *root)
{
  GPtrArray *units = wb_figure_model_get_units (self->figures);

  for (guint i = 0; i < units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (units, i);

    if (g_str_equal (unit->type->name, "case") && unit->unless && !applies (unit, root->values))
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
alone (const WbKin *kin)
{
  GPtrArray *members = g_ptr_array_new ();

  g_ptr_array_add (members, (gpointer) kin);
  return members;
}

/* What tells sources within a case apart. */
static const char *
source_of (const WbKin *kin)
{
  const char *person =
      json_object_get_string_member_with_default (kin->values, "source_person", NULL);

  if (person == NULL)
    person = json_object_get_string_member_with_default (kin->values, "source", NULL);
  return person != NULL ? person : kin->row->id;
}

static gboolean
is_first_of_source (GPtrArray *of_case, guint index)
{
  const char *source = source_of (g_ptr_array_index (of_case, index));

  for (guint i = 0; i < index; i++)
    if (g_str_equal (source_of (g_ptr_array_index (of_case, i)), source))
      return FALSE;
  return TRUE;
}

static gboolean
settle_allegation (WbFactCount *self,
                   const WbFigureUnit *unit,
                   const WbKin *kin,
                   GPtrArray *members,
                   gint64 day,
                   const WbKin *root,
                   GError **error)
{
  g_autoptr (GArray) wants = g_array_new (FALSE, FALSE, sizeof (WbFactWant));
  const Place place = { kin->row->key, day, root->row->key };

  if (members != NULL &&
      !wb_facts_want_unit (self, unit, members, NULL, kin->day_known ? &day : NULL, wants, error))
    return FALSE;
  return settle (self, unit, &place, wants, error);
}

static gboolean
settle_kind (WbFactCount *self,
             WbUnitKind kind,
             const WbKin *kin,
             GPtrArray *members,
             gint64 day,
             const WbKin *root,
             GError **error)
{
  GPtrArray *units = wb_figure_model_get_units (self->figures);

  for (guint i = 0; i < units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (units, i);

    if (unit->kind == kind && wb_kin_is (kin, unit->type->name) &&
        !settle_allegation (self, unit, kin, members, day, root, error))
      return FALSE;
  }
  return TRUE;
}

/* The first of a group is counted, with the codes of all and the earliest receipt. */
static gboolean
settle_group (WbFactCount *self, const char *allegation, GError **error)
{
  g_autoptr (GPtrArray) group = NULL;
  gint64 day = G_MAXINT64;

  if (g_hash_table_contains (self->done, allegation))
    return TRUE;
  group = wb_kin_list_group (self->reg, allegation, error);
  if (group == NULL)
    return FALSE;
  for (guint i = 0; i < group->len; i++)
    day = MIN (day, ((const WbKin *) g_ptr_array_index (group, i))->day);
  for (guint i = 0; i < group->len; i++) {
    const WbKin *kin = g_ptr_array_index (group, i);
    g_autoptr (WbKin) root = wb_kin_find_root (self->reg, kin->row->case_id, error);
    gboolean counts = root != NULL && i == 0 && !is_apart (self, root);

    g_hash_table_add (self->done, g_strdup (kin->row->id));
    if (root != NULL &&
        !settle_kind (self, WB_UNIT_GROUPS, kin, counts ? group : NULL, day, root, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
settle_sources (WbFactCount *self, const char *case_id, const WbKin *root, GError **error)
{
  g_autoptr (GPtrArray) of_case = wb_kin_list_of_case (self->reg, case_id, "allegation", error);

  for (guint i = 0; of_case != NULL && i < of_case->len; i++) {
    const WbKin *kin = g_ptr_array_index (of_case, i);
    g_autoptr (GPtrArray) members = alone (kin);
    gboolean counts = is_first_of_source (of_case, i) && !is_apart (self, root);

    if (!settle_kind (self, WB_UNIT_SOURCES, kin, counts ? members : NULL, kin->day, root, error))
      return FALSE;
  }
  return of_case != NULL;
}

/* A case is of the day on which the first of its allegations was received. */
static gint64
find_receipt (GPtrArray *around, const WbKin *root, gboolean *ret_known)
{
  gint64 day = G_MAXINT64;

  *ret_known = FALSE;
  for (guint i = 0; i < around->len; i++) {
    const WbKin *kin = g_ptr_array_index (around, i);

    if (!wb_kin_is (kin, "allegation") || kin->day >= day)
      continue;
    day = kin->day;
    *ret_known = kin->day_known;
  }
  return day != G_MAXINT64 ? day : root->day;
}

static GPtrArray *
list_around (WbFactCount *self, GPtrArray *family, GError **error)
{
  g_autoptr (GPtrArray) around = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_kin_free);

  for (guint i = 0; i < family->len; i++) {
    g_autoptr (GPtrArray) rows =
        wb_record_store_list_of_case (self->reg->db, g_ptr_array_index (family, i), error);

    if (rows == NULL)
      return NULL;
    for (guint j = 0; j < rows->len; j++) {
      const WbRecordRow *row = g_ptr_array_index (rows, j);
      WbKin *kin = wb_figure_model_feeds_cases (self->figures, row->type)
                       ? wb_kin_load (self->reg, row->id, NULL)
                       : NULL;

      if (kin != NULL)
        g_ptr_array_add (around, kin);
    }
  }
  return g_steal_pointer (&around);
}

static gboolean
settle_case_unit (WbFactCount *self,
                  const WbFigureUnit *unit,
                  const WbKin *of,
                  const WbKin *root,
                  GPtrArray *around,
                  GError **error)
{
  g_autoptr (GArray) wants = g_array_new (FALSE, FALSE, sizeof (WbFactWant));
  g_autoptr (GPtrArray) members = alone (root);
  gboolean known, is_root = of->row->key == root->row->key;
  gint64 day = find_receipt (around, root, &known);
  const Place place = { of->row->key, day, root->row->key };

  if (is_root && applies (unit, root->values) &&
      !wb_facts_want_unit (self, unit, members, around, known ? &day : NULL, wants, error))
    return FALSE;
  return settle (self, unit, &place, wants, error);
}

static gboolean
settle_case_units (WbFactCount *self,
                   const WbKin *of,
                   const WbKin *root,
                   GPtrArray *around,
                   GError **error)
{
  GPtrArray *units = wb_figure_model_get_units (self->figures);

  for (guint i = 0; i < units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (units, i);

    if (g_str_equal (unit->type->name, "case") &&
        !settle_case_unit (self, unit, of, root, around, error))
      return FALSE;
  }
  return TRUE;
}

/* The case, those that are counted as it, and the sources of each. */
static gboolean
settle_case (WbFactCount *self, const char *case_id, GError **error)
{
  g_autoptr (WbKin) root = wb_kin_find_root (self->reg, case_id, error);
  g_autoptr (GPtrArray) family = NULL;
  g_autoptr (GPtrArray) around = NULL;

  if (root == NULL)
    return error == NULL || *error == NULL; /* set aside */
  if (g_hash_table_contains (self->done, root->row->id))
    return TRUE;
  g_hash_table_add (self->done, g_strdup (root->row->id));
  family = wb_kin_list_family (self->reg, root, error);
  around = family != NULL ? list_around (self, family, error) : NULL;
  for (guint i = 0; around != NULL && i < family->len; i++) {
    g_autoptr (WbKin) of = wb_kin_load (self->reg, g_ptr_array_index (family, i), error);

    if (of == NULL || !settle_case_units (self, of, root, around, error) ||
        !settle_sources (self, of->row->id, root, error))
      return FALSE;
  }
  return around != NULL;
}

static gint64
find_period (WbFactCount *self, const WbFigureUnit *unit, const WbKin *kin, gboolean *ret_known)
{
  gint64 day;

  for (guint i = 0; unit->period != NULL && unit->period[i] != NULL; i++)
    if (wb_kin_read_day (self->reg, kin->values, unit->period[i], &day, ret_known))
      return day;
  *ret_known = FALSE;
  return wb_facts_day_of (self->reg, kin->row->created);
}

static gboolean
settle_plain (WbFactCount *self, const WbKin *kin, GError **error)
{
  GPtrArray *units = wb_figure_model_get_units (self->figures);
  const char *case_id = wb_record_row_get_case (kin->row);
  g_autoptr (WbKin) root = case_id != NULL ? wb_kin_find_root (self->reg, case_id, NULL) : NULL;
  g_autoptr (GPtrArray) members = alone (kin);

  for (guint i = 0; i < units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (units, i);
    g_autoptr (GArray) wants = g_array_new (FALSE, FALSE, sizeof (WbFactWant));
    gboolean known = FALSE;
    Place place = { kin->row->key, 0, root != NULL ? root->row->key : 0 };

    if (unit->kind != WB_UNIT_RECORDS || !wb_kin_is (kin, unit->type->name))
      continue;
    place.day = find_period (self, unit, kin, &known);
    if ((applies (unit, kin->values) && !wb_facts_want_unit (self,
                                                             unit,
                                                             members,
                                                             members,
                                                             known ? &place.day : NULL,
                                                             wants,
                                                             error)) ||
        !settle (self, unit, &place, wants, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
settle_record (WbFactCount *self, const WbKin *kin, GError **error)
{
  if (wb_kin_is (kin, "case"))
    return settle_case (self, kin->row->id, error);
  if (wb_kin_is (kin, "allegation"))
    return settle_group (self, kin->row->id, error) && settle_case (self, kin->row->case_id, error);
  return settle_plain (self, kin, error) &&
         (!wb_figure_model_feeds_cases (self->figures, kin->row->type) ||
          wb_record_row_get_case (kin->row) == NULL ||
          settle_case (self, kin->row->case_id, error));
}

/* All records of all cases that are counted together: a case moved. */
static gboolean
settle_family (WbFactCount *self, const char *case_id, GError **error)
{
  g_autoptr (WbKin) root = wb_kin_find_root (self->reg, case_id, NULL);
  g_autoptr (GPtrArray) family = root != NULL ? wb_kin_list_family (self->reg, root, error) : NULL;

  if (family == NULL)
    return root == NULL;
  for (guint i = 0; i < family->len; i++) {
    g_autoptr (GPtrArray) all =
        wb_kin_list_of_case (self->reg, g_ptr_array_index (family, i), NULL, error);

    if (all == NULL)
      return FALSE;
    for (guint j = 0; j < all->len; j++) {
      const WbKin *kin = g_ptr_array_index (all, j);

      if (wb_figure_model_counts (self->figures, kin->row->type) &&
          !settle_record (self, kin, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* What the record pointed at before the act and points at since. */
static GPtrArray *
list_ends (const WbKin *kin, const char *before, const char *field)
{
  GPtrArray *ids = wb_kin_list_targets (kin->values, field);
  g_autoptr (JsonObject) doc = wb_doc_parse (before, NULL);
  g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;
  g_autoptr (GPtrArray) old = values != NULL ? wb_kin_list_targets (values, field) : NULL;

  for (guint i = 0; old != NULL && i < old->len; i++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (old, i)));
  return ids;
}

static gboolean
settle_ends (WbFactCount *self,
             const WbKin *kin,
             const char *before,
             const char *field,
             GError **error)
{
  g_autoptr (GPtrArray) ids = list_ends (kin, before, field);

  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (WbKin) other = wb_kin_load (self->reg, g_ptr_array_index (ids, i), NULL);

    if (other != NULL && !(wb_kin_is (other, "case") ? settle_family (self, other->row->id, error)
                           : wb_kin_is (other, "allegation") ? settle_record (self, other, error)
                                                             : TRUE))
      return FALSE;
  }
  return TRUE;
}

/* What a set counts by such records: visits by the interviews held there. */
static gboolean
settle_watched (WbFactCount *self, const WbKin *kin, const char *before, GError **error)
{
  GPtrArray *sets = wb_figure_model_get_sets (self->figures);

  for (guint i = 0; i < sets->len; i++) {
    const WbFigureSet *set = g_ptr_array_index (sets, i);
    g_autoptr (GPtrArray) ids = NULL;

    if (set->of_type == NULL || !wb_kin_is (kin, set->of_type))
      continue;
    ids = list_ends (kin, before, set->of_field);
    for (guint j = 0; j < ids->len; j++) {
      g_autoptr (WbKin) other = wb_kin_load (self->reg, g_ptr_array_index (ids, j), NULL);

      if (other != NULL && !settle_record (self, other, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
settle_act (WbFactCount *self,
            const WbKin *kin,
            JsonObject *act,
            const char *before,
            GError **error)
{
  if (wb_kin_is (kin, "link"))
    return settle_ends (self, kin, before, "records", error);
  if (wb_kin_is (kin, "allegation") && json_object_has_member (act, WB_FIELD_SAME_AS) &&
      !settle_ends (self, kin, before, WB_FIELD_SAME_AS, error))
    return FALSE;
  if (wb_kin_is (kin, "case") &&
      (json_object_has_member (act, WB_FIELD_MERGED_INTO) || json_object_has_member (act, "kind")))
    return settle_ends (self, kin, before, WB_FIELD_MERGED_INTO, error) &&
           settle_family (self, kin->row->id, error);
  return settle_record (self, kin, error) && settle_watched (self, kin, before, error);
}

static gboolean
touches (const WbFigureModel *figures, const WbRecordRow *row, JsonObject *act)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, act);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (wb_figure_model_minds (figures, row->type, name))
      return TRUE;
  return FALSE;
}

/**
 * wb_projection_count:
 * @reg: an open register, within a WbChange
 * @entry: the act
 * @row: its record as it stands since
 * @act: the fields that the act sets
 * @before: the record's document before it
 * @error: return location for an error
 *
 * Carries what is counted of the record, and of those that are counted with it, to where the act
 * leaves it.
 */
gboolean
wb_projection_count (WbRegister *reg,
                     const WbEntry *entry,
                     const WbRecordRow *row,
                     JsonObject *act,
                     const char *before,
                     GError **error)
{
  const WbFigureModel *figures = wb_figure_model_get_default (error);
  g_autoptr (GHashTable) done = NULL;
  g_autoptr (WbKin) kin = NULL;
  WbFactCount self = { reg, figures, (gint64) entry->number, 0, NULL };

  if (figures == NULL)
    return FALSE;
  if (!wb_figure_model_counts (figures, row->type) ||
      (g_str_equal (entry->event, "changed") && !touches (figures, row, act)))
    return TRUE;
  kin = wb_kin_load (reg, row->id, error);
  if (kin == NULL)
    return FALSE;
  done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.done = done;
  self.logged = wb_facts_day_of (reg, entry->time);
  return settle_act (&self, kin, act, before, error);
}
