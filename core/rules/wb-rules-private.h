/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-practice-private.h"
#include "wb-rule.h"
#include "wb-trigger-private.h"

G_BEGIN_DECLS

struct _WbRules {
  char *version;
  GPtrArray *rules;    /* (element-type WbRule) in the order of the file */
  GHashTable *by_code; /* code -> WbRule, borrowed */
  WbTriggers *triggers;
  WbPractice *practice; /* NULL: of the rules alone */
};

gboolean wb_kind_parse (const char *text, WbKind *ret_kind, GError **error);

G_END_DECLS
