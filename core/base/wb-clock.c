/* SPDX-License-Identifier: EUPL-1.2 */

/* The one clock, and instants as text. Everything that asks the time asks here. */
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-time-private.h"

static _Atomic gint64 fixed_now = WB_INSTANT_NONE;
static _Thread_local gint64 fixed_here = WB_INSTANT_NONE;

/**
 * wb_clock_now:
 *
 * Returns: the time now in milliseconds, or what wb_clock_set() last said
 */
WbInstant
wb_clock_now (void)
{
  WbInstant fixed = fixed_here != WB_INSTANT_NONE ? fixed_here : fixed_now;

  return fixed != WB_INSTANT_NONE ? fixed : g_get_real_time () / 1000;
}

/**
 * wb_clock_set:
 * @fixed: the time that is always told from now on; %WB_INSTANT_NONE for the real one
 *
 * For tests, demonstrations and the `--now` option.
 */
void
wb_clock_set (WbInstant fixed)
{
  fixed_now = fixed;
}

/**
 * wb_clock_set_here:
 * @fixed: the time that this thread alone is told; %WB_INSTANT_NONE for that of the others
 *
 * For what is made with dates of the past while the program goes on with its own day.
 */
void
wb_clock_set_here (WbInstant fixed)
{
  fixed_here = fixed;
}

/**
 * wb_clock_is_set:
 *
 * Returns: whether the clock does not tell the real time
 */
gboolean
wb_clock_is_set (void)
{
  return fixed_now != WB_INSTANT_NONE;
}

WbLocal
wb_local_from_seconds (gint64 seconds, int offset)
{
  gint64 local = seconds + offset;
  gint64 days = local / WB_DAY_SECONDS - (local % WB_DAY_SECONDS < 0 ? 1 : 0);
  int rest = (int) (local - days * WB_DAY_SECONDS);

  return (WbLocal){ .date = wb_date_from_days ((gint32) days),
                    .hour = rest / 3600,
                    .minute = rest / 60 % 60,
                    .second = rest % 60,
                    .offset = offset };
}

gint64
wb_instant_to_seconds (WbInstant instant)
{
  return instant / 1000 - (instant % 1000 < 0 ? 1 : 0);
}

/**
 * wb_instant_format:
 * @instant: an instant
 *
 * Returns: (transfer full): it in UTC with milliseconds: 2026-11-23T22:10:00.123Z
 */
char *
wb_instant_format (WbInstant instant)
{
  gint64 seconds = wb_instant_to_seconds (instant);
  WbLocal t = wb_local_from_seconds (seconds, 0);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          t.date.year,
                          t.date.month,
                          t.date.day,
                          t.hour,
                          t.minute,
                          t.second,
                          (int) (instant - seconds * 1000));
}

/**
 * wb_instant_format_seconds:
 * @instant: an instant
 *
 * Returns: (transfer full): the second it falls in, in UTC: 2026-11-23T22:10:00Z
 */
char *
wb_instant_format_seconds (WbInstant instant)
{
  WbLocal t = wb_local_from_seconds (wb_instant_to_seconds (instant), 0);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ",
                          t.date.year,
                          t.date.month,
                          t.date.day,
                          t.hour,
                          t.minute,
                          t.second);
}

gboolean
wb_read_digits (const char **at, guint count, int *ret_value)
{
  int value = 0;

  for (guint i = 0; i < count; i++) {
    if (!g_ascii_isdigit ((*at)[i]))
      return FALSE;
    value = value * 10 + ((*at)[i] - '0');
  }
  *at += count;
  *ret_value = value;
  return TRUE;
}

static gboolean
read_mark (const char **at, char mark)
{
  if (g_ascii_toupper (**at) != mark)
    return FALSE;
  (*at)++;
  return TRUE;
}

/* "YYYY-MM-DD", a day that exists. */
gboolean
wb_read_date (const char **at, WbDate *ret_date)
{
  WbDate date;

  if (!wb_read_digits (at, 4, &date.year) || !read_mark (at, '-') ||
      !wb_read_digits (at, 2, &date.month) || !read_mark (at, '-') ||
      !wb_read_digits (at, 2, &date.day) || !wb_date_is_valid (date.year, date.month, date.day))
    return FALSE;
  *ret_date = date;
  return TRUE;
}

/* "HH:MM"; 24:00 is the next day and is not read. */
gboolean
wb_read_clock (const char **at, int *ret_hour, int *ret_minute)
{
  return wb_read_digits (at, 2, ret_hour) && read_mark (at, ':') &&
         wb_read_digits (at, 2, ret_minute) && *ret_hour < 24 && *ret_minute < 60;
}

/* ".123456789": up to nine digits, of which three count. */
static gboolean
read_fraction (const char **at, int *ret_milliseconds)
{
  int value = 0;
  guint count = 0;

  if (**at == '.') {
    for ((*at)++; g_ascii_isdigit (**at); (*at)++, count++)
      value = count < 3 ? value * 10 + (**at - '0') : value;
    if (count == 0 || count > 9)
      return FALSE;
    for (; count < 3; count++)
      value *= 10;
  }
  *ret_milliseconds = value;
  return TRUE;
}

/* "Z" or "+01:00", in seconds east. */
gboolean
wb_read_offset (const char **at, int *ret_offset)
{
  int sign = **at == '-' ? -1 : 1;
  int hour, minute;

  if (read_mark (at, 'Z')) {
    *ret_offset = 0;
    return TRUE;
  }
  if (**at != '+' && **at != '-')
    return FALSE;
  (*at)++;
  if (!wb_read_clock (at, &hour, &minute))
    return FALSE;
  *ret_offset = sign * (hour * 60 + minute) * 60;
  return TRUE;
}

/**
 * wb_instant_parse:
 * @text: a time as in RFC 3339, with any offset: 2026-10-26T16:00:00+01:00
 * @ret_instant: (out): the instant
 * @error: return location for an error
 *
 * Of a fraction at most nine digits are read and three are kept. Leap seconds (":60") are refused:
 * an instant cannot hold them.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where it is not such a time in the years 1900 to 2200
 */
gboolean
wb_instant_parse (const char *text, WbInstant *ret_instant, GError **error)
{
  const char *at = text;
  WbDate date;
  int hour, minute, second, milliseconds, offset;
  WbInstant instant;

  if (!wb_read_date (&at, &date) || !read_mark (&at, 'T') || !wb_read_clock (&at, &hour, &minute) ||
      !read_mark (&at, ':') || !wb_read_digits (&at, 2, &second) || second > 59 ||
      !read_fraction (&at, &milliseconds) || !wb_read_offset (&at, &offset) || *at != '\0') {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This is not a time: write it like 2026-10-26T16:00:00+01:00."));
    return FALSE;
  }
  instant = (wb_date_to_days (date) * (gint64) WB_DAY_SECONDS + hour * 3600 + minute * 60 + second -
             offset) *
                1000 +
            milliseconds;
  if (instant < WB_INSTANT_FIRST || instant > WB_INSTANT_LAST) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The year of this time must be from 1900 to 2200."));
    return FALSE;
  }
  *ret_instant = instant;
  return TRUE;
}
