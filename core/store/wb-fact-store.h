/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* The tables of figures: what is counted, of which record, from which entry to which. */
#define WB_FACT_HOLDS (-1) /* @until of what still holds */

typedef struct {
  gint64 unit;            /* record.key */
  gint64 dimension, code; /* numbers of names; of a duration @code is in days */
  gint64 since, until;    /* entries */
  gint64 day;             /* of its period, days since 1970 */
  gint64 case_key;        /* record.key of its case; 0: none */
} WbFactRow;

/* A fact in words, whose case and unit are records. */
gboolean wb_fact_store_find_name (WbDb *db,
                                  const char *name,
                                  gint64 *ret_key, /* 0: there is none */
                                  GError **error);
gboolean wb_fact_store_add_name (WbDb *db, const char *name, gint64 *ret_key, GError **error);
GHashTable *wb_fact_store_list_names (WbDb *db, GError **error); /* gint64 -> name */

GArray *wb_fact_store_list_of_unit (WbDb *db, gint64 unit, GError **error); /* of WbFactRow */
gboolean wb_fact_store_add (WbDb *db, const WbFactRow *row, GError **error);
gboolean wb_fact_store_set_until (WbDb *db, const WbFactRow *row, gint64 until, GError **error);
gboolean wb_fact_store_drop (WbDb *db, const WbFactRow *row, GError **error);

/* What held at the entry before @size, within the days; the covering index alone is read. */
typedef void (*WbFactEach) (const WbFactRow *row, gpointer user_data);
gboolean wb_fact_store_each (WbDb *db,
                             gint64 dimension,
                             gint64 from,
                             gint64 to,
                             gint64 size,
                             WbFactEach each,
                             gpointer user_data,
                             GError **error);
/* Of a dimension all that came or went by entry @size or a later one. */
gboolean wb_fact_store_each_since (WbDb *db,
                                   gint64 dimension,
                                   gint64 from,
                                   gint64 to,
                                   gint64 size,
                                   WbFactEach each,
                                   gpointer user_data,
                                   GError **error);
/* What came (@n is 1) or went (-1) by the entries from @from up to and without @to. */
typedef struct {
  gint64 dimension, code, day;
  int n;
} WbFactMove;
typedef void (*WbFactMoveEach) (const WbFactMove *move, gpointer user_data);
gboolean wb_fact_store_each_move (WbDb *db,
                                  gint64 from,
                                  gint64 to,
                                  WbFactMoveEach each,
                                  gpointer user_data,
                                  GError **error);

/* Adds @n to what was logged on a day of a month's units. */
gboolean wb_tally_store_add (WbDb *db,
                             gint64 dimension,
                             gint64 month,
                             gint64 code,
                             gint64 logged,
                             gint64 n,
                             GError **error);
/* Sums by month and code of what was logged up to and with day @logged. */
typedef void (*WbTallyEach) (gint64 code, gint64 month, gint64 n, gpointer user_data);
gboolean wb_tally_store_each (WbDb *db,
                              gint64 dimension,
                              gint64 from,
                              gint64 to,
                              gint64 logged,
                              WbTallyEach each,
                              gpointer user_data,
                              GError **error);

/* How the store reads it: one line a step of EXPLAIN QUERY PLAN, for tests. */
char *wb_fact_store_explain (WbDb *db, GError **error);

/* The identity of a record by its key; NULL without error: there is none. */
char *wb_fact_store_get_record (WbDb *db, gint64 key, char **ret_reference, GError **error);

G_END_DECLS
