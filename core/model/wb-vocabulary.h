/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *code;
  char *label[2];
  char *vocabulary; /* "right", "theme", "act", ... */
  char *section;    /* of taxonomy.tsv */
  char *extra;      /* its last column */
} WbTerm;

/* The value of @key in the column extra ("At least=...; ..."), or NULL. */
char *wb_term_dup_extra (const WbTerm *self, const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
