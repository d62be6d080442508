/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-rules.h"

G_BEGIN_DECLS

/* The axis that several time bars share. Immutable, knows no widget. */
typedef struct _WbTimeAxis WbTimeAxis;

typedef struct {
  WbInstant at;
  char *label; /* 3 Jun; Jun 2026; 2026 */
} WbTimeTick;

/* @spans: (element-type WbClockSpan). What lies far off does not make the rest too small to see. */
WbTimeAxis *wb_time_axis_new (GPtrArray *spans,
                              WbInstant now,
                              const WbZone *zone,
                              WbLanguage language);
WbTimeAxis *wb_time_axis_ref (WbTimeAxis *self);
void wb_time_axis_unref (WbTimeAxis *self);
WbInstant wb_time_axis_get_now (const WbTimeAxis *self);
/* 0 where the axis begins, 1 where it ends; less or more beyond. */
double wb_time_axis_place (const WbTimeAxis *self, WbInstant at);
/* (element-type WbTimeTick) at whole days, weeks, months or years, at most so many. */
GPtrArray *wb_time_axis_list_ticks (const WbTimeAxis *self, guint at_most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTimeAxis, wb_time_axis_unref)

G_END_DECLS
