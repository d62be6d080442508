/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-secret.h"

G_BEGIN_DECLS

/* The identities in a file that age-keygen made: (element-type WbSecret), never empty. */
GPtrArray *wb_identity_file_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a text that was typed; NULL without an error where it is none. */
GPtrArray *wb_identity_take_text (WbSecret *text);

G_END_DECLS
