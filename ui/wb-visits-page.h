/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* The visits, the newest first, and a new one. Emits "visit-activated" with a UUID, and "message".
 */
#define WB_TYPE_VISITS_PAGE (wb_visits_page_get_type ())
G_DECLARE_FINAL_TYPE (WbVisitsPage, wb_visits_page, WB, VISITS_PAGE, AdwBin)

GtkWidget *wb_visits_page_new (WbSession *session) G_GNUC_WARN_UNUSED_RESULT;
void wb_visits_page_reload (WbVisitsPage *self);
void wb_visits_page_focus (WbVisitsPage *self);

G_END_DECLS
