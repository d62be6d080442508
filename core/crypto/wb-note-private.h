/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-note.h"

G_BEGIN_DECLS

/* A name without blanks, "+" and control characters. */
gboolean wb_note_is_name (const char *name, gsize size);
WbNoteKey *wb_note_key_new_typed (const char *name,
                                  guint8 type,
                                  const guint8 public[WB_ED25519_PUBLIC_SIZE],
                                  GError **error);

G_END_DECLS
