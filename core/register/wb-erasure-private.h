/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-erasure.h"
#include "wb-register-private.h"

G_BEGIN_DECLS

/* Lines of an "erased" entry. They hold no personal data and never go themselves. */
#define WB_ACT_ERASED "act_erased" /* {"scope", "lines": [[entry, first, last]…], …} */
#define WB_ACT_STUB "act_stub"     /* {"record id": {"field": value}}: what is left of it */

#define WB_ERASED_EVENT "erased"
#define WB_STATUS_DESTROYED "status.destroyed"
#define WB_META_SCRUB "scrub" /* set while erased bytes may still be in free places of the file */

/* A field that pointed at a record; of a clock the field is WB_ACT_DEADLINES. */
typedef struct {
  char *type, *field, *target;
} WbErasePoint;

/* What goes, put together before anything is changed. */
typedef struct {
  WbRecordRow *of;
  const char *scope;   /* "case", "record" or "fields" */
  GHashTable *fields;  /* (nullable): names of lines; NULL: all */
  JsonArray *lines;    /* [[entry, first, last]…] */
  GHashTable *records; /* id -> type, of all that is in the scope */
  GPtrArray *order;    /* (element-type utf8): ids, in order of making */
  GPtrArray *files;    /* (element-type utf8): ids of evidence whose contents go */
  GPtrArray *words;    /* (element-type utf8): what to look for elsewhere; wiped */
  GPtrArray *phrases;  /* (element-type utf8): whole names among them */
  JsonObject *stub;    /* id -> what stays */
  GPtrArray *points;   /* (element-type WbErasePoint): at what it ever pointed, outside the scope */
  GHashTable *entries; /* (element-type gint64): numbers of all that is in the scope */
  guint64 n_lines, n_entries;
} WbErasePlan;
WbErasePlan *wb_erase_plan_new (WbRegister *reg,
                                const WbRecordRow *of,
                                const char *const *fields,
                                GError **error);
void wb_erase_plan_free (WbErasePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbErasePlan, wb_erase_plan_free)
/* Blanks the lines and drops files and drafts; within a WbChange. */
gboolean wb_erase_plan_carry_out (WbErasePlan *self,
                                  WbRegister *reg,
                                  guint *ret_drafts,
                                  GError **error);
/* wb-erase-reach.c: whether nothing that is computed of other records hangs together with it, now
 * or earlier. Then its own rows are all that an erasure touches; asked before it. */
void wb_erase_plan_note_points (WbErasePlan *self,
                                WbRegister *reg,
                                const WbEntry *entry,
                                const char *name,
                                JsonNode *value);
gboolean wb_erase_plan_is_alone (const WbErasePlan *self,
                                 WbRegister *reg,
                                 gboolean *ret_alone,
                                 GError **error);
/* Records outside the scope that still speak of it. */
GPtrArray *wb_erase_plan_find_mentions (WbErasePlan *self, WbRegister *reg, GError **error);

/* The second person's approval of the destruction of a case. */
typedef struct {
  char *id, *reference;
  guint64 proposed_entry, decided_entry;
  char *proposed_by, *decided_by; /* fingerprints */
  char *decided_on;
} WbDestroyDecision;
void wb_destroy_decision_free (WbDestroyDecision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDestroyDecision, wb_destroy_decision_free)
/* %NULL without @error: there is none. */
WbDestroyDecision *wb_erasure_find_decision (WbRegister *reg, const char *case_id, GError **error);

/* @fields: whether only fields go, which asks for less. */
GPtrArray *wb_erasure_list_blocks (WbRegister *reg,
                                   const WbRecordRow *row,
                                   gboolean fields,
                                   WbInstant as_of,
                                   GError **error);

/* Hooks of the projection and of recording. */
gboolean wb_erasure_is_destroyed (WbRegister *reg, const char *case_id);
gboolean wb_erasure_refuse_destroyed (WbRegister *reg, const char *case_id, GError **error);
/* The projection of an act of erasure: what is left of its records. */
gboolean wb_erasure_project (WbRegister *reg,
                             const WbEntry *entry,
                             JsonObject *act,
                             GError **error);
gboolean wb_erasure_finish (WbRegister *reg, GError **error); /* at opening */

/* Which lines are gone, and which act says so; fed with the log in order. */
typedef struct _WbErasedCheck WbErasedCheck;
WbErasedCheck *wb_erased_check_new (WbVerification *result);
void wb_erased_check_entry (WbErasedCheck *self, const WbEntry *entry, GPtrArray *lines);
void wb_erased_check_finish (WbErasedCheck *self);
void wb_erased_check_free (WbErasedCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbErasedCheck, wb_erased_check_free)

WbErasureBlock *wb_erasure_block_new (const char *rule, const char *basis, const char *sentence);

G_END_DECLS
