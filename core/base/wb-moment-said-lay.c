/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * From what was said to a date: counted back from the day on which it was told, and never finer
 * than the words. Where a day and month were told without a year, the latest that is not to come is
 * meant.
 */
#include <stdio.h>
#include <string.h>

#include "wb-moment-said-private.h"

/* Local dates and times as they stand in "at" and "to". */
typedef struct {
  WbDate from, to;
  WbPrecision precision;           /* of @from and @to: year, month or day */
  const char *from_time, *to_time; /* (nullable): such as "17:00", which make it a span of hours */
  char clock[6];                   /* "" or one time */
  gboolean is_span, is_hour;
} Laid;

static void
set_span (Laid *laid, WbDate from, WbDate to, WbPrecision precision)
{
  laid->from = from;
  laid->to = to;
  laid->precision = precision;
  laid->is_span = wb_date_compare (from, to) != 0;
}

static void
set_day (Laid *laid, WbDate day)
{
  set_span (laid, day, day, WB_PRECISION_DAY);
}

static WbDate
monday_of (WbDate date)
{
  return wb_date_add_days (date, 1 - wb_date_weekday (date));
}

/* The year that makes @month and @day the latest ones that are not to come. */
static int
find_year (const WbSaid *said, WbDate today, int month, int day)
{
  if (said->year != 0)
    return said->year;
  if (said->rel == WB_REL_LAST && said->unit == WB_SAID_YEAR)
    return today.year - 1;
  return wb_date_compare ((WbDate){ today.year, month, day }, today) > 0 ? today.year - 1
                                                                         : today.year;
}

static gboolean
lay_month (const WbSaid *said, WbDate today, Laid *laid)
{
  static const int begins[] = { 1, 1, 11, 21 };
  int first = said->day != 0 ? said->day : begins[said->edge];
  int year = find_year (said, today, said->month, first);
  const int ends[] = { 0, 10, 20, wb_date_days_in_month (year, said->month) };

  if (said->day != 0) {
    WbDate day = { year, said->month, said->day };

    set_day (laid, day);
    return wb_date_is_valid (day.year, day.month, day.day) &&
           (said->weekday == 0 || said->weekday == wb_date_weekday (day));
  }
  if (said->edge != WB_EDGE_NONE)
    set_span (laid,
              (WbDate){ year, said->month, begins[said->edge] },
              (WbDate){ year, said->month, ends[said->edge] },
              WB_PRECISION_DAY);
  else
    set_span (laid,
              (WbDate){ year, said->month, 1 },
              (WbDate){ year, said->month, 1 },
              WB_PRECISION_MONTH);
  return said->weekday == 0;
}

/* A part of a year: months of a season, or four at its beginning, middle or end. */
static void
lay_months (int year, int first, int count, Laid *laid)
{
  WbDate from = { year, first, 1 };

  set_span (laid, from, wb_date_add_months (from, count - 1), WB_PRECISION_MONTH);
}

static gboolean
lay_season (const WbSaid *said, WbDate today, Laid *laid)
{
  static const int FIRST[] = { 0, 3, 6, 9, 12 };
  int month = FIRST[said->season];

  lay_months (find_year (said, today, month, 1), month, 3, laid);
  return TRUE;
}

static gboolean
lay_year (int year, WbEdge edge, Laid *laid)
{
  if (edge != WB_EDGE_NONE)
    lay_months (year, 1 + 4 * ((int) edge - 1), 4, laid);
  else
    set_span (laid, (WbDate){ year, 1, 1 }, (WbDate){ year, 1, 1 }, WB_PRECISION_YEAR);
  return TRUE;
}

static gboolean
lay_feast (const WbSaid *said, WbDate today, Laid *laid)
{
  int from_month, from_day, to_month, to_day, year;

  if (sscanf (said->feast, "%2d-%2d %2d-%2d", &from_month, &from_day, &to_month, &to_day) != 4)
    return FALSE;
  year = find_year (said, today, from_month, from_day);
  set_span (laid,
            (WbDate){ year, from_month, from_day },
            (WbDate){ to_month < from_month ? year + 1 : year, to_month, to_day },
            WB_PRECISION_DAY);
  return TRUE;
}

