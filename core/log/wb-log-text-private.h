/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-merkle.h"

G_BEGIN_DECLS

/* What the text formats of the log share: strict, without allocation, on slices of bytes. */

#define WB_LOG_ORIGIN_PREFIX "waarborg/"
#define WB_LOG_NAME_MAX 64    /* of a field, a record type or an event */
#define WB_LOG_DECIMAL_MAX 20 /* digits of the largest 64-bit number */

/* One line of @text without its LF; FALSE where no LF is left. */
typedef struct {
  const char *at;
  gsize left;
} WbLogText;
gboolean wb_log_text_line (WbLogText *self, const char **ret_line, gsize *ret_size);

gboolean wb_log_parse_decimal (const char *text, gsize size, guint64 *ret_number);
gboolean wb_log_parse_hash (const char *text, gsize size, WbHash *ret_hash); /* base64, padded */
gboolean wb_log_parse_hex (const char *text, gsize size, guint8 *ret_bytes, gsize n_bytes);
/* [a-z] first; then of a field [a-z0-9_], of a type [a-z0-9_-], of an event [a-z-]. */
typedef enum { WB_LOG_NAME_FIELD, WB_LOG_NAME_TYPE, WB_LOG_NAME_EVENT } WbLogName;
gboolean wb_log_name_is_valid (const char *text, gsize size, WbLogName kind);
gboolean wb_log_origin_is_valid (const char *text, gsize size);
gboolean wb_log_author_is_valid (const char *text, gsize size);

G_END_DECLS
