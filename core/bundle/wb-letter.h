/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file inside a letter, decoded. */
typedef struct {
  char *name; /* a plain name of at most 255 bytes, never a path */
  char *media_type;
  GBytes *bytes;
} WbLetterPart;

/*
 * A message by electronic mail (RFC 5322, MIME), as it says itself: nothing of it is proven. All
 * texts are UTF-8 without control characters; missing headers are NULL.
 */
typedef struct {
  char *subject, *from, *to, *cc;
  char *date;       /* (nullable): 2026-07-18T20:15+03:00, in the sender's own zone */
  char *text;       /* what it says; of HTML the words, of which nothing is loaded */
  GPtrArray *parts; /* (element-type WbLetterPart) */
} WbLetter;
void wb_letter_free (WbLetter *self);

#define WB_LETTER_MAX (64u << 20) /* bytes: more than mail servers pass on */
WbLetter *wb_letter_parse (GBytes *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLetter, wb_letter_free)

G_END_DECLS
