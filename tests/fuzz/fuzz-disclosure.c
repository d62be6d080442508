/* SPDX-License-Identifier: EUPL-1.2 */

/* What is read as a disclosure line has one spelling: salt, name and value give it back. */
#include <string.h>

#include "wb-disclosure.h"
#include "wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *line = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) value = NULL;
  g_autofree char *name = NULL;
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  gboolean good = wb_disclosure_parse (line, size, &name, &value, &error);

  wb_fuzz_require (good == (error == NULL));
  if (!good)
    return 0;
  wb_fuzz_require (wb_disclosure_is_of (line, size, name));
  json = wb_json_compact (value);
  wb_fuzz_require (json != NULL && memchr (line, '\n', size) == NULL);
  again = g_strdup_printf ("%.32s %s %s", line, name, json);
  wb_fuzz_require (strlen (again) == size && memcmp (again, line, size) == 0);
  return 0;
}
