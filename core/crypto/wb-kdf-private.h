/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gcrypt.h>

#include "wb-kdf.h"

G_BEGIN_DECLS

/* Turns what libgcrypt returned into an error of ours; TRUE where nothing failed. */
gboolean wb_kdf_check (gcry_error_t code, GError **error);

G_END_DECLS
