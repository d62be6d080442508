/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "wb-secret.h"
#include "wb-time.h"
#include "wb-verification.h"

G_BEGIN_DECLS

#define WB_BUNDLE_NAMESPACE "case-bundle@waarborg"

/* Called now and then from the working thread; @done of @total bytes. */
typedef void (*WbProgress) (guint64 done, guint64 total, gpointer user_data);

/* One piece of evidence, read when it is its turn. */
typedef struct {
  guint number;
  char *name; /* original file name */
  char *media_type;
  guint64 size;
  char *sha256; /* hex, as recorded at intake: compared while writing */
  char *date;   /* when taken in, RFC 3339 */
  char *record_ref;
} WbBundleEvidence;
typedef GInputStream *(*WbBundleOpenEvidence) (const WbBundleEvidence *evidence,
                                               gpointer user_data,
                                               GError **error);

typedef struct {
  guint64 number;
  GBytes *bytes;    /* the entry, the very bytes hashed */
  GPtrArray *lines; /* (element-type utf8): the disclosure lines given along, in order; withheld
                       ones are left out */
  char *proof;      /* tlog-proof text */
} WbBundleEntry;

/* All that goes into a bundle; made by the register, which decides what the profile gives. */
typedef struct {
  char *reference; /* REF: base folder, [A-Za-z0-9._-] */
  WbInstant made;
  char *body;      /* name */
  char *principal; /* for allowed_signers and ssh-keygen -I: the body's code, [A-Za-z0-9._-] */
  char *profile;
  WbLanguage language;       /* of report.pdf */
  JsonObject *case_document; /* docs/case-json.md */
  GPtrArray *evidence;       /* (element-type WbBundleEvidence) */
  WbBundleOpenEvidence open_evidence;
  gpointer open_data;
  GPtrArray *entries; /* (element-type WbBundleEntry) */
  char *vkey;
  char *checkpoint;
  guint64 evidence_bytes; /* sum of sizes: for free space and progress */
} WbBundleContent;

/* Deadlines as case.json has them, and what is the same for all; "reminders" of one are days
 * before its end. */
typedef struct {
  JsonArray *deadlines;  /* (nullable) */
  const char *case_id;   /* (nullable): else each names its "case" */
  const char *reference; /* where one names no record */
  const char *product;   /* "Case bundle//EN" */
  const WbZone *zone;
  WbLanguage language;
  WbInstant made;
} WbIcal;
char *wb_ical_format_list (const WbIcal *of, GError **error) G_GNUC_WARN_UNUSED_RESULT;

WbBundleContent *wb_bundle_content_new (void);
void wb_bundle_content_free (WbBundleContent *self);
void wb_bundle_evidence_free (WbBundleEvidence *self);
void wb_bundle_entry_free (WbBundleEntry *self);
/* "evidence/0001.pdf": its name in the bundle, below data/; case.json names it so. */
char *wb_bundle_evidence_file (const WbBundleEvidence *self);

/*
 * Checks free space, writes @path through a temporary name, reads back, verifies, renames.
 * @recipients (nullable): age1...; with them the file is .zip.age. WB_ERROR_EXISTS,
 * WB_ERROR_NO_SPACE.
 * WB_ERROR_VERIFY where what was written does not verify; nothing is kept then.
 */
gboolean wb_bundle_write (WbBundleContent *content,
                          const WbSecret *signing_seed,
                          const char *path,
                          const char *const *recipients,
                          WbProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          char **ret_sha256,
                          GError **error);

typedef struct {
  const char *signer;         /* (nullable): fingerprint that must have signed */
  GPtrArray *identities;      /* (nullable) (element-type WbSecret): for .age */
  const WbSecret *passphrase; /* (nullable): for .age */
} WbBundleCheckOptions;
/* The findings are in the result; an error only where nothing could be read at all (no ZIP, no
 * key). */
WbVerification *wb_bundle_verify (const char *path,
                                  const WbBundleCheckOptions *options,
                                  WbProgress progress,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the file begins as a ZIP or age file does (not a folder): a bundle rather than a
 * register. */
gboolean wb_bundle_looks_like_one (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBundleContent, wb_bundle_content_free)

G_END_DECLS
