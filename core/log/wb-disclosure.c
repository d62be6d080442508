/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Disclosure lines: a value with the salt that makes its digest unguessable. An entry holds the
 * digest; whoever is given the line can see that it is what was logged.
 */
#include "wb-disclosure.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-log-text-private.h"

#define SALT_SIZE 16
#define NAME_AT (2 * SALT_SIZE + 1) /* salt, one space */

/**
 * wb_disclosure_new:
 * @name: the field's name, [a-z][a-z0-9_]*
 * @value: what the field is set to
 *
 * Makes a line with fresh salt.
 *
 * Returns: (transfer full) (nullable): the line, without LF; %NULL if @name is no field name, or
 *   @value cannot be written or is larger than %WB_DISCLOSURE_MAX_SIZE
 */
char *
wb_disclosure_new (const char *name, JsonNode *value)
{
  g_autofree char *json = NULL;
  g_autofree char *hex = NULL;
  guint8 salt[SALT_SIZE];

  g_return_val_if_fail (name != NULL && value != NULL, NULL);

  json = wb_json_compact (value);
  if (json == NULL || strlen (json) > WB_DISCLOSURE_MAX_SIZE - NAME_AT - WB_LOG_NAME_MAX - 1 ||
      !wb_log_name_is_valid (name, strlen (name), WB_LOG_NAME_FIELD))
    return NULL;
  wb_random_bytes (salt, sizeof salt);
  hex = wb_hex_encode (salt, sizeof salt);
  return g_strdup_printf ("%s %s %s", hex, name, json);
}

/* Only the one spelling that wb_json_compact() would give is a value. */
static JsonNode *
parse_value (const char *json, gsize size)
{
  g_autoptr (JsonNode) value = wb_json_parse (json, size, NULL, NULL);
  g_autofree char *again = value != NULL ? wb_json_compact (value) : NULL;

  if (again == NULL || strlen (again) != size || memcmp (again, json, size) != 0)
    return NULL;
  return g_steal_pointer (&value);
}

/* The length of the name, or 0 where the line does not begin as one does. */
static gsize
find_name (const char *line, gsize size)
{
  guint8 salt[SALT_SIZE];
  const char *space;

  if (size <= NAME_AT || !wb_log_parse_hex (line, 2 * SALT_SIZE, salt, sizeof salt) ||
      line[2 * SALT_SIZE] != ' ')
    return 0;
  space = memchr (line + NAME_AT, ' ', size - NAME_AT);
  if (space == NULL)
    return 0;
  size = (gsize) (space - line) - NAME_AT;
  return wb_log_name_is_valid (line + NAME_AT, size, WB_LOG_NAME_FIELD) ? size : 0;
}

/**
 * wb_disclosure_parse:
 * @line: anything at all
 * @size: how many bytes; the LF is none of them
 * @ret_name: (out) (optional) (transfer full): the field's name
 * @ret_value: (out) (optional) (transfer full): its value
 * @error: return location for an error
 *
 * Reads a disclosure line. Only the canonical spelling is accepted. Fuzzed by
 * tests/fuzz/fuzz-disclosure.c.
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED, or %WB_ERROR_TOO_LARGE
 */
gboolean
wb_disclosure_parse (const char *line,
                     gsize size,
                     char **ret_name,
                     JsonNode **ret_value,
                     GError **error)
{
  g_autoptr (JsonNode) value = NULL;
  gsize name;

  if (size > WB_DISCLOSURE_MAX_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This is larger than the value of a field can be."));
    return FALSE;
  }
  name = find_name (line, size);
  if (name > 0)
    value = parse_value (line + NAME_AT + name + 1, size - NAME_AT - name - 1);
  if (value == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("This is not the value of a field as the log writes it, or it was "
                            "damaged."));
    return FALSE;
  }
  if (ret_name != NULL)
    *ret_name = g_strndup (line + NAME_AT, name);
  if (ret_value != NULL)
    *ret_value = g_steal_pointer (&value);
  return TRUE;
}

/**
 * wb_disclosure_digest:
 * @line: a disclosure line
 * @size: its length without LF
 * @ret_digest: (out): SHA-256 of the line, as the entry has it
 */
void
wb_disclosure_digest (const char *line, gsize size, WbHash *ret_digest)
{
  wb_sha256 (line, size, ret_digest->bytes);
}

/**
 * wb_disclosure_is_of:
 * @line: a disclosure line
 * @size: its length without LF
 * @name: a field's name
 *
 * Returns: whether @name stands where a line has its field's name; salt and value are not looked at
 */
gboolean
wb_disclosure_is_of (const char *line, gsize size, const char *name)
{
  gsize length = strlen (name);

  return size > NAME_AT + length && line[NAME_AT - 1] == ' ' && line[NAME_AT + length] == ' ' &&
         memcmp (line + NAME_AT, name, length) == 0;
}
