/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Ed25519 (RFC 8032) by libgcrypt, behind the gate of wb-ed25519-gate.c: without it some public
 * keys, and long messages, end the process.
 */
#include "wb-ed25519.h"

#include <gcrypt.h>
#include <string.h>

#include "wb-digest.h"
#include "wb-ed25519-private.h"
#include "wb-error.h"
#include "wb-gcrypt-private.h"
#include "wb-i18n.h"

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_sexp_t, gcry_sexp_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_mpi_t, gcry_mpi_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_ctx_t, gcry_ctx_release, NULL)

static gboolean
fail (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_IO,
                       _ ("The signature could not be made: close other programs and try again."));
  return FALSE;
}

/* libgcrypt keeps an S-expression in locked memory only if what goes in is there. */
static gcry_sexp_t
build_private (const WbSecret *seed, const guint8 *public)
{
  guint8 *copy = gcry_malloc_secure (WB_ED25519_SEED_SIZE);
  gcry_sexp_t key = NULL;
  gcry_error_t failed;

  if (copy == NULL)
    return NULL;
  memcpy (copy, wb_secret_peek (seed, NULL), WB_ED25519_SEED_SIZE);
  if (public != NULL)
    failed = gcry_sexp_build (&key,
                              NULL,
                              "(private-key(ecc(curve Ed25519)(flags eddsa)(q %b)(d %b)))",
                              WB_ED25519_PUBLIC_SIZE,
                              public,
                              WB_ED25519_SEED_SIZE,
                              copy);
  else
    failed = gcry_sexp_build (&key,
                              NULL,
                              "(private-key(ecc(curve Ed25519)(flags eddsa)(d %b)))",
                              WB_ED25519_SEED_SIZE,
                              copy);
  gcry_free (copy); /* wipes it */
  return failed ? NULL : key;
}

static gcry_sexp_t
build_public (const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  gcry_sexp_t key = NULL;

  if (gcry_sexp_build (&key,
                       NULL,
                       "(public-key(ecc(curve Ed25519)(flags eddsa)(q %b)))",
                       WB_ED25519_PUBLIC_SIZE,
                       public) != 0)
    return NULL;
  return key;
}

static gcry_sexp_t
build_message (gconstpointer message, gsize size)
{
  gcry_sexp_t data = NULL;

  if (gcry_sexp_build (&data,
                       NULL,
                       "(data(flags eddsa)(hash-algo sha512)(value %b))",
                       (int) size,
                       size > 0 ? message : "") != 0)
    return NULL;
  return data;
}

/**
 * wb_ed25519_generate:
 * @error: return location for an error
 *
 * Returns: (transfer full): a fresh seed of %WB_ED25519_SEED_SIZE bytes; %NULL as wb_secret_new()
 */
WbSecret *
wb_ed25519_generate (GError **error)
{
  WbSecret *seed = wb_secret_new (WB_ED25519_SEED_SIZE, error);

  if (seed != NULL)
    wb_random_bytes (wb_secret_peek_writable (seed), WB_ED25519_SEED_SIZE);
  return seed;
}

/**
 * wb_ed25519_get_public:
 * @seed: a private key: 32 bytes
 * @ret_public: (out caller-allocates): the public key that belongs to it
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where @seed has another length, %WB_ERROR_IO without
 * memory
 */
gboolean
wb_ed25519_get_public (const WbSecret *seed,
                       guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                       GError **error)
{
  g_auto (gcry_sexp_t) key = NULL;
  g_auto (gcry_ctx_t) context = NULL;
  g_auto (gcry_mpi_t) q = NULL;
  const guint8 *bytes;
  unsigned int bits = 0;

  (void) wb_gcrypt_ensure ();
  if (wb_secret_get_size (seed) != WB_ED25519_SEED_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The private key does not have the length of an Ed25519 key."));
    return FALSE;
  }
  key = build_private (seed, NULL);
  if (key == NULL || gcry_mpi_ec_new (&context, key, NULL) != 0)
    return fail (error);
  q = gcry_mpi_ec_get_mpi ("q@eddsa", context, 1);
  bytes = q != NULL ? gcry_mpi_get_opaque (q, &bits) : NULL;
  if (bytes == NULL || bits != 8 * WB_ED25519_PUBLIC_SIZE)
    return fail (error);
  memcpy (ret_public, bytes, WB_ED25519_PUBLIC_SIZE);
  return TRUE;
}

