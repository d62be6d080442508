/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-clock.h"

G_BEGIN_DECLS

/* A stretch of time that does not count; @until is WB_INSTANT_NONE where it still does not. */
typedef struct {
  WbInstant from, until;
} WbClockGap;

/*
 * A clock as stretches of time, for drawing. Between @from and @from_latest, and between @end and
 * @latest_end, one reading counts and the other does not. Ends are exclusive.
 */
typedef struct {
  WbInstant from, from_latest; /* equal where the start is certain */
  WbInstant end, latest_end;   /* equal with one reading; WB_INSTANT_NONE: no end is computed */
  WbInstant met;               /* WB_INSTANT_NONE: not met, or on no known day */
  /* After every reading that binds; WB_INSTANT_NONE where it was not too late, or not for certain.
   */
  WbInstant over_from, over_until;
  gboolean over_is_certain; /* else only its end is unknown: nobody told it */
  GArray *gaps;             /* (element-type WbClockGap): what was suspended */
} WbClockSpan;

WbClockSpan *wb_clock_get_span (const WbClockContext *context,
                                const WbClock *clock,
                                WbClockState state,
                                const char *met,
                                WbInstant now) G_GNUC_WARN_UNUSED_RESULT;
void wb_clock_span_free (WbClockSpan *self);
/* The last instant that it has to do with: of its readings, its end, or what came too late. */
WbInstant wb_clock_span_get_last (const WbClockSpan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClockSpan, wb_clock_span_free)

G_END_DECLS
