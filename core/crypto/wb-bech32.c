/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Bech32 (BIP 173) without its length limit, for keys of a known size and a known prefix. Works in
 * the caller's memory alone, since what is encoded may be a secret.
 */
#include "wb-bech32-private.h"

#include <string.h>

#define CHECKSUM_SIZE 6

static const char symbols[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/* One step of the BCH code over GF(32): multiplies by x, reduces by the generator, adds @value. */
static guint32
step (guint32 sum, guint8 value)
{
  static const guint32 generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint32 top = sum >> 25;

  sum = (sum & 0x1ffffff) << 5 ^ value;
  for (guint i = 0; i < G_N_ELEMENTS (generator); i++)
    sum ^= (top >> i & 1) ? generator[i] : 0;
  return sum;
}

/* The checksum's state after the prefix, which always counts as lower case. */
static guint32
start_sum (const char *prefix)
{
  guint32 sum = 1;

  for (const char *p = prefix; *p != '\0'; p++)
    sum = step (sum, (guint8) g_ascii_tolower (*p) >> 5);
  sum = step (sum, 0);
  for (const char *p = prefix; *p != '\0'; p++)
    sum = step (sum, (guint8) g_ascii_tolower (*p) & 31);
  return sum;
}

static char
get_symbol (guint32 value, gboolean upper)
{
  return upper ? g_ascii_toupper (symbols[value & 31]) : symbols[value & 31];
}

/* 0 to 31, or -1; a letter of the other case is no symbol. */
static int
get_value (char symbol, gboolean upper)
{
  char lower = upper ? g_ascii_tolower (symbol) : symbol;
  const char *at = lower != '\0' ? strchr (symbols, lower) : NULL;

  if (at == NULL || (upper && g_ascii_islower (symbol)))
    return -1;
  return (int) (at - symbols);
}

/**
 * wb_bech32_encode:
 * @prefix: the human-readable part, all lower or all upper case
 * @bytes: @size bytes
 * @size: how many
 * @ret_text: (out caller-allocates): room for WB_BECH32_LENGTH(@prefix, @size) characters
 */
void
wb_bech32_encode (const char *prefix, const guint8 *bytes, gsize size, char *ret_text)
{
  gboolean upper = g_ascii_isupper (prefix[0]);
  gsize n_symbols = (size * 8 + 4) / 5;
  guint32 sum = start_sum (prefix);
  guint32 bits = 0;
  guint held = 0;
  gsize used = 0;

  ret_text = (char *) memcpy (ret_text, prefix, strlen (prefix)) + strlen (prefix);
  *ret_text++ = '1';
  for (gsize i = 0; i < n_symbols; i++) {
    if (held < 5) {
      bits = bits << 8 | (used < size ? bytes[used] : 0);
      used++;
      held += 8;
    }
    held -= 5;
    sum = step (sum, bits >> held & 31);
    *ret_text++ = get_symbol (bits >> held, upper);
  }
  for (guint i = 0; i < CHECKSUM_SIZE; i++)
    sum = step (sum, 0);
  sum ^= 1;
  for (guint i = 0; i < CHECKSUM_SIZE; i++)
    *ret_text++ = get_symbol (sum >> (5 * (CHECKSUM_SIZE - 1 - i)), upper);
}

/* Whether all symbols are known, the checksum is right and the bits after the last byte are 0. */
static gboolean
check_symbols (const char *text, gsize n_symbols, const char *prefix, gsize size)
{
  guint32 sum = start_sum (prefix);
  gsize spare = n_symbols * 5 - size * 8;

  for (gsize i = 0; i < n_symbols + CHECKSUM_SIZE; i++) {
    int value = get_value (text[i], g_ascii_isupper (prefix[0]));

    if (value < 0)
      return FALSE;
    if (i + 1 == n_symbols && ((guint) value & ((1u << spare) - 1)) != 0)
      return FALSE;
    sum = step (sum, (guint8) value);
  }
  return sum == 1;
}

/**
 * wb_bech32_decode:
 * @text: text from outside
 * @length: its length in bytes
 * @prefix: the human-readable part that it must have, in the case that all of it must have
 * @ret_bytes: (out caller-allocates): room for @size bytes
 * @size: how many bytes it must stand for
 *
 * Returns: whether @text is exactly that
 */
gboolean
wb_bech32_decode (const char *text, gsize length, const char *prefix, guint8 *ret_bytes, gsize size)
{
  gboolean upper = g_ascii_isupper (prefix[0]);
  gsize start = strlen (prefix) + 1;
  gsize n_symbols = (size * 8 + 4) / 5;
  guint32 bits = 0;
  guint held = 0;

  if (length != start + n_symbols + CHECKSUM_SIZE || memcmp (text, prefix, start - 1) != 0 ||
      text[start - 1] != '1' || !check_symbols (text + start, n_symbols, prefix, size))
    return FALSE;
  for (gsize i = 0; i < n_symbols; i++) {
    bits = (bits << 5 | (guint32) get_value (text[start + i], upper)) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      *ret_bytes++ = (guint8) (bits >> held);
    }
  }
  return TRUE;
}
