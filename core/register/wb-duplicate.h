/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* An allegation that may tell of the same event: the same site, the same day or night. */
typedef struct {
  char *reference, *case_reference;
  char *site;         /* code */
  char *first, *last; /* days between which it happened */
  char **acts;        /* codes that both name; those with any come first */
  gboolean linked;    /* somebody linked the two, or merged their cases, already */
} WbDuplicate;
void wb_duplicate_free (WbDuplicate *self);

/* @reference: an allegation, or a case for all of its own. A hint, never an act. */
GPtrArray *wb_register_list_duplicates (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbDuplicate) */

G_END_DECLS
