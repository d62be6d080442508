/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_SHA256_SIZE 32
#define WB_SHA512_SIZE 64

void wb_sha256 (gconstpointer bytes, gsize size, guint8 ret_digest[WB_SHA256_SIZE]);
void wb_sha512 (gconstpointer bytes, gsize size, guint8 ret_digest[WB_SHA512_SIZE]);
char *wb_sha256_hex (gconstpointer bytes, gsize size);

typedef struct _WbSha256 WbSha256; /* a running digest */
WbSha256 *wb_sha256_new (void);
void wb_sha256_update (WbSha256 *self, gconstpointer bytes, gsize size);
void wb_sha256_finish (WbSha256 *self, guint8 ret_digest[WB_SHA256_SIZE]);
void wb_sha256_free (WbSha256 *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSha256, wb_sha256_free)

void wb_random_bytes (gpointer bytes, gsize size);

G_END_DECLS
