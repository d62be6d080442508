/* SPDX-License-Identifier: EUPL-1.2 */

/* Reports of figures for people and for spreadsheets, printed from their JSON. */
#include <string.h>

#include "wb-error.h"
#include "wb-figure-table.h"

#define HEAD_WIDTH 9  /* places that a column's own label may take; longer ones get a number */
#define LABEL_MOST 64 /* places of a label before it is let stand out */
#define NONE_CODE "(none)"
#define TOTAL_CODE "(total)"

static const char *
pick (JsonObject *object, const char *name, WbLanguage language)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return "";
  return json_object_get_string_member_with_default (json_node_get_object (node),
                                                     language == WB_LANGUAGE_NL ? "nl" : "en",
                                                     "");
}

static JsonArray *
list_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
length_of (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static const char *
say (WbLanguage language, const char *nl, const char *en)
{
  return language == WB_LANGUAGE_NL ? nl : en;
}

/* Median 3.5 is 3,5 in Dutch. */
static char *
format_number (JsonNode *node, WbLanguage language)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *dot;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  g_ascii_formatd (buffer, sizeof buffer, "%.1f", json_node_get_double (node));
  dot = strchr (buffer, '.');
  if (dot != NULL && g_str_equal (dot, ".0"))
    *dot = '\0';
  else if (dot != NULL && language == WB_LANGUAGE_NL)
    *dot = ',';
  return g_strdup (buffer);
}

/* @hidden: what stands for a count that is not told. */
static char *
format_value (JsonNode *node, WbLanguage language, const char *hidden)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup (hidden);
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);

    return g_strdup (
        json_object_get_string_member_with_default (object, say (language, "nl", "en"), ""));
  }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return format_number (node, language);
}

static guint
count_places (const char *text)
{
  guint places = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (!g_unichar_iszerowidth (c))
      places += g_unichar_iswide (c) ? 2 : 1;
  }
  return places;
}

static void
append_padded (GString *out, const char *text, guint width, gboolean right)
{
  guint places = count_places (text);

  if (right)
    for (guint i = places; i < width; i++)
      g_string_append_c (out, ' ');
  g_string_append (out, text);
  if (!right)
    for (guint i = places; i < width; i++)
      g_string_append_c (out, ' ');
}

/* Cells as text, printed when the widths are known. The first column is flush left. */
typedef struct {
  GPtrArray *lines; /* (element-type GStrv) */
  guint right_from; /* columns from this one on are numbers */
} Layout;

static void
add_line (Layout *layout, GStrvBuilder *builder)
{
  g_ptr_array_add (layout->lines, g_strv_builder_end (builder));
}

static void
print_layout (GString *out, const Layout *layout)
{
  char **first = layout->lines->len > 0 ? g_ptr_array_index (layout->lines, 0) : NULL;
  guint n = first != NULL ? g_strv_length (first) : 0;
  g_autofree guint *widths = g_new0 (guint, n + 1);

  for (guint i = 0; i < layout->lines->len; i++) {
    char **cells = g_ptr_array_index (layout->lines, i);

    for (guint j = 0; j < n && cells[j] != NULL; j++)
      widths[j] = MAX (widths[j], MIN (count_places (cells[j]), LABEL_MOST));
  }
  for (guint i = 0; i < layout->lines->len; i++) {
    char **cells = g_ptr_array_index (layout->lines, i);

    g_string_append (out, "  ");
    for (guint j = 0; j < n && cells[j] != NULL; j++) {
      gboolean right = j >= layout->right_from;

      if (j > 0)
        g_string_append (out, "  ");
      append_padded (out, cells[j], right || j + 1 < n ? widths[j] : 0, right);
    }
    g_string_append_c (out, '\n');
  }
}

static char *
format_least (JsonObject *report)
{
  return g_strdup_printf ("<%" G_GINT64_FORMAT,
                          json_object_get_int_member_with_default (report, "least", 0));
}

/* A hidden count may be a large one, hidden for the sake of another: it is no "<5". */
#define HIDDEN "·"

static char *
format_head (JsonObject *column, guint index, WbLanguage language)
{
  const char *label = pick (column, "label", language);

  return count_places (label) <= HEAD_WIDTH ? g_strdup (label)
                                            : g_strdup_printf ("[%u]", index + 1);
}

static void
append_legend (GString *out, JsonArray *columns, WbLanguage language)
{
  for (guint i = 0; i < length_of (columns); i++) {
    const char *label = pick (json_array_get_object_element (columns, i), "label", language);

    if (count_places (label) > HEAD_WIDTH)
      g_string_append_printf (out, "  [%u] %s\n", i + 1, label);
  }
}

