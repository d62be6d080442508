/* SPDX-License-Identifier: EUPL-1.2 */

/* Bytes as text: lower-case hex, strict base64 (RFC 4648 sections 4 and 3.5), and UTF-8. */
#include "wb-encoding.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * wb_hex_encode:
 * @bytes: any bytes
 * @size: how many
 *
 * Returns: (transfer full): two lower-case digits a byte
 */
char *
wb_hex_encode (gconstpointer bytes, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *from = bytes;
  char *text = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++) {
    text[2 * i] = digits[from[i] >> 4];
    text[2 * i + 1] = digits[from[i] & 15];
  }
  text[2 * size] = '\0';
  return text;
}

static int
hex_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/**
 * wb_hex_decode:
 * @text: hexadecimal digits
 * @ret_bytes: (out caller-allocates) (array length=size): room for @size bytes
 * @size: how many bytes @text must stand for
 * @error: return location for an error
 *
 * Upper case is refused: one value has one spelling, or digests could differ for equal bytes.
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED where @text is not exactly 2 × @size digits
 */
gboolean
wb_hex_decode (const char *text, guint8 *ret_bytes, gsize size, GError **error)
{
  gsize length = strlen (text);
  gboolean good = length / 2 == size && length % 2 == 0;

  for (gsize i = 0; good && i < length; i++)
    good = hex_value (text[i]) >= 0;
  if (!good) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_DAMAGED,
                 _ ("A number of %zu"
                    " digits (0-9, a-f) was expected here: check that all of it was copied."),
                 2 * size);
    return FALSE;
  }
  for (gsize i = 0; i < size; i++)
    ret_bytes[i] = (guint8) (hex_value (text[2 * i]) << 4 | hex_value (text[2 * i + 1]));
  return TRUE;
}

/**
 * wb_base64_encode:
 * @bytes: any bytes
 * @size: how many
 * @form: with or without "="
 *
 * Returns: (transfer full): base64 of the standard alphabet, on one line
 */
char *
wb_base64_encode (gconstpointer bytes, gsize size, WbBase64 form)
{
  const guint8 *from = bytes;
  char *text = g_malloc ((size + 2) / 3 * 4 + 1);
  char *to = text;

  for (gsize i = 0; i < size; i += 3) {
    gsize left = MIN (size - i, 3);
    guint32 bits = (guint32) from[i] << 16;

    bits |= left > 1 ? (guint32) from[i + 1] << 8 : 0;
    bits |= left > 2 ? from[i + 2] : 0;
    for (gsize j = 0; j < 4; j++) {
      if (j <= left)
        *to++ = alphabet[bits >> (18 - 6 * j) & 63];
      else if (form == WB_BASE64_PADDED)
        *to++ = '=';
    }
  }
  *to = '\0';
  return text;
}

static int
base64_value (char c)
{
  const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

  return at != NULL ? (int) (at - alphabet) : -1;
}

/* Takes the padding off; FALSE where it is not what @form wants. */
static gboolean
strip_padding (const char *text, gsize *length, WbBase64 form)
{
  gsize size = *length;

  if (form == WB_BASE64_UNPADDED)
    return size % 4 != 1;
  if (size % 4 != 0)
    return FALSE;
  for (guint i = 0; i < 2 && size > 0 && text[size - 1] == '='; i++)
    size--;
  *length = size;
  return TRUE;
}

/* Decodes @length characters without padding into @bytes; FALSE at the first wrong one. */
static gboolean
decode_characters (const char *text, gsize length, guint8 *bytes)
{
  guint32 bits = 0;
  guint held = 0;

  for (gsize i = 0; i < length; i++) {
    int value = base64_value (text[i]);

    if (value < 0)
      return FALSE;
    bits = bits << 6 | (guint32) value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      *bytes++ = (guint8) (bits >> held);
      bits &= (1u << held) - 1;
    }
  }
  return bits == 0; /* what is left over carries nothing, or one value had several spellings */
}

/**
 * wb_base64_decode:
 * @text: base64
 * @length: its length in bytes, or -1 where it ends in NUL
 * @form: whether "=" must be there or must not be
 * @ret_size: (out): how many bytes came out
 * @error: return location for an error
 *
 * Accepts canonical text only: no white space, left-over bits zero.
 *
 * Returns: (transfer full): the bytes, with a NUL behind them; %NULL with %WB_ERROR_DAMAGED
 */
guint8 *
wb_base64_decode (const char *text, gssize length, WbBase64 form, gsize *ret_size, GError **error)
{
  gsize characters = length < 0 ? strlen (text) : (gsize) length;
  gboolean good = strip_padding (text, &characters, form);
  gsize size = characters / 4 * 3 + characters % 4 * 3 / 4;
  g_autofree guint8 *bytes = g_malloc (size + 1);

  if (!good || !decode_characters (text, characters, bytes)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("Text in base64 was expected here and this is not: check that all of "
                            "it was copied."));
    return NULL;
  }
  bytes[size] = 0;
  *ret_size = size;
  return g_steal_pointer (&bytes);
}

/**
 * wb_text_check:
 * @text: bytes from outside
 * @size: how many
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED, naming the byte (from 1), where they are not UTF-8 or
 *   hold a NUL
 */
gboolean
wb_text_check (const char *text, gsize size, GError **error)
{
  const char *end = text;

  if (size == 0 || g_utf8_validate_len (text, size, &end))
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_DAMAGED,
               _ ("The text is damaged at byte %zu: save it as UTF-8 and try again."),
               (gsize) (end - text) + 1);
  return FALSE;
}
