/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-rows.h"

G_BEGIN_DECLS

/*
 * A person by code. The name is not there; asking for it is a signal, and whoever answers it has
 * it logged.
 */
#define WB_TYPE_PERSON_ROW (wb_person_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPersonRow, wb_person_row, WB, PERSON_ROW, AdwExpanderRow)

GtkWidget *wb_person_row_new (const WbRecord *record, const WbRowContext *context)
    G_GNUC_WARN_UNUSED_RESULT;
const char *wb_person_row_get_id (WbPersonRow *self);
/* @record with its identity fields; NULL when it could not be had. */
void wb_person_row_show_identity (WbPersonRow *self,
                                  const WbRecord *record,
                                  const WbRowContext *context);

G_END_DECLS
