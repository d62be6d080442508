/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* Whether a file of this name is taken in as a letter. */
gboolean wb_letter_is_name (const char *name);
/* The letter byte for byte, and each file in it; all or nothing. (element-type WbRecord): the
 * letter first */
GPtrArray *wb_register_attach_letter (WbRegister *self,
                                      const char *reference,
                                      const char *name,
                                      GBytes *file,
                                      GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
