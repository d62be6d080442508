/* SPDX-License-Identifier: EUPL-1.2 */

/* Reading the case document and its words; whatever is missing reads as nothing. */
#include "wb-case-report-private.h"

#include "wb-time.h"

/**
 * wb_case_report_word:
 * @self: a report
 * @key: in resources/report/words.tsv
 *
 * Returns: (transfer none): the word in the report's language; @key where there is none
 */
const char *
wb_case_report_word (const WbCaseReport *self, const char *key)
{
  return wb_words_get (self->words, self->language, key);
}

/**
 * wb_case_report_word_of:
 * @self: a report
 * @prefix: such as "kind"
 * @code: such as "law"
 *
 * Returns: (transfer none): the word for a code; @code where there is none
 */
const char *
wb_case_report_word_of (const WbCaseReport *self, const char *prefix, const char *code)
{
  g_autofree char *key = g_strconcat (prefix, ".", code, NULL);
  const char *word = wb_words_get (self->words, self->language, key);

  /* The table gives back the key where it has no word; this key ends with the function. */
  return g_str_equal (word, key) ? code : word;
}

/**
 * wb_case_report_section:
 * @self: a report
 * @key: of its heading in the words
 *
 * Begins the next numbered section.
 */
void
wb_case_report_section (WbCaseReport *self, const char *key)
{
  g_autofree char *text =
      g_strdup_printf ("%u  %s", ++self->section, wb_case_report_word (self, key));

  wb_report_page_section (self->page, text);
}

static JsonNode *
get_member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

/**
 * wb_case_report_text:
 * @object: (nullable): a JSON object
 * @name: of a member
 *
 * Returns: (transfer none): its text; "" where it is missing, null or no text
 */
const char *
wb_case_report_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

/**
 * wb_case_report_label:
 * @self: a report
 * @object: (nullable): a JSON object
 * @name: of a member {"nl": …, "en": …}
 *
 * Returns: (transfer none): its text in the report's language, or ""
 */
const char *
wb_case_report_label (const WbCaseReport *self, JsonObject *object, const char *name)
{
  return wb_case_report_text (wb_case_report_object (object, name),
                              wb_language_code (self->language));
}

/**
 * wb_case_report_object:
 * @object: (nullable): a JSON object
 * @name: of a member
 *
 * Returns: (transfer none) (nullable): that member where it is an object
 */
JsonObject *
wb_case_report_object (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * wb_case_report_array:
 * @object: (nullable): a JSON object
 * @name: of a member
 *
 * Returns: (transfer full): that member; an empty array where it is none
 */
JsonArray *
wb_case_report_array (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node)
                                                      : json_array_new ();
}

/**
 * wb_case_report_element:
 * @array: a JSON array
 * @i: index of an element
 *
 * Returns: (transfer none) (nullable): that element where it is an object
 */
JsonObject *
wb_case_report_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * wb_case_report_number:
 * @object: (nullable): a JSON object
 * @name: of a member
 *
 * Returns: its whole number; 0 where it is none
 */
gint64
wb_case_report_number (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return json_node_get_int (node);
}

/**
 * wb_case_report_when:
 * @self: a report
 * @text: YYYY-MM-DD or RFC 3339
 *
 * Returns: (transfer full): the same in the body's time zone, as people read it
 */
char *
wb_case_report_when (const WbCaseReport *self, const char *text)
{
  WbDate date;
  WbInstant instant;

  if (wb_date_parse (text, &date, NULL))
    return wb_format_date (date, self->language);
  if (wb_instant_parse (text, &instant, NULL))
    return wb_format_instant (instant, self->zone, self->language);
  return g_strdup (text);
}
