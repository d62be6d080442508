/* SPDX-License-Identifier: EUPL-1.2 */

/* Writes a bundle's ZIP as a stream: one file after the other, never going back. */
#include "wb-zip-private.h"

#include <zlib.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define BLOCK_HEADER 5

struct _WbZipWriter {
  GOutputStream *base;
  GPtrArray *entries; /* (element-type WbZipEntry) */
  WbZipEntry *current;
  guint64 offset;
  GByteArray *block; /* header and data of the block that waits */
};

/**
 * wb_zip_writer_new:
 * @base: where the archive goes; not closed
 *
 * Returns: (transfer full): a writer of an archive that is still empty
 */
WbZipWriter *
wb_zip_writer_new (GOutputStream *base)
{
  WbZipWriter *self = g_new0 (WbZipWriter, 1);

  self->base = g_object_ref (base);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_zip_entry_free);
  self->block = g_byte_array_sized_new (BLOCK_HEADER + WB_ZIP_BLOCK);
  g_byte_array_set_size (self->block, BLOCK_HEADER);
  return self;
}

void
wb_zip_writer_free (WbZipWriter *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->base);
  g_ptr_array_unref (self->entries);
  g_byte_array_unref (self->block);
  g_free (self);
}

static gboolean
put (WbZipWriter *self, gconstpointer bytes, gsize size, GCancellable *cancellable, GError **error)
{
  self->offset += size;
  return g_output_stream_write_all (self->base, bytes, size, NULL, cancellable, error);
}

static gboolean
put_array (WbZipWriter *self, GByteArray *array, GCancellable *cancellable, GError **error)
{
  return put (self, array->data, array->len, cancellable, error);
}

/* One stored block: the last-block bit, the length and its complement, the data. */
static gboolean
put_block (WbZipWriter *self, gboolean last, GCancellable *cancellable, GError **error)
{
  guint8 *header = self->block->data;
  gsize filled = self->block->len - BLOCK_HEADER;

  header[0] = last ? 1 : 0;
  header[1] = (guint8) (filled & 0xff);
  header[2] = (guint8) (filled >> 8);
  header[3] = (guint8) ~header[1];
  header[4] = (guint8) ~header[2];
  self->current->stored += self->block->len;
  if (!put_array (self, self->block, cancellable, error))
    return FALSE;
  g_byte_array_set_size (self->block, BLOCK_HEADER);
  return TRUE;
}

/**
 * wb_zip_writer_begin:
 * @self: a writer
 * @name: path within the archive
 * @cancellable: (nullable): stops the writing
 * @error: return location for an error
 *
 * Begins a file. WB_ERROR_TOO_LARGE when there are too many.
 *
 * Returns: whether its header was written
 */
gboolean
wb_zip_writer_begin (WbZipWriter *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();

  g_return_val_if_fail (self->current == NULL, FALSE);
  if (self->entries->len >= WB_ZIP_MAX_ENTRIES || strlen (name) > WB_ZIP_MAX_NAME) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("A bundle holds at most 100,000 files: split the case's evidence."));
    return FALSE;
  }
  self->current = g_new0 (WbZipEntry, 1);
  self->current->name = g_strdup (name);
  self->current->offset = self->offset;
  self->current->crc = (guint32) crc32 (0, NULL, 0);
  g_ptr_array_add (self->entries, self->current);
  wb_zip_layout_local (header, name);
  return put_array (self, header, cancellable, error);
}

/**
 * wb_zip_writer_write:
 * @self: a writer within a file
 * @bytes: data of the file
 * @size: how many
 * @cancellable: (nullable): stops the writing
 * @error: return location for an error
 *
 * A full block waits until it is known whether it is the last.
 *
 * Returns: whether all was written or is held
 */
gboolean
wb_zip_writer_write (WbZipWriter *self,
                     gconstpointer bytes,
                     gsize size,
                     GCancellable *cancellable,
                     GError **error)
{
  const guint8 *at = bytes;

  if (size > WB_ZIP_MAX_FILE - self->current->size) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("A file of 4 GB or more does not go into a bundle: split it first."));
    return FALSE;
  }
  self->current->crc = (guint32) crc32_z (self->current->crc, bytes, size);
  self->current->size += size;
  while (size > 0) {
    gsize part;

    if (self->block->len == BLOCK_HEADER + WB_ZIP_BLOCK &&
        !put_block (self, FALSE, cancellable, error))
      return FALSE;
    part = MIN (size, BLOCK_HEADER + WB_ZIP_BLOCK - self->block->len);
    g_byte_array_append (self->block, at, (guint) part);
    at += part;
    size -= part;
  }
  return TRUE;
}

/**
 * wb_zip_writer_end:
 * @self: a writer within a file
 * @cancellable: (nullable): stops the writing
 * @error: return location for an error
 *
 * Ends the file: its last block, then sum and sizes.
 *
 * Returns: whether that was written
 */
gboolean
wb_zip_writer_end (WbZipWriter *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) descriptor = g_byte_array_new ();

  if (!put_block (self, TRUE, cancellable, error))
    return FALSE;
  wb_zip_layout_descriptor (descriptor, self->current);
  self->current = NULL;
  return put_array (self, descriptor, cancellable, error);
}

/**
 * wb_zip_writer_finish:
 * @self: a writer between files
 * @cancellable: (nullable): stops the writing
 * @error: return location for an error
 *
 * Writes the directory and the end. The base stream is neither flushed nor closed.
 *
 * Returns: whether the archive is whole
 */
gboolean
wb_zip_writer_finish (WbZipWriter *self, GCancellable *cancellable, GError **error)
{
  guint64 start = self->offset;

  for (guint i = 0; i < self->entries->len; i++) {
    g_autoptr (GByteArray) record = g_byte_array_new ();

    wb_zip_layout_central (record, g_ptr_array_index (self->entries, i));
    if (!put_array (self, record, cancellable, error))
      return FALSE;
  }
  {
    g_autoptr (GByteArray) end = g_byte_array_new ();

    wb_zip_layout_end (end, self->entries->len, start, self->offset - start);
    return put_array (self, end, cancellable, error);
  }
}
