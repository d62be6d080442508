/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The consent ledger: per person, purpose and recipient what may be done now, since when, until
 * when, and what went out under it. Nothing is kept beside the records: it is worked out anew.
 */
#include "wb-consent-private.h"

#include <string.h>

#include "wb-disclosure.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define CONSENT "consent"
#define OVERRIDE_DECIDED "override-decided"
#define OTHER_TARGET "target.other"
#define ACTS_MAX 100000 /* of one case */

const char *
wb_consent_standing_to_text (WbConsentStanding standing)
{
  static const char *const TEXTS[] = { "given",   "overridden", "refused",    "withdrawn",
                                       "expired", "not-asked",  "impossible", "superseded" };

  return TEXTS[standing];
}

gboolean
wb_consent_standing_allows (WbConsentStanding standing)
{
  return standing == WB_CONSENT_GIVEN || standing == WB_CONSENT_OVERRIDDEN;
}

static void
use_free (gpointer data)
{
  WbConsentUse *use = data;

  g_free (use->kind);
  g_free (use->reference);
  g_free (use);
}

void
wb_consent_line_free (WbConsentLine *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->person);
  g_free (self->purpose);
  g_free (self->recipient);
  g_free (self->recipient_name);
  g_free (self->since);
  g_free (self->until);
  g_free (self->language);
  g_free (self->capacity);
  g_clear_pointer (&self->uses, g_ptr_array_unref);
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

static char *
format_today (WbRegister *reg, WbInstant now)
{
  return wb_date_format (wb_zone_to_local (reg->zone, now).date);
}

/**
 * wb_consent_judge:
 * @reg: an open register
 * @values: of a consent record
 * @now: the moment asked about
 *
 * A withdrawal counts from the first day that it may mean; a consent whose last day is over has
 * expired; one that is dated later was not given yet.
 *
 * Returns: how it stands by itself
 */
WbConsentStanding
wb_consent_judge (WbRegister *reg, JsonObject *values, WbInstant now)
{
  static const struct {
    const char *state;
    WbConsentStanding standing;
  } STATES[] = { { "consentstate.given", WB_CONSENT_GIVEN },
                 { "consentstate.by_representative", WB_CONSENT_GIVEN },
                 { "consentstate.override", WB_CONSENT_OVERRIDDEN },
                 { "consentstate.refused", WB_CONSENT_REFUSED },
                 { "consentstate.withdrawn", WB_CONSENT_WITHDRAWN },
                 { "consentstate.impossible", WB_CONSENT_IMPOSSIBLE } };
  g_autofree char *today = format_today (reg, now);
  g_autoptr (WbMoment) withdrawn = get_moment (reg, values, "withdrawn_on");
  g_autoptr (WbMoment) given = get_moment (reg, values, "given_on");
  const char *state = wb_json_get_text (values, "state"),
             *expires = wb_json_get_text (values, "expires");
  WbConsentStanding standing = WB_CONSENT_NOT_ASKED;

  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++) {
    if (g_strcmp0 (state, STATES[i].state) == 0)
      standing = STATES[i].standing;
  }
  if (!wb_consent_standing_allows (standing))
    return standing;
  if (withdrawn != NULL) {
    g_autofree char *day = wb_date_format (withdrawn->earliest_date);

    if (strcmp (day, today) <= 0)
      return WB_CONSENT_WITHDRAWN;
  }
  if (expires != NULL && strcmp (expires, today) < 0)
    return WB_CONSENT_EXPIRED;
  if (given != NULL) {
    g_autofree char *day = wb_date_format (given->earliest_date);

    if (strcmp (day, today) > 0)
      return WB_CONSENT_NOT_ASKED;
  }
  return standing;
}

static gboolean
is_for_person (JsonObject *values, const char *person)
{
  const char *of = wb_json_get_text (values, "person");

  return person == NULL || of == NULL || g_str_equal (of, person);
}

/* A yes is for the recipient it names; a no that names nobody is for all. */
static gboolean
is_for_recipient (JsonObject *values, const WbConsentAsk *ask, gboolean allows)
{
  const char *recipient = wb_json_get_text (values, "recipient");
  const char *name = wb_json_get_text (values, "recipient_name");

  if (ask->recipient == NULL)
    return TRUE;
  if (recipient == NULL)
    return !allows;
  if (!g_str_equal (recipient, ask->recipient))
    return FALSE;
  if (!g_str_equal (recipient, OTHER_TARGET))
    return TRUE;
  return name != NULL && ask->recipient_name != NULL &&
         g_ascii_strcasecmp (name, ask->recipient_name) == 0;
}

