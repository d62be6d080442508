/* SPDX-License-Identifier: EUPL-1.2 */
/* Judges values against their fields: shape, limits, vocabulary, dates. Every refusal is one
 * sentence that begins with the field's label and never repeats the value. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-uuid.h"

#define WORD_MAX 64

static gboolean
refuse (const WbField *field, GError **error, const char *what)
{
  /* TRANSLATORS: the label of a field, then what is wrong with its value. */
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("“%s”: %s"),
               field->label[wb_language_current ()],
               what);
  return FALSE;
}

static const char *
get_text (JsonNode *value)
{
  return json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
}

static gboolean
has_control (const char *text, gboolean one_line)
{
  for (const char *p = text; *p != '\0'; p++) {
    guchar c = (guchar) *p;

    if (c == 0x7f || (c < 0x20 && c != '\t' && (one_line || (c != '\n' && c != '\r'))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_text (const WbField *field, const char *text, gboolean one_line, GError **error)
{
  gsize size;

  if (text == NULL)
    return refuse (field, error, _ ("write text here."));
  size = strlen (text);
  if (size > WB_MODEL_TEXT_MAX)
    return refuse (field, error, _ ("the text is too long: attach it as a document instead."));
  if (one_line && size > WB_MODEL_LINE_MAX)
    return refuse (field, error, _ ("the text is too long for one line: shorten it."));
  if (has_control (text, one_line))
    return refuse (field,
                   error,
                   one_line ? _ ("write one line, without line breaks or control characters.")
                            : _ ("the text holds control characters: remove them."));
  return TRUE;
}

static gboolean
check_code (const WbModel *model,
            const WbField *field,
            const char *vocabulary,
            const char *code,
            GError **error)
{
  const WbTerm *term = wb_model_find_term (model, code);
  g_autofree char *what = NULL;

  if (term != NULL && strcmp (term->vocabulary, vocabulary) == 0)
    return TRUE;
  what = g_strdup_printf (_ ("choose a code from the list “%s”."), vocabulary);
  return refuse (field, error, what);
}

/* NL-INSP-2026-0001, NL-INSP-2026-0001/A-1, A-1: only the letters, digits and signs of one. */
static gboolean
is_reference (const char *text)
{
  gsize length = strlen (text);
  gboolean digit = FALSE;

  if (length < 3 || length > WORD_MAX || !g_ascii_isupper (text[0]))
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]) && strchr ("-/", text[i]) == NULL)
      return FALSE;
    digit = g_ascii_isdigit (text[i]);
  }
  return digit;
}

static gboolean
check_record (const WbField *field, const char *text, GError **error)
{
  gboolean handle = text != NULL && text[0] == '@' && text[1] != '\0' && strlen (text) <= WORD_MAX;

  if (handle || (text != NULL && (wb_uuid_is_valid (text) || is_reference (text))))
    return TRUE;
  return refuse (field, error, _ ("give the reference of a record, such as P-1."));
}

static gboolean
check_language (const WbField *field, const char *code, GError **error)
{
  if (code != NULL && wb_iso_is_language (code))
    return TRUE;
  return refuse (field, error, _ ("give the language as three letters of ISO 639-3, such as tir."));
}

static gboolean
check_country (const WbField *field, const char *code, GError **error)
{
  if (code != NULL && wb_iso_is_country (code))
    return TRUE;
  return refuse (field,
                 error,
                 _ ("give the country as three capitals of ISO 3166-1, such as ERI."));
}

/* The sentence of a date that cannot be, after the field's label. */
static gboolean
prefix_label (const WbField *field, GError **error)
{
  g_prefix_error (error, _ ("“%s”: "), field->label[wb_language_current ()]);
  return FALSE;
}

static gboolean
check_moment (const WbField *field, JsonNode *value, const WbZone *zone, GError **error)
{
  g_autoptr (WbMoment) moment = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (value) && get_text (value) == NULL)
    return refuse (field, error, _ ("give a date, such as 2026-07 or 2026-07-18T20:15."));
  moment = wb_moment_parse (value, zone, error);
  return moment != NULL || prefix_label (field, error);
}

