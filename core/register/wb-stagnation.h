/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* A referral whose progress was asked, and of which nothing was heard within the body's own period
 * (OB-07). Nobody needs to write it down: it follows from what was recorded. */
typedef struct {
  char *reference; /* of the referral */
  char *case_reference;
  WbDate asked; /* the first question without an answer */
} WbStagnation;
void wb_stagnation_free (WbStagnation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStagnation, wb_stagnation_free)

/* (element-type WbStagnation): of one record or case, or @reference NULL: of all; oldest first */
GPtrArray *wb_register_list_stagnant (WbRegister *self,
                                      const char *reference,
                                      WbInstant as_of,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
