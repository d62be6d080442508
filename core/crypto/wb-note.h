/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-ed25519.h"
#include "wb-time.h"

G_BEGIN_DECLS

#define WB_NOTE_ED25519 0x01
#define WB_NOTE_COSIGNATURE 0x04 /* of a witness, C2SP tlog-cosignature v1.0.1 */

/* C2SP signed-note v1.0.0, Ed25519. */
typedef struct {
  char *name;
  guint8 id[4];
  guint8 type; /* WB_NOTE_ED25519 or WB_NOTE_COSIGNATURE */
  guint8 public[WB_ED25519_PUBLIC_SIZE];
} WbNoteKey;

WbNoteKey *wb_note_key_new (const char *name,
                            const guint8 public[WB_ED25519_PUBLIC_SIZE],
                            GError **error);
WbNoteKey *wb_note_key_new_witness (const char *name,
                                    const guint8 public[WB_ED25519_PUBLIC_SIZE],
                                    GError **error);
WbNoteKey *wb_note_key_parse (const char *vkey, GError **error);
char *wb_note_key_format (const WbNoteKey *self); /* the vkey, without LF */
void wb_note_key_free (WbNoteKey *self);

/* @text ends in LF. Returns the whole note: text, empty line, signature line. */
char *wb_note_sign (const char *text, const char *name, const WbSecret *seed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* Appends one more signature line to @note. */
char *wb_note_add_signature (const char *note,
                             const char *name,
                             const WbSecret *seed,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As a witness: appends a cosignature with its time. Use a key of its own for this. */
char *wb_note_cosign (const char *note,
                      const char *name,
                      const WbSecret *seed,
                      WbInstant time,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/*
 * Checks the signatures of @keys (element-type WbNoteKey); at least one must be there and none of
 * theirs may fail. Returns the signed text, its last LF included.
 */
char *wb_note_open (const char *note,
                    gsize size,
                    GPtrArray *keys,
                    GPtrArray **ret_signers,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* When the witness @key cosigned @note. */
gboolean wb_note_get_cosigned (const char *note,
                               gsize size,
                               const WbNoteKey *key,
                               WbInstant *ret_time,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNoteKey, wb_note_key_free)

G_END_DECLS
