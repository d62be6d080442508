/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* What to know before a referral is made. */
typedef struct {
  JsonObject *fields;   /* of the referral, with what the program fills in */
  GPtrArray *warnings;  /* (element-type utf8): sentences in the user's language */
  GPtrArray *documents; /* (element-type utf8): "NL-X-2026-0001/E-1 title": what goes along; with an
                         * Awb complaint, to the person complained of too */
} WbReferralPlan;
void wb_referral_plan_free (WbReferralPlan *self);

/*
 * @fields: target and form at least. Filled in where they are not given: the allegations (all of
 * the case), whether it is identified (by the form), the consent relied on.
 */
WbReferralPlan *wb_register_plan_referral (WbRegister *self,
                                           const char *case_ref,
                                           JsonObject *fields,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Records it, where consent and the other rules of its form allow it at this moment. */
WbRecord *wb_register_refer (WbRegister *self,
                             const char *case_ref,
                             JsonObject *fields,
                             const char *reason,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbReferralPlan, wb_referral_plan_free)

G_END_DECLS
