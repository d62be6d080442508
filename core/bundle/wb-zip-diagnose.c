/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A ZIP that we did not write is refused by the strict reader; this file says what kind it is, so
 * that the person knows whether it was only packed again or is hostile. libarchive lists it;
 * nothing is unpacked.
 */
#include "wb-zip-private.h"

#include <archive.h>
#include <archive_entry.h>

#include "wb-i18n.h"

#define BOMB_RATIO 200               /* text compresses to 1:100 at the very best */
#define BOMB_SIZE (64 * 1024 * 1024) /* smaller ones do no harm */
#define READ_MAX                                                                                   \
  G_GUINT64_CONSTANT (1024 * 1024 * 1024) /* what is read over to find the next header */
#define CHUNK (64 * 1024)

typedef struct {
  GInputStream *stream;
  guint8 buffer[CHUNK];
  WbVerification *result;
  guint64 file_size, unpacked;
  guint entries;
  gboolean found;
  GHashTable *names;
  char *base;
} Diagnosis;

static la_ssize_t
read_cb (struct archive *archive, void *user_data, const void **ret_buffer)
{
  Diagnosis *self = user_data;

  *ret_buffer = self->buffer;
  return g_input_stream_read (self->stream, self->buffer, sizeof self->buffer, NULL, NULL);
}

static gboolean
can_seek (Diagnosis *self)
{
  return G_IS_SEEKABLE (self->stream) && g_seekable_can_seek (G_SEEKABLE (self->stream));
}

static la_int64_t
seek_cb (struct archive *archive, void *user_data, la_int64_t offset, int whence)
{
  Diagnosis *self = user_data;
  GSeekType type = whence == SEEK_SET ? G_SEEK_SET : whence == SEEK_CUR ? G_SEEK_CUR : G_SEEK_END;

  if (!g_seekable_seek (G_SEEKABLE (self->stream), offset, type, NULL, NULL))
    return ARCHIVE_FATAL;
  return g_seekable_tell (G_SEEKABLE (self->stream));
}

static void
add (Diagnosis *self, const char *name, const char *message)
{
  g_autofree char *part = wb_zip_name_for_people (name);

  self->found = TRUE;
  wb_verification_add (self->result, part, -1, "%s", message);
}

static gboolean
is_link_or_device (struct archive_entry *entry)
{
  return archive_entry_symlink (entry) != NULL || archive_entry_hardlink (entry) != NULL ||
         (archive_entry_filetype (entry) != AE_IFREG && archive_entry_filetype (entry) != AE_IFDIR);
}

static void
judge_name (Diagnosis *self, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *slash = strchr (name, '/');
  const char *problem = wb_zip_name_problem (name);

  if (problem != NULL) {
    add (self, name, problem);
    return;
  }
  if (g_hash_table_contains (self->names, lower))
    add (self,
         name,
         _ ("The ZIP holds two files whose names are equal or differ only in capitals."));
  g_hash_table_add (self->names, g_steal_pointer (&lower));
  if (self->base == NULL)
    self->base = g_strndup (name, (gsize) (slash - name) + 1);
  if (!g_str_has_prefix (name, self->base))
    add (self, name, _ ("The ZIP holds more than one base folder; a bundle has one."));
  if (g_str_equal (slash + 1, "fetch.txt"))
    add (self, name, _ ("The bundle has a fetch.txt: it would depend on files elsewhere."));
}

/* Reads over the data and counts; FALSE: no use in going on. */
static gboolean
measure (Diagnosis *self, struct archive *archive, const char *name)
{
  const void *block;
  size_t size;
  la_int64_t offset;

  while (archive_read_data_block (archive, &block, &size, &offset) == ARCHIVE_OK) {
    self->unpacked += size;
    if (self->unpacked > BOMB_SIZE && self->unpacked / BOMB_RATIO > self->file_size) {
      add (self,
           name,
           _ ("This is a ZIP bomb: unpacked it would be hundreds of times as large. Do not unpack "
              "it."));
      return FALSE;
    }
    if (self->unpacked > READ_MAX)
      return FALSE;
  }
  return TRUE;
}

static gboolean
judge_entry (Diagnosis *self, struct archive *archive, struct archive_entry *entry)
{
  const char *name = archive_entry_pathname (entry);
  gboolean folder = archive_entry_filetype (entry) == AE_IFDIR;

  if (name == NULL || ++self->entries > WB_ZIP_MAX_ENTRIES) {
    add (self,
         "ZIP",
         _ ("The ZIP holds more files than a bundle may have, or one without a name."));
    return FALSE;
  }
  if (archive_entry_is_encrypted (entry)) {
    add (self, name, _ ("The ZIP's files are encrypted with a ZIP password; no bundle is."));
    return FALSE;
  }
  if (is_link_or_device (entry))
    add (self, name, _ ("The ZIP holds a link or a device; a bundle holds files only."));
  else if (!folder)
    judge_name (self, name);
  return measure (self, archive, name);
}

/**
 * wb_zip_diagnose:
 * @stream: the bytes of the archive from their beginning
 * @file_size: size of the file on disk
 * @result: findings go here
 *
 * Lists a ZIP that is not of the one form and adds what is wrong with its names, kinds and sizes.
 * Limits: number of files, bytes read over, and their ratio to @file_size.
 *
 * Returns: whether anything was found
 */
gboolean
wb_zip_diagnose (GInputStream *stream, guint64 file_size, WbVerification *result)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  g_autofree Diagnosis *self = g_new0 (Diagnosis, 1);

  if (archive == NULL)
    return FALSE;
  self->stream = stream;
  self->result = result;
  self->file_size = MAX (file_size, 1);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  (void) archive_read_support_format_zip (archive);
  if (can_seek (self))
    (void) archive_read_set_seek_callback (archive, seek_cb);
  if (archive_read_open (archive, self, NULL, read_cb, NULL) == ARCHIVE_OK)
    while (archive_read_next_header (archive, &entry) >= ARCHIVE_WARN &&
           judge_entry (self, archive, entry))
      ;
  (void) archive_read_free (archive);
  g_hash_table_unref (self->names);
  g_free (self->base);
  return self->found;
}
