/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-calendar.h"

G_BEGIN_DECLS

#define WB_DUE_YEAR_MIN 1900
#define WB_DUE_YEAR_MAX 2100

/**
 * WbDueStepKind:
 * @WB_DUE_STEP_ADD: start + length = nominal end
 * @WB_DUE_STEP_SUSPENDED: the end moves by what was suspended
 * @WB_DUE_STEP_CLAMP: the month of the end is too short for the day of the start
 * @WB_DUE_STEP_FULL_HOUR: the hour of the event does not count: counting starts at the next
 * @WB_DUE_STEP_CLOCK_CHANGE: summer or winter time began between start and end
 * @WB_DUE_STEP_TWO_DAYS: stretched so that it holds the working days that the regime asks
 * @WB_DUE_STEP_NOT_WORKING: this day is a weekend day or a holiday
 * @WB_DUE_STEP_ROLL: moved on to the next working day
 * @WB_DUE_STEP_STAYS: the last day is not a working day and yet nothing moves, and why
 * @WB_DUE_STEP_SAFE_DAY: the last working day before an end that stays
 * @WB_DUE_STEP_INCOMPLETE: looks at days for which the calendar is not complete
 */
typedef enum {
  WB_DUE_STEP_ADD,
  WB_DUE_STEP_SUSPENDED,
  WB_DUE_STEP_CLAMP,
  WB_DUE_STEP_FULL_HOUR,
  WB_DUE_STEP_CLOCK_CHANGE,
  WB_DUE_STEP_TWO_DAYS,
  WB_DUE_STEP_NOT_WORKING,
  WB_DUE_STEP_ROLL,
  WB_DUE_STEP_STAYS,
  WB_DUE_STEP_SAFE_DAY,
  WB_DUE_STEP_INCOMPLETE,
} WbDueStepKind;

/* One step of the sum, as data; resources/rules/words.tsv puts it into words. */
typedef struct {
  WbDueStepKind kind;
  WbDate date;          /* the day that the step is about or arrives at */
  WbInstant instant;    /* for hours, else WB_INSTANT_NONE */
  const char *words;    /* static: key of the phrase in words.tsv */
  const char *cite;     /* (nullable) static: key of the article in words.tsv */
  const char *named[2]; /* (nullable): the holiday's name, borrowed from the calendar */
  int number;           /* days counted or suspended, day of the month, minutes */
} WbDueStep;

/* A computed due date with its sum. The calendar must outlive it. */
typedef struct {
  WbPeriod period;
  WbDate start;            /* local date of the event */
  WbInstant start_instant; /* WB_INSTANT_NONE where only a date is known */
  WbDate nominal;          /* before rolling */
  WbDate due;              /* last day, until 24:00 local */
  WbInstant end;           /* first instant that is too late */
  GPtrArray *steps;        /* (element-type WbDueStep): the sum */
  gboolean calendar_incomplete;
} WbDue;

WbDue *wb_due_compute (const WbCalendar *calendar,
                       const WbZone *zone,
                       const WbPeriod *period,
                       WbDate start,
                       WbInstant start_instant,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* YYYY-MM-DD, or RFC 3339 with an offset: then the date in @zone decides. */
gboolean wb_due_parse_start (const char *text,
                             const WbZone *zone,
                             WbDate *ret_date,
                             WbInstant *ret_instant,
                             GError **error);
char *wb_due_explain (const WbDue *self,
                      const WbZone *zone,
                      const char *basis,
                      WbLanguage language); /* the sum in one or more sentences */
/* The same, said from an event: "received Fri 13 Nov 2026 + ...". @event may be NULL. */
char *wb_due_explain_event (const WbDue *self,
                            const WbZone *zone,
                            const char *event,
                            const char *basis,
                            WbLanguage language);
char *wb_unit_to_words (WbUnit unit, int number, WbLanguage language); /* 5 years */
char *wb_due_format (const WbDue *self,
                     const WbZone *zone); /* 2026-06-22, or for hours 2026-10-26T16:00:00+01:00 */
void wb_due_free (WbDue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDue, wb_due_free)

G_END_DECLS
