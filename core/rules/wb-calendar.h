/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-i18n.h"
#include "wb-period.h"
#include "wb-time.h"

G_BEGIN_DECLS

/* Public holidays and decree days of one country, as data with the dates between which it is
 * complete. */
typedef struct _WbCalendar WbCalendar;
WbCalendar *wb_calendar_get_default (GError **error); /* (transfer none): the Netherlands */
WbCalendar *wb_calendar_load (GBytes *data, GError **error);
/* One more day off, as a body enters it. */
typedef struct {
  WbDate date;
  char *list;     /* nl_atw or eu1182 */
  char *label[2]; /* no tabs or line ends */
} WbOwnDay;
void wb_own_day_free (WbOwnDay *self);
/* @days: (element-type WbOwnDay) */
WbCalendar *wb_calendar_load_with (GPtrArray *days, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_calendar_free (WbCalendar *self);
const char *wb_calendar_get_version (const WbCalendar *self);
/* The holiday's name in this regime, or NULL. */
const char *wb_calendar_get_holiday (const WbCalendar *self,
                                     WbRegime regime,
                                     WbDate date,
                                     WbLanguage language);
gboolean wb_calendar_is_weekend (const WbCalendar *self, WbDate date);
gboolean wb_calendar_is_working_day (const WbCalendar *self, WbRegime regime, WbDate date);
gboolean wb_calendar_covers (const WbCalendar *self,
                             WbDate date); /* FALSE: "feestdagenlijst na 2028 onvolledig" */
/* FALSE also where the list of this regime never has decree days: nothing can be missing. */
gboolean wb_calendar_may_miss (const WbCalendar *self, WbRegime regime, WbDate date);
void wb_calendar_get_coverage (const WbCalendar *self, WbDate *ret_first, WbDate *ret_last);

WbDate wb_calendar_easter (int year); /* Easter Sunday, Gregorian */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCalendar, wb_calendar_free)

G_END_DECLS
