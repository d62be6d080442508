/* SPDX-License-Identifier: EUPL-1.2 */

/* Counting by one code: from the sums where whole months are asked for, from the facts where not.
 */
#include "wb-figures-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define COLUMNS_MAX 600 /* months of fifty years */

/**
 * wb_figure_per_parse:
 * @text: year, quarter or month
 * @ret_per: set on success
 * @error: return location for an error
 */
gboolean
wb_figure_per_parse (const char *text, WbFigurePer *ret_per, GError **error)
{
  static const char *const NAMES[] = { "whole", "year", "quarter", "month" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    if (g_str_equal (NAMES[i], text)) {
      *ret_per = (WbFigurePer) i;
      return TRUE;
    }
  }
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("“%.20s” is no period: say year, quarter or month."),
               text);
  return FALSE;
}

static void
free_labels (gpointer data)
{
  char **label = data;

  g_free (label[0]);
  g_free (label[1]);
  g_free (label);
}

static gboolean
holds (const WbCounter *self, JsonObject *values)
{
  gint64 day;

  if (wb_kin_read_day (self->reg, values, "from", &day, NULL) && day > self->to)
    return FALSE;
  return !wb_kin_read_day (self->reg, values, "until", &day, NULL) || day >= self->from;
}

/* The body's own sites and terms. */
static gboolean
load_own (WbCounter *self, const char *type, GError **error)
{
  g_autoptr (GPtrArray) rows =
      wb_record_store_list_standing (self->reg->db, type, 0, G_MAXINT, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    g_autoptr (JsonObject) values =
        wb_register_load_values (self->reg,
                                 ((const WbRecordRow *) g_ptr_array_index (rows, i))->id,
                                 NULL);
    const char *code = json_object_get_string_member_with_default (values, "code", NULL);
    char **label;

    if (code == NULL)
      continue;
    label = g_new0 (char *, 2);
    label[WB_LANGUAGE_NL] =
        g_strdup (json_object_get_string_member_with_default (values, "label_nl", code));
    label[WB_LANGUAGE_EN] =
        g_strdup (json_object_get_string_member_with_default (values, "label_en", code));
    if (g_str_has_prefix (code, "site.") && holds (self, values))
      g_ptr_array_add (self->own_sites, g_strdup (code));
    g_hash_table_insert (self->own_terms, g_strdup (code), label);
  }
  return rows != NULL;
}

/**
 * wb_counter_new:
 * @reg: an open register
 * @scope: what to count
 * @error: return location for an error
 *
 * Returns: (transfer full): what counts it
 */
WbCounter *
wb_counter_new (WbRegister *reg, const WbFigureScope *scope, GError **error)
{
  g_autoptr (WbCounter) self = g_new0 (WbCounter, 1);

  self->reg = reg;
  self->figures = wb_figure_model_get_default (error);
  if (self->figures == NULL)
    return NULL;
  if (wb_date_compare (scope->from, scope->to) > 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The period ends before it begins: turn the two dates round."));
    return NULL;
  }
  self->from = wb_date_to_days (scope->from);
  self->to = wb_date_to_days (scope->to);
  self->end = wb_zone_start_of_day (reg->zone, wb_date_add_days (scope->to, 1)) - 1;
  self->end = MIN (self->end, wb_clock_now ());
  if (scope->as_of != WB_INSTANT_NONE)
    self->end = MIN (self->end, scope->as_of);
  self->is_public = scope->is_public;
  self->least = scope->least > 0 ? scope->least : wb_figure_model_get_least (self->figures);
  self->own_terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_labels);
  self->own_sites = g_ptr_array_new_with_free_func (g_free);
  self->names = wb_fact_store_list_names (reg->db, error);
  if (self->names == NULL || !wb_counter_set_as_of (self, scope, error) ||
      !load_own (self, "site", error) || !load_own (self, "term", error))
    return NULL;
  return g_steal_pointer (&self);
}

void
wb_counter_free (WbCounter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->moves, g_array_unref);
  g_clear_pointer (&self->own_terms, g_hash_table_unref);
  g_clear_pointer (&self->own_sites, g_ptr_array_unref);
  g_free (self);
}

