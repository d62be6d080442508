/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * How much of the log a figure counts. Sums are kept by local day of logging; where the moment is
 * in the middle of one, what came and went earlier on that day is added to the sums up to it.
 */
#include "wb-figures-private.h"

static gboolean
get_act_time (WbRegister *reg, guint64 number, WbInstant *ret_time, GError **error)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts (reg->db, NULL, NULL, number, 1, error);

  if (acts == NULL)
    return FALSE;
  *ret_time = acts->len > 0 ? ((const WbAct *) g_ptr_array_index (acts, 0))->time : G_MAXINT64;
  return TRUE;
}

/* How many entries there were at that moment: times never go back. */
static gboolean
find_size (WbRegister *reg, WbInstant as_of, gint64 *ret_size, GError **error)
{
  guint64 low = 0, high = reg->size;

  while (low < high) {
    guint64 middle = low + (high - low) / 2;
    WbInstant time;

    if (!get_act_time (reg, middle, &time, error))
      return FALSE;
    if (time <= as_of)
      low = middle + 1;
    else
      high = middle;
  }
  *ret_size = (gint64) low;
  return TRUE;
}

static void
take_move (const WbFactMove *move, gpointer user_data)
{
  g_array_append_vals (user_data, move, 1);
}

/* From the first entry of the day to the moment. */
static gboolean
load_moves (WbCounter *self, WbInstant start_of_day, GError **error)
{
  gint64 first;

  self->moves = g_array_new (FALSE, FALSE, sizeof (WbFactMove));
  return find_size (self->reg, start_of_day - 1, &first, error) &&
         wb_fact_store_each_move (self->reg->db, first, self->size, take_move, self->moves, error);
}

/**
 * wb_counter_set_as_of:
 * @self: a counter
 * @scope: what to count
 * @error: return location for an error
 */
gboolean
wb_counter_set_as_of (WbCounter *self, const WbFigureScope *scope, GError **error)
{
  const WbZone *zone = self->reg->zone;
  WbDate day;

  self->size = (gint64) self->reg->size;
  self->logged = G_MAXINT32;
  if (scope->as_of == WB_INSTANT_NONE)
    return TRUE;
  if (!find_size (self->reg, scope->as_of, &self->size, error))
    return FALSE;
  day = wb_zone_to_local (zone, scope->as_of).date;
  self->logged = wb_date_to_days (day);
  if (scope->as_of >= wb_zone_start_of_day (zone, wb_date_add_days (day, 1)) - 1)
    return TRUE;
  self->logged--;
  return load_moves (self, wb_zone_start_of_day (zone, day), error);
}

/* Sums by month and code, where they must be corrected before anybody sees them. */
typedef struct {
  gint64 code, month, n;
} Sum;

static guint
hash_sum (gconstpointer data)
{
  const Sum *sum = data;

  return (guint) (sum->code * 1021 + sum->month);
}

static gboolean
same_sum (gconstpointer a, gconstpointer b)
{
  const Sum *left = a, *right = b;

  return left->code == right->code && left->month == right->month;
}

static void
add_sum (gint64 code, gint64 month, gint64 n, gpointer user_data)
{
  const Sum key = { code, month, 0 };
  Sum *sum = g_hash_table_lookup (user_data, &key);

  if (sum == NULL) {
    g_hash_table_add (user_data, g_memdup2 (&key, sizeof key));
    sum = g_hash_table_lookup (user_data, &key);
  }
  sum->n += n;
}

static void
add_moves (const WbCounter *self, gint64 key, gint64 from, gint64 to, GHashTable *sums)
{
  for (guint i = 0; i < self->moves->len; i++) {
    const WbFactMove *move = &g_array_index (self->moves, WbFactMove, i);
    gint64 month;

    if (move->dimension != key)
      continue;
    month = wb_facts_month_of (move->day);
    if (month >= from && month <= to)
      add_sum (move->code, month, move->n, sums);
  }
}

/**
 * wb_counter_each_month:
 * @self: a counter
 * @key: number of a dimension
 * @from: first month of the period
 * @to: last month
 * @each: called with code, month and how many, once for each pair
 * @user_data: for @each
 * @error: return location for an error
 */
gboolean
wb_counter_each_month (const WbCounter *self,
                       gint64 key,
                       gint64 from,
                       gint64 to,
                       WbTallyEach each,
                       gpointer user_data,
                       GError **error)
{
  WbDb *db = self->reg->db;
  g_autoptr (GHashTable) sums = NULL;
  GHashTableIter iter;
  gpointer data;

  if (self->moves == NULL)
    return wb_tally_store_each (db, key, from, to, self->logged, each, user_data, error);
  sums = g_hash_table_new_full (hash_sum, same_sum, g_free, NULL);
  if (!wb_tally_store_each (db, key, from, to, self->logged, add_sum, sums, error))
    return FALSE;
  add_moves (self, key, from, to, sums);
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &data, NULL)) {
    const Sum *sum = data;

    each (sum->code, sum->month, sum->n, user_data);
  }
  return TRUE;
}
