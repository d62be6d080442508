/* SPDX-License-Identifier: EUPL-1.2 */

/* Tells how a clock came to its end: the sum of each reading, what suspended it, and who says what
 * of its start. */
#include <string.h>

#include "wb-clock-private.h"
#include "wb-due-words-private.h"
#include "wb-error.h"

typedef struct {
  const WbClockContext *context;
  const WbClock *clock;
  const char *basis;
  WbLanguage language;
  const WbWords *words;
  GString *text;
} Teller;

static const char *
get_word (const Teller *self, const char *key)
{
  return wb_words_get (self->words, self->language, key);
}

static void
add_line (Teller *self, const char *line)
{
  if (self->text->len > 0)
    g_string_append_c (self->text, '\n');
  g_string_append (self->text, line);
}

/* A start or a day as a clock keeps it, as a person reads it. */
static char *
format_kept (const Teller *self, const char *kept)
{
  WbDate date;
  WbInstant instant;

  if (!wb_due_parse_start (kept, self->context->zone, &date, &instant, NULL))
    return g_strdup (kept);
  return instant != WB_INSTANT_NONE
             ? wb_format_instant (instant, self->context->zone, self->language)
             : wb_format_date (date, self->language);
}

static char *
fill (const Teller *self, const char *key, const char *from, const char *until)
{
  g_autoptr (GString) text = g_string_new (get_word (self, key));
  g_autofree char *first = from != NULL ? format_kept (self, from) : NULL;
  g_autofree char *last = until != NULL ? format_kept (self, until) : NULL;

  if (first != NULL)
    g_string_replace (text, "{from}", first, 0);
  if (last != NULL)
    g_string_replace (text, "{until}", last, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "received Fri 13 Nov: the law gives no length", and the same for what has no sum. */
static void
tell_plain (Teller *self, const char *key, const char *until)
{
  const WbClock *clock = self->clock;
  g_autofree char *date = format_kept (self, clock->start);
  g_autofree char *from = g_strdup_printf ("%s %s", get_word (self, clock->event), date);
  g_autoptr (GString) text = g_string_new (get_word (self, key));

  if (until != NULL) {
    g_autofree char *last = format_kept (self, until);

    g_string_replace (text, "{until}", last, 0);
  }
  g_string_replace (text, "{from}", from, 0);
  if (self->basis != NULL)
    g_string_append_printf (text, "; %s", self->basis);
  add_line (self, text->str);
}

/* "label: sum", a line of its own. The sum as it is now, where days off have changed since. */
static gboolean
tell_sum (Teller *self,
          const char *start,
          gboolean lenient,
          const char *label,
          const char *kept,
          GError **error)
{
  g_autoptr (WbDue) due = wb_clock_compute_from (self->context, self->clock, start, lenient, error);
  g_autofree char *sum = NULL;
  g_autofree char *line = NULL;
  g_autofree char *now = NULL;

  if (due == NULL)
    return FALSE;
  sum = wb_due_explain_event (due,
                              self->context->zone,
                              self->clock->event,
                              self->basis,
                              self->language);
  line = label != NULL ? g_strdup_printf ("%s: %s", get_word (self, label), sum)
                       : g_steal_pointer (&sum);
  add_line (self, line);
  now = wb_due_format (due, self->context->zone);
  if (kept != NULL && strcmp (now, kept) != 0) {
    g_autofree char *then = fill (self, "calendar.changed", NULL, kept);

    add_line (self, then);
  }
  return TRUE;
}

static gboolean
tell_sums (Teller *self, GError **error)
{
  const WbClock *clock = self->clock;
  gboolean two = clock->has_lenient && clock->latest_end != clock->end;
  const char *first = clock->uncertain_start ? "uncertain"
                      : two                  ? "readings"
                      : clock->has_lenient   ? "readings.both"
                                             : NULL;

  if (!tell_sum (self, clock->start, FALSE, first, clock->due, error))
    return FALSE;
  if (clock->uncertain_start && clock->start_latest != NULL)
    return tell_sum (self, clock->start_latest, TRUE, "uncertain.late", clock->latest, error);
  return clock->uncertain_start || !two ||
         tell_sum (self, clock->start, TRUE, "readings.late", clock->latest, error);
}

static void
tell_pauses (Teller *self)
{
  GPtrArray *pauses = self->clock->pauses;

  for (guint i = 0; pauses != NULL && i < pauses->len; i++) {
    const WbClockPause *pause = pauses->pdata[i];
    g_autofree char *line =
        fill (self, pause->until != NULL ? "paused.until" : "paused", pause->from, pause->until);

    add_line (self, line);
  }
}

/* "according to the authority: Fri 17 Jul 2026" */
static void
tell_said (Teller *self)
{
  GPtrArray *list = self->clock->said;

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbClockSaid *said = list->pdata[i];
    g_autofree char *key =
        g_strdup_printf ("said.%s", said->party != NULL ? said->party : "versionparty.other");
    g_autofree char *date = format_kept (self, said->start);
    g_autofree char *latest =
        said->start_latest != NULL ? format_kept (self, said->start_latest) : NULL;
    g_autofree char *line = g_strdup_printf ("%s: %s %s%s%s",
                                             get_word (self, key),
                                             get_word (self, self->clock->event),
                                             date,
                                             latest != NULL ? " – " : "",
                                             latest != NULL ? latest : "");

    add_line (self, line);
  }
}

/**
 * wb_clock_explain:
 * @context: rules, calendar and local time of the body
 * @clock: a clock
 * @language: of the words
 * @error: return location for an error
 *
 * Tells the sum in words; where there are two readings, or the start is uncertain, one line each,
 * then who says what of the start, and what suspended it.
 *
 * Returns: (transfer full): the words; %NULL with the errors of wb_due_compute()
 */
char *
wb_clock_explain (const WbClockContext *context,
                  const WbClock *clock,
                  WbLanguage language,
                  GError **error)
{
  const WbRule *rule = wb_rules_find (context->rules, clock->rule);
  g_autoptr (GString) text = g_string_new (NULL);
  Teller teller = {
    context,           clock, rule != NULL ? wb_rule_get_basis (rule, language) : NULL, language,
    wb_rules_words (), text
  };

  if (teller.words == NULL)
    return g_strdup (clock->start);
  if (clock->awaits_date)
    tell_plain (&teller, "awaits", NULL);
  else if (clock->is_open)
    tell_plain (&teller, "open", NULL);
  else if (clock->is_paused)
    tell_plain (&teller, "stands", NULL);
  else if (clock->by_hand)
    tell_plain (&teller, "by_hand", clock->due);
  else if (!tell_sums (&teller, error))
    return NULL;
  tell_said (&teller);
  tell_pauses (&teller);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
