/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-store.h"
#include "wb-checkpoint.h"
#include "wb-chunk-store.h"
#include "wb-db.h"
#include "wb-entry.h"
#include "wb-folder.h"
#include "wb-key-file.h"
#include "wb-link-store.h"
#include "wb-log-store.h"
#include "wb-record-store.h"
#include "wb-register.h"

G_BEGIN_DECLS

/* An act that a rule refused, to be logged once the act itself was dropped. */
typedef struct {
  char *type, *id, *case_id, *rule;
} WbRefusal;

struct _WbRegister {
  WbFolder *folder;
  WbKeyFile *keys;
  WbDb *db;
  char *path, *body, *code, *profile, *origin, *vkey, *fingerprint;
  WbZone *zone;
  const WbModel *model;      /* with the body's own terms */
  const WbModel *base_model; /* as the program ships it */
  GPtrArray *own_models;  /* (element-type WbModel): every one that was made, for who holds one */
  gboolean model_stale;   /* an own term was made, changed or dropped: make it anew */
  gboolean model_touched; /* one was, within the change under way */
  gboolean model_given;   /* somebody outside may hold one of own_models */
  const WbRules *rules;
  const WbCalendar *calendar;
  WbCalendar *own_calendar; /* (nullable): with the body's own days off */
  GHashTable *targets;      /* rule -> WbPeriod: own targets in force */
  JsonObject *settings;     /* (nullable): of the body */
  GArray *ages;             /* (nullable) (element-type int): days at which a case is pointed out */
  WbClockContext context;   /* made of those, see wb-clock-setting.c */
  gboolean settings_read;
  WbInstant settings_at;
  GHashTable *figure_names; /* (nullable): dimension or code -> its number */
  char *bars;               /* JSON array of the rules that lists of what is due pass over */
  char *watched;            /* JSON array of the rules that bind an authority, not the body */
  char *own_rules;          /* JSON array of the rules that are the body's own targets */

  /* The head of the log, as committed or within the act under way. */
  WbMerkleEdge *edge;
  guint64 size;
  WbHash head;
  WbInstant last_time;
  WbRefusal *refusal;    /* (nullable): of the act under way */
  gboolean knows_others; /* entries of other logs were taken in */
  gboolean checking;     /* opened to be verified: nothing is signed or computed anew */
};

/* Names of lines that the program itself adds to an act; no field of the model begins like this. */
#define WB_ACT_REFERENCE "act_reference" /* short reference given at creation */
#define WB_ACT_MODEL "act_model"         /* version of the lists the codes come from */
#define WB_ACT_REASON "act_reason"
#define WB_ACT_DEADLINES "act_deadlines" /* clocks the act started, with their rules' version */
#define WB_EVENT_RECOUNTED "recounted"   /* a setting moved what was still to come */
#define WB_ACT_CLOCK "act_clock"   /* what the computer's clock said, where it had jumped back */
#define WB_ACT_READ "act_read"     /* names of the fields read */
#define WB_ACT_EXPORT "act_export" /* profile, recipients, purpose, what went along */
#define WB_ACT_DETAIL "act_detail"

/* An act being put together: its lines in order. */
typedef struct _WbActDraft WbActDraft;
WbActDraft *wb_act_draft_new (const char *type,
                              const char *id,
                              const char *case_id,
                              const char *event);
void wb_act_draft_add (WbActDraft *self, const char *name, JsonNode *value); /* copies */
gboolean wb_act_draft_add_line (WbActDraft *self, const char *line, GError **error);
void wb_act_draft_add_text (WbActDraft *self,
                            const char *name,
                            const char *value); /* NULL: nothing */
void wb_act_draft_free (WbActDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbActDraft, wb_act_draft_free)

