/* SPDX-License-Identifier: EUPL-1.2 */

/* The settings of the body that its clocks are counted by: its own days off, its own targets, its
 * announced terms. Read from their records when first asked for after one of them changed. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-deadline.h"
#include "wb-json.h"

#define LENGTH_MAX 10000 /* of an own target, in its unit */

gboolean
wb_type_is_setting (const char *type)
{
  return strcmp (type, "body") == 0 || strcmp (type, "holiday") == 0 ||
         strcmp (type, "target") == 0;
}

static void
free_values (gpointer data)
{
  json_object_unref (data);
}

/* The present fields of all settings of a type, oldest first; empty where there are none. */
static GPtrArray *
list_values (WbRegister *reg, const char *type)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_settings (reg->db, type, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (free_values);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);

    if (doc != NULL)
      g_ptr_array_add (list, wb_doc_values (doc));
  }
  return list;
}

/* "calendar.nl_atw", or "nl_atw" */
static const char *
strip_prefix (const char *code)
{
  const char *dot = code != NULL ? strrchr (code, '.') : NULL;

  return dot != NULL ? dot + 1 : code;
}

static gboolean
get_day (JsonObject *values, const char *name, WbDate *ret_day)
{
  const char *text = wb_json_get_text (values, name);

  return text != NULL && wb_date_parse (text, ret_day, NULL);
}

static void
take_holiday (JsonObject *values, WbDate today, GPtrArray *days)
{
  const char *list = strip_prefix (wb_json_get_text (values, "calendar"));
  const char *date = wb_json_get_text (values, "date");
  WbOwnDay *day;
  WbDate parsed, withdrawn;

  if (date == NULL || !wb_date_parse (date, &parsed, NULL))
    return;
  if (get_day (values, "withdrawn", &withdrawn) && wb_date_compare (withdrawn, today) <= 0)
    return;
  day = g_new0 (WbOwnDay, 1);
  day->date = parsed;
  day->list = g_strdup (g_strcmp0 (list, "eu1182") == 0 ? "eu1182" : "nl_atw");
  day->label[WB_LANGUAGE_NL] = g_strdup (wb_json_get_text (values, "label_nl"));
  day->label[WB_LANGUAGE_EN] = g_strdup (wb_json_get_text (values, "label_en"));
  g_ptr_array_add (days, day);
}

static void
load_calendar (WbRegister *reg)
{
  g_autoptr (GPtrArray) holidays = list_values (reg, "holiday");
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_own_day_free);
  WbDate today = wb_zone_to_local (reg->zone, reg->settings_at).date;

  for (guint i = 0; i < holidays->len; i++)
    take_holiday (g_ptr_array_index (holidays, i), today, days);
  g_clear_pointer (&reg->own_calendar, wb_calendar_free);
  if (days->len > 0)
    reg->own_calendar = wb_calendar_load_with (days, NULL);
}

/* Begun, and not ended. */
static gboolean
holds_on (JsonObject *values, WbDate today)
{
  WbDate from, until;

  return (!get_day (values, "from", &from) || wb_date_compare (from, today) <= 0) &&
         (!get_day (values, "until", &until) || wb_date_compare (until, today) >= 0);
}

/* The last target of a rule that holds today counts. Only own targets can have one: the law is
 * not the body's to set. */
static void
take_target (WbRegister *reg, JsonObject *values, WbDate today)
{
  const char *code = wb_json_get_text (values, "rule");
  const char *unit = strip_prefix (wb_json_get_text (values, "unit"));
  const WbRule *rule = wb_rules_find (reg->rules, code);
  JsonNode *length = json_object_get_member (values, "length");
  WbPeriod period = { .regime = WB_REGIME_POLICY };

  if (rule == NULL || rule->kind != WB_KIND_POLICY || !rule->has_period || length == NULL ||
      !JSON_NODE_HOLDS_VALUE (length) || json_node_get_value_type (length) != G_TYPE_INT64 ||
      json_node_get_int (length) < 1 || json_node_get_int (length) > LENGTH_MAX ||
      !holds_on (values, today))
    return;
  period.unit = rule->period.unit;
  if (unit != NULL && !wb_unit_parse (unit, &period.unit, NULL))
    return;
  period.length = (int) json_node_get_int (length);
  g_hash_table_insert (reg->targets, g_strdup (code), g_memdup2 (&period, sizeof period));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* A target of a rule without length is no term: it is an age at which the case is pointed out. */
static void
take_age (WbRegister *reg, JsonObject *values, WbDate today)
{
  const WbRule *rule = wb_rules_find (reg->rules, wb_json_get_text (values, "rule"));
  JsonNode *length = json_object_get_member (values, "length");
  int days;

  if (rule == NULL || rule->has_period || strcmp (rule->bound, "body") != 0 || length == NULL ||
      !JSON_NODE_HOLDS_VALUE (length) || json_node_get_value_type (length) != G_TYPE_INT64 ||
      json_node_get_int (length) < 1 || json_node_get_int (length) > LENGTH_MAX ||
      !holds_on (values, today))
    return;
  if (reg->ages == NULL)
    reg->ages = g_array_new (FALSE, FALSE, sizeof (int));
  days = (int) json_node_get_int (length);
  g_array_append_val (reg->ages, days);
  g_array_sort (reg->ages, compare_numbers);
}

static void
load_targets (WbRegister *reg)
{
  g_autoptr (GPtrArray) targets = list_values (reg, "target");
  WbDate today = wb_zone_to_local (reg->zone, reg->settings_at).date;

  g_clear_pointer (&reg->targets, g_hash_table_unref);
  reg->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_clear_pointer (&reg->ages, g_array_unref);
  for (guint i = 0; i < targets->len; i++) {
    take_target (reg, g_ptr_array_index (targets, i), today);
    take_age (reg, g_ptr_array_index (targets, i), today);
  }
}

static void
load_body (WbRegister *reg)
{
  g_autoptr (GPtrArray) bodies = list_values (reg, "body");

  g_clear_pointer (&reg->settings, json_object_unref);
  if (bodies->len > 0)
    reg->settings = json_object_ref (g_ptr_array_index (bodies, bodies->len - 1));
}

/**
 * wb_register_drop_settings:
 * @reg: a register
 *
 * Forgets what was read of the settings: one was changed, or a change was dropped.
 */
void
wb_register_drop_settings (WbRegister *reg)
{
  reg->settings_read = FALSE;
}

/**
 * wb_register_get_clock_context:
 * @reg: an open register
 *
 * Returns: (transfer none): what clocks are counted by, as the records now have it; valid until the
 *   next act
 */
const WbClockContext *
wb_register_get_clock_context (WbRegister *reg)
{
  WbInstant at = wb_register_next_time (reg);

  /* Targets begin on a day, so that another day may have others. */
  if (reg->settings_read && wb_date_compare (wb_zone_to_local (reg->zone, reg->settings_at).date,
                                             wb_zone_to_local (reg->zone, at).date) == 0)
    return &reg->context;
  reg->settings_at = at;
  load_calendar (reg);
  load_targets (reg);
  load_body (reg);
  reg->context = (WbClockContext){
    .rules = reg->rules,
    .calendar = reg->own_calendar != NULL ? reg->own_calendar : reg->calendar,
    .zone = reg->zone,
    .profile = reg->profile,
    .body = reg->settings,
    .targets = reg->targets,
  };
  reg->settings_read = TRUE;
  return &reg->context;
}
