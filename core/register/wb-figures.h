/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-figure-model.h"
#include "wb-figure-table.h"
#include "wb-register.h"

G_BEGIN_DECLS

/* Figures: what was counted in a period, now or as it stood. docs/figures.md tells all of it. */
typedef struct {
  WbDate from, to;    /* days of the period, both in it */
  WbInstant as_of;    /* WB_INSTANT_NONE: now */
  gboolean is_public; /* small cells hidden, no lists of records */
  guint least;        /* the smallest count that is shown; 0: as the data say */
} WbFigureScope;

typedef enum {
  WB_FIGURES_WHOLE,
  WB_FIGURES_YEAR,
  WB_FIGURES_QUARTER,
  WB_FIGURES_MONTH
} WbFigurePer;
gboolean wb_figure_per_parse (const char *text, WbFigurePer *ret_per, GError **error);

/* Reports in the form that wb_figure_report_to_text() prints. @by: one or two names of what is
 * counted by; with two and a @per there is a table a period. */
JsonObject *wb_register_count_figures (WbRegister *self,
                                       const WbFigureScope *scope,
                                       const char *const *by,
                                       WbFigurePer per,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All that a yearly report tells: totals, counts, durations, what was not looked at, lists. */
JsonObject *wb_register_report_figures (WbRegister *self,
                                        const WbFigureScope *scope,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8): references behind a cell; "" in @codes: not filled in */
GPtrArray *wb_register_list_behind (WbRegister *self,
                                    const WbFigureScope *scope,
                                    const char *const *by,
                                    const char *const *codes,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A year, counted once and for ever, in a record with the checkpoint that it was counted at. */
WbRecord *wb_register_freeze_year (WbRegister *self, int year, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* NULL without error: that year was not frozen. "report" as it was; "differences" with what is
 * counted now, and the records "because" of which. */
JsonObject *wb_register_get_frozen_year (WbRegister *self,
                                         int year,
                                         gboolean is_public,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
