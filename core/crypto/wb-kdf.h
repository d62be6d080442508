/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-secret.h"

G_BEGIN_DECLS

/* The primitives under age v1; wrapped so that libgcrypt's traps cannot be reached. */
gboolean wb_hmac_sha256 (gconstpointer key,
                         gsize key_size,
                         gconstpointer data,
                         gsize size,
                         guint8 ret_tag[32],
                         GError **error);
gboolean wb_hkdf_sha256 (gconstpointer key,
                         gsize key_size,
                         gconstpointer salt,
                         gsize salt_size,
                         const char *info,
                         gsize info_size,
                         gpointer ret_bytes,
                         gsize size,
                         GError **error);
gboolean wb_scrypt (gconstpointer passphrase,
                    gsize passphrase_size,
                    gconstpointer salt,
                    gsize salt_size,
                    guint log2_n,
                    guint r,
                    guint p,
                    gpointer ret_bytes,
                    gsize size,
                    GError **error);
gboolean wb_x25519 (const guint8 scalar[32],
                    const guint8 point[32],
                    guint8 ret_shared[32],
                    GError **error); /* refuses an all-zero result */
gboolean wb_x25519_base (const guint8 scalar[32], guint8 ret_public[32], GError **error);

#define WB_AEAD_TAG_SIZE 16
/* ChaCha20-Poly1305, RFC 8439. @ret_out of seal holds size + 16 bytes; open gives out nothing on a
 * wrong tag. */
gboolean wb_aead_seal (const guint8 key[32],
                       const guint8 nonce[12],
                       gconstpointer aad,
                       gsize aad_size,
                       gconstpointer plain,
                       gsize size,
                       guint8 *ret_out,
                       GError **error);
gboolean wb_aead_open (const guint8 key[32],
                       const guint8 nonce[12],
                       gconstpointer aad,
                       gsize aad_size,
                       gconstpointer sealed,
                       gsize size,
                       guint8 *ret_out,
                       GError **error);

G_END_DECLS
