/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Ed25519 (RFC 8032) by libgcrypt. Verifying goes through the gate of wb-ed25519-gate.c: without it
 * some public keys, and long messages, end the process. Signing uses its numbers and points and not
 * its private keys: those leave a copy of the seed in ordinary memory.
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
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_mpi_point_t, gcry_mpi_point_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_md_hd_t, gcry_md_close, NULL)

/* The secret half of a key, in libgcrypt's locked memory, which it wipes. */
typedef struct {
  guint8 hash[WB_SHA512_SIZE]; /* of the seed: first the number, then what r is made from */
  gcry_mpi_t number;           /* a, clamped */
} Expanded;

static gboolean
fail (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_IO,
                       _ ("The signature could not be made: close other programs and try again."));
  return FALSE;
}

static void
free_expanded (Expanded *self)
{
  if (self == NULL)
    return;
  gcry_mpi_release (self->number);
  gcry_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Expanded, free_expanded)

/* A number from bytes with the lowest first. It comes by way of locked memory, and so stays there;
 * and from then on libgcrypt multiplies points by it in constant time. */
static gcry_mpi_t
scan_secret (const guint8 *bytes, gsize size)
{
  guint8 *reversed = gcry_malloc_secure (size);
  gcry_mpi_t number = NULL;
  gcry_error_t failed;

  if (reversed == NULL)
    return NULL;
  for (gsize i = 0; i < size; i++)
    reversed[i] = bytes[size - 1 - i];
  failed = gcry_mpi_scan (&number, GCRYMPI_FMT_USG, reversed, size, NULL);
  gcry_free (reversed);
  return failed ? NULL : number;
}

/* Writes a number below 2^256 with its lowest byte first. */
static gboolean
print_number (gcry_mpi_t number, guint8 bytes[32])
{
  guint8 printed[32];
  gsize size;

  if (gcry_mpi_print (GCRYMPI_FMT_USG, printed, sizeof printed, &size, number) != 0)
    return FALSE;
  memset (bytes, 0, 32);
  for (gsize i = 0; i < size; i++)
    bytes[i] = printed[size - 1 - i];
  return TRUE;
}

/* SHA-512 of two parts, with all that it holds on the way in locked memory. */
static gboolean
hash_secret (const guint8 *first,
             gsize first_size,
             gconstpointer second,
             gsize second_size,
             guint8 *digest)
{
  g_auto (gcry_md_hd_t) handle = NULL;

  if (gcry_md_open (&handle, GCRY_MD_SHA512, GCRY_MD_FLAG_SECURE) != 0)
    return FALSE;
  gcry_md_write (handle, first, first_size);
  if (second_size > 0)
    gcry_md_write (handle, second, second_size);
  memcpy (digest, gcry_md_read (handle, GCRY_MD_SHA512), WB_SHA512_SIZE);
  return TRUE;
}

static gboolean
check_seed (const WbSecret *seed, GError **error)
{
  if (wb_secret_get_size (seed) == WB_ED25519_SEED_SIZE)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("The private key does not have the length of an Ed25519 key."));
  return FALSE;
}

/* RFC 8032 section 5.1.5 */
static Expanded *
expand (const WbSecret *seed, GError **error)
{
  g_autoptr (Expanded) self = NULL;

  (void) wb_gcrypt_ensure ();
  if (!check_seed (seed, error))
    return NULL;
  self = gcry_calloc_secure (1, sizeof *self);
  if (self == NULL ||
      !hash_secret (wb_secret_peek (seed, NULL), WB_ED25519_SEED_SIZE, NULL, 0, self->hash)) {
    fail (error);
    return NULL;
  }
  self->hash[0] &= 0xf8;
  self->hash[31] &= 0x7f;
  self->hash[31] |= 0x40;
  self->number = scan_secret (self->hash, 32);
  if (self->number == NULL) {
    fail (error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/* Writes the point [number]B. */
static gboolean
multiply_base (gcry_mpi_t number, gcry_ctx_t curve, guint8 encoding[32])
{
  g_auto (gcry_mpi_point_t) base = gcry_mpi_ec_get_point ("g", curve, 1);
  g_auto (gcry_mpi_point_t) product = gcry_mpi_point_new (0);
  g_auto (gcry_mpi_t) x = gcry_mpi_new (0);
  g_auto (gcry_mpi_t) y = gcry_mpi_new (0);

  if (base == NULL)
    return FALSE;
  gcry_mpi_ec_mul (product, number, base, curve);
  if (gcry_mpi_ec_get_affine (x, y, product, curve) != 0 || !print_number (y, encoding))
    return FALSE;
  encoding[31] |= gcry_mpi_test_bit (x, 0) ? 0x80 : 0;
  return TRUE;
}

/* k = SHA-512 (R, A, message) as a number; nothing in it is secret. */
static gcry_mpi_t
compute_challenge (const guint8 *r, const guint8 *public, gconstpointer message, gsize size)
{
  g_auto (gcry_md_hd_t) handle = NULL;

  if (gcry_md_open (&handle, GCRY_MD_SHA512, 0) != 0)
    return NULL;
  gcry_md_write (handle, r, 32);
  gcry_md_write (handle, public, WB_ED25519_PUBLIC_SIZE);
  if (size > 0)
    gcry_md_write (handle, message, size);
  return scan_secret (gcry_md_read (handle, GCRY_MD_SHA512), WB_SHA512_SIZE);
}

/* RFC 8032 section 5.1.6: r from the second half of the hash and the message, R = [r]B,
 * S = r + k a modulo L. */
static gboolean
sign_expanded (const Expanded *key,
               const guint8 *public,
               gcry_ctx_t curve,
               gconstpointer message,
               gsize size,
               guint8 signature[WB_ED25519_SIGNATURE_SIZE])
{
  g_auto (gcry_mpi_t) order = gcry_mpi_ec_get_mpi ("n", curve, 1);
  g_auto (gcry_mpi_t) r = NULL;
  g_auto (gcry_mpi_t) k = NULL;
  g_auto (gcry_mpi_t) s = gcry_mpi_snew (256);
  guint8 *digest = gcry_malloc_secure (WB_SHA512_SIZE);

  if (digest != NULL && hash_secret (key->hash + 32, 32, message, size, digest))
    r = scan_secret (digest, WB_SHA512_SIZE);
  gcry_free (digest);
  if (order == NULL || r == NULL)
    return FALSE;
  gcry_mpi_mod (r, r, order);
  if (!multiply_base (r, curve, signature))
    return FALSE;
  k = compute_challenge (signature, public, message, size);
  if (k == NULL)
    return FALSE;
  gcry_mpi_mod (k, k, order);
  gcry_mpi_mulm (s, k, key->number, order);
  gcry_mpi_addm (s, s, r, order);
  return print_number (s, signature + 32);
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
  g_autoptr (Expanded) key = expand (seed, error);
  g_auto (gcry_ctx_t) curve = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  if (key == NULL)
    return FALSE;
  if (gcry_mpi_ec_new (&curve, NULL, "Ed25519") != 0 || !multiply_base (key->number, curve, public))
    return fail (error);
  memcpy (ret_public, public, sizeof public);
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
  g_autoptr (Expanded) key = NULL;
  g_auto (gcry_ctx_t) curve = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  if (size > WB_ED25519_MESSAGE_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This text is too long to sign: shorten it."));
    return FALSE;
  }
  key = expand (seed, error);
  if (key == NULL)
    return FALSE;
  if (gcry_mpi_ec_new (&curve, NULL, "Ed25519") != 0 ||
      !multiply_base (key->number, curve, public) ||
      !sign_expanded (key, public, curve, message, size, signature) ||
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
