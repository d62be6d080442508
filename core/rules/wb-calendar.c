/* SPDX-License-Identifier: EUPL-1.2 */

/* Days off of one country: fixed days, days that go with Easter, and dated decrees, each on the
 * lists of the laws that know it. Which they are stands in resources/rules/calendar-nl.tsv. */
#include "wb-calendar.h"

#include <string.h>

#include "wb-error.h"
#include "wb-regime-private.h"
#include "wb-resources.h"
#include "wb-table-private.h"

#define FILE_NAME "calendar-nl.tsv"
#define YEAR_FIRST 1900
#define YEAR_LAST 2101 /* a period that ends in 2100 may look at the days after it */
#define LISTS_MAX 8    /* bits of a mask */
#define OFFSET_MAX 200 /* days from Easter */

typedef enum { WHEN_FIXED, WHEN_EASTER, WHEN_DATED } When;

typedef struct {
  When when;
  WbDate date; /* dated; fixed: month and day */
  int offset;  /* from Easter */
  int weekday; /* fixed: when it falls on this one (0: none) ... */
  int shift;   /* ... it moves by so many days */
  guint8 lists;
  int from, to;
  char *label[2];
} Holiday;

struct _WbCalendar {
  char *version;
  WbDate complete_from, complete_to;
  guint8 weekend; /* bit n: weekday n */
  GPtrArray *lists;
  GPtrArray *holidays;
  guint8 list_of[WB_REGIME_COUNT]; /* mask of the list that a regime reads */
  guint8 dated_lists;              /* lists that hold decree days */
  gint32 first_day;
  gsize n_days;
  guint8 *masks; /* for each day: the lists it is on */
};

static void
free_holiday (gpointer data)
{
  Holiday *holiday = data;

  g_free (holiday->label[0]);
  g_free (holiday->label[1]);
  g_free (holiday);
}

/**
 * wb_calendar_easter:
 * @year: a year of the Gregorian calendar
 *
 * By Gauss's reckoning with the Gregorian corrections: the paschal full moon from the golden
 * number, then the Sunday after it.
 *
 * Returns: Easter Sunday
 */
WbDate
wb_calendar_easter (int year)
{
  int golden = year % 19;
  int century = year / 100;
  int solar = century - century / 4;
  int lunar = (8 * century + 13) / 25;
  int epact = (19 * golden + solar - lunar + 15) % 30;
  int moon = epact - (epact > 28 || (epact == 28 && golden > 10) ? 1 : 0); /* days after 21 March */
  WbDate full = wb_date_add_days ((WbDate){ year, 3, 21 }, moon);

  return wb_date_add_days (full, 7 - wb_date_weekday (full) % 7);
}

/* FALSE where the year has no such day. */
static gboolean
find_date (const Holiday *holiday, int year, WbDate *ret_date)
{
  WbDate date = holiday->date;

  if (holiday->when == WHEN_DATED) {
    *ret_date = date;
    return date.year == year;
  }
  if (year < holiday->from || year > holiday->to)
    return FALSE;
  date.year = year;
  if (holiday->when == WHEN_EASTER)
    date = wb_date_add_days (wb_calendar_easter (year), holiday->offset);
  else if (!wb_date_is_valid (year, date.month, date.day))
    return FALSE;
  if (holiday->weekday != 0 && wb_date_weekday (date) == holiday->weekday)
    date = wb_date_add_days (date, holiday->shift);
  *ret_date = date;
  return TRUE;
}

static gboolean
parse_number (const char *text, int minimum, int maximum, int *ret_number)
{
  gint64 number;
  const char *digits = text[0] == '+' ? text + 1 : text;

  if (!g_ascii_string_to_signed (digits, 10, minimum, maximum, &number, NULL))
    return FALSE;
  *ret_number = (int) number;
  return TRUE;
}

/* "7:-1" */
static gboolean
parse_shift (const char *text, Holiday *holiday)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);

  return g_strv_length (parts) == 2 && parse_number (parts[0], 1, 7, &holiday->weekday) &&
         parse_number (parts[1], -7, 7, &holiday->shift);
}

/* "04-27": the days that every year can have, and 29 February. */
static gboolean
parse_month_day (const char *text, Holiday *holiday)
{
  g_autofree char *full = g_strconcat ("2000-", text, NULL);

  holiday->when = WHEN_FIXED;
  return wb_date_parse (full, &holiday->date, NULL);
}

