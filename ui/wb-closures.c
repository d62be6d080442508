/* SPDX-License-Identifier: EUPL-1.2 */

/* Words for what the register gives: no widget, no state, no clock of its own. */
#include "wb-closures.h"

#include <string.h>

#include "wb-format.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define SHORT_HASH_CHARS 12 /* enough to tell two files of one case apart by eye */
#define HOURS_AS_DAYS 48    /* from here on people count in days */

static gint64
days_between (WbInstant from, WbInstant to, const WbZone *zone)
{
  WbLocal a = wb_zone_to_local (zone, from);
  WbLocal b = wb_zone_to_local (zone, to);

  return (gint64) wb_date_to_days (b.date) - wb_date_to_days (a.date);
}

static char *
words_left (WbInstant end, WbInstant now, const WbZone *zone)
{
  gint64 hours = (end - now) / HOUR_MS;
  gint64 days = days_between (now, end - 1, zone);

  if (hours < 1)
    return g_strdup (_ ("less than an hour left"));
  if (days == 0 || hours < HOURS_AS_DAYS / 2)
    return g_strdup_printf (ngettext_ ("%u hour left", "%u hours left", (gulong) hours),
                            (guint) hours);
  return g_strdup_printf (ngettext_ ("%u day left", "%u days left", (gulong) days), (guint) days);
}

/* A bar has run out; the authority overran; only what binds the body itself is "late". */
static char *
words_over (WbKind kind, WbInstant end, WbInstant now, const WbZone *zone)
{
  gint64 hours = (now - end) / HOUR_MS;
  gint64 days = days_between (end - 1, now, zone);

  if (kind == WB_KIND_BAR)
    return g_strdup (_ ("lapsed"));
  if (kind == WB_KIND_WATCH) {
    if (hours < HOURS_AS_DAYS)
      return g_strdup_printf (
          ngettext_ ("%u hour, end unknown", "%u hours, end unknown", (gulong) MAX (hours, 1)),
          (guint) MAX (hours, 1));
    return g_strdup_printf (
        ngettext_ ("%u day, end unknown", "%u days, end unknown", (gulong) days),
        (guint) days);
  }
  if (hours < HOURS_AS_DAYS)
    return g_strdup_printf (ngettext_ ("%u hour late", "%u hours late", (gulong) MAX (hours, 1)),
                            (guint) MAX (hours, 1));
  return g_strdup_printf (ngettext_ ("%u day late", "%u days late", (gulong) days), (guint) days);
}

char *
wb_words_until (WbKind kind, WbInstant end, WbInstant now, const WbZone *zone)
{
  if (end == WB_INSTANT_NONE)
    return g_strdup ("");
  return now < end ? words_left (end, now, zone) : words_over (kind, end, now, zone);
}

/* @end is the first instant that is too late: at midnight, the day before is the last day. */
char *
wb_words_last_day (WbInstant end, const WbZone *zone, WbLanguage language)
{
  WbLocal local;

  if (end == WB_INSTANT_NONE)
    return g_strdup ("");
  local = wb_zone_to_local (zone, end);
  if (local.hour == 0 && local.minute == 0 && local.second == 0)
    return wb_format_date (wb_date_add_days (local.date, -1), language);
  return wb_format_instant (end, zone, language);
}

/* The day without its weekday, the year and the hour only where they matter. */
static char *
words_day (WbInstant end, WbInstant now, const WbZone *zone, WbLanguage language)
{
  WbLocal at = wb_zone_to_local (zone, end);
  WbDate last = wb_zone_to_local (zone, end - 1).date;
  g_autofree char *day =
      g_strdup_printf ("%d\302\240%s", last.day, wb_format_month (last.month, language));

  if (last.year != wb_zone_to_local (zone, now).date.year)
    return g_strdup_printf ("%s\302\240%d", day, last.year);
  if (ABS (end - now) < HOURS_AS_DAYS * HOUR_MS && (at.hour != 0 || at.minute != 0))
    return g_strdup_printf ("%s\302\240%02d:%02d", day, at.hour, at.minute);
  return g_steal_pointer (&day);
}

