/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * HMAC-SHA-256 (RFC 2104), HKDF-SHA-256 (RFC 5869) and scrypt (RFC 7914) over libgcrypt. Whatever
 * libgcrypt would take in silence and should not is refused here.
 */
#include "wb-kdf-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-gcrypt-private.h"
#include "wb-i18n.h"

#define HASH_SIZE 32
#define HKDF_MAX (255 * HASH_SIZE) /* RFC 5869 2.3: the block number is one byte */
#define SCRYPT_R 8                 /* libgcrypt knows no other */
#define SCRYPT_LOG2_N_MAX 22       /* 4 GiB of memory: more would hang the machine, not the thief */
#define SCRYPT_P_MAX 16            /* RFC 7914's own example; each is a whole run more */

typedef struct {
  gconstpointer bytes;
  gsize size;
} Part;

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gcry_mac_hd_t, gcry_mac_close, NULL)

/* libgcrypt takes a NULL pointer for "none given" where "empty" is meant. */
static gconstpointer
or_empty (gconstpointer bytes)
{
  return bytes != NULL ? bytes : "";
}

gboolean
wb_kdf_check (gcry_error_t code, GError **error)
{
  if (code == 0)
    return TRUE;
  if (gcry_err_code (code) == GPG_ERR_ENOMEM)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("There is not enough memory for the encryption: close other programs "
                            "and try again."));
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The encryption library libgcrypt failed (%s): check that the system is "
                    "complete and up to date."),
                 gcry_strerror (code));
  return FALSE;
}

/* The tag over @parts one after another. */
static gboolean
compute_hmac (gconstpointer key,
              gsize key_size,
              const Part *parts,
              guint n_parts,
              guint8 ret_tag[HASH_SIZE],
              GError **error)
{
  g_auto (gcry_mac_hd_t) mac = NULL;
  gsize size = HASH_SIZE;
  gcry_error_t code;

  (void) wb_gcrypt_ensure ();
  code = gcry_mac_open (&mac, GCRY_MAC_HMAC_SHA256, GCRY_MAC_FLAG_SECURE, NULL);
  if (code == 0)
    code = gcry_mac_setkey (mac, or_empty (key), key_size);
  for (guint i = 0; code == 0 && i < n_parts; i++)
    if (parts[i].size > 0)
      code = gcry_mac_write (mac, parts[i].bytes, parts[i].size);
  if (code == 0)
    code = gcry_mac_read (mac, ret_tag, &size);
  g_assert (code != 0 || size == HASH_SIZE);
  return wb_kdf_check (code, error);
}

/**
 * wb_hmac_sha256:
 * @key: (nullable): the key
 * @key_size: its length in bytes; 0 is allowed
 * @data: (nullable): what is to be authenticated
 * @size: its length in bytes
 * @ret_tag: (out caller-allocates): the whole tag of 32 bytes
 * @error: return location for an error
 *
 * There is no call that checks a tag: compare all 32 bytes with wb_bytes_equal_constant_time().
 * libgcrypt's own check compares no more than the length it is given.
 *
 * Returns: %FALSE with %WB_ERROR_IO where libgcrypt fails
 */
gboolean
wb_hmac_sha256 (gconstpointer key,
                gsize key_size,
                gconstpointer data,
                gsize size,
                guint8 ret_tag[32],
                GError **error)
{
  const Part parts[] = { { data, size } };

  return compute_hmac (key, key_size, parts, G_N_ELEMENTS (parts), ret_tag, error);
}

/* RFC 5869 2.3: T(i) = HMAC (PRK, T(i-1) || info || i), one after another. */
static gboolean
expand (const guint8 key[HASH_SIZE],
        const char *info,
        gsize info_size,
        guint8 *bytes,
        gsize size,
        GError **error)
{
  guint8 block[HASH_SIZE];
  guint8 number = 0;
  gsize done = 0;
  gboolean good = TRUE;

  while (good && done < size) {
    gsize part = MIN (size - done, HASH_SIZE);
    const Part parts[] = { { block, number > 0 ? HASH_SIZE : 0 },
                           { info, info_size },
                           { &number, 1 } };

    number++;
    good = compute_hmac (key, HASH_SIZE, parts, G_N_ELEMENTS (parts), block, error);
    if (good)
      memcpy (bytes + done, block, part);
    done += part;
  }
  explicit_bzero (block, sizeof block);
  if (!good)
    explicit_bzero (bytes, size);
  return good;
}

