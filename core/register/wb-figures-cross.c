/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Counting by two codes: both are read from the covering index in one go each and brought together
 * by the number of what is counted, or of its case where two kinds of things are told apart.
 */
#include "wb-figures-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define NONE G_MAXUINT32

/* The codes of a dimension in order of being met; the first is "not filled in". */
typedef struct {
  GArray *index;   /* of a code's number -> its place + 1 */
  GPtrArray *keys; /* (element-type gint64 as pointer) by place */
} Codes;

static Codes
codes_new (void)
{
  Codes codes = { g_array_new (FALSE, TRUE, sizeof (guint32)), g_ptr_array_new () };

  g_ptr_array_add (codes.keys, NULL);
  return codes;
}

static void
codes_clear (Codes *codes)
{
  g_array_unref (codes->index);
  g_ptr_array_unref (codes->keys);
}

static guint32
codes_place (Codes *codes, gint64 key, gint64 none)
{
  guint32 *at;

  if (key == none)
    return 0;
  if ((guint64) key >= codes->index->len)
    g_array_set_size (codes->index, (guint) key + 1);
  at = &g_array_index (codes->index, guint32, (guint) key);
  if (*at == 0) {
    g_ptr_array_add (codes->keys, (gpointer) (gintptr) key);
    *at = codes->keys->len;
  }
  return *at - 1;
}

/* What was read: for each thing a chain of places of codes. */
typedef struct {
  Codes codes;
  gint64 none;
  gboolean by_case;
  GArray *heads;  /* guint32 by number of the thing: the last pair + 1 */
  GArray *places; /* guint32 a pair */
  GArray *nexts;  /* guint32 a pair: the one before + 1 */
} Side;

static void
side_init (Side *side, gint64 none, gboolean by_case)
{
  side->codes = codes_new ();
  side->none = none;
  side->by_case = by_case;
  side->heads = g_array_new (FALSE, TRUE, sizeof (guint32));
  side->places = g_array_new (FALSE, FALSE, sizeof (guint32));
  side->nexts = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
side_clear (Side *side)
{
  codes_clear (&side->codes);
  g_array_unref (side->heads);
  g_array_unref (side->places);
  g_array_unref (side->nexts);
}

static void
read_pair (const WbFactRow *row, gpointer user_data)
{
  Side *side = user_data;
  gint64 thing = side->by_case ? row->case_key : row->unit;
  guint32 place = codes_place (&side->codes, row->code, side->none);
  guint32 *head;

  if (thing <= 0)
    return;
  if ((guint64) thing >= side->heads->len)
    g_array_set_size (side->heads, (guint) thing + 1024);
  head = &g_array_index (side->heads, guint32, (guint) thing);
  g_array_append_val (side->places, place);
  g_array_append_val (side->nexts, *head);
  *head = side->places->len;
}

static guint32
side_first (const Side *side, gint64 thing)
{
  return thing > 0 && (guint64) thing < side->heads->len
             ? g_array_index (side->heads, guint32, (guint) thing)
             : 0;
}

/* A table that grows as codes are met. */
typedef struct {
  Side *second;
  Codes rows;
  gint64 none;
  GPtrArray *cells;      /* (element-type GArray of guint64) by row */
  GArray *row_totals;    /* guint64 */
  GArray *column_totals; /* guint64 */
  GArray *stamps;        /* guint64 by column: the last fact that counted there */
  GArray *unit_stamps;   /* gint64 by column: the last thing that counted there */
  GByteArray *seen;      /* by number: has a row */
  gint64 *unit;
  guint64 n, n_seen, total;
  gboolean rest; /* only things that have no row yet */
} Cross;

static guint64 *
grow (GArray *array, guint at)
{
  if (at >= array->len)
    g_array_set_size (array, at + 1);
  return &g_array_index (array, guint64, at);
}

static void
count_cell (Cross *self, guint32 row, guint32 column, gint64 unit)
{
  guint64 *stamp = grow (self->stamps, column);

  if (*stamp == self->n)
    return; /* by another thing of the same case */
  *stamp = self->n;
  while (self->cells->len <= row)
    g_ptr_array_add (self->cells, g_array_new (FALSE, TRUE, sizeof (guint64)));
  ++*grow (g_ptr_array_index (self->cells, row), column);
  stamp = grow (self->unit_stamps, column);
  if (*stamp == (guint64) unit)
    return;
  *stamp = (guint64) unit;
  ++*grow (self->column_totals, column);
}

static void
mark_seen (Cross *self, gint64 unit)
{
  if ((guint64) unit >= self->seen->len) {
    guint before = self->seen->len;

    g_byte_array_set_size (self->seen, (guint) unit + 1024);
    memset (self->seen->data + before, 0, self->seen->len - before);
  }
  self->n_seen += self->seen->data[unit] == 0;
  self->seen->data[unit] = 1;
}

static void
cross_fact (const WbFactRow *row, gpointer user_data)
{
  Cross *self = user_data;
  gint64 thing = self->second->by_case ? row->case_key : row->unit;
  guint32 place = self->rest ? 0 : codes_place (&self->rows, row->code, self->none);
  guint32 pair;

  if (self->rest) {
    self->total++;
    if ((guint64) row->unit < self->seen->len && self->seen->data[row->unit] != 0)
      return;
  }
  self->n++;
  mark_seen (self, row->unit);
  ++*grow (self->row_totals, place);
  pair = side_first (self->second, thing);
  if (pair == 0)
    count_cell (self, place, 0, row->unit);
  for (; pair != 0; pair = g_array_index (self->second->nexts, guint32, pair - 1))
    count_cell (self, place, g_array_index (self->second->places, guint32, pair - 1), row->unit);
}

/**
 * wb_counter_read_all:
 * @self: a counter
 * @dimension: what to read
 * @any_day: not only those of the period
 * @each: called with each fact
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_counter_read_all (const WbCounter *self,
                     const WbDimension *dimension,
                     gboolean any_day,
                     WbFactEach each,
                     gpointer user_data,
                     GError **error)
{
  gint64 key;

  return wb_counter_find (self, dimension->name, &key, error) &&
         (key == 0 || wb_fact_store_each (self->reg->db,
                                          key,
                                          any_day ? G_MININT32 : self->from,
                                          any_day ? G_MAXINT32 : self->to,
                                          self->size,
                                          each,
                                          user_data,
                                          error));
}

static void
cross_init (Cross *self, Side *second, gint64 none)
{
  memset (self, 0, sizeof *self);
  self->second = second;
  self->none = none;
  self->rows = codes_new ();
  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->row_totals = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->column_totals = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->stamps = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->unit_stamps = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->seen = g_byte_array_new ();
}

static void
cross_clear (Cross *self)
{
  codes_clear (&self->rows);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->row_totals);
  g_array_unref (self->column_totals);
  g_array_unref (self->stamps);
  g_array_unref (self->unit_stamps);
  g_byte_array_unref (self->seen);
}

/* The places of a dimension's codes by name. */
static GHashTable *
list_places (const WbCounter *self, const Codes *codes)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 1; i < codes->keys->len; i++)
    g_hash_table_insert (
        places,
        g_strdup (wb_counter_name (self, (gint64) (gintptr) g_ptr_array_index (codes->keys, i))),
        GUINT_TO_POINTER (i));
  g_hash_table_insert (places, g_strdup (""), GUINT_TO_POINTER (0));
  return places;
}

