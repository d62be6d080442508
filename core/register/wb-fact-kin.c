/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Who is counted together: allegations that are the same, told by "same_as", by a link "the same
 * allegation" or by the merging of their cases; and cases merged into one. Every source stays a
 * source.
 */
#include "wb-fact-private.h"

#include <string.h>

#define CHAIN_MAX 16   /* merged into one that was merged into one … */
#define GROUP_MAX 1000 /* allegations that are one and the same */

gboolean
wb_link_is_of_kin (const char *type, const char *field)
{
  return strcmp (field, WB_FIELD_SAME_AS) == 0 || strcmp (field, WB_FIELD_MERGED_INTO) == 0 ||
         (strcmp (type, "link") == 0 && strcmp (field, "records") == 0);
}

void
wb_kin_free (WbKin *self)
{
  if (self == NULL)
    return;
  wb_record_row_free (self->row);
  g_clear_pointer (&self->values, json_object_unref);
  g_free (self);
}

/**
 * wb_kin_read_day:
 * @reg: an open register
 * @values: fields of a record
 * @field: a moment or a date
 * @ret_day: set where it is filled in: the earliest local day that it can have been
 * @ret_known: (nullable): whether it was told to the day
 *
 * Returns: whether it is filled in
 */
gboolean
wb_kin_read_day (WbRegister *reg,
                 JsonObject *values,
                 const char *field,
                 gint64 *ret_day,
                 gboolean *ret_known)
{
  JsonNode *node = json_object_get_member (values, field);
  g_autoptr (WbMoment) moment = node != NULL ? wb_moment_parse (node, reg->zone, NULL) : NULL;

  if (moment == NULL || moment->precision == WB_PRECISION_UNKNOWN)
    return FALSE;
  *ret_day = wb_date_to_days (moment->earliest_date);
  if (ret_known != NULL)
    *ret_known = moment->precision >= WB_PRECISION_DAY;
  return TRUE;
}

/**
 * wb_kin_new:
 * @reg: an open register
 * @row: (transfer full): a record
 * @error: return location for an error
 *
 * Returns: (transfer full): the record with its fields read
 */
WbKin *
wb_kin_new (WbRegister *reg, WbRecordRow *row, GError **error)
{
  g_autoptr (WbKin) self = g_new0 (WbKin, 1);
  g_autoptr (JsonObject) doc = NULL;

  self->row = row;
  doc = wb_doc_parse (row->doc, error);
  if (doc == NULL)
    return NULL;
  self->values = wb_doc_values (doc);
  if (!wb_kin_read_day (reg, self->values, "received", &self->day, &self->day_known))
    self->day = wb_facts_day_of (reg, row->created);
  return g_steal_pointer (&self);
}

WbKin *
wb_kin_load (WbRegister *reg, const char *id, GError **error)
{
  WbRecordRow *row = wb_record_store_find (reg->db, id, error);

  return row != NULL ? wb_kin_new (reg, row, error) : NULL;
}

gboolean
wb_kin_is (const WbKin *self, const char *type)
{
  return g_str_equal (self->row->type, type);
}

/**
 * wb_kin_list_targets:
 * @values: fields of a record
 * @field: one that points at one or more records
 *
 * Returns: (transfer full) (element-type utf8): their UUIDs
 */
GPtrArray *
wb_kin_list_targets (JsonObject *values, const char *field)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  JsonNode *node = json_object_get_member (values, field);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    g_ptr_array_add (ids, g_strdup (json_node_get_string (node)));
  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
                    i < json_array_get_length (json_node_get_array (node));
       i++)
    g_ptr_array_add (ids, g_strdup (json_array_get_string_element (json_node_get_array (node), i)));
  return ids;
}

static void
add_id (GPtrArray *ids, const char *id)
{
  if (id != NULL && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (id));
}

/* What a link says to be the same as @id. */
static gboolean
add_linked (WbRegister *reg, const char *link, const char *id, GPtrArray *ids, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbKin) kin = wb_kin_load (reg, link, &problem);
  g_autoptr (GPtrArray) targets = NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (kin == NULL || !wb_kin_is (kin, "link") || json_object_has_member (kin->values, "ended") ||
      g_strcmp0 (json_object_get_string_member_with_default (kin->values, "kind", NULL),
                 WB_LINK_DUPLICATE) != 0)
    return TRUE;
  targets = wb_kin_list_targets (kin->values, "records");
  for (guint i = 0; i < targets->len; i++)
    if (!g_str_equal (g_ptr_array_index (targets, i), id))
      add_id (ids, g_ptr_array_index (targets, i));
  return TRUE;
}

