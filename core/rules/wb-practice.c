/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads resources/rules/practice.json: how a body works with its clocks. Which own targets may be
 * extended, what becomes of an overrun, when to remind, which ages to point out, and which regime
 * the dates around the change of the law point to. */
#include "wb-practice-private.h"

#include <string.h>

#include "wb-clock-private.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-rules-private.h"

#define FILE_NAME "practice.json"
#define LENGTH_MAX 1000 /* working days or months that nobody would call an extension */
#define DAYS_MAX 3660   /* ten years */

typedef struct {
  char **rules, **kinds;
  GArray *steps; /* (element-type WbReminderStep) */
} Reminder;

typedef struct {
  char *type, *field, *value, *reason;
} Escalation;

typedef struct {
  WbRegimeProposal shown;
  WbCondition *when;
} Proposal;

struct _WbPractice {
  GPtrArray *extensions; /* (element-type WbExtension) */
  GPtrArray *overruns;   /* (element-type WbOverrun) */
  GPtrArray *reminders;  /* (element-type Reminder) */
  GPtrArray *escalations;
  GPtrArray *proposals;
  GArray *ages;
  WbDate change;
};

static void
free_extension (gpointer data)
{
  WbExtension *extension = data;

  g_free (extension->rule);
  g_free (extension);
}

static void
free_overrun (gpointer data)
{
  WbOverrun *overrun = data;

  g_free (overrun->rule);
  g_strfreev (overrun->acts);
  g_strfreev (overrun->stages);
  g_strfreev (overrun->safeguards);
  g_strfreev (overrun->authorities);
  g_strfreev (overrun->rights);
  g_strfreev (overrun->themes);
  g_free (overrun);
}

static void
free_reminder (gpointer data)
{
  Reminder *reminder = data;

  g_strfreev (reminder->rules);
  g_strfreev (reminder->kinds);
  g_clear_pointer (&reminder->steps, g_array_unref);
  g_free (reminder);
}

static void
free_escalation (gpointer data)
{
  Escalation *escalation = data;

  g_free (escalation->type);
  g_free (escalation->field);
  g_free (escalation->value);
  g_free (escalation->reason);
  g_free (escalation);
}

static void
free_proposal (gpointer data)
{
  Proposal *proposal = data;

  g_free (proposal->shown.regime);
  g_free (proposal->shown.text[0]);
  g_free (proposal->shown.text[1]);
  wb_condition_free (proposal->when);
  g_free (proposal);
}

static char *
dup_text (JsonObject *object, const char *member, const WbPlace *place, GError **error)
{
  return g_strdup (wb_shape_text (json_object_get_member (object, member), place, error));
}

static gboolean
check_rule (const WbRules *rules, const char *code, const WbPlace *place, GError **error)
{
  return wb_rules_find (rules, code) != NULL ||
         wb_shape_refuse (place, _ ("it names a rule that does not exist."), error);
}

static gboolean
take_extension (WbPractice *self,
                JsonObject *object,
                const WbRules *rules,
                const WbPlace *place,
                GError **error)
{
  static const char *const members[] = { "rule", "length", "times", NULL };
  WbExtension *extension = g_new0 (WbExtension, 1);
  int times = 0;

  g_ptr_array_add (self->extensions, extension);
  if (!wb_shape_only (object, place, members, error) ||
      (extension->rule = dup_text (object, "rule", place, error)) == NULL ||
      !check_rule (rules, extension->rule, place, error) ||
      !wb_shape_integer (object, place, "length", 1, LENGTH_MAX, &extension->length, error) ||
      !wb_shape_integer (object, place, "times", 0, LENGTH_MAX, &times, error))
    return FALSE;
  extension->times = (guint) times;
  return TRUE;
}

static gboolean
read_terms (WbOverrun *self, JsonObject *object, const WbPlace *place, GError **error)
{
  return (self->acts = wb_shape_texts (object, "acts", place, error)) != NULL &&
         (self->stages = wb_shape_texts (object, "stages", place, error)) != NULL &&
         (self->safeguards = wb_shape_texts (object, "safeguards", place, error)) != NULL &&
         (self->authorities = wb_shape_texts (object, "authorities", place, error)) != NULL &&
         (self->rights = wb_shape_texts (object, "rights", place, error)) != NULL &&
         (self->themes = wb_shape_texts (object, "themes", place, error)) != NULL;
}

