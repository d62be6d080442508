/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-secret.h"

G_BEGIN_DECLS

#define WB_ED25519_SEED_SIZE 32
#define WB_ED25519_PUBLIC_SIZE 32
#define WB_ED25519_SIGNATURE_SIZE 64
/* Beyond 65400 bytes or so libgcrypt reads past its own buffers or ends the process. */
#define WB_ED25519_MESSAGE_MAX 60000

WbSecret *wb_ed25519_generate (GError **error) G_GNUC_WARN_UNUSED_RESULT; /* a fresh seed */
gboolean wb_ed25519_get_public (const WbSecret *seed,
                                guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                                GError **error);
gboolean wb_ed25519_sign (const WbSecret *seed,
                          gconstpointer message,
                          gsize size,
                          guint8 ret_signature[WB_ED25519_SIGNATURE_SIZE],
                          GError **error);
/* Strict: canonical A and R, no small order, S < L. Never aborts. */
gboolean wb_ed25519_verify (const guint8 public[WB_ED25519_PUBLIC_SIZE],
                            gconstpointer message,
                            gsize size,
                            const guint8 signature[WB_ED25519_SIGNATURE_SIZE]);
/* For keys that come from outside: also refuses a torsion component. */
gboolean wb_ed25519_check_public (const guint8 public[WB_ED25519_PUBLIC_SIZE], GError **error);

G_END_DECLS
