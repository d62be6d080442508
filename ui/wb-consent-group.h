/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-editor.h"

G_BEGIN_DECLS

/*
 * The plain questions of consent, each with yes, no or not asked yet, and under them what a yes
 * needs: for whom, how safely, in which language. What "not asked yet" blocks is said in one line.
 * Emits "changed" when a person answers.
 */
#define WB_TYPE_CONSENT_GROUP (wb_consent_group_get_type ())
G_DECLARE_FINAL_TYPE (WbConsentGroup, wb_consent_group, WB, CONSENT_GROUP, AdwPreferencesGroup)

GtkWidget *wb_consent_group_new (const WbEditorContext *context) G_GNUC_WARN_UNUSED_RESULT;
/* As wb_register_take_down() takes it; NULL: nothing was asked. */
JsonObject *wb_consent_group_dup_answers (WbConsentGroup *self);
void wb_consent_group_set_answers (WbConsentGroup *self, JsonObject *answers);
/* FALSE and the focus there where a yes lacks what it needs. */
gboolean wb_consent_group_check (WbConsentGroup *self);
/* What has the three answers of a question; (nullable) */
WbEditor *wb_consent_group_find_answer (WbConsentGroup *self, const char *question);

G_END_DECLS
