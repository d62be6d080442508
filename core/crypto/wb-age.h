/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-secret.h"

G_BEGIN_DECLS

/* age v1 (C2SP age.md v1.0.0): X25519 and scrypt recipients, binary and armored reading. */
#define WB_AGE_WORK_FACTOR 18     /* log2 of scrypt's N that we write */
#define WB_AGE_WORK_FACTOR_MAX 22 /* that we accept */
#define WB_AGE_RECIPIENTS_MAX 100 /* of one file: keeps what we write far below what we read */

WbSecret *wb_age_identity_generate (GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* the text AGE-SECRET-KEY-1... */
char *wb_age_identity_to_recipient (const WbSecret *identity, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* age1... */
gboolean wb_age_recipient_check (const char *recipient, GError **error);

/*
 * Writes to @base what is written to the stream. Either @recipients (age1...) or @passphrase is
 * given. Only a successful g_output_stream_close() makes a whole file. Closes @base with it.
 */
GOutputStream *wb_age_encrypt (GOutputStream *base,
                               const char *const *recipients,
                               const WbSecret *passphrase,
                               guint work_factor,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/*
 * Reads the header at once; WB_ERROR_WRONG_KEY if neither an identity (element-type WbSecret, the
 * texts AGE-SECRET-KEY-1...) nor the passphrase fits. No byte of a chunk is given out before its
 * tag was checked; a cut or damaged file fails with WB_ERROR_DAMAGED.
 */
GInputStream *wb_age_decrypt (GInputStream *base,
                              GPtrArray *identities,
                              const WbSecret *passphrase,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whole small values: key files, sealed fields. */
GBytes *wb_age_encrypt_bytes (gconstpointer plain,
                              gsize size,
                              const char *const *recipients,
                              const WbSecret *passphrase,
                              guint work_factor,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
WbSecret *wb_age_decrypt_bytes (gconstpointer sealed,
                                gsize size,
                                GPtrArray *identities,
                                const WbSecret *passphrase,
                                gsize limit,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
