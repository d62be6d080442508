/* SPDX-License-Identifier: EUPL-1.2 */

/* Reading the case document and its words; whatever is missing reads as nothing. */
#include "wb-case-report-private.h"

#include "wb-time.h"

const char *
wb_case_report_word (const WbCaseReport *self, const char *key)
{
  return wb_words_get (self->words, self->language, key);
}

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

const char *
wb_case_report_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

const char *
wb_case_report_label (const WbCaseReport *self, JsonObject *object, const char *name)
{
  return wb_case_report_text (wb_case_report_object (object, name),
                              wb_language_code (self->language));
}

JsonObject *
wb_case_report_object (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
wb_case_report_array (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node)
                                                      : json_array_new ();
}

JsonObject *
wb_case_report_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

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
