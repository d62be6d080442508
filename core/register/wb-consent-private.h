/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-consent.h"
#include "wb-guard-private.h"

G_BEGIN_DECLS

/* For whom and what: */
typedef struct {
  const char *person;    /* (nullable): UUID; NULL: anybody in the case */
  char *const *purposes; /* any of these */
  const char *recipient; /* (nullable): target.*; NULL: nobody in particular, as in publishing */
  const char *recipient_name; /* (nullable): counts with target.other */
} WbConsentAsk;

/* How one record stands by itself. */
WbConsentStanding wb_consent_judge (WbRegister *reg, JsonObject *values, WbInstant now);
gboolean wb_consent_standing_allows (WbConsentStanding standing);
/* @records: (element-type WbGuardRecord): of the case. The newest record about it counts. */
gboolean wb_consent_is_given (WbRegister *reg,
                              GPtrArray *records,
                              const WbConsentAsk *ask,
                              WbInstant now);

G_END_DECLS