static char *
words_until_brief (WbKind kind, WbInstant end, WbInstant now, const WbZone *zone)
{
  gboolean over = now >= end;
  gint64 hours = ABS (end - now) / HOUR_MS;
  gint64 days = over ? days_between (end - 1, now, zone) : days_between (now, end - 1, zone);
  gboolean in_hours = over ? hours < HOURS_AS_DAYS : days == 0 || hours < HOURS_AS_DAYS / 2;
  guint n = (guint) (in_hours ? MAX (hours, 1) : days);

  if (over && kind == WB_KIND_BAR)
    return g_strdup (_ ("lapsed"));
  /* Translators: h is short for hours and d for days, in a narrow column. */
  if (over && kind == WB_KIND_WATCH)
    return g_strdup_printf (in_hours ? _ ("%u h past") : _ ("%u d past"), n);
  if (over)
    return g_strdup_printf (in_hours ? _ ("%u h late") : _ ("%u d late"), n);
  if (hours < 1)
    return g_strdup (_ ("< 1 h left"));
  return g_strdup_printf (in_hours ? _ ("%u h left") : _ ("%u d left"), n);
}

/* For a list: "24 Jul · 3 d left", which breaks at the dot only. */
char *
wb_words_end_brief (WbKind kind,
                    WbInstant end,
                    WbInstant now,
                    const WbZone *zone,
                    WbLanguage language)
{
  g_autofree char *day = NULL;
  g_autofree char *left = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *joined = NULL;

  if (end == WB_INSTANT_NONE)
    return g_strdup ("");
  day = words_day (end, now, zone, language);
  left = words_until_brief (kind, end, now, zone);
  words = g_strsplit (left, " ", -1);
  joined = g_strjoinv ("\302\240", words);
  return g_strdup_printf ("%s\302\240· %s", day, joined);
}

char *
wb_words_urgency (const char *raised,
                  const WbPeriod *period,
                  WbInstant end,
                  const WbZone *zone,
                  WbLanguage language)
{
  g_autofree char *length = wb_unit_to_words (period->unit, ABS (period->length), language);
  g_autofree char *last = wb_words_last_day (end, zone, language);
  g_autofree char *label = raised != NULL ? wb_words_code (raised, language) : NULL;

  if (label != NULL)
    /* Translators: an urgency, a length of time such as “24 hours”, and a day and hour. */
    return g_strdup_printf (_ ("The reasons ask for “%s”: within %s, so by %s at the latest"),
                            label,
                            length,
                            last);
  /* Translators: a length of time such as “24 hours”, and a day and hour. */
  return g_strdup_printf (_ ("Within %s, so by %s at the latest"), length, last);
}

char *
wb_words_age (WbInstant start, WbInstant now, const WbZone *zone)
{
  gint64 days = MAX (days_between (start, now, zone), 0);

  return g_strdup_printf (ngettext_ ("running for %u day", "running for %u days", (gulong) days),
                          (guint) days);
}

const char *
wb_words_kind (WbKind kind)
{
  switch (kind) {
  case WB_KIND_LAW:
    return _ ("Legal time limit");
  case WB_KIND_WATCH:
    return _ ("Limit for the authority");
  case WB_KIND_BAR:
    /* Translators: after this day a complaint or a claim is barred. */
    return _ ("Bar: a remedy lapses");
  case WB_KIND_POLICY:
    return _ ("Own target");
  case WB_KIND_OPEN:
  default:
    return _ ("No fixed length");
  }
}

