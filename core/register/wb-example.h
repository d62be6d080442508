/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * A register to look around in. Nothing in it is real, and each reference says so: no other
 * register can have its code. Its passphrase is no secret.
 */
#define WB_EXAMPLE_CODE "FICTIEF"
#define WB_EXAMPLE_USER "anna"
#define WB_EXAMPLE_PASSPHRASE "dit is geen echt register"

gboolean wb_example_is (const char *code); /* (nullable) */
WbSecret *wb_example_passphrase (GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_example_make (const char *path,
                          WbLanguage language,
                          WbProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error);
/* Only a register that proves to be one goes. */
gboolean wb_example_remove (const char *path, GError **error);

G_END_DECLS
