/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-ed25519.h"

G_BEGIN_DECLS

char *wb_openssh_format_public (const guint8 public[WB_ED25519_PUBLIC_SIZE],
                                const char *comment); /* ssh-ed25519 AAAA... comment */
gboolean wb_openssh_parse_public (const char *line,
                                  guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                                  GError **error); /* also an allowed_signers line */
char *wb_openssh_fingerprint (
    const guint8 public[WB_ED25519_PUBLIC_SIZE]); /* SHA256:..., as ssh-keygen -l */

G_END_DECLS
