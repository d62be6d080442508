/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-disclosure.h"
#include "wb-time.h"

G_BEGIN_DECLS

#define WB_ENTRY_MAX_SIZE 65535 /* a tlog entry's limit */
#define WB_ENTRY_MAX_FIELDS 400

typedef struct {
  char *name;
  WbHash digest;
} WbEntryField;

typedef struct {
  char *log;
  guint64 number;
  WbInstant time;
  char *author;  /* SHA256:... */
  char *case_id; /* (nullable) */
  char *record_type;
  char *record_id;
  char *event;
  guint8 nonce[32];
  GPtrArray *fields; /* (element-type WbEntryField) */
  WbHash previous;
} WbEntry;

WbEntry *wb_entry_new (void);
void wb_entry_add_field (WbEntry *self, const char *name, const WbHash *digest);
/* The exact bytes that are hashed and stored. WB_ERROR_TOO_LARGE, WB_ERROR_INVALID. */
GBytes *wb_entry_format (const WbEntry *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Strict: what it accepts, wb_entry_format() gives back byte for byte. */
WbEntry *wb_entry_parse (gconstpointer bytes, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_entry_free (WbEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbEntry, wb_entry_free)

G_END_DECLS