static gboolean
check_date (const WbField *field, const char *text, GError **error)
{
  WbDate date;

  if (text == NULL)
    return refuse (field, error, _ ("give a date, such as 2026-07-18."));
  return wb_date_parse (text, &date, error) || prefix_label (field, error);
}

static gboolean
check_integer (const WbField *field, JsonNode *value, GError **error)
{
  gint64 number;

  if (json_node_get_value_type (value) != G_TYPE_INT64)
    return refuse (field, error, _ ("give a whole number."));
  number = json_node_get_int (value);
  if (number < field->minimum || number > field->maximum)
    return refuse (field, error, _ ("this number is too small or too large."));
  return TRUE;
}

/* A note, or {"result": code, "note": text}. */
static gboolean
check_term (const WbModel *model, const WbField *field, JsonNode *value, GError **error)
{
  static const char *const allowed[] = { "result", "note", NULL };
  JsonObject *object;
  g_autoptr (GList) members = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return check_text (field, get_text (value), FALSE, error);
  object = json_node_get_object (value);
  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (field->results == NULL || !g_strv_contains (allowed, l->data))
      return refuse (field, error, _ ("a criterion holds a result and a note, nothing else."));
  if (json_object_has_member (object, "note") &&
      !check_text (field, get_text (json_object_get_member (object, "note")), FALSE, error))
    return FALSE;
  return !json_object_has_member (object, "result") ||
         check_code (model,
                     field,
                     field->results,
                     get_text (json_object_get_member (object, "result")),
                     error);
}

static gboolean
check_terms (const WbModel *model, const WbField *field, JsonNode *value, GError **error)
{
  g_autoptr (GList) codes = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return refuse (field, error, _ ("give codes, each with a note."));
  object = json_node_get_object (value);
  if (json_object_get_size (object) > WB_MODEL_LIST_MAX)
    return refuse (field, error, _ ("the list is too long."));
  codes = json_object_get_members (object);
  for (GList *l = codes; l != NULL; l = l->next)
    if (!check_code (model, field, field->vocabulary, l->data, error) ||
        !check_term (model, field, json_object_get_member (object, l->data), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_element (const WbModel *model, const WbField *field, const char *text, GError **error)
{
  if (field->type == WB_FIELD_CODES)
    return check_code (model, field, field->vocabulary, text, error);
  if (field->type == WB_FIELD_RECORDS)
    return check_record (field, text, error);
  return check_language (field, text, error);
}

static gboolean
check_list (const WbModel *model, const WbField *field, JsonNode *value, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return refuse (field, error, _ ("give a list."));
  array = json_node_get_array (value);
  if (json_array_get_length (array) > WB_MODEL_LIST_MAX)
    return refuse (field, error, _ ("the list is too long."));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    const char *text = get_text (json_array_get_element (array, i));

    if (!check_element (model, field, text, error))
      return FALSE;
    if (!g_hash_table_add (seen, (gpointer) text))
      return refuse (field, error, _ ("the list holds something twice: keep one."));
  }
  return TRUE;
}

static gboolean
check_boolean (const WbField *field, JsonNode *value, GError **error)
{
  return json_node_get_value_type (value) == G_TYPE_BOOLEAN ||
         refuse (field, error, _ ("answer true or false."));
}

gboolean
wb_field_check_value (const WbModel *model,
                      const WbField *field,
                      JsonNode *value,
                      const WbZone *zone,
                      GError **error)
{
  switch (field->type) {
  case WB_FIELD_TEXT:
    return check_text (field, get_text (value), TRUE, error);
  case WB_FIELD_LONGTEXT:
    return check_text (field, get_text (value), FALSE, error);
  case WB_FIELD_CODE:
    return check_code (model, field, field->vocabulary, get_text (value), error);
  case WB_FIELD_CODES:
  case WB_FIELD_RECORDS:
  case WB_FIELD_LANGUAGES:
    return check_list (model, field, value, error);
  case WB_FIELD_MOMENT:
    return check_moment (field, value, zone, error);
  case WB_FIELD_DATE:
    return check_date (field, get_text (value), error);
  case WB_FIELD_BOOLEAN:
    return check_boolean (field, value, error);
  case WB_FIELD_INTEGER:
    return check_integer (field, value, error);
  case WB_FIELD_RECORD:
    return check_record (field, get_text (value), error);
  case WB_FIELD_LANGUAGE:
    return check_language (field, get_text (value), error);
  case WB_FIELD_COUNTRY:
    return check_country (field, get_text (value), error);
  case WB_FIELD_TERMS:
    return check_terms (model, field, value, error);
  default:
    g_assert_not_reached ();
  }
}

/* A name that a person typed may hold anything: repeated only where it looks like one. */
static gboolean
refuse_unknown (const WbRecordType *type, const char *name, GError **error)
{
  const char *label = type->label[wb_language_current ()];
  gsize length = strlen (name);

  if (length <= WORD_MAX && length == strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_"))
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("“%s” is not a field of “%s”: check the spelling."),
                 name,
                 label);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("A field is given that “%s” does not have: check the spelling."),
                 label);
  return FALSE;
}

static const WbRecordType *
find_type (const WbModel *self, const char *type, GError **error)
{
  const WbRecordType *found = wb_model_find_type (self, type);

  if (found == NULL)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This type of record does not exist: check the spelling."));
  return found;
}

static gboolean
is_filled (JsonObject *fields, const char *name)
{
  JsonNode *value = json_object_get_member (fields, name);
  const char *text;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return FALSE;
  text = get_text (value);
  return text == NULL || strspn (text, " \t\r\n") < strlen (text);
}

/* Where @complete is FALSE a required field may be left out, not emptied. */
static gboolean
check_required (const WbRecordType *type, JsonObject *fields, gboolean complete, GError **error)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    gboolean asked = complete || json_object_has_member (fields, field->name);

    if (field->need == WB_NEED_REQUIRED && asked && !is_filled (fields, field->name))
      return refuse (field, error, _ ("this is needed: fill it in."));
  }
  return TRUE;
}

