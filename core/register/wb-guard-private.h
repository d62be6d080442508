/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-decision-private.h"
#include "wb-register-private.h"

G_BEGIN_DECLS

/* A record of the case with its values. */
typedef struct {
  WbRecordRow *row;
  JsonObject *values;
} WbGuardRecord;

/* An act that is judged: on which record, as it was and as it would be. */
typedef struct {
  WbRegister *reg;
  const char *type, *id;
  const char *case_id; /* (nullable) */
  WbActKind kind;
  JsonObject *before; /* empty for a new record */
  JsonObject *after;
  JsonObject *changed;
  const char *reason;  /* (nullable) */
  JsonObject *of_case; /* (nullable): loaded when first asked for */
  GPtrArray *records;  /* (nullable): (element-type WbGuardRecord), likewise */
  const WbGuard
      *lapsed;   /* (nullable): why a decision that would lift the last guard counts no more */
  char *lacking; /* (nullable): reference of the person for whom the last guard fails */
} WbGuardSubject;
void wb_guard_subject_clear (WbGuardSubject *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbGuardSubject, wb_guard_subject_clear)
JsonObject *wb_guard_subject_get_case (WbGuardSubject *self); /* (transfer none), may be empty */
/* (transfer none) (element-type WbGuardRecord): oldest first */
GPtrArray *wb_guard_subject_get_records (WbGuardSubject *self, GError **error);

/* Whether one guard holds; FALSE is a failure of the store. */
gboolean wb_guard_test (WbGuardSubject *self,
                        const WbGuard *guard,
                        gboolean *ret_holds,
                        GError **error);
/* (transfer full): the guard's sentence, and for whom it does not hold where that is known */
char *wb_guard_say (const WbGuardSubject *self, const WbGuard *guard);
/* (element-type WbGuard): those that do not hold */
GPtrArray *wb_guard_list_failing (WbGuardSubject *self, GPtrArray *guards, GError **error);

/* wb-guard-act.c: hooks of recording. An act that is refused sets the error and is noted, so that
 * wb_register_log_refusal() can log it once the act was dropped. */
gboolean wb_guard_check_new (WbRegister *reg,
                             const WbRecordType *type,
                             const char *id,
                             const char *case_id,
                             JsonObject *fields,
                             const char *reason,
                             GError **error);
gboolean wb_guard_check_change (WbRegister *reg,
                                const WbRecordRow *row,
                                JsonObject *before,
                                JsonObject *fields,
                                const char *reason,
                                GError **error);
/* Beside it: more people than before will be able to open what is sealed. */
gboolean wb_guard_check_widen (WbRegister *reg,
                               const WbRecordRow *row,
                               JsonObject *before,
                               JsonObject *fields,
                               const char *reason,
                               GError **error);
gboolean wb_guard_check_decide (WbRegister *reg,
                                const WbRecordRow *row,
                                const char *reason,
                                GError **error);
/* The guards of acts that a record as it stands has to satisfy, if it were made now. */
gboolean wb_guard_check_standing (WbGuardSubject *self, gboolean *ret_holds, GError **error);
/* Sets the error, notes the refusal; always FALSE. */
gboolean wb_guard_refuse (WbRegister *reg,
                          const char *type,
                          const char *id,
                          const char *case_id,
                          const char *rule,
                          const char *basis,
                          const char *sentence,
                          GError **error);
/* The guard that refuses: @guard, or why the decision that would lift it counts no more. */
const WbGuard *wb_guard_refusing (const WbGuardSubject *self, const WbGuard *guard);
/* For what another part refused by a rule of its own. */
void wb_guard_note (WbRegister *reg,
                    const char *type,
                    const char *id,
                    const char *case_id,
                    const char *rule);
void wb_refusal_free (WbRefusal *self);

/* wb-guard-export.c */
gboolean wb_guard_check_export (WbRegister *reg,
                                const WbRecordRow *of,
                                const WbExportOptions *options,
                                GError **error);
/* (nullable): the rule by which nothing of the record goes along. */
const char *wb_guard_find_bar (WbRegister *reg,
                               const WbRecordRow *row,
                               const WbExportOptions *options);
gboolean wb_guard_gives_file (WbRegister *reg, JsonObject *values, const WbExportOptions *options);
gboolean wb_guard_withholds (WbRegister *reg,
                             const WbRecordRow *row,
                             const WbExportOptions *options);

/* wb-guard-people.c */
gboolean wb_guard_test_consent (WbGuardSubject *self,
                                const WbGuard *guard,
                                gboolean *ret_holds,
                                GError **error);
gboolean wb_guard_test_decision (WbGuardSubject *self,
                                 const WbGuard *guard,
                                 char **kinds,
                                 gboolean *ret_holds,
                                 GError **error);
gboolean wb_guard_test_documents (WbGuardSubject *self,
                                  const WbGuard *guard,
                                  gboolean *ret_holds,
                                  GError **error);
gboolean wb_guard_test_identity (WbGuardSubject *self,
                                 const WbGuard *guard,
                                 gboolean *ret_holds,
                                 GError **error);
/* Two persons decided that this document goes to the recipient of the act. */
gboolean wb_guard_is_released (WbGuardSubject *self,
                               const WbGuard *guard,
                               const char *id,
                               GError **error);
gboolean wb_guard_test_sealed (WbGuardSubject *self,
                               const WbGuard *guard,
                               gboolean *ret_holds,
                               GError **error);
gboolean wb_guard_test_interest (WbGuardSubject *self, gboolean *ret_holds, GError **error);
gboolean wb_guard_test_settled (WbGuardSubject *self, gboolean *ret_holds, GError **error);
gboolean wb_guard_test_persons (WbGuardSubject *self,
                                const WbGuard *guard,
                                gboolean *ret_holds,
                                GError **error);
gboolean wb_guard_test_child (WbGuardSubject *self, gboolean *ret_holds, GError **error);
/* UUIDs of the persons whom a referral, or the case as a whole, is about: (element-type utf8) */
GPtrArray *wb_guard_list_persons (WbGuardSubject *self, GError **error);

G_END_DECLS
