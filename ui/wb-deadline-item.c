/* SPDX-License-Identifier: EUPL-1.2 */

/* One deadline, put into words once and never changed after: it may cross threads. */
#include "wb-deadline-item.h"

#include "wb-closures.h"
#include "wb-format.h"

struct _WbDeadlineItem {
  GObject parent_instance;

  WbKind kind;
  WbClockState state;
  WbInstant end;
  char *title;
  char *due;
  char *left;
  char *sum;
  char *note;
  char *words;
  WbClockSpan *span; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbDeadlineItem, wb_deadline_item, G_TYPE_OBJECT)

static void
wb_deadline_item_finalize (GObject *object)
{
  WbDeadlineItem *self = WB_DEADLINE_ITEM (object);

  g_free (self->title);
  g_free (self->due);
  g_free (self->left);
  g_free (self->sum);
  g_free (self->note);
  g_free (self->words);
  wb_clock_span_free (self->span);
  G_OBJECT_CLASS (wb_deadline_item_parent_class)->finalize (object);
}

static void
wb_deadline_item_class_init (WbDeadlineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_deadline_item_finalize;
}

static void
wb_deadline_item_init (WbDeadlineItem *self)
{
}

static char *
words_left (const WbDeadline *deadline,
            const WbClockSpan *span,
            WbKind kind,
            const WbZone *zone,
            WbInstant now)
{
  const WbClock *clock = deadline->clock;

  if (deadline->state != WB_CLOCK_RUNNING && deadline->state != WB_CLOCK_OVERDUE)
    return g_strdup (wb_words_state (kind, deadline->state));
  if (clock->is_open)
    return span != NULL ? wb_words_age (span->from, now, zone) : g_strdup ("");
  return wb_words_until (kind, clock->end, now, zone);
}

static char *
words_due (const WbDeadline *deadline, const WbZone *zone, WbLanguage language)
{
  const WbClock *clock = deadline->clock;
  g_autofree char *day = NULL;
  g_autofree char *latest = NULL;

  if (clock->is_paused)
    return g_strdup (_ ("no date: the period stands still"));
  if (clock->is_open)
    /* Translators: the law gives no length, so there is no date. */
    return g_strdup (_ ("no date: the law gives no length"));
  day = wb_words_last_day (clock->end, zone, language);
  if (clock->latest_end == WB_INSTANT_NONE || clock->latest_end == clock->end)
    return g_steal_pointer (&day);
  latest = wb_words_last_day (clock->latest_end, zone, language);
  /* Translators: two readings of one time limit, two dates. */
  return g_strdup_printf (_ ("%s; other reading %s"), day, latest);
}

static char *
words_note (const WbRule *rule)
{
  g_autofree char *bound = wb_words_bound (rule->bound);
  const char *basis = wb_rule_get_basis (rule, wb_language_current ());

  if (basis == NULL || *basis == '\0')
    return g_strdup_printf ("%s · %s", wb_words_kind (rule->kind), bound);
  return g_strdup_printf ("%s · %s · %s", wb_words_kind (rule->kind), bound, basis);
}

/* A day, or a time where the period counts in hours. */
static char *
words_at (WbInstant at, const WbZone *zone, WbLanguage language)
{
  WbLocal local = wb_zone_to_local (zone, at);

  return local.hour == 0 && local.minute == 0 ? wb_format_date (local.date, language)
                                              : wb_format_instant (at, zone, language);
}

static char *
words_from (const WbClockSpan *span, const WbZone *zone, WbLanguage language)
{
  g_autofree char *first = words_at (span->from, zone, language);
  g_autofree char *last = NULL;

  if (span->from_latest == span->from)
    return g_steal_pointer (&first);
  last = words_at (span->from_latest, zone, language);
  /* Translators: the first and the last day on which a period can have begun. */
  return g_strdup_printf (_ ("%s or %s"), first, last);
}

