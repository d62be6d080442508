/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-i18n.h"

G_BEGIN_DECLS

/* What a verification checked, in numbers, and what it found. One for a store and for a bundle. */
typedef enum { WB_DEPTH_QUICK, WB_DEPTH_FULL, WB_DEPTH_DEEP } WbDepth;

typedef struct {
  char
      *part; /* the file or layer: "store.db", "entry", "keys/anna.age", "data/evidence/0001.pdf" */
  gint64 number; /* the entry's number, or -1 */
  char *message; /* one sentence in the user's language */
} WbFinding;

typedef struct _WbVerification WbVerification; /* reference counted */

WbVerification *wb_verification_new (const char *subject, const char *depth);
void wb_verification_set_subject (WbVerification *self, const char *subject);
WbVerification *wb_verification_ref (WbVerification *self);
void wb_verification_unref (WbVerification *self);
/* Counts what was checked: kinds are stable words such as "entries", "disclosures", "files". */
void wb_verification_count (WbVerification *self, const char *kind, guint64 n);
guint64 wb_verification_get_count (const WbVerification *self, const char *kind);
void wb_verification_add (WbVerification *self,
                          const char *part,
                          gint64 number,
                          const char *format,
                          ...) G_GNUC_PRINTF (4, 5);
/* What this check cannot show, in the user's language. */
void wb_verification_add_limit (WbVerification *self, const char *text);
/*
 * The two limits that every check of a log has: that it is unchanged, not that it is true, and a
 * roll-back. @outside: how many entries a checkpoint vouches for that somebody else kept, or -1.
 */
void wb_verification_add_log_limits (WbVerification *self, gint64 outside);
/* A fact worth showing: signer fingerprint, origin, root, profile. */
void wb_verification_set_fact (WbVerification *self, const char *name, const char *value);
const char *wb_verification_get_fact (const WbVerification *self, const char *name);
gboolean wb_verification_is_good (const WbVerification *self);
GPtrArray *wb_verification_get_findings (
    const WbVerification
        *self); /* (transfer none) (element-type WbFinding): at most 100 are kept */
guint64 wb_verification_get_n_findings (const WbVerification *self);
char **wb_verification_dup_limits (const WbVerification *self);
JsonNode *wb_verification_to_json (const WbVerification *self);
char *wb_verification_to_text (
    const WbVerification *self); /* several lines in the user's language */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbVerification, wb_verification_unref)

G_END_DECLS
