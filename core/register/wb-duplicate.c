/* SPDX-License-Identifier: EUPL-1.2 */

/* The same event told twice: found by site and day, ordered by what both say happened. */
#include "wb-duplicate.h"

#include <string.h>

#include "wb-error.h"
#include "wb-guard-private.h"
#include "wb-merge-private.h"
#include "wb-occurrence-store.h"

#define ALLEGATION "allegation"
#define LIMIT 200 /* of one site on three days */

void
wb_duplicate_free (WbDuplicate *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->case_reference);
  g_free (self->site);
  g_free (self->first);
  g_free (self->last);
  g_strfreev (self->acts);
  g_free (self);
}

static WbMoment *
get_moment (WbRegister *reg, JsonObject *values, const char *name)
{
  JsonNode *node = json_object_get_member (values, name);
  WbMoment *moment = node != NULL ? wb_moment_parse (node, reg->zone, NULL) : NULL;

  if (moment != NULL && moment->precision == WB_PRECISION_UNKNOWN)
    g_clear_pointer (&moment, wb_moment_free);
  return moment;
}

/**
 * wb_occurrence_project:
 * @reg: an open register, within a WbChange
 * @row: a record as it stands now
 * @doc: its document
 * @error: return location for an error
 *
 * Hook of the projection.
 */
gboolean
wb_occurrence_project (WbRegister *reg, const WbRecordRow *row, JsonObject *doc, GError **error)
{
  g_autoptr (JsonObject) values = NULL;
  g_autoptr (WbMoment) when = NULL;
  g_autoptr (WbMoment) until = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!g_str_equal (row->type, ALLEGATION))
    return TRUE;
  values = wb_doc_values (doc);
  when = get_moment (reg, values, "when");
  until = get_moment (reg, values, "until");
  if (when != NULL) {
    first = wb_date_format (when->earliest_date);
    last = wb_date_format (until != NULL ? until->latest_date : when->latest_date);
  }
  return wb_occurrence_store_put (reg->db,
                                  row->id,
                                  json_object_get_string_member_with_default (values, "site", NULL),
                                  first,
                                  last,
                                  error);
}

static char **
list_shared (JsonObject *one, JsonObject *other)
{
  g_autoptr (GStrvBuilder) acts = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (one, "acts");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *words[] = { json_array_get_string_element (array, i), NULL };

    if (wb_match_value (other, "acts", words))
      g_strv_builder_add (acts, words[0]);
  }
  return g_strv_builder_end (acts);
}

static gboolean
points_at (JsonObject *values, const char *id)
{
  const char *ids[] = { id, NULL };

  return wb_match_value (values, "same_as", ids);
}

static gboolean
are_merged (WbRegister *reg, const char *one, const char *other)
{
  g_autoptr (JsonObject) first = wb_register_load_values (reg, one, NULL);
  g_autoptr (JsonObject) second = wb_register_load_values (reg, other, NULL);

  return g_strcmp0 (json_object_get_string_member_with_default (first, "merged_into", NULL),
                    other) == 0 ||
         g_strcmp0 (json_object_get_string_member_with_default (second, "merged_into", NULL),
                    one) == 0;
}

static WbDuplicate *
make_duplicate (WbRegister *reg,
                const WbRecordRow *own,
                JsonObject *values,
                const WbOccurrenceRow *found)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, found->record, NULL);
  g_autoptr (JsonObject) other = NULL;
  WbDuplicate *duplicate;

  if (row == NULL || g_str_equal (row->id, own->id))
    return NULL;
  other = wb_register_load_values (reg, row->id, NULL);
  duplicate = g_new0 (WbDuplicate, 1);
  duplicate->reference = g_strdup (row->reference);
  duplicate->case_reference = wb_register_reference_of (reg, row->case_id);
  duplicate->site = g_strdup (found->site);
  duplicate->first = g_strdup (found->first);
  duplicate->last = g_strdup (found->last);
  duplicate->acts = list_shared (values, other);
  duplicate->linked = points_at (values, row->id) || points_at (other, own->id) ||
                      are_merged (reg, own->case_id, row->case_id);
  return duplicate;
}

/* A night belongs to two days. */
static gboolean
add_of (WbRegister *reg, const WbRecordRow *own, GPtrArray *list, GError **error)
{
  g_autoptr (JsonObject) values = wb_register_load_values (reg, own->id, error);
  g_autoptr (WbMoment) when = values != NULL ? get_moment (reg, values, "when") : NULL;
  const char *site =
      values != NULL ? json_object_get_string_member_with_default (values, "site", NULL) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (when == NULL || site == NULL)
    return values != NULL;
  from = wb_date_format (wb_date_add_days (when->earliest_date, -1));
  until = wb_date_format (wb_date_add_days (when->latest_date, 1));
  rows = wb_occurrence_store_list (reg->db, site, from, until, LIMIT, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    WbDuplicate *duplicate = make_duplicate (reg, own, values, g_ptr_array_index (rows, i));

    if (duplicate != NULL)
      g_ptr_array_add (list, duplicate);
  }
  return rows != NULL;
}

static int
compare_likeness (gconstpointer a, gconstpointer b)
{
  const WbDuplicate *one = *(WbDuplicate *const *) a, *other = *(WbDuplicate *const *) b;
  guint first = g_strv_length (one->acts), second = g_strv_length (other->acts);

  return first != second ? (first < second ? 1 : -1) : strcmp (one->reference, other->reference);
}

/**
 * wb_register_list_duplicates:
 * @self: an open register
 * @reference: an allegation, or a case for all of its allegations
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDuplicate): those at the same site within a day of it,
 *   the ones with the same acts first
 */
GPtrArray *
wb_register_list_duplicates (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_duplicate_free);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (row == NULL)
    return NULL;
  if (g_str_equal (row->type, ALLEGATION) && !add_of (self, row, list, error))
    return NULL;
  if (g_str_equal (row->type, "case")) {
    rows = wb_record_store_list_of_case (self->db, row->id, error);
    if (rows == NULL)
      return NULL;
  }
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *each = g_ptr_array_index (rows, i);

    if (g_str_equal (each->type, ALLEGATION) && !add_of (self, each, list, error))
      return NULL;
  }
  g_ptr_array_sort (list, compare_likeness);
  return g_steal_pointer (&list);
}