/* Whom a time limit binds, as the rules name it: a role, or the authority's own name. */
char *
wb_words_bound (const char *bound)
{
  static const struct {
    const char *code;
    const char *words;
  } table[] = {
    { "body", N_ ("binds this body") },
    { "authority", N_ ("binds the authority") },
    { "ombudsman", N_ ("binds the ombudsman") },
    { "person", N_ ("binds the person") },
    { "rechtbank", N_ ("binds the court") },
    { "anyone", N_ ("binds everybody") },
    { "parties", N_ ("binds the parties") },
    { "applicant/IND", N_ ("binds the applicant and the IND") },
  };

  if (bound == NULL || *bound == '\0')
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (bound, table[i].code))
      return g_strdup (_ (table[i].words));
  /* Translators: %s is the name of an authority, such as KMar. */
  return g_strdup_printf (_ ("binds %s"), bound);
}

const char *
wb_words_state (WbKind kind, WbClockState state)
{
  switch (state) {
  case WB_CLOCK_MET:
    return _ ("met");
  case WB_CLOCK_MET_LATE:
    return _ ("met too late");
  case WB_CLOCK_OVERDUE:
    /* That nobody told the end of a procedure is no proof that it came too late. */
    return kind == WB_KIND_WATCH ? _ ("end unknown") : _ ("late");
  case WB_CLOCK_CANCELLED:
    return _ ("cancelled");
  case WB_CLOCK_PASSED:
    return _ ("lapsed");
  case WB_CLOCK_SUSPENDED:
    return _ ("suspended");
  case WB_CLOCK_WAIVED:
    return _ ("waived");
  case WB_CLOCK_SUPERSEDED:
    return _ ("superseded");
  case WB_CLOCK_RUNNING:
  default:
    return _ ("running");
  }
}

/* Only what binds the body itself is late: a bar lapses, and an authority's end may be unknown. */
gboolean
wb_kind_can_be_late (WbKind kind)
{
  return kind == WB_KIND_LAW || kind == WB_KIND_POLICY;
}

/* One shape a kind, so that colour is never the only difference. */
const char *
wb_kind_icon (WbKind kind)
{
  static const char *const icons[] = { "wb-kind-law-symbolic",
                                       "wb-kind-watch-symbolic",
                                       "wb-kind-bar-symbolic",
                                       "wb-kind-policy-symbolic",
                                       "wb-kind-open-symbolic" };

  return (guint) kind < G_N_ELEMENTS (icons) ? icons[kind] : icons[WB_KIND_OPEN];
}

const char *
wb_kind_style (WbKind kind)
{
  static const char *const styles[] = { "law", "watch", "bar", "policy", "open" };

  return (guint) kind < G_N_ELEMENTS (styles) ? styles[kind] : styles[WB_KIND_OPEN];
}

/* A code's label; the code itself where this version does not know it. */
char *
wb_words_code (const char *code, WbLanguage language)
{
  const WbModel *model = wb_model_get_default (NULL);
  const WbTerm *term = code != NULL && model != NULL ? wb_model_find_term (model, code) : NULL;

  return g_strdup (term != NULL ? term->label[language] : code != NULL ? code : "");
}

char *
wb_words_short_hash (const char *hex)
{
  if (hex == NULL || strlen (hex) <= SHORT_HASH_CHARS)
    return g_strdup (hex != NULL ? hex : "");
  return g_strdup_printf ("%.*s…", SHORT_HASH_CHARS, hex);
}

char *
wb_words_cases (guint n, gboolean filtered)
{
  if (filtered)
    return g_strdup_printf (ngettext_ ("%u case found", "%u cases found", n), n);
  return g_strdup_printf (ngettext_ ("%u case", "%u cases", n), n);
}

/* The beginning of a long text on one line, cut at a character. */
char *
wb_text_first_line (const char *text, guint max_chars)
{
  g_autofree char *flat = g_strdup (text != NULL ? text : "");
  g_autofree char *cut = NULL;

  g_strdelimit (flat, "\r\n\t", ' ');
  g_strstrip (flat);
  if (g_utf8_strlen (flat, -1) <= (glong) max_chars)
    return g_steal_pointer (&flat);
  cut = g_utf8_substring (flat, 0, max_chars);
  g_strchomp (cut);
  return g_strconcat (cut, "…", NULL);
}
