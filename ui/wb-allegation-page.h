/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * A new allegation, another new record of a case, or a correction of one. What is typed is kept as
 * a draft in the register every two seconds. Emits "saved" with the case's UUID and the record's
 * reference, "discarded", and "message" with a sentence.
 */
#define WB_TYPE_ALLEGATION_PAGE (wb_allegation_page_get_type ())
G_DECLARE_FINAL_TYPE (WbAllegationPage, wb_allegation_page, WB, ALLEGATION_PAGE, AdwBin)

/* @case_id (nullable): a case of its own. @record_id (nullable): the record that is corrected.
 * @prefill (nullable): what a new one begins with; a draft of it goes first. */
GtkWidget *wb_allegation_page_new (WbSession *session,
                                   const char *type,
                                   const char *case_id,
                                   const char *record_id,
                                   JsonObject *prefill) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_allegation_page_get_corrected (WbAllegationPage *self); /* (nullable) */
const char *wb_allegation_page_get_record_type (WbAllegationPage *self);
const char *wb_allegation_page_get_case_id (WbAllegationPage *self); /* (nullable) */
JsonObject *wb_allegation_page_get_prefill (WbAllegationPage *self); /* (nullable) */
const char *wb_allegation_page_get_draft_key (WbAllegationPage *self);
/* (nullable): what is not in the register yet; NULL where nothing was typed. */
JsonObject *wb_allegation_page_dup_draft (WbAllegationPage *self);
gboolean wb_allegation_page_is_ready (WbAllegationPage *self);   /* draft looked for, form shown */
GtkWidget *wb_allegation_page_get_form (WbAllegationPage *self); /* (nullable) until ready */
/* (nullable): the questions of consent, of an allegation that is taken down */
GtkWidget *wb_allegation_page_get_consent (WbAllegationPage *self);

G_END_DECLS
