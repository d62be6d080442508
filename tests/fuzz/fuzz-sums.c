/* SPDX-License-Identifier: EUPL-1.2 */

/* What was read of SHA256SUMS is read alike from what is written of it. */
#include <string.h>

#include "wb-fuzz.h"
#include "wb-sums-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (WbSums) sums = wb_sums_parse ((const char *) data, size);
  g_autofree char *text = wb_sums_format (sums);
  g_autoptr (WbSums) again = wb_sums_parse (text, strlen (text));
  g_autofree char *same = wb_sums_format (again);

  wb_fuzz_require (wb_sums_is_whole (again));
  wb_fuzz_require (strcmp (text, same) == 0);
  return 0;
}
