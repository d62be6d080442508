/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-rule.h"
#include "wb-shape-private.h"

G_BEGIN_DECLS

/* Statuses of a case in which nobody can keep to some rules any more. */
typedef struct _WbRelease WbRelease;

WbRelease *wb_release_load (JsonNode *node,
                            const WbRules *rules,
                            const WbPlace *place,
                            GError **error);
void wb_release_free (WbRelease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRelease, wb_release_free)

G_END_DECLS