/* Weeks are told by and large: unless they are exact, the whole week is meant. */
static gboolean
lay_ago (const WbSaid *said, WbDate today, Laid *laid)
{
  int wide = said->about ? 1 : 0;

  switch (said->unit) {
  case WB_SAID_DAY:
    set_span (laid,
              wb_date_add_days (today, -said->most),
              wb_date_add_days (today, -said->least),
              WB_PRECISION_DAY);
    return TRUE;
  case WB_SAID_NIGHT:
    set_span (laid,
              wb_date_add_days (today, -said->most),
              wb_date_add_days (today, 1 - said->least),
              WB_PRECISION_DAY);
    if (!said->about && said->least == said->most) {
      laid->from_time = "20:00";
      laid->to_time = "07:59";
    }
    return TRUE;
  case WB_SAID_WEEK:
    if (said->exact)
      set_day (laid, wb_date_add_days (today, -7 * said->most));
    else
      set_span (laid,
                wb_date_add_days (monday_of (today), -7 * (said->most + wide)),
                wb_date_add_days (monday_of (today), 6 - 7 * (said->least - wide)),
                WB_PRECISION_DAY);
    return !said->exact || said->least == said->most;
  case WB_SAID_MONTH: {
    WbDate first = { today.year, today.month, 1 };

    set_span (laid,
              wb_date_add_months (first, -said->most),
              wb_date_add_months (first, -said->least),
              WB_PRECISION_MONTH);
    return TRUE;
  }
  case WB_SAID_YEAR:
    set_span (laid,
              (WbDate){ today.year - said->most, 1, 1 },
              (WbDate){ today.year - said->least, 1, 1 },
              WB_PRECISION_YEAR);
    return TRUE;
  case WB_SAID_MINUTE:
  case WB_SAID_HOUR:
  case WB_SAID_WEEKEND:
  case WB_UNIT_SAID_NONE:
  default:
    return FALSE;
  }
}

/* "last week", "this month"; and a weekday of that week. */
static gboolean
lay_unit (const WbSaid *said, WbDate today, Laid *laid)
{
  int back = said->rel == WB_REL_LAST ? 1 : 0;
  WbDate monday = wb_date_add_days (monday_of (today), -7 * back);
  WbDate month = wb_date_add_months ((WbDate){ today.year, today.month, 1 }, -back);

  if (said->unit == WB_SAID_WEEK && said->weekday != 0)
    set_day (laid, wb_date_add_days (monday, said->weekday - 1));
  else if (said->unit == WB_SAID_WEEK)
    set_span (laid, monday, wb_date_add_days (monday, 6), WB_PRECISION_DAY);
  else if (said->unit == WB_SAID_WEEKEND) {
    /* The one that has begun already, or the one before. */
    WbDate saturday = wb_date_add_days (monday_of (today), wb_date_weekday (today) >= 6 ? 5 : -2);

    if (said->rel == WB_REL_LAST && wb_date_weekday (today) >= 6)
      saturday = wb_date_add_days (saturday, -7);
    set_span (laid, saturday, wb_date_add_days (saturday, 1), WB_PRECISION_DAY);
  } else if (said->unit == WB_SAID_MONTH && said->edge != WB_EDGE_NONE) {
    WbSaid of = { .month = month.month, .year = month.year, .edge = said->edge };

    return lay_month (&of, today, laid);
  } else if (said->unit == WB_SAID_MONTH)
    set_span (laid, month, month, WB_PRECISION_MONTH);
  else if (said->unit == WB_SAID_YEAR)
    return lay_year (today.year - back, said->edge, laid);
  else
    return FALSE;
  return said->rel != WB_REL_NONE || said->unit == WB_SAID_WEEKEND;
}

/* The latest such day; told on the day itself, "Friday" may be today, "last Friday" is not. */
static void
lay_weekday (const WbSaid *said, WbDate today, Laid *laid)
{
  int back = (wb_date_weekday (today) - said->weekday + 7) % 7;

  set_day (laid, wb_date_add_days (today, -(back == 0 && said->rel == WB_REL_LAST ? 7 : back)));
}

