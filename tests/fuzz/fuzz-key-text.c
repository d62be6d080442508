/* SPDX-License-Identifier: EUPL-1.2 */

/* What is read as the inside of a key file is what we would write, with or without the last LF. */
#include <string.h>

#include "wb-fuzz.h"
#include "wb-key-text-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (WbSecret) text = NULL;
  g_autoptr (WbSecret) again = NULL;
  g_autoptr (WbSecret) recovery = NULL;
  g_autoptr (WbKeyFile) keys = NULL;
  g_autoptr (GError) error = NULL;
  gsize again_size = 0;

  if (size > WB_KEY_TEXT_MAX)
    return 0;
  text = wb_secret_new_copy (data, size, NULL);
  keys = wb_key_text_read (text, "keys/anna.age", &error);
  recovery = wb_key_text_read_recovery (text, "keys/recovery.age", NULL);
  wb_fuzz_require ((keys == NULL) == (error != NULL));
  wb_fuzz_require (keys == NULL || recovery == NULL);
  if (keys == NULL && recovery == NULL)
    return 0;
  again = keys != NULL ? wb_key_text_write (keys, &again_size, NULL)
                       : wb_key_text_write_recovery (recovery, &again_size, NULL);
  wb_fuzz_require (again_size == size || again_size == size + 1);
  wb_fuzz_require (memcmp (wb_secret_peek (again, NULL), data, size) == 0);
  return 0;
}
