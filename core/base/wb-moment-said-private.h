/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-moment.h"

G_BEGIN_DECLS

typedef enum {
  WB_PART_NONE,
  WB_PART_MORNING,
  WB_PART_AFTERNOON,
  WB_PART_EVENING,
  WB_PART_NIGHT
} WbPart;
typedef enum {
  WB_UNIT_SAID_NONE,
  WB_SAID_MINUTE,
  WB_SAID_HOUR,
  WB_SAID_DAY,
  WB_SAID_NIGHT,
  WB_SAID_WEEK,
  WB_SAID_WEEKEND,
  WB_SAID_MONTH,
  WB_SAID_YEAR
} WbSaidUnit;
typedef enum { WB_EDGE_NONE, WB_EDGE_BEGIN, WB_EDGE_MID, WB_EDGE_END } WbEdge;
typedef enum {
  WB_SEASON_NONE,
  WB_SEASON_SPRING,
  WB_SEASON_SUMMER,
  WB_SEASON_AUTUMN,
  WB_SEASON_WINTER
} WbSeason;
typedef enum { WB_REL_NONE, WB_REL_LAST, WB_REL_THIS } WbRel;

/* What was found in the words, each at most once; 0 or -1 where it was not said. */
typedef struct {
  gboolean about, unknown, ago, exact;
  int least, most; /* number of units; 0 */
  WbSaidUnit unit;
  int weekday; /* 1 Monday ... 7 */
  int year, month, day;
  WbPart part;
  WbEdge edge;
  WbSeason season;
  WbRel rel;
  gboolean has_dayref;
  int dayref;       /* days from today */
  int hour, minute; /* -1; an hour of twelve where @twelve */
  gboolean has_minute, twelve;
  int pm;            /* -1 not said, 0 am, 1 pm */
  const char *fold;  /* (nullable) */
  const char *feast; /* (nullable): "12-25 12-26" */
} WbSaid;

/* As the members of a moment in JSON, or NULL where the words give no moment. */
JsonObject *wb_said_lay (const WbSaid *said, const WbLocal *now);
/* From the beginning of one to the end of the other. */
JsonObject *wb_said_lay_span (const WbSaid *from, const WbSaid *to, const WbLocal *now);

G_END_DECLS
