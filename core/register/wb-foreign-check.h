/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"

G_BEGIN_DECLS

/* Whether what was taken in of other logs still is what those logs hold; fed with the log. */
typedef struct _WbForeignCheck WbForeignCheck;
WbForeignCheck *wb_foreign_check_new (WbRegister *reg, WbVerification *result);
/* @entry (nullable): NULL where it was unreadable. @evidence (element-type utf8): "id sha256" of
 * files that must be there is added. */
void wb_foreign_check_entry (WbForeignCheck *self,
                             const WbEntry *entry,
                             GPtrArray *lines,
                             GPtrArray *evidence);
void wb_foreign_check_finish (WbForeignCheck *self);
void wb_foreign_check_free (WbForeignCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbForeignCheck, wb_foreign_check_free)

G_END_DECLS
