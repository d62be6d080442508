/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Guards: what must hold before a move or an act, by the names and values of workflow.json. Only
 * records of the one case are read, and only when a guard asks for them.
 */
#include "wb-clearance-private.h"

#include <string.h>

#include "wb-erasure-private.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define STATUS_MERGED "status.merged"

static void
record_free (gpointer data)
{
  WbGuardRecord *record = data;

  wb_record_row_free (record->row);
  json_object_unref (record->values);
  g_free (record);
}

void
wb_guard_subject_clear (WbGuardSubject *self)
{
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->after, json_object_unref);
  g_clear_pointer (&self->changed, json_object_unref);
  g_clear_pointer (&self->of_case, json_object_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->lacking, g_free);
}

JsonObject *
wb_guard_subject_get_case (WbGuardSubject *self)
{
  if (self->of_case != NULL)
    return self->of_case;
  if (self->case_id == NULL)
    self->of_case = json_object_new ();
  else if (g_strcmp0 (self->case_id, self->id) == 0)
    self->of_case = json_object_ref (self->before);
  else
    self->of_case = wb_register_load_values (self->reg, self->case_id, NULL);
  return self->of_case;
}

GPtrArray *
wb_guard_subject_get_records (WbGuardSubject *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (self->records != NULL)
    return self->records;
  rows = self->case_id != NULL
             ? wb_record_store_list_of_case (self->reg->db, self->case_id, error)
             : g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_row_free);
  if (rows == NULL)
    return NULL;
  self->records = g_ptr_array_new_with_free_func (record_free);
  while (rows->len > 0) {
    WbRecordRow *row = g_ptr_array_steal_index (rows, 0);
    g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
    WbGuardRecord *record = g_new0 (WbGuardRecord, 1);

    record->row = row;
    record->values = doc != NULL ? wb_doc_values (doc) : json_object_new ();
    g_ptr_array_add (self->records, record);
  }
  return self->records;
}

/* One field is present; with values, it holds one of them. */
static gboolean
has_value (JsonObject *values, const char *field, char **among)
{
  static const char *const ANY[] = { "*", NULL };

  return wb_match_value (values, field, among[0] != NULL ? (const char *const *) among : ANY);
}

/* The fields that a guard of @type looks at: those of the case, or of the subject. */
static JsonObject *
values_for (WbGuardSubject *self, const WbGuard *guard)
{
  if (guard->type == NULL || g_str_equal (guard->type, self->type))
    return self->after;
  return wb_guard_subject_get_case (self);
}

static gboolean
points_at_subject (const WbGuardRecord *record, const WbGuard *guard, const char *id)
{
  const char *ids[] = { id, NULL };

  return guard->about == NULL || wb_match_value (record->values, guard->about, ids);
}

static gboolean
test_every (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);

  *ret_holds = TRUE;
  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, guard->type) &&
        has_value (record->values, guard->field, guard->values))
      *ret_holds = FALSE;
  }
  return records != NULL;
}

/* Every point of a list that is weighed, in every record of the type. */
static gboolean
weighs_all (const WbModel *model, const WbGuard *guard, JsonObject *values)
{
  const WbField *field =
      wb_record_type_find_field (wb_model_find_type (model, guard->type), guard->field);
  g_autoptr (GPtrArray) terms = wb_model_list_terms (model, field->vocabulary);
  JsonNode *node = json_object_get_member (values, guard->field);

  for (guint i = 0; i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
        !json_object_has_member (json_node_get_object (node), term->code))
      return FALSE;
  }
  return TRUE;
}

static gboolean
test_every_term (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);

  *ret_holds = TRUE;
  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, guard->type) &&
        !weighs_all (self->reg->model, guard, record->values))
      *ret_holds = FALSE;
  }
  return records != NULL;
}

/* The day is over in the body's zone; a day that is not told is not over. */
static gboolean
is_over (WbGuardSubject *self, const WbGuard *guard)
{
  const char *text = wb_json_get_text (self->after, guard->field);
  WbDate day;

  return text != NULL && wb_date_parse (text, &day, NULL) &&
         wb_date_compare (day, wb_zone_to_local (self->reg->zone, wb_clock_now ()).date) < 0;
}

/* Of an imprecise moment the earliest it can have been; what is not told is not ahead. */
static gboolean
is_ahead (WbGuardSubject *self, const WbGuard *guard)
{
  JsonNode *node = json_object_get_member (self->after, guard->field);
  g_autoptr (WbMoment) moment = node != NULL ? wb_moment_parse (node, self->reg->zone, NULL) : NULL;

  return moment != NULL && moment->precision != WB_PRECISION_UNKNOWN &&
         moment->earliest > wb_clock_now ();
}

