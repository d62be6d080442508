/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-choice.h"

G_BEGIN_DECLS

/*
 * The filters of the list of cases that are chosen, each a chip that can be taken away. A choice's
 * code is a filter of wb-case-filter.h. Emits "changed".
 */
#define WB_TYPE_FILTER_BAR (wb_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterBar, wb_filter_bar, WB, FILTER_BAR, AdwBin)

/* What can be chosen. @users (nullable): names, to pick a holder from; @user (nullable): whose. */
GListModel *wb_filter_choices_new (const char *const *users, const char *user);

/* The chosen ones of @choices have a chip each. */
void wb_filter_bar_set_choices (WbFilterBar *self, GListModel *choices);
GListModel *wb_filter_bar_get_choices (WbFilterBar *self); /* (nullable) */
void wb_filter_bar_toggle (WbFilterBar *self, WbChoice *choice);
char **wb_filter_bar_dup_filters (WbFilterBar *self); /* never NULL */
void wb_filter_bar_set_filters (WbFilterBar *self, const char *const *filters);
gboolean wb_filter_bar_is_empty (WbFilterBar *self);

G_END_DECLS