static gboolean
parse_when (const char *text, Holiday *holiday)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 2);

  if (parts[0] == NULL || (parts[1] != NULL && !parse_shift (parts[1], holiday)))
    return FALSE;
  if (g_str_has_prefix (parts[0], "easter")) {
    holiday->when = WHEN_EASTER;
    return parse_number (parts[0] + strlen ("easter"), -OFFSET_MAX, OFFSET_MAX, &holiday->offset);
  }
  if (strlen (parts[0]) == strlen ("MM-DD"))
    return parse_month_day (parts[0], holiday);
  holiday->when = WHEN_DATED;
  return wb_date_parse (parts[0], &holiday->date, NULL) && parts[1] == NULL;
}

/* The list's bit; a name not met before gets the next one. 0: no bit is left. */
static guint8
take_list (WbCalendar *self, const char *name)
{
  guint at;

  for (at = 0; at < self->lists->len; at++)
    if (strcmp (self->lists->pdata[at], name) == 0)
      return (guint8) (1u << at);
  if (at == LISTS_MAX || name[0] == '\0')
    return 0;
  g_ptr_array_add (self->lists, g_strdup (name));
  return (guint8) (1u << at);
}

static gboolean
parse_lists (WbCalendar *self, const char *text, Holiday *holiday)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    guint8 bit = take_list (self, names[i]);

    if (bit == 0)
      return FALSE;
    holiday->lists |= bit;
  }
  if (holiday->when == WHEN_DATED)
    self->dated_lists |= holiday->lists;
  return holiday->lists != 0;
}

static gboolean
parse_years (const char *from, const char *to, Holiday *holiday)
{
  holiday->from = YEAR_FIRST;
  holiday->to = YEAR_LAST;
  return (from[0] == '\0' || parse_number (from, 1, 9999, &holiday->from)) &&
         (to[0] == '\0' || parse_number (to, 1, 9999, &holiday->to));
}

static gboolean
take_holiday (WbCalendar *self, const WbTable *table, const WbTableRow *row, GError **error)
{
  Holiday *holiday = g_new0 (Holiday, 1);

  g_ptr_array_add (self->holidays, holiday);
  if (!parse_when (wb_table_get (table, row, "when"), holiday))
    return wb_table_refuse (table,
                            row,
                            _ ("\"when\" is MM-DD, easter+N or YYYY-MM-DD, such as 04-27,7:-1."),
                            error);
  if (!parse_lists (self, wb_table_get (table, row, "lists"), holiday))
    return wb_table_refuse (table,
                            row,
                            _ ("\"lists\" names one to eight lists, with commas between."),
                            error);
  if (!parse_years (wb_table_get (table, row, "from"), wb_table_get (table, row, "to"), holiday))
    return wb_table_refuse (table, row, _ ("\"from\" and \"to\" are years or empty."), error);
  holiday->label[WB_LANGUAGE_NL] = g_strdup (wb_table_get (table, row, "label_nl"));
  holiday->label[WB_LANGUAGE_EN] = g_strdup (wb_table_get (table, row, "label_en"));
  if (holiday->label[0][0] == '\0' || holiday->label[1][0] == '\0')
    return wb_table_refuse (table, row, _ ("a holiday needs a name in both languages."), error);
  return TRUE;
}

static gboolean
refuse_directive (const char *what, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: %s", FILE_NAME, what);
  return FALSE;
}

/* "2023-01-01 2028-12-31" */
static gboolean
take_complete (WbCalendar *self, const WbTable *table, GError **error)
{
  const char *text = wb_table_get_directive (table, "complete");
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);

  if (g_strv_length (parts) == 2 && wb_date_parse (parts[0], &self->complete_from, NULL) &&
      wb_date_parse (parts[1], &self->complete_to, NULL) &&
      wb_date_compare (self->complete_from, self->complete_to) <= 0)
    return TRUE;
  return refuse_directive (
      _ ("a line \"# complete YYYY-MM-DD YYYY-MM-DD\" must say between which days it is complete."),
      error);
}

