/* SPDX-License-Identifier: EUPL-1.2 */

/* What must be counted of one unit: its codes, sets, hours and durations. */
#include "wb-fact-private.h"

#define HOUR ((WbInstant) 3600 * 1000)

static gboolean
want (const WbFactCount *self,
      GArray *wants,
      const char *dimension,
      const char *code,
      GError **error)
{
  WbFactWant one = { 0 };

  one.dimension = wb_facts_find_name (self->reg, dimension, error);
  one.code = one.dimension != 0 ? wb_facts_find_name (self->reg, code, error) : 0;
  if (one.code == 0)
    return FALSE;
  for (guint i = 0; i < wants->len; i++) {
    const WbFactWant *other = &g_array_index (wants, WbFactWant, i);

    if (other->dimension == one.dimension && other->code == one.code)
      return TRUE;
  }
  g_array_append_val (wants, one);
  return TRUE;
}

static gboolean
want_days (const WbFactCount *self,
           GArray *wants,
           const char *dimension,
           gint64 days,
           GError **error)
{
  WbFactWant one = { 0 };

  one.dimension = wb_facts_find_name (self->reg, dimension, error);
  one.code = days;
  if (one.dimension == 0)
    return FALSE;
  g_array_append_val (wants, one);
  return TRUE;
}

static const char *
get_code (JsonObject *values, const char *field)
{
  JsonNode *node = json_object_get_member (values, field);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? "true" : "false";
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Of a field with one code that of the first record which has it, of a list all of all. */
static gboolean
want_field (const WbFactCount *self,
            const WbDimension *dimension,
            GPtrArray *members,
            GArray *wants,
            GError **error)
{
  gboolean list = dimension->field->type == WB_FIELD_CODES;
  gboolean any = FALSE;

  for (guint i = 0; i < members->len; i++) {
    const WbKin *kin = g_ptr_array_index (members, i);
    const char *code = list ? NULL : get_code (kin->values, dimension->field->name);
    g_autoptr (GPtrArray) codes =
        list ? wb_kin_list_targets (kin->values, dimension->field->name) : NULL;

    if (code != NULL)
      return want (self, wants, dimension->name, code, error);
    for (guint j = 0; codes != NULL && j < codes->len; j++) {
      any = TRUE;
      if (!want (self, wants, dimension->name, g_ptr_array_index (codes, j), error))
        return FALSE;
    }
  }
  return !list || any || want (self, wants, dimension->name, "", error);
}

gboolean
wb_facts_has_code (JsonObject *values, const char *field, char **codes)
{
  const char *one = get_code (values, field);
  g_autoptr (GPtrArray) all = wb_kin_list_targets (values, field);

  if (one != NULL && g_strv_contains ((const char *const *) codes, one))
    return TRUE;
  for (guint i = 0; i < all->len; i++)
    if (g_strv_contains ((const char *const *) codes, g_ptr_array_index (all, i)))
      return TRUE;
  return FALSE;
}

/* Some record of the type that the set names points at it. */
static gboolean
is_pointed_at (const WbFactCount *self, const WbFigureSet *set, const WbKin *kin)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (self->reg->db, kin->row->id, NULL);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    g_autoptr (WbRecordRow) row = NULL;

    if (!g_str_equal (link->field, set->of_field))
      continue;
    row = wb_record_store_find (self->reg->db, link->source, NULL);
    if (row != NULL && g_str_equal (row->type, set->of_type))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_in_set (const WbFactCount *self, const WbFigureSet *set, const WbKin *kin)
{
  JsonObject *values = kin->values;
  GHashTableIter iter;
  gpointer field, value;

  if (set->any != NULL) {
    g_hash_table_iter_init (&iter, set->any);
    while (g_hash_table_iter_next (&iter, &field, &value))
      if (wb_facts_has_code (values, field, value))
        return TRUE;
  }
  if (set->of_type != NULL && is_pointed_at (self, set, kin))
    return TRUE;
  if (set->least == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, set->least);
  while (g_hash_table_iter_next (&iter, &field, &value)) {
    JsonNode *node = json_object_get_member (values, field);

    if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
        json_node_get_value_type (node) == G_TYPE_INT64 &&
        json_node_get_int (node) >= GPOINTER_TO_INT (value))
      return TRUE;
  }
  return FALSE;
}

