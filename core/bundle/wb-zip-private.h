/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-verification.h"

G_BEGIN_DECLS

/*
 * The one form of ZIP that a bundle has: every header value is fixed, data stand in stored blocks
 * of deflate (no compression: two different streams could give the same bytes, so a changed byte
 * might go unseen), nothing stands before, between or after. Any other byte is a finding.
 */
#define WB_ZIP_BLOCK 65535 /* RFC 1951: a stored block's largest length */
#define WB_ZIP_MAX_FILE G_GUINT64_CONSTANT (4294000000) /* with its block headers under 4 GiB */
#define WB_ZIP_MAX_ENTRIES 100000 /* some 30 MB of bookkeeping while reading */
#define WB_ZIP_MAX_NAME 200       /* Windows opens no path over 260 */
#define WB_ZIP_LOCAL_SIZE 30      /* local header before the name */
#define WB_ZIP_DESCRIPTOR_SIZE 16

typedef struct {
  char *name;
  guint32 crc;
  guint64 size;   /* of the file */
  guint64 stored; /* with block headers */
  guint64 offset; /* of its local header */
} WbZipEntry;
void wb_zip_entry_free (WbZipEntry *self);

/* The very bytes of each part; the reader compares with these. */
void wb_zip_layout_local (GByteArray *out, const char *name);
void wb_zip_layout_descriptor (GByteArray *out, const WbZipEntry *entry);
void wb_zip_layout_central (GByteArray *out, const WbZipEntry *entry);
void wb_zip_layout_end (GByteArray *out, guint64 count, guint64 offset, guint64 size);
guint64 wb_zip_stored_size (guint64 size);
guint64 wb_zip_entry_size (const char *name, guint64 size); /* all that one file takes */

typedef struct _WbZipWriter WbZipWriter;
WbZipWriter *wb_zip_writer_new (GOutputStream *base);
gboolean wb_zip_writer_begin (WbZipWriter *self,
                              const char *name,
                              GCancellable *cancellable,
                              GError **error);
gboolean wb_zip_writer_write (WbZipWriter *self,
                              gconstpointer bytes,
                              gsize size,
                              GCancellable *cancellable,
                              GError **error);
gboolean wb_zip_writer_end (WbZipWriter *self, GCancellable *cancellable, GError **error);
gboolean wb_zip_writer_finish (WbZipWriter *self, GCancellable *cancellable, GError **error);
void wb_zip_writer_free (WbZipWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipWriter, wb_zip_writer_free)

typedef struct _WbZipReader WbZipReader;
WbZipReader *wb_zip_reader_new (GInputStream *base, WbVerification *result);
/* FALSE without an error: no more files. @ret_path lies below the base folder; NULL where the name
 * was refused and the data are to be read over. */
gboolean wb_zip_reader_next (WbZipReader *self,
                             const char **ret_path,
                             GCancellable *cancellable,
                             GError **error);
gssize wb_zip_reader_read (WbZipReader *self,
                           gpointer buffer,
                           gsize size,
                           GCancellable *cancellable,
                           GError **error);
gboolean wb_zip_reader_finish (WbZipReader *self, GCancellable *cancellable, GError **error);
const char *wb_zip_reader_get_base (const WbZipReader *self); /* (nullable) before the first file */
const char *wb_zip_reader_get_part (const WbZipReader *self); /* where it stands, for a finding */
void wb_zip_reader_free (WbZipReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipReader, wb_zip_reader_free)

/* One sentence on what is wrong with this name in an archive, or NULL. */
const char *wb_zip_name_problem (const char *name);
char *wb_zip_name_for_people (const char *name);

/* Says what kind of foreign or hostile ZIP this is; nothing is unpacked. FALSE: found nothing. */
gboolean wb_zip_diagnose (GInputStream *stream, guint64 file_size, WbVerification *result);

G_END_DECLS
