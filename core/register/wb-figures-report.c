/* SPDX-License-Identifier: EUPL-1.2 */

/* The yearly report: totals, counts, durations, what was not looked at, and lists. */
#include "wb-figures-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define HOURS 24
#define SHARES_LEAST 10 /* fewer: the ninetieth percentile is all but the longest one */

static JsonObject *
new_list (const char *name, const char *nl, const char *en, const char *basis)
{
  JsonObject *list = json_object_new ();

  json_object_set_string_member (list, "kind", "list");
  json_object_set_string_member (list, "name", name);
  wb_figure_set_label (list, "title", nl, en);
  if (basis != NULL)
    json_object_set_string_member (list, "basis", basis);
  json_object_set_array_member (list, "columns", json_array_new ());
  json_object_set_array_member (list, "rows", json_array_new ());
  return list;
}

static void
add_column (JsonObject *list, const char *name, const char *nl, const char *en)
{
  JsonObject *column = json_object_new ();

  json_object_set_string_member (column, "name", name);
  wb_figure_set_label (column, "label", nl, en);
  json_array_add_object_element (json_object_get_array_member (list, "columns"), column);
}

static void
add_row (JsonObject *list, JsonObject *row)
{
  json_array_add_object_element (json_object_get_array_member (list, "rows"), row);
}

static JsonObject *
new_row (const char *code, const char *nl, const char *en)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "code", code);
  wb_figure_set_label (row, "label", nl, en);
  return row;
}

static void
set_count (const WbCounter *self, JsonObject *row, const char *name, guint64 n)
{
  if (self->is_public && n > 0 && n < self->least)
    json_object_set_null_member (row, name);
  else
    json_object_set_int_member (row, name, (gint64) n);
}

static void
add_part (JsonObject *report, JsonObject *part)
{
  json_array_add_object_element (json_object_get_array_member (report, "parts"), part);
}

/* How many there are of everything. */
static gboolean
add_totals (const WbCounter *self, JsonObject *report, GError **error)
{
  GPtrArray *units = wb_figure_model_get_units (self->figures);
  JsonObject *list = new_list ("totals", "Aantallen", "Totals", NULL);

  add_column (list, "label", "Wat", "What");
  add_column (list, "n", "Aantal", "Number");
  add_part (report, list);
  for (guint i = 0; i < units->len; i++) {
    const WbFigureUnit *unit = g_ptr_array_index (units, i);
    JsonObject *row;
    guint64 n;

    if (!wb_counter_total (self, unit, &n, error))
      return FALSE;
    row = new_row (unit->name, unit->label[WB_LANGUAGE_NL], unit->label[WB_LANGUAGE_EN]);
    set_count (self, row, "n", n);
    add_row (list, row);
  }
  return TRUE;
}

/* No act says so: it follows from a question and the time that went by. */
static gboolean
add_stagnant (const WbCounter *self, JsonObject *report, GError **error)
{
  g_autoptr (GPtrArray) references = wb_counter_list_stagnant (self, error);
  JsonObject *list = new_list (WB_FIGURE_STAGNANT,
                               "Verwijzingen die stilstaan",
                               "Referrals that stand still",
                               "(EU) 2024/1356 art. 10(2)(b)");
  JsonObject *row =
      new_row (WB_FIGURE_STAGNANT, "Aan het einde van de periode", "At the end of the period");

  add_column (list, "label", "Wanneer", "When");
  add_column (list, "n", "Aantal", "Number");
  add_part (report, list);
  set_count (self, row, "n", references != NULL ? references->len : 0);
  add_row (list, row);
  return references != NULL;
}

