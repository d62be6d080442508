/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { WB_REGIME_EU1182, WB_REGIME_NL_ATW, WB_REGIME_PLAIN, WB_REGIME_POLICY } WbRegime;
typedef enum {
  WB_UNIT_HOUR,
  WB_UNIT_DAY,
  WB_UNIT_WEEK,
  WB_UNIT_MONTH,
  WB_UNIT_YEAR,
  WB_UNIT_WORKING_DAY
} WbUnit;

typedef struct {
  int length; /* not 0; negative counts back */
  WbUnit unit;
  WbRegime regime;
  gboolean detention; /* deprivation of liberty: Atw art. 4(c) */
  int base;           /* of @length: what it was before it was extended; 0: all of it */
  int moved_days;     /* suspended: the end before rolling moves by so many days, */
  gint64 moved_ms;    /* in hours by so many milliseconds */
} WbPeriod;           /* a length of time in a regime */

const char *wb_regime_to_text (WbRegime regime); /* eu1182 ... */
gboolean wb_regime_parse (const char *text, WbRegime *ret_regime, GError **error);
const char *wb_unit_to_text (WbUnit unit); /* h d w m y wd */
gboolean wb_unit_parse (const char *text, WbUnit *ret_unit, GError **error);
/* A length from text: a whole number that is not 0 and, in its unit, not over 201 years. */
gboolean wb_period_parse_length (const char *text, WbUnit unit, int *ret_length, GError **error);

G_END_DECLS
