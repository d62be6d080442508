/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-secret.h"
#include "wb-test.h"

/* How often @canary stands in the decrypted pages of a SQLCipher file, used and free ones, and in
 * its journal beside it; capitals do not matter. */
guint wb_test_pages_count (const char *path, const WbSecret *key, const char *canary);