gboolean
wb_counter_find (const WbCounter *self, const char *name, gint64 *ret_key, GError **error)
{
  return wb_fact_store_find_name (self->reg->db, name, ret_key, error);
}

const char *
wb_counter_name (const WbCounter *self, gint64 key)
{
  const char *name = g_hash_table_lookup (self->names, &key);

  return name != NULL ? name : "";
}

/**
 * wb_counter_find_dimension:
 * @self: a counter
 * @name: what somebody wants to count by
 * @error: return location for an error; %WB_ERROR_NOT_FOUND
 *
 * Returns: (transfer none): the dimension
 */
const WbDimension *
wb_counter_find_dimension (const WbCounter *self, const char *name, GError **error)
{
  const WbDimension *dimension = wb_figure_model_find (self->figures, name);

  if (dimension == NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("Nothing is counted by “%.60s”: “waarborgctl stats --dimensions” lists what "
                    "is."),
                 name);
  else if (dimension->kind == WB_DIMENSION_SPAN)
    g_set_error (
        error,
        WB_ERROR,
        WB_ERROR_INVALID,
        _ ("“%.60s” is a duration: leave --by out to see its median, or give --behind median "
           "to see the records."),
        name);
  else
    return dimension;
  return NULL;
}

/**
 * wb_counter_find_behind:
 * @self: a counter
 * @name: what a cell is counted by; also a duration
 * @error: return location for an error; %WB_ERROR_NOT_FOUND
 *
 * Returns: (transfer none): the dimension
 */
const WbDimension *
wb_counter_find_behind (const WbCounter *self, const char *name, GError **error)
{
  const WbDimension *dimension = wb_figure_model_find (self->figures, name);

  return dimension != NULL && dimension->kind == WB_DIMENSION_SPAN
             ? dimension
             : wb_counter_find_dimension (self, name, error);
}

const WbDimension *
wb_figure_unit_total (const WbFigureUnit *unit)
{
  return g_ptr_array_index (unit->dimensions, 0);
}

gboolean
wb_dimension_is_single (const WbDimension *dimension)
{
  return dimension->kind == WB_DIMENSION_FIELD && dimension->field->type != WB_FIELD_CODES;
}

typedef struct {
  WbTallyEach each;
  gpointer user_data;
} OneByOne;

static void
count_fact (const WbFactRow *row, gpointer user_data)
{
  const OneByOne *one = user_data;

  one->each (row->code, wb_facts_month_of (row->day), 1, one->user_data);
}

/* One by one, for days that are no whole month. */
static gboolean
each_fact (const WbCounter *self, gint64 key, gint64 from, gint64 to, OneByOne *one, GError **error)
{
  return from > to ||
         wb_fact_store_each (self->reg->db, key, from, to, self->size, count_fact, one, error);
}

/* The first day of a month after @day, or @day itself where it is one. */
static gint64
next_month (gint64 day)
{
  WbDate date = wb_date_from_days ((gint32) day);
  WbDate next = wb_date_add_months ((WbDate){ date.year, date.month, 1 }, 1);

  return date.day == 1 ? day : wb_date_to_days (next);
}

static gint64
this_month (gint64 day)
{
  WbDate date = wb_date_from_days ((gint32) day);

  return wb_date_to_days ((WbDate){ date.year, date.month, 1 });
}

/**
 * wb_counter_each:
 * @self: a counter
 * @dimension: what to count by
 * @each: called with code, month and a number to add; several times for one pair
 * @user_data: for @each
 * @error: return location for an error
 *
 * Whole months come from the sums, days before and after them from the facts.
 */
gboolean
wb_counter_each (const WbCounter *self,
                 const WbDimension *dimension,
                 WbTallyEach each,
                 gpointer user_data,
                 GError **error)
{
  OneByOne one = { each, user_data };
  gint64 first = next_month (self->from), end = this_month (self->to + 1);
  gint64 key;

  if (!wb_counter_find (self, dimension->name, &key, error))
    return FALSE;
  if (key == 0)
    return TRUE;
  if (first >= end)
    return each_fact (self, key, self->from, self->to, &one, error);
  return each_fact (self, key, self->from, first - 1, &one, error) &&
         wb_counter_each_month (self,
                                key,
                                wb_facts_month_of (first),
                                wb_facts_month_of (end - 1),
                                each,
                                user_data,
                                error) &&
         each_fact (self, key, end, self->to, &one, error);
}

