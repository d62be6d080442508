/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Milliseconds since 1970-01-01T00:00:00Z. Years 1900 to 2200 are accepted. */
typedef gint64 WbInstant;
#define WB_INSTANT_NONE G_MININT64

WbInstant wb_clock_now (void);
void wb_clock_set (WbInstant fixed); /* the one clock; WB_INSTANT_NONE goes back to the real one */
void wb_clock_set_here (WbInstant fixed); /* for the calling thread alone */
gboolean wb_clock_is_set (void);

char *wb_instant_format (WbInstant instant);         /* 2026-11-23T22:10:00.123Z */
char *wb_instant_format_seconds (WbInstant instant); /* 2026-11-23T22:10:00Z */
gboolean wb_instant_parse (const char *text,
                           WbInstant *ret_instant,
                           GError **error); /* RFC 3339, any offset */

/* A civil date, proleptic Gregorian. */
typedef struct {
  int year;
  int month; /* 1-12 */
  int day;   /* 1-31 */
} WbDate;

gboolean wb_date_is_valid (int year, int month, int day);
gboolean wb_date_parse (const char *text,
                        WbDate *ret_date,
                        GError **error); /* YYYY-MM-DD, exactly */
char *wb_date_format (WbDate date);
gint32 wb_date_to_days (WbDate date); /* days since 1970-01-01 */
WbDate wb_date_from_days (gint32 days);
int wb_date_compare (WbDate a, WbDate b);
int wb_date_weekday (WbDate date); /* 1 Monday ... 7 Sunday */
int wb_date_days_in_month (int year, int month);
WbDate wb_date_add_days (WbDate date, int days);
WbDate wb_date_add_months (WbDate date,
                           int months); /* clamped to the last day of a shorter month */

/* Local time of a body: an IANA zone such as Europe/Amsterdam. */
typedef struct _WbZone WbZone;
typedef struct {
  WbDate date;
  int hour, minute, second;
  int offset; /* seconds east of UTC */
} WbLocal;

/**
 * WbFold:
 * @WB_FOLD_ASK: refuse an ambiguous local time with WB_ERROR_INVALID
 * @WB_FOLD_FIRST: the first reading (summer time)
 * @WB_FOLD_SECOND: the second reading (winter time)
 */
typedef enum { WB_FOLD_ASK, WB_FOLD_FIRST, WB_FOLD_SECOND } WbFold;

WbZone *wb_zone_new (const char *identifier, GError **error) G_GNUC_WARN_UNUSED_RESULT;
WbZone *wb_zone_ref (WbZone *self);
void wb_zone_unref (WbZone *self);
const char *wb_zone_get_identifier (const WbZone *self);
WbLocal wb_zone_to_local (const WbZone *self, WbInstant instant);
/* A local time that does not exist is refused; offset of @local is ignored. */
gboolean wb_zone_from_local (const WbZone *self,
                             const WbLocal *local,
                             WbFold fold,
                             WbInstant *ret_instant,
                             GError **error);
WbInstant wb_zone_start_of_day (const WbZone *self, WbDate date);
char *wb_zone_format (const WbZone *self, WbInstant instant); /* 2026-10-26T16:00:00+01:00 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZone, wb_zone_unref)

G_END_DECLS
