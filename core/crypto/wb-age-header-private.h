/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-secret.h"

G_BEGIN_DECLS

#define WB_AGE_FILE_KEY_SIZE 16
#define WB_AGE_MAC_SIZE 32
/* About 1,200 recipients. The file's own writer says how long it is, before anything is checked. */
#define WB_AGE_HEADER_MAX (128 * 1024)

/* What one recipient needs to find the file key. */
typedef struct {
  GPtrArray *arguments; /* element-type utf8; the first is the type */
  guint8 *body;
  gsize size;
} WbAgeStanza;

typedef struct {
  GPtrArray *stanzas; /* element-type WbAgeStanza */
  guint8 *signed_bytes;
  gsize signed_size; /* up to and including "---" */
  guint8 mac[WB_AGE_MAC_SIZE];
} WbAgeHeader;

WbAgeStanza *wb_age_stanza_new (const char *type, gconstpointer body, gsize size);
void wb_age_stanza_add (WbAgeStanza *self, gconstpointer bytes, gsize size);
gboolean wb_age_stanza_is (const WbAgeStanza *self, const char *type);
/* Decodes argument @n, which must stand for exactly @size bytes. */
gboolean wb_age_stanza_get (const WbAgeStanza *self, guint n, guint8 *ret_bytes, gsize size);
void wb_age_stanza_free (WbAgeStanza *self);

WbAgeHeader *wb_age_header_parse (const char *text, gsize size, GError **error);
WbAgeHeader *wb_age_header_read (GBufferedInputStream *source, GError **error);
gboolean wb_age_header_check (const WbAgeHeader *self, const WbSecret *file_key, GError **error);
GBytes *wb_age_header_format (GPtrArray *stanzas, const WbSecret *file_key, GError **error);
void wb_age_header_free (WbAgeHeader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbAgeStanza, wb_age_stanza_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbAgeHeader, wb_age_header_free)

G_END_DECLS
