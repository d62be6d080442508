/* SPDX-License-Identifier: EUPL-1.2 */

/* What is read as an entry is written again byte for byte. */
#include <string.h>

#include "wb-entry.h"
#include "wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEntry) entry = wb_entry_parse (data, size, &error);
  g_autoptr (GBytes) again = NULL;

  wb_fuzz_require ((entry == NULL) == (error != NULL));
  if (entry == NULL)
    return 0;
  again = wb_entry_format (entry, NULL);
  wb_fuzz_require (again != NULL && g_bytes_get_size (again) == size &&
                   memcmp (g_bytes_get_data (again, NULL), data, size) == 0);
  return 0;
}
