/* SPDX-License-Identifier: EUPL-1.2 */

/* Making a referral: what the form of it means for the people in it is told beforehand. */
#include "wb-referral.h"

#include "wb-clock-work-private.h"
#include "wb-consent-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define REFERRAL "referral"

void
wb_referral_plan_free (WbReferralPlan *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->fields, json_object_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_free (self);
}

/* Forms that say by themselves whether people are named, and the purpose of the consent. */
static const struct {
  const char *form, *purpose;
} FORMS[] = {
  { "form.signal_identified", "consent.share_identified" },
  { "form.complaint_awb", "consent.complaint" },
  { "form.beklag", "consent.complaint" },
  { "form.report_crime", "consent.crime_report" },
  { "form.transfer", "consent.transfer" },
};

static const char *
purpose_of (const char *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++) {
    if (g_strcmp0 (FORMS[i].form, form) == 0)
      return FORMS[i].purpose;
  }
  return NULL;
}

static const char *
get_text (JsonObject *values, const char *name)
{
  return json_object_get_string_member_with_default (values, name, NULL);
}

static void
fill_allegations (JsonObject *fields, GPtrArray *records)
{
  JsonArray *ids;

  if (json_object_has_member (fields, "allegations"))
    return;
  ids = json_array_new ();
  for (guint i = 0; i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, "allegation"))
      json_array_add_string_element (ids, record->row->id);
  }
  json_object_set_array_member (fields, "allegations", ids);
}

/* The newest consent for the form and the recipient that allows it now. */
static void
fill_consent (WbRegister *reg, JsonObject *fields, GPtrArray *records, const char *purpose)
{
  if (purpose == NULL || json_object_has_member (fields, "consent") ||
      json_object_has_member (fields, "override"))
    return;
  for (guint i = records->len; i > 0; i--) {
    const WbGuardRecord *record = g_ptr_array_index (records, i - 1);

    if (g_str_equal (record->row->type, "consent") &&
        g_strcmp0 (get_text (record->values, "purpose"), purpose) == 0 &&
        g_strcmp0 (get_text (record->values, "recipient"), get_text (fields, "target")) == 0 &&
        wb_consent_standing_allows (wb_consent_judge (reg, record->values, wb_clock_now ()))) {
      json_object_set_string_member (fields, "consent", record->row->id);
      return;
    }
  }
}

static void
list_documents (WbReferralPlan *plan, WbRegister *reg)
{
  JsonNode *node = json_object_get_member (plan->fields, "documents");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autoptr (WbRecordRow) row =
        wb_register_find_row (reg, json_array_get_string_element (array, i), NULL);
    g_autoptr (JsonObject) values =
        row != NULL ? wb_register_load_values (reg, row->id, NULL) : NULL;
    const char *title;

    if (values == NULL)
      continue;
    title = get_text (values, "title");
    g_ptr_array_add (plan->documents,
                     g_strdup_printf ("%s %s", row->reference, title != NULL ? title : ""));
  }
}

static void
warn (WbReferralPlan *plan, const char *sentence)
{
  g_ptr_array_add (plan->warnings, g_strdup (sentence));
}

static gboolean
has_reprisal_risk (GPtrArray *records)
{
  static const char *const NONE[] = { "-", "reprisalrisk.none", NULL };

  for (guint i = 0; i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, "allegation") &&
        !wb_match_value (record->values, "reprisal_risk", NONE))
      return TRUE;
  }
  return FALSE;
}

static void
add_warnings (WbReferralPlan *plan, GPtrArray *records)
{
  const char *form = get_text (plan->fields, "form");

  if (g_strcmp0 (form, "form.complaint_awb") == 0) {
    warn (plan,
          _ ("The authority sends a copy of the complaint, with every document that goes along, to "
             "the person complained of (Awb 9:9)."));
    if (has_reprisal_risk (records))
      warn (plan,
            _ ("A risk of reprisal is recorded in this case: weigh a signal without personal data "
               "first (OPCAT 21(1))."));
  }
  if (g_strcmp0 (form, "form.signal") == 0)
    warn (plan,
          plan->documents->len > 0
              ? _ ("A signal names nobody: read every document that goes along for names, and "
                   "leave out what shows who it is about.")
              : _ ("A signal names nobody: no record of a person goes along."));
}

/**
 * wb_register_plan_referral:
 * @self: an open register
 * @case_ref: a case, or a record of it
 * @fields: of the referral
 * @error: return location for an error
 *
 * Nothing is recorded or logged.
 *
 * Returns: (transfer full): the complete fields, what to know beforehand and what goes along
 */
WbReferralPlan *
wb_register_plan_referral (WbRegister *self,
                           const char *case_ref,
                           JsonObject *fields,
                           GError **error)
{
  g_autoptr (WbReferralPlan) plan = g_new0 (WbReferralPlan, 1);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, case_ref, error);
  g_auto (WbGuardSubject) subject = { self };
  const char *purpose = purpose_of (get_text (fields, "form"));
  GPtrArray *records;

  if (row == NULL)
    return NULL;
  subject.case_id = wb_record_row_get_case (row);
  records = wb_guard_subject_get_records (&subject, error);
  if (records == NULL)
    return NULL;
  plan->fields = json_object_new ();
  wb_doc_overlay (plan->fields, fields);
  plan->warnings = g_ptr_array_new_with_free_func (g_free);
  plan->documents = g_ptr_array_new_with_free_func (g_free);
  fill_allegations (plan->fields, records);
  if (!json_object_has_member (plan->fields, "identified"))
    json_object_set_boolean_member (plan->fields, "identified", purpose != NULL);
  fill_consent (self, plan->fields, records, purpose);
  list_documents (plan, self);
  add_warnings (plan, records);
  return g_steal_pointer (&plan);
}

/**
 * wb_register_refer:
 * @self: an open register
 * @case_ref: a case, or a record of it
 * @fields: of the referral: target and form at least
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule of the form that refuses
 *
 * Returns: (transfer full): the referral
 */
WbRecord *
wb_register_refer (WbRegister *self,
                   const char *case_ref,
                   JsonObject *fields,
                   const char *reason,
                   GError **error)
{
  g_autoptr (WbReferralPlan) plan = wb_register_plan_referral (self, case_ref, fields, error);

  return plan != NULL
             ? wb_register_record (self, REFERRAL, NULL, case_ref, plan->fields, reason, error)
             : NULL;
}
