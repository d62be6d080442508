/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-period-private.h"

G_BEGIN_DECLS

/* What a regime does with the end of a period, as resources/rules/regimes.json says. */
typedef struct {
  char *holidays;             /* name of the list of holidays in the calendar */
  gboolean next_full_hour;    /* hours: the hour of the event does not count */
  gboolean moves;             /* an end on a day off moves to the next working day */
  gboolean detention_moves;   /* the same for deprivation of liberty */
  int longest[WB_UNIT_COUNT]; /* longer periods lie outside; -1: no limit */
  int working_days_from;      /* from so many days on ... */
  int working_days_hold;      /* ... it holds at least so many working days; 0: no such rule */
} WbRegimeLaw;

typedef struct {
  WbRegimeLaw laws[WB_REGIME_COUNT];
} WbRegimes;

const WbRegimes *wb_regimes_get_default (GError **error);
WbRegimes *wb_regimes_load (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_regimes_free (WbRegimes *self);
gboolean wb_regime_law_covers (const WbRegimeLaw *self, const WbPeriod *period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRegimes, wb_regimes_free)

G_END_DECLS
