/* SPDX-License-Identifier: EUPL-1.2 */

/* The explaining texts of a bundle: templates of the program with a few names filled in. */
#include "wb-bundle-private.h"

#include "wb-resources.h"

/**
 * wb_bundle_text_fill:
 * @resource: template's path below /waarborg/core/
 * @content: gives principal and reference
 * @fingerprint: of the signing key
 * @error: return location for an error
 *
 * Fills @PRINCIPAL@, @FINGERPRINT@ and @REFERENCE@: names that were judged before, so that a text
 * with commands cannot be led astray by a value.
 *
 * Returns: (transfer full): the text
 */
char *
wb_bundle_text_fill (const char *resource,
                     const WbBundleContent *content,
                     const char *fingerprint,
                     GError **error)
{
  g_autoptr (GBytes) bytes = wb_core_resource (resource, error);
  GString *text;

  if (bytes == NULL)
    return NULL;
  text = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_string_replace (text, "@PRINCIPAL@", content->principal, 0);
  g_string_replace (text, "@FINGERPRINT@", fingerprint, 0);
  g_string_replace (text, "@REFERENCE@", content->reference, 0);
  return g_string_free (text, FALSE);
}
