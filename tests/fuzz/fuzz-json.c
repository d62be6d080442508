/* SPDX-License-Identifier: EUPL-1.2 */

/* What the strict reader takes means the same when written again. */
#include <string.h>

#include "wb-disclosure.h"
#include "wb-fuzz.h"
#include "wb-json.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (JsonNode) node = wb_json_parse ((const char *) data, size, &lines, &error);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *text = NULL;

  wb_fuzz_require ((node == NULL) == (error != NULL));
  if (node == NULL)
    return 0;
  wb_fuzz_require (wb_json_get_line (lines, "") >= 1);
  /* Not json_to_string(): it writes 1e308 as "1e+308.0". */
  text = wb_json_compact (node);
  if (text == NULL)
    return 0;
  again = wb_json_parse (text, strlen (text), NULL, NULL);
  wb_fuzz_require (again != NULL && json_node_equal (node, again));
  return 0;
}
