/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The records behind a figure: of a cell by one or two codes, of a duration's median or percentile,
 * of a site or stage that no visit touched.
 */
#include "wb-figures-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

/* Which units have a code. */
typedef struct {
  gint64 code;       /* -1: any */
  GHashTable *units; /* unit -> case */
} Behind;

static void
keep_unit (const WbFactRow *row, gpointer user_data)
{
  Behind *self = user_data;

  if (self->code == -1 || row->code == self->code)
    g_hash_table_insert (self->units,
                         GSIZE_TO_POINTER ((gsize) row->unit),
                         GSIZE_TO_POINTER ((gsize) row->case_key));
}

/* What stands for a total: of a row, a column, or all. */
static gboolean
is_any (const char *code)
{
  return g_str_equal (code, "*");
}

static void
collect_days (gint64 days, gint64 month, gint64 n, gpointer user_data)
{
  for (gint64 i = 0; i < n; i++)
    g_array_append_val ((GArray *) user_data, days);
}

static gint
compare_days (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* The days that a share of a duration stands for, as the report tells it: of an even number the
 * median lies between two. */
static gboolean
find_share (GArray *days, const char *share, gint64 *ret_low, gint64 *ret_high)
{
  static const struct {
    const char *name;
    guint share;
  } SHARES[] = { { "p25", 25 }, { "p75", 75 }, { "p90", 90 } };
  const gint64 *sorted = (const gint64 *) (gpointer) days->data;

  if (g_str_equal (share, "median")) {
    *ret_low = sorted[(days->len - 1) / 2];
    *ret_high = sorted[days->len / 2];
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (SHARES); i++) {
    if (g_str_equal (share, SHARES[i].name)) {
      *ret_low = *ret_high = wb_figure_percentile (sorted, days->len, SHARES[i].share);
      return TRUE;
    }
  }
  if (!g_str_equal (share, "least") && !g_str_equal (share, "most"))
    return FALSE;
  *ret_low = *ret_high = sorted[*share == 'm' ? days->len - 1 : 0];
  return TRUE;
}

/* Which units took so long. */
typedef struct {
  gint64 low, high;
  GHashTable *units;
} Took;

static void
keep_took (const WbFactRow *row, gpointer user_data)
{
  Took *self = user_data;

  if (row->code == self->low || row->code == self->high)
    g_hash_table_insert (self->units,
                         GSIZE_TO_POINTER ((gsize) row->unit),
                         GSIZE_TO_POINTER ((gsize) row->case_key));
}

/* Units behind a duration: all that it was counted of, or those at a share or a number of days. */
static GHashTable *
list_took (const WbCounter *self, const WbDimension *dimension, const char *share, GError **error)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) units = g_hash_table_new (NULL, NULL);
  Behind all = { -1, units };
  Took took = { 0, 0, units };

  if (is_any (share))
    return wb_counter_read_all (self, dimension, FALSE, keep_unit, &all, error)
               ? g_steal_pointer (&units)
               : NULL;
  if (!wb_counter_each (self, dimension, collect_days, days, error))
    return NULL;
  g_array_sort (days, compare_days);
  if (days->len == 0)
    return g_steal_pointer (&units);
  if (!find_share (days, share, &took.low, &took.high)) {
    guint64 number;

    if (!g_ascii_string_to_unsigned (share, 10, 0, G_MAXINT32, &number, NULL)) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_INVALID,
                   _ ("Behind “%.60s” stand median, p25, p75, p90, least, most, a number of days "
                      "or *, not “%.60s”."),
                   dimension->name,
                   share);
      return NULL;
    }
    took.low = took.high = (gint64) number;
  }
  return wb_counter_read_all (self, dimension, FALSE, keep_took, &took, error)
             ? g_steal_pointer (&units)
             : NULL;
}

/* What the report tells beside a site or a stage without a visit; NULL without *error: another
 * name.
 */
static const WbDimension *
find_unseen (const WbCounter *self, const char *name, const char *code, GError **error)
{
  const WbFigureUnseen *unseen = wb_figure_model_get_unseen (self->figures);
  gboolean sites = g_str_equal (name, "unseen.sites");
  const WbDimension *visits = sites ? unseen->sites : unseen->stages;
  g_autoptr (GHashTable) units = g_hash_table_new (NULL, NULL);
  Behind with = { -1, units };

  if (!sites && !g_str_equal (name, "unseen.stages"))
    return NULL;
  if (!is_any (code) && !wb_counter_find (self, code, &with.code, error))
    return NULL;
  if (!is_any (code) && with.code != 0 &&
      !wb_counter_read_all (self, visits, FALSE, keep_unit, &with, error))
    return NULL;
  if (is_any (code) || g_hash_table_size (units) > 0) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("“%.60s” is no row of “%.60s” in this period: name a site or stage that it "
                    "lists."),
                 code,
                 name);
    return NULL;
  }
  return sites ? unseen->sites_beside : unseen->stages_beside;
}

/* One that nothing is counted by now may still be a code; another is a mistake, not a nought. */
static gboolean
check_code (const WbCounter *self, const WbDimension *dimension, const char *code, GError **error)
{
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) known = wb_counter_list_codes (self, dimension, none);

  if (is_any (code) || g_hash_table_contains (self->own_terms, code) ||
      g_ptr_array_find_with_equal_func (known, code, g_str_equal, NULL))
    return TRUE;
  g_set_error (
      error,
      WB_ERROR,
      WB_ERROR_INVALID,
      _ ("“%.60s” has no code “%.60s”: --json shows the codes of a table, - stands for what "
         "is not filled in and * for a total."),
      dimension->name,
      code);
  return FALSE;
}

