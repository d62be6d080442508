/* SPDX-License-Identifier: EUPL-1.2 */

/* Phrases that are data: a table with one key a line and its text in both languages. */
#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-resources.h"

#define RESOURCE_PREFIX "/waarborg/core/"

/* A row of the table is the two texts, by WbLanguage. */
struct _WbWords {
  GHashTable *rows; /* char * -> char *[2] */
};

static void
free_row (gpointer data)
{
  char **row = data;

  g_free (row[WB_LANGUAGE_EN]);
  g_free (row[WB_LANGUAGE_NL]);
  g_free (row);
}

static gboolean
fail (guint line, const char *what, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_DAMAGED,
               _ ("Line %u of a table of texts is wrong (%s): install Waarborg again."),
               line,
               what);
  return FALSE;
}

/* "key TAB nl TAB en"; in a text \n is a line feed. */
static gboolean
add_line (WbWords *self, const char *text, guint number, GError **error)
{
  g_auto (GStrv) columns = g_strsplit (text, "\t", -1);
  char **row;

  if (g_strv_length (columns) != 3 || *columns[0] == '\0')
    return fail (number, "key, nl, en", error);
  if (g_hash_table_contains (self->rows, columns[0]))
    return fail (number, columns[0], error);
  row = g_new0 (char *, 2);
  row[WB_LANGUAGE_NL] = g_strcompress (columns[1]);
  row[WB_LANGUAGE_EN] = g_strcompress (columns[2]);
  g_hash_table_insert (self->rows, g_strdup (columns[0]), row);
  return TRUE;
}

/**
 * wb_words_parse:
 * @text: a table: a first line "key TAB nl TAB en", then a line a phrase. Empty lines and lines
 *   that start with "#" do not count
 * @size: its length in bytes
 * @error: return location for an error
 *
 * Returns: (transfer full): the table; %NULL with %WB_ERROR_DAMAGED, naming the line
 */
WbWords *
wb_words_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (WbWords) self = NULL;
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean headed = FALSE;

  if (!wb_text_check (text, size, error))
    return NULL;
  self = g_new0 (WbWords, 1);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_row);
  copy = g_strndup (text, size);
  lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    if (!headed && strcmp (lines[i], "key\tnl\ten") != 0) {
      fail (i + 1, "key, nl, en", error);
      return NULL;
    }
    if (headed && !add_line (self, lines[i], i + 1, error))
      return NULL;
    headed = TRUE;
  }
  return g_steal_pointer (&self);
}

/**
 * wb_words_load:
 * @resource_path: a table below /waarborg/core/, such as "report/words.tsv"
 * @error: return location for an error
 *
 * Returns: (transfer full): the table; errors as for wb_words_parse(), and of %G_RESOURCE_ERROR
 *   where there is no such table
 */
WbWords *
wb_words_load (const char *resource_path, GError **error)
{
  const char *path = g_str_has_prefix (resource_path, RESOURCE_PREFIX)
                         ? resource_path + strlen (RESOURCE_PREFIX)
                         : resource_path;
  g_autoptr (GBytes) bytes = wb_core_resource (path, error);

  if (bytes == NULL)
    return NULL;
  return wb_words_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

void
wb_words_free (WbWords *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_free (self);
}

/**
 * wb_words_get:
 * @self: a table
 * @language: a language
 * @key: a key
 *
 * Returns: (transfer none): the text; @key itself where the table lacks it, so that what is missing
 *   is seen and stops nobody
 */
const char *
wb_words_get (const WbWords *self, WbLanguage language, const char *key)
{
  char **row = g_hash_table_lookup (self->rows, key);

  return row != NULL ? row[language] : key;
}
