/* SPDX-License-Identifier: EUPL-1.2 */

/* What must be said beside a clock: that an extension did not count and why, that its start is
 * disputed, or that it lies in the future. */
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
    break;
  }
  note_start (&teller);
  return teller.notes;
}