static void
add_counts (GStrvBuilder *builder, JsonArray *cells, JsonNode *total, WbLanguage language)
{
  g_autofree char *sum = format_value (total, language, HIDDEN);

  for (guint i = 0; i < length_of (cells); i++) {
    g_autofree char *text = format_value (json_array_get_element (cells, i), language, HIDDEN);

    g_strv_builder_add (builder, text);
  }
  g_strv_builder_add (builder, sum);
}

static void
print_table (GString *out, JsonObject *table, WbLanguage language)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  Layout layout = { lines, 1 };
  JsonArray *columns = list_of (table, "columns");
  JsonArray *rows = list_of (table, "rows");

  if (length_of (columns) > 0) {
    g_autoptr (GStrvBuilder) heads = g_strv_builder_new ();

    g_strv_builder_add (heads, "");
    for (guint i = 0; i < length_of (columns); i++) {
      g_autofree char *head = format_head (json_array_get_object_element (columns, i), i, language);

      g_strv_builder_add (heads, head);
    }
    g_strv_builder_add (heads, say (language, "Totaal", "Total"));
    add_line (&layout, heads);
  }
  for (guint i = 0; i < length_of (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

    g_strv_builder_add (cells, pick (row, "label", language));
    add_counts (cells, list_of (row, "cells"), json_object_get_member (row, "total"), language);
    add_line (&layout, cells);
  }
  {
    g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

    g_strv_builder_add (cells, say (language, "Totaal", "Total"));
    add_counts (cells,
                list_of (table, "totals"),
                json_object_get_member (table, "total"),
                language);
    add_line (&layout, cells);
  }
  print_layout (out, &layout);
  append_legend (out, columns, language);
  if (json_object_get_boolean_member_with_default (table, "overlaps", FALSE))
    g_string_append_printf (out,
                            "  %s\n",
                            say (language,
                                 "Eén kan in meer rijen meetellen: de rijen tellen niet op tot het "
                                 "totaal.",
                                 "One may count in several rows: the rows do not add up to the "
                                 "total."));
}

static gboolean
is_number (JsonArray *rows, const char *name)
{
  for (guint i = 0; i < length_of (rows); i++) {
    JsonNode *node = json_object_get_member (json_array_get_object_element (rows, i), name);

    if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
      return json_node_get_value_type (node) != G_TYPE_STRING;
    if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
      return FALSE;
  }
  return TRUE;
}

static void
print_list (GString *out, JsonObject *list, WbLanguage language)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  JsonArray *columns = list_of (list, "columns");
  JsonArray *rows = list_of (list, "rows");
  Layout layout = { lines, length_of (columns) };
  g_autoptr (GStrvBuilder) heads = g_strv_builder_new ();

  if (length_of (rows) == 0) {
    g_string_append_printf (out, "  %s\n", say (language, "geen", "none"));
    return;
  }
  for (guint j = length_of (columns); j > 0; j--) {
    const char *name =
        json_object_get_string_member_with_default (json_array_get_object_element (columns, j - 1),
                                                    "name",
                                                    "");

    if (!is_number (rows, name))
      break;
    layout.right_from = j - 1;
  }
  for (guint j = 0; j < length_of (columns); j++)
    g_strv_builder_add (heads,
                        pick (json_array_get_object_element (columns, j), "label", language));
  add_line (&layout, heads);
  for (guint i = 0; i < length_of (rows); i++) {
    g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

    for (guint j = 0; j < length_of (columns); j++) {
      const char *name =
          json_object_get_string_member_with_default (json_array_get_object_element (columns, j),
                                                      "name",
                                                      "");
      g_autofree char *text =
          format_value (json_object_get_member (json_array_get_object_element (rows, i), name),
                        language,
                        "–");

      g_strv_builder_add (cells, text);
    }
    add_line (&layout, cells);
  }
  print_layout (out, &layout);
}

/**
 * wb_figure_report_to_text:
 * @report: a report
 * @language: of labels and words
 *
 * Returns: (transfer full): its parts, each with its title
 */
char *
wb_figure_report_to_text (JsonObject *report, WbLanguage language)
{
  GString *out = g_string_new (NULL);
  JsonArray *parts = list_of (report, "parts");

  for (guint i = 0; i < length_of (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);
    const char *basis = json_object_get_string_member_with_default (part, "basis", NULL);

    g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", pick (part, "title", language));
    g_string_append_printf (out, basis != NULL ? " (%s)\n" : "\n", basis);
    if (g_strcmp0 (json_object_get_string_member_with_default (part, "kind", NULL), "list") == 0)
      print_list (out, part, language);
    else
      print_table (out, part, language);
  }
  if (json_object_get_boolean_member_with_default (report, "public", FALSE)) {
    g_autofree char *least = format_least (report);

    g_string_append_printf (out,
                            say (language,
                                 "\n%s = niet getoond: kleiner dan %s, of nodig om zo’n aantal te "
                                 "beschermen.\n",
                                 "\n%s = not shown: smaller than %s, or needed to protect such a "
                                 "count.\n"),
                            HIDDEN,
                            least + 1);
  }
  return g_string_free (out, FALSE);
}

