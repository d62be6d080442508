/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * Cases to point at, as WbChoice, asked of the register while one types. Emits "answered" when its
 * list fits the words that were asked for last.
 */
#define WB_TYPE_CASE_SEARCH (wb_case_search_get_type ())
G_DECLARE_FINAL_TYPE (WbCaseSearch, wb_case_search, WB, CASE_SEARCH, GObject)

/* @except (nullable): UUID of a case that is not offered */
WbCaseSearch *wb_case_search_new (WbSession *session, const char *except) G_GNUC_WARN_UNUSED_RESULT;
GListModel *wb_case_search_get_choices (WbCaseSearch *self);
void wb_case_search_ask (WbCaseSearch *self, const char *words);

G_END_DECLS