static gboolean
add_tables (const WbCounter *self, JsonObject *report, GError **error)
{
  GPtrArray *overview = wb_figure_model_get_overview (self->figures);

  for (guint i = 0; i < overview->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (overview, i);
    g_autoptr (WbFigureTable) table =
        wb_counter_count_one (self, dimension, WB_FIGURES_WHOLE, error);

    if (table == NULL)
      return FALSE;
    if (table->total > 0 || dimension->whole)
      add_part (report, wb_counter_finish (self, table));
  }
  return TRUE;
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

static void
set_shares (const WbCounter *self, JsonObject *row, GArray *days)
{
  const gint64 *sorted = (const gint64 *) (gpointer) days->data;
  double median = wb_figure_median (sorted, days->len);

  if (median == (double) (gint64) median)
    json_object_set_int_member (row, "median", (gint64) median);
  else
    json_object_set_double_member (row, "median", median);
  json_object_set_int_member (row, "p25", wb_figure_percentile (sorted, days->len, 25));
  json_object_set_int_member (row, "p75", wb_figure_percentile (sorted, days->len, 75));
  if (!self->is_public || days->len >= SHARES_LEAST)
    json_object_set_int_member (row, "p90", wb_figure_percentile (sorted, days->len, 90));
  else
    json_object_set_null_member (row, "p90");
  if (self->is_public)
    return; /* the shortest and the longest are of one record each */
  json_object_set_int_member (row, "least", sorted[0]);
  json_object_set_int_member (row, "most", sorted[days->len - 1]);
}

static void
withhold_shares (JsonObject *row)
{
  static const char *const SHARES[] = { "median", "p25", "p75", "p90" };

  for (guint i = 0; i < G_N_ELEMENTS (SHARES); i++)
    json_object_set_null_member (row, SHARES[i]);
}

static gboolean
add_span (const WbCounter *self, JsonObject *list, const WbDimension *dimension, GError **error)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonObject *row;

  if (!wb_counter_each (self, dimension, collect_days, days, error))
    return FALSE;
  if (days->len == 0)
    return TRUE;
  g_array_sort (days, compare_days);
  row = new_row (dimension->name,
                 dimension->span->label[WB_LANGUAGE_NL],
                 dimension->span->label[WB_LANGUAGE_EN]);
  set_count (self, row, "n", days->len);
  if (!self->is_public || days->len >= self->least)
    set_shares (self, row, days);
  else
    withhold_shares (row);
  add_row (list, row);
  return TRUE;
}

static gboolean
add_spans (const WbCounter *self, JsonObject *report, GError **error)
{
  GPtrArray *dimensions = wb_figure_model_get_dimensions (self->figures);
  JsonObject *list = new_list ("durations",
                               "Doorlooptijden in kalenderdagen",
                               "Durations in calendar days",
                               "(EU) 2024/1356 art. 10(2)(b)");

  add_column (list, "label", "Van … tot …", "From … to …");
  add_column (list, "n", "Aantal", "Number");
  add_column (list, "median", "Mediaan", "Median");
  add_column (list, "p25", "P25", "P25");
  add_column (list, "p75", "P75", "P75");
  add_column (list, "p90", "P90", "P90");
  if (!self->is_public) {
    add_column (list, "least", "Kortste", "Shortest");
    add_column (list, "most", "Langste", "Longest");
  }
  add_part (report, list);
  for (guint i = 0; i < dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (dimensions, i);

    if (dimension->kind == WB_DIMENSION_SPAN && !add_span (self, list, dimension, error))
      return FALSE;
  }
  return TRUE;
}

static void
count_name (gint64 code, gint64 month, gint64 n, gpointer user_data)
{
  gpointer *both = user_data;
  const char *name = wb_counter_name (both[0], code);
  GHashTable *counts = both[1];
  gint64 before = (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (counts, name));

  g_hash_table_insert (counts, g_strdup (name), GSIZE_TO_POINTER ((gsize) (before + n)));
}

/* code -> count */
static GHashTable *
count_names (const WbCounter *self, const WbDimension *dimension, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gpointer both[2] = { (gpointer) self, counts };

  return wb_counter_each (self, dimension, count_name, both, error) ? g_steal_pointer (&counts)
                                                                    : NULL;
}

static guint64
get_count (GHashTable *counts, const char *code)
{
  return GPOINTER_TO_SIZE (g_hash_table_lookup (counts, code));
}

/* A site that the body took out of use, or a stage that it has no task in, is not missed. */
static gboolean
is_own (const WbCounter *self, const char *field, const char *code)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_settings (self->reg->db, "body", NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    g_autoptr (JsonObject) values =
        wb_register_load_values (self->reg,
                                 ((const WbRecordRow *) g_ptr_array_index (rows, i))->id,
                                 NULL);
    g_autoptr (GPtrArray) codes = wb_kin_list_targets (values, field);

    if (codes->len > 0)
      return g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL);
  }
  return TRUE;
}

static gboolean
is_in_use (const WbCounter *self, const WbDimension *dimension, const char *code)
{
  const WbFigureUnseen *unseen = wb_figure_model_get_unseen (self->figures);

  if (unseen->except != NULL && g_strv_contains ((const char *const *) unseen->except, code))
    return FALSE;
  if (g_hash_table_contains (self->own_terms, code) && g_str_has_prefix (code, "site."))
    return g_ptr_array_find_with_equal_func (self->own_sites, code, g_str_equal, NULL);
  return is_own (self, g_str_has_prefix (code, "site.") ? "sites" : "stages", code);
}

