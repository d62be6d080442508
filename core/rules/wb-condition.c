/* SPDX-License-Identifier: EUPL-1.2 */

/* Conditions on the fields of a record, of its case, on the profile and on the start of a clock.
 * What is not known answers "unknown": then no clock starts, and none is cancelled. */
#include "wb-condition-private.h"

#include <string.h>

#include "wb-i18n.h"
#include "wb-json.h"

#define DEPTH_MAX 8 /* ours go to 4 */

typedef enum {
  TEST_ALL,
  TEST_ANY,
  TEST_NOT,
  TEST_IS,
  TEST_SET,
  TEST_FROM,
  TEST_BEFORE,
  TEST_WITHIN
} Test;
typedef enum {
  OPERAND_FIELD,
  OPERAND_CASE,
  OPERAND_BODY,
  OPERAND_LINK,
  OPERAND_PROFILE,
  OPERAND_START
} Operand;

struct _WbCondition {
  Test test;
  GPtrArray *parts; /* (element-type WbCondition) of all, any, not */
  Operand operand;
  char *name;        /* of the field */
  char *link;        /* (nullable): field of the record that points at the one with @name */
  GPtrArray *values; /* (element-type utf8) of is; true and false as these words */
  gboolean want;     /* of set */
  gboolean of_start; /* from, before: measured against the start of the clock, */
  WbDate date;       /* else against this day */
  char *rule;        /* of within */
};

static WbCondition *load (JsonNode *node,
                          JsonObject *guards,
                          const WbPlace *place,
                          guint depth,
                          GError **error);

static WbCondition *
new_condition (void)
{
  WbCondition *self = g_new0 (WbCondition, 1);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_condition_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
wb_condition_free (WbCondition *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->name);
  g_free (self->link);
  g_free (self->rule);
  g_free (self);
}

static gboolean
add_part (WbCondition *self,
          JsonNode *node,
          JsonObject *guards,
          const WbPlace *place,
          guint depth,
          GError **error)
{
  WbCondition *part = load (node, guards, place, depth + 1, error);

  if (part != NULL)
    g_ptr_array_add (self->parts, part);
  return part != NULL;
}

static gboolean
add_parts (WbCondition *self,
           JsonNode *node,
           JsonObject *guards,
           const WbPlace *place,
           guint depth,
           GError **error)
{
  JsonArray *array = wb_shape_array (node, place, error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *pointer = wb_shape_join_index (place->pointer, i);
    const WbPlace here = { place->file, pointer };

    if (!add_part (self, json_array_get_element (array, i), guards, &here, depth, error))
      return FALSE;
  }
  return TRUE;
}

/* A text, true or false as a word; NULL for anything else. */
static char *
dup_value (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return NULL;
}

static gboolean
add_value (WbCondition *self, JsonNode *node, const WbPlace *place, GError **error)
{
  char *value = dup_value (node);

  if (value == NULL)
    return wb_shape_refuse (place, _ ("a text, true or false is needed here."), error);
  g_ptr_array_add (self->values, value);
  return TRUE;
}

static gboolean
read_values (WbCondition *self, JsonNode *node, const WbPlace *place, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return add_value (self, node, place, error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_value (self, json_array_get_element (array, i), place, error))
      return FALSE;
  return self->values->len > 0 || wb_shape_refuse (place, _ ("the list is empty."), error);
}

static gboolean
read_date (WbCondition *self, JsonNode *node, const WbPlace *place, GError **error)
{
  const char *text = wb_shape_text (node, place, error);

  if (text == NULL)
    return FALSE;
  self->of_start = strcmp (text, "start") == 0;
  return self->of_start || wb_date_parse (text, &self->date, NULL) ||
         wb_shape_refuse (place, _ ("a date YYYY-MM-DD or \"start\" is needed here."), error);
}

static gboolean
read_rule (WbCondition *self, JsonNode *node, const WbPlace *place, GError **error)
{
  const char *text = wb_shape_text (node, place, error);

  self->rule = g_strdup (text);
  return text != NULL;
}

static gboolean
read_test (WbCondition *self, JsonObject *object, const WbPlace *place, GError **error)
{
  JsonNode *node;

  if ((node = json_object_get_member (object, "is")) != NULL) {
    self->test = TEST_IS;
    return read_values (self, node, place, error);
  }
  if (json_object_has_member (object, "set")) {
    self->test = TEST_SET;
    return wb_shape_boolean (object, place, "set", &self->want, error);
  }
  if ((node = json_object_get_member (object, "from")) != NULL) {
    self->test = TEST_FROM;
    return read_date (self, node, place, error);
  }
  if ((node = json_object_get_member (object, "before")) != NULL) {
    self->test = TEST_BEFORE;
    return read_date (self, node, place, error);
  }
  if ((node = json_object_get_member (object, "within")) != NULL) {
    self->test = TEST_WITHIN;
    return read_rule (self, node, place, error);
  }
  return wb_shape_refuse (place,
                          _ ("one of is, set, from, before and within is needed here."),
                          error);
}