static gboolean
take_weekend (WbCalendar *self, const WbTable *table, GError **error)
{
  const char *text = wb_table_get_directive (table, "weekend");
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "x", " ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    int weekday;

    if (!parse_number (parts[i], 1, 7, &weekday))
      return refuse_directive (
          _ ("a line \"# weekend 6 7\" must name the weekdays that are days off."),
          error);
    self->weekend |= (guint8) (1u << weekday);
  }
  /* Seven days off would make the search for a working day endless. */
  if (self->weekend == 0xfe)
    return refuse_directive (_ ("at least one weekday must be a working day."), error);
  return TRUE;
}

static void
mark_days (WbCalendar *self)
{
  gint32 last = wb_date_to_days ((WbDate){ YEAR_LAST, 12, 31 });

  self->first_day = wb_date_to_days ((WbDate){ YEAR_FIRST, 1, 1 });
  self->n_days = (gsize) (last - self->first_day + 1);
  self->masks = g_new0 (guint8, self->n_days);
  for (guint i = 0; i < self->holidays->len; i++)
    for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
      const Holiday *holiday = self->holidays->pdata[i];
      WbDate date;
      gint32 at;

      if (!find_date (holiday, year, &date))
        continue;
      at = wb_date_to_days (date) - self->first_day;
      if (at >= 0 && (gsize) at < self->n_days)
        self->masks[at] |= holiday->lists;
    }
}

static gboolean
take_regimes (WbCalendar *self, GError **error)
{
  const WbRegimes *regimes = wb_regimes_get_default (error);

  for (guint i = 0; regimes != NULL && i < WB_REGIME_COUNT; i++)
    self->list_of[i] = take_list (self, regimes->laws[i].holidays);
  return regimes != NULL;
}

static WbCalendar *
new_calendar (const WbTable *table)
{
  WbCalendar *self = g_new0 (WbCalendar, 1);
  const char *version = wb_table_get_directive (table, "version");

  self->version = g_strdup (version != NULL ? version : "");
  self->lists = g_ptr_array_new_with_free_func (g_free);
  self->holidays = g_ptr_array_new_with_free_func (free_holiday);
  return self;
}

/**
 * wb_calendar_load:
 * @data: a calendar file such as calendar-nl.tsv, to which a body may have added days
 * @error: return location for an error
 *
 * Returns: (transfer full): the calendar; %NULL with %WB_ERROR_INVALID, the message of which names
 *   file, line and what is wrong
 */
WbCalendar *
wb_calendar_load (GBytes *data, GError **error)
{
  static const char *const needed[] = { "key", "when", "lists", "label_nl", "label_en", NULL };
  g_autoptr (WbTable) table = wb_table_parse (data, FILE_NAME, needed, error);
  g_autoptr (WbCalendar) self = table != NULL ? new_calendar (table) : NULL;

  if (self == NULL || !take_complete (self, table, error) || !take_weekend (self, table, error))
    return NULL;
  for (guint i = 0; i < table->rows->len; i++)
    if (!take_holiday (self, table, table->rows->pdata[i], error))
      return NULL;
  if (!take_regimes (self, error))
    return NULL;
  mark_days (self);
  return g_steal_pointer (&self);
}

/**
 * wb_calendar_get_default:
 * @error: return location for an error
 *
 * Returns: (transfer none): the Dutch calendar that the program ships
 */
WbCalendar *
wb_calendar_get_default (GError **error)
{
  static WbCalendar *shared;

  if (g_atomic_pointer_get (&shared) == NULL) {
    g_autoptr (GBytes) data = wb_core_resource ("rules/calendar-nl.tsv", error);
    g_autoptr (WbCalendar) loaded = data != NULL ? wb_calendar_load (data, error) : NULL;

    if (loaded == NULL)
      return NULL;
    if (g_atomic_pointer_compare_and_exchange (&shared, NULL, loaded))
      loaded = NULL;
  }
  return g_atomic_pointer_get (&shared);
}

void
wb_own_day_free (WbOwnDay *self)
{
  if (self == NULL)
    return;
  g_free (self->list);
  g_free (self->label[0]);
  g_free (self->label[1]);
  g_free (self);
}

/* A label within a table. */
static char *
clean_label (const char *label)
{
  return g_strdelimit (g_strdup (label != NULL ? label : ""), "\t\r\n", ' ');
}

/**
 * wb_calendar_load_with:
 * @days: (element-type WbOwnDay): days off that the body added
 * @error: return location for an error
 *
 * Returns: (transfer full): the calendar that the program ships, with those days; %NULL with
 *   %WB_ERROR_INVALID where one is on a list that does not exist
 */
