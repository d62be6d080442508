/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The small words of the log's text formats. Each has one spelling: what is accepted here is what
 * would be written again, byte for byte.
 */
#include "wb-log-text-private.h"

#include <string.h>

#include "wb-encoding.h"

#define CODE_MIN 2 /* a body's code, [A-Z0-9-] */
#define CODE_MAX 20
#define KEY_HEX 16     /* the log key's part of an origin */
#define HASH_BASE64 44 /* of 32 bytes, padded */
#define FINGERPRINT "SHA256:"
#define FINGERPRINT_BASE64 43 /* of 32 bytes, unpadded */

gboolean
wb_log_text_line (WbLogText *self, const char **ret_line, gsize *ret_size)
{
  const char *end = self->left > 0 ? memchr (self->at, '\n', self->left) : NULL;

  if (end == NULL)
    return FALSE;
  *ret_line = self->at;
  *ret_size = (gsize) (end - self->at);
  self->left -= *ret_size + 1;
  self->at = end + 1;
  return TRUE;
}

/* No sign, no leading zero, no overflow. */
gboolean
wb_log_parse_decimal (const char *text, gsize size, guint64 *ret_number)
{
  guint64 number = 0;

  if (size == 0 || size > WB_LOG_DECIMAL_MAX || (size > 1 && text[0] == '0'))
    return FALSE;
  for (gsize i = 0; i < size; i++) {
    guint64 digit = (guint64) (guint8) text[i] - '0';

    if (digit > 9 || number > (G_MAXUINT64 - digit) / 10)
      return FALSE;
    number = number * 10 + digit;
  }
  *ret_number = number;
  return TRUE;
}

/* A digit's value plus one; 0 for what is no digit. Entries are half hex, so this is a table. */
static const guint8 hex_values[256] = {
  ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
  ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

/* Lower case only. @ret_bytes is scratch on failure. */
gboolean
wb_log_parse_hex (const char *text, gsize size, guint8 *ret_bytes, gsize n_bytes)
{
  const guint8 *digits = (const guint8 *) text;
  gboolean good = size == 2 * n_bytes;

  for (gsize i = 0; good && i < n_bytes; i++) {
    guint high = hex_values[digits[2 * i]];
    guint low = hex_values[digits[2 * i + 1]];

    good = high != 0 && low != 0;
    ret_bytes[i] = (guint8) ((high - 1) << 4 | ((low - 1) & 15));
  }
  return good;
}

/* A hash as checkpoints and proofs write it; any other length is no hash. */
gboolean
wb_log_parse_hash (const char *text, gsize size, WbHash *ret_hash)
{
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;

  if (size != HASH_BASE64)
    return FALSE;
  bytes = wb_base64_decode (text, (gssize) size, WB_BASE64_PADDED, &n_bytes, NULL);
  if (bytes == NULL || n_bytes != WB_HASH_SIZE)
    return FALSE;
  memcpy (ret_hash->bytes, bytes, WB_HASH_SIZE);
  return TRUE;
}

gboolean
wb_log_name_is_valid (const char *text, gsize size, WbLogName kind)
{
  if (size == 0 || size > WB_LOG_NAME_MAX || !g_ascii_islower (text[0]))
    return FALSE;
  for (gsize i = 1; i < size; i++) {
    char c = text[i];
    gboolean digit = g_ascii_isdigit (c) && kind != WB_LOG_NAME_EVENT;
    gboolean mark =
        (c == '_' && kind != WB_LOG_NAME_EVENT) || (c == '-' && kind != WB_LOG_NAME_FIELD);

    if (!g_ascii_islower (c) && !digit && !mark)
      return FALSE;
  }
  return TRUE;
}

/* waarborg/CODE/16 hex digits. */
gboolean
wb_log_origin_is_valid (const char *text, gsize size)
{
  gsize prefix = strlen (WB_LOG_ORIGIN_PREFIX);
  guint8 key[KEY_HEX / 2];
  gsize code;

  if (size < prefix + CODE_MIN + 1 + KEY_HEX || size > prefix + CODE_MAX + 1 + KEY_HEX ||
      memcmp (text, WB_LOG_ORIGIN_PREFIX, prefix) != 0)
    return FALSE;
  code = size - prefix - 1 - KEY_HEX;
  for (gsize i = prefix; i < prefix + code; i++) {
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;
  }
  return text[prefix + code] == '/' &&
         wb_log_parse_hex (text + prefix + code + 1, KEY_HEX, key, sizeof key);
}

/* As ssh-keygen -l prints it; the last of 43 characters carries 4 bits, so its low two are zero. */
gboolean
wb_log_author_is_valid (const char *text, gsize size)
{
  gsize prefix = strlen (FINGERPRINT);

  if (size != prefix + FINGERPRINT_BASE64 || memcmp (text, FINGERPRINT, prefix) != 0)
    return FALSE;
  for (gsize i = prefix; i < size; i++) {
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;
  }
  return strchr ("AEIMQUYcgkosw048", text[size - 1]) != NULL;
}
