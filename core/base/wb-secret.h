/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes in locked memory, wiped when the last reference goes. Reference counted, thread-safe. */
typedef struct _WbSecret WbSecret;

gboolean wb_secret_memory_init (GError **error);
gboolean wb_secret_memory_is_locked (void);

WbSecret *wb_secret_new (gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
WbSecret *wb_secret_new_copy (gconstpointer bytes, gsize size, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbSecret *wb_secret_new_from_fd (int fd, gsize limit, gboolean first_line, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbSecret *wb_secret_ref (WbSecret *self);
void wb_secret_unref (WbSecret *self);
const guint8 *wb_secret_peek (const WbSecret *self, gsize *ret_size);
guint8 *wb_secret_peek_writable (WbSecret *self);
gsize wb_secret_get_size (const WbSecret *self);
gboolean wb_secret_equal (const WbSecret *a, const WbSecret *b);

gboolean wb_bytes_equal_constant_time (gconstpointer a, gconstpointer b, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSecret, wb_secret_unref)

G_END_DECLS