static void
add_up (gint64 code, gint64 month, gint64 n, gpointer user_data)
{
  *(guint64 *) user_data += (guint64) n;
}

gboolean
wb_counter_total (const WbCounter *self, const WbFigureUnit *unit, guint64 *ret_n, GError **error)
{
  *ret_n = 0;
  return wb_counter_each (self, wb_figure_unit_total (unit), add_up, ret_n, error);
}

/* Columns of periods: the first one's number, and how many months each has. */
typedef struct {
  gint64 months; /* 0: one column for all */
  gint64 first;
  guint n;
} Periods;

static gboolean
find_periods (const WbCounter *self, WbFigurePer per, Periods *ret_periods, GError **error)
{
  static const gint64 MONTHS[] = { 0, 12, 3, 1 };
  gint64 months = MONTHS[per];
  gint64 first = months > 0 ? wb_facts_month_of (self->from) / months : 0;
  gint64 last = months > 0 ? wb_facts_month_of (self->to) / months : 0;

  if (last - first >= COLUMNS_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("So many periods do not fit into a table: take a shorter stretch of "
                            "time or longer periods."));
    return FALSE;
  }
  *ret_periods = (Periods){ months, first, (guint) (last - first + 1) };
  return TRUE;
}

static void
add_period (WbFigureTable *table, const Periods *periods, guint index)
{
  gint64 month = (periods->first + index) * periods->months;
  int year = (int) (month / 12), part = (int) (month % 12);
  g_autofree char *code = periods->months == 12  ? g_strdup_printf ("%04d", year)
                          : periods->months == 3 ? g_strdup_printf ("%04d-Q%d", year, part / 3 + 1)
                                                 : g_strdup_printf ("%04d-%02d", year, part + 1);

  wb_figure_table_add_column (table, code, code, code);
}

typedef struct {
  const WbCounter *counter;
  const Periods *periods;
  GHashTable *counts; /* code -> guint64[periods->n] */
} Count;

static void
count_code (gint64 code, gint64 month, gint64 n, gpointer user_data)
{
  Count *self = user_data;
  const char *name = wb_counter_name (self->counter, code);
  guint64 *counts = g_hash_table_lookup (self->counts, name);
  gint64 at = self->periods->months > 0 ? month / self->periods->months - self->periods->first : 0;

  if (counts == NULL) {
    counts = g_new0 (guint64, self->periods->n);
    g_hash_table_insert (self->counts, g_strdup (name), counts);
  }
  if (at >= 0 && at < self->periods->n)
    counts[at] += (guint64) n;
}

static gboolean
is_counted (const guint64 *counts, guint n)
{
  for (guint i = 0; counts != NULL && i < n; i++)
    if (counts[i] > 0)
      return TRUE;
  return FALSE;
}

/* Rows in their order: those that there are, or all of them where the table is whole. */
static void
add_rows (const Count *self, const WbDimension *dimension, WbFigureTable *table)
{
  g_autoptr (GPtrArray) codes = wb_counter_list_codes (self->counter, dimension, self->counts);

  for (guint i = 0; i < codes->len; i++) {
    const char *code = g_ptr_array_index (codes, i);
    g_autofree char *nl = wb_counter_label (self->counter, dimension, code, WB_LANGUAGE_NL);
    g_autofree char *en = wb_counter_label (self->counter, dimension, code, WB_LANGUAGE_EN);
    gboolean counted = is_counted (g_hash_table_lookup (self->counts, code), self->periods->n);

    if (counted || (dimension->whole && *code != '\0'))
      wb_figure_table_add_row (table, code, nl, en);
  }
}

