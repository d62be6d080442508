/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads hostile bytes: every call checks what is left, and fails for good once one failed. */
typedef struct {
  const guint8 *at;
  gsize left;
} WbCursor;

WbCursor wb_cursor_new (gconstpointer bytes, gsize size);
gboolean wb_cursor_bytes (WbCursor *self, gsize size, const guint8 **ret_bytes);
gboolean wb_cursor_uint32 (WbCursor *self, guint32 *ret_value); /* big-endian */
gboolean wb_cursor_string (WbCursor *self,
                           const guint8 **ret_bytes,
                           gsize *ret_size); /* SSH string */
/* One line without its LF; fails where no LF is left. */
gboolean wb_cursor_line (WbCursor *self, const char **ret_line, gsize *ret_size);

G_END_DECLS