static gboolean
add_unseen_codes (const WbCounter *self,
                  JsonObject *report,
                  JsonObject *list,
                  const WbDimension *visits,
                  const WbDimension *beside,
                  GError **error)
{
  g_autoptr (GHashTable) seen = count_names (self, visits, error);
  g_autoptr (GHashTable) told = seen != NULL ? count_names (self, beside, error) : NULL;
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) codes = NULL;

  add_part (report, list);
  if (told == NULL)
    return FALSE;
  for (guint i = 0; i < self->own_sites->len; i++)
    if (g_str_has_prefix (visits->name, "visit.site"))
      g_hash_table_add (all, g_ptr_array_index (self->own_sites, i));
  codes = wb_counter_list_codes (self, visits, all);
  for (guint i = 0; i < codes->len; i++) {
    const char *code = g_ptr_array_index (codes, i);
    g_autofree char *nl = wb_counter_label (self, visits, code, WB_LANGUAGE_NL);
    g_autofree char *en = wb_counter_label (self, visits, code, WB_LANGUAGE_EN);
    JsonObject *row;

    if (*code == '\0' || get_count (seen, code) > 0 || !is_in_use (self, visits, code))
      continue;
    row = new_row (code, nl, en);
    set_count (self, row, "allegations", get_count (told, code));
    add_row (list, row);
  }
  return TRUE;
}

/* Of groups and days of the week those that no visit touched. */
static gboolean
add_unseen_names (const WbCounter *self,
                  JsonObject *list,
                  const WbDimension *dimension,
                  GError **error)
{
  g_autoptr (GHashTable) seen = count_names (self, dimension, error);
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) codes = seen != NULL ? wb_counter_list_codes (self, dimension, none) : NULL;

  for (guint i = 0; codes != NULL && i < codes->len; i++) {
    const char *code = g_ptr_array_index (codes, i);
    const WbFigureSet *set = wb_figure_model_find_set (self->figures, code);
    g_autofree char *nl = wb_counter_label (self, dimension, code, WB_LANGUAGE_NL);
    g_autofree char *en = wb_counter_label (self, dimension, code, WB_LANGUAGE_EN);

    if (*code != '\0' && get_count (seen, code) == 0 && (set == NULL || set->is_group))
      add_row (list, new_row (code, nl, en));
  }
  return codes != NULL;
}

/* Hours that follow each other are one stretch. */
static gboolean
add_unseen_hours (const WbCounter *self,
                  JsonObject *list,
                  const WbDimension *dimension,
                  GError **error)
{
  g_autoptr (GHashTable) seen = count_names (self, dimension, error);
  int start = -1;

  if (seen == NULL)
    return FALSE;
  for (int hour = 0; hour <= HOURS; hour++) {
    g_autofree char *code = g_strdup_printf ("hour.%02d", hour);
    g_autofree char *stretch = NULL;
    g_autofree char *label = NULL;

    if (hour < HOURS && get_count (seen, code) == 0) {
      start = start < 0 ? hour : start;
      continue;
    }
    if (start < 0)
      continue;
    stretch = g_strdup_printf ("hour.%02d-%02d", start, hour);
    label = g_strdup_printf ("%02d.00–%02d.00", start, hour);
    add_row (list, new_row (stretch, label, label));
    start = -1;
  }
  return TRUE;
}

/* What figures on allegations cannot show: where nobody looked, few complaints mean little. */
static gboolean
add_unseen (const WbCounter *self, JsonObject *report, GError **error)
{
  const WbFigureUnseen *unseen = wb_figure_model_get_unseen (self->figures);
  JsonObject *sites =
      new_list ("unseen.sites", "Niet bezochte locaties", "Sites without a visit", "OPCAT 20(e)");
  JsonObject *stages = new_list ("unseen.stages",
                                 "Stadia zonder bezoek",
                                 "Stages without a visit",
                                 "(EU) 2024/1356 art. 10(2)");
  JsonObject *when = new_list ("unseen.times",
                               "Uren, dagen en groepen zonder bezoek",
                               "Hours, days and groups without a visit",
                               NULL);

  for (guint i = 0; i < 2; i++) {
    JsonObject *list = i == 0 ? sites : stages;

    add_column (list, "label", i == 0 ? "Locatie" : "Stadium", i == 0 ? "Site" : "Stage");
    add_column (list, "allegations", "Signalen", "Allegations");
  }
  add_column (when, "label", "Wanneer of wie", "When or who");
  if (!add_unseen_codes (self, report, sites, unseen->sites, unseen->sites_beside, error)) {
    json_object_unref (stages);
    json_object_unref (when);
    return FALSE;
  }
  if (!add_unseen_codes (self, report, stages, unseen->stages, unseen->stages_beside, error)) {
    json_object_unref (when);
    return FALSE;
  }
  add_part (report, when);
  return add_unseen_hours (self, when, unseen->hours, error) &&
         add_unseen_names (self, when, unseen->weekdays, error) &&
         add_unseen_names (self, when, unseen->groups, error);
}

