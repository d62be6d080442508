/* SPDX-License-Identifier: EUPL-1.2 */

/* What must be said beside a clock: that an extension did not count and why, that its start is
 * disputed or lies in the future, or that what it asks for stays unanswered. */
#include <string.h>

#include "wb-clock-private.h"
#include "wb-due-words-private.h"

#define FUTURE_MS (5 * 60 * G_GINT64_CONSTANT (1000)) /* clocks of computers differ by less */

typedef struct {
  const WbClock *clock;
  WbFacts facts;
  WbInstant now;
  WbLanguage language;
  const WbWords *words;
  GPtrArray *notes;
} Teller;

static char *
format_instant (const Teller *self, WbInstant instant)
{
  return wb_format_date (wb_zone_to_local (self->facts.zone, instant).date, self->language);
}

/* A phrase with one date. */
static void
add_phrase (Teller *self, const char *key, const char *from)
{
  g_autoptr (GString) text = g_string_new (wb_words_get (self->words, self->language, key));

  if (from != NULL)
    g_string_replace (text, "{from}", from, 0);
  g_ptr_array_add (self->notes, g_string_free (g_steal_pointer (&text), FALSE));
}

/* {field} of a note stands for the date that the field holds. */
static void
add_note (Teller *self, const char *phrase)
{
  g_autoptr (GString) text = g_string_new (phrase);
  const char *open = strchr (phrase, '{');

  for (; open != NULL && strchr (open, '}') != NULL; open = strchr (open + 1, '{')) {
    g_autofree char *name = g_strndup (open + 1, (gsize) (strchr (open, '}') - open - 1));
    g_autofree char *place = g_strdup_printf ("{%s}", name);
    g_autoptr (WbMoment) moment = wb_facts_get_moment (self->facts.record, name, self->facts.zone);
    g_autofree char *date =
        moment != NULL ? wb_format_date (moment->earliest_date, self->language) : NULL;

    g_string_replace (text, place, date != NULL ? date : "?", 0);
  }
  g_ptr_array_add (self->notes, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
note_trigger (Teller *self, const WbTrigger *trigger)
{
  for (guint i = 0; i < trigger->notes->len; i++) {
    const WbTriggerNote *note = trigger->notes->pdata[i];

    if (wb_condition_ask (note->when, &self->facts) == WB_ANSWER_YES)
      add_note (self, note->text[self->language]);
  }
}

/* Extensions that were recorded and do not count: those that count have lengthened the period. */
static void
note_extensions (Teller *self, const WbTrigger *trigger)
{
  g_autoptr (GPtrArray) acts = wb_clock_acts (&self->facts, trigger, "clockact.extend");
  WbPeriod period = self->clock->period;
  guint times = 0;

  if (self->clock->is_open || self->clock->by_hand)
    return;
  if (period.base != 0)
    period.length = period.base;
  for (guint i = 0; i < acts->len; i++) {
    const WbNeighbour *act = acts->pdata[i];
    g_autoptr (WbDue) due = wb_due_compute (self->facts.calendar,
                                            self->facts.zone,
                                            &period,
                                            self->facts.start,
                                            self->facts.start_instant,
                                            NULL);
    g_autofree char *from = NULL;

    if (due == NULL || wb_clock_act_extends (act,
                                             self->facts.rules,
                                             trigger->rule,
                                             times++,
                                             due->end,
                                             &period.length))
      continue;
    times--;
    from = format_instant (self, act->created);
    add_phrase (self, "note.extension", from);
  }
}

/* The last day, not after now, that the sources give; FALSE where there is none. */
static gboolean
find_last (const Teller *self, GPtrArray *sources, WbDate *ret_date)
{
  gboolean found = FALSE;

  for (guint i = 0; i < sources->len; i++) {
    g_autoptr (GPtrArray) moments = wb_trigger_source_list (sources->pdata[i], &self->facts);

    for (guint j = 0; j < moments->len; j++) {
      const WbMoment *moment = moments->pdata[j];

      if (moment->earliest > self->now ||
          (found && wb_date_compare (moment->earliest_date, *ret_date) <= 0))
        continue;
      *ret_date = moment->earliest_date;
      found = TRUE;
    }
  }
  return found;
}

/* The first question since the last answer, on whose own day none came. */
static gboolean
find_unanswered (const Teller *self, const WbTrigger *trigger, WbDate *ret_date)
{
  g_autoptr (GPtrArray) moments = wb_trigger_source_list (trigger->recurs, &self->facts);
  WbDate answer;
  gboolean answered = find_last (self, trigger->answered_by, &answer);
  gboolean found = FALSE;

  for (guint i = 0; i < moments->len; i++) {
    const WbMoment *moment = moments->pdata[i];

    if (moment->earliest > self->now ||
        (answered && wb_date_compare (moment->earliest_date, answer) <= 0) ||
        (found && wb_date_compare (moment->earliest_date, *ret_date) >= 0))
      continue;
    *ret_date = moment->earliest_date;
    found = TRUE;
  }
  return found;
}

/* A question waits for an answer as long as it takes to ask again; after that it stands still. */
static gboolean
stands_still (const Teller *self, const WbTrigger *trigger, WbDate *ret_asked)
{
  WbPeriod period = self->clock->period;
  g_autoptr (WbDue) due = NULL;
  WbDate asked, ended;

  if (trigger->recurs == NULL || trigger->answered_by->len == 0 || self->clock->every <= 0 ||
      find_last (self, trigger->cancelled_by, &ended) || !find_unanswered (self, trigger, &asked))
    return FALSE;
  period.length = self->clock->every;
  due = wb_due_compute (self->facts.calendar,
                        self->facts.zone,
                        &period,
                        asked,
                        WB_INSTANT_NONE,
                        NULL);
  if (due == NULL || self->now < due->end)
    return FALSE;
  *ret_asked = asked;
  return TRUE;
}

static void
note_stagnation (Teller *self, const WbTrigger *trigger)
{
  g_autofree char *date = NULL;
  WbDate asked;

  if (!stands_still (self, trigger, &asked))
    return;
  date = wb_format_date (asked, self->language);
  add_phrase (self, "note.stagnant", date);
}

static void
note_start (Teller *self)
{
  if (self->clock->said != NULL)
    add_phrase (self, "note.versions", NULL);
  if (self->facts.has_start) {
    WbInstant start = self->facts.start_instant != WB_INSTANT_NONE
                          ? self->facts.start_instant
                          : wb_zone_start_of_day (self->facts.zone, self->facts.start);
    g_autofree char *date = wb_format_date (self->facts.start, self->language);

    if (start > self->now + FUTURE_MS)
      add_phrase (self, "note.future", date);
  }
}

/**
 * wb_rules_list_notes:
 * @context: rules, calendar and settings of the body
 * @clock: a clock
 * @subject: its record, with what belongs to it
 * @now: as of when
 * @language: of the words
 *
 * Returns: (transfer full) (element-type utf8): sentences that must stand beside the clock
 */
GPtrArray *
wb_rules_list_notes (const WbClockContext *context,
                     const WbClock *clock,
                     const WbClockSubject *subject,
                     WbInstant now,
                     WbLanguage language)
{
  GPtrArray *triggers = wb_triggers_of_rule (context->rules->triggers, clock->rule);
  Teller teller = { .clock = clock,
                    .facts = wb_facts_new (context, subject, now),
                    .now = now,
                    .language = language,
                    .words = wb_rules_words (),
                    .notes = g_ptr_array_new_with_free_func (g_free) };

  teller.facts.has_start = wb_due_parse_start (clock->start,
                                               context->zone,
                                               &teller.facts.start,
                                               &teller.facts.start_instant,
                                               NULL);
  if (teller.words == NULL || subject->record == NULL || !teller.facts.has_start)
    return teller.notes;
  for (guint i = 0; triggers != NULL && i < triggers->len; i++) {
    const WbTrigger *trigger = triggers->pdata[i];

    if (strcmp (trigger->type, subject->type) != 0)
      continue;
    note_trigger (&teller, trigger);
    note_extensions (&teller, trigger);
    note_stagnation (&teller, trigger);
    break;
  }
  note_start (&teller);
  return teller.notes;
}

/**
 * wb_rules_find_stagnation:
 * @context: rules, calendar and settings of the body
 * @clock: a clock
 * @subject: its record, with what belongs to it
 * @now: as of when
 * @ret_asked: (out): day of the first question without an answer
 *
 * Returns: whether it was asked, and not answered within the time after which it is asked again
 */
gboolean
wb_rules_find_stagnation (const WbClockContext *context,
                          const WbClock *clock,
                          const WbClockSubject *subject,
                          WbInstant now,
                          WbDate *ret_asked)
{
  GPtrArray *triggers = wb_triggers_of_rule (context->rules->triggers, clock->rule);
  const Teller teller = { .clock = clock,
                          .facts = wb_facts_new (context, subject, now),
                          .now = now };

  for (guint i = 0; subject->record != NULL && triggers != NULL && i < triggers->len; i++) {
    const WbTrigger *trigger = triggers->pdata[i];

    if (strcmp (trigger->type, subject->type) == 0)
      return stands_still (&teller, trigger, ret_asked);
  }
  return FALSE;
}

/**
 * wb_rules_list_asking:
 * @self: the rules
 *
 * Returns: (transfer full): codes of the rules that ask again and again for an answer
 */
char **
wb_rules_list_asking (const WbRules *self)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->triggers != NULL && i < self->triggers->list->len; i++) {
    const WbTrigger *trigger = self->triggers->list->pdata[i];

    if (trigger->recurs != NULL && trigger->answered_by->len > 0 &&
        !g_ptr_array_find_with_equal_func (codes, trigger->rule->code, g_str_equal, NULL))
      g_ptr_array_add (codes, g_strdup (trigger->rule->code));
  }
  g_ptr_array_add (codes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
}
