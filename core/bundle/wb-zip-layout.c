/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The bytes of a ZIP's headers as a bundle has them (APPNOTE 6.3.10): UTF-8 flag, data descriptor,
 * the time 1980-01-01, mode 0600, no extra field but ZIP64's in the directory, no comment.
 * Writer and reader both come here, so that they cannot differ.
 */
#include "wb-zip-private.h"

#define ZIP_VERSION 20    /* deflate */
#define ZIP_VERSION_64 45 /* ZIP64 */
#define ZIP_MADE_BY_UNIX 0x0300
#define ZIP_FLAGS 0x0808 /* sizes follow the data; names are UTF-8 */
#define ZIP_DEFLATE 8
#define ZIP_DATE 0x0021           /* 1980-01-01 */
#define ZIP_MODE (0100600u << 16) /* a file that only its owner reads */

static void
add16 (GByteArray *out, guint16 value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
add32 (GByteArray *out, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
add64 (GByteArray *out, guint64 value)
{
  guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
add_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

/**
 * wb_zip_layout_local:
 * @out: bytes are appended here
 * @name: path within the archive
 *
 * The local header: sizes and sum are zero there and follow the data.
 */
void
wb_zip_layout_local (GByteArray *out, const char *name)
{
  add32 (out, 0x04034b50);
  add16 (out, ZIP_VERSION);
  add16 (out, ZIP_FLAGS);
  add16 (out, ZIP_DEFLATE);
  add16 (out, 0);
  add16 (out, ZIP_DATE);
  add32 (out, 0);
  add32 (out, 0);
  add32 (out, 0);
  add16 (out, (guint16) strlen (name));
  add16 (out, 0);
  add_text (out, name);
}

/**
 * wb_zip_layout_descriptor:
 * @out: bytes are appended here
 * @entry: a file whose data have passed
 *
 * The data descriptor, with its signature.
 */
void
wb_zip_layout_descriptor (GByteArray *out, const WbZipEntry *entry)
{
  add32 (out, 0x08074b50);
  add32 (out, entry->crc);
  add32 (out, (guint32) entry->stored);
  add32 (out, (guint32) entry->size);
}

/**
 * wb_zip_layout_central:
 * @out: bytes are appended here
 * @entry: a file of the archive
 *
 * The file's record in the central directory; ZIP64's extra field holds only the offset, and only
 * where that does not fit in 32 bits.
 */
void
wb_zip_layout_central (GByteArray *out, const WbZipEntry *entry)
{
  gboolean far_off = entry->offset >= G_MAXUINT32;

  add32 (out, 0x02014b50);
  add16 (out, ZIP_MADE_BY_UNIX | (far_off ? ZIP_VERSION_64 : ZIP_VERSION));
  add16 (out, far_off ? ZIP_VERSION_64 : ZIP_VERSION);
  add16 (out, ZIP_FLAGS);
  add16 (out, ZIP_DEFLATE);
  add16 (out, 0);
  add16 (out, ZIP_DATE);
  add32 (out, entry->crc);
  add32 (out, (guint32) entry->stored);
  add32 (out, (guint32) entry->size);
  add16 (out, (guint16) strlen (entry->name));
  add16 (out, far_off ? 12 : 0);
  add16 (out, 0);
  add16 (out, 0);
  add16 (out, 0);
  add32 (out, ZIP_MODE);
  add32 (out, far_off ? G_MAXUINT32 : (guint32) entry->offset);
  add_text (out, entry->name);
  if (far_off) {
    add16 (out, 0x0001);
    add16 (out, 8);
    add64 (out, entry->offset);
  }
}

static void
add_end64 (GByteArray *out, guint64 count, guint64 offset, guint64 size)
{
  add32 (out, 0x06064b50);
  add64 (out, 44);
  add16 (out, ZIP_MADE_BY_UNIX | ZIP_VERSION_64);
  add16 (out, ZIP_VERSION_64);
  add32 (out, 0);
  add32 (out, 0);
  add64 (out, count);
  add64 (out, count);
  add64 (out, size);
  add64 (out, offset);
  add32 (out, 0x07064b50);
  add32 (out, 0);
  add64 (out, offset + size);
  add32 (out, 1);
}

/**
 * wb_zip_layout_end:
 * @out: bytes are appended here
 * @count: number of files
 * @offset: where the central directory begins
 * @size: how long it is, in bytes
 *
 * The end of the archive, with ZIP64's records where a number does not fit.
 */
void
wb_zip_layout_end (GByteArray *out, guint64 count, guint64 offset, guint64 size)
{
  gboolean large = count >= G_MAXUINT16 || offset >= G_MAXUINT32 || size >= G_MAXUINT32;

  if (large)
    add_end64 (out, count, offset, size);
  add32 (out, 0x06054b50);
  add16 (out, 0);
  add16 (out, 0);
  add16 (out, large ? G_MAXUINT16 : (guint16) count);
  add16 (out, large ? G_MAXUINT16 : (guint16) count);
  add32 (out, large ? G_MAXUINT32 : (guint32) size);
  add32 (out, large ? G_MAXUINT32 : (guint32) offset);
  add16 (out, 0);
}

/**
 * wb_zip_stored_size:
 * @size: bytes of a file
 *
 * Returns: what its stored blocks take: 5 bytes more for each of 65,535
 */
guint64
wb_zip_stored_size (guint64 size)
{
  guint64 blocks = size == 0 ? 1 : (size + WB_ZIP_BLOCK - 1) / WB_ZIP_BLOCK;

  return size + 5 * blocks;
}

/**
 * wb_zip_entry_size:
 * @name: path within the archive
 * @size: bytes of the file
 *
 * Returns: an upper bound of what the file takes in the archive, its directory record included
 */
guint64
wb_zip_entry_size (const char *name, guint64 size)
{
  return WB_ZIP_LOCAL_SIZE + wb_zip_stored_size (size) + WB_ZIP_DESCRIPTOR_SIZE + 46 + 12 +
         2 * strlen (name);
}

void
wb_zip_entry_free (WbZipEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}