/* Use without consent rests on a decision of two persons, and goes with it. */
static WbConsentStanding
judge_record (WbRegister *reg, const WbGuardRecord *record, WbInstant now)
{
  WbConsentStanding standing = wb_consent_judge (reg, record->values, now);
  const WbGuard *guard = wb_model_find_guard (reg->model, OVERRIDE_DECIDED);
  g_auto (WbGuardSubject) self = { reg, CONSENT, record->row->id, record->row->case_id };
  gboolean holds = TRUE;

  if (standing != WB_CONSENT_OVERRIDDEN || guard == NULL)
    return standing;
  self.before = json_object_new ();
  self.after = json_object_ref (record->values);
  return wb_guard_test (&self, guard, &holds, NULL) && holds ? standing : WB_CONSENT_EXPIRED;
}

static gboolean
is_answer (WbRegister *reg,
           const WbGuardRecord *record,
           const WbConsentAsk *ask,
           const char *purpose,
           WbInstant now,
           gboolean *ret_allows)
{
  gboolean allows;

  if (!g_str_equal (record->row->type, CONSENT) ||
      g_strcmp0 (wb_json_get_text (record->values, "purpose"), purpose) != 0 ||
      !is_for_person (record->values, ask->person))
    return FALSE;
  allows = wb_consent_standing_allows (judge_record (reg, record, now));
  if (!is_for_recipient (record->values, ask, allows))
    return FALSE;
  *ret_allows = allows;
  return TRUE;
}

/**
 * wb_consent_is_given:
 * @reg: an open register
 * @records: (element-type WbGuardRecord): of the case, oldest first
 * @ask: for whom, what and whom
 * @now: the moment asked about
 *
 * Returns: whether the newest record about it allows it, for one of the purposes
 */
gboolean
wb_consent_is_given (WbRegister *reg, GPtrArray *records, const WbConsentAsk *ask, WbInstant now)
{
  for (guint p = 0; ask->purposes[p] != NULL; p++) {
    gboolean found = FALSE, allows = FALSE;

    for (guint i = records->len; i > 0 && !found; i--)
      found =
          is_answer (reg, g_ptr_array_index (records, i - 1), ask, ask->purposes[p], now, &allows);
    if (found && allows)
      return TRUE;
  }
  return FALSE;
}

/* Consents are asked anew: the same person, purpose and recipient, recorded later. */
static gboolean
is_superseded (GPtrArray *records, guint index)
{
  static const char *const SAME[] = { "person", "purpose", "recipient", "recipient_name" };
  const WbGuardRecord *own = g_ptr_array_index (records, index);

  for (guint i = index + 1; i < records->len; i++) {
    const WbGuardRecord *later = g_ptr_array_index (records, i);
    gboolean same = g_str_equal (later->row->type, CONSENT);

    for (guint k = 0; k < G_N_ELEMENTS (SAME); k++)
      same = same && g_strcmp0 (wb_json_get_text (own->values, SAME[k]),
                                wb_json_get_text (later->values, SAME[k])) == 0;
    if (same)
      return TRUE;
  }
  return FALSE;
}

static char *
format_moment (JsonObject *values, const char *name)
{
  JsonNode *node = json_object_get_member (values, name);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return JSON_NODE_HOLDS_OBJECT (node)
             ? g_strdup (wb_json_get_text (json_node_get_object (node), "at"))
             : NULL;
}

static WbConsentUse *
add_use (WbConsentLine *line, const char *kind, guint64 entry, WbInstant time)
{
  WbConsentUse *use = g_new0 (WbConsentUse, 1);

  use->kind = g_strdup (kind);
  use->entry = entry;
  use->time = time;
  g_ptr_array_add (line->uses, use);
  return use;
}

