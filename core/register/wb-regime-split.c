/* SPDX-License-Identifier: EUPL-1.2 */

/* What lasted across the day on which the rules changed is judged by both: two periods of one
 * allegation, one a regime, made in one act (OB-48). */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-deadline.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define RULE "regime.split"
#define BASIS "OB-48; (EU) 2024/1348 art. 79(3)"
#define PERIOD "period"
#define ALLEGATION "allegation"

static WbMoment *
parse (WbRegister *self, JsonObject *values, const char *name)
{
  JsonNode *node = json_object_get_member (values, name);

  return node != NULL ? wb_moment_parse (node, self->zone, NULL) : NULL;
}

/* What has no end yet lasts until now. */
static gboolean
find_change (WbRegister *self, JsonObject *values, WbDate *ret_change)
{
  g_autofree char *today =
      wb_date_format (wb_zone_to_local (self->zone, wb_register_next_time (self)).date);
  g_autoptr (WbMoment) from = parse (self, values, "when");
  g_autoptr (WbMoment) until = parse (self, values, "until");

  if (until == NULL || until->precision == WB_PRECISION_UNKNOWN) {
    wb_moment_free (until);
    until = wb_moment_parse_text (today, self->zone, NULL);
  }
  return from != NULL && until != NULL &&
         wb_rules_split_period (self->rules, from, until, ret_change);
}

static void
copy (JsonObject *into, const char *as, JsonObject *values, const char *name)
{
  JsonNode *node = json_object_get_member (values, name);

  if (node != NULL)
    json_object_set_member (into, as, json_node_copy (node));
}

/* The allegation's own stages, site and authorities hold for both. */
static JsonObject *
make_period (const char *allegation, JsonObject *values, const char *regime)
{
  static const char *const SAME[] = { "stages", "site", "authorities" };
  JsonObject *fields = json_object_new ();

  json_object_set_string_member (fields, ALLEGATION, allegation);
  json_object_set_string_member (fields, "regime", regime);
  for (guint i = 0; i < G_N_ELEMENTS (SAME); i++)
    copy (fields, SAME[i], values, SAME[i]);
  return fields;
}

static gboolean
add_period (WbRegister *self,
            const WbRecordRow *row,
            JsonObject *fields,
            const char *reason,
            GPtrArray *made,
            GError **error)
{
  WbRecord *record =
      wb_register_record_within (self, PERIOD, NULL, row->case_id, fields, reason, error);

  if (record != NULL)
    g_ptr_array_add (made, record);
  return record != NULL;
}

static gboolean
add_both (WbRegister *self,
          const WbRecordRow *row,
          JsonObject *values,
          WbDate change,
          const char *reason,
          GPtrArray *made,
          GError **error)
{
  g_autoptr (JsonObject) before = make_period (row->id, values, "regime.legacy");
  g_autoptr (JsonObject) after = make_period (row->id, values, "regime.pact");
  g_autofree char *last = wb_date_format (wb_date_add_days (change, -1));
  g_autofree char *first = wb_date_format (change);

  copy (before, "from", values, "when");
  json_object_set_string_member (before, "until", last);
  json_object_set_string_member (after, "from", first);
  copy (after, "until", values, "until");
  return add_period (self, row, before, reason, made, error) &&
         add_period (self, row, after, reason, made, error);
}

/* One allegation is split once. */
static gboolean
has_periods (WbRegister *self, const WbRecordRow *row)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (self->db, row->id, NULL);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    g_autoptr (WbRecordRow) source = wb_record_store_find (self->db, link->source, NULL);

    if (source != NULL && strcmp (source->type, PERIOD) == 0 &&
        strcmp (link->field, ALLEGATION) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
check (WbRegister *self,
       const WbRecordRow *row,
       JsonObject *values,
       WbDate *ret_change,
       gboolean *ret_refused,
       GError **error)
{
  if (has_periods (self, row)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_EXISTS,
                 _ ("%s has periods already: change those."),
                 row->reference);
    return FALSE;
  }
  if (strcmp (row->type, ALLEGATION) == 0 && find_change (self, values, ret_change))
    return TRUE;
  *ret_refused = TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_REFUSED,
               _ ("Only an allegation that began before the day on which the rules changed and "
                  "lasted until then or longer is split: give its “when” and “until” (rule %s, "
                  "%s)."),
               RULE,
               BASIS);
  return FALSE;
}

static GPtrArray *
split (WbRegister *self,
       const WbRecordRow *row,
       const char *reason,
       gboolean *ret_refused,
       GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  g_autoptr (JsonObject) values = NULL;
  WbDate day;

  if (change == NULL)
    return NULL;
  values = wb_register_load_values (self, row->id, error);
  if (values == NULL || !check (self, row, values, &day, ret_refused, error) ||
      !add_both (self, row, values, day, reason, made, error) || !wb_change_commit (change, error))
    return NULL;
  return g_steal_pointer (&made);
}

/**
 * wb_register_split_regime:
 * @self: an open register
 * @reference: an allegation of something that lasted
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED where it does not lie on both sides
 *
 * Makes the period under the old rules, which ends the day before they changed, and that under the
 * new ones (Reg. 2024/1348 art. 79(3)): both or none.
 *
 * Returns: (transfer full) (element-type WbRecord): the two periods
 */
GPtrArray *
wb_register_split_regime (WbRegister *self,
                          const char *reference,
                          const char *reason,
                          GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  gboolean refused = FALSE;
  GPtrArray *made;

  if (row == NULL)
    return NULL;
  made = split (self, row, reason, &refused, error);
  if (made == NULL && refused) {
    g_autoptr (WbActDraft) draft = wb_act_draft_new (row->type, row->id, row->case_id, "refused");

    wb_act_draft_add_text (draft, WB_ACT_DETAIL, RULE);
    (void) wb_register_append_alone (self, draft, NULL);
  } else if (made == NULL) {
    wb_register_log_refusal (self);
  }
  return made;
}
