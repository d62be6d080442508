/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What stands before libgcrypt's Ed25519. It takes S >= L and points of small order, and its fast
 * arithmetic ends the process on every point whose x or y leaves the highest word of its big
 * numbers empty (0, 1 and p - 1 are only the best known). Nobody can find the private key of such
 * a point, but anyone can write one into a file. All values here are public: time tells nothing.
 */
#include <gcrypt.h>

#include "wb-ed25519-private.h"

#define WORD_SIZE sizeof (gulong) /* of libgcrypt's big numbers */

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_sexp_t, gcry_sexp_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_mpi_t, gcry_mpi_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_ctx_t, gcry_ctx_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_mpi_point_t, gcry_mpi_point_release, NULL)

/* Numbers, highest digit first. p is the field's prime 2^255 - 19, L the order of the base point,
 * d the curve's constant, and i a square root of -1. */
#define P "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"
#define L "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"
#define D "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"
#define I "2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0"
#define P_MINUS_2 "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeb"
#define P_PLUS_3_BY_8 "0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"

/* The y of every point of small order. */
static const char *const small[] = {
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000001",
  "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
  "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
  "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
};

static gcry_mpi_t
scan_hex (const char *digits)
{
  gcry_mpi_t number = NULL;
  gcry_error_t failed = gcry_mpi_scan (&number, GCRYMPI_FMT_HEX, digits, 0, NULL);

  g_assert (!failed); /* only without memory, where GLib ends the program too */
  return number;
}

/* A number with its lowest byte first, as Ed25519 writes them, without its highest bit. */
static gcry_mpi_t
scan_bytes (const guint8 bytes[32])
{
  guint8 reversed[32];
  gcry_mpi_t number = NULL;
  gcry_error_t failed;

  for (guint i = 0; i < 32; i++)
    reversed[i] = bytes[31 - i];
  reversed[0] &= 0x7f;
  failed = gcry_mpi_scan (&number, GCRYMPI_FMT_USG, reversed, sizeof reversed, NULL);
  g_assert (!failed);
  return number;
}

static gboolean
is_below (gcry_mpi_t number, const char *limit)
{
  g_auto (gcry_mpi_t) bound = scan_hex (limit);

  return gcry_mpi_cmp (number, bound) < 0;
}

static gboolean
is_too_short (gcry_mpi_t number)
{
  return gcry_mpi_get_nbits (number) <= 8 * (32 - WORD_SIZE);
}

gboolean
wb_ed25519_gate_scalar (const guint8 scalar[32])
{
  g_auto (gcry_mpi_t) number = scan_bytes (scalar);

  return (scalar[31] & 0x80) == 0 && is_below (number, L);
}

gboolean
wb_ed25519_gate_encoding (const guint8 encoding[32])
{
  g_auto (gcry_mpi_t) y = scan_bytes (encoding); /* the highest bit is the sign of x */

  if (!is_below (y, P))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++) {
    g_auto (gcry_mpi_t) other = scan_hex (small[i]);

    if (gcry_mpi_cmp (y, other) == 0)
      return FALSE;
  }
  return TRUE;
}

/* x² = (y² - 1) / (d y² + 1), RFC 8032 section 5.1.3 */
static gcry_mpi_t
compute_x_squared (gcry_mpi_t y, gcry_mpi_t p)
{
  g_auto (gcry_mpi_t) exponent = scan_hex (P_MINUS_2);
  g_auto (gcry_mpi_t) d = scan_hex (D);
  g_auto (gcry_mpi_t) one = gcry_mpi_set_ui (NULL, 1);
  g_auto (gcry_mpi_t) u = gcry_mpi_new (0);
  g_auto (gcry_mpi_t) v = gcry_mpi_new (0);
  gcry_mpi_t result = gcry_mpi_new (0);

  gcry_mpi_mulm (u, y, y, p);
  gcry_mpi_mulm (v, d, u, p);
  gcry_mpi_subm (u, u, one, p);
  gcry_mpi_addm (v, v, one, p);
  gcry_mpi_powm (v, v, exponent, p);
  gcry_mpi_mulm (result, u, v, p);
  return result;
}

static gboolean
is_root (gcry_mpi_t x, gcry_mpi_t square, gcry_mpi_t p)
{
  g_auto (gcry_mpi_t) product = gcry_mpi_new (0);

  gcry_mpi_mulm (product, x, x, p);
  return gcry_mpi_cmp (product, square) == 0;
}

/* The x of a point; NULL where no point has this y. */
static gcry_mpi_t
compute_x (gcry_mpi_t y, gboolean odd)
{
  g_auto (gcry_mpi_t) p = scan_hex (P);
  g_auto (gcry_mpi_t) exponent = scan_hex (P_PLUS_3_BY_8);
  g_auto (gcry_mpi_t) i = scan_hex (I);
  g_auto (gcry_mpi_t) square = compute_x_squared (y, p);
  g_auto (gcry_mpi_t) x = gcry_mpi_new (0);

  gcry_mpi_powm (x, square, exponent, p);
  if (!is_root (x, square, p)) {
    gcry_mpi_mulm (x, x, i, p);
    if (!is_root (x, square, p))
      return NULL;
  }
  if (gcry_mpi_test_bit (x, 0) != (odd ? 1 : 0))
    gcry_mpi_sub (x, p, x);
  return g_steal_pointer (&x);
}

gboolean
wb_ed25519_gate_key (const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  g_auto (gcry_mpi_t) y = scan_bytes (public);
  g_auto (gcry_mpi_t) x = NULL;

  if (!wb_ed25519_gate_encoding (public) || is_too_short (y))
    return FALSE;
  x = compute_x (y, (public[31] & 0x80) != 0);
  return x != NULL && !is_too_short (x);
}

/* [L]A must be the neutral point (0, 1). */
gboolean
wb_ed25519_has_prime_order (const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  g_auto (gcry_sexp_t) key = NULL;
  g_auto (gcry_ctx_t) context = NULL;
  g_auto (gcry_mpi_point_t) point = NULL;
  g_auto (gcry_mpi_point_t) product = gcry_mpi_point_new (0);
  g_auto (gcry_mpi_t) factor = scan_hex (L);
  g_auto (gcry_mpi_t) x = gcry_mpi_new (0);
  g_auto (gcry_mpi_t) y = gcry_mpi_new (0);

  if (gcry_sexp_build (&key,
                       NULL,
                       "(public-key(ecc(curve Ed25519)(flags eddsa)(q %b)))",
                       WB_ED25519_PUBLIC_SIZE,
                       public) != 0 ||
      gcry_mpi_ec_new (&context, key, NULL) != 0)
    return FALSE;
  point = gcry_mpi_ec_get_point ("q", context, 1);
  if (point == NULL || !gcry_mpi_ec_curve_point (point, context))
    return FALSE;
  gcry_mpi_ec_mul (product, factor, point, context);
  return gcry_mpi_ec_get_affine (x, y, product, context) == 0 && gcry_mpi_cmp_ui (x, 0) == 0 &&
         gcry_mpi_cmp_ui (y, 1) == 0;
}
