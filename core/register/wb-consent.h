/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* How a permission stands at a moment. Consent here is the ethical and safety permission for one
 * use, not the legal basis of data-protection law. */
typedef enum {
  WB_CONSENT_GIVEN,      /* by the person or a representative */
  WB_CONSENT_OVERRIDDEN, /* two persons decided to act without it */
  WB_CONSENT_REFUSED,
  WB_CONSENT_WITHDRAWN,
  WB_CONSENT_EXPIRED,
  WB_CONSENT_NOT_ASKED,
  WB_CONSENT_IMPOSSIBLE,
  WB_CONSENT_SUPERSEDED, /* a newer record about the same says what counts */
} WbConsentStanding;
const char *wb_consent_standing_to_text (WbConsentStanding standing);

/* What went out under a permission. */
typedef struct {
  char *kind;      /* "referral" or "bundle" */
  char *reference; /* (nullable): of the referral */
  guint64 entry;   /* that logged it */
  WbInstant time;
} WbConsentUse;

/* One line of the ledger. */
typedef struct {
  char *reference;      /* of the consent record */
  char *person;         /* (nullable): reference of the person */
  char *purpose;        /* consent.* */
  char *recipient;      /* (nullable): target.*: for nobody in particular where it is NULL */
  char *recipient_name; /* (nullable) */
  WbConsentStanding standing;
  gboolean allows; /* now, for that purpose and recipient */
  char *since;     /* (nullable): as it was told, ISO */
  char *until;     /* (nullable): withdrawn or expiring on */
  char *language;  /* (nullable) */
  gboolean interpreter, by_representative;
  char *capacity;   /* (nullable): capacity.* */
  GPtrArray *uses;  /* (element-type WbConsentUse) */
  gboolean unacted; /* withdrawn and not acted on yet */
} WbConsentLine;
void wb_consent_line_free (WbConsentLine *self);

/* @reference: a case or a record of it. Oldest first. */
GPtrArray *wb_register_list_consents (WbRegister *self,
                                      const char *reference,
                                      WbInstant as_of,
                                      GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbConsentLine) */

G_END_DECLS
