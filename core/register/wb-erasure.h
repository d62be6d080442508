/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"
#include "wb-sheet.h"

G_BEGIN_DECLS

/* How long a case is kept, what is due and what stands in the way; how data goes for good, and
 * what is left of it. docs/erasure.md tells all of it. */

/* A rule that stands in the way, by its name in the workflow or here. */
typedef struct {
  char *rule;     /* "no-legal-hold" */
  char *basis;    /* (nullable): "Archiefwet 1995 art. 5" */
  char *sentence; /* what would have to hold */
} WbErasureBlock;
void wb_erasure_block_free (WbErasureBlock *self);

typedef enum {
  WB_RETENTION_RUNNING, /* the period runs */
  WB_RETENTION_REVIEW,  /* expired, and nobody has looked at it since */
  WB_RETENTION_DUE,     /* expired, looked at, nothing stands in the way but the two persons */
  WB_RETENTION_BLOCKED, /* expired, and something stands in the way */
  WB_RETENTION_KEPT,    /* to be kept for ever, or transferred */
  WB_RETENTION_UNKNOWN, /* without a category, an end or a period in the body's list */
} WbRetentionState;
const char *wb_retention_state_to_text (WbRetentionState state);

/* One closed case against the body's own selection list. */
typedef struct {
  char *case_id, *reference, *status;
  char *category; /* (nullable): retention.… */
  char *item;     /* (nullable): reference of the list's record that counts */
  char *basis;    /* (nullable): of the list */
  char *event;    /* (nullable): what the period runs from: retentionstart.… */
  char *start;    /* (nullable): YYYY-MM-DD */
  char *due;      /* (nullable): YYYY-MM-DD: from this day on it is expired */
  char *reviewed; /* (nullable): YYYY-MM-DD */
  WbRetentionState state;
  GPtrArray *blocks; /* (element-type WbErasureBlock) */
} WbRetention;
void wb_retention_free (WbRetention *self);
/* Closed and archived cases; @all: also those whose period runs or that are kept. By due date. */
GPtrArray *wb_register_list_retention (WbRegister *self,
                                       WbInstant as_of,
                                       gboolean all,
                                       GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRetention) */
WbRetention *wb_register_judge_retention (WbRegister *self,
                                          const char *case_ref,
                                          WbInstant as_of,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A copy outside the store that an erasure does not reach, or somebody who was told. */
typedef struct {
  guint64 number; /* entry of the log */
  WbInstant time;
  char *kind;      /* "bundle", "backup", "referral", "letter", "consultation", "list" */
  char *recipient; /* (nullable): key or target */
  char *name;      /* (nullable): of the recipient, where it was told */
  char *what;      /* (nullable): profile, form */
  char *reference; /* (nullable): record */
} WbCopy;
void wb_copy_free (WbCopy *self);
/* To whom data of the case or person went: referrals, letters, bundles, and backups made (GDPR 19).
 */
GPtrArray *wb_register_list_recipients (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbCopy) */

/* What an erasure did. */
typedef struct {
  char *reference;
  char *certificate;   /* (nullable): reference of the destruction record, of a whole case */
  guint64 first_entry; /* of the act */
  guint64 n_lines, n_entries, n_files, n_drafts;
  GPtrArray *copies;   /* (element-type WbCopy): still out there */
  GPtrArray *mentions; /* (element-type utf8): references of records that still speak of it */
  gboolean scrubbed;   /* else the file is cleaned at the next opening */
} WbErasure;
void wb_erasure_free (WbErasure *self);

/* Before anything is done: what stands in the way. Empty: nothing. */
GPtrArray *wb_register_list_erasure_blocks (WbRegister *self,
                                            const char *reference,
                                            WbInstant as_of,
                                            GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbErasureBlock) */
/*
 * A case: destruction, which two persons decide. Another record, or (@fields, nullable) single
 * fields of any record: erasure at a person's request (GDPR 17). @basis: why it may go, kept in
 * the log for ever: without names.
 */
WbErasure *wb_register_erase (WbRegister *self,
                              const char *reference,
                              const char *const *fields,
                              const char *basis,
                              WbProgress progress,
                              gpointer user_data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The declaration of destruction, from its record. Putting it on paper is an act. */
WbSheet *wb_register_make_certificate (WbRegister *self,
                                       const char *reference,
                                       WbLanguage language,
                                       gboolean print,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbErasureBlock, wb_erasure_block_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRetention, wb_retention_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCopy, wb_copy_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbErasure, wb_erasure_free)

G_END_DECLS
