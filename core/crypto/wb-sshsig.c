/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Signatures on files in the form of `ssh-keygen -Y sign` (OpenSSH's PROTOCOL.sshsig), Ed25519
 * only. One signature has one spelling here: other line ends or widths are refused.
 */
#include "wb-sshsig.h"

#include <string.h>

#include "wb-cursor.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-openssh-private.h"

#define MAGIC "SSHSIG"
#define BEGIN_LINE "-----BEGIN SSH SIGNATURE-----\n"
#define END_LINE "-----END SSH SIGNATURE-----\n"
#define VERSION 1
#define WIDTH 70          /* as OpenSSH writes */
#define WIDTH_MAX 76      /* as its text says */
#define ARMORED_MAX 65536 /* larger than any key type's; an Ed25519 one has 350 bytes */
#define NAMESPACE_MAX 128 /* ours has 19 bytes */

/* What a signature file says, pointing into its bytes. */
typedef struct {
  const guint8 *key, *sig_namespace, *hash, *signature;
  gsize key_size, sig_namespace_size, hash_size, signature_size;
} Parts;

static gboolean
refuse (GError **error, int code, const char *message)
{
  g_set_error_literal (error, WB_ERROR, code, message);
  return FALSE;
}

static gboolean
refuse_damaged (GError **error)
{
  return refuse (error,
                 WB_ERROR_DAMAGED,
                 _ ("The signature file is damaged: ask for it again, and let nothing change it "
                    "on the way."));
}

/* What is signed: not the message itself but its digest, bound to the namespace. */
static GByteArray *
make_signed (const char *sig_namespace, const char *hash, gconstpointer message, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 digest[WB_SHA512_SIZE];
  gboolean wide = strcmp (hash, "sha512") == 0;

  if (wide)
    wb_sha512 (message, size, digest);
  else
    wb_sha256 (message, size, digest);
  g_byte_array_append (bytes, (const guint8 *) MAGIC, strlen (MAGIC));
  wb_openssh_append_string (bytes, sig_namespace, strlen (sig_namespace));
  wb_openssh_append_string (bytes, "", 0);
  wb_openssh_append_string (bytes, hash, strlen (hash));
  wb_openssh_append_string (bytes, digest, wide ? WB_SHA512_SIZE : WB_SHA256_SIZE);
  return bytes;
}

static GByteArray *
make_signature (const guint8 signature[WB_ED25519_SIGNATURE_SIZE])
{
  GByteArray *bytes = g_byte_array_new ();

  wb_openssh_append_string (bytes, WB_OPENSSH_KEY_TYPE, strlen (WB_OPENSSH_KEY_TYPE));
  wb_openssh_append_string (bytes, signature, WB_ED25519_SIGNATURE_SIZE);
  return bytes;
}

static GByteArray *
make_blob (const guint8 *public, const char *sig_namespace, const guint8 *signature)
{
  g_autoptr (GByteArray) key = wb_openssh_make_blob (public);
  g_autoptr (GByteArray) inner = make_signature (signature);
  GByteArray *blob = g_byte_array_new ();
  const guint32 version = GUINT32_TO_BE (VERSION);

  g_byte_array_append (blob, (const guint8 *) MAGIC, strlen (MAGIC));
  g_byte_array_append (blob, (const guint8 *) &version, sizeof version);
  wb_openssh_append_string (blob, key->data, key->len);
  wb_openssh_append_string (blob, sig_namespace, strlen (sig_namespace));
  wb_openssh_append_string (blob, "", 0);
  wb_openssh_append_string (blob, "sha512", strlen ("sha512"));
  wb_openssh_append_string (blob, inner->data, inner->len);
  return blob;
}

static char *
armor (const GByteArray *blob)
{
  g_autofree char *base64 = wb_base64_encode (blob->data, blob->len, WB_BASE64_PADDED);
  GString *text = g_string_new (BEGIN_LINE);

  for (gsize at = 0, size = strlen (base64); at < size; at += WIDTH) {
    g_string_append_len (text, base64 + at, (gssize) MIN (WIDTH, size - at));
    g_string_append_c (text, '\n');
  }
  g_string_append (text, END_LINE);
  return g_string_free (text, FALSE);
}

/* A namespace goes into commands that people type: visible ASCII without quotes. */
static gboolean
check_namespace (const char *sig_namespace, GError **error)
{
  gsize size = strlen (sig_namespace);
  gboolean good = size >= 1 && size <= NAMESPACE_MAX;

  for (gsize i = 0; good && i < size; i++)
    good = g_ascii_isgraph (sig_namespace[i]) && strchr ("\"'\\`$", sig_namespace[i]) == NULL;
  if (good)
    return TRUE;
  return refuse (error,
                 WB_ERROR_INVALID,
                 _ ("The purpose of a signature must be written like case-bundle@waarborg."));
}

/**
 * wb_sshsig_sign:
 * @seed: a private key: 32 bytes
 * @sig_namespace: what the signature is for, such as "case-bundle@waarborg"; a signature for one
 *   purpose is worth nothing for another
 * @message: what to sign
 * @size: its length in bytes
 * @error: return location for an error
 *
 * Returns: (transfer full): the signature file, as `ssh-keygen -Y verify` reads it; %NULL with
 *   %WB_ERROR_INVALID where the namespace is none, or as wb_ed25519_sign()
 */
char *
wb_sshsig_sign (const WbSecret *seed,
                const char *sig_namespace,
                gconstpointer message,
                gsize size,
                GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) blob = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  if (!check_namespace (sig_namespace, error) || !wb_ed25519_get_public (seed, public, error))
    return NULL;
  bytes = make_signed (sig_namespace, "sha512", message, size);
  if (!wb_ed25519_sign (seed, bytes->data, bytes->len, signature, error))
    return NULL;
  blob = make_blob (public, sig_namespace, signature);
  return armor (blob);
}