static gboolean
take_overrun (WbPractice *self,
              JsonObject *object,
              const WbRules *rules,
              const WbPlace *place,
              GError **error)
{
  static const char *const members[] = { "rules",       "acts",   "stages", "safeguards",
                                         "authorities", "rights", "themes", NULL };
  g_auto (GStrv) codes = NULL;

  if (!wb_shape_only (object, place, members, error) ||
      (codes = wb_shape_texts (object, "rules", place, error)) == NULL)
    return FALSE;
  for (guint i = 0; codes[i] != NULL; i++) {
    WbOverrun *overrun = g_new0 (WbOverrun, 1);

    g_ptr_array_add (self->overruns, overrun);
    overrun->rule = g_strdup (codes[i]);
    if (!check_rule (rules, codes[i], place, error) || !read_terms (overrun, object, place, error))
      return FALSE;
  }
  return TRUE;
}

/* The numbers of a list. */
static gboolean
read_days (JsonObject *object,
           const char *member,
           GArray *days,
           const WbPlace *place,
           GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  JsonArray *array = wb_shape_array (json_object_get_member (object, member), &here, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    int number;

    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
        json_node_get_int (node) < 1 || json_node_get_int (node) > DAYS_MAX)
      return wb_shape_refuse (&here, _ ("a number of days is needed here."), error);
    number = (int) json_node_get_int (node);
    g_array_append_val (days, number);
  }
  return array != NULL;
}

static void
add_steps (Reminder *self, const GArray *days, int sign, int repeat)
{
  for (guint i = 0; i < days->len; i++) {
    WbReminderStep step = { sign * g_array_index (days, int, i),
                            i + 1 == days->len && sign > 0 ? repeat : 0 };

    g_array_append_val (self->steps, step);
  }
}

static gboolean
take_reminder (WbPractice *self,
               JsonObject *object,
               const WbRules *rules,
               const WbPlace *place,
               GError **error)
{
  static const char *const members[] = { "rules", "kinds", "before", "after", "repeat", NULL };
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (int));
  Reminder *reminder = g_new0 (Reminder, 1);
  int repeat = 0;

  g_ptr_array_add (self->reminders, reminder);
  reminder->steps = g_array_new (FALSE, FALSE, sizeof (WbReminderStep));
  if (!wb_shape_only (object, place, members, error) ||
      (reminder->rules = wb_shape_texts (object, "rules", place, error)) == NULL ||
      (reminder->kinds = wb_shape_texts (object, "kinds", place, error)) == NULL ||
      !read_days (object, "before", before, place, error) ||
      !read_days (object, "after", after, place, error) ||
      !wb_shape_integer (object, place, "repeat", 0, DAYS_MAX, &repeat, error))
    return FALSE;
  for (guint i = 0; reminder->rules[i] != NULL; i++)
    if (!check_rule (rules, reminder->rules[i], place, error))
      return FALSE;
  add_steps (reminder, before, -1, 0);
  add_steps (reminder, after, 1, repeat);
  return TRUE;
}

static gboolean
take_escalation (WbPractice *self,
                 JsonObject *object,
                 const WbRules *rules,
                 const WbPlace *place,
                 GError **error)
{
  static const char *const members[] = { "type", "field", "value", "reason", NULL };
  Escalation *escalation = g_new0 (Escalation, 1);

  (void) rules;
  g_ptr_array_add (self->escalations, escalation);
  return wb_shape_only (object, place, members, error) &&
         (escalation->type = dup_text (object, "type", place, error)) != NULL &&
         (escalation->field = dup_text (object, "field", place, error)) != NULL &&
         (escalation->value = dup_text (object, "value", place, error)) != NULL &&
         (escalation->reason = dup_text (object, "reason", place, error)) != NULL;
}

static gboolean
take_proposal (WbPractice *self,
               JsonObject *object,
               const WbRules *rules,
               const WbPlace *place,
               GError **error)
{
  static const char *const members[] = { "when", "regime", "nl", "en", NULL };
  g_autofree char *pointer = wb_shape_join (place->pointer, "when");
  const WbPlace here = { place->file, pointer };
  Proposal *proposal = g_new0 (Proposal, 1);
  JsonNode *when = json_object_get_member (object, "when");

  (void) rules;
  g_ptr_array_add (self->proposals, proposal);
  if (!wb_shape_only (object, place, members, error) ||
      (proposal->shown.regime = dup_text (object, "regime", place, error)) == NULL ||
      (proposal->shown.text[WB_LANGUAGE_NL] = dup_text (object, "nl", place, error)) == NULL ||
      (proposal->shown.text[WB_LANGUAGE_EN] = dup_text (object, "en", place, error)) == NULL)
    return FALSE;
  if (when == NULL)
    return wb_shape_refuse (&here, _ ("a list is needed here."), error);
  proposal->when = wb_condition_load (when, NULL, &here, error);
  return proposal->when != NULL;
}

