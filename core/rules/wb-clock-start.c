/* SPDX-License-Identifier: EUPL-1.2 */

/* Which clocks the fields of a record start. */
#include "wb-clock-private.h"

#include <string.h>

#include "wb-error.h"

#define RECURRENCES_MAX 1000 /* 3 months each: 250 years */

/* From the first to the last that a start can have been. */
typedef struct {
  WbDate first, last;
  WbInstant first_at, last_at; /* for hours; WB_INSTANT_NONE where only days are known */
} Start;

static gboolean
is_touched (const WbTrigger *trigger, const char *const *changed)
{
  if (changed == NULL)
    return TRUE;
  for (guint i = 0; i < trigger->touched->len; i++)
    if (g_strv_contains (changed, trigger->touched->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
start_from_instant (Start *start, const WbZone *zone, WbInstant instant)
{
  start->first = start->last = wb_zone_to_local (zone, instant).date;
  start->first_at = start->last_at = instant;
}

/* A minute is precise enough; what is coarser makes a range. */
static void
start_from_moment (Start *start, const WbMoment *moment)
{
  gboolean is_sharp = moment->precision >= WB_PRECISION_MINUTE && !moment->about;

  start->first = moment->earliest_date;
  start->last = moment->latest_date;
  start->first_at = moment->earliest;
  start->last_at = is_sharp ? moment->earliest : moment->latest;
}

/* The last of the trigger's fields; FALSE where one of them is not known. */
static gboolean
find_moment (const WbTrigger *trigger, const WbFacts *facts, Start *start)
{
  WbInstant latest = WB_INSTANT_NONE;

  for (guint i = 0; i < trigger->fields->len; i++) {
    g_autoptr (WbMoment) moment =
        wb_facts_get_moment (facts->record, trigger->fields->pdata[i], facts->zone);

    if (moment == NULL)
      return FALSE;
    if (latest != WB_INSTANT_NONE && moment->earliest <= latest)
      continue;
    latest = moment->earliest;
    start_from_moment (start, moment);
  }
  return trigger->fields->len > 0;
}

/* The day on which the period of another rule ends. */
static gboolean
move_after (const WbTrigger *trigger, const WbFacts *facts, Start *start, GError **error)
{
  g_autoptr (WbDue) first = NULL;
  g_autoptr (WbDue) last = NULL;
  const WbPeriod *period = &trigger->after->period;

  first =
      wb_due_compute (facts->calendar, facts->zone, period, start->first, start->first_at, error);
  if (first == NULL)
    return FALSE;
  last = wb_due_compute (facts->calendar, facts->zone, period, start->last, start->last_at, error);
  if (last == NULL)
    return FALSE;
  *start = (Start){ first->due, last->due, WB_INSTANT_NONE, WB_INSTANT_NONE };
  return TRUE;
}

/* Days count by the local date alone. */
static void
drop_times (const WbTrigger *trigger, Start *start)
{
  if (trigger->rule->has_period && trigger->rule->period.unit == WB_UNIT_HOUR)
    return;
  start->first_at = start->last_at = WB_INSTANT_NONE;
}

/* FALSE without *error where nothing starts. */
static gboolean
find_start (const WbTrigger *trigger,
            const WbFacts *facts,
            WbInstant recorded,
            Start *start,
            GError **error)
{
  if (trigger->recorded)
    start_from_instant (start, facts->zone, recorded);
  else if (!find_moment (trigger, facts, start))
    return FALSE;
  if (trigger->after != NULL && !move_after (trigger, facts, start, error))
    return FALSE;
  drop_times (trigger, start);
  return TRUE;
}

static char *
format_start (const WbFacts *facts, WbDate date, WbInstant instant)
{
  return instant != WB_INSTANT_NONE ? wb_zone_format (facts->zone, instant) : wb_date_format (date);
}

static WbDue *
compute (const WbFacts *facts,
         const WbPeriod *period,
         WbRegime regime,
         WbDate date,
         WbInstant instant,
         GError **error)
{
  WbPeriod read = *period;

  read.regime = regime;
  return wb_due_compute (facts->calendar, facts->zone, &read, date, instant, error);
}

/* The due date that comes next after the latest time that it was done: one done in the second half
 * of an interval, or in the first interval, counts for that interval's end. Always a multiple of
 * the interval from the first start, so that dates do not drift. */
static gboolean
find_recurrence (const WbTrigger *trigger,
                 const WbFacts *facts,
                 const Start *start,
                 WbClock *clock,
                 GError **error)
{
  g_autoptr (WbMoment) done = wb_facts_get_moment (facts->record, trigger->recurs, facts->zone);
  WbPeriod period = trigger->rule->period;
  WbInstant before = wb_zone_start_of_day (facts->zone, start->first);

  for (int i = 1; done != NULL && i < RECURRENCES_MAX; i++) {
    g_autoptr (WbDue) due = NULL;

    period.length = i * trigger->rule->period.length;
    due = compute (facts, &period, period.regime, start->first, start->first_at, error);
    if (due == NULL)
      return FALSE;
    if (done->earliest < due->end) {
      gboolean counts = i == 1 || done->earliest >= before + (due->end - before) / 2;

      clock->period.length = (i + (counts ? 1 : 0)) * trigger->rule->period.length;
      clock->after = done->earliest;
      return TRUE;
    }
    before = due->end;
  }
  return TRUE;
}

static void
take_latest (WbClock *clock, const WbDue *due, const WbZone *zone)
{
  if (clock->latest != NULL && due->end <= clock->latest_end)
    return;
  g_free (clock->latest);
  clock->latest = wb_due_format (due, zone);
  clock->latest_end = due->end;
}

/* The lenient reading, and both from the latest start. */
static gboolean
set_latest (WbClock *clock, const WbFacts *facts, const Start *start, GError **error)
{
  WbRegime lenient = clock->has_lenient ? clock->lenient : clock->period.regime;
  g_autoptr (WbDue) strict_last = NULL;
  g_autoptr (WbDue) lenient_first = NULL;
  g_autoptr (WbDue) lenient_last = NULL;

  strict_last =
      compute (facts, &clock->period, clock->period.regime, start->last, start->last_at, error);
  if (strict_last == NULL)
    return FALSE;
  clock->uncertain_start = strict_last->end != clock->end;
  clock->latest_end = clock->end;
  if (clock->uncertain_start) {
    clock->start_latest = format_start (facts, start->last, start->last_at);
    take_latest (clock, strict_last, facts->zone);
  }
  if (!clock->has_lenient)
    return TRUE;
  lenient_first = compute (facts, &clock->period, lenient, start->first, start->first_at, error);
  if (lenient_first == NULL)
    return FALSE;
  lenient_last = compute (facts, &clock->period, lenient, start->last, start->last_at, error);
  if (lenient_last == NULL)
    return FALSE;
  take_latest (clock, lenient_first, facts->zone);
  take_latest (clock, lenient_last, facts->zone);
  return TRUE;
}

static gboolean
set_ends (WbClock *clock,
          const WbTrigger *trigger,
          const WbFacts *facts,
          const Start *start,
          GError **error)
{
  g_autoptr (WbDue) due = NULL;

  clock->period = trigger->rule->period;
  clock->has_lenient = trigger->has_lenient;
  clock->lenient = trigger->lenient;
  if (trigger->recurs != NULL && !find_recurrence (trigger, facts, start, clock, error))
    return FALSE;
  due = compute (facts, &clock->period, clock->period.regime, start->first, start->first_at, error);
  if (due == NULL)
    return FALSE;
  clock->due = wb_due_format (due, facts->zone);
  clock->end = due->end;
  return set_latest (clock, facts, start, error);
}

static WbClock *
new_clock (const WbTrigger *trigger,
           const WbFacts *facts,
           const Start *start,
           const char *record_id,
           GError **error)
{
  g_autoptr (WbClock) self = g_new0 (WbClock, 1);

  self->rule = g_strdup (trigger->rule->code);
  self->version = g_strdup (wb_rules_get_version (facts->rules));
  self->family = g_strdup (trigger->family);
  self->record_id = g_strdup (record_id);
  self->event = g_strdup (trigger->rule->start_event);
  self->start = format_start (facts, start->first, start->first_at);
  self->is_open = !trigger->rule->has_period;
  self->once = trigger->once;
  self->end = self->latest_end = self->after = WB_INSTANT_NONE;
  if (!self->is_open && !set_ends (self, trigger, facts, start, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The facts, seen from a start. */
static WbFacts
facts_at (const WbFacts *facts, const Start *start)
{
  WbFacts at = *facts;

  at.has_start = TRUE;
  at.start = start->first;
  at.start_instant = start->first_at;
  return at;
}

/**
 * wb_trigger_find_start:
 * @self: a trigger that does not start from the time of recording
 * @facts: what is known of the record
 *
 * Returns: (transfer full) (nullable): the start as a clock keeps it; %NULL where there is none
 */
char *
wb_trigger_find_start (const WbTrigger *self, const WbFacts *facts)
{
  Start start;

  if (!find_start (self, facts, WB_INSTANT_NONE, &start, NULL))
    return NULL;
  return format_start (facts, start.first, start.first_at);
}

/**
 * wb_trigger_start:
 * @self: a trigger
 * @facts: what is known of the record
 * @record_id: its UUID
 * @recorded: when the act was recorded
 * @ret_clock: (out) (transfer full) (nullable): the clock; %NULL where none starts
 * @error: return location for an error
 *
 * Returns: %FALSE with the errors of wb_due_compute()
 */
gboolean
wb_trigger_start (const WbTrigger *self,
                  const WbFacts *facts,
                  const char *record_id,
                  WbInstant recorded,
                  WbClock **ret_clock,
                  GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (WbClock) clock = NULL;
  Start start;
  WbFacts at;

  if (!find_start (self, facts, recorded, &start, &inner)) {
    if (inner != NULL) {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
    *ret_clock = NULL;
    return TRUE;
  }
  at = facts_at (facts, &start);
  if (wb_condition_ask (self->when, &at) == WB_ANSWER_YES) {
    clock = new_clock (self, &at, &start, record_id, error);
    if (clock == NULL)
      return FALSE;
  }
  *ret_clock = g_steal_pointer (&clock);
  return TRUE;
}

/**
 * wb_rules_start:
 * @self: the rules
 * @calendar: days off
 * @zone: local time of the body
 * @profile: (nullable): the body's profile
 * @type: type of the record
 * @record_id: its UUID
 * @record: all its present fields
 * @changed: (nullable) (array zero-terminated=1): fields that this act set; %NULL: all of them
 * @of_case: (nullable): fields of its case
 * @recorded: when the act was recorded
 * @error: return location for an error
 *
 * Finds the clocks that an act starts. A clock starts again whenever a field that its start or its
 * conditions look at is touched: wb_clock_relate() tells whether that is news. Dates that are
 * known to the month or worse count from the earliest day they can have been.
 *
 * Returns: (transfer full) (element-type WbClock): the clocks; %NULL with %WB_ERROR_INVALID where
 *   a date lies outside the years 1900 to 2100
 */
GPtrArray *
wb_rules_start (const WbRules *self,
                const WbCalendar *calendar,
                const WbZone *zone,
                const char *profile,
                const char *type,
                const char *record_id,
                JsonObject *record,
                const char *const *changed,
                JsonObject *of_case,
                WbInstant recorded,
                GError **error)
{
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_clock_free);
  const WbFacts facts = { .rules = self,
                          .calendar = calendar,
                          .zone = zone,
                          .profile = profile,
                          .record = record,
                          .of_case = wb_facts_pick_case (type, record, of_case) };

  for (guint i = 0; self->triggers != NULL && i < self->triggers->list->len; i++) {
    const WbTrigger *trigger = self->triggers->list->pdata[i];
    WbClock *clock = NULL;

    if (strcmp (trigger->type, type) != 0 || !is_touched (trigger, changed))
      continue;
    if (!wb_trigger_start (trigger, &facts, record_id, recorded, &clock, error))
      return NULL;
    if (clock != NULL)
      g_ptr_array_add (clocks, clock);
  }
  return g_steal_pointer (&clocks);
}
