/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-merkle.h"

G_BEGIN_DECLS

/* "<32 hex of salt> <field name> <value as compact JSON>", without LF; its digest stands in the
 * entry. */
char *wb_disclosure_new (const char *name, JsonNode *value)
    G_GNUC_WARN_UNUSED_RESULT; /* with fresh salt */
gboolean wb_disclosure_parse (const char *line,
                              gsize size,
                              char **ret_name,
                              JsonNode **ret_value,
                              GError **error);
void wb_disclosure_digest (const char *line, gsize size, WbHash *ret_digest);
/* Compact JSON with members in the order given, no white space, UTF-8 not escaped, no LF. */
char *wb_json_compact (JsonNode *value);

G_END_DECLS
