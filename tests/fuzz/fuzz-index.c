/* SPDX-License-Identifier: EUPL-1.2 */

/* A bundle's index of evidence. */
#include "wb-bundle-private.h"
#include "wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) rows = wb_index_csv_parse (copy, size, &error);

  wb_fuzz_require ((rows == NULL) == (error != NULL));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbIndexRow *row = g_ptr_array_index (rows, i);

    wb_fuzz_require (row->number > 0 && row->name != NULL && row->date != NULL);
    wb_fuzz_require (g_utf8_validate (row->name, -1, NULL));
  }
  return 0;
}
