/* SPDX-License-Identifier: EUPL-1.2 */

/* X25519 (RFC 7748) over libgcrypt, which returns zeros for bad points without a word. */
#include "wb-kdf-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-gcrypt-private.h"
#include "wb-i18n.h"

#define KEY_SIZE 32

static gboolean
is_zero (const guint8 bytes[KEY_SIZE])
{
  static const guint8 zero[KEY_SIZE];

  return wb_bytes_equal_constant_time (bytes, zero, KEY_SIZE);
}

/* @point is NULL for the base point. */
static gboolean
multiply (const guint8 scalar[KEY_SIZE],
          const guint8 *point,
          guint8 ret_shared[KEY_SIZE],
          GError **error)
{
  guint8 shared[KEY_SIZE] = { 0 };
  gboolean good;

  (void) wb_gcrypt_ensure ();
  good = wb_kdf_check (gcry_ecc_mul_point (GCRY_ECC_CURVE25519, shared, scalar, point), error);
  if (good && is_zero (shared)) {
    good = FALSE;
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("The file holds a public key that protects nothing: do not trust it "
                            "and ask its sender for a new one."));
  }
  if (good)
    memcpy (ret_shared, shared, KEY_SIZE);
  explicit_bzero (shared, sizeof shared);
  return good;
}

/**
 * wb_x25519:
 * @scalar: our private key, any 32 bytes
 * @point: the other's public key, any 32 bytes
 * @ret_shared: (out caller-allocates): what both then know, best in locked memory
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED where the result is all zeros: @point has low order and
 *   everybody would know the secret
 */
gboolean
wb_x25519 (const guint8 scalar[32], const guint8 point[32], guint8 ret_shared[32], GError **error)
{
  return multiply (scalar, point, ret_shared, error);
}

/**
 * wb_x25519_base:
 * @scalar: a private key, any 32 bytes
 * @ret_public: (out caller-allocates): its public key
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_IO where libgcrypt fails
 */
gboolean
wb_x25519_base (const guint8 scalar[32], guint8 ret_public[32], GError **error)
{
  return multiply (scalar, NULL, ret_public, error);
}