/* A transaction over log and projections; dropped without commit, the head goes back too. */
typedef struct _WbChange WbChange;
WbChange *wb_change_begin (WbRegister *reg, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_change_commit (WbChange *self, GError **error);
void wb_change_free (WbChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbChange, wb_change_free)

WbRegister *wb_register_create_example (const char *path,
                                        const WbRegisterSetup *setup,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_register_keep_recovery (WbRegister *self,
                                    const char *const *recipients,
                                    GError **error);
void wb_register_remove_files (const char *path); /* of one that is not open */
gboolean wb_register_load_head (WbRegister *self, GError **error);
WbInstant wb_register_next_time (WbRegister *self);
/* Appends one entry and projects it; within a WbChange. */
gboolean wb_register_append (WbRegister *self, WbActDraft *draft, WbInstant time, GError **error);
gboolean wb_register_fetch_node (guint level,
                                 guint64 index,
                                 WbHash *ret_hash,
                                 gpointer user_data,
                                 GError **error);
/* One act in a transaction of its own. */
gboolean wb_register_append_alone (WbRegister *self, WbActDraft *draft, GError **error);

/* wb-projection.c */
#define WB_PROJECTION_VERSION "3"
gboolean wb_projection_apply (WbRegister *reg,
                              const WbEntry *entry,
                              GPtrArray *lines,
                              GError **error);
/* Of the record nothing but @values is left. */
gboolean wb_projection_reset (WbRegister *reg,
                              const WbEntry *entry,
                              WbRecordRow *row,
                              JsonObject *values,
                              GError **error);
gboolean wb_projection_rebuild (WbRegister *reg,
                                WbProgress progress,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error); /* within a WbChange */
char *wb_projection_version (WbRegister *reg);

/* Documents of the projection: {"field": {"entry": 42, "value": ...}}. */
JsonObject *wb_doc_parse (const char *text, GError **error);
char *wb_doc_format (JsonObject *doc);
gboolean wb_doc_is_cleared (JsonObject *doc, const char *name);
JsonObject *wb_doc_values (JsonObject *doc); /* {"field": value} */
JsonObject *wb_register_load_values (WbRegister *self,
                                     const char *id,
                                     GError **error); /* all but what is kept apart */

/* wb-own-terms.c */
void wb_own_terms_refresh (WbRegister *reg);
/* The labels of the own terms in the records of a case document, so that whoever gets it can read
 * them. */
JsonArray *wb_own_terms_describe (WbRegister *reg, JsonArray *records);
/* What a record of an own term, or one that uses own terms, must keep to. */
gboolean wb_own_terms_check (WbRegister *reg,
                             const WbRecordType *type,
                             JsonObject *fields,
                             JsonObject *before, /* (nullable) */
                             GError **error);

/* wb-said-dates.c */
JsonObject *wb_said_dates_read (WbRegister *self,
                                const WbRecordType *type, /* (nullable) */
                                JsonObject *fields,
                                GError **error);

/* wb-register-record.c */
WbRecord *wb_record_from_row (const WbRecordRow *row, GError **error);
WbRecordRow *wb_register_find_row (WbRegister *self, const char *reference, GError **error);
/* The case whose entries those of a record belong to; NULL for one that stands by itself. */
const char *wb_record_row_get_case (const WbRecordRow *row);
WbRecord *wb_register_append_new (WbRegister *self,
                                  const WbRecordType *type,
                                  const char *id,
                                  const char *case_id,
                                  JsonObject *fields,
                                  const char *reason,
                                  GError **error);
WbRecord *wb_register_change_within (WbRegister *self,
                                     const char *reference,
                                     JsonObject *fields,
                                     const char *reason,
                                     GError **error);
/* Who can open what is sealed; the value stays, so that a closed case allows it. */
WbRecord *wb_register_change_readers (WbRegister *self,
                                      const char *reference,
                                      JsonObject *fields,
                                      const char *reason,
                                      GError **error);
gboolean wb_register_check_reason (const char *reason, GError **error);
/* Sets what is set, takes away what is null. */
void wb_doc_overlay (JsonObject *all, JsonObject *changed);
char *wb_register_format_stamp (WbRegister *self, WbInstant time); /* "2026-07-21T14:30+02:00" */
/* (nullable): what an entry set a field to. */
JsonNode *wb_register_read_logged (WbRegister *reg, guint64 number, const char *field);
/* After the act was dropped: that it was asked for and refused is an act of its own
 * (wb-guard-act.c).
 */
void wb_register_log_refusal (WbRegister *self);
const WbRecordType *wb_register_find_type (WbRegister *self, const char *name, GError **error);
/* What a file was opened for: the detail of the act. */
#define WB_DETAIL_LOOK "file"
#define WB_DETAIL_COPY "copy"
GInputStream *wb_register_open_file (WbRegister *self,
                                     const char *reference,
                                     const char *detail,
                                     GError **error);
GInputStream *wb_evidence_stream_new (WbRegister *self, const char *id, const char *sha256);
/* Opens as far as it can; @ret_part names where it stopped. Read-only: signs nothing at closing. */
WbRegister *wb_register_open_for_check (const char *path,
                                        const char *user,
                                        const WbSecret *passphrase,
                                        const char **ret_part,
                                        GError **error);
/* A copy of an open register, by the same keys but for @store_key; it signs nothing. */
WbRegister *wb_register_open_copy (WbRegister *self,
                                   const char *path,
                                   const WbSecret *store_key,
                                   GError **error);

/* The file of evidence, within a WbChange. */
WbRecord *wb_register_attach_within (WbRegister *self,
                                     const char *reference,
                                     const char *id,
                                     const char *name,
                                     GInputStream *stream,
                                     guint64 size_hint,
                                     JsonObject *fields,
                                     WbProgress progress,
                                     gpointer user_data,
                                     GCancellable *cancellable,
                                     GError **error);
void wb_register_raise_urgency (WbRegister *self, JsonObject *fields, JsonObject *before);
WbRecord *wb_register_record_within (WbRegister *self,
                                     const char *type,
                                     const char *id,
                                     const char *case_ref,
                                     JsonObject *fields,
                                     const char *reason,
                                     GError **error);
JsonNode *wb_json_string (const char *text);

/* wb-colleague.c: no account without a declaration (OB-16). */
gboolean wb_colleague_refuse (WbRegister *self, GError **error);
gboolean wb_colleague_declare (WbRegister *self, const char *name, GError **error);

/* wb-register-read.c */
char *wb_register_reference_of (WbRegister *self, const char *id);

/* wb-case-document.c */
JsonObject *wb_case_document_make (
    WbRegister *self,
    const char *case_id,
    const WbExportOptions *options,
    WbInstant made,
    GPtrArray *evidence, /* (element-type WbBundleEvidence): filled */
    GError **error);
JsonObject *wb_deadline_to_document (WbRegister *self, const WbDeadline *deadline);
gboolean wb_profile_check (const char *profile, GError **error);
gboolean wb_profile_gives (const char *profile, WbSensitivity sensitivity);
WbSensitivity wb_register_sensitivity_of (WbRegister *self, const char *type, const char *name);

G_END_DECLS
