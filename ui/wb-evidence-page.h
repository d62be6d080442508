/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * One piece of evidence: what it looks or sounds like, what it is, and who had it in hands. Opening
 * it is a look, which the log keeps. Emits "message" with a sentence.
 */
#define WB_TYPE_EVIDENCE_PAGE (wb_evidence_page_get_type ())
G_DECLARE_FINAL_TYPE (WbEvidencePage, wb_evidence_page, WB, EVIDENCE_PAGE, AdwBin)

GtkWidget *wb_evidence_page_new (WbSession *session, const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* "loading", "viewer" or "failed" */
const char *wb_evidence_page_get_state (WbEvidencePage *self);
GtkWidget *wb_evidence_page_get_viewer (WbEvidencePage *self); /* (nullable) */
gboolean wb_evidence_page_find (WbEvidencePage *self); /* FALSE: it is no text to search in */
void wb_evidence_page_save (WbEvidencePage *self, GFile *file);

G_END_DECLS
