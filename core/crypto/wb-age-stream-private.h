/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-kdf.h"
#include "wb-secret.h"

G_BEGIN_DECLS

#define WB_AGE_CHUNK_SIZE (64 * 1024)
#define WB_AGE_SEALED_CHUNK_SIZE (WB_AGE_CHUNK_SIZE + WB_AEAD_TAG_SIZE)
#define WB_AGE_NONCE_SIZE 16

/* One direction of one file: the key and where in the row of chunks we are. */
typedef struct {
  WbSecret *key;
  guint64 number;
  gboolean finished; /* the last chunk went through */
} WbAgeStream;

WbAgeStream *wb_age_stream_new (const WbSecret *file_key,
                                const guint8 nonce[WB_AGE_NONCE_SIZE],
                                GError **error);
gboolean wb_age_stream_seal (WbAgeStream *self,
                             gconstpointer plain,
                             gsize size,
                             gboolean last,
                             guint8 *ret_sealed,
                             GError **error);
gboolean wb_age_stream_open (WbAgeStream *self,
                             gconstpointer sealed,
                             gsize size,
                             guint8 *ret_plain,
                             GError **error);
void wb_age_stream_free (WbAgeStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbAgeStream, wb_age_stream_free)

G_END_DECLS