static gboolean
is_as_told (const WbGuardRecord *record, const WbGuard *guard, JsonObject *subject)
{
  return wb_match_test (guard->match, record->values, subject) &&
         (guard->field == NULL || has_value (record->values, guard->field, guard->values));
}

/* A record that names none is about the case, and so about all of them. */
static gboolean
is_covered (GPtrArray *records, const WbGuard *guard, const char *id, JsonObject *subject)
{
  const char *ids[] = { id, "-", NULL };

  for (guint i = 0; i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, guard->type) && is_as_told (record, guard, subject) &&
        wb_match_value (record->values, guard->each, ids))
      return TRUE;
  }
  return FALSE;
}

/* Two persons decided about that one record, or about its case. */
static gboolean
is_decided (WbGuardSubject *self,
            const WbGuard *guard,
            const WbGuardRecord *record,
            gboolean *ret_holds,
            GError **error)
{
  g_auto (WbGuardSubject) one = { self->reg, record->row->type, record->row->id, self->case_id };

  one.kind = WB_ACT_CHANGE;
  one.before = json_object_ref (record->values);
  one.after = json_object_ref (record->values);
  one.changed = json_object_new ();
  return wb_guard_test_decision (&one, guard, guard->decisions, ret_holds, error);
}

/* Each record that asks for it has one of its own, or a decision; the first without is told. */
static gboolean
test_each (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);

  *ret_holds = TRUE;
  for (guint i = 0; records != NULL && *ret_holds && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (!g_str_equal (record->row->type, guard->if_type) ||
        !wb_match_test (guard->if_match, record->values, self->after) ||
        is_covered (records, guard, record->row->id, self->after))
      continue;
    if (!is_decided (self, guard, record, ret_holds, error))
      return FALSE;
    if (!*ret_holds)
      self->lacking = g_strdup (record->row->reference);
  }
  return records != NULL;
}

static gboolean
test_exists (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);
  gboolean holds = FALSE;

  for (guint i = records != NULL ? records->len : 0; i > 0 && !holds; i--) {
    const WbGuardRecord *record = g_ptr_array_index (records, i - 1);

    if (!g_str_equal (record->row->type, guard->type) ||
        !points_at_subject (record, guard, self->id))
      continue;
    holds = is_as_told (record, guard, self->after);
    if (guard->newest)
      break;
  }
  *ret_holds = holds;
  return records != NULL;
}

static gboolean
test_clocks (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  *ret_holds = TRUE;
  if (self->case_id == NULL)
    return TRUE;
  rows = wb_deadline_store_list_of_case (self->reg->db, self->case_id, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbDeadlineRow *row = g_ptr_array_index (rows, i);
    const WbRule *rule = row->running ? wb_rules_find (self->reg->rules, row->rule) : NULL;

    if (rule != NULL &&
        g_strv_contains ((const char *const *) guard->values, wb_kind_to_text (rule->kind)))
      *ret_holds = FALSE;
  }
  return rows != NULL;
}

/* Who set the field before is known by the entry, whose author is a key. */
static gboolean
test_other_user (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (self->reg->db, self->id, NULL);
  g_autoptr (JsonObject) doc = row != NULL ? wb_doc_parse (row->doc, NULL) : NULL;
  JsonObject *member = doc != NULL && json_object_has_member (doc, guard->field)
                           ? json_object_get_object_member (doc, guard->field)
                           : NULL;
  g_autoptr (GPtrArray) acts = NULL;
  const WbAct *act;

  *ret_holds = FALSE;
  if (member == NULL)
    return TRUE;
  acts = wb_log_store_list_acts (self->reg->db,
                                 NULL,
                                 self->id,
                                 (guint64) json_object_get_int_member (member, "entry"),
                                 1,
                                 error);
  act = acts != NULL && acts->len > 0 ? g_ptr_array_index (acts, 0) : NULL;
  *ret_holds = act != NULL && !g_str_equal (act->author, self->reg->fingerprint);
  return acts != NULL;
}

