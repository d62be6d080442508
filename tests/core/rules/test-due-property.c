/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Due dates against a second way of counting: a table of days made by stepping one day at a time,
 * with holidays typed anew, and walking along it. It shares no arithmetic with the program, only
 * the question. Cases are random; the seed is printed, and WAARBORG_SEED=N runs it again.
 */
#include <stdlib.h>

#include "wb-rules.h"
#include "wb-test.h"

#define FIRST_YEAR 2014 /* King's Day since then */
#define LAST_YEAR 2099
#define DAYS_MAX ((LAST_YEAR - FIRST_YEAR + 1) * 366)
#define MARGIN 2000 /* days: more than any period here may last */
#define CALENDARS 12
#define CASES 1500 /* of each calendar */
#define STARTS_OF_A_RULE 12
#define HOUR G_GINT64_CONSTANT (3600000)

/* One day of the table. Regimes: 0 eu1182, 1 nl_atw, 2 plain (as 0), 3 policy (as 1). */
typedef struct {
  int year, month, day;
  int weekday; /* 1 Monday ... 7 Sunday */
  gboolean off[2];
  gint64 midnight; /* of Amsterdam, in milliseconds of UTC */
} Day;

typedef struct {
  Day days[DAYS_MAX];
  int n;
  WbCalendar *calendar;
  WbZone *zone;
  GRand *rand;
} Table;

typedef struct {
  WbPeriod period;
  int start;      /* index of the local day */
  gint64 instant; /* or G_MININT64 */
} Question;

static const int lists[] = { [WB_REGIME_EU1182] = 0,
                             [WB_REGIME_NL_ATW] = 1,
                             [WB_REGIME_PLAIN] = 0,
                             [WB_REGIME_POLICY] = 1 };