/**
 * wb_hkdf_sha256:
 * @key: (nullable): the input keying material
 * @key_size: its length in bytes
 * @salt: (nullable): the salt; an absent one is 32 zeros, which HMAC cannot tell from an empty one
 * @salt_size: its length in bytes
 * @info: (nullable): what the key is for; bytes, not text
 * @info_size: its length in bytes
 * @ret_bytes: (out caller-allocates): room for @size bytes, best in locked memory
 * @size: how many are wanted, at most 8160
 * @error: return location for an error
 *
 * Extract and expand in one (RFC 5869). A salt of varying length must come from us: HMAC pads short
 * keys with zeros, so that two salts can give one key.
 *
 * Returns: %FALSE with %WB_ERROR_TOO_LARGE over 8160 bytes, %WB_ERROR_IO where libgcrypt fails
 */
gboolean
wb_hkdf_sha256 (gconstpointer key,
                gsize key_size,
                gconstpointer salt,
                gsize salt_size,
                const char *info,
                gsize info_size,
                gpointer ret_bytes,
                gsize size,
                GError **error)
{
  guint8 extracted[HASH_SIZE];
  gboolean good;

  if (size > HKDF_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("A key of this length cannot be derived: ask for at most 8160 bytes."));
    return FALSE;
  }
  good = wb_hmac_sha256 (salt, salt_size, key, key_size, extracted, error) &&
         expand (extracted, info, info_size, ret_bytes, size, error);
  explicit_bzero (extracted, sizeof extracted);
  return good;
}

/* libgcrypt computes something nobody else can for an N, r or p outside of the standard. */
static gboolean
check_cost (guint log2_n, guint r, guint p, GError **error)
{
  if (log2_n > SCRYPT_LOG2_N_MAX || p > SCRYPT_P_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("The passphrase is protected by more work than this computer may do: "
                            "open the file with another program and save it with less."));
    return FALSE;
  }
  if (log2_n < 1 || p < 1 || r != SCRYPT_R) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The passphrase is protected in a way that is not supported: save "
                            "the file anew with age."));
    return FALSE;
  }
  return TRUE;
}

/* libgcrypt works in locked memory only where passphrase and key lie in its own pool. */
static gcry_error_t
run_scrypt (gconstpointer passphrase,
            gsize passphrase_size,
            gconstpointer salt,
            gsize salt_size,
            int n,
            guint p,
            gpointer bytes,
            gsize size)
{
  guint8 *key = gcry_malloc_secure (size + passphrase_size);
  gcry_error_t code;

  if (key == NULL)
    return gcry_error (GPG_ERR_ENOMEM);
  if (passphrase_size > 0)
    memcpy (key + size, passphrase, passphrase_size);
  code = gcry_kdf_derive (key + size,
                          passphrase_size,
                          GCRY_KDF_SCRYPT,
                          n,
                          or_empty (salt),
                          salt_size,
                          p,
                          size,
                          key);
  if (code == 0)
    memcpy (bytes, key, size);
  gcry_free (key); /* wipes it */
  return code;
}

/**
 * wb_scrypt:
 * @passphrase: (nullable): the passphrase, in locked memory: libgcrypt then keeps its copy there
 * too
 * @passphrase_size: its length in bytes; 0 is allowed
 * @salt: (nullable): the salt
 * @salt_size: its length in bytes
 * @log2_n: 1 to 22; the work and the memory (N KiB where @r is 8) double with each
 * @r: 8: libgcrypt has no other
 * @p: 1 to 16
 * @ret_bytes: (out caller-allocates): room for @size bytes, best in locked memory
 * @size: how many are wanted; at least 1
 * @error: return location for an error
 *
 * scrypt as in RFC 7914. At 2^18 this takes most of a second: not for the main loop.
 *
 * Returns: %FALSE with %WB_ERROR_TOO_LARGE over the limits, %WB_ERROR_INVALID where a number is
 *   outside of the standard, %WB_ERROR_IO without memory
 */
gboolean
wb_scrypt (gconstpointer passphrase,
           gsize passphrase_size,
           gconstpointer salt,
           gsize salt_size,
           guint log2_n,
           guint r,
           guint p,
           gpointer ret_bytes,
           gsize size,
           GError **error)
{
  g_return_val_if_fail (size > 0, FALSE);

  if (!check_cost (log2_n, r, p, error))
    return FALSE;
  (void) wb_gcrypt_ensure ();
  return wb_kdf_check (run_scrypt (passphrase,
                                   passphrase_size,
                                   salt,
                                   salt_size,
                                   1 << log2_n, /* N itself, not its logarithm */
                                   p,
                                   ret_bytes,
                                   size),
                       error);
}
