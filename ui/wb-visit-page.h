/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * A visit at work: what is seen, line by line, the checklist of its stages, and what was born in
 * it. Emits "allege", for a new allegation from the line at hand, "case-activated" with a UUID, and
 * "message".
 */
#define WB_TYPE_VISIT_PAGE (wb_visit_page_get_type ())
G_DECLARE_FINAL_TYPE (WbVisitPage, wb_visit_page, WB, VISIT_PAGE, AdwBin)

GtkWidget *wb_visit_page_new (WbSession *session, const char *id) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_visit_page_get_id (WbVisitPage *self);
gboolean wb_visit_page_is_ready (WbVisitPage *self);
void wb_visit_page_reload (WbVisitPage *self);
/* Place, time, stage and visit, for the form of an allegation; NULL until ready. */
JsonObject *wb_visit_page_dup_prefill (WbVisitPage *self);

G_END_DECLS
