/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-i18n.h"
#include "wb-time.h"

G_BEGIN_DECLS

typedef enum {
  WB_PRECISION_UNKNOWN,
  WB_PRECISION_YEAR,
  WB_PRECISION_MONTH,
  WB_PRECISION_DAY,
  WB_PRECISION_HOUR,
  WB_PRECISION_MINUTE,
  WB_PRECISION_EXACT,
} WbPrecision;

/*
 * When something happened, as precisely as it was told. As JSON a string ("2026", "2026-07",
 * "2026-07-18", "2026-07-18T20:15", "2026-10-25T02:30+01:00", "unknown") or an object
 * {"at": "2026-10-25T02:30", "precision": "hour", "about": true, "fold": "unknown|first|second",
 *  "words": "about half past two"}. A local time without offset is in the body's zone. With "to",
 * one of the forms of text, it was some time from "at" to the end of that.
 *
 * "About" widens by one unit of the precision on both sides. Of an unknown moment @earliest and
 * @latest are the ends of the years 1900 and 2200, and @date is 1 January of the year 0.
 */
typedef struct _WbMoment WbMoment;
struct _WbMoment {
  WbPrecision precision;
  gboolean about; /* told as "about" */
  gboolean has_time;
  gboolean fold_known; /* FALSE: an ambiguous hour of which the reading is not known */
  WbDate date;         /* local date; month and day are 1 where unknown */
  WbInstant earliest;  /* first instant it can have been, inclusive */
  WbInstant latest;    /* last instant it can have been, inclusive */
  WbDate earliest_date, latest_date; /* the same as local dates */
  char *words;                       /* (nullable): as the person said it */
  int hour, minute;                  /* local, where @has_time */
  WbFold fold;                       /* of a time that came twice and is known; else WB_FOLD_ASK */
  gboolean has_offset;               /* told with an offset */
  int offset;                        /* seconds east of UTC, where the reading is known */
  WbPrecision told;                  /* @precision before an unknown reading made it coarser */
  WbMoment
      *to; /* (nullable): told as a span, of which this is the end; @precision then is coarser */
};

WbMoment *wb_moment_parse (JsonNode *node, const WbZone *zone, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbMoment *wb_moment_parse_text (const char *text, const WbZone *zone, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/*
 * As a person tells it, in Dutch or English: "about three nights ago", "afgelopen vrijdagavond",
 * "eind juni", and the forms above; the words are kept. @now: when it was told.
 */
WbMoment *wb_moment_parse_said (const char *text, const WbZone *zone, WbInstant now, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *wb_moment_to_json (const WbMoment *self);
char *wb_moment_to_words (const WbMoment *self, WbLanguage language);
void wb_moment_free (WbMoment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMoment, wb_moment_free)

G_END_DECLS
