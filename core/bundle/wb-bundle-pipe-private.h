/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-verification.h"

G_BEGIN_DECLS

/* A second thread that verifies a ZIP while it is written; nothing of it touches a disk. */
typedef struct _WbBundlePipe WbBundlePipe;
WbBundlePipe *wb_bundle_pipe_new (const char *signer, GError **error);
/* A stream that writes to @base and to the verifying thread. */
GOutputStream *wb_bundle_pipe_tee (WbBundlePipe *self, GOutputStream *base);
/* Ends the thread, frees @self and returns what it found. */
WbVerification *wb_bundle_pipe_finish (WbBundlePipe *self);

G_END_DECLS