/**
 * wb_model_check:
 * @self: the model
 * @type: name of a record type
 * @fields: names and values; a JSON null is "no value"
 * @complete: whether required fields must be there
 * @zone: of the body, for dates
 * @error: return location for an error
 *
 * Judges what somebody wants to record. Text is taken to be valid UTF-8. Fails with
 * WB_ERROR_INVALID.
 */
gboolean
wb_model_check (const WbModel *self,
                const char *type,
                JsonObject *fields,
                gboolean complete,
                const WbZone *zone,
                GError **error)
{
  const WbRecordType *found = find_type (self, type, error);
  g_autoptr (GList) names = NULL;

  if (found == NULL)
    return FALSE;
  names = json_object_get_members (fields);
  for (GList *l = names; l != NULL; l = l->next) {
    const WbField *field = wb_record_type_find_field (found, l->data);
    JsonNode *value = json_object_get_member (fields, l->data);

    if (field == NULL)
      return refuse_unknown (found, l->data, error);
    value = wb_field_unwrap_value (field, value);
    if (!JSON_NODE_HOLDS_NULL (value) && !wb_field_check_value (self, field, value, zone, error))
      return FALSE;
  }
  return check_required (found, fields, complete, error);
}

/**
 * wb_model_check_entered:
 * @self: the model
 * @type: name of a record type
 * @fields: names and values that a person or a file gives
 * @error: return location for an error
 *
 * Refuses with WB_ERROR_INVALID the fields that only the program sets, such as the digest of a
 * file.
 */
gboolean
wb_model_check_entered (const WbModel *self, const char *type, JsonObject *fields, GError **error)
{
  const WbRecordType *found = find_type (self, type, error);
  g_autoptr (GList) names = NULL;

  if (found == NULL)
    return FALSE;
  names = json_object_get_members (fields);
  for (GList *l = names; l != NULL; l = l->next) {
    const WbField *field = wb_record_type_find_field (found, l->data);

    if (field != NULL && field->system)
      return refuse (field, error, _ ("the program fills this in: leave it out."));
  }
  return TRUE;
}
