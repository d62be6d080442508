/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* Words of the index: what a beginning stands for, and how much an expression finds. */
char *wb_word_store_expand (WbDb *db, const char *word, GError **error);
gboolean wb_word_store_count (WbDb *db,
                              const char *match,
                              guint most,
                              guint *ret_n, /* @most: that many or more */
                              GError **error);

G_END_DECLS
