/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Reads a bundle's ZIP as a stream and compares every byte of its structure with what the writer
 * makes. What can be read over is a finding and reading goes on; what leaves no way to go on is an
 * error. Memory: one record a file.
 */
#include "wb-zip-private.h"

#include <zlib.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define SIGNATURE_SIZE 4
#define LOCAL_SIGNATURE "PK\003\004"
#define CENTRAL_SIGNATURE "PK\001\002"
#define BLOCK_HEADER 5

struct _WbZipReader {
  GInputStream *base;
  WbVerification *result;
  GPtrArray *entries;   /* (element-type WbZipEntry) as the local headers have them */
  GHashTable *names;    /* lower-case name → name */
  char *base_folder;    /* (nullable) with its "/" */
  WbZipEntry *current;  /* (nullable): the file whose data come next */
  char *part;           /* where we stand */
  guint64 offset;       /* bytes read so far */
  gsize block_left;     /* data bytes left in the block */
  gboolean last_block;  /* the block at hand is the file's last */
  gboolean saw_central; /* the signature after the last file was read */
};

/**
 * wb_zip_reader_new:
 * @base: an archive's bytes; buffered by the caller
 * @result: findings go here
 *
 * Returns: (transfer full): a reader before the first file
 */
WbZipReader *
wb_zip_reader_new (GInputStream *base, WbVerification *result)
{
  WbZipReader *self = g_new0 (WbZipReader, 1);

  self->base = g_object_ref (base);
  self->result = wb_verification_ref (result);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_zip_entry_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->part = g_strdup ("ZIP");
  return self;
}

void
wb_zip_reader_free (WbZipReader *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->base);
  wb_verification_unref (self->result);
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->entries);
  g_free (self->base_folder);
  g_free (self->part);
  g_free (self);
}

const char *
wb_zip_reader_get_base (const WbZipReader *self)
{
  return self->base_folder;
}

const char *
wb_zip_reader_get_part (const WbZipReader *self)
{
  return self->part;
}

static void
set_part (WbZipReader *self, const char *part)
{
  g_free (self->part);
  self->part = wb_zip_name_for_people (part);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_DAMAGED, message);
  return FALSE;
}

static gboolean
refuse_form (GError **error)
{
  return refuse (error,
                 _ ("The ZIP is not as it was written: it was damaged, changed or packed again. "
                    "Ask the sender for the file once more."));
}

/* Exactly @size bytes, or an error. */
static gboolean
take (WbZipReader *self, gpointer bytes, gsize size, GCancellable *cancellable, GError **error)
{
  gsize got = 0;

  if (!g_input_stream_read_all (self->base, bytes, size, &got, cancellable, error))
    return FALSE;
  self->offset += got;
  if (got < size)
    return refuse (error, _ ("The ZIP ends too early: a part of it is missing."));
  return TRUE;
}

/* The fields of a local header that may differ without losing the thread: times, sums, sizes. */
static gboolean
can_read_on (const guint8 *found, const guint8 *wanted)
{
  return memcmp (found + 6, wanted + 6, 4) == 0 && memcmp (found + 28, wanted + 28, 2) == 0;
}

static void
refuse_name (WbZipReader *self, const char *name)
{
  const char *problem = wb_zip_name_problem (name);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (problem != NULL)
    wb_verification_add (self->result, self->part, -1, "%s", problem);
  else if (g_hash_table_contains (self->names, lower))
    wb_verification_add (
        self->result,
        self->part,
        -1,
        "%s",
        _ ("The ZIP holds two files whose names are equal or differ only in capitals."));
  else
    wb_verification_add (self->result,
                         self->part,
                         -1,
                         "%s",
                         _ ("The ZIP holds more than one base folder; a bundle has one."));
}

/* Below the one base folder, seen for the first time, and made of safe characters. */
static gboolean
is_name_good (WbZipReader *self, const char *name)
{
  g_autofree char *lower = NULL;

  if (wb_zip_name_problem (name) != NULL)
    return FALSE;
  if (self->base_folder == NULL)
    self->base_folder = g_strndup (name, (gsize) (strchr (name, '/') - name) + 1);
  if (!g_str_has_prefix (name, self->base_folder))
    return FALSE;
  lower = g_ascii_strdown (name, -1);
  if (g_hash_table_contains (self->names, lower))
    return FALSE;
  g_hash_table_add (self->names, g_steal_pointer (&lower));
  return TRUE;
}

static const char *
accept_name (WbZipReader *self, const char *name)
{
  const char *path;

  if (!is_name_good (self, name)) {
    set_part (self, name);
    refuse_name (self, name);
    return NULL;
  }
  path = name + strlen (self->base_folder);
  set_part (self, path);
  if (g_str_equal (path, "fetch.txt"))
    wb_verification_add (self->result,
                         path,
                         -1,
                         "%s",
                         _ ("The bundle has a fetch.txt: it would depend on files elsewhere."));
  return path;
}