static void
fill_rows (const Count *self, WbFigureTable *table, const guint64 *totals)
{
  gboolean by_period = table->columns->len > 0;

  for (guint i = 0; i < table->rows->len; i++) {
    const WbFigureHead *head = g_ptr_array_index (table->rows, i);
    const guint64 *counts = g_hash_table_lookup (self->counts, head->code);

    for (guint j = 0; counts != NULL && j < self->periods->n; j++) {
      table->row_totals[i] += counts[j];
      if (by_period)
        *wb_figure_table_cell (table, i, j) = counts[j];
    }
  }
  for (guint j = 0; totals != NULL && j < self->periods->n; j++) {
    table->total += totals[j];
    if (by_period)
      table->column_totals[j] = totals[j];
  }
}

/* Of a field with one code: what the others leave of the total. */
static void
add_rest (Count *self, const guint64 *totals)
{
  guint64 *rest = g_new0 (guint64, self->periods->n);
  GHashTableIter iter;
  gpointer counts;

  for (guint j = 0; j < self->periods->n; j++)
    rest[j] = totals != NULL ? totals[j] : 0;
  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, NULL, &counts))
    for (guint j = 0; j < self->periods->n; j++)
      rest[j] -= MIN (rest[j], ((const guint64 *) counts)[j]);
  g_hash_table_insert (self->counts, g_strdup (""), rest);
}

static char *
title_of (const WbDimension *dimension, WbLanguage language)
{
  const char *unit = dimension->unit->label[language];

  if (dimension->kind == WB_DIMENSION_TOTAL)
    return g_strdup (unit);
  return g_strdup_printf ("%s: %s", unit, wb_dimension_label (dimension, language));
}

static WbFigureTable *
new_table (const WbDimension *dimension)
{
  g_autofree char *nl = title_of (dimension, WB_LANGUAGE_NL);
  g_autofree char *en = title_of (dimension, WB_LANGUAGE_EN);
  WbFigureTable *table = wb_figure_table_new (dimension->name, nl, en);

  table->overlaps = !wb_dimension_is_single (dimension) && dimension->kind != WB_DIMENSION_TOTAL;
  table->basis =
      g_strdup (dimension->field != NULL ? dimension->field->basis : dimension->unit->basis);
  return table;
}

/**
 * wb_counter_count_one:
 * @self: a counter
 * @dimension: what to count by
 * @per: columns
 * @error: return location for an error
 *
 * Returns: (transfer full): the table, with nothing hidden yet
 */
WbFigureTable *
wb_counter_count_one (const WbCounter *self,
                      const WbDimension *dimension,
                      WbFigurePer per,
                      GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (WbFigureTable) table = new_table (dimension);
  gboolean total_only = dimension->kind == WB_DIMENSION_TOTAL;
  Periods periods;
  Count count = { self, &periods, counts };
  Count total = { self, &periods, totals };
  const guint64 *sums;

  if (!find_periods (self, per, &periods, error) ||
      !wb_counter_each (self, wb_figure_unit_total (dimension->unit), count_code, &total, error) ||
      (!total_only && !wb_counter_each (self, dimension, count_code, &count, error)))
    return NULL;
  sums = g_hash_table_lookup (totals, "");
  if (wb_dimension_is_single (dimension))
    add_rest (&count, sums);
  for (guint i = 0; periods.months > 0 && i < periods.n; i++)
    add_period (table, &periods, i);
  add_rows (&count, dimension, table);
  wb_figure_table_allocate (table);
  fill_rows (&count, table, sums);
  return g_steal_pointer (&table);
}

/* What is hidden is not in the report at all. */
JsonObject *
wb_counter_finish (const WbCounter *self, WbFigureTable *table)
{
  if (self->is_public)
    wb_figure_table_hide (table, self->least);
  return wb_figure_table_to_json (table);
}

static void
set_date (JsonObject *object, const char *name, gint64 day)
{
  g_autofree char *text = wb_date_format (wb_date_from_days ((gint32) day));

  json_object_set_string_member (object, name, text);
}

/**
 * wb_counter_start_report:
 * @self: a counter
 *
 * Returns: (transfer full): a report with an empty list of parts
 */
