/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib-object.h>

#include "wb-register.h"

G_BEGIN_DECLS

/* A row of the list of cases, in words; empty until its page has come from the register. */
#define WB_TYPE_CASE_ITEM (wb_case_item_get_type ())
G_DECLARE_FINAL_TYPE (WbCaseItem, wb_case_item, WB, CASE_ITEM, GObject)

WbCaseItem *wb_case_item_new (void);
/* @row (nullable): NULL empties it. */
void wb_case_item_show (WbCaseItem *self,
                        const WbCaseRow *row,
                        const WbZone *zone,
                        WbInstant now,
                        WbLanguage language);
const char *wb_case_item_get_id (WbCaseItem *self); /* (nullable) */
const char *wb_case_item_get_reference (WbCaseItem *self);

G_END_DECLS