/* The header's bytes, the name and all the rest as it must be. */
static gboolean
check_local (WbZipReader *self, const guint8 *found, const char *name, GError **error)
{
  g_autoptr (GByteArray) wanted = g_byte_array_new ();

  wb_zip_layout_local (wanted, name);
  if ((found[6] & 1) != 0)
    return refuse (error, _ ("The ZIP's files are encrypted with a ZIP password; no bundle is."));
  if (!can_read_on (found, wanted->data))
    return refuse_form (error);
  if (memcmp (found, wanted->data, WB_ZIP_LOCAL_SIZE) != 0)
    wb_verification_add (self->result,
                         self->part,
                         -1,
                         "%s",
                         _ ("The ZIP's header of this file is not as it was written."));
  return TRUE;
}

/* After the signature: the rest of a local header and the name. */
static gboolean
read_local (WbZipReader *self, const char **ret_path, GCancellable *cancellable, GError **error)
{
  guint8 header[WB_ZIP_LOCAL_SIZE] = LOCAL_SIGNATURE;
  char name[WB_ZIP_MAX_NAME + 1] = { 0 };
  WbZipEntry *entry = g_new0 (WbZipEntry, 1);
  gsize length;

  entry->offset = self->offset - SIGNATURE_SIZE;
  g_ptr_array_add (self->entries, entry);
  if (!take (self, header + SIGNATURE_SIZE, sizeof header - SIGNATURE_SIZE, cancellable, error))
    return FALSE;
  length = header[26] | (gsize) header[27] << 8;
  if (length > WB_ZIP_MAX_NAME)
    return refuse (error, _ ("A file in the ZIP has no name or one that is too long."));
  if (!take (self, name, length, cancellable, error))
    return FALSE;
  if (strlen (name) != length)
    return refuse (error, _ ("The ZIP holds a name with characters that no bundle uses."));
  entry->name = g_strdup (name);
  entry->crc = (guint32) crc32 (0, NULL, 0);
  self->current = entry;
  *ret_path = accept_name (self, entry->name);
  return check_local (self, header, name, error);
}

/**
 * wb_zip_reader_next:
 * @self: a reader whose file, if any, was read to its end
 * @ret_path: (out) (nullable): path of the next file below the base folder, owned by @self; %NULL
 *   where its name was refused (a finding tells) and its data are to be read over
 * @cancellable: (nullable): stops the reading
 * @error: return location for an error
 *
 * Goes to the next file. WB_ERROR_DAMAGED where no way to go on is left.
 *
 * Returns: whether there is one; %FALSE without an error: the last file was read
 */
gboolean
wb_zip_reader_next (WbZipReader *self,
                    const char **ret_path,
                    GCancellable *cancellable,
                    GError **error)
{
  char signature[SIGNATURE_SIZE];
  gboolean first = self->entries->len == 0;

  g_return_val_if_fail (self->current == NULL, FALSE);
  if (first)
    set_part (self, "ZIP");
  if (!take (self, signature, sizeof signature, cancellable, error))
    return FALSE;
  if (!first && memcmp (signature, CENTRAL_SIGNATURE, SIGNATURE_SIZE) == 0) {
    self->saw_central = TRUE;
    return FALSE;
  }
  if (memcmp (signature, LOCAL_SIGNATURE, SIGNATURE_SIZE) != 0) {
    return first ? refuse (error,
                           _ ("This is not a bundle: it is no ZIP file, or something stands before "
                              "the ZIP."))
                 : refuse_form (error);
  }
  if (self->entries->len >= WB_ZIP_MAX_ENTRIES)
    return refuse (error, _ ("The ZIP holds more files than a bundle may have."));
  return read_local (self, ret_path, cancellable, error);
}

static gboolean
begin_block (WbZipReader *self, GCancellable *cancellable, GError **error)
{
  guint8 header[BLOCK_HEADER];
  gsize length;

  if (!take (self, header, sizeof header, cancellable, error))
    return FALSE;
  length = header[1] | (gsize) header[2] << 8;
  if (header[0] > 1 || (header[1] ^ header[3]) != 0xff || (header[2] ^ header[4]) != 0xff)
    return refuse_form (error);
  /* Only the last block may be short, and it is empty only in an empty file. */
  if ((header[0] == 0 && length != WB_ZIP_BLOCK) ||
      (header[0] == 1 && length == 0 && self->current->size != 0))
    return refuse_form (error);
  self->last_block = header[0] == 1;
  self->block_left = length;
  self->current->stored += BLOCK_HEADER + length;
  return TRUE;
}

