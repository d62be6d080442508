/* SPDX-License-Identifier: EUPL-1.2 */

/* Which moves and acts of workflow.json an act is, whether it may be, and that it was refused. */
#include "wb-guard-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define STATUS_FIRST "status.registered"
#define RULE_MOVES "moves"
#define RULE_REASON "reason"
#define ALL "*"

void
wb_refusal_free (WbRefusal *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->id);
  g_free (self->case_id);
  g_free (self->rule);
  g_free (self);
}

void
wb_guard_note (WbRegister *reg,
               const char *type,
               const char *id,
               const char *case_id,
               const char *rule)
{
  WbRefusal *refusal = g_new0 (WbRefusal, 1);

  refusal->type = g_strdup (type);
  refusal->id = g_strdup (id);
  refusal->case_id = g_strdup (case_id);
  refusal->rule = g_strdup (rule);
  wb_refusal_free (reg->refusal);
  reg->refusal = refusal;
}

/**
 * wb_guard_refuse:
 * @reg: an open register
 * @type: type of the record of the act
 * @id: its UUID
 * @case_id: (nullable): of its case
 * @rule: name of the rule that refuses
 * @basis: (nullable): where it comes from
 * @sentence: what would have to hold
 * @error: return location for the refusal
 *
 * Returns: %FALSE, always
 */
gboolean
wb_guard_refuse (WbRegister *reg,
                 const char *type,
                 const char *id,
                 const char *case_id,
                 const char *rule,
                 const char *basis,
                 const char *sentence,
                 GError **error)
{
  wb_guard_note (reg, type, id, case_id, rule);
  if (basis != NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_REFUSED,
                 /* TRANSLATORS: what must hold; name of the rule; article of law. */
                 _ ("Nothing was done, for this has to hold first: %s (rule %s, %s)"),
                 sentence,
                 rule,
                 basis);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_REFUSED,
                 _ ("Nothing was done, for this has to hold first: %s (rule %s)"),
                 sentence,
                 rule);
  return FALSE;
}

const WbGuard *
wb_guard_refusing (const WbGuardSubject *self, const WbGuard *guard)
{
  return self->lapsed != NULL ? self->lapsed : guard;
}

static gboolean
refuse_subject (WbGuardSubject *self,
                const char *rule,
                const char *basis,
                const char *sentence,
                GError **error)
{
  return wb_guard_refuse (self->reg,
                          self->type,
                          self->id,
                          self->case_id,
                          rule,
                          basis,
                          sentence,
                          error);
}

static gboolean
record_exists (WbRegister *self, const char *id)
{
  g_autoptr (WbRecordRow) row = id != NULL ? wb_record_store_find (self->db, id, NULL) : NULL;

  return row != NULL;
}

/**
 * wb_register_log_refusal:
 * @self: an open register, the act dropped
 *
 * Logs that the last act was asked for and refused, with the rule's name: on the record; on its
 * case where the record was never made; by itself where the case was not made either.
 */
void
wb_register_log_refusal (WbRegister *self)
{
  WbRefusal *refusal = g_steal_pointer (&self->refusal);
  g_autoptr (WbActDraft) draft = NULL;
  gboolean of_case;

  if (refusal == NULL)
    return;
  of_case = record_exists (self, refusal->case_id);
  if (of_case && !record_exists (self, refusal->id))
    draft = wb_act_draft_new ("case", refusal->case_id, refusal->case_id, "refused");
  else
    draft =
        wb_act_draft_new (refusal->type, refusal->id, of_case ? refusal->case_id : NULL, "refused");
  wb_act_draft_add_text (draft, WB_ACT_DETAIL, refusal->rule);
  (void) wb_register_append_alone (self, draft, NULL);
  wb_refusal_free (refusal);
}

static gboolean
has_reason (const WbGuardSubject *self)
{
  return self->reason != NULL && *self->reason != '\0';
}

static gboolean
check_guards (WbGuardSubject *self, GPtrArray *guards, const char *basis, GError **error)
{
  for (guint i = 0; i < guards->len; i++) {
    const WbGuard *guard = g_ptr_array_index (guards, i);
    g_autofree char *sentence = NULL;
    gboolean holds;

    if (!wb_guard_test (self, guard, &holds, error))
      return FALSE;
    guard = wb_guard_refusing (self, guard);
    sentence = wb_guard_say (self, guard);
    if (!holds)
      return refuse_subject (self,
                             guard->name,
                             guard->basis != NULL ? guard->basis : basis,
                             sentence,
                             error);
  }
  return TRUE;
}

static gboolean
refuse_move (WbGuardSubject *self, const char *from, const char *to, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (wb_model_is_move_allowed (self->reg->model, from, to, &problem))
    return TRUE;
  (void) refuse_subject (self, RULE_MOVES, NULL, "", NULL);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_REFUSED,
               /* TRANSLATORS: a whole sentence, then the name of the rule. */
               _ ("%s (rule %s)"),
               problem->message,
               RULE_MOVES);
  return FALSE;
}

