/* SPDX-License-Identifier: EUPL-1.2 */

/* A table of counts: its heads, its cells, and the same as JSON. */
#include "wb-figure-table.h"

static void
head_free (gpointer data)
{
  WbFigureHead *self = data;

  g_free (self->code);
  g_free (self->label[0]);
  g_free (self->label[1]);
  g_free (self);
}

/**
 * wb_figure_table_new:
 * @name: by what it counts
 * @title_nl: what it counts, in Dutch
 * @title_en: the same in English
 *
 * Returns: (transfer full): a table without rows
 */
WbFigureTable *
wb_figure_table_new (const char *name, const char *title_nl, const char *title_en)
{
  WbFigureTable *self = g_new0 (WbFigureTable, 1);

  self->name = g_strdup (name);
  self->title[WB_LANGUAGE_NL] = g_strdup (title_nl);
  self->title[WB_LANGUAGE_EN] = g_strdup (title_en);
  self->rows = g_ptr_array_new_with_free_func (head_free);
  self->columns = g_ptr_array_new_with_free_func (head_free);
  return self;
}

void
wb_figure_table_free (WbFigureTable *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->title[0]);
  g_free (self->title[1]);
  g_free (self->basis);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_free (self->cells);
  g_free (self->row_totals);
  g_free (self->column_totals);
  g_free (self->hidden);
  g_free (self->row_hidden);
  g_free (self->column_hidden);
  g_free (self);
}

static void
add_head (GPtrArray *heads, const char *code, const char *nl, const char *en)
{
  WbFigureHead *head = g_new0 (WbFigureHead, 1);

  head->code = g_strdup (code);
  head->label[WB_LANGUAGE_NL] = g_strdup (nl);
  head->label[WB_LANGUAGE_EN] = g_strdup (en);
  g_ptr_array_add (heads, head);
}

void
wb_figure_table_add_row (WbFigureTable *self, const char *code, const char *nl, const char *en)
{
  add_head (self->rows, code, nl, en);
}

void
wb_figure_table_add_column (WbFigureTable *self, const char *code, const char *nl, const char *en)
{
  add_head (self->columns, code, nl, en);
}

/**
 * wb_figure_table_allocate:
 * @self: a table with all its heads
 *
 * Makes room for its counts, all of them 0.
 */
void
wb_figure_table_allocate (WbFigureTable *self)
{
  gsize rows = self->rows->len, columns = self->columns->len;

  self->cells = g_new0 (guint64, rows * columns + 1);
  self->hidden = g_new0 (gboolean, rows * columns + 1);
  self->row_totals = g_new0 (guint64, rows + 1);
  self->row_hidden = g_new0 (gboolean, rows + 1);
  self->column_totals = g_new0 (guint64, columns + 1);
  self->column_hidden = g_new0 (gboolean, columns + 1);
}

guint64 *
wb_figure_table_cell (WbFigureTable *self, guint row, guint column)
{
  return &self->cells[(gsize) row * self->columns->len + column];
}

static JsonObject *
label_to_json (char *const label[2])
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "nl", label[WB_LANGUAGE_NL]);
  json_object_set_string_member (object, "en", label[WB_LANGUAGE_EN]);
  return object;
}

static JsonObject *
head_to_json (const WbFigureHead *head)
{
  JsonObject *object = json_object_new ();

  if (*head->code != '\0')
    json_object_set_string_member (object, "code", head->code);
  else
    json_object_set_null_member (object, "code");
  json_object_set_object_member (object, "label", label_to_json (head->label));
  return object;
}

static void
set_count (JsonObject *object, const char *name, guint64 count, gboolean hidden)
{
  if (hidden)
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, (gint64) count);
}

static void
add_count (JsonArray *array, guint64 count, gboolean hidden)
{
  if (hidden)
    json_array_add_null_element (array);
  else
    json_array_add_int_element (array, (gint64) count);
}

static JsonArray *
rows_to_json (const WbFigureTable *self)
{
  JsonArray *array = json_array_new ();
  gsize columns = self->columns->len;

  for (guint i = 0; i < self->rows->len; i++) {
    JsonObject *row = head_to_json (g_ptr_array_index (self->rows, i));
    JsonArray *cells = json_array_new ();

    for (gsize j = 0; j < columns; j++)
      add_count (cells, self->cells[i * columns + j], self->hidden[i * columns + j]);
    if (columns > 0)
      json_object_set_array_member (row, "cells", cells);
    else
      json_array_unref (cells);
    set_count (row, "total", self->row_totals[i], self->row_hidden[i]);
    json_array_add_object_element (array, row);
  }
  return array;
}

/**
 * wb_figure_table_to_json:
 * @self: a table
 *
 * Returns: (transfer full): the part of a report
 */
JsonObject *
wb_figure_table_to_json (const WbFigureTable *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *columns = json_array_new ();
  JsonArray *totals = json_array_new ();

  json_object_set_string_member (object, "kind", "table");
  json_object_set_string_member (object, "name", self->name);
  json_object_set_object_member (object, "title", label_to_json (self->title));
  if (self->basis != NULL)
    json_object_set_string_member (object, "basis", self->basis);
  json_object_set_boolean_member (object, "overlaps", self->overlaps);
  for (guint i = 0; i < self->columns->len; i++) {
    json_array_add_object_element (columns, head_to_json (g_ptr_array_index (self->columns, i)));
    add_count (totals, self->column_totals[i], self->column_hidden[i]);
  }
  json_object_set_array_member (object, "columns", columns);
  json_object_set_array_member (object, "rows", rows_to_json (self));
  json_object_set_array_member (object, "totals", totals);
  set_count (object, "total", self->total, self->total_hidden);
  return object;
}

/**
 * wb_figure_median:
 * @sorted: numbers, the least first
 * @n: how many, not 0
 *
 * Returns: the one in the middle, or halfway between the two that are
 */
double
wb_figure_median (const gint64 *sorted, gsize n)
{
  return ((double) sorted[(n - 1) / 2] + (double) sorted[n / 2]) / 2;
}

/**
 * wb_figure_percentile:
 * @sorted: numbers, the least first
 * @n: how many, not 0
 * @share: 1 to 100
 *
 * Returns: the least of them that at least @share per cent do not exceed
 */
gint64
wb_figure_percentile (const gint64 *sorted, gsize n, guint share)
{
  gsize rank = (n * share + 99) / 100;

  return sorted[CLAMP (rank, 1, n) - 1];
}