static gboolean
is_leap (int year)
{
  return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int
month_length (int year, int month)
{
  if (month == 2)
    return is_leap (year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The paschal full moons of the nineteen golden numbers, 1900 to 2199, as an almanac lists them. */
static const int full_moons[19][2] = {
  { 4, 14 }, { 4, 3 },  { 3, 23 }, { 4, 11 }, { 3, 31 }, { 4, 18 }, { 4, 8 },
  { 3, 28 }, { 4, 16 }, { 4, 5 },  { 3, 25 }, { 4, 13 }, { 4, 2 },  { 3, 22 },
  { 4, 10 }, { 3, 30 }, { 4, 17 }, { 4, 7 },  { 3, 27 },
};

static int
find_day (const Table *self, int year, int month, int day)
{
  for (int i = 0; i < self->n; i++)
    if (self->days[i].year == year && self->days[i].month == month && self->days[i].day == day)
      return i;
  fail_msg ("%d-%d-%d is not in the table", year, month, day);
  return -1;
}

/* Easter: the first Sunday after the full moon. */
static int
find_easter (const Table *self, int year)
{
  const int *moon = full_moons[year % 19];
  int i = find_day (self, year, moon[0], moon[1]) + 1;

  while (self->days[i].weekday != 7)
    i++;
  return i;
}

static void
take_off (Table *self, int i, gboolean eu1182, gboolean nl_atw)
{
  if (i >= self->n)
    return;
  self->days[i].off[0] |= eu1182;
  self->days[i].off[1] |= nl_atw;
}

/* Algemene termijnenwet art. 3(1), and 3(2): Good Friday, which the careful European list lacks. */
static void
add_holidays (Table *self, int year)
{
  int easter = find_easter (self, year), king = find_day (self, year, 4, 27);

  take_off (self, find_day (self, year, 1, 1), TRUE, TRUE);
  take_off (self, easter - 2, FALSE, TRUE);
  take_off (self, easter + 1, TRUE, TRUE);
  take_off (self, self->days[king].weekday == 7 ? king - 1 : king, TRUE, TRUE);
  take_off (self, find_day (self, year, 5, 5), TRUE, TRUE);
  take_off (self, easter + 39, TRUE, TRUE);
  take_off (self, easter + 50, TRUE, TRUE);
  take_off (self, find_day (self, year, 12, 25), TRUE, TRUE);
  take_off (self, find_day (self, year, 12, 26), TRUE, TRUE);
}

/* Art. 3(3): the decrees known. */
static void
add_decrees (Table *self)
{
  static const int DECREES[][3] = {
    { 2023, 4, 28 }, { 2023, 5, 19 }, { 2024, 5, 10 }, { 2024, 12, 27 }, { 2025, 5, 30 },
    { 2026, 1, 2 },  { 2026, 5, 15 }, { 2027, 5, 7 },  { 2028, 4, 28 },  { 2028, 5, 26 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (DECREES); i++)
    take_off (self, find_day (self, DECREES[i][0], DECREES[i][1], DECREES[i][2]), FALSE, TRUE);
}

/* Whether summer time holds at the start of a day: from the last Sunday of March, which itself
 * begins in winter time, up to and including the last Sunday of October. */
static gboolean
is_summer_at_midnight (const Table *self, int i)
{
  const Day *day = &self->days[i];
  gboolean last = day->weekday != 7 && day->day - day->weekday >= 25; /* after the last Sunday */

  if (day->month == 3)
    return last;
  if (day->month == 10)
    return !last;
  return day->month > 3 && day->month < 10;
}

/* Day after day from Wednesday 1 January 2014, 23:00 UTC the evening before. */
static void
fill_days (Table *self)
{
  Day day = { .year = FIRST_YEAR, .month = 1, .day = 1, .weekday = 3 };
  gint64 noon = G_GINT64_CONSTANT (1388530800000) + HOUR; /* midnight as UTC would have it */

  for (self->n = 0; day.year <= LAST_YEAR; self->n++) {
    self->days[self->n] = day;
    self->days[self->n].off[0] = self->days[self->n].off[1] = day.weekday >= 6;
    self->days[self->n].midnight = noon - (is_summer_at_midnight (self, self->n) ? 2 * HOUR : HOUR);
    noon += 24 * HOUR;
    day.weekday = day.weekday % 7 + 1;
    if (++day.day > month_length (day.year, day.month)) {
      day.day = 1;
      if (++day.month > 12) {
        day.month = 1;
        day.year++;
      }
    }
  }
}

static int
walk_working_days (const Table *self, int i, int length, int list)
{
  int step = length > 0 ? 1 : -1;

  for (int left = ABS (length); left > 0;) {
    i += step;
    if (!self->days[i].off[list])
      left--;
  }
  return i;
}

/* Month by month, and there the same day or the last one before it that exists. */
static int
walk_months (const Table *self, int i, int months)
{
  int year = self->days[i].year, month = self->days[i].month, day = self->days[i].day;

  for (; months > 0; months--) {
    year += month == 12;
    month = month % 12 + 1;
  }
  for (; months < 0; months++) {
    year -= month == 1;
    month = month == 1 ? 12 : month - 1;
  }
  return find_day (self, year, month, MIN (day, month_length (year, month)));
}

static int
walk (const Table *self, const Question *q)
{
  switch (q->period.unit) {
  case WB_UNIT_DAY:
    return q->start + q->period.length;
  case WB_UNIT_WEEK:
    return q->start + 7 * q->period.length;
  case WB_UNIT_MONTH:
    return walk_months (self, q->start, q->period.length);
  case WB_UNIT_YEAR:
    return walk_months (self, q->start, 12 * q->period.length);
  case WB_UNIT_WORKING_DAY:
    return walk_working_days (self, q->start, q->period.length, lists[q->period.regime]);
  case WB_UNIT_HOUR:
  default:
    fail_msg ("no days");
    return -1;
  }
}

/* Atw art. 4: over ninety days, twelve weeks, three months; years; deprivation of liberty. */
static gboolean
is_outside_the_act (const WbPeriod *period)
{
  return period->detention || period->unit == WB_UNIT_YEAR ||
         (period->unit == WB_UNIT_DAY && period->length > 90) ||
         (period->unit == WB_UNIT_WEEK && period->length > 12) ||
         (period->unit == WB_UNIT_MONTH && period->length > 3);
}

static int
count_due (const Table *self, const Question *q)
{
  const WbPeriod *period = &q->period;
  int list = lists[period->regime];
  int end = walk (self, q) + period->moved_days;
  int two = period->regime == WB_REGIME_EU1182 ? 2 : 3; /* art. 3(5) Reg. 1182/71; art. 2 Atw */
  int held = 0;

  if (period->length < 0 || period->unit == WB_UNIT_WORKING_DAY ||
      period->regime == WB_REGIME_PLAIN || period->regime == WB_REGIME_POLICY ||
      (period->regime == WB_REGIME_NL_ATW && is_outside_the_act (period)))
    return end;
  for (int i = q->start + 1; i <= end; i++)
    held += !self->days[i].off[list];
  for (gboolean asks = end - q->start >= two; asks && held < 2;)
    held += !self->days[++end].off[list];
  while (self->days[end].off[list])
    end++;
  return end;
}

/* The first instant too late: minute by minute to the next full hour, then hour by hour. */
static gint64
count_hours (const Question *q)
{
  gint64 at = q->instant;

  if (q->period.regime == WB_REGIME_EU1182)
    do
      at += 60000 - at % 60000;
    while (at / 60000 % 60 != 0);
  for (int left = q->period.length; left > 0; left--)
    at += HOUR;
  return at + q->period.moved_ms;
}

static gint64
expect_end (const Table *self, const Question *q)
{
  return q->period.unit == WB_UNIT_HOUR ? count_hours (q)
                                        : self->days[count_due (self, q) + 1].midnight;
}

static void
ask (const Table *self, const Question *q)
{
  const Day *day = &self->days[q->start];
  WbDate start = { day->year, day->month, day->day };
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDue) due = wb_due_compute (self->calendar,
                                          self->zone,
                                          &q->period,
                                          start,
                                          q->instant == G_MININT64 ? WB_INSTANT_NONE : q->instant,
                                          &error);
  gint64 expected = expect_end (self, q);
  g_autofree char *got = NULL;
  g_autofree char *want = NULL;

  wb_assert_no_error (error);
  if (due->end == expected)
    return;
  got = wb_instant_format_seconds (due->end);
  want = wb_instant_format_seconds (expected);
  fail_msg ("%04d-%02d-%02d (%" G_GINT64_FORMAT ") %d %s %s%s moved %d: %s, and by walking %s",
            day->year,
            day->month,
            day->day,
            q->instant,
            q->period.length,
            wb_unit_to_text (q->period.unit),
            wb_regime_to_text (q->period.regime),
            q->period.detention ? " detention" : "",
            q->period.moved_days,
            got,
            want);
}

/* Half of the starts where it is hard: ends of months, of years, around holidays and clocks. */
static int
pick_start (const Table *self)
{
  int i = g_rand_int_range (self->rand, MARGIN, self->n - MARGIN);

  if (g_rand_boolean (self->rand))
    return i;
  while (self->days[i].day < 26 && !self->days[i + 3].off[1])
    i++;
  return i;
}

/* A moment of that local day; a day of a clock change has 23 or 25 hours. */
static gint64
pick_instant (const Table *self, int start)
{
  gint64 length = self->days[start + 1].midnight - self->days[start].midnight;
  gboolean edge = g_rand_int_range (self->rand, 0, 4) == 0;
  gint64 within = edge ? (g_rand_boolean (self->rand) ? 0 : length - 1000)
                       : 1000 * (gint64) g_rand_int_range (self->rand, 0, (int) (length / 1000));

  return self->days[start].midnight + within;
}

static void
set_start (const Table *self, Question *q)
{
  q->start = pick_start (self);
  q->instant = q->period.unit == WB_UNIT_HOUR || g_rand_int_range (self->rand, 0, 3) == 0
                   ? pick_instant (self, q->start)
                   : G_MININT64;
}

/* Short lengths more often than long ones, and those at the thresholds of the law. */
static int
pick_length (const Table *self, WbUnit unit)
{
  static const int MOST[] = {
    [WB_UNIT_HOUR] = 400, [WB_UNIT_DAY] = 400, [WB_UNIT_WEEK] = 60,
    [WB_UNIT_MONTH] = 36, [WB_UNIT_YEAR] = 3,  [WB_UNIT_WORKING_DAY] = 60
  };
  static const int EDGES[] = { 1, 2, 3, 4, 5, 12, 13, 90, 91 };
  int length = g_rand_boolean (self->rand) ? EDGES[g_rand_int_range (self->rand, 0, 9)]
                                           : g_rand_int_range (self->rand, 1, MOST[unit] + 1);

  if (length > MOST[unit])
    length = g_rand_int_range (self->rand, 1, MOST[unit] + 1);
  return unit != WB_UNIT_HOUR && g_rand_int_range (self->rand, 0, 12) == 0 ? -length : length;
}

static void
ask_anything (const Table *self)
{
  Question q = { 0 };

  q.period.unit = (WbUnit) g_rand_int_range (self->rand, WB_UNIT_HOUR, WB_UNIT_WORKING_DAY + 1);
  q.period.regime = (WbRegime) g_rand_int_range (self->rand, 0, WB_REGIME_POLICY + 1);
  q.period.detention =
      q.period.regime == WB_REGIME_NL_ATW && g_rand_int_range (self->rand, 0, 6) == 0;
  q.period.length = pick_length (self, q.period.unit);
  if (q.period.length > 0 && g_rand_int_range (self->rand, 0, 4) == 0) {
    q.period.moved_days = g_rand_int_range (self->rand, 1, 60);
    q.period.moved_ms = g_rand_int_range (self->rand, 1, 1000000) * G_GINT64_CONSTANT (1000);
  }
  set_start (self, &q);
  ask (self, &q);
}

/* A body's own days off, on the list of the Act or the European one. */
static WbCalendar *
make_calendar (Table *self, guint n)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_own_day_free);
  g_autoptr (GError) error = NULL;
  WbCalendar *calendar;

  for (guint k = 0; k < n; k++) {
    WbOwnDay *own = g_new0 (WbOwnDay, 1);
    int i = g_rand_int_range (self->rand, 0, self->n);
    gboolean european = g_rand_boolean (self->rand);

    own->date = (WbDate){ self->days[i].year, self->days[i].month, self->days[i].day };
    own->list = g_strdup (european ? "eu1182" : "nl_atw");
    own->label[WB_LANGUAGE_NL] = g_strdup ("eigen dag");
    own->label[WB_LANGUAGE_EN] = g_strdup ("own day");
    g_ptr_array_add (days, own);
    take_off (self, i, european, !european);
  }
  calendar = wb_calendar_load_with (days, &error);
  wb_assert_no_error (error);
  return calendar;
}

/* The first calendar is the one that the program ships. */
static void
lay_table (Table *self, guint own_days)
{
  g_clear_pointer (&self->calendar, wb_calendar_free);
  fill_days (self);
  for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
    add_holidays (self, year);
  add_decrees (self);
  self->calendar = make_calendar (self, own_days);
}

static guint32
get_seed (void)
{
  const char *given = g_getenv ("WAARBORG_SEED");

  return given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
}

static int
table_setup (void **state)
{
  Table *self = g_new0 (Table, 1);
  guint32 seed = get_seed ();

  print_message ("seed %u\n", seed);
  self->rand = g_rand_new_with_seed (seed);
  self->zone = wb_zone_new ("Europe/Amsterdam", NULL);
  lay_table (self, 0);
  *state = self;
  return self->zone != NULL ? 0 : -1;
}

static int
table_teardown (void **state)
{
  Table *self = *state;

  wb_calendar_free (self->calendar);
  wb_zone_unref (self->zone);
  g_rand_free (self->rand);
  g_free (self);
  return 0;
}

/* What the domain's own table says of four years, so that the second way is not wrong itself. */
static void
the_table_of_days_has_the_holidays_of_the_domain (void **state)
{
  static const int TYPED[][3] = {
    { 2026, 1, 1 },   { 2026, 4, 3 },  { 2026, 4, 6 },   { 2026, 4, 27 }, { 2026, 5, 5 },
    { 2026, 5, 14 },  { 2026, 5, 25 }, { 2026, 12, 25 }, { 2026, 1, 2 },  { 2026, 5, 15 },
    { 2027, 1, 1 },   { 2027, 3, 26 }, { 2027, 3, 29 },  { 2027, 4, 27 }, { 2027, 5, 5 },
    { 2027, 5, 6 },   { 2027, 5, 17 }, { 2027, 5, 7 },   { 2028, 4, 14 }, { 2028, 4, 17 },
    { 2028, 4, 27 },  { 2028, 5, 5 },  { 2028, 5, 25 },  { 2028, 6, 5 },  { 2028, 12, 25 },
    { 2028, 12, 26 }, { 2028, 4, 28 }, { 2028, 5, 26 },  { 2029, 1, 1 },  { 2029, 3, 30 },
    { 2029, 4, 2 },   { 2029, 4, 27 }, { 2029, 5, 10 },  { 2029, 5, 21 }, { 2029, 12, 25 },
    { 2029, 12, 26 },
  };
  const Table *self = *state;
  guint off = 0;

  for (guint i = 0; i < G_N_ELEMENTS (TYPED); i++)
    assert_true (self->days[find_day (self, TYPED[i][0], TYPED[i][1], TYPED[i][2])].off[1]);
  for (int i = find_day (self, 2026, 1, 1); self->days[i].year < 2030; i++)
    off += self->days[i].off[1] && self->days[i].weekday < 6;
  assert_int_equal (off, G_N_ELEMENTS (TYPED));
  assert_int_equal (self->days[find_day (self, 2026, 10, 26)].midnight,
                    G_GINT64_CONSTANT (1792969200000)); /* 2026-10-25T23:00:00Z */
}

static void
walking_the_days_gives_every_due_date (void **state)
{
  Table *self = *state;
  guint cases = 0;

  for (guint c = 0; c < CALENDARS; c++) {
    lay_table (self, c * 40);
    for (guint i = 0; i < CASES; i++, cases++)
      ask_anything (self);
  }
  wb_test_count ("deadlines-walked", cases);
}

static void
walking_the_days_gives_the_due_dates_of_every_rule (void **state)
{
  Table *self = *state;
  GPtrArray *rules = wb_rules_list (wb_rules_get_default (NULL));
  guint cases = 0;

  for (guint i = 0; i < rules->len; i++) {
    const WbRule *rule = g_ptr_array_index (rules, i);
    Question q = { .period = rule->period };

    for (guint k = 0; rule->has_period && k < STARTS_OF_A_RULE; k++, cases++) {
      set_start (self, &q);
      ask (self, &q);
    }
  }
  assert_true (cases > 400);
  wb_test_count ("deadlines-rules-walked", cases);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_table_of_days_has_the_holidays_of_the_domain),
    cmocka_unit_test (walking_the_days_gives_every_due_date),
    cmocka_unit_test (walking_the_days_gives_the_due_dates_of_every_rule),
  };

  return cmocka_run_group_tests_name ("due-property", tests, table_setup, table_teardown);
}
