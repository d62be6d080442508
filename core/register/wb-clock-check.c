/* SPDX-License-Identifier: EUPL-1.2 */

/* What may be asked of a clock, and which choices need a reason: the rules of the clocks that a
 * person's act must keep to before it is logged. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

static gboolean
refuse (GError **error, const char *what, const char *rule, const char *basis)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, _ ("%s (rule %s, %s)"), what, rule, basis);
  return FALSE;
}

static gboolean
check_extension (WbRegister *self, const WbRule *rule, JsonObject *fields, GError **error)
{
  const WbExtension *allowed = wb_practice_find_extension (self->rules, rule->code);
  JsonNode *length = json_object_get_member (fields, "length");
  const char *basis = wb_rule_get_basis (rule, wb_language_current ());

  if (allowed == NULL)
    return refuse (error,
                   _ ("This time limit cannot be extended by hand: fill in what the law asks for "
                      "it in the record itself."),
                   "clockact.extend",
                   basis);
  if (length != NULL && JSON_NODE_HOLDS_VALUE (length) &&
      json_node_get_value_type (length) == G_TYPE_INT64 &&
      (json_node_get_int (length) < 1 || json_node_get_int (length) > allowed->length))
    return refuse (error,
                   _ ("This is a longer extension than the rule allows."),
                   "clockact.extend",
                   basis);
  return TRUE;
}

/* A date that rests on consent is nothing without the document. */
static gboolean
check_date (const WbRule *rule, JsonObject *fields, GError **error)
{
  const char *basis = wb_rule_get_basis (rule, wb_language_current ());

  if (wb_json_get_text (fields, "until") == NULL && wb_json_get_text (fields, "from") == NULL)
    return refuse (error, _ ("Give the date, or the day it starts."), "clockact.date", basis);
  if (strcmp (rule->code, "awb.9_11_3") == 0 && wb_json_get_text (fields, "document") == NULL)
    return refuse (error,
                   _ ("Further delay needs the document in which the complainant consents."),
                   "clockact.date",
                   basis);
  return TRUE;
}

static gboolean
check_clock_act (WbRegister *self, JsonObject *fields, GError **error)
{
  const char *code = wb_json_get_text (fields, "rule"),
             *action = wb_json_get_text (fields, "action");
  const WbRule *rule = wb_rules_find (self->rules, code);
  const char *of = wb_json_get_text (fields, "record");
  g_autoptr (WbRecordRow) row = of != NULL ? wb_register_find_row (self, of, error) : NULL;

  if (of != NULL && row == NULL)
    return FALSE;
  if (rule == NULL || row == NULL || !wb_rules_has_clock (self->rules, code, row->type)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("That record has no clock of the rule “%.40s”."),
                 code != NULL ? code : "");
    return FALSE;
  }
  if (g_strcmp0 (action, "clockact.extend") == 0)
    return check_extension (self, rule, fields, error);
  return g_strcmp0 (action, "clockact.date") != 0 || check_date (rule, fields, error);
}

/* Own targets, and the ages of what has no length, are the body's to set; the law is not. */
static gboolean
check_target (WbRegister *self, JsonObject *fields, GError **error)
{
  const char *code = wb_json_get_text (fields, "rule");
  const WbRule *rule = code != NULL ? wb_rules_find (self->rules, code) : NULL;

  if (!json_object_has_member (fields, "rule") ||
      (rule != NULL &&
       (rule->kind == WB_KIND_POLICY || (!rule->has_period && strcmp (rule->bound, "body") == 0))))
    return TRUE;
  return refuse (error,
                 _ ("Only an own target of the body can be given another length: name a rule that "
                    "begins with “pol.” or has no length in the law."),
                 "target.own",
                 "OB-05");
}

/* The dates that the regime is proposed from: the person's own, or those of the person named. */
static JsonObject *
load_person (WbRegister *self, const char *type, JsonObject *before, JsonObject *fields)
{
  const char *person = wb_json_get_text (fields, "person");
  g_autoptr (WbRecordRow) row = NULL;
  JsonObject *values;

  if (strcmp (type, "person") == 0) {
    values = json_object_new ();
    wb_doc_overlay (values, before);
    wb_doc_overlay (values, fields);
    return values;
  }
  if (person == NULL)
    person = wb_json_get_text (before, "person");
  row = person != NULL ? wb_register_find_row (self, person, NULL) : NULL;
  return row != NULL ? wb_register_load_values (self, row->id, NULL) : NULL;
}

