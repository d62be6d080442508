/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads our tables of rules and holidays. Knows lines and cells, not what they mean. */
#include "wb-table-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define SIZE_MAX_TABLE (1024 * 1024) /* ours are under 20 KiB; a body's own are smaller */
#define ROWS_MAX 5000                /* a century of decree days is about 60 */

static void
free_row (gpointer data)
{
  WbTableRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static gboolean
refuse_line (const char *file, guint line, const char *what, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s, line %u: %s"), file, line, what);
  return FALSE;
}

static int
find_column (const WbTable *self, const char *column)
{
  for (int i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    if (strcmp (self->columns[i], column) == 0)
      return i;
  return -1;
}

/* "# complete 2023-01-01 2028-12-31" */
static void
take_directive (WbTable *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (g_strchug ((char *) text), " ", 2);

  if (parts[0] != NULL && parts[1] != NULL && self->columns == NULL)
    g_hash_table_insert (self->directives, g_strdup (parts[0]), g_strstrip (g_strdup (parts[1])));
}

static gboolean
take_columns (WbTable *self,
              const char *text,
              guint line,
              const char *const *needed,
              GError **error)
{
  self->columns = g_strsplit (text, "\t", -1);
  for (guint i = 0; needed[i] != NULL; i++) {
    g_autofree char *what = NULL;

    if (find_column (self, needed[i]) >= 0)
      continue;
    what = g_strdup_printf (_ ("the column \"%s\" is missing."), needed[i]);
    return refuse_line (self->file, line, what, error);
  }
  return TRUE;
}

static gboolean
take_row (WbTable *self, const char *text, guint line, GError **error)
{
  WbTableRow *row = g_new0 (WbTableRow, 1);

  row->line = line;
  row->cells = g_strsplit (text, "\t", -1);
  g_ptr_array_add (self->rows, row);
  if (g_strv_length (row->cells) != g_strv_length (self->columns))
    return refuse_line (self->file, line, _ ("this line has not as many cells as columns."), error);
  if (self->rows->len > ROWS_MAX)
    return refuse_line (self->file, line, _ ("the table has too many lines."), error);
  return TRUE;
}

static gboolean
take_line (WbTable *self, char *text, guint line, const char *const *needed, GError **error)
{
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '\r')
    text[length - 1] = '\0';
  if (text[0] == '\0')
    return TRUE;
  if (text[0] == '#') {
    take_directive (self, text + 1);
    return TRUE;
  }
  if (self->columns == NULL)
    return take_columns (self, text, line, needed, error);
  return take_row (self, text, line, error);
}

static gboolean
check_bytes (const char *file, const char *bytes, gsize size, GError **error)
{
  g_autoptr (GError) inner = NULL;

  if (size > SIZE_MAX_TABLE) {
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_LARGE, _ ("%s is too large for a table."), file);
    return FALSE;
  }
  if (size > 0 && !wb_text_check (bytes, size, &inner)) {
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: %s", file, inner->message);
    return FALSE;
  }
  return TRUE;
}

/**
 * wb_table_parse:
 * @data: the file's bytes
 * @file: its name, for messages
 * @needed: (array zero-terminated=1): columns that must be there, in any order
 * @error: return location for an error
 *
 * Returns: (transfer full): the table; %NULL with %WB_ERROR_INVALID or %WB_ERROR_TOO_LARGE, which
 *   name the file and the line
 */
WbTable *
wb_table_parse (GBytes *data, const char *file, const char *const *needed, GError **error)
{
  g_autoptr (WbTable) self = g_new0 (WbTable, 1);
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (data, &size);

  self->file = g_strdup (file);
  self->directives = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  if (!check_bytes (file, bytes, size, error))
    return NULL;
  copy = g_strndup (size > 0 ? bytes : "", size);
  lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!take_line (self, lines[i], i + 1, needed, error))
      return NULL;
  if (self->columns == NULL) {
    refuse_line (file, 1, _ ("the line with the names of the columns is missing."), error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
wb_table_free (WbTable *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->directives, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_strfreev (self->columns);
  g_free (self->file);
  g_free (self);
}

/**
 * wb_table_get_directive:
 * @self: a table
 * @name: first word after "#"
 *
 * Returns: (nullable): the rest of that comment line
 */
const char *
wb_table_get_directive (const WbTable *self, const char *name)
{
  return g_hash_table_lookup (self->directives, name);
}

/**
 * wb_table_get:
 * @self: a table
 * @row: one of its rows
 * @column: a name
 *
 * Returns: the cell; empty where there is no such column
 */
const char *
wb_table_get (const WbTable *self, const WbTableRow *row, const char *column)
{
  int at = find_column (self, column);

  return at >= 0 ? row->cells[at] : "";
}

/**
 * wb_table_refuse:
 * @self: a table
 * @row: the row that is wrong
 * @what: (nullable): what is wrong, a sentence; %NULL takes it from *@error, which gets the line
 * @error: return location for the error
 *
 * Returns: %FALSE, always
 */
gboolean
wb_table_refuse (const WbTable *self, const WbTableRow *row, const char *what, GError **error)
{
  if (what != NULL)
    return refuse_line (self->file, row->line, what, error);
  g_prefix_error (error, _ ("%s, line %u: "), self->file, row->line);
  return FALSE;
}
