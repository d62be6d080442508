/* SPDX-License-Identifier: EUPL-1.2 */

/* A cursor over hostile bytes: it never reads past the end, and once failed it stays failed. */
#include "wb-cursor.h"

#include <string.h>

/* After a failure nothing is left and @at is NULL, so that even a read of 0 bytes fails. */
static gboolean
fail (WbCursor *self)
{
  self->at = NULL;
  self->left = 0;
  return FALSE;
}

/**
 * wb_cursor_new:
 * @bytes: (nullable): what to read; must outlive the cursor
 * @size: its length in bytes
 *
 * Returns: a cursor at the first byte
 */
WbCursor
wb_cursor_new (gconstpointer bytes, gsize size)
{
  WbCursor self = { bytes != NULL ? bytes : (gconstpointer) "", bytes != NULL ? size : 0 };

  return self;
}

/**
 * wb_cursor_bytes:
 * @self: a cursor
 * @size: how many bytes
 * @ret_bytes: (out) (transfer none): where they start
 *
 * Returns: %FALSE where fewer are left, or an earlier read failed
 */
gboolean
wb_cursor_bytes (WbCursor *self, gsize size, const guint8 **ret_bytes)
{
  if (self->at == NULL || size > self->left)
    return fail (self);
  *ret_bytes = self->at;
  self->at += size;
  self->left -= size;
  return TRUE;
}

/**
 * wb_cursor_uint32:
 * @self: a cursor
 * @ret_value: (out): a big-endian number of four bytes
 *
 * Returns: %FALSE where fewer than four bytes are left, or an earlier read failed
 */
gboolean
wb_cursor_uint32 (WbCursor *self, guint32 *ret_value)
{
  const guint8 *at;

  if (!wb_cursor_bytes (self, 4, &at))
    return FALSE;
  *ret_value = (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
  return TRUE;
}

/**
 * wb_cursor_string:
 * @self: a cursor
 * @ret_bytes: (out) (transfer none): the bytes, not ended by NUL
 * @ret_size: (out): how many
 *
 * Reads a string as SSH writes it (RFC 4251 section 5): a length of four bytes, then the bytes.
 *
 * Returns: %FALSE where the length says more than is left, or an earlier read failed
 */
gboolean
wb_cursor_string (WbCursor *self, const guint8 **ret_bytes, gsize *ret_size)
{
  guint32 size;

  if (!wb_cursor_uint32 (self, &size) || !wb_cursor_bytes (self, size, ret_bytes))
    return FALSE;
  *ret_size = size;
  return TRUE;
}

/**
 * wb_cursor_line:
 * @self: a cursor
 * @ret_line: (out) (transfer none): the line, not ended by NUL; may hold any byte but LF
 * @ret_size: (out): its length in bytes, without the LF
 *
 * Returns: %FALSE where no LF is left, or an earlier read failed
 */
gboolean
wb_cursor_line (WbCursor *self, const char **ret_line, gsize *ret_size)
{
  const guint8 *start = self->at;
  const guint8 *end = self->left > 0 ? memchr (start, '\n', self->left) : NULL;
  const guint8 *line;

  if (end == NULL)
    return fail (self);
  *ret_size = (gsize) (end - start);
  (void) wb_cursor_bytes (self, *ret_size + 1, &line);
  *ret_line = (const char *) line;
  return TRUE;
}