/* Units with a code; "": those of which none is filled in; "*": all. */
static GHashTable *
list_units (const WbCounter *self,
            const WbDimension *dimension,
            const char *code,
            gboolean any_day,
            GError **error)
{
  g_autoptr (GHashTable) units = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) others = g_hash_table_new (NULL, NULL);
  gboolean lacks = *code == '\0' && dimension->kind != WB_DIMENSION_TOTAL;
  Behind with = { -1, units };
  Behind without = { -1, others };
  gint64 none;
  GHashTableIter iter;
  gpointer unit;

  if (dimension->kind == WB_DIMENSION_SPAN)
    return list_took (self, dimension, code, error);
  if (is_any (code)) {
    dimension = wb_figure_unit_total (dimension->unit);
    return wb_counter_read_all (self, dimension, any_day, keep_unit, &with, error)
               ? g_steal_pointer (&units)
               : NULL;
  }
  if (!wb_counter_find (self, "", &none, error) ||
      (!lacks && !wb_counter_find (self, code, &with.code, error)))
    return NULL;
  if (!lacks)
    return wb_counter_read_all (self, dimension, any_day, keep_unit, &with, error)
               ? g_steal_pointer (&units)
               : NULL;
  if (!wb_counter_read_all (self,
                            wb_figure_unit_total (dimension->unit),
                            any_day,
                            keep_unit,
                            &with,
                            error) ||
      !wb_counter_read_all (self, dimension, any_day, keep_unit, &without, error))
    return NULL;
  if (!wb_dimension_is_single (dimension) && dimension->kind == WB_DIMENSION_FIELD) {
    with.code = none; /* a list that is empty is told as such */
    g_hash_table_remove_all (units);
    return wb_counter_read_all (self, dimension, any_day, keep_unit, &with, error)
               ? g_steal_pointer (&units)
               : NULL;
  }
  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, &unit, NULL))
    g_hash_table_remove (units, unit);
  return g_steal_pointer (&units);
}

static GHashTable *
list_cases (GHashTable *units)
{
  GHashTable *cases = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer of;

  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, NULL, &of))
    g_hash_table_add (cases, of);
  return cases;
}

static gboolean
keep_common (const WbCounter *self,
             GHashTable *units,
             const WbDimension *const dimensions[2],
             const char *code,
             GError **error)
{
  gboolean same = dimensions[0]->unit == dimensions[1]->unit;
  g_autoptr (GHashTable) others = list_units (self, dimensions[1], code, !same, error);
  g_autoptr (GHashTable) cases = others != NULL ? list_cases (others) : NULL;
  GHashTableIter iter;
  gpointer unit, of;

  if (others == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, &unit, &of))
    if (same ? !g_hash_table_contains (others, unit) : !g_hash_table_contains (cases, of))
      g_hash_table_iter_remove (&iter);
  return TRUE;
}

static gint
compare_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_references (const WbCounter *self, GHashTable *units, GError **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer unit;

  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, &unit, NULL)) {
    g_autoptr (GError) problem = NULL;
    char *reference = NULL;
    g_autofree char *id = wb_fact_store_get_record (self->reg->db,
                                                    (gint64) GPOINTER_TO_SIZE (unit),
                                                    &reference,
                                                    &problem);

    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (id != NULL)
      g_ptr_array_add (references, reference);
  }
  g_ptr_array_sort (references, compare_text);
  return g_steal_pointer (&references);
}

static const WbDimension *
find_behind (const WbCounter *self, const char *name, const char *code, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const WbDimension *dimension = find_unseen (self, name, code, &problem);

  if (problem == NULL)
    return dimension != NULL ? dimension : wb_counter_find_behind (self, name, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * wb_register_list_behind:
 * @self: an open register
 * @scope: period and moment
 * @by: (array zero-terminated=1): one or two names
 * @codes: (array zero-terminated=1): a code for each; "" where it is not filled in, "*" for the
 *   total of a row or column; of a duration "median", "p25", "p75", "p90", "least", "most" or a
 *   number of days; of "unseen.sites" and "unseen.stages" one that they list; of "stagnant" any
 * @error: return location for an error; %WB_ERROR_REFUSED for the public version,
 *   %WB_ERROR_INVALID for a code that there is not
 *
 * Returns: (transfer full) (element-type utf8): references of what a cell counts
 */
GPtrArray *
wb_register_list_behind (WbRegister *self,
                         const WbFigureScope *scope,
                         const char *const *by,
                         const char *const *codes,
                         GError **error)
{
  g_autoptr (WbCounter) counter = wb_counter_new (self, scope, error);
  const WbDimension *dimensions[2] = { NULL, NULL };
  g_autoptr (GHashTable) units = NULL;

  if (counter == NULL)
    return NULL;
  if (scope->is_public) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_REFUSED,
                         _ ("The public version does not tell which records are behind a count "
                            "(rule small-cells, OB-15)."));
    return NULL;
  }
  if (by[1] == NULL && g_str_equal (by[0], WB_FIGURE_STAGNANT))
    return wb_counter_list_stagnant (counter, error);
  for (guint i = 0; i < 2 && by[i] != NULL; i++) {
    dimensions[i] = find_behind (counter, by[i], codes[i], error);
    if (dimensions[i] == NULL)
      return NULL;
    if (dimensions[i]->kind != WB_DIMENSION_SPAN &&
        !check_code (counter, dimensions[i], codes[i], error))
      return NULL;
  }
  if (dimensions[1] != NULL && !wb_counter_check_pair (dimensions[0], dimensions[1], error))
    return NULL;
  units = list_units (counter, dimensions[0], codes[0], FALSE, error);
  if (units == NULL || (dimensions[1] != NULL && !is_any (codes[1]) &&
                        !keep_common (counter, units, dimensions, codes[1], error)))
    return NULL;
  return list_references (counter, units, error);
}
