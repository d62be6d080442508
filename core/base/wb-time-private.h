/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-time.h"

G_BEGIN_DECLS

#define WB_YEAR_FIRST 1900
#define WB_YEAR_LAST 2200
#define WB_DAY_SECONDS 86400
#define WB_INSTANT_FIRST G_GINT64_CONSTANT (-2208988800000) /* 1900-01-01T00:00:00Z */
#define WB_INSTANT_LAST G_GINT64_CONSTANT (7289654399999)   /* 2200-12-31T23:59:59.999Z */

/* Whole seconds since 1970, rounded down, also before it. */
gint64 wb_instant_to_seconds (WbInstant instant);
WbLocal wb_local_from_seconds (gint64 seconds, int offset);

/* Each reads from *at and moves it on; FALSE leaves *at anywhere and the rest untouched. */
gboolean wb_read_digits (const char **at, guint count, int *ret_value);
gboolean wb_read_date (const char **at, WbDate *ret_date);
gboolean wb_read_clock (const char **at, int *ret_hour, int *ret_minute);
gboolean wb_read_offset (const char **at, int *ret_offset);

/*
 * The readings of a local time: 1, or 2 where the clock was set back, the earlier first; 0 where
 * the clock was set forward over it. @local's offset is ignored.
 */
guint wb_zone_list_readings (const WbZone *self, const WbLocal *local, WbInstant ret_readings[2]);
int wb_zone_get_offset (const WbZone *self, WbInstant instant);

G_END_DECLS
