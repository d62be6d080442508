/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters of a text with the prefix PREFIX (a literal) that stands for SIZE bytes. */
#define WB_BECH32_LENGTH(PREFIX, SIZE) (sizeof (PREFIX) - 1 + 1 + ((SIZE) *8 + 4) / 5 + 6)

/* Upper case where @prefix is. Writes exactly WB_BECH32_LENGTH characters and no NUL. */
void wb_bech32_encode (const char *prefix, const guint8 *bytes, gsize size, char *ret_text);
gboolean wb_bech32_decode (const char *text,
                           gsize length,
                           const char *prefix,
                           guint8 *ret_bytes,
                           gsize size);

G_END_DECLS
