/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-key-file.h"

G_BEGIN_DECLS

/* Keys that can be told apart, and what fits a passphrase's place. */
WbKeyFile *wb_test_keys (const char *user);
WbSecret *wb_test_secret (const char *text);
void wb_test_assert_keys (const WbKeyFile *found, const char *user);
void wb_test_flip (const char *path, gsize at);

G_END_DECLS
