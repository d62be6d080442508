/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-clearance.h"
#include "wb-guard-private.h"

G_BEGIN_DECLS

/*
 * Levels of confidentiality are the codes conf.*, lowest first. A clearance is a record that two
 * persons decided on: a user, or a recipient outside, may have what is up to its level.
 */
#define WB_CONF_UNSAID "conf.confidential" /* of a document whose level nobody chose */

/* Place of a level among all; what is no level counts as the highest. */
guint wb_clearance_rank (WbRegister *reg, const char *level);
guint wb_clearance_of_user (WbRegister *reg, const char *user);
/* @recipient: (nullable): target.*; somebody unknown has the lowest. @name: (nullable) */
guint wb_clearance_of_recipient (WbRegister *reg, const char *recipient, const char *name);
/* Whether records of the type are documents, which have a level. */
gboolean wb_clearance_is_document (WbRegister *reg, const char *type);
/* Whether the user who is at the register may have the contents; @ret_rule: (out) (optional) */
gboolean wb_clearance_admits (WbRegister *reg,
                              const char *type,
                              JsonObject *values,
                              const char **ret_rule);

/* Refuses and logs; the error names the rule. */
gboolean wb_guard_check_admitted (WbRegister *reg,
                                  const WbRecordRow *row,
                                  JsonObject *values,
                                  GError **error);

gboolean wb_guard_test_cleared (WbGuardSubject *self,
                                const WbGuard *guard,
                                gboolean *ret_holds,
                                GError **error);
gboolean wb_guard_test_admitted (WbGuardSubject *self, gboolean *ret_holds);

G_END_DECLS
