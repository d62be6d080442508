/* SPDX-License-Identifier: EUPL-1.2 */
/* A strict reader of JSON for files that come from outside. It builds json-glib's nodes, tells the
 * line of each mistake, and bounds depth and number of values before they cost anything. It knows
 * nothing of what the values mean. */
#include "wb-json.h"

#include <math.h>
#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"

/* Longer digits than any double or int64 needs. */
#define NUMBER_MAX 64

typedef struct {
  const char *text;
  gsize size;
  gsize at;
  guint line;
  guint depth;
  guint n_values;
  GString *path;
  GHashTable *lines; /* (nullable): path -> line */
} Reader;

static JsonNode *read_value (Reader *self, GError **error);

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const Reader *self, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* TRANSLATORS: a line number of a file, then what is wrong there, as a sentence. */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Line %u: %s"), self->line, what);
  return FALSE;
}

static int
peek (const Reader *self)
{
  return self->at < self->size ? (guchar) self->text[self->at] : -1;
}

static int
skip_space (Reader *self)
{
  int c;

  while ((c = peek (self)) == ' ' || c == '\t' || c == '\r' || c == '\n') {
    if (c == '\n')
      self->line++;
    self->at++;
  }
  return c;
}

static gboolean
take (Reader *self, const char *word)
{
  gsize length = strlen (word);

  if (self->size - self->at < length || strncmp (self->text + self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static gboolean
read_hex4 (Reader *self, gunichar *ret_unit)
{
  gunichar unit = 0;

  if (self->size - self->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (self->text[self->at + i]);

    if (digit < 0)
      return FALSE;
    unit = unit * 16 + (gunichar) digit;
  }
  self->at += 4;
  *ret_unit = unit;
  return TRUE;
}

static gboolean
read_unicode (Reader *self, GString *into, GError **error)
{
  gunichar unit, low;

  if (!read_hex4 (self, &unit))
    return refuse (self, error, _ ("“\\u” must be followed by four hexadecimal digits."));
  if (unit >= 0xd800 && unit <= 0xdbff) {
    if (!take (self, "\\u") || !read_hex4 (self, &low) || low < 0xdc00 || low > 0xdfff)
      return refuse (self, error, _ ("“\\u” gives half a character: write both halves."));
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  } else if (unit >= 0xdc00 && unit <= 0xdfff) {
    return refuse (self, error, _ ("“\\u” gives half a character: write both halves."));
  }
  if (unit == 0)
    return refuse (self, error, _ ("Text must not contain the character NUL: leave it out."));
  g_string_append_unichar (into, unit);
  return TRUE;
}

static gboolean
read_escape (Reader *self, GString *into, GError **error)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  int c = peek (self);
  const char *found = c > 0 ? strchr (from, c) : NULL;

  self->at++;
  if (c == 'u')
    return read_unicode (self, into, error);
  if (found == NULL)
    return refuse (self, error, _ ("After “\\” comes one of \" \\ / b f n r t u."));
  g_string_append_c (into, to[found - from]);
  return TRUE;
}

/* The cursor stands on the opening quote. */
static char *
read_string (Reader *self, GError **error)
{
  g_autoptr (GString) into = g_string_new (NULL);
  int c;

  self->at++;
  while ((c = peek (self)) != '"') {
    if (c < 0) {
      refuse (self, error, _ ("A text is not closed: add the missing \"."));
      return NULL;
    }
    if (c < 0x20) {
      refuse (self, error, _ ("A text holds a line break or control character: write it as \\n."));
      return NULL;
    }
    self->at++;
    if (c != '\\')
      g_string_append_c (into, (char) c);
    else if (!read_escape (self, into, error))
      return NULL;
  }
  self->at++;
  return g_string_free (g_steal_pointer (&into), FALSE);
}

static gsize
skip_digits (Reader *self)
{
  gsize from = self->at;

  while (g_ascii_isdigit (peek (self)))
    self->at++;
  return self->at - from;
}

static gboolean
scan_number (Reader *self, gboolean *ret_integer)
{
  gboolean integer = TRUE;

  take (self, "-");
  if (!take (self, "0") && skip_digits (self) == 0)
    return FALSE;
  if (take (self, ".")) {
    integer = FALSE;
    if (skip_digits (self) == 0)
      return FALSE;
  }
  if (take (self, "e") || take (self, "E")) {
    integer = FALSE;
    if (!take (self, "+"))
      take (self, "-");
    if (skip_digits (self) == 0)
      return FALSE;
  }
  *ret_integer = integer;
  return !g_ascii_isalnum (peek (self));
}

static JsonNode *
read_number (Reader *self, GError **error)
{
  gsize from = self->at;
  gboolean integer = FALSE;
  g_autofree char *digits = NULL;
  gint64 value = 0;
  double real;

  if (!scan_number (self, &integer)) {
    refuse (self,
            error,
            _ ("A value is neither text, number, true, false, null, list nor object."));
    return NULL;
  }
  digits = g_strndup (self->text + from, MIN (self->at - from, NUMBER_MAX));
  if (integer && self->at - from < NUMBER_MAX &&
      g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return json_node_init_int (json_node_alloc (), value);
  real = g_ascii_strtod (digits, NULL);
  if (integer || self->at - from >= NUMBER_MAX || !isfinite (real)) {
    refuse (self, error, _ ("A number is too large or too long: shorten it."));
    return NULL;
  }
  return json_node_init_double (json_node_alloc (), real);
}

static JsonNode *
read_word (Reader *self, GError **error)
{
  if (take (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (take (self, "null"))
    return json_node_init_null (json_node_alloc ());
  return read_number (self, error);
}

static gboolean
enter (Reader *self, GError **error)
{
  if (++self->depth > WB_JSON_DEPTH_MAX)
    return refuse (self, error, _ ("Lists and objects are nested too deeply."));
  self->at++;
  return TRUE;
}

static JsonNode *
read_array (Reader *self, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  gsize path = self->path->len;
  int c;

  if (!enter (self, error))
    return NULL;
  c = skip_space (self);
  while (c != ']') {
    JsonNode *element;

    if (json_array_get_length (array) > 0) {
      if (c != ',') {
        refuse (self, error, _ ("A list misses a “,” or its closing “]”."));
        return NULL;
      }
      self->at++;
      skip_space (self);
    }
    g_string_append_printf (self->path, "/%u", json_array_get_length (array));
    element = read_value (self, error);
    g_string_truncate (self->path, path);
    if (element == NULL)
      return NULL;
    json_array_add_element (array, element);
    c = skip_space (self);
  }
  self->at++;
  self->depth--;
  return json_node_init_array (json_node_alloc (), array);
}

/* One "name": value. */
static gboolean
read_member (Reader *self, JsonObject *object, GError **error)
{
  g_autofree char *name = NULL;
  JsonNode *value;
  gsize path = self->path->len;

  if (skip_space (self) != '"')
    return refuse (self, error, _ ("An object misses the name of a member, in quotes."));
  name = read_string (self, error);
  if (name == NULL)
    return FALSE;
  if (json_object_has_member (object, name))
    return refuse (self, error, _ ("A member is given twice in one object: keep one of them."));
  if (skip_space (self) != ':')
    return refuse (self, error, _ ("After the name of a member comes “:” and its value."));
  self->at++;
  skip_space (self);
  g_string_append_printf (self->path, "/%s", name);
  value = read_value (self, error);
  g_string_truncate (self->path, path);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static JsonNode *
read_object (Reader *self, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  int c;

  if (!enter (self, error))
    return NULL;
  c = skip_space (self);
  while (c != '}') {
    if (json_object_get_size (object) > 0) {
      if (c != ',') {
        refuse (self, error, _ ("An object misses a “,” or its closing “}”."));
        return NULL;
      }
      self->at++;
    }
    if (!read_member (self, object, error))
      return NULL;
    c = skip_space (self);
  }
  self->at++;
  self->depth--;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_text (Reader *self, GError **error)
{
  g_autofree char *text = read_string (self, error);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
read_value (Reader *self, GError **error)
{
  int c = peek (self);

  if (++self->n_values > WB_JSON_VALUES_MAX) {
    refuse (self, error, _ ("The file holds too many values: split it."));
    return NULL;
  }
  if (self->lines != NULL)
    g_hash_table_insert (self->lines, g_strdup (self->path->str), GUINT_TO_POINTER (self->line));
  if (c == '{')
    return read_object (self, error);
  if (c == '[')
    return read_array (self, error);
  if (c == '"')
    return read_text (self, error);
  if (c < 0) {
    refuse (self, error, _ ("The file ends too early."));
    return NULL;
  }
  return read_word (self, error);
}

/**
 * wb_json_parse:
 * @text: the bytes of one document, from anywhere
 * @size: how many
 * @ret_lines: (out) (optional) (transfer full): for wb_json_get_line()
 *
 * Reads one JSON document (RFC 8259). Fails with WB_ERROR_INVALID and a sentence that names the
 * line, or with WB_ERROR_DAMAGED and the byte that is not UTF-8; never says what the values are.
 *
 * Returns: (transfer full): the root
 */
JsonNode *
wb_json_parse (const char *text, gsize size, GHashTable **ret_lines, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (JsonNode) root = NULL;
  Reader reader = { .text = size > 0 ? text : "", .size = size, .line = 1, .path = path };

  if (!wb_text_check (reader.text, size, error))
    return NULL;
  if (ret_lines != NULL)
    lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.lines = lines;
  skip_space (&reader);
  root = read_value (&reader, error);
  if (root == NULL)
    return NULL;
  if (skip_space (&reader) >= 0) {
    refuse (&reader, error, _ ("Something follows after the end of the document: remove it."));
    return NULL;
  }
  if (ret_lines != NULL)
    *ret_lines = g_steal_pointer (&lines);
  return g_steal_pointer (&root);
}

/**
 * wb_json_get_line:
 * @lines: (nullable): from wb_json_parse()
 * @path: member names and element numbers, each after a slash
 *
 * Returns: the line, counted from 1; 0 where @path does not exist
 */
guint
wb_json_get_line (GHashTable *lines, const char *path)
{
  return lines != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (lines, path)) : 0;
}

/**
 * wb_json_node_text:
 * @node: (nullable): a value of any kind
 *
 * json-glib's own getter turns other kinds into text or complains about them.
 *
 * Returns: (transfer none) (nullable): its text; %NULL where it is no text
 */
const char *
wb_json_node_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * wb_json_get_text:
 * @object: (nullable): an object
 * @name: of a member
 *
 * Returns: (transfer none) (nullable): its text; %NULL where it is absent or no text
 */
const char *
wb_json_get_text (JsonObject *object, const char *name)
{
  return object != NULL ? wb_json_node_text (json_object_get_member (object, name)) : NULL;
}
