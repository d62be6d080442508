/* SPDX-License-Identifier: EUPL-1.2 */

/* Identifiers of records: UUID version 7 (RFC 9562), so that they sort by the time of making. */
#include "wb-uuid.h"

#include <string.h>
#include <unistd.h>

#define COUNTER_BITS 26 /* 12 bits of rand_a and the first 14 of rand_b: RFC 9562 section 6.2 */
#define COUNTER_MASK ((1u << COUNTER_BITS) - 1)

static GMutex lock;
static WbInstant last = WB_INSTANT_NONE;
static guint32 counter;

/* Within one millisecond one up; else a fresh start in the lower half, so that it has room. */
static guint32
next_counter (WbInstant now, guint32 fresh)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  counter = now == last ? (counter + 1) & COUNTER_MASK : fresh & (COUNTER_MASK >> 1);
  last = now;
  return counter;
}

static void
format (const guint8 bytes[16], char *text)
{
  static const char digits[] = "0123456789abcdef";

  for (guint i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *text++ = '-';
    *text++ = digits[bytes[i] >> 4];
    *text++ = digits[bytes[i] & 15];
  }
  *text = '\0';
}

/**
 * wb_uuid_new:
 * @now: the time it is made, from 1970 on
 *
 * Two calls with the same @now give increasing identifiers in the order of the calls.
 *
 * Returns: (transfer full): a version 7 UUID of %WB_UUID_LENGTH characters
 */
char *
wb_uuid_new (WbInstant now)
{
  guint8 bytes[16];
  guint32 fresh, count;
  guint64 time = (guint64) MAX (now, 0);
  char *text = g_malloc (WB_UUID_LENGTH + 1);
  int failed = getentropy (bytes, sizeof bytes);

  g_assert (failed == 0);
  memcpy (&fresh, bytes, sizeof fresh);
  count = next_counter (now, fresh);
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (time >> (40 - 8 * i));
  bytes[6] = (guint8) (0x70 | count >> 22);
  bytes[7] = (guint8) (count >> 14);
  bytes[8] = (guint8) (0x80 | (count >> 8 & 0x3f));
  bytes[9] = (guint8) count;
  format (bytes, text);
  return text;
}

/**
 * wb_uuid_is_valid:
 * @text: (nullable): anything
 *
 * Returns: whether it is a UUID as wb_uuid_new() writes it: version 7, variant 10, lower case
 */
gboolean
wb_uuid_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != WB_UUID_LENGTH)
    return FALSE;
  for (guint i = 0; i < WB_UUID_LENGTH; i++) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-')
        return FALSE;
    } else if (strchr ("0123456789abcdef", text[i]) == NULL) {
      return FALSE;
    }
  }
  return text[14] == '7' && strchr ("89ab", text[19]) != NULL;
}