/* By the body's own list, as destruction itself asks for it. */
static gboolean
test_retention (WbGuardSubject *self, const char *const *rules, gboolean *ret_holds, GError **error)
{
  g_autoptr (WbRetention) retention =
      self->case_id != NULL
          ? wb_register_judge_retention (self->reg, self->case_id, wb_clock_now (), error)
          : NULL;

  *ret_holds = retention != NULL;
  for (guint i = 0; retention != NULL && i < retention->blocks->len; i++) {
    const WbErasureBlock *block = g_ptr_array_index (retention->blocks, i);

    if (g_strv_contains (rules, block->rule))
      *ret_holds = FALSE;
  }
  return retention != NULL || self->case_id == NULL;
}

static gboolean
is_user (WbRegister *reg, const char *name)
{
  g_autoptr (GPtrArray) users = wb_user_store_list (reg->db, NULL);

  for (guint i = 0; users != NULL && i < users->len; i++) {
    if (g_strcmp0 (((const WbUserRow *) g_ptr_array_index (users, i))->name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_mergeable (WbGuardSubject *self, const WbGuard *guard)
{
  const char *into = wb_json_get_text (self->after, guard->field);
  g_autoptr (WbRecordRow) row =
      into != NULL ? wb_record_store_find (self->reg->db, into, NULL) : NULL;
  g_autoptr (JsonObject) values = NULL;
  const char *status;

  if (row == NULL || !g_str_equal (row->type, "case") || g_str_equal (row->id, self->id))
    return FALSE;
  values = wb_register_load_values (self->reg, row->id, NULL);
  status = json_object_get_string_member_with_default (values, "status", "");
  return !g_str_equal (status, STATUS_MERGED) && !g_str_equal (status, WB_STATUS_DESTROYED);
}

/* Some referral that was not cancelled, and that could be made now as it stands. */
static gboolean
test_referral (WbGuardSubject *self, gboolean *ret_holds, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);
  gboolean holds = FALSE;

  for (guint i = 0; records != NULL && i < records->len && !holds; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);
    g_auto (WbGuardSubject) referral = { self->reg, "referral", record->row->id, self->case_id };

    if (!g_str_equal (record->row->type, "referral") ||
        json_object_has_member (record->values, "cancelled"))
      continue;
    referral.kind = WB_ACT_CREATE;
    referral.before = json_object_new ();
    referral.after = json_object_ref (record->values);
    referral.changed = json_object_ref (record->values);
    if (!wb_guard_check_standing (&referral, &holds, error))
      return FALSE;
  }
  *ret_holds = holds;
  return records != NULL;
}

static gboolean
test_check (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  static const char *const PERIOD[] = { "retention-expired", "selection-list", "not-kept", NULL };
  static const char *const REQUEST[] = { "no-open-request", NULL };
  const char *text = guard->field != NULL ? wb_json_get_text (self->after, guard->field) : NULL;

  switch (guard->check) {
  case WB_GUARD_FIELD_PRESENT:
    *ret_holds = has_value (values_for (self, guard), guard->field, guard->values);
    return TRUE;
  case WB_GUARD_FIELD_NOT:
    *ret_holds = !has_value (values_for (self, guard), guard->field, guard->values);
    return TRUE;
  case WB_GUARD_EVERY_RECORD_NOT:
    return test_every (self, guard, ret_holds, error);
  case WB_GUARD_EVERY_TERM:
    return test_every_term (self, guard, ret_holds, error);
  case WB_GUARD_DATE_PASSED:
    *ret_holds = is_over (self, guard);
    return TRUE;
  case WB_GUARD_NOT_AHEAD:
    *ret_holds = !is_ahead (self, guard);
    return TRUE;
  case WB_GUARD_RECORD_EXISTS:
    return guard->each != NULL ? test_each (self, guard, ret_holds, error)
                               : test_exists (self, guard, ret_holds, error);
  case WB_GUARD_NO_RUNNING_CLOCK:
    return test_clocks (self, guard, ret_holds, error);
  case WB_GUARD_OTHER_USER:
    return test_other_user (self, guard, ret_holds, error);
  case WB_GUARD_RETENTION_EXPIRED:
    return test_retention (self, PERIOD, ret_holds, error);
  case WB_GUARD_NO_OPEN_REQUEST:
    return test_retention (self, REQUEST, ret_holds, error);
  case WB_GUARD_CONSENT:
    return wb_guard_test_consent (self, guard, ret_holds, error);
  case WB_GUARD_DECISION:
    return wb_guard_test_decision (self, guard, guard->values, ret_holds, error);
  case WB_GUARD_DOCUMENTS:
    return wb_guard_test_documents (self, guard, ret_holds, error);
  case WB_GUARD_IDENTITY:
    return wb_guard_test_identity (self, guard, ret_holds, error);
  case WB_GUARD_NO_INTEREST:
    return wb_guard_test_interest (self, ret_holds, error);
  case WB_GUARD_CONSENT_SETTLED:
    return wb_guard_test_settled (self, ret_holds, error);
  case WB_GUARD_PERSONS_NOT:
    return wb_guard_test_persons (self, guard, ret_holds, error);
  case WB_GUARD_CHILD_REPRESENTED:
    return wb_guard_test_child (self, ret_holds, error);
  case WB_GUARD_CLEARED:
    return wb_guard_test_cleared (self, guard, ret_holds, error);
  case WB_GUARD_ADMITTED:
    return wb_guard_test_admitted (self, ret_holds);
  case WB_GUARD_SEALED:
    return wb_guard_test_sealed (self, guard, ret_holds, error);
  case WB_GUARD_REFERRAL_ALLOWED:
    return test_referral (self, ret_holds, error);
  case WB_GUARD_USER_EXISTS:
    *ret_holds = is_user (self->reg, text);
    return TRUE;
  case WB_GUARD_OWN_NAME:
    *ret_holds = g_strcmp0 (text, self->reg->keys->user) == 0;
    return TRUE;
  case WB_GUARD_MERGEABLE:
    *ret_holds = is_mergeable (self, guard);
    return TRUE;
  case WB_GUARD_NEVER:
  case WB_N_GUARD_CHECKS:
  default:
    *ret_holds = FALSE;
    return TRUE;
  }
}

/* Whether the case has anything that asks for the guard. */
static gboolean
test_if (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_asked, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);

  *ret_asked = FALSE;
  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, guard->if_type) &&
        (guard->check != WB_GUARD_SEALED || points_at_subject (record, guard, self->id)) &&
        wb_match_test (guard->if_match, record->values, self->after))
      *ret_asked = TRUE;
  }
  return records != NULL;
}

