/* SPDX-License-Identifier: EUPL-1.2 */

/* Dates, times and sizes as people in the Netherlands read them, in Dutch or English. */
#include "wb-format.h"

#include <string.h>

static const char *const months[][12] = {
  [WB_LANGUAGE_EN] = { "Jan",
                       "Feb",
                       "Mar",
                       "Apr",
                       "May",
                       "Jun",
                       "Jul",
                       "Aug",
                       "Sep",
                       "Oct",
                       "Nov",
                       "Dec" },
  [WB_LANGUAGE_NL] = { "jan",
                       "feb",
                       "mrt",
                       "apr",
                       "mei",
                       "jun",
                       "jul",
                       "aug",
                       "sep",
                       "okt",
                       "nov",
                       "dec" },
};
static const char *const weekdays[][7] = {
  [WB_LANGUAGE_EN] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
  [WB_LANGUAGE_NL] = { "ma", "di", "wo", "do", "vr", "za", "zo" },
};

/**
 * wb_format_month:
 * @month: 1 to 12
 * @language: a language
 *
 * Returns: (transfer none): its short name: "jul" or "Jul"
 */
const char *
wb_format_month (int month, WbLanguage language)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");

  return months[language][month - 1];
}

/**
 * wb_format_weekday:
 * @weekday: 1 for Monday to 7 for Sunday
 * @language: a language
 *
 * Returns: (transfer none): its short name: "vr" or "Fri"
 */
const char *
wb_format_weekday (int weekday, WbLanguage language)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");

  return weekdays[language][weekday - 1];
}

/**
 * wb_format_date:
 * @date: a date
 * @language: a language
 *
 * Returns: (transfer full): "vr 13 nov 2026" or "Fri 13 Nov 2026"
 */
char *
wb_format_date (WbDate date, WbLanguage language)
{
  return g_strdup_printf ("%s %d %s %d",
                          wb_format_weekday (wb_date_weekday (date), language),
                          date.day,
                          wb_format_month (date.month, language),
                          date.year);
}

/**
 * wb_format_date_numeric:
 * @date: a date
 *
 * Returns: (transfer full): "13-11-2026"
 */
char *
wb_format_date_numeric (WbDate date)
{
  return g_strdup_printf ("%02d-%02d-%04d", date.day, date.month, date.year);
}

/**
 * wb_format_local:
 * @local: a time on the wall
 * @language: a language
 *
 * Returns: (transfer full): "vr 13 nov 2026 14:30"
 */
char *
wb_format_local (const WbLocal *local, WbLanguage language)
{
  g_autofree char *date = wb_format_date (local->date, language);

  return g_strdup_printf ("%s %02d:%02d", date, local->hour, local->minute);
}

/**
 * wb_format_instant:
 * @instant: an instant
 * @zone: the zone of whoever reads it
 * @language: a language
 *
 * Returns: (transfer full): its local time to the minute, rounded down
 */
char *
wb_format_instant (WbInstant instant, const WbZone *zone, WbLanguage language)
{
  WbLocal local = wb_zone_to_local (zone, instant);

  return wb_format_local (&local, language);
}

/**
 * wb_format_size:
 * @bytes: a size
 * @language: a language
 *
 * Returns: (transfer full): "1 byte", "999 bytes", "1,4 kB" or "1.4 kB", in thousands as file
 *   managers count
 */
char *
wb_format_size (guint64 bytes, WbLanguage language)
{
  static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
  guint64 unit = 1000;
  gsize i = 0;
  guint64 tenths;

  if (bytes < 1000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", bytes, bytes == 1 ? "byte" : "bytes");
  /* The next unit starts where rounding would make a thousand of this one. */
  while (i + 1 < G_N_ELEMENTS (units) && bytes >= unit * 1000 - unit / 20) {
    unit *= 1000;
    i++;
  }
  tenths = bytes / unit * 10 + (bytes % unit + unit / 20) / (unit / 10);
  return g_strdup_printf ("%" G_GUINT64_FORMAT "%c%" G_GUINT64_FORMAT " %s",
                          tenths / 10,
                          language == WB_LANGUAGE_NL ? ',' : '.',
                          tenths % 10,
                          units[i]);
}
