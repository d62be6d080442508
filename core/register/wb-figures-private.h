/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-fact-private.h"
#include "wb-figures.h"

G_BEGIN_DECLS

/* A scope as the store counts it. */
typedef struct {
  WbRegister *reg;
  const WbFigureModel *figures;
  gint64 from, to; /* days since 1970 */
  gint64 size;     /* entries that count */
  gint64 logged;   /* last local day whose acts count, all of them */
  GArray *moves;   /* (element-type WbFactMove) (nullable): by those of the day after it */
  WbInstant end;   /* of the period, or now where that comes first */
  gboolean is_public;
  guint least;
  GHashTable *names;     /* number -> dimension or code */
  GHashTable *own_terms; /* code -> char *[2]: labels of the body's own sites and terms */
  GPtrArray *own_sites;  /* (element-type utf8): codes that hold in the period */
} WbCounter;
WbCounter *wb_counter_new (WbRegister *reg, const WbFigureScope *scope, GError **error);
void wb_counter_free (WbCounter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCounter, wb_counter_free)
/* The number of a name; 0: nothing was ever counted by it. */
gboolean wb_counter_find (const WbCounter *self, const char *name, gint64 *ret_key, GError **error);
const char *wb_counter_name (const WbCounter *self, gint64 key);
const WbDimension *wb_counter_find_dimension (const WbCounter *self,
                                              const char *name,
                                              GError **error);

/* Calls with code, month of the period and how many. */
gboolean wb_counter_each (const WbCounter *self,
                          const WbDimension *dimension,
                          WbTallyEach each,
                          gpointer user_data,
                          GError **error);
gboolean wb_counter_total (const WbCounter *self,
                           const WbFigureUnit *unit,
                           guint64 *ret_n,
                           GError **error);
/* As above, but for what is behind: also a duration. */
const WbDimension *wb_counter_find_behind (const WbCounter *self, const char *name, GError **error);
/* wb-figures-cross.c: the facts themselves, from the covering index; whether two can be crossed. */
gboolean wb_counter_read_all (const WbCounter *self,
                              const WbDimension *dimension,
                              gboolean any_day,
                              WbFactEach each,
                              gpointer user_data,
                              GError **error);
gboolean wb_counter_check_pair (const WbDimension *first,
                                const WbDimension *second,
                                GError **error);
const WbDimension *wb_figure_unit_total (const WbFigureUnit *unit);

/* wb-figures-day.c: how much of the log counts, and the sums of whole months as they stood then. */
gboolean wb_counter_set_as_of (WbCounter *self, const WbFigureScope *scope, GError **error);
gboolean wb_counter_each_month (const WbCounter *self,
                                gint64 key,
                                gint64 from,
                                gint64 to,
                                WbTallyEach each,
                                gpointer user_data,
                                GError **error);

/* wb-figures-stagnant.c: referrals that stand still when the period ends; (element-type utf8) */
#define WB_FIGURE_STAGNANT "stagnant"
GPtrArray *wb_counter_list_stagnant (const WbCounter *self, GError **error);

/* Labels and order of codes. */
char *wb_counter_label (const WbCounter *self,
                        const WbDimension *dimension,
                        const char *code,
                        WbLanguage language);
const char *wb_dimension_label (const WbDimension *dimension, WbLanguage language);
/* (element-type utf8): all codes there are, in their order; @also: counted ones beyond them */
GPtrArray *wb_counter_list_codes (const WbCounter *self,
                                  const WbDimension *dimension,
                                  GHashTable *also);
gboolean wb_dimension_is_single (const WbDimension *dimension); /* one code at most a unit */

/* Tables. */
WbFigureTable *wb_counter_count_one (const WbCounter *self,
                                     const WbDimension *dimension,
                                     WbFigurePer per,
                                     GError **error);
WbFigureTable *wb_counter_count_two (const WbCounter *self,
                                     const WbDimension *first,
                                     const WbDimension *second,
                                     GError **error);
JsonObject *wb_counter_finish (const WbCounter *self, WbFigureTable *table); /* hides and writes */
JsonObject *wb_counter_start_report (const WbCounter *self);
void wb_figure_set_label (JsonObject *object, const char *name, const char *nl, const char *en);

G_END_DECLS
