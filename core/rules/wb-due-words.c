/* SPDX-License-Identifier: EUPL-1.2 */

/* Tells a sum in words, Dutch or English. The phrases stand in resources/rules/words.tsv. */
#include "wb-due-words-private.h"

#include <string.h>

#include "wb-format.h"

#define SEPARATOR "; "

typedef struct {
  const WbDue *due;
  const WbZone *zone;
  const WbWords *words;
  WbLanguage language;
  GString *text;
  GPtrArray *days_off; /* said with the step that follows them */
  GPtrArray *cites;
} Teller;

typedef struct {
  const char *name, *value;
} Slot;

/**
 * wb_rules_words:
 *
 * Returns: (transfer none) (nullable): the phrases; %NULL where the program's own data is broken
 */
const WbWords *
wb_rules_words (void)
{
  static WbWords *shared;

  if (g_atomic_pointer_get (&shared) == NULL) {
    g_autoptr (WbWords) loaded = wb_words_load ("rules/words.tsv", NULL);

    if (loaded != NULL && g_atomic_pointer_compare_and_exchange (&shared, NULL, loaded))
      loaded = NULL;
  }
  return g_atomic_pointer_get (&shared);
}

/**
 * wb_unit_to_words:
 * @unit: a unit of periods
 * @number: how many
 * @language: of the words
 *
 * Returns: (transfer full): "5 years"
 */
char *
wb_unit_to_words (WbUnit unit, int number, WbLanguage language)
{
  const WbWords *words = wb_rules_words ();
  g_autofree char *key =
      g_strdup_printf ("unit.%s.%s", wb_unit_to_text (unit), number == 1 ? "one" : "many");

  return g_strdup_printf ("%d %s",
                          number,
                          words != NULL ? wb_words_get (words, language, key)
                                        : wb_unit_to_text (unit));
}

static const char *
get_word (const Teller *self, const char *key)
{
  return wb_words_get (self->words, self->language, key);
}

