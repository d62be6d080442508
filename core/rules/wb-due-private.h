/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-due.h"
#include "wb-regime-private.h"

G_BEGIN_DECLS

/* A sum being made. */
typedef struct {
  const WbCalendar *calendar;
  const WbZone *zone;
  const WbRegimeLaw *law;
  WbDue *due;
} WbSum;

void wb_sum_add (WbSum *self, WbDueStepKind kind, WbDate date, const char *words);
WbDueStep *wb_sum_add_cited (WbSum *self,
                             WbDueStepKind kind,
                             WbDate date,
                             const char *words,
                             const char *cite);
void wb_sum_add_day_off (WbSum *self, WbDate date, const char *words);
void wb_sum_add_stays (WbSum *self);
void wb_sum_add_incomplete (WbSum *self);

G_END_DECLS
