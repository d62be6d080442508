/* SPDX-License-Identifier: EUPL-1.2 */

/* Writing facts: a row and its place in the sums, always both. */
#include "wb-fact-private.h"

void
wb_facts_drop_names (WbRegister *reg)
{
  g_clear_pointer (&reg->figure_names, g_hash_table_unref);
}

static gint64 *
copy_key (gint64 key)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = key;
  return copy;
}

/**
 * wb_facts_find_name:
 * @reg: an open register, within a WbChange
 * @name: a dimension or a code
 * @error: return location for an error
 *
 * Returns: the number it is kept by, from now on for ever; 0 on failure
 */
gint64
wb_facts_find_name (WbRegister *reg, const char *name, GError **error)
{
  const gint64 *known;
  gint64 key = 0;

  if (reg->figure_names == NULL)
    reg->figure_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  known = g_hash_table_lookup (reg->figure_names, name);
  if (known != NULL)
    return *known;
  if (!wb_fact_store_find_name (reg->db, name, &key, error) ||
      (key == 0 && !wb_fact_store_add_name (reg->db, name, &key, error)))
    return 0;
  g_hash_table_insert (reg->figure_names, g_strdup (name), copy_key (key));
  return key;
}

gint64
wb_facts_month_of (gint64 day)
{
  WbDate date = wb_date_from_days ((gint32) day);

  return (gint64) date.year * 12 + date.month - 1;
}

gint64
wb_facts_day_of (WbRegister *reg, WbInstant time)
{
  return wb_date_to_days (wb_zone_to_local (reg->zone, time).date);
}

static gboolean
tally (WbRegister *reg, const WbFactRow *row, gint64 logged, gint64 n, GError **error)
{
  return wb_tally_store_add (reg->db,
                             row->dimension,
                             wb_facts_month_of (row->day),
                             row->code,
                             logged,
                             n,
                             error);
}

/**
 * wb_facts_add:
 * @reg: an open register, within a WbChange
 * @row: what holds from entry @row->since on
 * @logged: local day of that entry
 * @error: return location for an error
 */
gboolean
wb_facts_add (WbRegister *reg, const WbFactRow *row, gint64 logged, GError **error)
{
  return wb_fact_store_add (reg->db, row, error) && tally (reg, row, logged, 1, error);
}

/**
 * wb_facts_end:
 * @reg: an open register, within a WbChange
 * @row: what held
 * @entry: the act from which it holds no more; where it began by that very act there is no row left
 * @logged: local day of that act
 * @error: return location for an error
 */
gboolean
wb_facts_end (WbRegister *reg, const WbFactRow *row, gint64 entry, gint64 logged, GError **error)
{
  return (row->since == entry ? wb_fact_store_drop (reg->db, row, error)
                              : wb_fact_store_set_until (reg->db, row, entry, error)) &&
         tally (reg, row, logged, -1, error);
}
