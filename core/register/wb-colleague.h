/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* A user with the declaration that they do not work for an authority that is monitored (OB-16). */
gboolean wb_register_add_colleague (WbRegister *self,
                                    const char *name,
                                    const WbSecret *passphrase,
                                    gboolean independent,
                                    GError **error);

G_END_DECLS