static gboolean
check_move (WbGuardSubject *self, GError **error)
{
  const char *from =
      json_object_get_string_member_with_default (self->before, "status", STATUS_FIRST);
  const char *to = wb_json_get_text (self->changed, "status");
  const WbMove *move;

  if (to == NULL || !g_str_equal (self->type, "case") || self->kind != WB_ACT_CHANGE ||
      g_str_equal (from, to))
    return TRUE;
  if (!refuse_move (self, from, to, error))
    return FALSE;
  move = wb_model_find_move (self->reg->model, from, to);
  if (move == NULL)
    return TRUE;
  if (g_str_equal (move->who, "erasure"))
    return refuse_subject (self,
                           "erase-only",
                           "Archiefwet 1995 art. 5",
                           _ ("A case is destroyed by erasing it, which leaves a declaration."),
                           error);
  if (move->needs_reason && !has_reason (self))
    return refuse_subject (self, RULE_REASON, move->basis, _ ("This step gives a reason."), error);
  return check_guards (self, move->guards, move->basis, error);
}

static gboolean
is_set (WbGuardSubject *self, const char *field)
{
  JsonNode *value = json_object_get_member (self->changed, field);
  JsonNode *before = json_object_get_member (self->before, field);

  if (value == NULL)
    return FALSE;
  if (before == NULL)
    return !JSON_NODE_HOLDS_NULL (value);
  return !json_node_equal (value, before);
}

static gboolean
sets_any (WbGuardSubject *self, char **fields)
{
  if (fields[0] == NULL)
    return TRUE;
  for (guint i = 0; fields[i] != NULL; i++) {
    if (is_set (self, fields[i]))
      return TRUE;
  }
  return FALSE;
}

/* Rank within its vocabulary, whose order is that of the file: the highest first. */
static guint
rank_of (const WbModel *model, const char *code)
{
  g_autoptr (GPtrArray) terms = NULL;
  const WbTerm *own = code != NULL ? wb_model_find_term (model, code) : NULL;

  if (own == NULL)
    return G_MAXUINT;
  terms = wb_model_list_terms (model, own->vocabulary);
  for (guint i = 0; i < terms->len; i++) {
    if (g_ptr_array_index (terms, i) == own)
      return i;
  }
  return G_MAXUINT;
}

static gboolean
is_lowered (WbGuardSubject *self, const char *field)
{
  const char *before = wb_json_get_text (self->before, field);
  const char *after = wb_json_get_text (self->after, field);

  return is_set (self, field) && before != NULL &&
         rank_of (self->reg->model, after) > rank_of (self->reg->model, before);
}

static gboolean
is_excepted (WbGuardSubject *self, const WbActRule *rule)
{
  for (guint i = 0; i < rule->except->len; i++) {
    const WbActException *exception = g_ptr_array_index (rule->except, i);
    g_autoptr (GList) names = json_object_get_members (self->changed);
    gboolean all = TRUE;

    if (!g_str_equal (exception->type, self->type))
      continue;
    for (GList *l = names; l != NULL && exception->fields[0] != NULL; l = l->next)
      all = all && (!is_set (self, l->data) ||
                    g_strv_contains ((const char *const *) exception->fields, l->data));
    if (all)
      return TRUE;
  }
  return FALSE;
}

/* Whether the settings of the body are such that the rule is in use. */
static gboolean
fits_body (WbRegister *reg, const WbActRule *rule)
{
  JsonObject *body = rule->of_body->len > 0 ? wb_register_get_clock_context (reg)->body : NULL;
  g_autoptr (JsonObject) settings = body != NULL ? json_object_ref (body) : json_object_new ();

  return wb_match_test (rule->of_body, settings, NULL);
}

static gboolean
applies (WbGuardSubject *self, const WbActRule *rule)
{
  if ((rule->on & self->kind) == 0 ||
      (!g_str_equal (rule->type, ALL) && !g_str_equal (rule->type, self->type)))
    return FALSE;
  if (!sets_any (self, rule->sets) || (rule->lowers != NULL && !is_lowered (self, rule->lowers)) ||
      !wb_match_test (rule->when, self->after, NULL) ||
      !wb_match_test (rule->before, self->before, NULL) || !fits_body (self->reg, rule))
    return FALSE;
  if (rule->of_case->len > 0 &&
      !wb_match_test (rule->of_case, wb_guard_subject_get_case (self), NULL))
    return FALSE;
  return !is_excepted (self, rule);
}

