/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-ed25519.h"

G_BEGIN_DECLS

char *wb_sshsig_sign (const WbSecret *seed,
                      const char *sig_namespace,
                      gconstpointer message,
                      gsize size,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Who signed: the caller decides whether that key is trusted. */
gboolean wb_sshsig_verify (const char *armored,
                           gsize armored_size,
                           const char *sig_namespace,
                           gconstpointer message,
                           gsize size,
                           guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                           GError **error);

G_END_DECLS