static void
add_gaps (GString *text, const WbClockSpan *span, const WbZone *zone, WbLanguage language)
{
  for (guint i = 0; i < span->gaps->len; i++) {
    const WbClockGap *gap = &g_array_index (span->gaps, WbClockGap, i);
    g_autofree char *from = words_at (gap->from, zone, language);
    g_autofree char *until =
        gap->until != WB_INSTANT_NONE ? wb_words_last_day (gap->until, zone, language) : NULL;

    if (until != NULL)
      /* Translators: the days on which a period did not run. */
      g_string_append_printf (text, _ (", suspended from %s to %s"), from, until);
    else
      g_string_append_printf (text, _ (", suspended from %s on"), from);
  }
}

/* "Acknowledge receipt: from 1 June to 15 June, 3 days left" */
static char *
make_words (const WbDeadlineItem *self, const WbZone *zone, WbLanguage language)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *from = NULL;

  if (self->span == NULL)
    return g_strdup_printf ("%s: %s, %s", self->title, self->due, self->left);
  from = words_from (self->span, zone, language);
  if (self->span->end != WB_INSTANT_NONE)
    /* Translators: name of a time limit, first day, last day, how long is left. */
    g_string_append_printf (text, _ ("%s: from %s to %s"), self->title, from, self->due);
  else
    /* Translators: name of a time limit, first day, why there is no last day. */
    g_string_append_printf (text, _ ("%s: from %s, %s"), self->title, from, self->due);
  add_gaps (text, self->span, zone, language);
  g_string_append_printf (text, ", %s", self->left);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

WbDeadlineItem *
wb_deadline_item_new (const WbDeadline *deadline,
                      const WbClockContext *context,
                      WbInstant now,
                      WbLanguage language)
{
  WbDeadlineItem *self = g_object_new (WB_TYPE_DEADLINE_ITEM, NULL);
  const WbRule *rule = deadline->rule;
  const WbZone *zone = context->zone;

  self->kind = deadline->clock->is_open ? WB_KIND_OPEN : rule != NULL ? rule->kind : WB_KIND_POLICY;
  self->state = deadline->state;
  self->end = deadline->clock->end;
  self->title = g_strdup (rule != NULL ? rule->label[language] : deadline->clock->rule);
  self->span = wb_clock_get_span (context, deadline->clock, deadline->state, deadline->met, now);
  self->due = words_due (deadline, zone, language);
  self->left = words_left (deadline, self->span, self->kind, zone, now);
  self->sum = wb_clock_explain (context, deadline->clock, language, NULL);
  self->note = rule != NULL ? words_note (rule) : g_strdup (wb_words_kind (self->kind));
  self->words = make_words (self, zone, language);
  return self;
}

WbKind
wb_deadline_item_get_kind (WbDeadlineItem *self)
{
  return self->kind;
}

WbClockState
wb_deadline_item_get_state (WbDeadlineItem *self)
{
  return self->state;
}

gboolean
wb_deadline_item_is_active (WbDeadlineItem *self)
{
  return self->state == WB_CLOCK_RUNNING || self->state == WB_CLOCK_OVERDUE;
}

gboolean
wb_deadline_item_is_late (WbDeadlineItem *self)
{
  return wb_kind_can_be_late (self->kind) &&
         (self->state == WB_CLOCK_OVERDUE || self->state == WB_CLOCK_MET_LATE);
}

WbInstant
wb_deadline_item_get_end (WbDeadlineItem *self)
{
  return self->end;
}

const char *
wb_deadline_item_get_title (WbDeadlineItem *self)
{
  return self->title;
}

const char *
wb_deadline_item_get_due (WbDeadlineItem *self)
{
  return self->due;
}

const char *
wb_deadline_item_get_left (WbDeadlineItem *self)
{
  return self->left;
}

const char *
wb_deadline_item_get_sum (WbDeadlineItem *self)
{
  return self->sum;
}

const char *
wb_deadline_item_get_note (WbDeadlineItem *self)
{
  return self->note;
}

const char *
wb_deadline_item_get_words (WbDeadlineItem *self)
{
  return self->words;
}

const WbClockSpan *
wb_deadline_item_get_span (WbDeadlineItem *self)
{
  return self->span;
}
