/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * A work list: a search that a user saved by name, with its order and columns. It is the user's own
 * and sealed in the store like a draft; saving one is no act, for what is searched for may be a
 * name.
 */
typedef struct {
  char *name;
  char *words;    /* (nullable) */
  char **filters; /* "FIELD=CODE", see wb-case-filter.h */
  WbCaseSort sort;
  gboolean descending;
  guint fields; /* 1 << WbCaseField of each column, see wb-case-table.h */
} WbWorkList;

#define WB_WORK_LIST_NAME_MAX 60 /* characters: a row of a menu */
#define WB_WORK_LISTS_MAX 50     /* of one user: each is counted when the menu opens */

WbWorkList *wb_work_list_new (const char *name, const WbCaseQuery *query, guint fields)
    G_GNUC_WARN_UNUSED_RESULT;
WbWorkList *wb_work_list_copy (const WbWorkList *self) G_GNUC_WARN_UNUSED_RESULT;
void wb_work_list_free (WbWorkList *self);
void wb_work_list_get_query (const WbWorkList *self, WbCaseQuery *ret_query); /* lent */

/* Those of the user, by name. (element-type WbWorkList) */
GPtrArray *wb_register_list_work_lists (WbRegister *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
WbWorkList *wb_register_find_work_list (WbRegister *self, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* One of the same name is replaced. */
gboolean wb_register_save_work_list (WbRegister *self, const WbWorkList *list, GError **error);
gboolean wb_register_rename_work_list (WbRegister *self,
                                       const char *name,
                                       const char *to,
                                       GError **error);
gboolean wb_register_drop_work_list (WbRegister *self, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWorkList, wb_work_list_free)

G_END_DECLS