/* Consent and documents look for decisions of their own: those name a recipient. So does what is
 * asked of each record: a decision about one of them lifts nothing for another. */
static gboolean
is_lifted (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  if (guard->decisions[0] == NULL || guard->each != NULL || guard->check == WB_GUARD_CONSENT ||
      guard->check == WB_GUARD_DOCUMENTS || guard->check == WB_GUARD_CLEARED)
    return TRUE;
  return wb_guard_test_decision (self, guard, guard->decisions, ret_holds, error);
}

/**
 * wb_guard_test:
 * @self: the act that is judged
 * @guard: what must hold
 * @ret_holds: whether it holds, or was lifted by a decision of two persons
 * @error: return location for an error of the store
 */
gboolean
wb_guard_test (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  gboolean asked = TRUE;

  *ret_holds = TRUE;
  self->lapsed = NULL;
  g_clear_pointer (&self->lacking, g_free);
  if (guard->profiles[0] != NULL &&
      !g_strv_contains ((const char *const *) guard->profiles, self->reg->profile))
    return TRUE;
  if (guard->unless->len > 0 && wb_match_test (guard->unless, self->after, NULL))
    return TRUE;
  if (guard->if_type != NULL && !test_if (self, guard, &asked, error))
    return FALSE;
  if (!asked)
    return TRUE;
  if (!test_check (self, guard, ret_holds, error))
    return FALSE;
  return *ret_holds || is_lifted (self, guard, ret_holds, error);
}

char *
wb_guard_say (const WbGuardSubject *self, const WbGuard *guard)
{
  const char *sentence = guard->label[wb_language_current ()];

  if (self->lacking == NULL || self->lapsed != NULL)
    return g_strdup (sentence);
  /* TRANSLATORS: a whole sentence, then the reference of a person or an allegation. */
  return g_strdup_printf (_ ("%s That does not hold for %s."), sentence, self->lacking);
}

/**
 * wb_guard_list_failing:
 * @self: the act that is judged
 * @guards: (element-type WbGuard): what must hold
 * @error: return location for an error of the store
 *
 * Returns: (transfer container) (element-type WbGuard): those that do not hold
 */
GPtrArray *
wb_guard_list_failing (WbGuardSubject *self, GPtrArray *guards, GError **error)
{
  g_autoptr (GPtrArray) failing = g_ptr_array_new ();

  for (guint i = 0; i < guards->len; i++) {
    WbGuard *guard = g_ptr_array_index (guards, i);
    gboolean holds;

    if (!wb_guard_test (self, guard, &holds, error))
      return NULL;
    if (!holds)
      g_ptr_array_add (failing, guard);
  }
  return g_steal_pointer (&failing);
}
