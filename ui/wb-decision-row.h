/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-rows.h"

G_BEGIN_DECLS

/*
 * A decision by two persons. While it is only proposed, its row has the buttons that activate
 * "case.confirm" and "case.reject" with its UUID, unless @own: who proposed it does not decide.
 */
GtkWidget *wb_decision_row_new (const WbRecord *record, const WbRowContext *context, gboolean own)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_decision_is_open (const WbRecord *record);

G_END_DECLS
