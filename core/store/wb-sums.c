/* SPDX-License-Identifier: EUPL-1.2 */

/* SHA256SUMS of a register. It tells damage from a wrong passphrase; it proves nothing. */
#include "wb-sums-private.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-error.h"
#include "wb-safe-file.h"

#define HEX_SIZE (2 * WB_SHA256_SIZE)
#define SUMS_SIZE_MAX (1024 * 1024) /* ten thousand key files */

struct _WbSums {
  GHashTable *lines; /* (element-type utf8 utf8) */
  gboolean whole;    /* every line could be read */
};

static WbSums *
sums_new (void)
{
  WbSums *self = g_new0 (WbSums, 1);

  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->whole = TRUE;
  return self;
}

static gboolean
is_digest (const char *text)
{
  return strspn (text, "0123456789abcdef") == HEX_SIZE;
}

/* "<64 hex>  <name>"; a line that is otherwise is left out. */
static void
read_line (WbSums *self, const char *line)
{
  const char *name = line + HEX_SIZE + 2;

  if (!g_utf8_validate (line, -1, NULL) || !is_digest (line) || line[HEX_SIZE] != ' ' ||
      line[HEX_SIZE + 1] != ' ' || *name == '\0') {
    self->whole = FALSE;
    return;
  }
  g_hash_table_insert (self->lines, g_strdup (name), g_strndup (line, HEX_SIZE));
}

/* Reads what can be read: it may be the damaged file itself. */
WbSums *
wb_sums_parse (const char *bytes, gsize size)
{
  g_autofree char *text = g_strndup (size > 0 ? bytes : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  WbSums *self = sums_new ();

  for (char **line = lines; *line != NULL; line++) {
    if (line[1] != NULL)
      read_line (self, *line);
    else if (**line != '\0' || strlen (text) != size)
      self->whole = FALSE; /* the last line has no end, or there is a NUL */
  }
  return self;
}

/**
 * wb_sums_load:
 * @folder: a register's folder
 * @error: return location for an error
 *
 * Reads SHA256SUMS as far as it can be read.
 *
 * Returns: (transfer full): its lines, none where there is no such file; %NULL with
 *   %WB_ERROR_INVALID for a link, %WB_ERROR_TOO_LARGE, %WB_ERROR_IO
 */
WbSums *
wb_sums_load (const char *folder, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = wb_safe_file_read (folder, WB_SUMS_NAME, SUMS_SIZE_MAX, &problem);
  WbSums *self;

  if (bytes != NULL)
    return wb_sums_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!g_error_matches (problem, WB_ERROR, WB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  self = sums_new ();
  self->whole = FALSE;
  return self;
}

gboolean
wb_sums_is_whole (const WbSums *self)
{
  return self->whole;
}

const char *
wb_sums_get (const WbSums *self, const char *name)
{
  return g_hash_table_lookup (self->lines, name);
}

void
wb_sums_set (WbSums *self, const char *name, gconstpointer bytes, gsize size)
{
  g_hash_table_insert (self->lines, g_strdup (name), wb_sha256_hex (bytes, size));
}

void
wb_sums_remove (WbSums *self, const char *name)
{
  g_hash_table_remove (self->lines, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in byte order, so that the file is the same whoever writes it. */
char **
wb_sums_list (const WbSums *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char *
wb_sums_format (const WbSums *self)
{
  g_auto (GStrv) names = wb_sums_list (self);
  GString *text = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    g_string_append_printf (text, "%s  %s\n", wb_sums_get (self, *name), *name);
  return g_string_free (text, FALSE);
}

gboolean
wb_sums_fits (const WbSums *self, const char *name, GBytes *bytes)
{
  const char *expected = wb_sums_get (self, name);
  g_autofree char *found = wb_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return expected == NULL || strcmp (expected, found) == 0;
}

void
wb_sums_free (WbSums *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->lines);
  g_free (self);
}
