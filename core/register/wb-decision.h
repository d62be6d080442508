/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * A decision of two persons: a record of type "decision" that one proposes and another, under a key
 * of their own, confirms or rejects. One entry ("decided"); it stays as it is from then on.
 */
WbRecord *wb_register_decide (WbRegister *self,
                              const char *reference,
                              gboolean approve,
                              const char *reason,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