/* Records that are said to be the same as this one, either way round. */
static GPtrArray *
list_same (WbRegister *reg, const WbKin *of, GError **error)
{
  g_autoptr (GPtrArray) ids = wb_kin_list_targets (of->values, WB_FIELD_SAME_AS);
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, of->row->id, error);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);

    if (g_str_equal (link->field, WB_FIELD_SAME_AS))
      add_id (ids, link->source);
    else if (g_str_equal (link->field, "records") &&
             !add_linked (reg, link->source, of->row->id, ids, error))
      return NULL;
  }
  return links != NULL ? g_steal_pointer (&ids) : NULL;
}

/* The oldest case of which this one is said to be a double. */
static gboolean
find_older (WbRegister *reg, const WbKin *of, WbKin **ret_older, GError **error)
{
  g_autoptr (GPtrArray) same = list_same (reg, of, error);
  g_autoptr (WbKin) oldest = NULL;

  for (guint i = 0; same != NULL && i < same->len; i++) {
    g_autoptr (WbKin) other = wb_kin_load (reg, g_ptr_array_index (same, i), NULL);

    if (other != NULL && wb_kin_is (other, "case") &&
        other->row->first_entry < (oldest != NULL ? oldest : of)->row->first_entry) {
      g_clear_pointer (&oldest, wb_kin_free);
      oldest = g_steal_pointer (&other);
    }
  }
  *ret_older = g_steal_pointer (&oldest);
  return same != NULL;
}

static gboolean
find_parent (WbRegister *reg, const WbKin *of, WbKin **ret_parent, GError **error)
{
  const char *merged =
      json_object_get_string_member_with_default (of->values, WB_FIELD_MERGED_INTO, NULL);

  if (merged == NULL || g_str_equal (merged, of->row->id))
    return find_older (reg, of, ret_parent, error);
  *ret_parent = wb_kin_load (reg, merged, NULL);
  return TRUE;
}

/**
 * wb_kin_find_root:
 * @reg: an open register
 * @case_id: UUID of a case
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the case that it is counted as, often itself; %NULL without
 *   @error where it was set aside
 */
WbKin *
wb_kin_find_root (WbRegister *reg, const char *case_id, GError **error)
{
  g_autoptr (WbKin) root = wb_kin_load (reg, case_id, error);

  for (guint i = 0; root != NULL && i < CHAIN_MAX; i++) {
    g_autoptr (WbKin) parent = NULL;

    if (!find_parent (reg, root, &parent, error))
      return NULL;
    if (parent == NULL || !wb_kin_is (parent, "case"))
      break;
    g_clear_pointer (&root, wb_kin_free);
    root = g_steal_pointer (&parent);
  }
  return g_steal_pointer (&root);
}

static gboolean
add_children (WbRegister *reg, const WbKin *of, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, of->row->id, error);
  g_autoptr (GPtrArray) same = links != NULL ? list_same (reg, of, error) : NULL;

  if (same == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);

    if (g_str_equal (link->field, WB_FIELD_MERGED_INTO))
      add_id (ids, link->source);
  }
  for (guint i = 0; i < same->len; i++)
    add_id (ids, g_ptr_array_index (same, i));
  return TRUE;
}

static gboolean
is_of_root (WbRegister *reg, const char *id, const WbKin *root, GError **error)
{
  g_autoptr (WbKin) of = wb_kin_find_root (reg, id, error);

  return of != NULL && g_str_equal (of->row->id, root->row->id);
}

/**
 * wb_kin_list_family:
 * @reg: an open register
 * @root: of wb_kin_find_root()
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8): UUIDs of all cases counted as @root, itself first
 */
GPtrArray *
wb_kin_list_family (WbRegister *reg, const WbKin *root, GError **error)
{
  g_autoptr (GPtrArray) family = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (family, g_strdup (root->row->id));
  if (!add_children (reg, root, ids, error))
    return NULL;
  for (guint i = 0; i < ids->len && i < GROUP_MAX; i++) {
    const char *id = g_ptr_array_index (ids, i);
    g_autoptr (WbKin) kin = wb_kin_load (reg, id, NULL);

    if (kin == NULL || !wb_kin_is (kin, "case") || g_str_equal (id, root->row->id) ||
        !is_of_root (reg, id, root, NULL))
      continue;
    add_id (family, id);
    if (!add_children (reg, kin, ids, error))
      return NULL;
  }
  return g_steal_pointer (&family);
}

