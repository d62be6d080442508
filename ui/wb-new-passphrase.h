/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-secret.h"

G_BEGIN_DECLS

/* A new passphrase, typed twice, with its strength. Emits "changed". */
#define WB_TYPE_NEW_PASSPHRASE (wb_new_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (WbNewPassphrase, wb_new_passphrase, WB, NEW_PASSPHRASE, AdwPreferencesGroup)

gboolean wb_new_passphrase_is_complete (WbNewPassphrase *self); /* both, and the same */
/* Empties both entries; NULL and a sentence where it is too easy to guess. */
WbSecret *wb_new_passphrase_take (WbNewPassphrase *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
