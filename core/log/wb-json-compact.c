/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The one spelling of a JSON value that the log hashes. json-glib's own generator escapes and
 * spaces differently from version to version, so the bytes are made here.
 */
#include "wb-disclosure.h"

#include <math.h>
#include <string.h>

#include "wb-json.h"

static gboolean write_value (GString *text, JsonNode *node, guint depth);

/* The shortest of the two-letter escapes where one exists; everything from U+0020 on as it is. */
static void
write_escape (GString *text, guint8 c)
{
  static const char letters[] = "\bb\tt\nn\ff\rr\"\"\\\\";

  for (gsize i = 0; i < sizeof letters - 1; i += 2) {
    if ((guint8) letters[i] == c) {
      g_string_append_c (text, '\\');
      g_string_append_c (text, letters[i + 1]);
      return;
    }
  }
  g_string_append_printf (text, "\\u%04x", c);
}

static gboolean
write_string (GString *text, const char *string)
{
  gsize begin = 0;
  gsize size = strlen (string);

  if (!g_utf8_validate (string, (gssize) size, NULL))
    return FALSE;
  g_string_append_c (text, '"');
  for (gsize i = 0; i <= size; i++) {
    guint8 c = (guint8) string[i];

    if (c >= 0x20 && c != '"' && c != '\\')
      continue;
    g_string_append_len (text, string + begin, (gssize) (i - begin));
    if (i < size)
      write_escape (text, c);
    begin = i + 1;
  }
  g_string_append_c (text, '"');
  return TRUE;
}

/* As few digits as read back to the same number. */
static gboolean
write_double (GString *text, double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (digits, sizeof digits, formats[i], number == 0 ? 0 : number);
    if (g_ascii_strtod (digits, NULL) == number)
      break;
  }
  g_string_append (text, digits);
  return TRUE;
}

static gboolean
write_scalar (GString *text, JsonNode *node)
{
  switch (json_node_get_value_type (node)) {
  case G_TYPE_BOOLEAN:
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
    return TRUE;
  case G_TYPE_INT64:
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
    return TRUE;
  case G_TYPE_DOUBLE:
    return write_double (text, json_node_get_double (node));
  case G_TYPE_STRING:
    return write_string (text, json_node_get_string (node));
  default:
    return FALSE;
  }
}

static gboolean
write_array (GString *text, JsonArray *array, guint depth)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    if (!write_value (text, json_array_get_element (array, i), depth + 1))
      return FALSE;
  }
  g_string_append_c (text, ']');
  return TRUE;
}

static gboolean
write_object (GString *text, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (!first)
      g_string_append_c (text, ',');
    first = FALSE;
    if (!write_string (text, name))
      return FALSE;
    g_string_append_c (text, ':');
    if (!write_value (text, member, depth + 1))
      return FALSE;
  }
  g_string_append_c (text, '}');
  return TRUE;
}

static gboolean
write_value (GString *text, JsonNode *node, guint depth)
{
  if (depth >= WB_JSON_DEPTH_MAX && (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node)))
    return FALSE;
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    return write_object (text, json_node_get_object (node), depth);
  case JSON_NODE_ARRAY:
    return write_array (text, json_node_get_array (node), depth);
  case JSON_NODE_VALUE:
    return write_scalar (text, node);
  case JSON_NODE_NULL:
  default:
    g_string_append (text, "null");
    return TRUE;
  }
}

/**
 * wb_json_compact:
 * @value: a JSON value
 *
 * Writes @value without white space, its members in the order they have, its text as UTF-8: only
 * the quote, the backslash and control characters are escaped, so there is never a line end in it.
 * Whole numbers are exact, others have as few digits as read back the same.
 *
 * Returns: (transfer full) (nullable): the text; %NULL if @value is nested deeper than
 *   %WB_JSON_DEPTH_MAX, holds a number that is not finite, or text that is not UTF-8
 */
char *
wb_json_compact (JsonNode *value)
{
  g_autoptr (GString) text = g_string_sized_new (128);

  g_return_val_if_fail (value != NULL, NULL);

  if (!write_value (text, value, 0))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