/* Joins lines that are all of one width but the last; FALSE where they are not. */
static gboolean
join_lines (WbCursor *cursor, GString *base64)
{
  const char *line;
  gsize size, width = 0;
  gboolean last = FALSE;

  while (cursor->left > 0) {
    if (!wb_cursor_line (cursor, &line, &size) || last || size == 0 || size > WIDTH_MAX)
      return FALSE;
    width = width == 0 ? size : width;
    if (size > width)
      return FALSE;
    last = size < width;
    g_string_append_len (base64, line, (gssize) size);
  }
  return width > 0;
}

static guint8 *
dearmor (const char *armored, gsize size, gsize *ret_size, GError **error)
{
  gsize begin = strlen (BEGIN_LINE);
  gsize end = strlen (END_LINE);
  g_autoptr (GString) base64 = g_string_new (NULL);
  guint8 *blob = NULL;
  WbCursor cursor;

  if (size > ARMORED_MAX) {
    refuse (error, WB_ERROR_TOO_LARGE, _ ("The signature file is too large to be one."));
    return NULL;
  }
  if (size > 0 && memchr (armored, '\r', size) != NULL) {
    refuse (error,
            WB_ERROR_DAMAGED,
            _ ("The line ends of the signature file were changed on the way: copy it again as it "
               "was, without opening it in an editor."));
    return NULL;
  }
  if (size >= begin + end && memcmp (armored, BEGIN_LINE, begin) == 0 &&
      memcmp (armored + size - end, END_LINE, end) == 0) {
    cursor = wb_cursor_new (armored + begin, size - begin - end);
    if (join_lines (&cursor, base64))
      blob = wb_base64_decode (base64->str, (gssize) base64->len, WB_BASE64_PADDED, ret_size, NULL);
  }
  if (blob == NULL)
    refuse_damaged (error);
  return blob;
}