static gboolean
check_acts (WbGuardSubject *self, GError **error)
{
  GPtrArray *acts = wb_model_get_acts (self->reg->model);

  for (guint i = 0; i < acts->len; i++) {
    const WbActRule *rule = g_ptr_array_index (acts, i);

    if (!applies (self, rule))
      continue;
    if (rule->needs_reason && !has_reason (self))
      return refuse_subject (self, rule->name, rule->basis, _ ("This act gives a reason."), error);
    if (!check_guards (self, rule->guards, rule->basis, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
wb_guard_check_standing (WbGuardSubject *self, gboolean *ret_holds, GError **error)
{
  GPtrArray *acts = wb_model_get_acts (self->reg->model);

  *ret_holds = TRUE;
  for (guint i = 0; i < acts->len && *ret_holds; i++) {
    const WbActRule *rule = g_ptr_array_index (acts, i);

    for (guint k = 0; applies (self, rule) && k < rule->guards->len && *ret_holds; k++) {
      if (!wb_guard_test (self, g_ptr_array_index (rule->guards, k), ret_holds, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* As the fields will be after the act. */
static JsonObject *
overlaid (JsonObject *before, JsonObject *changed)
{
  JsonObject *after = json_object_new ();
  JsonObject *const from[] = { before, changed };

  for (guint i = 0; i < G_N_ELEMENTS (from); i++) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;

    json_object_iter_init_ordered (&iter, from[i]);
    while (json_object_iter_next_ordered (&iter, &name, &value)) {
      if (!JSON_NODE_HOLDS_NULL (value))
        json_object_set_member (after, name, json_node_copy (value));
      else if (json_object_has_member (after, name))
        json_object_remove_member (after, name);
    }
  }
  return after;
}

/**
 * wb_guard_check_new:
 * @reg: an open register, within a WbChange
 * @type: type of the record to be made
 * @id: its UUID
 * @case_id: (nullable): its case; its own id for a case
 * @fields: as they will be logged
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule and its basis
 *
 * Records that only the program makes are not judged here.
 */
gboolean
wb_guard_check_new (WbRegister *reg,
                    const WbRecordType *type,
                    const char *id,
                    const char *case_id,
                    JsonObject *fields,
                    const char *reason,
                    GError **error)
{
  g_auto (WbGuardSubject) self = { reg, type->name, id, case_id };

  if (type->system)
    return TRUE;
  self.kind = WB_ACT_CREATE;
  self.before = json_object_new ();
  self.after = json_object_ref (fields);
  self.changed = json_object_ref (fields);
  self.reason = reason;
  return check_acts (&self, error);
}

/* Changing a record, as an act of one kind. */
static void
fill_change (WbGuardSubject *self,
             WbActKind kind,
             JsonObject *before,
             JsonObject *fields,
             const char *reason)
{
  self->kind = kind;
  self->before = json_object_ref (before);
  self->after = overlaid (before, fields);
  self->changed = json_object_ref (fields);
  self->reason = reason;
}

/**
 * wb_guard_check_widen:
 * @reg: an open register, within a WbChange
 * @row: the record as it stands
 * @before: its values, without what is kept apart
 * @fields: what changes; something in it could be opened by fewer before
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule and its basis
 */
gboolean
wb_guard_check_widen (WbRegister *reg,
                      const WbRecordRow *row,
                      JsonObject *before,
                      JsonObject *fields,
                      const char *reason,
                      GError **error)
{
  g_auto (WbGuardSubject) self = { reg, row->type, row->id, wb_record_row_get_case (row) };

  fill_change (&self, WB_ACT_WIDEN, before, fields, reason);
  return check_acts (&self, error);
}

/**
 * wb_guard_check_change:
 * @reg: an open register, within a WbChange
 * @row: the record as it stands
 * @before: its values, without what is kept apart
 * @fields: what changes, as it will be logged
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule and its basis
 */
gboolean
wb_guard_check_change (WbRegister *reg,
                       const WbRecordRow *row,
                       JsonObject *before,
                       JsonObject *fields,
                       const char *reason,
                       GError **error)
{
  g_auto (WbGuardSubject) self = { reg, row->type, row->id, wb_record_row_get_case (row) };

  fill_change (&self, WB_ACT_CHANGE, before, fields, reason);
  return check_move (&self, error) && check_acts (&self, error);
}

/**
 * wb_guard_check_decide:
 * @reg: an open register, within a WbChange
 * @row: a decision that was proposed
 * @reason: why it is confirmed or rejected
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule and its basis
 */
gboolean
wb_guard_check_decide (WbRegister *reg, const WbRecordRow *row, const char *reason, GError **error)
{
  g_auto (WbGuardSubject) self = { reg, row->type, row->id, wb_record_row_get_case (row) };

  self.kind = WB_ACT_DECIDE;
  self.before = wb_register_load_values (reg, row->id, error);
  if (self.before == NULL)
    return FALSE;
  self.after = json_object_ref (self.before);
  self.changed = json_object_new ();
  self.reason = reason;
  return check_acts (&self, error);
}
