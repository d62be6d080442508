/* SPDX-License-Identifier: EUPL-1.2 */

/* Civil dates and sums with them, proleptic Gregorian, without time of day or zone. */
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-time-private.h"

#define ERA_YEARS 400
#define ERA_DAYS 146097   /* days in 400 years */
#define EPOCH_DAYS 719468 /* from 1 March of year 0 to 1 January 1970 */

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
divide_down (int a, int b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/**
 * wb_date_days_in_month:
 * @year: any year
 * @month: 1 to 12
 *
 * Returns: 28 to 31, or 0 for a month that is not one
 */
int
wb_date_days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month < 1 || month > 12)
    return 0;
  return days[month - 1] + (month == 2 && is_leap (year) ? 1 : 0);
}

/**
 * wb_date_is_valid:
 * @year: a year
 * @month: a month
 * @day: a day
 *
 * Returns: whether there is such a day, and its year is one of 1900 to 2200
 */
gboolean
wb_date_is_valid (int year, int month, int day)
{
  return year >= WB_YEAR_FIRST && year <= WB_YEAR_LAST && day >= 1 &&
         day <= wb_date_days_in_month (year, month);
}

/**
 * wb_date_parse:
 * @text: a date written exactly as 2026-07-18
 * @ret_date: (out): the date
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where it is not such a date in the years 1900 to 2200
 */
gboolean
wb_date_parse (const char *text, WbDate *ret_date, GError **error)
{
  const char *at = text;
  WbDate date;

  if (!wb_read_date (&at, &date) || *at != '\0') {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_INVALID,
        _ ("This is not a date from 1900 to 2200: write it like 2026-07-18 (year, month, day)."));
    return FALSE;
  }
  *ret_date = date;
  return TRUE;
}

/**
 * wb_date_format:
 * @date: a date
 *
 * Returns: (transfer full): it as 2026-07-18
 */
char *
wb_date_format (WbDate date)
{
  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

/**
 * wb_date_to_days:
 * @date: a date
 *
 * Counts from March, so that the leap day comes last and every month has its fixed place.
 *
 * Returns: days since 1970-01-01
 */
gint32
wb_date_to_days (WbDate date)
{
  int year = date.year - (date.month <= 2 ? 1 : 0);
  int month = (date.month + 9) % 12; /* March is 0 */
  int era = divide_down (year, ERA_YEARS);
  int of_era = year - era * ERA_YEARS;
  int day_of_year = (153 * month + 2) / 5 + date.day - 1;

  return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - EPOCH_DAYS;
}

/**
 * wb_date_from_days:
 * @days: days since 1970-01-01
 *
 * Returns: the date
 */
WbDate
wb_date_from_days (gint32 days)
{
  int shifted = days + EPOCH_DAYS;
  int era = divide_down (shifted, ERA_DAYS);
  int day = shifted - era * ERA_DAYS;
  int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  int day_of_year = day - (365 * year + year / 4 - year / 100);
  int month = (5 * day_of_year + 2) / 153; /* March is 0 */
  WbDate date;

  date.day = day_of_year - (153 * month + 2) / 5 + 1;
  date.month = month < 10 ? month + 3 : month - 9;
  date.year = year + era * ERA_YEARS + (date.month <= 2 ? 1 : 0);
  return date;
}

/**
 * wb_date_compare:
 * @a: a date
 * @b: another
 *
 * Returns: less than, equal to or greater than 0 as @a is before, on or after @b
 */
int
wb_date_compare (WbDate a, WbDate b)
{
  if (a.year != b.year)
    return a.year < b.year ? -1 : 1;
  if (a.month != b.month)
    return a.month < b.month ? -1 : 1;
  return (a.day > b.day) - (a.day < b.day);
}

/**
 * wb_date_weekday:
 * @date: a date
 *
 * Returns: 1 for Monday to 7 for Sunday, as in ISO 8601
 */
int
wb_date_weekday (WbDate date)
{
  int since_monday = (wb_date_to_days (date) + 3) % 7; /* 1 January 1970 was a Thursday */

  return (since_monday + 7) % 7 + 1;
}

/**
 * wb_date_add_days:
 * @date: a date
 * @days: how many to add; may be negative
 *
 * Returns: that date, also where its year is outside 1900 to 2200
 */
WbDate
wb_date_add_days (WbDate date, int days)
{
  return wb_date_from_days (wb_date_to_days (date) + days);
}

/**
 * wb_date_add_months:
 * @date: a date
 * @months: how many to add; may be negative
 *
 * Adds in one step from @date: 31 January and two months is 31 March, not 28 March.
 *
 * Returns: the day of the same number, or the last of a month that is shorter
 */
WbDate
wb_date_add_months (WbDate date, int months)
{
  int count = date.year * 12 + date.month - 1 + months;
  WbDate sum = { divide_down (count, 12), 0, 0 };

  sum.month = count - sum.year * 12 + 1;
  sum.day = MIN (date.day, wb_date_days_in_month (sum.year, sum.month));
  return sum;
}