/* Where the dates do not decide, or the choice departs from them, somebody says why. */
static gboolean
check_regime (WbRegister *self,
              const char *type,
              JsonObject *before,
              JsonObject *fields,
              const char *reason,
              GError **error)
{
  const char *chosen = wb_json_get_text (fields, "regime");
  g_autoptr (JsonObject) person = NULL;
  const WbRegimeProposal *proposal;
  g_autofree char *what = NULL;

  if (chosen == NULL || strcmp (chosen, "regime.ask") == 0)
    return TRUE;
  person = load_person (self, type, before, fields);
  proposal = person != NULL ? wb_rules_propose_regime (self->rules, person, self->zone) : NULL;
  if (proposal == NULL || strcmp (proposal->regime, chosen) == 0 ||
      (reason != NULL && *reason != '\0') || wb_json_get_text (fields, "regime_reason") != NULL ||
      wb_json_get_text (before, "regime_reason") != NULL)
    return TRUE;
  what = g_strdup_printf (_ ("Say why this regime is chosen: the dates point elsewhere (%s)."),
                          proposal->text[wb_language_current ()]);
  return refuse (error, what, "regime.reason", _ ("OB-48; Reg. 2024/1348 art. 79(3)"));
}

/**
 * wb_register_check_clocks:
 * @self: an open register
 * @type: type of the record that an act makes or changes
 * @before: (nullable): its present fields
 * @fields: the fields that the act sets
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule that refuses
 *
 * Returns: whether the act keeps to the rules of the clocks
 */
gboolean
wb_register_check_clocks (WbRegister *self,
                          const char *type,
                          JsonObject *before,
                          JsonObject *fields,
                          const char *reason,
                          GError **error)
{
  if (strcmp (type, "clockact") == 0 && before == NULL)
    return check_clock_act (self, fields, error);
  if (strcmp (type, "target") == 0)
    return check_target (self, fields, error);
  return check_regime (self, type, before, fields, reason, error);
}

static gboolean
holds (JsonArray *array, const char *code)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), code) == 0)
      return TRUE;
  return FALSE;
}

static void
add_reason (JsonObject *fields, JsonObject *before, const char *code)
{
  JsonNode *node = json_object_get_member (fields, "urgency_reasons");
  g_autoptr (JsonNode) copy = NULL;
  JsonArray *array;

  if (node == NULL && before != NULL)
    node = json_object_get_member (before, "urgency_reasons");
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    if (holds (json_node_get_array (node), code))
      return;
    copy = json_node_copy (node);
  }
  array = json_array_new ();
  for (guint i = 0; copy != NULL && i < json_array_get_length (json_node_get_array (copy)); i++)
    json_array_add_string_element (array,
                                   json_array_get_string_element (json_node_get_array (copy), i));
  json_array_add_string_element (array, code);
  json_object_set_array_member (fields, "urgency_reasons", array);
}

/**
 * wb_register_escalate:
 * @self: an open register
 * @type: type of the record
 * @fields: the fields that an act sets; gets the reasons for urgency that they bring along
 * @before: (nullable): its present fields
 *
 * A reprisal makes a case urgent (OB-17), whoever thought of it or not.
 */
void
wb_register_escalate (WbRegister *self, const char *type, JsonObject *fields, JsonObject *before)
{
  g_autoptr (GList) names = json_object_get_members (fields);

  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (fields, l->data);
    JsonArray *codes;

    if (!JSON_NODE_HOLDS_ARRAY (node))
      continue;
    codes = json_array_ref (json_node_get_array (node));
    for (guint i = 0; i < json_array_get_length (codes); i++) {
      JsonNode *item = json_array_get_element (codes, i);
      const char *reason =
          JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING
              ? wb_practice_find_escalation (self->rules,
                                             type,
                                             l->data,
                                             json_node_get_string (item))
              : NULL;

      if (reason != NULL)
        add_reason (fields, before, reason);
    }
    json_array_unref (codes);
  }
}
