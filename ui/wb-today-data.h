/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-deadline-item.h"

G_BEGIN_DECLS

typedef enum {
  WB_TODAY_OVERDUE,
  WB_TODAY_NOW,
  WB_TODAY_WEEK,
  WB_TODAY_SUSPENDED, /* stands still, and asks for nothing by itself */
  WB_TODAY_N_TIMES
} WbTodayTime;

/* A deadline that asks for something, and the clock that an act on it names. */
typedef struct {
  WbDeadlineItem *item;
  char *case_id, *case_reference;
  char *case_title; /* (nullable) */
  char *record_id;  /* whose clock it is */
  char *rule;
} WbTodayDeadline;

/* A case in which nothing was done for too long. */
typedef struct {
  char *case_id, *case_reference;
  char *case_title; /* (nullable) */
  char *words;      /* how long, how old, who waits */
} WbTodaySilent;

/* What a day asks for, read in one go on the register's thread. Holds no identities. */
typedef struct {
  GPtrArray *times[WB_TODAY_N_TIMES]; /* (element-type WbTodayDeadline): by end */
  GPtrArray *silent;                  /* (element-type WbTodaySilent): the longest first */
  int silent_days;                    /* how long is too long: the body's own period */
  WbDate day;                         /* on which it was read */
} WbTodayData;

/* A WbSessionCall without data. */
gpointer wb_today_data_load (WbRegister *reg,
                             gpointer unused,
                             GCancellable *cancellable,
                             GError **error);
void wb_today_data_free (WbTodayData *self);
guint wb_today_data_count (const WbTodayData *self); /* what asks for something */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTodayData, wb_today_data_free)

G_END_DECLS