typedef gboolean (*Take) (WbPractice *self,
                          JsonObject *object,
                          const WbRules *rules,
                          const WbPlace *place,
                          GError **error);

static gboolean
take_list (WbPractice *self,
           JsonObject *object,
           const char *member,
           Take take,
           const WbRules *rules,
           const WbPlace *place,
           GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace list = { place->file, pointer };
  JsonArray *array = wb_shape_array (json_object_get_member (object, member), &list, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autofree char *at = wb_shape_join_index (pointer, i);
    const WbPlace here = { place->file, at };
    JsonObject *item = wb_shape_object (json_array_get_element (array, i), &here, error);

    if (item == NULL || !take (self, item, rules, &here, error))
      return FALSE;
  }
  return array != NULL;
}

static gboolean
take_regimes (WbPractice *self, JsonNode *node, const WbRules *rules, GError **error)
{
  static const char *const members[] = { "change", "proposals", NULL };
  const WbPlace place = { FILE_NAME, "/regimes" };
  JsonObject *object = wb_shape_object (node, &place, error);
  const char *change;

  if (object == NULL || !wb_shape_only (object, &place, members, error) ||
      (change = wb_shape_text (json_object_get_member (object, "change"), &place, error)) == NULL)
    return FALSE;
  if (!wb_date_parse (change, &self->change, NULL))
    return wb_shape_refuse (&place, _ ("a date YYYY-MM-DD or \"start\" is needed here."), error);
  return take_list (self, object, "proposals", take_proposal, rules, &place, error);
}

static WbPractice *
new_practice (void)
{
  WbPractice *self = g_new0 (WbPractice, 1);

  self->extensions = g_ptr_array_new_with_free_func (free_extension);
  self->overruns = g_ptr_array_new_with_free_func (free_overrun);
  self->reminders = g_ptr_array_new_with_free_func (free_reminder);
  self->escalations = g_ptr_array_new_with_free_func (free_escalation);
  self->proposals = g_ptr_array_new_with_free_func (free_proposal);
  self->ages = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

void
wb_practice_free (WbPractice *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->extensions, g_ptr_array_unref);
  g_clear_pointer (&self->overruns, g_ptr_array_unref);
  g_clear_pointer (&self->reminders, g_ptr_array_unref);
  g_clear_pointer (&self->escalations, g_ptr_array_unref);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  g_clear_pointer (&self->ages, g_array_unref);
  g_free (self);
}

/**
 * wb_practice_load:
 * @json: practice.json
 * @rules: the rules that it names
 * @error: return location for an error
 *
 * Returns: (transfer full): the practice; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbPractice *
wb_practice_load (GBytes *json, const WbRules *rules, GError **error)
{
  static const char *const members[] = { "version", "extensions",  "overruns", "reminders",
                                         "ages",    "escalations", "regimes",  NULL };
  const WbPlace place = { FILE_NAME, "" };
  g_autoptr (JsonNode) root = wb_shape_parse (json, FILE_NAME, error);
  JsonObject *top = root != NULL ? wb_shape_object (root, &place, error) : NULL;
  g_autoptr (WbPractice) self = new_practice ();

  if (top == NULL || !wb_shape_only (top, &place, members, error) ||
      !take_list (self, top, "extensions", take_extension, rules, &place, error) ||
      !take_list (self, top, "overruns", take_overrun, rules, &place, error) ||
      !take_list (self, top, "reminders", take_reminder, rules, &place, error) ||
      !take_list (self, top, "escalations", take_escalation, rules, &place, error) ||
      !read_days (top, "ages", self->ages, &place, error) ||
      !take_regimes (self, json_object_get_member (top, "regimes"), rules, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wb_practice_find_extension:
 * @rules: the rules
 * @rule: code of one
 *
 * Returns: (transfer none) (nullable): how a person may lengthen it; %NULL where nobody may
 */