/* The fields of a record as they stood when the log had so many entries. */
typedef struct {
  JsonObject *values;
  guint64 size;
} AsOf;

static gboolean
take_entry (guint64 number,
            const char *text,
            gsize size,
            const guint8 *leaf,
            GPtrArray *lines,
            gpointer user_data)
{
  AsOf *self = user_data;

  if (number >= self->size)
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    JsonNode *value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL))
      json_object_set_member (self->values, name, value);
  }
  return TRUE;
}

static void
add_list_row (const WbCounter *self,
              const WbFigureList *list,
              JsonObject *out,
              const WbFactRow *row)
{
  g_autofree char *reference = NULL;
  g_autofree char *id = wb_fact_store_get_record (self->reg->db, row->unit, &reference, NULL);
  g_autofree char *day = wb_date_format (wb_date_from_days ((gint32) row->day));
  g_autoptr (JsonObject) values = json_object_new ();
  AsOf as_of = { values, (guint64) self->size };
  JsonObject *object;

  if (id == NULL)
    return;
  (void) wb_log_store_each_of_record (self->reg->db, id, take_entry, &as_of, NULL);
  object = json_object_new ();
  json_object_set_string_member (object, "reference", reference);
  json_object_set_string_member (object, "day", day);
  for (guint i = 0; list->fields[i] != NULL; i++) {
    const WbField *field = wb_record_type_find_field (list->unit->type, list->fields[i]);
    JsonNode *value = json_object_get_member (values, list->fields[i]);
    g_autofree char *nl = NULL;
    g_autofree char *en = NULL;

    if (value == NULL || JSON_NODE_HOLDS_NULL (value))
      continue;
    nl = wb_register_format_value (self->reg, field, value, WB_LANGUAGE_NL);
    en = wb_register_format_value (self->reg, field, value, WB_LANGUAGE_EN);
    wb_figure_set_label (object, list->fields[i], nl, en);
  }
  add_row (out, object);
}

static void
collect_fact (const WbFactRow *row, gpointer user_data)
{
  g_array_append_vals (user_data, row, 1);
}

static gboolean
add_list (const WbCounter *self, JsonObject *report, const WbFigureList *list, GError **error)
{
  g_autofree char *name = g_strdup_printf ("list.%s", list->unit->name);
  g_autoptr (GArray) facts = g_array_new (FALSE, FALSE, sizeof (WbFactRow));
  JsonObject *out = new_list (name,
                              list->unit->label[WB_LANGUAGE_NL],
                              list->unit->label[WB_LANGUAGE_EN],
                              list->unit->basis);
  gint64 key;

  add_column (out, "reference", "Kenmerk", "Reference");
  add_column (out, "day", "Datum", "Date");
  for (guint i = 0; list->fields[i] != NULL; i++) {
    const WbField *field = wb_record_type_find_field (list->unit->type, list->fields[i]);

    add_column (out, field->name, field->label[WB_LANGUAGE_NL], field->label[WB_LANGUAGE_EN]);
  }
  add_part (report, out);
  if (!wb_counter_find (self, list->unit->name, &key, error) ||
      (key != 0 && !wb_fact_store_each (self->reg->db,
                                        key,
                                        self->from,
                                        self->to,
                                        self->size,
                                        collect_fact,
                                        facts,
                                        error)))
    return FALSE;
  for (guint i = 0; i < facts->len; i++)
    add_list_row (self, list, out, &g_array_index (facts, WbFactRow, i));
  return TRUE;
}

static gboolean
add_lists (const WbCounter *self, JsonObject *report, GError **error)
{
  GPtrArray *lists = wb_figure_model_get_lists (self->figures);

  for (guint i = 0; i < lists->len; i++) {
    const WbFigureList *list = g_ptr_array_index (lists, i);

    if ((list->is_public || !self->is_public) && !add_list (self, report, list, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_register_report_figures:
 * @self: an open register
 * @scope: period, moment and version
 * @error: return location for an error
 *
 * Returns: (transfer full): the yearly report, or that of any other period
 */
JsonObject *
wb_register_report_figures (WbRegister *self, const WbFigureScope *scope, GError **error)
{
  g_autoptr (WbCounter) counter = wb_counter_new (self, scope, error);
  g_autoptr (JsonObject) report = NULL;

  if (counter == NULL)
    return NULL;
  report = wb_counter_start_report (counter);
  if (!add_totals (counter, report, error) || !add_stagnant (counter, report, error) ||
      !add_tables (counter, report, error) || !add_spans (counter, report, error) ||
      !add_unseen (counter, report, error) || !add_lists (counter, report, error))
    return NULL;
  return g_steal_pointer (&report);
}
