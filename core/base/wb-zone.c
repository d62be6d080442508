/* SPDX-License-Identifier: EUPL-1.2 */

/* Local time: from an instant to the clock on the wall and back, with the two odd hours a year. */
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-time-private.h"

#define IDENTIFIER_MAX 64 /* the longest IANA name has 32 characters */

struct _WbZone {
  GTimeZone *zone;
  char *identifier;
};

/* An IANA name and nothing that is a path, an offset or a rule to the C library. */
static gboolean
is_identifier (const char *text)
{
  static const char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  gsize length = strlen (text);

  return length >= 1 && length <= IDENTIFIER_MAX && strspn (text, letters) == length &&
         g_ascii_isalpha (text[0]) && text[length - 1] != '/' && strstr (text, "//") == NULL;
}

static void
clear_zone (gpointer data)
{
  WbZone *self = data;

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->identifier);
}

/**
 * wb_zone_new:
 * @identifier: a name from the IANA time zone database, such as "Europe/Amsterdam"
 * @error: return location for an error
 *
 * Returns: (transfer full): the zone; %NULL with %WB_ERROR_NOT_FOUND where this system has none of
 *   that name
 */
WbZone *
wb_zone_new (const char *identifier, GError **error)
{
  g_autoptr (GTimeZone) zone =
      is_identifier (identifier) ? g_time_zone_new_identifier (identifier) : NULL;
  WbZone *self;

  if (zone == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NOT_FOUND,
                         _ ("The time zone is not known here: name one such as Europe/Amsterdam, "
                            "and check that the package tzdata is installed."));
    return NULL;
  }
  self = g_atomic_rc_box_new0 (WbZone);
  self->zone = g_steal_pointer (&zone);
  self->identifier = g_strdup (identifier);
  return self;
}

WbZone *
wb_zone_ref (WbZone *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
wb_zone_unref (WbZone *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_zone);
}

const char *
wb_zone_get_identifier (const WbZone *self)
{
  return self->identifier;
}

/* Seconds east of UTC at a time in seconds. */
static int
find_offset (const WbZone *self, gint64 seconds)
{
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return g_time_zone_get_offset (self->zone, interval);
}

int
wb_zone_get_offset (const WbZone *self, WbInstant instant)
{
  return find_offset (self, wb_instant_to_seconds (instant));
}

/**
 * wb_zone_to_local:
 * @self: a zone
 * @instant: an instant
 *
 * Returns: what the clock on the wall says at @instant, its milliseconds dropped
 */
WbLocal
wb_zone_to_local (const WbZone *self, WbInstant instant)
{
  return wb_local_from_seconds (wb_instant_to_seconds (instant),
                                wb_zone_get_offset (self, instant));
}

/* The time on the wall as if it were UTC. */
static gint64
get_wall_seconds (const WbLocal *local)
{
  return wb_date_to_days (local->date) * (gint64) WB_DAY_SECONDS + local->hour * 3600 +
         local->minute * 60 + local->second;
}

/* The offsets of the day before and the day after are the only ones it can have. */
guint
wb_zone_list_readings (const WbZone *self, const WbLocal *local, WbInstant ret_readings[2])
{
  gint64 wall = get_wall_seconds (local);
  const int offsets[] = { find_offset (self, wall - WB_DAY_SECONDS),
                          find_offset (self, wall + WB_DAY_SECONDS) };
  guint count = 0;

  for (guint i = 0; i < (offsets[0] == offsets[1] ? 1 : 2); i++)
    if (find_offset (self, wall - offsets[i]) == offsets[i])
      ret_readings[count++] = (wall - offsets[i]) * 1000;
  return count;
}

/**
 * wb_zone_from_local:
 * @self: a zone
 * @local: a time on the wall; its offset is ignored
 * @fold: which reading to take of a time that came twice
 * @ret_instant: (out): the instant
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where the clock was set forward over this time, or where
 *   it came twice and @fold is %WB_FOLD_ASK
 */
gboolean
wb_zone_from_local (const WbZone *self,
                    const WbLocal *local,
                    WbFold fold,
                    WbInstant *ret_instant,
                    GError **error)
{
  WbInstant readings[2];
  guint count = wb_zone_list_readings (self, local, readings);

  if (count == 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This time does not exist: the clock was set forward over it that "
                            "night. Ask for the time again, or give the date alone."));
    return FALSE;
  }
  if (count == 2 && fold == WB_FOLD_ASK) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This time came twice: the clock was set back that night. Say whether "
                            "it was the first time (summer time) or the second (winter time)."));
    return FALSE;
  }
  *ret_instant = readings[count == 2 && fold == WB_FOLD_SECOND ? 1 : 0];
  return TRUE;
}

/**
 * wb_zone_start_of_day:
 * @self: a zone
 * @date: a date
 *
 * Returns: the first instant of @date: midnight, or where the clock was set forward over midnight,
 *   the moment that was done
 */
WbInstant
wb_zone_start_of_day (const WbZone *self, WbDate date)
{
  const WbLocal midnight = { .date = date };
  WbInstant readings[2];
  gint64 before, after;

  if (wb_zone_list_readings (self, &midnight, readings) > 0)
    return readings[0];
  before = get_wall_seconds (&midnight) - 2 * WB_DAY_SECONDS;
  after = before + 4 * WB_DAY_SECONDS;
  while (after - before > 1) {
    gint64 middle = before + (after - before) / 2;
    WbLocal local = wb_local_from_seconds (middle, find_offset (self, middle));

    if (wb_date_compare (local.date, date) < 0)
      before = middle;
    else
      after = middle;
  }
  return after * 1000;
}

/**
 * wb_zone_format:
 * @self: a zone
 * @instant: an instant
 *
 * Returns: (transfer full): its local time and offset as in RFC 3339, without milliseconds:
 *   2026-10-26T16:00:00+01:00
 */
char *
wb_zone_format (const WbZone *self, WbInstant instant)
{
  /* RFC 3339 knows no seconds in an offset; those of before 1940 are rounded, the instant is not.
   */
  int offset = wb_zone_get_offset (self, instant) / 60 * 60;
  WbLocal t = wb_local_from_seconds (wb_instant_to_seconds (instant), offset);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
                          t.date.year,
                          t.date.month,
                          t.date.day,
                          t.hour,
                          t.minute,
                          t.second,
                          offset < 0 ? '-' : '+',
                          ABS (offset) / 3600,
                          ABS (offset) / 60 % 60);
}