const WbExtension *
wb_practice_find_extension (const WbRules *rules, const char *rule)
{
  GPtrArray *list = rules->practice != NULL ? rules->practice->extensions : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (strcmp (((WbExtension *) list->pdata[i])->rule, rule) == 0)
      return list->pdata[i];
  return NULL;
}

/**
 * wb_practice_find_overrun:
 * @rules: the rules
 * @rule: code of one
 *
 * Returns: (transfer none) (nullable): the terms of the allegation that an overrun of it becomes
 */
const WbOverrun *
wb_practice_find_overrun (const WbRules *rules, const char *rule)
{
  GPtrArray *list = rules->practice != NULL ? rules->practice->overruns : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (strcmp (((WbOverrun *) list->pdata[i])->rule, rule) == 0)
      return list->pdata[i];
  return NULL;
}

/**
 * wb_practice_list_reminders:
 * @rules: the rules
 * @rule: one of them
 *
 * Returns: (transfer none) (nullable) (element-type WbReminderStep): when to remind of its clocks
 */
GArray *
wb_practice_list_reminders (const WbRules *rules, const WbRule *rule)
{
  GPtrArray *list = rules->practice != NULL ? rules->practice->reminders : NULL;
  const char *kind = wb_kind_to_text (rule->kind);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const Reminder *reminder = list->pdata[i];

    if (g_strv_contains ((const char *const *) reminder->rules, rule->code) ||
        g_strv_contains ((const char *const *) reminder->kinds, kind))
      return reminder->steps;
  }
  return NULL;
}

/**
 * wb_practice_list_ages:
 * @rules: the rules
 *
 * Returns: (transfer none) (nullable) (element-type int): ages in days at which a case is pointed
 *   out
 */
GArray *
wb_practice_list_ages (const WbRules *rules)
{
  return rules->practice != NULL ? rules->practice->ages : NULL;
}

/**
 * wb_practice_find_escalation:
 * @rules: the rules
 * @type: type of a record
 * @field: one of its fields
 * @value: a code that it holds
 *
 * Returns: (transfer none) (nullable): the reason for urgency that this brings along
 */
const char *
wb_practice_find_escalation (const WbRules *rules,
                             const char *type,
                             const char *field,
                             const char *value)
{
  GPtrArray *list = rules->practice != NULL ? rules->practice->escalations : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const Escalation *escalation = list->pdata[i];

    if (strcmp (escalation->type, type) == 0 && strcmp (escalation->field, field) == 0 &&
        strcmp (escalation->value, value) == 0)
      return escalation->reason;
  }
  return NULL;
}

/**
 * wb_rules_propose_regime:
 * @rules: the rules
 * @person: the dates of a person's procedure
 * @zone: local time of the body
 *
 * Proposes by which rules a procedure around 12 June 2026 is judged (Reg. 2024/1348 art. 79(3)).
 * It is a proposal: a person chooses, and says why.
 *
 * Returns: (transfer none) (nullable): the proposal with its reason; %NULL where no date tells
 */
const WbRegimeProposal *
wb_rules_propose_regime (const WbRules *rules, JsonObject *person, const WbZone *zone)
{
  GPtrArray *list = rules->practice != NULL ? rules->practice->proposals : NULL;
  const WbFacts facts = { .rules = rules, .zone = zone, .record = person };

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const Proposal *proposal = list->pdata[i];

    if (wb_condition_ask (proposal->when, &facts) == WB_ANSWER_YES)
      return &proposal->shown;
  }
  return NULL;
}

/**
 * wb_rules_split_period:
 * @rules: the rules
 * @from: when it began
 * @until: when it ended
 * @ret_change: (out): first day of the new rules
 *
 * Returns: whether it lasted across the change, so that each side takes a period of its own
 */
gboolean
wb_rules_split_period (const WbRules *rules,
                       const WbMoment *from,
                       const WbMoment *until,
                       WbDate *ret_change)
{
  if (rules->practice == NULL || from->precision == WB_PRECISION_UNKNOWN ||
      until->precision == WB_PRECISION_UNKNOWN ||
      wb_date_compare (from->earliest_date, rules->practice->change) >= 0 ||
      wb_date_compare (until->latest_date, rules->practice->change) < 0)
    return FALSE;
  *ret_change = rules->practice->change;
  return TRUE;
}
