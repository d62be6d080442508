/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-bundle.h"
#include "wb-entry.h"

G_BEGIN_DECLS

#define WB_BUNDLE_FORMAT "waarborg-bundle v1"
#define WB_BUNDLE_MANIFEST "manifest-sha256.txt"
#define WB_BUNDLE_TAG_MANIFEST "tagmanifest-sha256.txt"
#define WB_BUNDLE_SIGNATURE "tagmanifest-sha256.txt.sig"
#define WB_BUNDLE_MAX_REFERENCE 80
#define WB_BUNDLE_CHUNK (256 * 1024) /* of reading and writing */

/* One file of a bundle: its bytes, or the evidence that gives them. */
typedef struct {
  char *path; /* below the base folder */
  GBytes *bytes;
  const WbBundleEvidence *evidence;
  guint64 size;
  char *sha256;
} WbBagFile;

/* Writing: everything but the evidence, made and signed. (element-type WbBagFile) in order. */
GPtrArray *wb_bag_plan (WbBundleContent *content,
                        const WbSecret *signing_seed,
                        char **ret_fingerprint,
                        GError **error);
void wb_bag_file_free (WbBagFile *self);
WbBagFile *wb_bag_file_new (const char *path, GBytes *bytes);
char *wb_bag_manifest (GPtrArray *files, gboolean payload);
gboolean wb_bag_is_payload (const char *path);

gboolean wb_bundle_content_check (const WbBundleContent *self, GError **error);
gboolean wb_bundle_name_is_safe (const char *text); /* [A-Za-z0-9._-], 1 to 80 */
char *wb_bundle_entry_path (const char *folder, guint64 number, const char *suffix);

char *wb_index_csv_format (GPtrArray *evidence);
typedef struct {
  guint64 number;
  char *name;
  char *sha256;
  char *date;
} WbIndexRow;
GPtrArray *wb_index_csv_parse (const char *text, gsize size, GError **error);
void wb_index_row_free (WbIndexRow *self);

GBytes *wb_mdto_format (const WbBundleContent *content, GError **error);
char *wb_ical_format (const WbBundleContent *content, GError **error);
char *wb_bundle_text_fill (const char *resource,
                           const WbBundleContent *content,
                           const char *fingerprint,
                           GError **error);

/* Reading: what an archive held. Small files are kept, the rest only as sums. */
#define WB_BUNDLE_KEEP_MAX (64 * 1024 * 1024) /* all kept files together: memory stays bounded */
typedef struct {
  char *path;
  guint64 size;
  char *sha256;
  GBytes *bytes; /* (nullable) */
} WbBundleFile;
typedef struct {
  char *base;        /* base folder's name */
  GHashTable *files; /* path → WbBundleFile */
  WbVerification *result;
  gboolean whole; /* the archive was read to its end */
} WbBundleFiles;
WbBundleFiles *wb_bundle_files_read (GInputStream *zip,
                                     WbVerification *result,
                                     WbProgress progress,
                                     gpointer user_data,
                                     guint64 total,
                                     GCancellable *cancellable,
                                     GError **error);
void wb_bundle_files_free (WbBundleFiles *self);
/* Kept bytes of a file; NULL where it is not there. */
GBytes *wb_bundle_files_get (const WbBundleFiles *self, const char *path);
const WbBundleFile *wb_bundle_files_find (const WbBundleFiles *self, const char *path);
GList *wb_bundle_files_list (const WbBundleFiles *self, const char *folder); /* sorted paths */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBundleFiles, wb_bundle_files_free)

/* One entry of the bundle with the values that were given along. */
typedef struct {
  WbEntry *entry;
  GHashTable *values; /* field name → compact JSON */
} WbBundleLogEntry;
typedef struct {
  char *origin;
  guint64 size;
  GHashTable *entries; /* guint64 * → WbBundleLogEntry */
} WbBundleLog;
void wb_bundle_log_free (WbBundleLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBundleLog, wb_bundle_log_free)

WbVerification *wb_bundle_verify_keeping (const char *path,
                                          const WbBundleCheckOptions *options,
                                          WbProgress progress,
                                          gpointer user_data,
                                          GCancellable *cancellable,
                                          WbBundleFiles **ret_files,
                                          GError **error);
GInputStream *wb_bundle_open_zip (const char *path,
                                  const WbBundleCheckOptions *options,
                                  GCancellable *cancellable,
                                  GError **error);
void wb_bundle_check_all (WbBundleFiles *files, const char *signer);
void wb_bundle_check_bag (WbBundleFiles *files);
void wb_bundle_check_signature (WbBundleFiles *files, const char *signer);
WbBundleLog *wb_bundle_check_log (WbBundleFiles *files);
void wb_bundle_check_case (WbBundleFiles *files, const WbBundleLog *log);

/* A stream that hashes and counts what passes. */
#define WB_TYPE_HASH_OUTPUT (wb_hash_output_get_type ())
G_DECLARE_FINAL_TYPE (WbHashOutput, wb_hash_output, WB, HASH_OUTPUT, GFilterOutputStream)
GOutputStream *wb_hash_output_new (GOutputStream *base);
char *wb_hash_output_finish (WbHashOutput *self, guint64 *ret_size); /* hex, after the last byte */
const GError *wb_hash_output_get_failure (const WbHashOutput *self);

G_END_DECLS
