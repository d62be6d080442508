/* SPDX-License-Identifier: EUPL-1.2 */
/* Values as people read them: labels for codes, names for languages and countries, dates in words.
 * A value that does not fit its field is shown as it is written, never hidden. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-format.h"
#include "wb-json.h"

static char *
word_code (const WbModel *model, const char *code, WbLanguage language)
{
  const WbTerm *term = wb_model_find_term (model, code);

  return g_strdup (term != NULL ? term->label[language] : code);
}

static char *
word_text (const WbModel *model, const WbField *field, const char *text, WbLanguage language)
{
  WbDate date;

  if (field->type == WB_FIELD_CODE || field->type == WB_FIELD_CODES)
    return word_code (model, text, language);
  if (field->type == WB_FIELD_LANGUAGE || field->type == WB_FIELD_LANGUAGES)
    return wb_model_language_name (text, language);
  if (field->type == WB_FIELD_COUNTRY)
    return wb_model_country_name (text, language);
  if (field->type == WB_FIELD_DATE && wb_date_parse (text, &date, NULL))
    return wb_format_date (date, language);
  return g_strdup (text);
}

static char *
word_moment (JsonNode *value, const WbZone *zone, WbLanguage language)
{
  g_autoptr (WbMoment) moment = wb_moment_parse (value, zone, NULL);

  return moment != NULL ? wb_moment_to_words (moment, language) : json_to_string (value, FALSE);
}

static char *
word_list (const WbModel *model, const WbField *field, JsonArray *array, WbLanguage language)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *text = wb_json_node_text (element);
    g_autofree char *word =
        text != NULL ? word_text (model, field, text, language) : json_to_string (element, FALSE);

    /* Labels hold commas themselves. */
    g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", word);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* One line a term: "Concrete: wholly, who and where are told". */
static char *
word_terms (const WbModel *model, JsonObject *terms, WbLanguage language)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GList) codes = json_object_get_members (terms);

  for (GList *l = codes; l != NULL; l = l->next) {
    g_autofree char *label = word_code (model, l->data, language);
    g_autofree char *answer = NULL;
    const char *result, *note;

    wb_model_read_term (terms, l->data, &result, &note);
    if (result != NULL)
      answer = word_code (model, result, language);
    g_string_append_printf (words,
                            "%s%s%s%s%s%s",
                            words->len > 0 ? "\n" : "",
                            label,
                            answer != NULL || note != NULL ? ": " : "",
                            answer != NULL ? answer : "",
                            answer != NULL && note != NULL ? ", " : "",
                            note != NULL ? note : "");
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * wb_model_read_term:
 * @terms: a value of a field of type terms
 * @code: which term
 * @ret_result: (out) (transfer none) (nullable): code of the answer
 * @ret_note: (out) (transfer none) (nullable): the note; NULL where it is empty
 *
 * A term stands as a note alone or as {"result", "note"}; this reads either.
 */
void
wb_model_read_term (JsonObject *terms,
                    const char *code,
                    const char **ret_result,
                    const char **ret_note)
{
  JsonNode *node = json_object_get_member (terms, code);
  const char *note = wb_json_node_text (node);
  const char *result = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    result = wb_json_node_text (json_object_get_member (json_node_get_object (node), "result"));
    note = wb_json_node_text (json_object_get_member (json_node_get_object (node), "note"));
  }
  *ret_result = result;
  *ret_note = note != NULL && *note != '\0' ? note : NULL;
}

/**
 * wb_model_format_value:
 * @self: the model
 * @field: the field
 * @value: its value
 * @zone: of the body, for dates
 * @language: of the words
 *
 * Returns: (transfer full): the value as people read it; several lines for terms and long texts
 */
char *
wb_model_format_value (const WbModel *self,
                       const WbField *field,
                       JsonNode *value,
                       const WbZone *zone,
                       WbLanguage language)
{
  const char *text = wb_json_node_text (value);

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (wb_field_is_apart (field) && JSON_NODE_HOLDS_OBJECT (value) &&
      json_object_has_member (json_node_get_object (value), "sealed"))
    return word_code (self, "conf.sealed", language);
  if (field->type == WB_FIELD_MOMENT && (text != NULL || JSON_NODE_HOLDS_OBJECT (value)))
    return word_moment (value, zone, language);
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return word_code (self, json_node_get_boolean (value) ? "value.yes" : "value.no", language);
  if (JSON_NODE_HOLDS_ARRAY (value))
    return word_list (self, field, json_node_get_array (value), language);
  if (field->type == WB_FIELD_TERMS && JSON_NODE_HOLDS_OBJECT (value))
    return word_terms (self, json_node_get_object (value), language);
  if (text != NULL)
    return word_text (self, field, text, language);
  return json_to_string (value, FALSE);
}
