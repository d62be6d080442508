/* SPDX-License-Identifier: EUPL-1.2 */

/* Whatever a letter holds, what comes out of it is text without control characters and plain names.
 */
#include <string.h>

#include "wb-fuzz.h"
#include "wb-letter.h"

static void
require_line (const char *text)
{
  wb_fuzz_require (text == NULL ||
                   (g_utf8_validate (text, -1, NULL) && strpbrk (text, "\r\n\t\033") == NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLetter) letter = wb_letter_parse (file, &error);

  wb_fuzz_require ((letter == NULL) == (error != NULL));
  if (letter == NULL)
    return 0;
  require_line (letter->subject);
  require_line (letter->from);
  require_line (letter->to);
  require_line (letter->cc);
  require_line (letter->date);
  wb_fuzz_require (g_utf8_validate (letter->text, -1, NULL));
  for (guint i = 0; i < letter->parts->len; i++) {
    const WbLetterPart *part = g_ptr_array_index (letter->parts, i);

    require_line (part->name);
    wb_fuzz_require (*part->name != '\0' && strlen (part->name) <= 255 &&
                     strpbrk (part->name, "/\\") == NULL);
  }
  return 0;
}