static const char *
code_of (JsonObject *head)
{
  return json_object_get_string_member_with_default (head, "code", NONE_CODE);
}

static void
append_cell (WbCsv *csv,
             const char *table,
             const char *row[2],
             const char *column[2],
             JsonNode *count)
{
  gboolean hidden = count == NULL || JSON_NODE_HOLDS_NULL (count);
  g_autofree char *text = format_value (count, WB_LANGUAGE_EN, "");

  wb_csv_add (csv, table);
  wb_csv_add (csv, row[0]);
  wb_csv_add (csv, row[1]);
  wb_csv_add (csv, column[0]);
  wb_csv_add (csv, column[1]);
  wb_csv_add (csv, text);
  wb_csv_add (csv, hidden ? "yes" : "no");
  wb_csv_end_line (csv);
}

static void
append_line (WbCsv *csv,
             JsonObject *table,
             const char *row[2],
             JsonArray *cells,
             JsonNode *total,
             WbLanguage language)
{
  const char *name = json_object_get_string_member_with_default (table, "name", "");
  JsonArray *columns = list_of (table, "columns");
  const char *sum[2] = { TOTAL_CODE, say (language, "Totaal", "Total") };

  for (guint i = 0; i < length_of (cells); i++) {
    JsonObject *column = json_array_get_object_element (columns, i);
    const char *head[2] = { code_of (column), pick (column, "label", language) };

    append_cell (csv, name, row, head, json_array_get_element (cells, i));
  }
  append_cell (csv, name, row, sum, total);
}

static void
append_table (WbCsv *csv, JsonObject *table, WbLanguage language)
{
  JsonArray *rows = list_of (table, "rows");
  const char *sum[2] = { TOTAL_CODE, say (language, "Totaal", "Total") };

  for (guint i = 0; i < length_of (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *head[2] = { code_of (row), pick (row, "label", language) };

    append_line (csv,
                 table,
                 head,
                 list_of (row, "cells"),
                 json_object_get_member (row, "total"),
                 language);
  }
  append_line (csv,
               table,
               sum,
               list_of (table, "totals"),
               json_object_get_member (table, "total"),
               language);
}

/* In a row of counts what lacks is a count that is not told; elsewhere it is a field left empty. */
static gboolean
is_untold (JsonObject *row, JsonNode *value)
{
  return json_object_has_member (row, "code") && (value == NULL || JSON_NODE_HOLDS_NULL (value));
}

/* A list: the row is its first column, each other column a cell. */
static void
append_list (WbCsv *csv, JsonObject *list, WbLanguage language)
{
  const char *name = json_object_get_string_member_with_default (list, "name", "");
  JsonArray *columns = list_of (list, "columns");
  JsonArray *rows = list_of (list, "rows");

  for (guint i = 0; length_of (columns) > 0 && i < length_of (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    JsonObject *first = json_array_get_object_element (columns, 0);
    g_autofree char *label = format_value (
        json_object_get_member (row,
                                json_object_get_string_member_with_default (first, "name", "")),
        language,
        "");
    const char *head[2] = { json_object_get_string_member_with_default (row, "code", label),
                            label };

    for (guint j = 1; j < length_of (columns); j++) {
      JsonObject *column = json_array_get_object_element (columns, j);
      const char *of = json_object_get_string_member_with_default (column, "name", "");
      const char *cell[2] = { of, pick (column, "label", language) };
      JsonNode *value = json_object_get_member (row, of);
      g_autofree char *text = format_value (value, language, "");
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

      append_cell (csv, name, head, cell, is_untold (row, value) ? NULL : node);
    }
  }
}

/**
 * wb_figure_report_to_csv:
 * @report: a report
 * @variant: for whom
 * @language: of labels
 *
 * Returns: (transfer full): one line a cell, with a header; a count that is hidden is empty and
 * says so in the last column
 */
char *
wb_figure_report_to_csv (JsonObject *report, WbCsvVariant variant, WbLanguage language)
{
  static const char *const HEADS[] = { "table",        "row",   "row_label", "column",
                                       "column_label", "value", "hidden" };
  JsonArray *parts = list_of (report, "parts");
  WbCsv csv;

  wb_csv_begin (&csv, variant);
  for (guint i = 0; i < G_N_ELEMENTS (HEADS); i++)
    wb_csv_add (&csv, HEADS[i]);
  wb_csv_end_line (&csv);
  for (guint i = 0; i < length_of (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (part, "kind", NULL), "list") == 0)
      append_list (&csv, part, language);
    else
      append_table (&csv, part, language);
  }
  return wb_csv_end (&csv);
}
