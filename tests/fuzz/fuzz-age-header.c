/* SPDX-License-Identifier: EUPL-1.2 */

/* What is read as the header of an age file has one spelling: its stanzas give back what was
 * signed. */
#include <string.h>

#include "wb-age-header-private.h"
#include "wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbAgeHeader) header = wb_age_header_parse ((const char *) data, size, &error);
  g_autoptr (WbSecret) key = NULL;
  g_autoptr (GBytes) again = NULL;

  wb_fuzz_require ((header == NULL) == (error != NULL));
  if (header == NULL)
    return 0;
  key = wb_secret_new (WB_AGE_FILE_KEY_SIZE, NULL);
  again = wb_age_header_format (header->stanzas, key, NULL);
  wb_fuzz_require (again != NULL && g_bytes_get_size (again) == size);
  wb_fuzz_require (header->signed_size < size);
  wb_fuzz_require (memcmp (g_bytes_get_data (again, NULL), data, header->signed_size) == 0);
  return 0;
}
