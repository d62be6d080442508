/* SPDX-License-Identifier: EUPL-1.2 */

/* Comma-separated values, exact or for a spreadsheet. */
#include "wb-csv.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"
#define FORMULA_SIGNS "=+-@\t\r" /* with which a cell becomes a formula, or a call of a program */

/**
 * wb_csv_begin:
 * @self: (out): a table
 * @variant: for whom
 *
 * To be ended with wb_csv_end() or wb_csv_clear().
 */
void
wb_csv_begin (WbCsv *self, WbCsvVariant variant)
{
  self->text = g_string_new (variant == WB_CSV_SPREADSHEET ? BOM : NULL);
  self->variant = variant;
  self->within = FALSE;
}

static void
append_quoted (GString *out, const char *cell)
{
  g_string_append_c (out, '"');
  for (const char *at = cell; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}

/**
 * wb_csv_add:
 * @self: a table
 * @cell: (nullable): the next cell of the line
 *
 * Quotes the cell where RFC 4180 asks for it. For a spreadsheet, what it would run is disarmed with
 * an apostrophe.
 */
void
wb_csv_add (WbCsv *self, const char *cell)
{
  gboolean sheet = self->variant == WB_CSV_SPREADSHEET;
  g_autofree char *disarmed = NULL;

  if (self->within)
    g_string_append_c (self->text, sheet ? ';' : ',');
  self->within = TRUE;
  if (cell == NULL || *cell == '\0')
    return;
  if (sheet && strchr (FORMULA_SIGNS, *cell) != NULL)
    cell = disarmed = g_strconcat ("'", cell, NULL);
  if (strpbrk (cell, sheet ? ";,\"\r\n\t" : ",\"\r\n") != NULL)
    append_quoted (self->text, cell);
  else
    g_string_append (self->text, cell);
}

/**
 * wb_csv_end_line:
 * @self: a table
 */
void
wb_csv_end_line (WbCsv *self)
{
  g_string_append (self->text, "\r\n");
  self->within = FALSE;
}

/**
 * wb_csv_end:
 * @self: a table
 *
 * Returns: (transfer full): the whole text
 */
char *
wb_csv_end (WbCsv *self)
{
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

void
wb_csv_clear (WbCsv *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}
