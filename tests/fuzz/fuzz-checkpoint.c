/* SPDX-License-Identifier: EUPL-1.2 */

/* What is read as a checkpoint is the beginning of what was signed, in the one spelling. */
#include <string.h>

#include "wb-checkpoint.h"
#include "wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCheckpoint) checkpoint = wb_checkpoint_parse (text, &error);
  g_autofree char *again = NULL;

  wb_fuzz_require ((checkpoint == NULL) == (error != NULL));
  if (checkpoint == NULL)
    return 0;
  again = wb_checkpoint_format (checkpoint);
  wb_fuzz_require (again != NULL && g_str_has_prefix (text, again));
  return 0;
}
