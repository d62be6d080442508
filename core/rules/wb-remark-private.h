/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-rule.h"
#include "wb-shape-private.h"

G_BEGIN_DECLS

/* What a profile adds to the label of some rules. */
typedef struct _WbRemark WbRemark;

WbRemark *wb_remark_load (JsonNode *node,
                          const WbRules *rules,
                          const WbPlace *place,
                          GError **error);
void wb_remark_free (WbRemark *self);

G_END_DECLS
