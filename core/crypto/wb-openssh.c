/* SPDX-License-Identifier: EUPL-1.2 */

/* Public keys as OpenSSH writes them. Ed25519 only; private keys never pass here. */
#include <string.h>

#include "wb-cursor.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-openssh-private.h"

#define LINE_MAX_SIZE 8192 /* a line of allowed_signers with many names; ours has 100 bytes */
#define KEY_POSITION_MAX 2 /* after the names and the options */

void
wb_openssh_append_string (GByteArray *to, gconstpointer bytes, gsize size)
{
  guint32 length = GUINT32_TO_BE ((guint32) size);

  g_byte_array_append (to, (const guint8 *) &length, sizeof length);
  g_byte_array_append (to, bytes, (guint) size);
}

gboolean
wb_openssh_is_text (const guint8 *bytes, gsize size, const char *text)
{
  return size == strlen (text) && memcmp (bytes, text, size) == 0;
}

GByteArray *
wb_openssh_make_blob (const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  GByteArray *blob = g_byte_array_new ();

  wb_openssh_append_string (blob, WB_OPENSSH_KEY_TYPE, strlen (WB_OPENSSH_KEY_TYPE));
  wb_openssh_append_string (blob, public, WB_ED25519_PUBLIC_SIZE);
  return blob;
}

static gboolean
refuse_type (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("Only keys of the type ssh-ed25519 can be used here: ask for such a "
                          "key, made by \"ssh-keygen -t ed25519\"."));
  return FALSE;
}

static gboolean
refuse_line (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("This is not a public key of OpenSSH: it must be one line with "
                          "\"ssh-ed25519 AAAA…\"."));
  return FALSE;
}

gboolean
wb_openssh_read_blob (const guint8 *bytes,
                      gsize size,
                      guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                      GError **error)
{
  WbCursor cursor = wb_cursor_new (bytes, size);
  const guint8 *type, *public;
  gsize type_size, public_size;

  if (!wb_cursor_string (&cursor, &type, &type_size))
    return refuse_line (error);
  if (!wb_openssh_is_text (type, type_size, WB_OPENSSH_KEY_TYPE))
    return refuse_type (error);
  if (!wb_cursor_string (&cursor, &public, &public_size) || public_size != WB_ED25519_PUBLIC_SIZE ||
      cursor.left != 0)
    return refuse_line (error);
  if (!wb_ed25519_check_public (public, error))
    return FALSE;
  memcpy (ret_public, public, WB_ED25519_PUBLIC_SIZE);
  return TRUE;
}

/**
 * wb_openssh_format_public:
 * @public: a public key
 * @comment: (nullable): words for people, such as the name of the owner. A character that would end
 *   the line becomes a space
 *
 * Returns: (transfer full): "ssh-ed25519 AAAA… comment", without LF
 */
char *
wb_openssh_format_public (const guint8 public[WB_ED25519_PUBLIC_SIZE], const char *comment)
{
  g_autoptr (GByteArray) blob = wb_openssh_make_blob (public);
  g_autofree char *base64 = wb_base64_encode (blob->data, blob->len, WB_BASE64_PADDED);
  char *line = g_strjoin (" ",
                          WB_OPENSSH_KEY_TYPE,
                          base64,
                          comment != NULL && *comment != '\0' ? comment : NULL,
                          NULL);

  for (char *at = line; *at != '\0'; at++)
    if ((guchar) *at < ' ' || *at == 127)
      *at = ' ';
  return line;
}

/* Takes one word off the line; blanks between quotes are part of it, as in options. */
static char *
take_word (const char **at)
{
  const char *start;
  gboolean quoted = FALSE;

  *at += strspn (*at, " \t");
  start = *at;
  while (**at != '\0' && (quoted || (**at != ' ' && **at != '\t'))) {
    if (**at == '\\' && (*at)[1] == '"')
      (*at)++;
    else if (**at == '"')
      quoted = !quoted;
    (*at)++;
  }
  return g_strndup (start, (gsize) (*at - start));
}

static gboolean
names_other_type (const char *word)
{
  static const char *const types[] = { "ssh-rsa",   "ssh-dss",   "ecdsa-sha2-",      "sk-",
                                       "ssh-mldsa", "ssh-ed448", "ssh-ed25519-cert", "rsa-sha2-" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (word, types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
read_base64_key (const char *base64, guint8 ret_public[WB_ED25519_PUBLIC_SIZE], GError **error)
{
  gsize size;
  g_autofree guint8 *blob = wb_base64_decode (base64, -1, WB_BASE64_PADDED, &size, NULL);

  if (blob == NULL)
    return refuse_line (error);
  return wb_openssh_read_blob (blob, size, ret_public, error);
}

/* A key that only vouches for other keys signs nothing itself. */
static gboolean
is_authority (const char *options)
{
  g_autofree char *lower = g_ascii_strdown (options, -1);

  return strstr (lower, "cert-authority") != NULL;
}

/* The text without one LF or CRLF; FALSE where it is too long or holds more than a line. */
static gboolean
is_one_line (const char *text, gsize *ret_size)
{
  gsize size = strnlen (text, LINE_MAX_SIZE + 1);

  if (size > LINE_MAX_SIZE)
    return FALSE;
  if (size > 0 && text[size - 1] == '\n')
    size--;
  if (size > 0 && text[size - 1] == '\r')
    size--;
  *ret_size = size;
  return memchr (text, '\n', size) == NULL && memchr (text, '\r', size) == NULL;
}

/**
 * wb_openssh_parse_public:
 * @line: a line of a .pub file or of allowed_signers
 * @ret_public: (out caller-allocates): the public key
 * @error: return location for an error
 *
 * What allowed_signers says of names, time and namespaces is not judged here.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where it is no such line, the key is of another type, only
 *   vouches for other keys, or is not sound
 */
gboolean
wb_openssh_parse_public (const char *line,
                         guint8 ret_public[WB_ED25519_PUBLIC_SIZE],
                         GError **error)
{
  g_autofree char *copy = NULL;
  const char *at;
  gsize size;

  if (!is_one_line (line, &size))
    return refuse_line (error);
  at = copy = g_strndup (line, size);
  for (guint i = 0; i <= KEY_POSITION_MAX; i++) {
    g_autofree char *word = take_word (&at);

    if (strcmp (word, WB_OPENSSH_KEY_TYPE) == 0) {
      g_autofree char *key = take_word (&at);

      return read_base64_key (key, ret_public, error);
    }
    if (names_other_type (word))
      return refuse_type (error);
    if ((i == 0 && *word == '#') || (i == 1 && is_authority (word)))
      break;
  }
  return refuse_line (error);
}

/**
 * wb_openssh_fingerprint:
 * @public: a public key
 *
 * Returns: (transfer full): "SHA256:4bQ…", as `ssh-keygen -l` prints it
 */
char *
wb_openssh_fingerprint (const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  g_autoptr (GByteArray) blob = wb_openssh_make_blob (public);
  guint8 digest[WB_SHA256_SIZE];
  g_autofree char *base64 = NULL;

  wb_sha256 (blob->data, blob->len, digest);
  base64 = wb_base64_encode (digest, sizeof digest, WB_BASE64_UNPADDED);
  return g_strconcat ("SHA256:", base64, NULL);
}
