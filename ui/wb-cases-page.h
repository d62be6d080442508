/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-case-list.h"
#include "wb-settings.h"

G_BEGIN_DECLS

/* All cases of the register, with live search. Emits "case-activated" with the case's UUID. */
#define WB_TYPE_CASES_PAGE (wb_cases_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCasesPage, wb_cases_page, WB, CASES_PAGE, AdwBin)

GtkWidget *wb_cases_page_new (WbSession *session) G_GNUC_WARN_UNUSED_RESULT;
void wb_cases_page_follow_settings (WbCasesPage *self, WbSettings *settings);
WbCaseList *wb_cases_page_get_list (WbCasesPage *self);
void wb_cases_page_focus_search (WbCasesPage *self);
void wb_cases_page_open_filters (WbCasesPage *self);
void wb_cases_page_focus_list (WbCasesPage *self);
const char *wb_cases_page_get_words (WbCasesPage *self);
void wb_cases_page_set_words (WbCasesPage *self, const char *words);

G_END_DECLS
