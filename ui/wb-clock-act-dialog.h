/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* Asks what is done with a time limit, and why; records it. Emits "recorded" and goes. */
#define WB_TYPE_CLOCK_ACT_DIALOG (wb_clock_act_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbClockActDialog, wb_clock_act_dialog, WB, CLOCK_ACT_DIALOG, AdwWindow)

/* The clock of @rule of the record @record_id; @case_id (nullable); @title: of the time limit;
 * @action: what is chosen at first, such as clockact.meet. */
GtkWidget *wb_clock_act_dialog_new (WbSession *session,
                                    const char *case_id,
                                    const char *record_id,
                                    const char *rule,
                                    const char *title,
                                    const char *action) G_GNUC_WARN_UNUSED_RESULT;

/* As it was when the lock closed it, see wb-kept-dialog.h. */
GtkWidget *wb_clock_act_dialog_new_kept (WbSession *session, JsonObject *kept)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