static guint64
get (const GArray *array, guint at)
{
  return at < array->len ? g_array_index (array, guint64, at) : 0;
}

typedef void (*AddHead) (WbFigureTable *table, const char *code, const char *nl, const char *en);

/* Heads in the order of their list; returns the places that they have here. */
static GArray *
add_heads (const WbCounter *self,
           const WbDimension *dimension,
           const Codes *codes,
           const GArray *totals,
           WbFigureTable *table,
           AddHead add)
{
  g_autoptr (GHashTable) places = list_places (self, codes);
  g_autoptr (GPtrArray) names = wb_counter_list_codes (self, dimension, places);
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < names->len; i++) {
    const char *code = g_ptr_array_index (names, i);
    gboolean met = g_hash_table_contains (places, code);
    guint place = met ? GPOINTER_TO_UINT (g_hash_table_lookup (places, code)) : NONE;
    g_autofree char *nl = NULL;
    g_autofree char *en = NULL;

    if ((!met || get (totals, place) == 0) && !(dimension->whole && *code != '\0'))
      continue;
    nl = wb_counter_label (self, dimension, code, WB_LANGUAGE_NL);
    en = wb_counter_label (self, dimension, code, WB_LANGUAGE_EN);
    add (table, code, nl, en);
    g_array_append_val (order, place);
  }
  return order;
}

