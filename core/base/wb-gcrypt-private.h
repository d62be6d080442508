/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Locked memory that libgcrypt takes for itself, for numbers on the way through a signature. */
#define WB_GCRYPT_POOL (256 * 1024)

/* Before any use of libgcrypt; cheap when done already. FALSE where its memory is not locked. */
gboolean wb_gcrypt_ensure (void);

G_END_DECLS
