/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-openssh.h"

G_BEGIN_DECLS

#define WB_OPENSSH_KEY_TYPE "ssh-ed25519"

/* An SSH string (RFC 4251 section 5): four bytes of length, then the bytes. */
void wb_openssh_append_string (GByteArray *to, gconstpointer bytes, gsize size);
gboolean wb_openssh_is_text (const guint8 *bytes, gsize size, const char *text);

/* The public key as OpenSSH writes it in bytes: its type, then the 32 bytes, both as strings. */
GByteArray *wb_openssh_make_blob (const guint8 public[WB_ED25519_PUBLIC_SIZE]);
/* FALSE with WB_ERROR_INVALID for another type of key or one that is not sound. */
gboolean wb_openssh_read_blob (const guint8 *bytes,
                               gsize size,
                               guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                               GError **error);

G_END_DECLS
