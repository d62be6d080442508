/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-key-file.h"

G_BEGIN_DECLS

#define WB_KEY_TEXT_MAX 1024 /* ours have less than half of it */

/* The text is the first @ret_size bytes of the secret. */
WbSecret *wb_key_text_write (const WbKeyFile *keys, gsize *ret_size, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbSecret *wb_key_text_write_recovery (const WbSecret *store_key, gsize *ret_size, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* @name is the file, for sentences. */
WbKeyFile *wb_key_text_read (const WbSecret *text, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbSecret *wb_key_text_read_recovery (const WbSecret *text, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