JsonObject *
wb_counter_start_report (const WbCounter *self)
{
  JsonObject *report = json_object_new ();

  json_object_set_string_member (report, "format", "waarborg-figures v1");
  json_object_set_string_member (report, "body", self->reg->body);
  json_object_set_string_member (report, "code", self->reg->code);
  json_object_set_string_member (report, "log", self->reg->origin);
  json_object_set_int_member (report, "size", self->size);
  set_date (report, "from", self->from);
  set_date (report, "to", self->to);
  json_object_set_string_member (report, "model", wb_model_get_version (self->reg->model));
  json_object_set_string_member (report,
                                 "definitions",
                                 wb_figure_model_get_version (self->figures));
  json_object_set_boolean_member (report, "public", self->is_public);
  if (self->is_public)
    json_object_set_int_member (report, "least", self->least);
  json_object_set_array_member (report, "parts", json_array_new ());
  return report;
}

static gboolean
add_two (const WbCounter *self,
         JsonArray *parts,
         const WbDimension *first,
         const WbDimension *second,
         const char *period,
         GError **error)
{
  g_autoptr (WbFigureTable) table = wb_counter_count_two (self, first, second, error);
  JsonObject *part;

  if (table == NULL)
    return FALSE;
  part = wb_counter_finish (self, table);
  if (period != NULL) {
    json_object_set_string_member (part, "period", period);
    for (guint i = 0; i < 2; i++) {
      char *title = table->title[i];

      table->title[i] = g_strdup_printf ("%s, %s", title, period);
      g_free (title);
    }
    wb_figure_set_label (part, "title", table->title[WB_LANGUAGE_NL], table->title[WB_LANGUAGE_EN]);
  }
  json_array_add_object_element (parts, part);
  return TRUE;
}

/* A table a period: the days of each that are in the scope. */
static gboolean
add_two_per (WbCounter *self,
             JsonArray *parts,
             const WbDimension *const dimensions[2],
             WbFigurePer per,
             GError **error)
{
  gint64 from = self->from, to = self->to;
  Periods periods;

  if (!find_periods (self, per, &periods, error))
    return FALSE;
  for (guint i = 0; i < periods.n; i++) {
    g_autoptr (WbFigureTable) names = wb_figure_table_new ("", "", "");
    gint64 month = (periods.first + i) * periods.months, next = month + periods.months;
    const WbFigureHead *head;

    add_period (names, &periods, i);
    head = g_ptr_array_index (names->columns, 0);
    self->from =
        MAX (from, wb_date_to_days ((WbDate){ (int) (month / 12), (int) (month % 12) + 1, 1 }));
    self->to =
        MIN (to, wb_date_to_days ((WbDate){ (int) (next / 12), (int) (next % 12) + 1, 1 }) - 1);
    if (!add_two (self, parts, dimensions[0], dimensions[1], head->code, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_register_count_figures:
 * @self: an open register
 * @scope: period, moment and version
 * @by: (array zero-terminated=1): one or two names
 * @per: columns of periods; with two names a table a period
 * @error: return location for an error; %WB_ERROR_NOT_FOUND names what nothing is counted by
 *
 * Returns: (transfer full): a report
 */
JsonObject *
wb_register_count_figures (WbRegister *self,
                           const WbFigureScope *scope,
                           const char *const *by,
                           WbFigurePer per,
                           GError **error)
{
  g_autoptr (WbCounter) counter = wb_counter_new (self, scope, error);
  g_autoptr (JsonObject) report = NULL;
  const WbDimension *dimensions[2] = { NULL, NULL };
  JsonArray *parts;

  for (guint i = 0; counter != NULL && i < 2 && by[i] != NULL; i++) {
    dimensions[i] = wb_counter_find_dimension (counter, by[i], error);
    if (dimensions[i] == NULL)
      return NULL;
  }
  if (counter == NULL)
    return NULL;
  report = wb_counter_start_report (counter);
  parts = json_object_get_array_member (report, "parts");
  if (dimensions[1] == NULL) {
    g_autoptr (WbFigureTable) table = wb_counter_count_one (counter, dimensions[0], per, error);

    if (table == NULL)
      return NULL;
    json_array_add_object_element (parts, wb_counter_finish (counter, table));
  } else if (per == WB_FIGURES_WHOLE
                 ? !add_two (counter, parts, dimensions[0], dimensions[1], NULL, error)
                 : !add_two_per (counter, parts, dimensions, per, error)) {
    return NULL;
  }
  return g_steal_pointer (&report);
}