static gboolean
lay_date (const WbSaid *said, WbDate today, Laid *laid)
{
  if (said->feast != NULL)
    return lay_feast (said, today, laid);
  if (said->ago)
    return said->most > 0 && lay_ago (said, today, laid);
  if (said->month != 0)
    return lay_month (said, today, laid);
  if (said->day != 0)
    return FALSE;
  if (said->season != WB_SEASON_NONE)
    return lay_season (said, today, laid);
  if (said->year != 0)
    return lay_year (said->year, said->edge, laid);
  if (said->unit != WB_UNIT_SAID_NONE)
    return lay_unit (said, today, laid);
  if (said->weekday != 0)
    lay_weekday (said, today, laid);
  else if (said->has_dayref)
    set_day (laid, wb_date_add_days (today, said->dayref));
  else
    return FALSE;
  return TRUE;
}

/* An hour of twelve becomes one of the day where it was said which half; else it says nothing. */
static gboolean
find_hour (const WbSaid *said, int *ret_hour)
{
  gboolean late = said->part == WB_PART_AFTERNOON || said->part == WB_PART_EVENING;

  *ret_hour = said->hour;
  if (!said->twelve)
    return TRUE;
  if (said->pm == 1 || late)
    *ret_hour = said->hour % 12 + 12;
  else if (said->pm == 0 || said->part == WB_PART_MORNING)
    *ret_hour = said->hour % 12;
  else if (said->part == WB_PART_NIGHT)
    *ret_hour = said->hour >= 8 && said->hour < 12 ? said->hour + 12 : said->hour % 12;
  else
    return FALSE;
  return TRUE;
}

static void
set_clock (const WbSaid *said, Laid *laid)
{
  gboolean of_calendar = said->month != 0;
  int hour;

  if (!find_hour (said, &hour))
    return;
  g_snprintf (laid->clock, sizeof laid->clock, "%02d:%02d", hour, said->minute);
  laid->is_hour = said->about || !said->has_minute;
  /* The small hours of "Friday night" are Saturday's; those of the night of a date are its own. */
  if (said->part == WB_PART_NIGHT && hour < 12 && !of_calendar)
    set_day (laid, wb_date_add_days (laid->from, 1));
}

static void
set_part (const WbSaid *said, Laid *laid)
{
  static const char *const FROM[] = { NULL, "05:00", "12:00", "17:00", "20:00" };
  static const char *const TO[] = { NULL, "11:59", "17:59", "23:59", "07:59" };

  laid->from_time = FROM[said->part];
  laid->to_time = TO[said->part];
  if (said->part != WB_PART_NIGHT)
    return;
  /* Of a calendar day it may be the night before or after; one that was told by a weekday begins
   * on it. */
  if (said->month != 0) {
    laid->from_time = "00:00";
    laid->to_time = "07:59";
  }
  set_span (laid, laid->from, wb_date_add_days (laid->from, 1), WB_PRECISION_DAY);
}

static gboolean
lay_hours_ago (const WbSaid *said, const WbLocal *now, Laid *laid)
{
  gint64 step = said->unit == WB_SAID_HOUR ? 60 : 1;
  gint64 minutes = wb_date_to_days (now->date) * (gint64) 1440 + now->hour * 60 + now->minute -
                   said->most * step;
  int of_day = (int) (minutes % 1440);

  if (said->least != said->most)
    return FALSE;
  set_day (laid, wb_date_from_days ((gint32) (minutes / 1440)));
  g_snprintf (laid->clock, sizeof laid->clock, "%02d:%02d", of_day / 60, of_day % 60);
  laid->is_hour = said->unit == WB_SAID_HOUR;
  return TRUE;
}