/* A referral that was sent to the recipient, unless it names another consent. */
static void
add_referrals (WbRegister *reg,
               WbConsentLine *line,
               const WbGuardRecord *consent,
               GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);
    const char *relied = wb_json_get_text (record->values, "consent");
    g_autoptr (WbMoment) sent = NULL;

    if (!g_str_equal (record->row->type, "referral") || line->recipient == NULL ||
        g_strcmp0 (wb_json_get_text (record->values, "target"), line->recipient) != 0)
      continue;
    if (relied != NULL ? !g_str_equal (relied, consent->row->id)
                       : record->row->first_entry < consent->row->first_entry)
      continue;
    sent = get_moment (reg, record->values, "sent");
    if (sent != NULL)
      add_use (line, "referral", record->row->first_entry, sent->earliest)->reference =
          g_strdup (record->row->reference);
  }
}

/* Whether a bundle that was made went to @recipient by its act. */
static gboolean
went_to (WbRegister *reg, guint64 number, const char *recipient)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (!wb_log_store_read_lines (reg->db, number, lines, NULL))
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL) &&
        g_str_equal (name, WB_ACT_EXPORT) && JSON_NODE_HOLDS_OBJECT (value))
      return g_strcmp0 (wb_json_get_text (json_node_get_object (value), "recipient"), recipient) ==
             0;
  }
  return FALSE;
}

static gboolean
add_bundles (WbRegister *reg, WbConsentLine *line, const WbGuardRecord *consent, GPtrArray *acts)
{
  for (guint i = 0; i < acts->len; i++) {
    const WbAct *act = g_ptr_array_index (acts, i);

    if (line->recipient != NULL && g_str_equal (act->event, "exported") &&
        act->number > consent->row->first_entry && went_to (reg, act->number, line->recipient))
      add_use (line, "bundle", act->number, act->time);
  }
  return TRUE;
}

static WbConsentLine *
make_line (WbRegister *reg, GPtrArray *records, guint index, GPtrArray *acts, WbInstant as_of)
{
  const WbGuardRecord *record = g_ptr_array_index (records, index);
  JsonObject *values = record->values;
  WbConsentLine *line = g_new0 (WbConsentLine, 1);
  const char *person = wb_json_get_text (values, "person");

  line->reference = g_strdup (record->row->reference);
  line->person = person != NULL ? wb_register_reference_of (reg, person) : NULL;
  line->purpose = g_strdup (wb_json_get_text (values, "purpose"));
  line->recipient = g_strdup (wb_json_get_text (values, "recipient"));
  line->recipient_name = g_strdup (wb_json_get_text (values, "recipient_name"));
  line->standing = judge_record (reg, record, as_of);
  line->unacted =
      line->standing == WB_CONSENT_WITHDRAWN && !json_object_has_member (values, "acted_on");
  if (wb_consent_standing_allows (line->standing) && is_superseded (records, index))
    line->standing = WB_CONSENT_SUPERSEDED;
  line->allows = wb_consent_standing_allows (line->standing);
  line->since = format_moment (values, "given_on");
  line->until = format_moment (values, "withdrawn_on");
  if (line->until == NULL)
    line->until = g_strdup (wb_json_get_text (values, "expires"));
  line->language = g_strdup (wb_json_get_text (values, "language"));
  line->capacity = g_strdup (wb_json_get_text (values, "capacity"));
  line->interpreter = json_object_get_boolean_member_with_default (values, "interpreter", FALSE);
  line->by_representative =
      json_object_get_boolean_member_with_default (values, "by_representative", FALSE);
  line->uses = g_ptr_array_new_with_free_func (use_free);
  add_referrals (reg, line, record, records);
  add_bundles (reg, line, record, acts);
  return line;
}

/**
 * wb_register_list_consents:
 * @self: an open register
 * @reference: a case, or a record of it
 * @as_of: the moment asked about
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbConsentLine): what was asked and answered, how it stands
 *   and what went out under it, oldest first
 */
GPtrArray *
wb_register_list_consents (WbRegister *self, const char *reference, WbInstant as_of, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_consent_line_free);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_auto (WbGuardSubject) subject = { self };
  g_autoptr (GPtrArray) acts = NULL;
  GPtrArray *records;

  if (row == NULL)
    return NULL;
  subject.case_id = wb_record_row_get_case (row);
  records = wb_guard_subject_get_records (&subject, error);
  if (records == NULL)
    return NULL;
  acts = wb_log_store_list_acts (self->db, row->case_id, NULL, 0, ACTS_MAX, error);
  if (acts == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, CONSENT))
      g_ptr_array_add (lines, make_line (self, records, i, acts, as_of));
  }
  return g_steal_pointer (&lines);
}
