/* SPDX-License-Identifier: EUPL-1.2 */

/* Where cases stand in a list that may have changed. */
#include "wb-case-places.h"

#include "wb-case-filter-private.h"

typedef struct {
  GHashTable *ids;
  guint at;
  GArray *places;
} Search;

static gboolean
see_row (const WbCaseRow *row, gpointer user_data)
{
  Search *search = user_data;

  if (g_hash_table_contains (search->ids, row->id))
    g_array_append_val (search->places, search->at);
  search->at++;
  return search->places->len < g_hash_table_size (search->ids);
}

/**
 * wb_register_find_places:
 * @self: an open register
 * @query: words, filters and order of the list
 * @ids: (element-type utf8): UUIDs of cases, as a set
 * @error: return location for an error
 *
 * Reads the list up to the last of them.
 *
 * Returns: (transfer full) (element-type guint): from 0, ascending
 */
GArray *
wb_register_find_places (WbRegister *self,
                         const WbCaseQuery *query,
                         GHashTable *ids,
                         GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  Search search = { .ids = ids, .places = places };

  if (g_hash_table_size (ids) > 0 && !wb_register_each_case (self, query, see_row, &search, error))
    return NULL;
  return g_steal_pointer (&places);
}