static gboolean
end_file (WbZipReader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) wanted = g_byte_array_new ();
  guint8 found[WB_ZIP_DESCRIPTOR_SIZE];

  if (!take (self, found, sizeof found, cancellable, error))
    return FALSE;
  wb_zip_layout_descriptor (wanted, self->current);
  if (memcmp (found, wanted->data, sizeof found) != 0)
    wb_verification_add (self->result,
                         self->part,
                         -1,
                         "%s",
                         _ ("The check sum that the ZIP keeps of this file does not fit it."));
  self->current = NULL;
  self->last_block = FALSE;
  return TRUE;
}

/**
 * wb_zip_reader_read:
 * @self: a reader within a file
 * @buffer: room for data
 * @size: how much, more than 0
 * @cancellable: (nullable): stops the reading
 * @error: return location for an error
 *
 * Gives out data of the file at hand; after the last of them its sum was compared.
 *
 * Returns: how many bytes; 0 at the file's end, -1 on an error
 */
gssize
wb_zip_reader_read (WbZipReader *self,
                    gpointer buffer,
                    gsize size,
                    GCancellable *cancellable,
                    GError **error)
{
  gsize part;

  g_return_val_if_fail (self->current != NULL, -1);
  while (self->block_left == 0) {
    if (self->last_block)
      return end_file (self, cancellable, error) ? 0 : -1;
    if (!begin_block (self, cancellable, error))
      return -1;
  }
  part = MIN (size, self->block_left);
  if (part > WB_ZIP_MAX_FILE - self->current->size) {
    (void) refuse_form (error);
    return -1;
  }
  if (!take (self, buffer, part, cancellable, error))
    return -1;
  self->block_left -= part;
  self->current->size += part;
  self->current->crc = (guint32) crc32_z (self->current->crc, buffer, part);
  return (gssize) part;
}

/* Reads as many bytes as @wanted has, from @skip on, and compares. */
static gboolean
compare (WbZipReader *self,
         const GByteArray *wanted,
         gsize skip,
         gboolean *ret_equal,
         GCancellable *cancellable,
         GError **error)
{
  gsize size = wanted->len - skip;
  g_autofree guint8 *found = g_malloc (size);

  if (!take (self, found, size, cancellable, error))
    return FALSE;
  *ret_equal = memcmp (found, wanted->data + skip, size) == 0;
  return TRUE;
}

static gboolean
check_directory (WbZipReader *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->entries->len; i++) {
    WbZipEntry *entry = g_ptr_array_index (self->entries, i);
    g_autoptr (GByteArray) wanted = g_byte_array_new ();
    const char *path = strchr (entry->name, '/');
    gboolean equal = FALSE;

    set_part (self, path != NULL ? path + 1 : entry->name);
    wb_zip_layout_central (wanted, entry);
    if (!compare (self, wanted, i == 0 ? SIGNATURE_SIZE : 0, &equal, cancellable, error))
      return FALSE;
    if (!equal)
      wb_verification_add (self->result,
                           self->part,
                           -1,
                           "%s",
                           _ ("The ZIP's table of contents does not fit this file."));
  }
  return TRUE;
}

static gboolean
check_end (WbZipReader *self, guint64 start, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) wanted = g_byte_array_new ();
  gboolean equal = FALSE;
  gsize more = 0;
  char after;

  wb_zip_layout_end (wanted, self->entries->len, start, self->offset - start);
  if (!compare (self, wanted, 0, &equal, cancellable, error))
    return FALSE;
  if (!equal)
    wb_verification_add (self->result,
                         "ZIP",
                         -1,
                         "%s",
                         _ ("The end of the ZIP is not as it was written."));
  if (!g_input_stream_read_all (self->base, &after, 1, &more, cancellable, error))
    return FALSE;
  if (more != 0)
    wb_verification_add (self->result, "ZIP", -1, "%s", _ ("Something stands after the ZIP."));
  return TRUE;
}

/**
 * wb_zip_reader_finish:
 * @self: a reader after the last file
 * @cancellable: (nullable): stops the reading
 * @error: return location for an error
 *
 * Compares the directory and the end with the files that passed; nothing may follow.
 *
 * Returns: whether all could be read; what differs is a finding
 */
gboolean
wb_zip_reader_finish (WbZipReader *self, GCancellable *cancellable, GError **error)
{
  guint64 start = self->offset - SIGNATURE_SIZE;

  g_return_val_if_fail (self->saw_central, FALSE);
  if (!check_directory (self, cancellable, error))
    return FALSE;
  set_part (self, "ZIP");
  return check_end (self, start, cancellable, error);
}
