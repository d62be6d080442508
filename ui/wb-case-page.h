/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * One case. Emits "new-record" with a record type, "change-record" with a type and a UUID,
 * "export-requested", "message" with a sentence, and "changed" after it changed the register.
 */
#define WB_TYPE_CASE_PAGE (wb_case_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCasePage, wb_case_page, WB, CASE_PAGE, AdwBin)

/* @reference: of the case, or its UUID */
GtkWidget *wb_case_page_new (WbSession *session, const char *reference) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_case_page_get_id (WbCasePage *self);
const char *wb_case_page_get_reference (WbCasePage *self); /* (nullable) until it is loaded */
void wb_case_page_reload (WbCasePage *self);
void wb_case_page_attach (WbCasePage *self, GPtrArray *files); /* (element-type GFile) */

/* The question for a reason that the lock took away. */
gboolean wb_case_page_ask_again (WbCasePage *self, const char *question, const char *subject);

G_END_DECLS
