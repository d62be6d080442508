/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

/* What a target holds to be true of every input; stays in release builds. */
#define wb_fuzz_require(condition)                                                                 \
  do {                                                                                             \
    if (!(condition))                                                                              \
      abort ();                                                                                    \
  } while (0)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
