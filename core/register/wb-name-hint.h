/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* A warning: a text of a record seems to name somebody. It never holds the text, nor the name. */
typedef struct {
  char *field;  /* name of the field */
  char *person; /* (nullable): reference of the record whose name it is; NULL: it looks like one */
  guint count;  /* how often */
} WbNameHint;
void wb_name_hint_free (WbNameHint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNameHint, wb_name_hint_free)

/* @only: (nullable): fields to look at; NULL: all. (element-type WbNameHint) */
GPtrArray *wb_register_list_name_hints (WbRegister *self,
                                        const WbRecord *record,
                                        JsonObject *only,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One sentence for a person. */
char *wb_name_hint_to_text (const WbNameHint *self, const WbModel *model, const WbRecord *record);

G_END_DECLS
