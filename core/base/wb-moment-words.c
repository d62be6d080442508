/* SPDX-License-Identifier: EUPL-1.2 */

/* Moments as people read them. */
#include "wb-format.h"
#include "wb-moment.h"

enum { UNKNOWN, ABOUT, FIRST, SECOND, FOLD_UNKNOWN };

static const char *const texts[][2] = {
  [UNKNOWN] = { "unknown", "onbekend" },
  [ABOUT] = { "about ", "omstreeks " },
  [FIRST] = { " (summer time)", " (zomertijd)" },
  [SECOND] = { " (winter time)", " (wintertijd)" },
  [FOLD_UNKNOWN] = { " (summer or winter time not known)", " (zomer- of wintertijd onbekend)" },
};

/* Which of a time that came twice; nothing on any other night. */
static const char *
name_fold (const WbMoment *self, WbLanguage language)
{
  if (!self->fold_known)
    return texts[FOLD_UNKNOWN][language];
  if (self->fold == WB_FOLD_ASK)
    return "";
  return texts[self->fold == WB_FOLD_FIRST ? FIRST : SECOND][language];
}

/* To the hour it is a span: "20:15" would say more than was told. */
static char *
format_clock (const WbMoment *self)
{
  if (self->told == WB_PRECISION_HOUR)
    return g_strdup_printf ("%02d:00–%02d:00", self->hour, self->hour + 1);
  return g_strdup_printf ("%02d:%02d", self->hour, self->minute);
}

static char *
format_told (const WbMoment *self, WbLanguage language)
{
  g_autofree char *date = NULL;
  g_autofree char *clock = NULL;

  if (self->told == WB_PRECISION_YEAR)
    return g_strdup_printf ("%d", self->date.year);
  if (self->told == WB_PRECISION_MONTH)
    return g_strdup_printf ("%s %d", wb_format_month (self->date.month, language), self->date.year);
  date = wb_format_date (self->date, language);
  if (!self->has_time)
    return g_steal_pointer (&date);
  clock = format_clock (self);
  return g_strconcat (date, " ", clock, name_fold (self, language), NULL);
}

/**
 * wb_moment_to_words:
 * @self: a moment
 * @language: a language
 *
 * Returns: (transfer full): "za 18 jul 2026 20:15", "about Jul 2026", "za 18 jul 2026 20:00–21:00",
 *   "zo 21 jun 2026 – di 30 jun 2026", "unknown"; what the person said is not in it
 */
char *
wb_moment_to_words (const WbMoment *self, WbLanguage language)
{
  g_autofree char *told = NULL;
  g_autofree char *to = NULL;

  if (self->told == WB_PRECISION_UNKNOWN)
    return g_strdup (texts[UNKNOWN][language]);
  told = format_told (self, language);
  to = self->to != NULL ? format_told (self->to, language) : NULL;
  return g_strconcat (self->about ? texts[ABOUT][language] : "",
                      told,
                      to != NULL ? " – " : "",
                      to != NULL ? to : "",
                      NULL);
}