/* "person.minor": the field minor of the record that the field person points at. */
static gboolean
read_link (WbCondition *self, const char *text, const WbPlace *place, GError **error)
{
  const char *dot = strchr (text, '.');

  if (dot == NULL || dot == text || dot[1] == '\0')
    return wb_shape_refuse (place, _ ("a link is written as \"field.field\"."), error);
  self->link = g_strndup (text, (gsize) (dot - text));
  self->name = g_strdup (dot + 1);
  return TRUE;
}

static gboolean
read_operand (WbCondition *self, JsonObject *object, const WbPlace *place, GError **error)
{
  static const char *const members[] = { "field", "case", "body", "link" };
  static const Operand operands[] = { OPERAND_FIELD, OPERAND_CASE, OPERAND_BODY, OPERAND_LINK };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    JsonNode *node = json_object_get_member (object, members[i]);
    const char *name;

    if (node == NULL)
      continue;
    self->operand = operands[i];
    name = wb_shape_text (node, place, error);
    if (name == NULL)
      return FALSE;
    if (self->operand == OPERAND_LINK)
      return read_link (self, name, place, error);
    self->name = g_strdup (name);
    return TRUE;
  }
  self->operand = json_object_has_member (object, "profile") ? OPERAND_PROFILE : OPERAND_START;
  return json_object_has_member (object, "profile") || json_object_has_member (object, "start") ||
         wb_shape_refuse (place,
                          _ ("one of field, case, body, link, profile and start is needed here."),
                          error);
}

/* One operand and one test, and nothing else. */
static gboolean
read_leaf (WbCondition *self, JsonObject *object, const WbPlace *place, GError **error)
{
  static const char *const members[] = { "field", "case", "body", "link",   "profile", "start",
                                         "is",    "set",  "from", "before", "within",  NULL };

  if (!wb_shape_only (object, place, members, error))
    return FALSE;
  if (json_object_get_size (object) != 2)
    return wb_shape_refuse (place, _ ("a condition has one operand and one test."), error);
  return read_operand (self, object, place, error) && read_test (self, object, place, error);
}

static gboolean
read_condition (WbCondition *self,
                JsonObject *object,
                JsonObject *guards,
                const WbPlace *place,
                guint depth,
                GError **error)
{
  static const struct {
    const char *member;
    Test test;
  } joins[] = { { "all", TEST_ALL }, { "any", TEST_ANY }, { "not", TEST_NOT } };

  for (guint i = 0; i < G_N_ELEMENTS (joins); i++) {
    JsonNode *node = json_object_get_member (object, joins[i].member);
    g_autofree char *pointer = NULL;

    if (node == NULL)
      continue;
    if (json_object_get_size (object) != 1)
      return wb_shape_refuse (place, _ ("all, any and not stand alone."), error);
    self->test = joins[i].test;
    pointer = wb_shape_join (place->pointer, joins[i].member);
    if (self->test == TEST_NOT)
      return add_part (self, node, guards, &(WbPlace){ place->file, pointer }, depth, error);
    return add_parts (self, node, guards, &(WbPlace){ place->file, pointer }, depth, error);
  }
  return read_leaf (self, object, place, error);
}

/* A name of a guard; a guard itself may name no other, so that none goes round in a circle. */
static WbCondition *
load_guard (const char *name, JsonObject *guards, const WbPlace *place, guint depth, GError **error)
{
  JsonNode *node = guards != NULL ? json_object_get_member (guards, name) : NULL;
  g_autofree char *pointer = g_strconcat ("/guards/", name, NULL);

  if (node == NULL) {
    g_autofree char *what = g_strdup_printf (_ ("no guard is called \"%s\"."), name);

    wb_shape_refuse (place, what, error);
    return NULL;
  }
  return load (node, NULL, &(WbPlace){ place->file, pointer }, depth + 1, error);
}

