/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * ChaCha20-Poly1305 (RFC 8439) over libgcrypt, in one shot: there is no way to forget the nonce, to
 * give one of another length, or to read what was decrypted before its tag was checked.
 */
#include "wb-kdf-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-gcrypt-private.h"
#include "wb-i18n.h"

#define KEY_SIZE 32
#define NONCE_SIZE 12 /* with 24, libgcrypt succeeds and means something else */

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_cipher_hd_t, gcry_cipher_close, NULL)

static gcry_error_t
start_cipher (const guint8 *key,
              const guint8 *nonce,
              gconstpointer aad,
              gsize aad_size,
              gcry_cipher_hd_t *ret_cipher)
{
  gcry_error_t code;

  (void) wb_gcrypt_ensure ();
  code = gcry_cipher_open (ret_cipher,
                           GCRY_CIPHER_CHACHA20,
                           GCRY_CIPHER_MODE_POLY1305,
                           GCRY_CIPHER_SECURE);
  if (code == 0)
    code = gcry_cipher_setkey (*ret_cipher, key, KEY_SIZE);
  if (code == 0)
    code = gcry_cipher_setiv (*ret_cipher, nonce, NONCE_SIZE);
  if (code == 0 && aad_size > 0)
    code = gcry_cipher_authenticate (*ret_cipher, aad, aad_size);
  return code;
}

/**
 * wb_aead_seal:
 * @key: 32 bytes
 * @nonce: 12 bytes, never used twice with one key
 * @aad: (nullable): what is authenticated but not encrypted
 * @aad_size: its length in bytes
 * @plain: (nullable): what is encrypted
 * @size: its length in bytes
 * @ret_out: (out caller-allocates): room for @size + 16 bytes, apart from @plain; on failure it
 *   holds zeros
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_IO where libgcrypt fails
 */
gboolean
wb_aead_seal (const guint8 key[32],
              const guint8 nonce[12],
              gconstpointer aad,
              gsize aad_size,
              gconstpointer plain,
              gsize size,
              guint8 *ret_out,
              GError **error)
{
  g_auto (gcry_cipher_hd_t) cipher = NULL;
  gcry_error_t code = start_cipher (key, nonce, aad, aad_size, &cipher);

  if (code == 0 && size > 0)
    code = gcry_cipher_encrypt (cipher, ret_out, size, plain, size);
  if (code == 0)
    code = gcry_cipher_gettag (cipher, ret_out + size, WB_AEAD_TAG_SIZE);
  if (code != 0)
    memset (ret_out, 0, size + WB_AEAD_TAG_SIZE);
  return wb_kdf_check (code, error);
}

/**
 * wb_aead_open:
 * @key: 32 bytes
 * @nonce: 12 bytes
 * @aad: (nullable): what is authenticated but not encrypted
 * @aad_size: its length in bytes
 * @sealed: ciphertext and tag
 * @size: length of @sealed in bytes
 * @ret_out: (out caller-allocates): room for @size - 16 bytes, apart from @sealed; on failure it
 *   holds zeros
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_VERIFY where the tag is wrong: another key, nonce or a change
 */
gboolean
wb_aead_open (const guint8 key[32],
              const guint8 nonce[12],
              gconstpointer aad,
              gsize aad_size,
              gconstpointer sealed,
              gsize size,
              guint8 *ret_out,
              GError **error)
{
  g_auto (gcry_cipher_hd_t) cipher = NULL;
  const guint8 *bytes = sealed;
  gsize plain_size = size - WB_AEAD_TAG_SIZE;
  gcry_error_t code = GPG_ERR_CHECKSUM;

  if (size >= WB_AEAD_TAG_SIZE) {
    code = start_cipher (key, nonce, aad, aad_size, &cipher);
    if (code == 0 && plain_size > 0)
      code = gcry_cipher_decrypt (cipher, ret_out, plain_size, bytes, plain_size);
    if (code == 0)
      code = gcry_cipher_checktag (cipher, bytes + plain_size, WB_AEAD_TAG_SIZE);
    if (code != 0)
      explicit_bzero (ret_out, plain_size);
  }
  if (gcry_err_code (code) == GPG_ERR_CHECKSUM) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_VERIFY,
                         _ ("What was encrypted has been changed, or the key does not fit: use an "
                            "unchanged copy and the right key."));
    return FALSE;
  }
  return wb_kdf_check (code, error);
}
