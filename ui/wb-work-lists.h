/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"
#include "wb-work-list.h"

G_BEGIN_DECLS

/*
 * The menu of work lists: each with how many cases it finds, to be opened, renamed or deleted, and
 * a line to save what the list of cases shows now. Emits "opened" with a WbWorkList, lent.
 */
#define WB_TYPE_WORK_LISTS (wb_work_lists_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkLists, wb_work_lists, WB, WORK_LISTS, GtkPopover)

void wb_work_lists_set_session (WbWorkLists *self, WbSession *session);
/* What "save" saves, from the page. */
typedef WbWorkList *(*WbWorkListsSource) (const char *name, gpointer user_data);
void wb_work_lists_set_source (WbWorkLists *self, WbWorkListsSource source, gpointer user_data);

G_END_DECLS