static WbCondition *
load (JsonNode *node, JsonObject *guards, const WbPlace *place, guint depth, GError **error)
{
  g_autoptr (WbCondition) self = NULL;
  JsonObject *object;

  if (depth > DEPTH_MAX) {
    wb_shape_refuse (place, _ ("conditions are nested too deeply."), error);
    return NULL;
  }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return load_guard (json_node_get_string (node), guards, place, depth, error);
  object = wb_shape_object (node, place, error);
  if (object == NULL)
    return NULL;
  self = new_condition ();
  if (!read_condition (self, object, guards, place, depth, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wb_condition_load:
 * @node: a condition, or a list of which all must hold
 * @guards: (nullable): conditions by name
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer full): the condition; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbCondition *
wb_condition_load (JsonNode *node, JsonObject *guards, const WbPlace *place, GError **error)
{
  g_autoptr (WbCondition) self = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return load (node, guards, place, 0, error);
  self = new_condition ();
  self->test = TEST_ALL;
  if (!add_parts (self, node, guards, place, 0, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
is_empty (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
         json_node_get_string (node)[0] == '\0';
}

/**
 * wb_facts_get:
 * @object: (nullable): fields of a record
 * @field: name of one
 *
 * Returns: (transfer none) (nullable): its value; %NULL where there is none or it is empty
 */
JsonNode *
wb_facts_get (JsonObject *object, const char *field)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, field) : NULL;

  return node == NULL || is_empty (node) ? NULL : node;
}

/**
 * wb_facts_get_text:
 * @object: (nullable): fields of a record
 * @field: name of one
 *
 * Returns: (transfer none) (nullable): what was filled in; %NULL where it is no text
 */
const char *
wb_facts_get_text (JsonObject *object, const char *field)
{
  return wb_json_node_text (wb_facts_get (object, field));
}

/**
 * wb_facts_get_moment:
 * @object: (nullable): fields of a record
 * @field: name of one
 * @zone: local time of the body
 *
 * Returns: (transfer full) (nullable): when that was; %NULL where it is not known at all
 */
WbMoment *
wb_facts_get_moment (JsonObject *object, const char *field, const WbZone *zone)
{
  JsonNode *node = wb_facts_get (object, field);
  g_autoptr (WbMoment) moment = node != NULL ? wb_moment_parse (node, zone, NULL) : NULL;

  if (moment == NULL || moment->precision == WB_PRECISION_UNKNOWN)
    return NULL;
  return g_steal_pointer (&moment);
}

static JsonObject *
get_object (const WbCondition *self, const WbFacts *facts)
{
  switch (self->operand) {
  case OPERAND_CASE:
    return facts->of_case;
  case OPERAND_BODY:
    return facts->body;
  case OPERAND_LINK:
    return facts->linked != NULL ? g_hash_table_lookup (facts->linked, self->link) : NULL;
  case OPERAND_FIELD:
  case OPERAND_PROFILE:
  case OPERAND_START:
  default:
    return facts->record;
  }
}

static gboolean
is_among (const WbCondition *self, const char *value)
{
  for (guint i = 0; value != NULL && i < self->values->len; i++)
    if (strcmp (self->values->pdata[i], value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_node_among (const WbCondition *self, JsonNode *node)
{
  g_autofree char *value = dup_value (node);

  return is_among (self, value);
}

static WbAnswer
ask_is (const WbCondition *self, const WbFacts *facts)
{
  JsonNode *node;
  JsonArray *array;

  if (self->operand == OPERAND_PROFILE)
    return facts->profile == NULL ? WB_ANSWER_UNKNOWN : (WbAnswer) is_among (self, facts->profile);
  node = wb_facts_get (get_object (self, facts), self->name);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return node != NULL && is_node_among (self, node) ? WB_ANSWER_YES : WB_ANSWER_NO;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (is_node_among (self, json_array_get_element (array, i)))
      return WB_ANSWER_YES;
  return WB_ANSWER_NO;
}

/* The first and the last day that the operand can have been. */
static gboolean
find_days (const WbCondition *self, const WbFacts *facts, WbDate *ret_first, WbDate *ret_last)
{
  g_autoptr (WbMoment) moment = NULL;

  if (self->operand == OPERAND_START) {
    *ret_first = *ret_last = facts->start;
    return facts->has_start;
  }
  moment = wb_facts_get_moment (get_object (self, facts), self->name, facts->zone);
  if (moment == NULL)
    return FALSE;
  *ret_first = moment->earliest_date;
  *ret_last = moment->latest_date;
  return TRUE;
}

/* An imprecise moment passes where it can have been so. */
static WbAnswer
ask_date (const WbCondition *self, const WbFacts *facts)
{
  WbDate first, last;
  WbDate than = self->of_start ? facts->start : self->date;

  if (self->of_start && !facts->has_start)
    return WB_ANSWER_UNKNOWN;
  if (!find_days (self, facts, &first, &last))
    return WB_ANSWER_NO;
  return (WbAnswer) (self->test == TEST_FROM ? wb_date_compare (last, than) >= 0
                                             : wb_date_compare (first, than) < 0);
}

/* Whether it came before the end of another rule's period from the same start. A period that is
 * suspended has not ended. */
static WbAnswer
ask_within (const WbCondition *self, const WbFacts *facts)
{
  g_autoptr (WbMoment) moment =
      wb_facts_get_moment (get_object (self, facts), self->name, facts->zone);
  const WbRule *rule = wb_rules_find (facts->rules, self->rule);
  g_autoptr (WbDue) due = NULL;
  gboolean paused = FALSE;

  if (moment == NULL)
    return WB_ANSWER_NO;
  if (!facts->has_start || rule == NULL)
    return WB_ANSWER_UNKNOWN;
  due = wb_facts_measure (facts, rule, &paused);
  if (due == NULL)
    return paused ? WB_ANSWER_YES : WB_ANSWER_UNKNOWN;
  return (WbAnswer) (moment->earliest < due->end);
}

static WbAnswer
ask_leaf (const WbCondition *self, const WbFacts *facts)
{
  if ((self->operand == OPERAND_CASE && facts->of_case == NULL) ||
      (self->operand == OPERAND_LINK && facts->linked == NULL))
    return WB_ANSWER_UNKNOWN;
  switch (self->test) {
  case TEST_IS:
    return ask_is (self, facts);
  case TEST_SET:
    return (WbAnswer) ((wb_facts_get (get_object (self, facts), self->name) != NULL) == self->want);
  case TEST_WITHIN:
    return ask_within (self, facts);
  case TEST_FROM:
  case TEST_BEFORE:
  case TEST_ALL:
  case TEST_ANY:
  case TEST_NOT:
  default:
    return ask_date (self, facts);
  }
}

/* all: the first "no" decides; any: the first "yes"; else unknown spoils it. */
static WbAnswer
ask_parts (const WbCondition *self, const WbFacts *facts, WbAnswer decisive)
{
  gboolean is_unknown = FALSE;

  for (guint i = 0; i < self->parts->len; i++) {
    WbAnswer answer = wb_condition_ask (self->parts->pdata[i], facts);

    if (answer == decisive)
      return decisive;
    is_unknown = is_unknown || answer == WB_ANSWER_UNKNOWN;
  }
  if (is_unknown)
    return WB_ANSWER_UNKNOWN;
  return decisive == WB_ANSWER_NO ? WB_ANSWER_YES : WB_ANSWER_NO;
}

/**
 * wb_condition_ask:
 * @self: (nullable): a condition; %NULL always holds
 * @facts: what is known
 *
 * Returns: whether it holds
 */
WbAnswer
wb_condition_ask (const WbCondition *self, const WbFacts *facts)
{
  WbAnswer answer;

  if (self == NULL)
    return WB_ANSWER_YES;
  if (self->test == TEST_ALL)
    return ask_parts (self, facts, WB_ANSWER_NO);
  if (self->test == TEST_ANY)
    return ask_parts (self, facts, WB_ANSWER_YES);
  if (self->test != TEST_NOT)
    return ask_leaf (self, facts);
  answer = wb_condition_ask (self->parts->pdata[0], facts);
  return answer == WB_ANSWER_UNKNOWN ? answer
         : answer == WB_ANSWER_NO    ? WB_ANSWER_YES
                                     : WB_ANSWER_NO;
}

/**
 * wb_condition_list_fields:
 * @self: (nullable): a condition
 * @of: which fields to list
 * @fields: (element-type utf8): gets the names of the fields that it looks at; of links
 * "field.field"
 */
void
wb_condition_list_fields (const WbCondition *self, WbFieldsOf of, GPtrArray *fields)
{
  static const Operand operands[] = { OPERAND_FIELD, OPERAND_CASE, OPERAND_LINK, OPERAND_BODY };

  if (self == NULL)
    return;
  if (self->operand == operands[of] && self->name != NULL)
    g_ptr_array_add (fields,
                     self->link != NULL ? g_strconcat (self->link, ".", self->name, NULL)
                                        : g_strdup (self->name));
  for (guint i = 0; i < self->parts->len; i++)
    wb_condition_list_fields (self->parts->pdata[i], of, fields);
}

/**
 * wb_condition_find_unknown_rule:
 * @self: (nullable): a condition
 * @rules: the rules
 *
 * Returns: (transfer none) (nullable): code of a rule that it measures against and that is not
 *   among @rules or has no length
 */
const char *
wb_condition_find_unknown_rule (const WbCondition *self, const WbRules *rules)
{
  const WbRule *rule;
  const char *unknown = NULL;

  if (self == NULL)
    return NULL;
  rule = wb_rules_find (rules, self->rule);
  if (self->rule != NULL && (rule == NULL || !rule->has_period))
    return self->rule;
  for (guint i = 0; unknown == NULL && i < self->parts->len; i++)
    unknown = wb_condition_find_unknown_rule (self->parts->pdata[i], rules);
  return unknown;
}
