/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * A GListModel of WbCaseItem over the register: it knows how many there are, and fetches pages of
 * rows when a view asks for them. Order and search are the register's work.
 */
#define WB_TYPE_CASE_LIST (wb_case_list_get_type ())
G_DECLARE_FINAL_TYPE (WbCaseList, wb_case_list, WB, CASE_LIST, GObject)

#define WB_CASE_LIST_PAGE 200 /* rows fetched at a time */

WbCaseList *wb_case_list_new (WbSession *session);
void wb_case_list_set_words (WbCaseList *self, const char *words);
void wb_case_list_set_filters (WbCaseList *self, const char *const *filters); /* FIELD=CODE */
void wb_case_list_set_sort (WbCaseList *self, WbCaseSort sort, gboolean descending);
const char *wb_case_list_get_words (WbCaseList *self);
void wb_case_list_get_query (WbCaseList *self, WbCaseQuery *ret_query); /* lent until it changes */
gboolean wb_case_list_is_filtered (WbCaseList *self);
gboolean wb_case_list_is_loading (WbCaseList *self);
guint wb_case_list_get_n_cases (WbCaseList *self);    /* found; the list grows to it by and by */
gboolean wb_case_list_is_counting (WbCaseList *self); /* there may be more than those */
void wb_case_list_refresh (WbCaseList *self);         /* the register changed */
void wb_case_list_start_over (WbCaseList *self);      /* another view takes over */

G_END_DECLS
