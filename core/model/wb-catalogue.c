/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads one gettext catalogue (.mo, GNU format) whatever the language of the process: a bundle
 * names languages and countries in Dutch and in English at once. */
#include "wb-model-private.h"

#include <string.h>

#define MAGIC 0x950412de
#define HEADER_SIZE 20
#define PAIR_SIZE 8
#define STRINGS_MAX 100000

struct _WbCatalogue {
  GMappedFile *file;
  GHashTable *texts; /* original -> translation, both inside the file */
};

static guint32
read_word (const char *bytes, gsize offset)
{
  guint32 word;

  memcpy (&word, bytes + offset, sizeof word);
  return word;
}

/* The text whose length and place stand at @offset; NULL where these point outside the file. */
static const char *
read_text (const char *bytes, gsize size, gsize offset)
{
  guint32 length, at;

  if (offset > size || size - offset < PAIR_SIZE)
    return NULL;
  length = read_word (bytes, offset);
  at = read_word (bytes, offset + 4);
  if (at >= size || length >= size - at || bytes[at + length] != '\0')
    return NULL;
  return bytes + at;
}

static gboolean
index_texts (WbCatalogue *self)
{
  const char *bytes = g_mapped_file_get_contents (self->file);
  gsize size = g_mapped_file_get_length (self->file);
  guint32 n;

  if (size < HEADER_SIZE || read_word (bytes, 0) != MAGIC)
    return FALSE;
  n = read_word (bytes, 8);
  for (guint32 i = 0; i < n && i < STRINGS_MAX; i++) {
    const char *original = read_text (bytes, size, read_word (bytes, 12) + (gsize) i * PAIR_SIZE);
    const char *other = read_text (bytes, size, read_word (bytes, 16) + (gsize) i * PAIR_SIZE);

    if (original == NULL || other == NULL)
      return FALSE;
    if (*original != '\0' && *other != '\0' && g_utf8_validate (other, -1, NULL))
      g_hash_table_insert (self->texts, (gpointer) original, (gpointer) other);
  }
  return TRUE;
}

WbCatalogue *
wb_catalogue_load (const char *path)
{
  g_autoptr (WbCatalogue) self = g_new0 (WbCatalogue, 1);

  self->file = g_mapped_file_new (path, FALSE, NULL);
  self->texts = g_hash_table_new (g_str_hash, g_str_equal);
  if (self->file == NULL || !index_texts (self))
    return NULL;
  return g_steal_pointer (&self);
}

void
wb_catalogue_free (WbCatalogue *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}

/* @text itself where it has no translation. */
const char *
wb_catalogue_get (const WbCatalogue *self, const char *text)
{
  const char *found = self != NULL ? g_hash_table_lookup (self->texts, text) : NULL;

  return found != NULL ? found : text;
}
