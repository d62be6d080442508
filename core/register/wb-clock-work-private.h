/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"

G_BEGIN_DECLS

/* A record as it will be once the act under way is done; it is not in the store like this yet. */
typedef struct {
  const char *id, *type, *case_id;
  WbInstant created;
  JsonObject *values;
} WbPending;

/* A record with all that its clocks look at. */
typedef struct {
  WbClockSubject subject;
  char *id, *type, *case_id, *reference;
  JsonObject *values, *of_case;
  GPtrArray *rows; /* (element-type WbDeadlineRow): its clocks, the superseded ones too */
} WbSubject;
/* @at: when it is looked at: consents expire */
WbSubject *wb_subject_load (WbRegister *reg,
                            const char *id,
                            const WbPending *pending,
                            WbInstant at,
                            GError **error);
void wb_subject_free (WbSubject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSubject, wb_subject_free)

/* wb-clock-subject.c: (element-type utf8) records whose clocks an act on another may start, move or
 * end. @changed: (nullable): the fields that it set. */
GPtrArray *wb_register_list_touched (WbRegister *reg,
                                     const WbPending *record,
                                     const char *const *changed,
                                     GError **error);
/* UUIDs that a record points at, by field: (element-type utf8) */
GPtrArray *wb_doc_list_targets (const WbField *field, JsonNode *value);

/* wb-clock-consent.c: codes of the purposes to which a person consents at @at; as a field of the
 * person it is called: */
#define WB_CONSENTS "@consents"
JsonArray *wb_clock_list_consents (WbRegister *reg,
                                   const char *person,
                                   const WbPending *pending,
                                   WbInstant at);

/* wb-clock-setting.c */
void wb_register_drop_settings (WbRegister *reg);
gboolean wb_type_is_setting (const char *type);

/* wb-clock-work.c: adds to @draft the clocks that the act starts. */
gboolean wb_register_add_clocks (WbRegister *self,
                                 WbActDraft *draft,
                                 const WbPending *record,
                                 JsonObject *changed,
                                 WbInstant time,
                                 GError **error);
/* After a setting was changed: what is still to come is counted anew, in acts of their own. */
gboolean wb_register_recount (WbRegister *self, const char *type, const char *id, GError **error);

/* wb-clock-check.c */
gboolean wb_register_check_clocks (WbRegister *self,
                                   const char *type,
                                   JsonObject *before,
                                   JsonObject *fields,
                                   const char *reason,
                                   GError **error);
void wb_register_escalate (WbRegister *self,
                           const char *type,
                           JsonObject *fields,
                           JsonObject *before);

/* wb-projection-clocks.c */
gboolean wb_projection_apply_clocks (WbRegister *reg,
                                     const WbEntry *entry,
                                     JsonObject *act,
                                     const WbRecordRow *row, /* NULL: clocks alone */
                                     GError **error);
gboolean wb_projection_refresh_case (WbRegister *reg,
                                     const char *case_id,
                                     GError **error); /* in wb-projection.c */
gboolean wb_projection_apply_links (WbRegister *reg,
                                    const WbRecordType *type,
                                    const char *id,
                                    JsonObject *act,
                                    GError **error);

G_END_DECLS