/* Puts values in the place of {name}; the list ends with a slot without name. */
static char *
fill (const char *phrase, const Slot *slots)
{
  g_autoptr (GString) text = g_string_new (phrase);

  for (; slots->name != NULL; slots++) {
    g_autofree char *place = g_strdup_printf ("{%s}", slots->name);

    g_string_replace (text, place, slots->value, 0);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
say (Teller *self, const char *part)
{
  if (part[0] == '\0')
    return;
  if (self->text->len > 0)
    g_string_append (self->text, SEPARATOR);
  g_string_append (self->text, part);
}

static char *
format_date (const Teller *self, WbDate date)
{
  return wb_format_date (date, self->language);
}

/* "Fri 25 Dec": within a sum the year is clear. */
static char *
format_day (const Teller *self, WbDate date)
{
  g_autofree char *year = g_strdup_printf (" %d", date.year);
  char *text = format_date (self, date);

  if (g_str_has_suffix (text, year))
    text[strlen (text) - strlen (year)] = '\0';
  return text;
}

static char *
format_time (const Teller *self, WbInstant instant)
{
  WbLocal local = wb_zone_to_local (self->zone, instant);

  return g_strdup_printf ("%02d:%02d", local.hour, local.minute);
}

static char *
format_units (const Teller *self, WbUnit unit, int number)
{
  return wb_unit_to_words (unit, number, self->language);
}

/* "6 weeks + 4 weeks" where it was extended. */
static char *
format_length (const Teller *self)
{
  const WbPeriod *period = &self->due->period;
  int length = ABS (period->length);
  g_autofree char *base = NULL;
  g_autofree char *more = NULL;

  if (period->base == 0 || period->base == length)
    return format_units (self, period->unit, length);
  base = format_units (self, period->unit, period->base);
  more = format_units (self, period->unit, length - period->base);
  return g_strdup_printf ("%s + %s", base, more);
}

/* "14 days", or for hours "1:02:03" to the second. */
static char *
format_suspended (const Teller *self)
{
  const WbPeriod *period = &self->due->period;
  gint64 seconds = period->moved_ms / 1000;

  if (period->unit != WB_UNIT_HOUR)
    return format_units (self, WB_UNIT_DAY, period->moved_days);
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d",
                          seconds / 3600,
                          (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

/* "Fri 25 Dec (Christmas Day)" */
static char *
format_day_off (const Teller *self, const WbDueStep *step)
{
  g_autofree char *day = format_day (self, step->date);
  const char *name = step->named[self->language];

  return g_strdup_printf ("%s (%s)", day, name != NULL ? name : get_word (self, "weekend"));
}

/* What was gathered, as one list; forgets it. */
static char *
take_days_off (Teller *self)
{
  char *list;

  g_ptr_array_add (self->days_off, NULL);
  list = g_strjoinv (", ", (char **) self->days_off->pdata);
  g_ptr_array_set_size (self->days_off, 0);
  return list;
}

/* The instant at which counting starts: the full hour, where there is one. */
static WbInstant
find_first_instant (const Teller *self)
{
  for (guint i = 0; i < self->due->steps->len; i++) {
    const WbDueStep *step = self->due->steps->pdata[i];

    if (step->kind == WB_DUE_STEP_FULL_HOUR)
      return step->instant;
  }
  return self->due->start_instant;
}

static char *
format_start (const Teller *self, const char *event, WbInstant instant)
{
  g_autofree char *date = NULL;

  if (self->due->period.unit == WB_UNIT_HOUR)
    date = wb_format_instant (instant, self->zone, self->language);
  else
    date = format_date (self, self->due->start);
  if (event == NULL)
    return g_steal_pointer (&date);
  return g_strdup_printf ("%s %s", get_word (self, event), date);
}

static void
tell_add (Teller *self, const WbDueStep *step, const char *event)
{
  gboolean is_hour = self->due->period.unit == WB_UNIT_HOUR;
  WbInstant first = find_first_instant (self);
  g_autofree char *from =
      format_start (self, first == self->due->start_instant ? event : NULL, first);
  g_autofree char *length = format_length (self);
  g_autofree char *end = is_hour ? wb_format_instant (step->instant, self->zone, self->language)
                                 : format_date (self, step->date);
  g_autofree char *part = fill (
      get_word (self, self->due->period.length > 0 ? "add" : "back"),
      (const Slot[]){ { "from", from }, { "length", length }, { "end", end }, { NULL, NULL } });

  say (self, part);
}

static void
tell_suspended (Teller *self, const WbDueStep *step)
{
  gboolean is_hour = self->due->period.unit == WB_UNIT_HOUR;
  g_autofree char *length = format_suspended (self);
  g_autofree char *end = is_hour ? wb_format_instant (step->instant, self->zone, self->language)
                                 : format_date (self, step->date);
  g_autofree char *part =
      fill (get_word (self, step->words),
            (const Slot[]){ { "length", length }, { "end", end }, { NULL, NULL } });

  say (self, part);
}

static void
tell_full_hour (Teller *self, const WbDueStep *step, const char *event)
{
  g_autofree char *start = format_start (self, event, self->due->start_instant);
  g_autofree char *time = format_time (self, step->instant);
  g_autofree char *part =
      fill (get_word (self, step->words), (const Slot[]){ { "time", time }, { NULL, NULL } });

  say (self, start);
  say (self, part);
}

static void
tell_skipped (Teller *self)
{
  g_autofree char *days = NULL;
  g_autofree char *part = NULL;

  if (self->days_off->len == 0) {
    say (self, get_word (self, "skip.weekend"));
    return;
  }
  days = take_days_off (self);
  part = fill (get_word (self, "skip"), (const Slot[]){ { "days", days }, { NULL, NULL } });
  say (self, part);
}

static void
tell_moved (Teller *self, const WbDueStep *step)
{
  g_autofree char *days = take_days_off (self);
  g_autofree char *off =
      fill (get_word (self, "off"), (const Slot[]){ { "days", days }, { NULL, NULL } });
  g_autofree char *date = format_date (self, step->date);
  g_autofree char *number = g_strdup_printf ("%d", step->number);
  g_autofree char *part = fill (
      get_word (self, step->words),
      (const Slot[]){ { "off", off }, { "date", date }, { "number", number }, { NULL, NULL } });

  say (self, part);
}

/* Phrases that take only the values of their own step. */
static void
tell_plain (Teller *self, const WbDueStep *step)
{
  g_autofree char *date = format_date (self, step->date);
  g_autofree char *day = step->kind == WB_DUE_STEP_CLAMP ? g_strdup_printf ("%d", step->number)
                                                         : format_day_off (self, step);
  g_autofree char *minutes = g_strdup_printf ("%d", step->number);
  /* From the first complete day on it is complete: what misses is before that year. */
  g_autofree char *year = g_strdup_printf ("%d", step->date.year);
  g_autofree char *part =
      fill (get_word (self, step->words),
            (const Slot[]){ { "date", date },
                            { "day", day },
                            { "month", wb_format_month (step->date.month, self->language) },
                            { "minutes", minutes },
                            { "year", year },
                            { NULL, NULL } });

  say (self, part);
}

static void
tell_step (Teller *self, const WbDueStep *step, const char *event)
{
  const char *cite = step->cite != NULL ? get_word (self, step->cite) : NULL;

  if (cite != NULL && !g_ptr_array_find (self->cites, cite, NULL))
    g_ptr_array_add (self->cites, (char *) cite);
  switch (step->kind) {
  case WB_DUE_STEP_ADD:
    tell_add (self, step, event);
    break;
  case WB_DUE_STEP_SUSPENDED:
    tell_suspended (self, step);
    break;
  case WB_DUE_STEP_FULL_HOUR:
    tell_full_hour (self, step, event);
    break;
  case WB_DUE_STEP_NOT_WORKING:
    g_ptr_array_add (self->days_off, format_day_off (self, step));
    break;
  case WB_DUE_STEP_TWO_DAYS:
  case WB_DUE_STEP_ROLL:
    tell_moved (self, step);
    break;
  case WB_DUE_STEP_CLAMP:
  case WB_DUE_STEP_CLOCK_CHANGE:
  case WB_DUE_STEP_STAYS:
  case WB_DUE_STEP_SAFE_DAY:
  case WB_DUE_STEP_INCOMPLETE:
  default:
    tell_plain (self, step);
    break;
  }
}

/* Whether the step that comes next is no day left out, so that those gathered must be said. */
static gboolean
ends_skipping (const Teller *self, guint next)
{
  const WbDueStep *step;

  if (self->due->period.unit != WB_UNIT_WORKING_DAY)
    return FALSE;
  if (next >= self->due->steps->len)
    return TRUE;
  step = self->due->steps->pdata[next];
  return step->kind != WB_DUE_STEP_NOT_WORKING;
}

static void
tell_steps (Teller *self, const char *event)
{
  gboolean skipping = TRUE;

  for (guint i = 0; i < self->due->steps->len; i++) {
    tell_step (self, self->due->steps->pdata[i], event);
    if (skipping && ends_skipping (self, i + 1)) {
      tell_skipped (self);
      skipping = FALSE;
    }
  }
}

static void
tell_basis (Teller *self, const char *basis)
{
  g_autoptr (GString) list = g_string_new (basis);

  for (guint i = 0; i < self->cites->len; i++) {
    if (list->len > 0)
      g_string_append (list, ", ");
    g_string_append (list, self->cites->pdata[i]);
  }
  say (self, list->str);
}

/**
 * wb_due_explain_event:
 * @self: a sum
 * @zone: local time of the body
 * @event: (nullable): code of the event that it starts from, such as "ev.intake.received"
 * @basis: (nullable): the article that gives the length
 * @language: of the words
 *
 * Returns: (transfer full): the sum in words: what was added to what, which days are no working
 *   days, what moves or why nothing does, and the articles
 */
char *
wb_due_explain_event (const WbDue *self,
                      const WbZone *zone,
                      const char *event,
                      const char *basis,
                      WbLanguage language)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) days_off = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cites = g_ptr_array_new ();
  Teller teller = { self, zone, wb_rules_words (), language, text, days_off, cites };

  if (teller.words == NULL)
    return wb_due_format (self, zone);
  tell_steps (&teller, event);
  tell_basis (&teller, basis);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_due_explain:
 * @self: a sum
 * @zone: local time of the body
 * @basis: (nullable): the article that gives the length
 * @language: of the words
 *
 * Returns: (transfer full): the sum in words
 */
char *
wb_due_explain (const WbDue *self, const WbZone *zone, const char *basis, WbLanguage language)
{
  return wb_due_explain_event (self, zone, NULL, basis, language);
}
