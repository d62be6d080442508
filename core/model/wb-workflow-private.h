/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-model-private.h"

G_BEGIN_DECLS

void wb_guard_free (WbGuard *self);
void wb_act_rule_free (WbActRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGuard, wb_guard_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbActRule, wb_act_rule_free)

gboolean wb_workflow_read_guards (WbModel *self,
                                  const WbModelFile *file,
                                  JsonArray *array,
                                  GError **error);
gboolean wb_workflow_read_acts (WbModel *self,
                                const WbModelFile *file,
                                JsonArray *array,
                                GError **error);
gboolean wb_workflow_read_lapses (WbModel *self,
                                  const WbModelFile *file,
                                  JsonObject *root,
                                  GError **error);
/* "guards" of a move or act: (element-type WbGuard), never %NULL on success */
gboolean wb_workflow_read_guards_of (const WbModel *model,
                                     const WbModelFile *file,
                                     const char *path,
                                     JsonObject *object,
                                     GPtrArray **ret_guards,
                                     GError **error);
/* A list of texts; an absent one is empty. */
gboolean wb_workflow_read_list (const WbModelFile *file,
                                const char *path,
                                JsonObject *object,
                                const char *member,
                                char ***ret_list,
                                GError **error);
/* {"field": ["value", ...], ...}. @type: (nullable): whose fields they are; NULL: not checked. */
gboolean wb_workflow_read_match (const WbModel *model,
                                 const WbModelFile *file,
                                 const char *path,
                                 JsonObject *object,
                                 const char *member,
                                 const char *type,
                                 GPtrArray **ret_match,
                                 GError **error);

G_END_DECLS
