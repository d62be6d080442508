/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "wb-bundle.h"
#include "wb-model.h"
#include "wb-rules.h"
#include "wb-secret.h"
#include "wb-verification.h"

G_BEGIN_DECLS

/*
 * An open register. All calls are synchronous and belong to the thread that opened it; a program
 * with a main loop uses WbSession. Every act below leaves exactly one entry in the log.
 *
 * "Reference" is a case's NL-INSP-2026-0001, a record's NL-INSP-2026-0001/A-1, that of a record
 * which stands by itself, NL-INSP-V-1, or a UUID.
 */
typedef struct _WbRegister WbRegister;

/* Profiles: "inspectorate", "human-rights-institution", "ombudsperson". */
typedef struct {
  const char *body;    /* name of the body */
  const char *code;    /* NL-INSP: [A-Z0-9-], 2-20 */
  const char *profile; /* (nullable): inspectorate */
  const char *zone;    /* (nullable): Europe/Amsterdam */
  const char *user;    /* first user, see wb_key_file_check_user() */
  const WbSecret *passphrase;
  const char *const *recovery; /* (nullable): age1... */
  gboolean independent;        /* declared, see wb_register_create() */
} WbRegisterSetup;

WbRegister *wb_register_create (const char *path, const WbRegisterSetup *setup, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbRegister *wb_register_open (const char *path,
                              const char *user,
                              const WbSecret *passphrase,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Signs a checkpoint if there are acts since the last one, wipes the keys, lets go of the folder.
 */
void wb_register_close (WbRegister *self);
char **wb_register_list_user_names (const char *path, GError **error); /* without opening */

const char *wb_register_get_path (const WbRegister *self);
const char *wb_register_get_body (const WbRegister *self);
const char *wb_register_get_code (const WbRegister *self);
const char *wb_register_get_profile (const WbRegister *self);
const char *wb_register_get_origin (const WbRegister *self);
const char *wb_register_get_user (const WbRegister *self);
const char *wb_register_get_fingerprint (const WbRegister *self);
const WbZone *wb_register_get_zone (const WbRegister *self);
const WbModel *wb_register_get_model (const WbRegister *self);
const WbRules *wb_register_get_rules (const WbRegister *self);
guint64 wb_register_get_size (const WbRegister *self); /* entries in the log */

/* Users. */
typedef struct {
  char *name;
  char *fingerprint;
  char *public_key; /* OpenSSH line */
  char *recipient;  /* age1... */
  WbInstant added;
} WbUser;
void wb_user_free (WbUser *self);
gboolean wb_register_add_user (WbRegister *self,
                               const char *name,
                               const WbSecret *passphrase,
                               GError **error);
gboolean wb_register_change_passphrase (WbRegister *self,
                                        const WbSecret *current,
                                        const WbSecret *fresh,
                                        GError **error);
GPtrArray *wb_register_list_users (WbRegister *self, GError **error); /* (element-type WbUser) */

/* A record as it stands now. */
typedef struct {
  char *id;
  char *type;
  char *case_id; /* (nullable): a case's own id for a case; NULL: the record stands by itself */
  char *reference;
  JsonObject *fields; /* identity fields are left out unless asked for */
  char **hidden;      /* names of the fields left out */
  WbInstant created, changed;
  guint64 first_entry, last_entry;
  char *author; /* fingerprint of who made it */
} WbRecord;
void wb_record_free (WbRecord *self);
WbRecord *wb_record_copy (const WbRecord *self);

/*
 * One act. @id (nullable): a UUIDv7 of the caller's. @case_ref (nullable): the case; an allegation
 * without one opens a case of its own (that is a second act). @reason (nullable).
 */
WbRecord *wb_register_record (WbRegister *self,
                              const char *type,
                              const char *id,
                              const char *case_ref,
                              JsonObject *fields,
                              const char *reason,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Only the fields given; a JSON null clears one. The earlier value stays in the log. */
WbRecord *wb_register_change (WbRegister *self,
                              const char *reference,
                              JsonObject *fields,
                              const char *reason,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All items of a file that wb_record_file_parse() read, as one transaction: all or nothing.
 * @folder: where "file" paths start. */
GPtrArray *wb_register_record_items (WbRegister *self,
                                     GPtrArray *items,
                                     const char *folder,
                                     GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRecord) */

/* Reading. Without identity: no entry. With @identity the reading is an entry ("consulted"). */
WbRecord *wb_register_read (WbRegister *self,
                            const char *reference,
                            gboolean identity,
                            const char *reason,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *wb_register_read_case (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRecord): the case first, without identities */
/* Those of a type that stand by themselves. */
GPtrArray *wb_register_list_records (WbRegister *self,
                                     const char *type,
                                     guint offset,
                                     guint limit,
                                     GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRecord) */
char *wb_register_resolve (WbRegister *self, const char *reference, GError **error); /* -> UUID */

/* As wb_model_format_value(), with references instead of UUIDs where a field points at records. */
char *wb_register_format_value (WbRegister *self,
                                const WbField *field,
                                JsonNode *value,
                                WbLanguage language);

/* What a list shows of a case: never a name. */
typedef struct {
  char *id;
  char *reference;
  char *title;    /* (nullable) */
  char *status;   /* code */
  char *urgency;  /* (nullable) code: the highest of its allegations */
  char *site;     /* (nullable) code */
  char *received; /* (nullable) original receipt, local date YYYY-MM-DD */
  guint n_allegations;
  WbInstant changed;
  WbInstant next_end; /* WB_INSTANT_NONE */
  char *next_rule;    /* (nullable) */
  /* The earliest of what binds by law and of the body's own targets; next is the earlier one. What
   * binds an authority stands in the place of the law only where nothing binds the body. */
  WbInstant law_end, target_end;
  char *law_rule, *target_rule; /* (nullable) */
} WbCaseRow;
void wb_case_row_free (WbCaseRow *self);

typedef enum {
  WB_CASE_SORT_REFERENCE,
  WB_CASE_SORT_RECEIVED,
  WB_CASE_SORT_CHANGED,
  WB_CASE_SORT_NEXT_DEADLINE,
  WB_CASE_SORT_URGENCY,
  WB_CASE_SORT_STATUS,
  WB_CASE_SORT_LAW, /* cases without such an end come last */
  WB_CASE_SORT_TARGET
} WbCaseSort;
typedef struct {
  const char *words;   /* (nullable): full-text search, prefixes of words */
  const char *status;  /* (nullable) */
  const char *urgency; /* (nullable) */
  /* (nullable): "FIELD=CODE", see wb-case-filter.h: one of each field must hold */
  const char *const *filters;
  WbCaseSort sort;
  gboolean descending;
} WbCaseQuery;
gboolean wb_register_count_cases (WbRegister *self,
                                  const WbCaseQuery *query,
                                  guint *ret_n,
                                  GError **error);
GPtrArray *wb_register_list_cases (WbRegister *self,
                                   const WbCaseQuery *query,
                                   guint offset,
                                   guint limit,
                                   GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbCaseRow) */

typedef struct {
  char *record_id, *type, *reference;
  char *case_reference; /* (nullable): NULL: the record stands by itself */
  char *snippet;        /* plain text, hits between U+2068 and U+2069 */
} WbHit;
void wb_hit_free (WbHit *self);
GPtrArray *wb_register_search (WbRegister *self, const char *words, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbHit) */

/* Deadlines. */
/* What clocks are counted by: valid until the next act. */
const WbClockContext *wb_register_get_clock_context (WbRegister *self);
typedef struct {
  WbClock *clock;
  const WbRule *rule;
  WbClockState state;
  char *met; /* (nullable): when it was met */
  char *case_id, *case_reference, *record_reference;
  guint64 entry;        /* that started it */
  gboolean in_planning; /* asks for something still */
} WbDeadline;
void wb_deadline_free (WbDeadline *self);
/* @reference (nullable): of a case or a record; else all. @as_of: usually wb_clock_now(). */
GPtrArray *wb_register_list_deadlines (WbRegister *self,
                                       const char *reference,
                                       WbInstant as_of,
                                       gboolean open_only,
                                       GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbDeadline) */

/* Evidence: streamed, hashed, kept in 1 MiB chunks inside the store. */
WbRecord *wb_register_attach (WbRegister *self,
                              const char *reference,
                              const char *name,
                              GInputStream *stream,
                              guint64 size_hint,
                              JsonObject *fields,
                              WbProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
GInputStream *wb_register_open_evidence (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* an entry; checks the hash at the end */

/* Bundles. Profiles: "full", "pseudonymised", "statistical". */
typedef struct {
  const char *profile;           /* (nullable): pseudonymised */
  const char *const *recipients; /* (nullable): age1...; NULL with plain */
  gboolean plain;                /* asked for without encryption */
  const char *purpose;           /* (nullable): told to whom and why; logged */
  WbLanguage language;
  const char *recipient;      /* (nullable): target.*: needed where names go along */
  const char *recipient_name; /* (nullable): of target.other */
  gboolean publication;       /* for everybody to read */
} WbExportOptions;
gboolean wb_register_export (WbRegister *self,
                             const char *case_ref,
                             const char *path,
                             const WbExportOptions *options,
                             WbProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             char **ret_sha256,
                             GError **error);

/* The log. */
typedef struct {
  guint64 number;
  WbInstant time;
  char *author; /* user name where known, else fingerprint */
  char *event;
  char *record_type;
  char *record_reference; /* or id */
  char *case_reference;   /* (nullable) */
  char **fields;          /* names set by the act; no values */
  char *rule;             /* (nullable): name of the rule that refused */
} WbLogRow;
void wb_log_row_free (WbLogRow *self);
GPtrArray *wb_register_list_log (WbRegister *self,
                                 const char *reference,
                                 guint64 from,
                                 guint limit,
                                 GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbLogRow) */
const char *wb_log_event_to_words (const char *event);
char *wb_log_row_to_words (const WbLogRow *self,
                           const WbModel *model,
                           const WbZone *zone,
                           WbLanguage language);
char *wb_register_checkpoint (WbRegister *self, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* the signed note */
char *wb_register_get_vkey (WbRegister *self);
WbVerification *wb_register_verify (WbRegister *self,
                                    WbDepth depth,
                                    const char *since_checkpoint,
                                    WbProgress progress,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens and checks; what cannot be opened is a finding that names the part, not an error (a wrong
 * passphrase is an error). */
WbVerification *wb_register_verify_path (const char *path,
                                         const char *user,
                                         const WbSecret *passphrase,
                                         WbDepth depth,
                                         const char *since_checkpoint,
                                         WbProgress progress,
                                         gpointer user_data,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Throws every projection away and makes them again from the log. */
gboolean wb_register_rebuild (WbRegister *self,
                              WbProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);
/* What could not be projected: kept, listed, reported. (element-type utf8): sentences */
GPtrArray *wb_register_list_set_aside (WbRegister *self, GError **error);

/* Drafts: what a form holds before it is saved, sealed in the store; no entry. */
gboolean wb_register_save_draft (WbRegister *self,
                                 const char *key,
                                 JsonObject *content,
                                 GError **error); /* NULL drops it */
JsonObject *wb_register_load_draft (WbRegister *self, const char *key, GError **error);
/* What could not even be saved as a draft, so that it outlives the lock in memory: readable only
 * by this user, once the register is open again. */
GBytes *wb_register_seal (WbRegister *self, JsonObject *content, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonObject *wb_register_unseal (WbRegister *self, GBytes *sealed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
char **wb_register_list_drafts (WbRegister *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRegister, wb_register_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRecord, wb_record_free)

G_END_DECLS
