/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_hex_encode (gconstpointer bytes, gsize size);
gboolean wb_hex_decode (const char *text,
                        guint8 *ret_bytes,
                        gsize size,
                        GError **error); /* exactly size bytes, lower case */

/**
 * WbBase64:
 * @WB_BASE64_PADDED: with "=" (notes, SSH)
 * @WB_BASE64_UNPADDED: without (age)
 *
 * Standard alphabet, canonical only: left-over bits are zero, no white space.
 */
typedef enum { WB_BASE64_PADDED, WB_BASE64_UNPADDED } WbBase64;
char *wb_base64_encode (gconstpointer bytes, gsize size, WbBase64 form);
guint8 *wb_base64_decode (const char *text,
                          gssize length,
                          WbBase64 form,
                          gsize *ret_size,
                          GError **error);

gboolean wb_text_check (const char *text,
                        gsize size,
                        GError **error); /* valid UTF-8 without NUL; says at which byte not */

G_END_DECLS
