/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* What ends first of one sort. */
typedef struct {
  gint64 end; /* G_MAXINT64: nothing */
  char *rule; /* (nullable) */
} WbNextEnd;

/* The narrow row a case has in lists, and the deadlines. */
typedef struct {
  char *id, *reference, *title, *status, *urgency, *site, *received;
  gint64 urgency_rank, status_rank, allegations, changed, next_end;
  char *next_rule;
  WbNextEnd law, target; /* next is the earlier of these */
} WbCaseListRow;
void wb_case_list_row_free (WbCaseListRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCaseListRow, wb_case_list_row_free)

gboolean wb_case_store_put (WbDb *db, const WbCaseListRow *row, GError **error);

WbCaseListRow *wb_case_store_find (WbDb *db, const char *id, GError **error); /* NULL: none */

typedef enum {
  WB_CASE_ORDER_REFERENCE,
  WB_CASE_ORDER_RECEIVED,
  WB_CASE_ORDER_CHANGED,
  WB_CASE_ORDER_NEXT,
  WB_CASE_ORDER_LAW,
  WB_CASE_ORDER_TARGET,
  WB_CASE_ORDER_URGENCY,
  WB_CASE_ORDER_STATUS,
} WbCaseOrder;
/* What to list; NULL does not matter. */
typedef struct {
  const char *rarest; /* FTS5 expression of one of the words: that which finds least */
  const char *others; /* JSON array of those of the other words; a case must match all */
  gboolean common;    /* even the rarest finds much: a page is looked for along the order */
  const char *codes;  /* JSON array of [field, code]: one of each field must be there */
  const char *status, *urgency;
  WbCaseOrder order;
  gboolean descending;
} WbCaseListQuery;
gboolean wb_case_store_count (WbDb *db, const WbCaseListQuery *query, guint *ret_n, GError **error);
GPtrArray *wb_case_store_list (WbDb *db,
                               const WbCaseListQuery *query,
                               guint offset,
                               guint limit,
                               GError **error); /* (element-type WbCaseListRow) */
/* All of them, one in memory at a time; FALSE from @each stops. */
typedef gboolean (*WbEachCaseRow) (const WbCaseListRow *row, gpointer user_data);
gboolean wb_case_store_each (WbDb *db,
                             const WbCaseListQuery *query,
                             WbEachCaseRow each,
                             gpointer user_data,
                             GError **error);

/* What the case can be picked out by is @codes ([field, code]) and nothing else. */
gboolean wb_case_store_set_codes (WbDb *db, const char *id, const char *codes, GError **error);

typedef struct {
  gint64 key;
  char *record, *case_id, *rule, *family, *clock, *state, *met;
  guint64 entry;
  gint64 ends; /* G_MININT64: open */
  gboolean running;
} WbDeadlineRow;
void wb_deadline_row_free (WbDeadlineRow *self);

gboolean wb_deadline_store_add (WbDb *db, const WbDeadlineRow *row, GError **error);
gboolean wb_deadline_store_set_state (WbDb *db,
                                      gint64 key,
                                      gboolean running,
                                      const char *state,
                                      const char *met,
                                      GError **error);
GPtrArray *wb_deadline_store_list_of_case (WbDb *db,
                                           const char *case_id,
                                           GError **error); /* (element-type WbDeadlineRow) */
GPtrArray *wb_deadline_store_list_of_record (WbDb *db, const char *record, GError **error);
GPtrArray *wb_deadline_store_list (WbDb *db, gboolean running_only, guint limit, GError **error);
/* All of a rule that no other took the place of. */
GPtrArray *wb_deadline_store_list_of_rule (WbDb *db, const char *rule, GError **error);
/* What ends from @from on and before @until, by end; the index is walked, never the table. */
GPtrArray *wb_deadline_store_list_between (WbDb *db,
                                           gint64 from,
                                           gint64 until,
                                           guint limit,
                                           GError **error);
/* What stands still, and so has no end; its own index is walked. */
GPtrArray *wb_deadline_store_list_paused (WbDb *db, guint limit, GError **error);
/* One page of what runs and ends after @now, by key from after @key. */
GPtrArray *wb_deadline_store_list_future (WbDb *db,
                                          gint64 now,
                                          gint64 key,
                                          guint limit,
                                          GError **error);
/* The earliest ends of what still runs on a case: of @targets, and of the rest, those of @watched
 * only where there is no other. */
gboolean wb_deadline_store_next (WbDb *db,
                                 const char *case_id,
                                 const char *except,
                                 const char *targets,
                                 const char *watched,
                                 WbNextEnd *ret_law,
                                 WbNextEnd *ret_target,
                                 GError **error);

G_END_DECLS
