/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads what a day asks for: deadlines by the day on which they end, and cases that were left
 * alone. What is late is for the rules to say; here it is only sorted by day. */
#include "wb-today-data.h"

#include "wb-case-data.h"
#include "wb-deadline.h"

#define ROWS_MAX 200  /* deadlines of one group: more than a day can hold */
#define WEEK_DAYS 7   /* counted from today, so that a Friday still shows the Monday after it */
#define LAPSED_DAYS 7 /* a remedy that lapsed is shown for so long: nothing can be done later */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/* What is needed while reading. */
typedef struct {
  WbRegister *reg;
  WbInstant now;
  WbInstant tomorrow; /* its first instant: an end at midnight belongs to the day before */
  WbInstant week;
  WbLanguage language;
  GHashTable *titles; /* case id -> title, or "" */
} Reading;

static void
deadline_free (WbTodayDeadline *self)
{
  g_clear_object (&self->item);
  g_free (self->case_id);
  g_free (self->case_reference);
  g_free (self->case_title);
  g_free (self->record_id);
  g_free (self->rule);
  g_free (self);
}

static void
silent_free (WbTodaySilent *self)
{
  g_free (self->case_id);
  g_free (self->case_reference);
  g_free (self->case_title);
  g_free (self->words);
  g_free (self);
}

/* Without identities, so that looking at a day is no entry in the log. */
static char *
dup_title (Reading *self, const char *case_id)
{
  const char *title;

  if (case_id == NULL)
    return NULL;
  if (!g_hash_table_contains (self->titles, case_id)) {
    g_autoptr (WbRecord) record = wb_register_read (self->reg, case_id, FALSE, NULL, NULL);
    const char *text = record != NULL ? wb_record_get_text (record, "title") : NULL;

    g_hash_table_insert (self->titles, g_strdup (case_id), g_strdup (text != NULL ? text : ""));
  }
  title = g_hash_table_lookup (self->titles, case_id);
  return *title != '\0' ? g_strdup (title) : NULL;
}

static WbTodayDeadline *
make_deadline (Reading *self, const WbDeadline *deadline)
{
  WbTodayDeadline *made = g_new0 (WbTodayDeadline, 1);

  made->item = wb_deadline_item_new (deadline,
                                     wb_register_get_clock_context (self->reg),
                                     self->now,
                                     self->language);
  made->case_id = g_strdup (deadline->case_id);
  made->case_reference = g_strdup (deadline->case_reference != NULL ? deadline->case_reference
                                                                    : deadline->record_reference);
  made->case_title = dup_title (self, deadline->case_id);
  made->record_id = g_strdup (deadline->clock->record_id);
  made->rule = g_strdup (deadline->clock->rule);
  return made;
}

/* Which group a deadline that runs belongs to; N_TIMES: none. While one reading of it still runs,
 * that reading's day counts. */
static WbTodayTime
place (const Reading *self, const WbDeadline *deadline)
{
  WbInstant end = deadline->clock->end;

  if (deadline->state == WB_CLOCK_OVERDUE)
    return WB_TODAY_OVERDUE;
  if (deadline->state == WB_CLOCK_PASSED)
    return end > self->now - LAPSED_DAYS * DAY_MS ? WB_TODAY_OVERDUE : WB_TODAY_N_TIMES;
  if (deadline->state != WB_CLOCK_RUNNING || end == WB_INSTANT_NONE)
    return WB_TODAY_N_TIMES;
  if (end <= self->now && deadline->clock->latest_end != WB_INSTANT_NONE)
    end = deadline->clock->latest_end;
  if (end <= self->tomorrow)
    return WB_TODAY_NOW;
  return end <= self->week ? WB_TODAY_WEEK : WB_TODAY_N_TIMES;
}

static gboolean
read_between (Reading *self, WbTodayData *data, WbInstant from, WbInstant until, GError **error)
{
  g_autoptr (GPtrArray) due =
      wb_register_list_due (self->reg, from, until, self->now, ROWS_MAX, error);

  for (guint i = 0; due != NULL && i < due->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (due, i);
    WbTodayTime time = place (self, deadline);

    if (time < WB_TODAY_N_TIMES)
      g_ptr_array_add (data->times[time], make_deadline (self, deadline));
  }
  return due != NULL;
}

