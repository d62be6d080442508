/* SPDX-License-Identifier: EUPL-1.2 */

/* SHA-256 and SHA-512 (FIPS 180-4), and random bytes from the kernel. */
#include "wb-digest.h"

#include <gcrypt.h>
#include <unistd.h>

#include "wb-encoding.h"
#include "wb-gcrypt-private.h"

#define ENTROPY_MAX 256 /* the most getentropy() gives at once */

struct _WbSha256 {
  gcry_md_hd_t handle;
};

/**
 * wb_sha256:
 * @bytes: any bytes
 * @size: how many
 * @ret_digest: (out caller-allocates): 32 bytes
 */
void
wb_sha256 (gconstpointer bytes, gsize size, guint8 ret_digest[WB_SHA256_SIZE])
{
  (void) wb_gcrypt_ensure ();
  gcry_md_hash_buffer (GCRY_MD_SHA256, ret_digest, size > 0 ? bytes : "", size);
}

/**
 * wb_sha512:
 * @bytes: any bytes
 * @size: how many
 * @ret_digest: (out caller-allocates): 64 bytes
 */
void
wb_sha512 (gconstpointer bytes, gsize size, guint8 ret_digest[WB_SHA512_SIZE])
{
  (void) wb_gcrypt_ensure ();
  gcry_md_hash_buffer (GCRY_MD_SHA512, ret_digest, size > 0 ? bytes : "", size);
}

/**
 * wb_sha256_hex:
 * @bytes: any bytes
 * @size: how many
 *
 * Returns: (transfer full): the SHA-256 in 64 lower-case digits
 */
char *
wb_sha256_hex (gconstpointer bytes, gsize size)
{
  guint8 digest[WB_SHA256_SIZE];

  wb_sha256 (bytes, size, digest);
  return wb_hex_encode (digest, sizeof digest);
}

/**
 * wb_sha256_new:
 *
 * Ends the program where there is no memory left, as g_malloc() does.
 *
 * Returns: (transfer full): a SHA-256 of nothing yet
 */
WbSha256 *
wb_sha256_new (void)
{
  WbSha256 *self = g_new0 (WbSha256, 1);
  gcry_error_t failed;

  (void) wb_gcrypt_ensure ();
  failed = gcry_md_open (&self->handle, GCRY_MD_SHA256, 0);
  g_assert (!failed);
  return self;
}

/**
 * wb_sha256_update:
 * @self: a running digest
 * @bytes: what comes next
 * @size: how many bytes
 */
void
wb_sha256_update (WbSha256 *self, gconstpointer bytes, gsize size)
{
  if (size > 0)
    gcry_md_write (self->handle, bytes, size);
}

/**
 * wb_sha256_finish:
 * @self: a running digest; afterwards it is of nothing again
 * @ret_digest: (out caller-allocates): the digest of all that came
 */
void
wb_sha256_finish (WbSha256 *self, guint8 ret_digest[WB_SHA256_SIZE])
{
  memcpy (ret_digest, gcry_md_read (self->handle, GCRY_MD_SHA256), WB_SHA256_SIZE);
  gcry_md_reset (self->handle);
}

void
wb_sha256_free (WbSha256 *self)
{
  if (self == NULL)
    return;
  gcry_md_close (self->handle);
  g_free (self);
}

/**
 * wb_random_bytes:
 * @bytes: (out caller-allocates): where they go, such as locked memory
 * @size: how many
 *
 * Fills from the kernel's generator, good for keys. Ends the program where the kernel has none:
 * nothing that needs a key can go on then.
 */
void
wb_random_bytes (gpointer bytes, gsize size)
{
  guint8 *to = bytes;

  while (size > 0) {
    gsize part = MIN (size, ENTROPY_MAX);
    int failed = getentropy (to, part);

    g_assert (failed == 0);
    to += part;
    size -= part;
  }
}
