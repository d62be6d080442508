/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"

G_BEGIN_DECLS

/* What a person looks for, as the index of words is asked. */
typedef struct {
  GPtrArray *terms; /* (element-type utf8): FTS5 expressions, the one that finds least first */
  char *others;     /* JSON array of all but the first */
  gboolean common;  /* even the first finds much */
} WbSearchWords;
WbSearchWords *wb_search_words_new (WbRegister *reg, const char *words, GError **error);
void wb_search_words_free (WbSearchWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSearchWords, wb_search_words_free)
/* Where there is a word at all; each in one record. */
const char *wb_search_words_get_rarest (const WbSearchWords *self); /* NULL: no word */
char *wb_search_words_match_all (const WbSearchWords *self);

G_END_DECLS