static gboolean
want_sets (const WbFactCount *self,
           const WbDimension *dimension,
           GPtrArray *members,
           GArray *wants,
           GError **error)
{
  GPtrArray *sets = wb_figure_model_get_sets (self->figures);

  for (guint i = 0; i < sets->len; i++) {
    const WbFigureSet *set = g_ptr_array_index (sets, i);

    for (guint j = 0; set->unit == dimension->unit && j < members->len; j++) {
      const WbKin *kin = g_ptr_array_index (members, j);

      if (is_in_set (self, set, kin) && !want (self, wants, dimension->name, set->name, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* Hours of the day from @from up to and with @last. */
static gboolean
want_hours (const WbFactCount *self,
            const WbDimension *dimension,
            WbInstant from,
            WbInstant last,
            GArray *wants,
            GError **error)
{
  WbLocal local = wb_zone_to_local (self->reg->zone, from);
  WbInstant at = from - (local.minute * 60 + local.second) * (WbInstant) 1000;

  for (guint i = 0; i < 24 && at <= last; i++, at += HOUR) {
    g_autofree char *code =
        g_strdup_printf ("hour.%02d", wb_zone_to_local (self->reg->zone, at).hour);

    if (!want (self, wants, dimension->name, code, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
want_weekdays (const WbFactCount *self,
               const WbDimension *dimension,
               WbInstant from,
               WbInstant last,
               GArray *wants,
               GError **error)
{
  WbDate date = wb_zone_to_local (self->reg->zone, from).date;
  WbDate end = wb_zone_to_local (self->reg->zone, last).date;

  for (guint i = 0; i < 7 && wb_date_compare (date, end) <= 0; i++) {
    g_autofree char *code = g_strdup_printf ("weekday.%d", wb_date_weekday (date));

    if (!want (self, wants, dimension->name, code, error))
      return FALSE;
    date = wb_date_add_days (date, 1);
  }
  return TRUE;
}

/* Every hour of the day, or day of the week, that a visit touched. */
static gboolean
want_times (const WbFactCount *self,
            const WbDimension *dimension,
            GPtrArray *members,
            GArray *wants,
            GError **error)
{
  const WbKin *kin = g_ptr_array_index (members, 0);
  JsonNode *start = json_object_get_member (kin->values, dimension->unit->hours[0]);
  JsonNode *end = json_object_get_member (kin->values, dimension->unit->hours[1]);
  gboolean by_hour = dimension->kind == WB_DIMENSION_HOUR;
  g_autoptr (WbMoment) from = start != NULL ? wb_moment_parse (start, self->reg->zone, NULL) : NULL;
  g_autoptr (WbMoment) until = end != NULL ? wb_moment_parse (end, self->reg->zone, NULL) : NULL;
  WbInstant last;

  if (from == NULL || from->precision < (by_hour ? WB_PRECISION_HOUR : WB_PRECISION_DAY))
    return TRUE;
  last = until != NULL && until->precision >= from->precision && until->earliest > from->earliest
             ? until->earliest - 1
             : from->earliest;
  return by_hour ? want_hours (self, dimension, from->earliest, last, wants, error)
                 : want_weekdays (self, dimension, from->earliest, last, wants, error);
}

/* The earliest such day of the records; @type: (nullable): only of these. */
static gboolean
find_day (const WbFactCount *self,
          GPtrArray *members,
          const char *type,
          const char *field,
          gint64 *ret_day)
{
  gboolean found = FALSE;

  for (guint i = 0; i < members->len; i++) {
    const WbKin *kin = g_ptr_array_index (members, i);
    gboolean known = FALSE;
    gint64 day;

    if ((type != NULL && !wb_kin_is (kin, type)) ||
        !wb_kin_read_day (self->reg, kin->values, field, &day, &known) || !known)
      continue;
    *ret_day = found ? MIN (*ret_day, day) : day;
    found = TRUE;
  }
  return found;
}

static gboolean
want_span (const WbFactCount *self,
           const WbDimension *dimension,
           GPtrArray *members,
           GPtrArray *around,
           const gint64 *period,
           GArray *wants,
           GError **error)
{
  const WbFigureSpan *span = dimension->span;
  gint64 from = 0, to = 0;

  if (span->from == NULL ? period == NULL : !find_day (self, members, NULL, span->from, &from))
    return TRUE;
  if (span->from == NULL)
    from = *period;
  if (!find_day (self, span->to_type != NULL ? around : members, span->to_type, span->to, &to) ||
      to < from)
    return TRUE;
  return want_days (self, wants, dimension->name, to - from, error);
}

/**
 * wb_facts_want_unit:
 * @self: what is being counted
 * @unit: what one of it is
 * @members: (element-type WbKin): records of which it is made, its own first
 * @around: (nullable) (element-type WbKin): where durations look
 * @period: (nullable): local day since 1970, where it is known to the day
 * @wants: (element-type WbFactWant): added to
 * @error: return location for an error
 *
 * Lists what must be counted of one unit as it stands now.
 *
 * Returns: %FALSE where the store could not be read
 */
gboolean
wb_facts_want_unit (const WbFactCount *self,
                    const WbFigureUnit *unit,
                    GPtrArray *members,
                    GPtrArray *around,
                    const gint64 *period,
                    GArray *wants,
                    GError **error)
{
  for (guint i = 0; i < unit->dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (unit->dimensions, i);
    gboolean done;

    switch (dimension->kind) {
    case WB_DIMENSION_FIELD:
      done = want_field (self, dimension, members, wants, error);
      break;
    case WB_DIMENSION_SET:
      done = want_sets (self, dimension, members, wants, error);
      break;
    case WB_DIMENSION_SPAN:
      done = want_span (self, dimension, members, around, period, wants, error);
      break;
    case WB_DIMENSION_HOUR:
    case WB_DIMENSION_WEEKDAY:
      done = want_times (self, dimension, members, wants, error);
      break;
    case WB_DIMENSION_TOTAL:
    default:
      done = want (self, wants, dimension->name, "", error);
      break;
    }
    if (!done)
      return FALSE;
  }
  return TRUE;
}
