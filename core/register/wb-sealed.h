/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * Sealed values: encrypted to named users of the register. Every field that is kept apart (names,
 * addresses, what the model calls sealed) takes, instead of its value,
 *
 *   {"value": …, "for": ["anna", "bea"]}
 *
 * An empty list unseals a name. A value that was sealed and is changed without a list stays sealed
 * for the same users.
 */
typedef struct {
  char *field;
  char *by;       /* user name where known, else fingerprint */
  char **readers; /* for whom */
  char **earlier; /* who could open what it held before, and is no longer named */
  gboolean opens; /* for the user who is at the register */
} WbSealed;
void wb_sealed_free (WbSealed *self);
GPtrArray *wb_register_list_sealed (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbSealed) */
/* The same value for exactly these users. */
WbRecord *wb_register_reseal (WbRegister *self,
                              const char *reference,
                              const char *field,
                              const char *const *users,
                              const char *reason,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Seals whatever @fields holds in fields that are kept apart and is not sealed yet. */
void wb_sealed_wrap (const WbRecordType *type, JsonObject *fields, const char *const *users);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSealed, wb_sealed_free)

G_END_DECLS
