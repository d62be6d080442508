/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-decision.h"
#include "wb-register-private.h"

G_BEGIN_DECLS

#define WB_DECISION "decision"
#define WB_EVENT_DECIDED "decided"
#define WB_DECISION_PROPOSED "decisionstate.proposed"
#define WB_DECISION_CONFIRMED "decisionstate.confirmed"
#define WB_DECISION_REJECTED "decisionstate.rejected"

/* A decision that two persons took. */
typedef struct {
  char *id, *reference;
  char *kind;      /* decisionkind.* */
  char *rule;      /* (nullable): the guard that it lifts */
  char *recipient; /* (nullable): target.* */
  gboolean does;   /* it is one to do it, not one to leave it */
  JsonObject *values;
  guint64 decided_entry; /* of the second person */
} WbDecided;
void wb_decided_free (WbDecided *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDecided, wb_decided_free)

/* Confirmed by a second key; NULL for any other. */
WbDecided *wb_decided_from_row (WbRegister *reg, const WbRecordRow *row);
/* Those that are about any of @about (UUIDs, NULL-terminated), newest first. A decision of a case
 * that names nothing is about the case. */
GPtrArray *wb_decided_list_about (WbRegister *reg,
                                  const char *const *about,
                                  GError **error); /* (element-type WbDecided) */

WbRecord *wb_register_decide_within (WbRegister *self,
                                     const char *reference,
                                     gboolean approve,
                                     const char *reason,
                                     GError **error);
/* Hooks of recording and of the projection. */
void wb_decision_fill_in (const WbRecordType *type, JsonObject *fields);
/* Whether the entry changes anything; takes out of @act what it may not set. */
gboolean wb_decision_takes_effect (const WbEntry *entry, JsonObject *act, const WbRecordRow *row);

G_END_DECLS
