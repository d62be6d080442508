/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-model.h"

G_BEGIN_DECLS

/* A term that a body adds in use: an own term, a site or a question of a checklist. */
typedef struct {
  char *code;
  char *label[2];
  char *extra; /* (nullable): "Kind=kind.reception; Parent=site.x; Stage=stage.y" */
  char *from;  /* (nullable): YYYY-MM-DD */
  char *until; /* (nullable) */
} WbOwnTerm;
void wb_own_term_free (WbOwnTerm *self);
/* Record types whose records are own terms: term, site, checkitem. */
gboolean wb_own_term_is_type (const char *type);
/* NULL where a value that is needed is missing. */
WbOwnTerm *wb_own_term_new_from_values (const char *type, JsonObject *values);

/*
 * Whether such a record may be made: its code is well formed, belongs to a list that is open to own
 * terms and was never given before. @before (nullable): the record as it stood; its code is kept.
 */
gboolean wb_model_check_own (const WbModel *self,
                             const char *type,
                             JsonObject *values,
                             JsonObject *before,
                             GError **error);
/* @base with these terms too; one whose code @base has is left out. @base must outlive it. */
WbModel *wb_model_extend (const WbModel *base, GPtrArray *terms); /* (element-type WbOwnTerm) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOwnTerm, wb_own_term_free)

G_END_DECLS
