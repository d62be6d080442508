/* SPDX-License-Identifier: EUPL-1.2 */

/* index.csv (RFC 4180): which payload file is which piece of evidence. */
#include "wb-bundle-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

#define HEADER "number,original name,sha256,date\r\n"
#define COLUMNS 4
#define ROWS_MAX 100000 /* as many as a bundle has files */

static void
append_value (GString *out, const char *value)
{
  const char *text = value != NULL ? value : "";

  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}

/**
 * wb_index_csv_format:
 * @evidence: (element-type WbBundleEvidence): in order of number
 *
 * Returns: (transfer full): the whole table with its header
 */
char *
wb_index_csv_format (GPtrArray *evidence)
{
  GString *out = g_string_new (HEADER);

  for (guint i = 0; i < evidence->len; i++) {
    const WbBundleEvidence *item = g_ptr_array_index (evidence, i);

    g_string_append_printf (out, "%u,", item->number);
    append_value (out, item->name);
    g_string_append_c (out, ',');
    append_value (out, item->sha256);
    g_string_append_c (out, ',');
    append_value (out, item->date);
    g_string_append (out, "\r\n");
  }
  return g_string_free (out, FALSE);
}

void
wb_index_row_free (WbIndexRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->sha256);
  g_free (self->date);
  g_free (self);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_DAMAGED,
                       _ ("The index of evidence is not a table as RFC 4180 has it."));
  return FALSE;
}

/* One quoted value, its closing quote included. */
static gboolean
read_quoted (const char **at, const char *end, GString *value)
{
  for ((*at)++; *at < end; (*at)++) {
    if (**at != '"') {
      g_string_append_c (value, **at);
      continue;
    }
    if (*at + 1 < end && (*at)[1] == '"') {
      g_string_append_c (value, '"');
      (*at)++;
      continue;
    }
    (*at)++;
    return TRUE;
  }
  return FALSE;
}

static gboolean
read_plain (const char **at, const char *end, GString *value)
{
  for (; *at < end && strchr (",\r\n", **at) == NULL; (*at)++) {
    if (**at == '"')
      return FALSE;
    g_string_append_c (value, **at);
  }
  return TRUE;
}

/* Values up to and with CRLF; exactly as many as there are columns. */
static gboolean
read_row (const char **at, const char *end, char *values[COLUMNS])
{
  for (int column = 0; column < COLUMNS; column++) {
    GString *value = g_string_new (NULL);
    gboolean good =
        *at < end && **at == '"' ? read_quoted (at, end, value) : read_plain (at, end, value);

    values[column] = g_string_free (value, FALSE);
    if (!good)
      return FALSE;
    if (column < COLUMNS - 1) {
      if (*at >= end || **at != ',')
        return FALSE;
      (*at)++;
    }
  }
  if (end - *at < 2 || (*at)[0] != '\r' || (*at)[1] != '\n')
    return FALSE;
  *at += 2;
  return TRUE;
}

static WbIndexRow *
parse_row (const char **at, const char *end)
{
  char *values[COLUMNS + 1] = { NULL };
  g_autofree char *number = NULL;
  WbIndexRow *row = NULL;
  guint64 parsed = 0;

  if (!read_row (at, end, values) ||
      !g_ascii_string_to_unsigned (values[0], 10, 1, ROWS_MAX, &parsed, NULL)) {
    for (int i = 0; i < COLUMNS; i++)
      g_free (values[i]);
    return NULL;
  }
  number = values[0];
  row = g_new0 (WbIndexRow, 1);
  row->number = parsed;
  row->name = values[1];
  row->sha256 = values[2];
  row->date = values[3];
  return row;
}

/**
 * wb_index_csv_parse:
 * @text: bytes of an index.csv
 * @size: how many
 * @error: return location for an error
 *
 * Reads the table strictly: header, CRLF, four columns. WB_ERROR_DAMAGED.
 *
 * Returns: (transfer full) (element-type WbIndexRow): its rows
 */
GPtrArray *
wb_index_csv_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_index_row_free);
  const char *at = text + strlen (HEADER);
  const char *end = text + size;

  if (size < strlen (HEADER) || strncmp (text, HEADER, strlen (HEADER)) != 0 ||
      !g_utf8_validate_len (text, size, NULL)) {
    (void) refuse (error);
    return NULL;
  }
  while (at < end) {
    WbIndexRow *row = parse_row (&at, end);

    if (row == NULL || rows->len >= ROWS_MAX) {
      wb_index_row_free (row);
      (void) refuse (error);
      return NULL;
    }
    g_ptr_array_add (rows, row);
  }
  return g_steal_pointer (&rows);
}