static WbFigureTable *
write_table (const WbCounter *self,
             const Cross *cross,
             const WbDimension *first,
             const WbDimension *second)
{
  g_autofree char *name = g_strdup_printf ("%s,%s", first->name, second->name);
  g_autofree char *nl = g_strdup_printf ("%s: %s × %s",
                                         first->unit->label[WB_LANGUAGE_NL],
                                         wb_dimension_label (first, WB_LANGUAGE_NL),
                                         wb_dimension_label (second, WB_LANGUAGE_NL));
  g_autofree char *en = g_strdup_printf ("%s: %s × %s",
                                         first->unit->label[WB_LANGUAGE_EN],
                                         wb_dimension_label (first, WB_LANGUAGE_EN),
                                         wb_dimension_label (second, WB_LANGUAGE_EN));
  WbFigureTable *table = wb_figure_table_new (name, nl, en);
  g_autoptr (GArray) rows =
      add_heads (self, first, &cross->rows, cross->row_totals, table, wb_figure_table_add_row);
  g_autoptr (GArray) columns = add_heads (self,
                                          second,
                                          &cross->second->codes,
                                          cross->column_totals,
                                          table,
                                          wb_figure_table_add_column);

  wb_figure_table_allocate (table);
  table->overlaps = !wb_dimension_is_single (first) || !wb_dimension_is_single (second) ||
                    first->unit != second->unit;
  table->total = cross->total;
  for (guint i = 0; i < rows->len; i++) {
    guint row = g_array_index (rows, guint, i);

    table->row_totals[i] = row != NONE ? get (cross->row_totals, row) : 0;
    for (guint j = 0; row < cross->cells->len && j < columns->len; j++) {
      guint column = g_array_index (columns, guint, j);

      if (column != NONE)
        *wb_figure_table_cell (table, i, j) = get (g_ptr_array_index (cross->cells, row), column);
    }
  }
  for (guint j = 0; j < columns->len; j++) {
    guint column = g_array_index (columns, guint, j);

    table->column_totals[j] = column != NONE ? get (cross->column_totals, column) : 0;
  }
  return table;
}

/**
 * wb_counter_check_pair:
 * @first: what to count by
 * @second: and by what else
 * @error: return location for an error; %WB_ERROR_INVALID where they have no case in common
 */
gboolean
wb_counter_check_pair (const WbDimension *first, const WbDimension *second, GError **error)
{
  gboolean cases = first->unit == second->unit || (first->unit->type->scope != WB_SCOPE_REGISTER ||
                                                   g_str_equal (first->unit->type->name, "case"));
  gboolean others =
      first->unit == second->unit || (second->unit->type->scope != WB_SCOPE_REGISTER ||
                                      g_str_equal (second->unit->type->name, "case"));

  if (first->kind == WB_DIMENSION_TOTAL || second->kind == WB_DIMENSION_TOTAL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("Count by two codes, or by one of them and a period."));
    return FALSE;
  }
  if (cases && others)
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("“%s” and “%s” have no case in common: count by one of them."),
               first->name,
               second->name);
  return FALSE;
}

/* Whatever has a code is counted itself, so things without one are met only where there are more
 * in all: mostly there are not, and a third of the reading is saved. */
static gboolean
read_rest (const WbCounter *self, Cross *cross, const WbFigureUnit *unit, GError **error)
{
  guint64 n;

  if (!wb_counter_total (self, unit, &n, error))
    return FALSE;
  if (n == cross->n_seen) {
    cross->total = n;
    return TRUE;
  }
  cross->rest = TRUE;
  return wb_counter_read_all (self, wb_figure_unit_total (unit), FALSE, cross_fact, cross, error);
}

/* The part that does the reading. */
static gboolean
read_cross (const WbCounter *self,
            Cross *cross,
            const WbDimension *first,
            const WbDimension *second,
            GError **error)
{
  gboolean same = first->unit == second->unit;

  return wb_counter_read_all (self, second, !same, read_pair, cross->second, error) &&
         wb_counter_read_all (self, first, FALSE, cross_fact, cross, error) &&
         read_rest (self, cross, first->unit, error);
}

/**
 * wb_counter_count_two:
 * @self: a counter
 * @first: rows; what it belongs to is what is counted
 * @second: columns, of the same unit or of the same case
 * @error: return location for an error
 *
 * Returns: (transfer full): the table, with nothing hidden yet
 */
WbFigureTable *
wb_counter_count_two (const WbCounter *self,
                      const WbDimension *first,
                      const WbDimension *second,
                      GError **error)
{
  WbFigureTable *table = NULL;
  gint64 none;
  Side side;
  Cross cross;

  if (!wb_counter_check_pair (first, second, error) || !wb_counter_find (self, "", &none, error))
    return NULL;
  side_init (&side, none, first->unit != second->unit);
  cross_init (&cross, &side, none);
  if (read_cross (self, &cross, first, second, error))
    table = write_table (self, &cross, first, second);
  cross_clear (&cross);
  side_clear (&side);
  return table;
}
