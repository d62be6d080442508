/* SPDX-License-Identifier: EUPL-1.2 */

/* Text that must wait in memory while the keys are gone. */
#include <string.h>

#include "wb-age.h"
#include "wb-register-private.h"

#define UNSEALED_MAX (16 * 1024 * 1024) /* bytes: the largest form with its accounts */

/**
 * wb_register_seal:
 * @self: an open register
 * @content: what to seal
 * @error: return location for an error
 *
 * Encrypts to the user's own age identity, which lies in the key file only.
 *
 * Returns: (transfer full): an age file; %NULL where memory is short
 */
GBytes *
wb_register_seal (WbRegister *self, JsonObject *content, GError **error)
{
  g_autofree char *recipient = wb_age_identity_to_recipient (self->keys->identity, error);
  const char *recipients[] = { recipient, NULL };
  g_autofree char *text = NULL;
  GBytes *sealed;

  if (recipient == NULL)
    return NULL;
  text = wb_doc_format (content);
  sealed = wb_age_encrypt_bytes (text, strlen (text), recipients, NULL, 0, error);
  explicit_bzero (text, strlen (text));
  return sealed;
}

/**
 * wb_register_unseal:
 * @self: the register, opened by the same user
 * @sealed: what wb_register_seal() gave
 * @error: return location for an error; %WB_ERROR_WRONG_KEY where another user has opened it
 *
 * Returns: (transfer full): the content
 */
JsonObject *
wb_register_unseal (WbRegister *self, GBytes *sealed, GError **error)
{
  g_autoptr (GPtrArray) identities = g_ptr_array_new ();
  g_autoptr (WbSecret) plain = NULL;
  g_autofree char *text = NULL;
  JsonObject *content;
  gsize size;

  g_ptr_array_add (identities, self->keys->identity);
  plain = wb_age_decrypt_bytes (g_bytes_get_data (sealed, NULL),
                                g_bytes_get_size (sealed),
                                identities,
                                NULL,
                                UNSEALED_MAX,
                                error);
  if (plain == NULL)
    return NULL;
  text = g_strndup ((const char *) wb_secret_peek (plain, &size), wb_secret_get_size (plain));
  content = wb_doc_parse (text, error);
  explicit_bzero (text, strlen (text));
  return content;
}
