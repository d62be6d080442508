/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* The version of the lists that a code of a record, or the record at its making, was chosen from.
 */
char *wb_register_get_list_version (WbRegister *self,
                                    const char *reference,
                                    const char *field, /* (nullable) */
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