WbCalendar *
wb_calendar_load_with (GPtrArray *days, GError **error)
{
  g_autoptr (GBytes) data = wb_core_resource ("rules/calendar-nl.tsv", error);
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) all = NULL;

  if (data == NULL)
    return NULL;
  text = g_string_new_len (g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data));
  for (guint i = 0; i < days->len; i++) {
    const WbOwnDay *day = days->pdata[i];
    g_autofree char *date = wb_date_format (day->date);
    g_autofree char *nl = clean_label (day->label[WB_LANGUAGE_NL]);
    g_autofree char *en = clean_label (day->label[WB_LANGUAGE_EN]);

    g_string_append_printf (text, "own_%u\t%s\t%s\t\t\t%s\t%s\t\t\n", i, date, day->list, nl, en);
  }
  all = g_string_free_to_bytes (g_steal_pointer (&text));
  return wb_calendar_load (all, error);
}

void
wb_calendar_free (WbCalendar *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_pointer (&self->holidays, g_ptr_array_unref);
  g_free (self->masks);
  g_free (self);
}

const char *
wb_calendar_get_version (const WbCalendar *self)
{
  return self->version;
}

static guint8
get_mask (const WbCalendar *self, WbDate date)
{
  gint32 at = wb_date_to_days (date) - self->first_day;

  return at >= 0 && (gsize) at < self->n_days ? self->masks[at] : 0;
}

/* A day may have been moved over the turn of the year. */
static gboolean
falls_on (const Holiday *holiday, WbDate date)
{
  for (int year = date.year - 1; year <= date.year + 1; year++) {
    WbDate other;

    if (find_date (holiday, year, &other) && wb_date_compare (other, date) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_calendar_get_holiday:
 * @self: a calendar
 * @regime: the regime whose list counts
 * @date: a day
 * @language: of the name
 *
 * Returns: (transfer none) (nullable): the holiday's name; %NULL where the day is none
 */
const char *
wb_calendar_get_holiday (const WbCalendar *self, WbRegime regime, WbDate date, WbLanguage language)
{
  if ((get_mask (self, date) & self->list_of[regime]) == 0)
    return NULL;
  for (guint i = 0; i < self->holidays->len; i++) {
    const Holiday *holiday = self->holidays->pdata[i];

    if ((holiday->lists & self->list_of[regime]) != 0 && falls_on (holiday, date))
      return holiday->label[language];
  }
  return NULL;
}

gboolean
wb_calendar_is_weekend (const WbCalendar *self, WbDate date)
{
  return (self->weekend >> wb_date_weekday (date) & 1) != 0;
}

/**
 * wb_calendar_is_working_day:
 * @self: a calendar
 * @regime: the regime whose list counts
 * @date: a day
 *
 * Returns: whether the day is no weekend day and no holiday
 */
gboolean
wb_calendar_is_working_day (const WbCalendar *self, WbRegime regime, WbDate date)
{
  return !wb_calendar_is_weekend (self, date) &&
         (get_mask (self, date) & self->list_of[regime]) == 0;
}

/**
 * wb_calendar_covers:
 * @self: a calendar
 * @date: a day
 *
 * Returns: %FALSE where decree days near @date may be missing
 */
gboolean
wb_calendar_covers (const WbCalendar *self, WbDate date)
{
  return wb_date_compare (self->complete_from, date) <= 0 &&
         wb_date_compare (date, self->complete_to) <= 0;
}

/**
 * wb_calendar_may_miss:
 * @self: a calendar
 * @regime: the regime whose list counts
 * @date: a day
 *
 * Returns: whether the list of @regime may miss a decree day at @date; never for a list that has
 *   none, because its days are all reckoned
 */
gboolean
wb_calendar_may_miss (const WbCalendar *self, WbRegime regime, WbDate date)
{
  return (self->dated_lists & self->list_of[regime]) != 0 && !wb_calendar_covers (self, date);
}

/**
 * wb_calendar_get_coverage:
 * @self: a calendar
 * @ret_first: (out): first day for which it is complete
 * @ret_last: (out): last day for which it is complete
 */
void
wb_calendar_get_coverage (const WbCalendar *self, WbDate *ret_first, WbDate *ret_last)
{
  *ret_first = self->complete_from;
  *ret_last = self->complete_to;
}