static gboolean
read_parts (const guint8 *blob, gsize size, Parts *ret_parts, GError **error)
{
  WbCursor cursor = wb_cursor_new (blob, size);
  const guint8 *magic, *reserved;
  gsize reserved_size;
  guint32 version;
  Parts parts;

  if (!wb_cursor_bytes (&cursor, strlen (MAGIC), &magic) ||
      memcmp (magic, MAGIC, strlen (MAGIC)) != 0 || !wb_cursor_uint32 (&cursor, &version))
    return refuse_damaged (error);
  if (version > VERSION)
    return refuse (error,
                   WB_ERROR_NEWER,
                   _ ("The signature is of a newer kind than this version of Waarborg knows."));
  /* OpenSSH verifies nothing whose reserved part is not empty. */
  if (version != VERSION || !wb_cursor_string (&cursor, &parts.key, &parts.key_size) ||
      !wb_cursor_string (&cursor, &parts.sig_namespace, &parts.sig_namespace_size) ||
      !wb_cursor_string (&cursor, &reserved, &reserved_size) || reserved_size != 0 ||
      !wb_cursor_string (&cursor, &parts.hash, &parts.hash_size) ||
      !wb_cursor_string (&cursor, &parts.signature, &parts.signature_size) || cursor.left != 0)
    return refuse_damaged (error);
  *ret_parts = parts;
  return TRUE;
}

static const char *
find_hash (const Parts *parts)
{
  if (wb_openssh_is_text (parts->hash, parts->hash_size, "sha512"))
    return "sha512";
  return wb_openssh_is_text (parts->hash, parts->hash_size, "sha256") ? "sha256" : NULL;
}

/* The 64 bytes within the last part; NULL where it is of another form. */
static const guint8 *
read_signature (const Parts *parts)
{
  WbCursor cursor = wb_cursor_new (parts->signature, parts->signature_size);
  const guint8 *type, *bytes;
  gsize type_size, size;

  if (!wb_cursor_string (&cursor, &type, &type_size) ||
      !wb_openssh_is_text (type, type_size, WB_OPENSSH_KEY_TYPE) ||
      !wb_cursor_string (&cursor, &bytes, &size) || size != WB_ED25519_SIGNATURE_SIZE ||
      cursor.left != 0)
    return NULL;
  return bytes;
}

/**
 * wb_sshsig_verify:
 * @armored: the signature file
 * @armored_size: its length in bytes
 * @sig_namespace: what the signature must be for
 * @message: what was signed
 * @size: its length in bytes
 * @ret_public: (out caller-allocates): the key that signed. The caller decides whether to trust it
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_VERIFY where it is for another purpose or over something else,
 *   %WB_ERROR_INVALID where the key is of another type, %WB_ERROR_NEWER, %WB_ERROR_TOO_LARGE or
 *   %WB_ERROR_DAMAGED
 */
gboolean
wb_sshsig_verify (const char *armored,
                  gsize armored_size,
                  const char *sig_namespace,
                  gconstpointer message,
                  gsize size,
                  guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                  GError **error)
{
  gsize blob_size;
  g_autofree guint8 *blob = dearmor (armored, armored_size, &blob_size, error);
  g_autoptr (GByteArray) bytes = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  const guint8 *signature;
  const char *hash;
  Parts parts;

  if (blob == NULL || !read_parts (blob, blob_size, &parts, error) ||
      !wb_openssh_read_blob (parts.key, parts.key_size, public, error))
    return FALSE;
  hash = find_hash (&parts);
  signature = read_signature (&parts);
  if (hash == NULL || signature == NULL)
    return refuse_damaged (error);
  if (!wb_openssh_is_text (parts.sig_namespace, parts.sig_namespace_size, sig_namespace))
    return refuse (error,
                   WB_ERROR_VERIFY,
                   _ ("The signature was made for another purpose and proves nothing here."));
  bytes = make_signed (sig_namespace, hash, message, size);
  if (!wb_ed25519_verify (public, bytes->data, bytes->len, signature))
    return refuse (error,
                   WB_ERROR_VERIFY,
                   _ ("The signature does not fit: what was signed has been changed since, or "
                      "the signature belongs to something else."));
  memcpy (ret_public, public, sizeof public);
  return TRUE;
}