/**
 * wb_kin_list_of_case:
 * @reg: an open register
 * @case_id: UUID of a case
 * @type: (nullable): only records of this type
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbKin): its records, oldest first
 */
GPtrArray *
wb_kin_list_of_case (WbRegister *reg, const char *case_id, const char *type, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_kin_free);

  if (rows == NULL)
    return NULL;
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++) {
    WbRecordRow *row = g_ptr_array_index (rows, i);
    WbKin *kin = type == NULL || g_str_equal (row->type, type) ? wb_kin_new (reg, row, NULL) : NULL;

    if (kin != NULL)
      g_ptr_array_add (list, kin);
    else if (type != NULL && !g_str_equal (row->type, type))
      wb_record_row_free (row);
  }
  return g_steal_pointer (&list);
}

/* A merged case's allegations that are said to be the same as none go with the first of the case
 * that they were merged into. */
static gboolean
add_merged (WbRegister *reg, const WbKin *of, gboolean lone, GPtrArray *ids, GError **error)
{
  g_autoptr (WbKin) root = wb_kin_find_root (reg, of->row->case_id, error);
  g_autoptr (GPtrArray) family = root != NULL ? wb_kin_list_family (reg, root, error) : NULL;
  g_autoptr (GPtrArray) own = NULL;

  if (family == NULL)
    return root == NULL;
  if (family->len < 2)
    return TRUE;
  own = wb_kin_list_of_case (reg, root->row->id, "allegation", error);
  if (own == NULL || own->len == 0)
    return own != NULL;
  if (!g_str_equal (of->row->case_id, root->row->id)) {
    if (lone)
      add_id (ids, ((const WbKin *) g_ptr_array_index (own, 0))->row->id);
    return TRUE;
  }
  if (!g_str_equal (((const WbKin *) g_ptr_array_index (own, 0))->row->id, of->row->id))
    return TRUE;
  for (guint i = 1; i < family->len; i++) {
    g_autoptr (GPtrArray) others =
        wb_kin_list_of_case (reg, g_ptr_array_index (family, i), "allegation", error);

    if (others == NULL)
      return FALSE;
    for (guint j = 0; j < others->len; j++) {
      const WbKin *other = g_ptr_array_index (others, j);
      g_autoptr (GPtrArray) same = list_same (reg, other, error);

      if (same == NULL)
        return FALSE;
      if (same->len == 0)
        add_id (ids, other->row->id);
    }
  }
  return TRUE;
}

/* Those of cases that were not merged come first, then the one received first. */
static gint
compare_kin (gconstpointer a, gconstpointer b)
{
  const WbKin *left = *(const WbKin *const *) a;
  const WbKin *right = *(const WbKin *const *) b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  return left->row->first_entry < right->row->first_entry ? -1 : 1;
}

static gboolean
is_in_root (WbRegister *reg, const WbKin *kin)
{
  g_autoptr (WbKin) root = wb_kin_find_root (reg, kin->row->case_id, NULL);

  return root != NULL && g_str_equal (root->row->id, kin->row->case_id);
}

static void
put_first (WbRegister *reg, GPtrArray *group)
{
  g_ptr_array_sort (group, compare_kin);
  for (guint i = 0; i < group->len; i++) {
    WbKin *kin = g_ptr_array_index (group, i);

    if (!is_in_root (reg, kin))
      continue;
    memmove (group->pdata + 1, group->pdata, i * sizeof *group->pdata);
    group->pdata[0] = kin;
    return;
  }
}

/**
 * wb_kin_list_group:
 * @reg: an open register
 * @allegation: UUID of an allegation
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbKin): all allegations that are one and the same, the one
 *   that is counted first; empty where there is no such allegation
 */
GPtrArray *
wb_kin_list_group (WbRegister *reg, const char *allegation, GError **error)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_kin_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, g_strdup (allegation));
  for (guint i = 0; i < ids->len && i < GROUP_MAX; i++) {
    g_autoptr (WbKin) kin = wb_kin_load (reg, g_ptr_array_index (ids, i), NULL);
    g_autoptr (GPtrArray) same = NULL;

    if (kin == NULL || !wb_kin_is (kin, "allegation"))
      continue;
    same = list_same (reg, kin, error);
    if (same == NULL || !add_merged (reg, kin, same->len == 0, ids, error))
      return NULL;
    for (guint j = 0; j < same->len; j++)
      add_id (ids, g_ptr_array_index (same, j));
    g_ptr_array_add (group, g_steal_pointer (&kin));
  }
  if (group->len > 1)
    put_first (reg, group);
  return g_steal_pointer (&group);
}
