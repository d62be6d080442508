/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-fact-store.h"
#include "wb-figure-model.h"
#include "wb-register-private.h"

G_BEGIN_DECLS

/* Lines of an act of erasure: what was counted of its records, and of those that were counted with
 * them, from when to when. Codes and dates, no words. */
#define WB_ACT_FACTS "act_facts"

/* Fields and codes by which allegations and cases are one and the same. */
#define WB_FIELD_SAME_AS "same_as"
#define WB_FIELD_MERGED_INTO "merged_into"
#define WB_LINK_DUPLICATE "linkkind.duplicate"
gboolean wb_link_is_of_kin (const char *type, const char *field);

/* The one hook of the projection. @act: the fields it sets; @before: the record's document before
 * it. */
gboolean wb_projection_count (WbRegister *reg,
                              const WbEntry *entry,
                              const WbRecordRow *row,
                              JsonObject *act,
                              const char *before,
                              GError **error);
void wb_facts_drop_names (WbRegister *reg); /* after a rollback or a rebuild */

/* wb-fact-kin.c: who is counted together. */
typedef struct {
  WbRecordRow *row;
  JsonObject *values;
  gint64 day;         /* received, or recorded */
  gboolean day_known; /* told to the day */
} WbKin;
void wb_kin_free (WbKin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbKin, wb_kin_free)
WbKin *wb_kin_load (WbRegister *reg, const char *id, GError **error); /* NULL without error: none */
WbKin *wb_kin_new (WbRegister *reg, WbRecordRow *row, GError **error); /* takes @row */
gboolean wb_kin_is (const WbKin *self, const char *type);
GPtrArray *wb_kin_list_targets (JsonObject *values, const char *field); /* (element-type utf8) */
/* The case that a case is counted as, and all that are counted as it, itself first. */
WbKin *wb_kin_find_root (WbRegister *reg, const char *case_id, GError **error);
GPtrArray *wb_kin_list_family (WbRegister *reg, const WbKin *root, GError **error);
/* (element-type WbKin): an allegation and those that are the same, the one that counts first */
GPtrArray *wb_kin_list_group (WbRegister *reg, const char *allegation, GError **error);
GPtrArray *wb_kin_list_of_case (WbRegister *reg,
                                const char *case_id,
                                const char *type, /* NULL: all */
                                GError **error);
/* A moment of a record as local day since 1970; FALSE: not known to the day. */
gboolean wb_kin_read_day (WbRegister *reg,
                          JsonObject *values,
                          const char *field,
                          gint64 *ret_day,
                          gboolean *ret_known);

/* wb-fact-want.c: what must be counted of a unit as it stands. */
typedef struct {
  gint64 dimension, code;
  gboolean there; /* holds already */
} WbFactWant;
typedef struct {
  WbRegister *reg;
  const WbFigureModel *figures;
  gint64 entry, logged;
  GHashTable *done; /* UUIDs: groups and cases that are up to date */
} WbFactCount;
gboolean wb_facts_has_code (JsonObject *values, const char *field, char **codes);
gboolean wb_facts_want_unit (const WbFactCount *self,
                             const WbFigureUnit *unit,
                             GPtrArray *members,
                             GPtrArray *around,
                             const gint64 *period,
                             GArray *wants,
                             GError **error);

/* wb-fact-erase.c */
JsonObject *wb_facts_export (WbRegister *reg,
                             GPtrArray *ids, /* (element-type utf8): records that go */
                             GError **error);
gboolean wb_facts_restore (WbRegister *reg,
                           const WbEntry *entry,
                           JsonObject *facts,
                           JsonObject *stubs,
                           GError **error);

/* wb-fact-work.c: sums and rows always move together. */
gint64 wb_facts_find_name (WbRegister *reg, const char *name, GError **error); /* makes it */
gint64 wb_facts_month_of (gint64 day);
gint64 wb_facts_day_of (WbRegister *reg, WbInstant time);
gboolean wb_facts_add (WbRegister *reg, const WbFactRow *row, gint64 logged, GError **error);
gboolean wb_facts_end (WbRegister *reg,
                       const WbFactRow *row,
                       gint64 entry,
                       gint64 logged,
                       GError **error);

G_END_DECLS
