/* SPDX-License-Identifier: EUPL-1.2 */

/* Reminders: days before and after the end of a deadline, as resources/rules/practice.json says.
 * They are worked out when asked for and stand in no list of deadlines. */
#include "wb-clock-work-private.h"
#include "wb-deadline.h"
#include "wb-i18n.h"

#define LOOK_AHEAD 3661     /* days: no reminder comes earlier before its end */
#define DEADLINES_MAX 10000 /* read for one list */
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

void
wb_reminder_free (WbReminder *self)
{
  if (self == NULL)
    return;
  wb_deadline_free (self->deadline);
  g_free (self);
}

static WbDeadline *
copy_deadline (const WbDeadline *deadline)
{
  g_autoptr (JsonObject) kept = wb_clock_to_json (deadline->clock);
  WbDeadline *copy = g_new0 (WbDeadline, 1);

  *copy = *deadline;
  copy->clock = wb_clock_new_from_json (kept, NULL);
  copy->met = g_strdup (deadline->met);
  copy->case_id = g_strdup (deadline->case_id);
  copy->case_reference = g_strdup (deadline->case_reference);
  copy->record_reference = g_strdup (deadline->record_reference);
  return copy;
}

static void
take_day (GPtrArray *list,
          const WbDeadline *deadline,
          WbDate day,
          int days,
          WbDate from,
          WbDate until)
{
  WbReminder *reminder;

  if (wb_date_compare (day, from) < 0 || wb_date_compare (day, until) > 0)
    return;
  reminder = g_new0 (WbReminder, 1);
  reminder->deadline = copy_deadline (deadline);
  reminder->on = day;
  reminder->days = days;
  g_ptr_array_add (list, reminder);
}

static void
take_step (GPtrArray *list,
           const WbDeadline *deadline,
           WbDate due,
           const WbReminderStep *step,
           WbDate from,
           WbDate until)
{
  int days = step->days;

  take_day (list, deadline, wb_date_add_days (due, days), days, from, until);
  if (step->repeat <= 0)
    return;
  /* Straight to the first repetition that can count. */
  if (wb_date_compare (wb_date_add_days (due, days), from) < 0)
    days += (wb_date_to_days (from) - wb_date_to_days (due) - days) / step->repeat * step->repeat;
  for (days = MAX (days, step->days) + (days == step->days ? step->repeat : 0);
       wb_date_compare (wb_date_add_days (due, days), until) <= 0;
       days += step->repeat)
    take_day (list, deadline, wb_date_add_days (due, days), days, from, until);
}

static void
take_deadline (GPtrArray *list,
               WbRegister *self,
               const WbDeadline *deadline,
               WbDate from,
               WbDate until)
{
  GArray *steps =
      deadline->rule != NULL ? wb_practice_list_reminders (self->rules, deadline->rule) : NULL;
  WbDate due = wb_zone_to_local (self->zone, deadline->clock->end - 1).date;

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    take_step (list, deadline, due, &g_array_index (steps, WbReminderStep, i), from, until);
}

static int
compare_reminders (gconstpointer a, gconstpointer b)
{
  const WbReminder *one = *(const WbReminder *const *) a, *other = *(const WbReminder *const *) b;

  return wb_date_compare (one->on, other->on);
}

/**
 * wb_register_list_reminders:
 * @self: an open register
 * @from: first day
 * @until: last day
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbReminder): by day
 */
GPtrArray *
wb_register_list_reminders (WbRegister *self, WbDate from, WbDate until, GError **error)
{
  WbInstant last = wb_zone_start_of_day (self->zone, wb_date_add_days (until, LOOK_AHEAD));
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_due (self, G_MININT64 + 1, last, wb_clock_now (), DEADLINES_MAX, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_reminder_free);

  if (deadlines == NULL)
    return NULL;
  for (guint i = 0; i < deadlines->len; i++)
    take_deadline (list, self, g_ptr_array_index (deadlines, i), from, until);
  g_ptr_array_sort (list, compare_reminders);
  return g_steal_pointer (&list);
}

/* Days before the end at which a calendar may sound. */
static JsonArray *
list_alarms (WbRegister *self, const WbRule *rule)
{
  GArray *steps = rule != NULL ? wb_practice_list_reminders (self->rules, rule) : NULL;
  JsonArray *days = json_array_new ();

  for (guint i = 0; steps != NULL && i < steps->len; i++) {
    const WbReminderStep *step = &g_array_index (steps, WbReminderStep, i);

    if (step->days < 0)
      json_array_add_int_element (days, -step->days);
  }
  return days;
}

/**
 * wb_register_format_calendar:
 * @self: an open register
 * @deadlines: (element-type WbDeadline): those to write
 * @language: of the words
 * @error: return location for an error
 *
 * Returns: (transfer full): a calendar (RFC 5545) of those that are still to come; reminders are
 *   alarms of their event. It names no person.
 */
char *
wb_register_format_calendar (WbRegister *self,
                             GPtrArray *deadlines,
                             WbLanguage language,
                             GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  const WbIcal of = { .deadlines = array,
                      .reference = self->code,
                      .product = "Register//EN",
                      .zone = self->zone,
                      .language = language,
                      .made = wb_clock_now () };

  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);
    JsonObject *object = wb_deadline_to_document (self, deadline);

    json_object_set_string_member (object, "case", deadline->case_id);
    json_object_set_array_member (object, "reminders", list_alarms (self, deadline->rule));
    json_array_add_object_element (array, object);
  }
  return wb_ical_format_list (&of, error);
}

static char *
count (gint64 number, const char *one, const char *many)
{
  return g_strdup_printf (number == 1 ? one : many, (long long) number);
}

static char *
format_span (gint64 span)
{
  if (span >= 2 * DAY_MS)
    return count (span / DAY_MS, _ ("%lld day"), _ ("%lld days"));
  if (span >= 2 * HOUR_MS)
    return count (span / HOUR_MS, _ ("%lld hour"), _ ("%lld hours"));
  return count (span / MINUTE_MS, _ ("%lld minute"), _ ("%lld minutes"));
}

/**
 * wb_deadline_left:
 * @self: a deadline
 * @now: as of when
 *
 * Returns: (transfer full) (nullable): "30 minutes left", or since when it is over; %NULL where it
 *   neither runs nor is overdue
 */
char *
wb_deadline_left (const WbDeadline *self, WbInstant now)
{
  g_autofree char *span = NULL;

  if (!wb_clock_has_end (self->clock) ||
      (self->state != WB_CLOCK_RUNNING && self->state != WB_CLOCK_OVERDUE))
    return NULL;
  span = format_span (ABS (self->clock->end - now));
  if (now < self->clock->end)
    return g_strdup_printf (_ ("%s left"), span);
  return g_strdup_printf (_ ("%s over the end"), span);
}
