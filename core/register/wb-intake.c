/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Taking down an allegation: the account, the answers to the plain questions of consent as records
 * of the ledger, in one transaction; and what an urgency will ask before it is recorded.
 */
#include "wb-intake.h"

#include "wb-clock-work-private.h"
#include "wb-json.h"
#include "wb-register-private.h"

#define ALLEGATION "allegation"
#define TRIAGE "pol.triage" /* family of the clocks that an urgency sets */

static const char *
get_answer (JsonObject *answers, const char *question)
{
  JsonNode *node = json_object_get_member (answers, "answers");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? wb_json_get_text (json_node_get_object (node), question)
             : NULL;
}

/* Where anything was asked, what was left is known to be open; else nobody was spoken to. */
static gboolean
is_asked (JsonObject *answers)
{
  GPtrArray *questions = wb_questions_get_all ();

  for (guint i = 0; answers != NULL && i < questions->len; i++)
    if (get_answer (answers, ((const WbQuestion *) g_ptr_array_index (questions, i))->name) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct {
  WbRegister *reg;
  JsonObject *answers;
  const char *allegation; /* UUID: says which case */
  const char *person;     /* (nullable) */
  char *now;
} Asking;

static void
copy_member (JsonObject *from, const char *name, JsonObject *to)
{
  JsonNode *node = json_object_get_member (from, name);

  if (node != NULL)
    json_object_set_member (to, name, json_node_copy (node));
}

static gboolean
record_consent (const Asking *asking,
                const char *purpose,
                const char *state,
                const char *recipient,
                gboolean scope,
                GError **error)
{
  static const char *const circumstances[] = { "language",
                                               "interpreter",
                                               "capacity",
                                               "text_version" };
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (WbRecord) record = NULL;

  json_object_set_string_member (fields, "purpose", purpose);
  json_object_set_string_member (fields, "state", state);
  if (asking->person != NULL)
    json_object_set_string_member (fields, "person", asking->person);
  if (recipient != NULL)
    json_object_set_string_member (fields, "recipient", recipient);
  if (g_strcmp0 (recipient, "target.other") == 0)
    copy_member (asking->answers, "recipient_name", fields);
  if (scope)
    copy_member (asking->answers, "scope", fields);
  if (!g_str_equal (state, "consentstate.not_asked")) {
    json_object_set_string_member (fields, "given_on", asking->now);
    json_object_set_string_member (fields, "asked_by", wb_register_get_user (asking->reg));
    for (guint i = 0; i < G_N_ELEMENTS (circumstances); i++)
      copy_member (asking->answers, circumstances[i], fields);
  }
  record = wb_register_record_within (asking->reg,
                                      "consent",
                                      NULL,
                                      asking->allegation,
                                      fields,
                                      NULL,
                                      error);
  return record != NULL;
}

/* A yes to passing on is one for each recipient, so that each can be withdrawn by itself. */
static gboolean
record_yes (const Asking *asking, const WbQuestion *question, const char *purpose, GError **error)
{
  JsonNode *node = json_object_get_member (asking->answers, "recipients");
  JsonArray *recipients =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = question->recipients && recipients != NULL ? json_array_get_length (recipients) : 0;

  if (n == 0)
    return record_consent (asking, purpose, "consentstate.given", NULL, question->scope, error);
  for (guint i = 0; i < n; i++)
    if (!record_consent (asking,
                         purpose,
                         "consentstate.given",
                         json_array_get_string_element (recipients, i),
                         question->scope,
                         error))
      return FALSE;
  return TRUE;
}

static gboolean
record_answer (const Asking *asking, const WbQuestion *question, gboolean is_new, GError **error)
{
  const char *answer = get_answer (asking->answers, question->name);
  gboolean yes = g_strcmp0 (answer, "yes") == 0;
  char **purposes = question->open;

  if (answer == NULL && !is_new)
    return TRUE; /* the case may hold an answer already: it stands */
  if (yes)
    purposes = question->after != NULL &&
                       g_strcmp0 (get_answer (asking->answers, question->after), "yes") == 0
                   ? question->then
                   : question->yes;
  else if (answer != NULL)
    purposes = question->no;
  for (guint i = 0; purposes[i] != NULL; i++) {
    gboolean done =
        yes ? record_yes (asking, question, purposes[i], error)
            : record_consent (asking,
                              purposes[i],
                              answer != NULL ? "consentstate.refused" : "consentstate.not_asked",
                              NULL,
                              FALSE,
                              error);

    if (!done)
      return FALSE;
  }
  return TRUE;
}

static gboolean
record_answers (WbRegister *self,
                const WbRecord *record,
                gboolean is_new,
                JsonObject *answers,
                GError **error)
{
  GPtrArray *questions = wb_questions_get_all ();
  g_autofree char *now = wb_register_format_stamp (self, wb_register_next_time (self));
  const Asking asking = {
    .reg = self,
    .answers = answers,
    .allegation = record->id,
    .person = wb_json_get_text (record->fields, "person"),
    .now = now,
  };

  for (guint i = 0; i < questions->len; i++)
    if (!record_answer (&asking, g_ptr_array_index (questions, i), is_new, error))
      return FALSE;
  return TRUE;
}

/* The language of the talk is told once. */
static JsonObject *
with_circumstances (JsonObject *fields, JsonObject *answers)
{
  static const char *const shared[] = { "language", "interpreter" };
  JsonObject *all = json_object_new ();

  wb_doc_overlay (all, fields);
  for (guint i = 0; answers != NULL && i < G_N_ELEMENTS (shared); i++)
    if (!json_object_has_member (all, shared[i]))
      copy_member (answers, shared[i], all);
  return all;
}

/**
 * wb_register_take_down:
 * @self: an open register
 * @id: (nullable): a UUIDv7 for the allegation
 * @case_ref: (nullable): the case; without one it opens a case of its own
 * @fields: of the allegation
 * @answers: (nullable): to the questions of consent
 * @error: return location for an error; %WB_ERROR_REFUSED where a guard refuses an answer
 *
 * The allegation and the consents are acts of one transaction. Once anything was asked in a new
 * case, what was not is recorded as "not asked"; in a case that is there already, silence leaves
 * earlier answers as they are.
 *
 * Returns: (transfer full): the allegation
 */
WbRecord *
wb_register_take_down (WbRegister *self,
                       const char *id,
                       const char *case_ref,
                       JsonObject *fields,
                       JsonObject *answers,
                       GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  g_autoptr (JsonObject) all = with_circumstances (fields, answers);
  g_autoptr (WbRecord) record = NULL;

  if (change == NULL)
    return NULL;
  record = wb_register_record_within (self, ALLEGATION, id, case_ref, all, NULL, error);
  if (record != NULL &&
      (!is_asked (answers) || record_answers (self, record, case_ref == NULL, answers, error)) &&
      wb_change_commit (change, error))
    return g_steal_pointer (&record);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}

void
wb_urgency_limit_free (WbUrgencyLimit *self)
{
  if (self == NULL)
    return;
  g_free (self->urgency);
  g_free (self);
}

/* The fields as recording would make them, with the time of receipt. */
static JsonObject *
as_recorded (WbRegister *self, JsonObject *fields)
{
  JsonObject *all = json_object_new ();

  wb_doc_overlay (all, fields);
  if (!json_object_has_member (all, "received")) {
    g_autofree char *now = wb_register_format_stamp (self, wb_register_next_time (self));

    json_object_set_string_member (all, "received", now);
  }
  wb_register_escalate (self, ALLEGATION, all, NULL);
  wb_register_raise_urgency (self, all, NULL);
  return all;
}

/**
 * wb_register_foresee_urgency:
 * @self: an open register
 * @fields: of an allegation that is being written
 * @error: return location for an error
 *
 * By the same rules as recording itself, the body's own targets included; nothing is written.
 *
 * Returns: (transfer full) (nullable): the limit; %NULL without an error where none would start
 */
WbUrgencyLimit *
wb_register_foresee_urgency (WbRegister *self, JsonObject *fields, GError **error)
{
  g_autoptr (JsonObject) all = as_recorded (self, fields);
  g_autoptr (JsonObject) of_case = json_object_new ();
  WbInstant now = wb_register_next_time (self);
  const WbClockSubject subject = { .type = ALLEGATION,
                                   .id = "",
                                   .created = now,
                                   .record = all,
                                   .of_case = of_case };
  g_autoptr (GPtrArray) clocks =
      wb_rules_start (wb_register_get_clock_context (self), &subject, NULL, now, error);

  for (guint i = 0; clocks != NULL && i < clocks->len; i++) {
    const WbClock *clock = g_ptr_array_index (clocks, i);
    WbUrgencyLimit *limit;

    if (g_strcmp0 (clock->family, TRIAGE) != 0 || !wb_clock_has_end (clock))
      continue;
    limit = g_new0 (WbUrgencyLimit, 1);
    limit->urgency = g_strdup (wb_json_get_text (all, "urgency"));
    limit->raised = g_strcmp0 (limit->urgency, wb_json_get_text (fields, "urgency")) != 0;
    limit->rule = wb_rules_find (self->rules, clock->rule);
    limit->period = clock->period;
    limit->end = clock->end;
    return limit;
  }
  return NULL;
}
