/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A QR code (ISO/IEC 18004): one byte a module, row by row, 1 is dark. Without the quiet zone. */
#define WB_CODE_TEXT_MAX 1000 /* bytes: more makes modules too small for a camera */
GBytes *wb_code_make (const char *text, guint *ret_width, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