static gboolean
read_suspended (Reading *self, WbTodayData *data, GError **error)
{
  g_autoptr (GPtrArray) list = wb_register_list_suspended (self->reg, self->now, ROWS_MAX, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    g_ptr_array_add (data->times[WB_TODAY_SUSPENDED],
                     make_deadline (self, g_ptr_array_index (list, i)));
  return list != NULL;
}

static char *
make_silent_words (const WbCaseAge *age)
{
  g_autofree char *idle = g_strdup_printf (ngettext_ ("Nothing was done for %u day",
                                                      "Nothing was done for %u days",
                                                      (gulong) age->idle_now),
                                           (guint) age->idle_now);
  g_autofree char *old = g_strdup_printf (
      ngettext_ ("the case is %u day old", "the case is %u days old", (gulong) age->age),
      (guint) age->age);
  g_autofree char *waits = NULL;

  if (age->waiting_for == NULL || *age->waiting_for == '\0')
    return g_strdup_printf ("%s · %s", idle, old);
  /* Translators: %s is for what or for whom a case waits, as the user wrote it. */
  waits = g_strdup_printf (_ ("waits for %s"), age->waiting_for);
  return g_strdup_printf ("%s · %s · %s", idle, old, waits);
}

static int
compare_idle (gconstpointer a, gconstpointer b)
{
  const WbCaseAge *one = *(const WbCaseAge *const *) a, *other = *(const WbCaseAge *const *) b;

  return other->idle_now - one->idle_now;
}

static gboolean
read_silent (Reading *self, WbTodayData *data, GError **error)
{
  g_autoptr (GPtrArray) ages = wb_register_list_case_ages (self->reg, self->now, ROWS_MAX, error);

  if (ages == NULL)
    return FALSE;
  data->silent_days = wb_register_get_first_age (self->reg);
  g_ptr_array_sort (ages, compare_idle);
  for (guint i = 0; i < ages->len; i++) {
    const WbCaseAge *age = g_ptr_array_index (ages, i);
    WbTodaySilent *silent;

    if (age->idle_now < data->silent_days)
      break;
    silent = g_new0 (WbTodaySilent, 1);
    silent->case_id = g_strdup (age->case_id);
    silent->case_reference = g_strdup (age->case_reference);
    silent->case_title = dup_title (self, age->case_id);
    silent->words = make_silent_words (age);
    g_ptr_array_add (data->silent, silent);
  }
  return TRUE;
}

static WbTodayData *
data_new (WbDate day)
{
  WbTodayData *self = g_new0 (WbTodayData, 1);

  for (guint i = 0; i < WB_TODAY_N_TIMES; i++)
    self->times[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) deadline_free);
  self->silent = g_ptr_array_new_with_free_func ((GDestroyNotify) silent_free);
  self->day = day;
  return self;
}

gpointer
wb_today_data_load (WbRegister *reg, gpointer unused, GCancellable *cancellable, GError **error)
{
  const WbZone *zone = wb_register_get_zone (reg);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Reading reading = { .reg = reg,
                      .now = wb_clock_now (),
                      .language = wb_language_current (),
                      .titles = titles };
  WbDate day = wb_zone_to_local (zone, reading.now).date;
  g_autoptr (WbTodayData) data = data_new (day);

  reading.tomorrow = wb_zone_start_of_day (zone, wb_date_add_days (day, 1));
  reading.week = wb_zone_start_of_day (zone, wb_date_add_days (day, WEEK_DAYS + 1));
  /* What stands still has no end, which is the lowest of all instants. */
  if (!read_between (&reading, data, G_MININT64 + 1, reading.now + 1, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !read_between (&reading, data, reading.now + 1, reading.tomorrow + 1, error) ||
      !read_between (&reading, data, reading.tomorrow + 1, reading.week + 1, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !read_suspended (&reading, data, error) || !read_silent (&reading, data, error))
    return NULL;
  return g_steal_pointer (&data);
}

void
wb_today_data_free (WbTodayData *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < WB_TODAY_N_TIMES; i++)
    g_ptr_array_unref (self->times[i]);
  g_ptr_array_unref (self->silent);
  g_free (self);
}

guint
wb_today_data_count (const WbTodayData *self)
{
  guint n = self->silent->len;

  for (guint i = 0; i < WB_TODAY_SUSPENDED; i++)
    n += self->times[i]->len;
  return n;
}