static gboolean
lay_all (const WbSaid *said, const WbLocal *now, Laid *laid)
{
  gboolean hours = said->ago && (said->unit == WB_SAID_HOUR || said->unit == WB_SAID_MINUTE);
  WbSaid of_today = *said;

  if (hours)
    return said->most > 0 && lay_hours_ago (said, now, laid);
  of_today.has_dayref |= said->hour >= 0 && said->weekday == 0 && said->month == 0 && !said->ago;
  if (!lay_date (&of_today, now->date, laid))
    return FALSE;
  if (said->hour < 0 && said->part == WB_PART_NONE)
    return TRUE;
  if (laid->is_span || laid->precision != WB_PRECISION_DAY)
    return FALSE; /* an hour of a month */
  if (said->hour >= 0)
    set_clock (said, laid);
  if (said->part != WB_PART_NONE && laid->clock[0] == '\0')
    set_part (said, laid);
  return TRUE;
}

static char *
format (WbDate date, WbPrecision precision, const char *time)
{
  g_autofree char *day = wb_date_format (date);

  if (precision == WB_PRECISION_YEAR)
    return g_strndup (day, strlen ("2026"));
  if (precision == WB_PRECISION_MONTH)
    return g_strndup (day, strlen ("2026-07"));
  return time != NULL && *time != '\0' ? g_strconcat (day, "T", time, NULL)
                                       : g_steal_pointer (&day);
}

static JsonObject *
to_json (const WbSaid *said, const Laid *from, const Laid *to)
{
  JsonObject *object = json_object_new ();
  gboolean span = from != to || from->is_span || from->from_time != NULL;
  g_autofree char *at =
      format (from->from, from->precision, from->from_time != NULL ? from->from_time : from->clock);
  g_autofree char *end =
      format (to->to, to->precision, to->to_time != NULL ? to->to_time : to->clock);

  json_object_set_string_member (object, "at", at);
  if (span)
    json_object_set_string_member (object, "to", end);
  else if (from->is_hour)
    json_object_set_string_member (object, "precision", "hour");
  if (said->about)
    json_object_set_boolean_member (object, "about", TRUE);
  if (said->fold != NULL && from->clock[0] != '\0')
    json_object_set_string_member (object, "fold", said->fold);
  return object;
}

JsonObject *
wb_said_lay (const WbSaid *said, const WbLocal *now)
{
  Laid laid = { .precision = WB_PRECISION_UNKNOWN };
  JsonObject *object;

  if (said->unknown) {
    object = json_object_new ();
    json_object_set_string_member (object, "at", "unknown");
    return object;
  }
  return lay_all (said, now, &laid) ? to_json (said, &laid, &laid) : NULL;
}

JsonObject *
wb_said_lay_span (const WbSaid *from, const WbSaid *to, const WbLocal *now)
{
  Laid first = { .precision = WB_PRECISION_UNKNOWN };
  Laid last = { .precision = WB_PRECISION_UNKNOWN };
  WbSaid begin = *from;

  if (from->unknown || to->unknown || !lay_all (to, now, &last))
    return NULL;
  /* "between 3 and 5 July 2026", "between eight and ten on Friday evening" */
  if (begin.month == 0 && begin.weekday == 0 && !begin.has_dayref && !begin.ago) {
    begin.month = begin.season == WB_SEASON_NONE ? to->month : 0;
    begin.weekday = to->day == 0 ? to->weekday : 0;
    begin.has_dayref = to->has_dayref;
    begin.dayref = to->dayref;
    if (begin.day == 0 && begin.hour >= 0)
      begin.day = to->day;
  }
  if (begin.year == 0)
    begin.year = to->year;
  if (begin.part == WB_PART_NONE && begin.hour >= 0)
    begin.part = to->part;
  if (begin.unit == WB_UNIT_SAID_NONE && begin.most > 0 && to->ago) {
    begin.unit = to->unit;
    begin.ago = TRUE;
  }
  begin.about |= to->about;
  /* "between two and three days ago": the greater number lies first */
  if (begin.ago && to->ago && begin.unit == to->unit && begin.most < to->most) {
    WbSaid later = begin;

    begin = *to;
    begin.about |= later.about;
    return lay_all (&later, now, &last) && lay_all (&begin, now, &first)
               ? to_json (&begin, &first, &last)
               : NULL;
  }
  return lay_all (&begin, now, &first) ? to_json (&begin, &first, &last) : NULL;
}