/* Takes R and S, 32 bytes each, out of libgcrypt's answer. */
static gboolean
extract_signature (gcry_sexp_t answer, guint8 signature[WB_ED25519_SIGNATURE_SIZE])
{
  g_auto (gcry_mpi_t) r = NULL;
  g_auto (gcry_mpi_t) s = NULL;
  unsigned int r_bits = 0, s_bits = 0;
  const guint8 *r_bytes, *s_bytes;

  if (gcry_sexp_extract_param (answer, NULL, "/rs", &r, &s, NULL) != 0)
    return FALSE;
  r_bytes = gcry_mpi_get_opaque (r, &r_bits);
  s_bytes = gcry_mpi_get_opaque (s, &s_bits);
  if (r_bytes == NULL || s_bytes == NULL || r_bits != 256 || s_bits != 256)
    return FALSE;
  memcpy (signature, r_bytes, 32);
  memcpy (signature + 32, s_bytes, 32);
  return TRUE;
}

/**
 * wb_ed25519_sign:
 * @seed: a private key: 32 bytes
 * @message: what to sign
 * @size: its length in bytes, at most %WB_ED25519_MESSAGE_MAX
 * @ret_signature: (out caller-allocates): 64 bytes
 * @error: return location for an error
 *
 * The public key always comes from @seed: with a wrong one a signature would give @seed away. For
 * the same reason the signature is verified before anyone sees it.
 *
 * Returns: %FALSE with %WB_ERROR_TOO_LARGE, or as wb_ed25519_get_public()
 */
gboolean
wb_ed25519_sign (const WbSecret *seed,
                 gconstpointer message,
                 gsize size,
                 guint8 ret_signature[WB_ED25519_SIGNATURE_SIZE],
                 GError **error)
{
  g_auto (gcry_sexp_t) key = NULL;
  g_auto (gcry_sexp_t) data = NULL;
  g_auto (gcry_sexp_t) answer = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  if (size > WB_ED25519_MESSAGE_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This text is too long to sign: shorten it."));
    return FALSE;
  }
  if (!wb_ed25519_get_public (seed, public, error))
    return FALSE;
  key = build_private (seed, public);
  data = build_message (message, size);
  if (key == NULL || data == NULL || gcry_pk_sign (&answer, data, key) != 0 ||
      !extract_signature (answer, signature) ||
      !wb_ed25519_verify (public, message, size, signature))
    return fail (error);
  memcpy (ret_signature, signature, sizeof signature);
  return TRUE;
}

/**
 * wb_ed25519_verify:
 * @public: a public key
 * @message: what was signed
 * @size: its length in bytes
 * @signature: 64 bytes
 *
 * Strict, so that a signature has one spelling and one meaning for everybody: A and R canonical and
 * not of small order, S below L, no multiplication by the cofactor. A message over
 * %WB_ED25519_MESSAGE_MAX bytes was never signed by us and does not verify.
 *
 * Returns: whether @signature is by @public over @message
 */
gboolean
wb_ed25519_verify (const guint8 public[WB_ED25519_PUBLIC_SIZE],
                   gconstpointer message,
                   gsize size,
                   const guint8 signature[WB_ED25519_SIGNATURE_SIZE])
{
  g_auto (gcry_sexp_t) key = NULL;
  g_auto (gcry_sexp_t) data = NULL;
  g_auto (gcry_sexp_t) sig = NULL;

  (void) wb_gcrypt_ensure ();
  if (size > WB_ED25519_MESSAGE_MAX || !wb_ed25519_gate_scalar (signature + 32) ||
      !wb_ed25519_gate_encoding (signature) || !wb_ed25519_gate_key (public))
    return FALSE;
  key = build_public (public);
  data = build_message (message, size);
  if (key == NULL || data == NULL ||
      gcry_sexp_build (&sig,
                       NULL,
                       "(sig-val(eddsa(r %b)(s %b)))",
                       32,
                       signature,
                       32,
                       signature + 32) != 0)
    return FALSE;
  return gcry_pk_verify (sig, data, key) == 0;
}

/**
 * wb_ed25519_check_public:
 * @public: a public key that comes from outside
 * @error: return location for an error
 *
 * Beyond what wb_ed25519_verify() asks: @public is on the curve and in the group of the base point,
 * or programs could disagree about its signatures.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where it is no key to be trusted with anything
 */
gboolean
wb_ed25519_check_public (const guint8 public[WB_ED25519_PUBLIC_SIZE], GError **error)
{
  (void) wb_gcrypt_ensure ();
  if (wb_ed25519_gate_key (public) && wb_ed25519_has_prime_order (public))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("This public key is not sound: ask its owner for a new one."));
  return FALSE;
}
