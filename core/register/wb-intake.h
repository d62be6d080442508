/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-question.h"
#include "wb-register.h"

G_BEGIN_DECLS

/*
 * An allegation taken down together with what was asked and answered: all of it or nothing.
 *
 * @answers, as a form keeps it: {"answers": {QUESTION: "yes" | "no"}, "recipients": [target.*],
 * "recipient_name": text, "scope": text, and as fields of every consent: "language", "interpreter",
 * "capacity", "text_version"}. A question that is not there was not asked yet.
 */
WbRecord *wb_register_take_down (WbRegister *self,
                                 const char *id,       /* (nullable) */
                                 const char *case_ref, /* (nullable): a case of its own */
                                 JsonObject *fields,
                                 JsonObject *answers, /* (nullable) */
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What an allegation with these fields would have to be triaged by, were it recorded now. */
typedef struct {
  char *urgency;      /* as it would be recorded: its reasons may demand more than was chosen */
  gboolean raised;    /* they do */
  const WbRule *rule; /* (transfer none) */
  WbPeriod period;
  WbInstant end; /* exclusive */
} WbUrgencyLimit;
void wb_urgency_limit_free (WbUrgencyLimit *self);
/* NULL without an error: nothing is set, as where an authority's receipt counts. */
WbUrgencyLimit *wb_register_foresee_urgency (WbRegister *self, JsonObject *fields, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbUrgencyLimit, wb_urgency_limit_free)

G_END_DECLS
