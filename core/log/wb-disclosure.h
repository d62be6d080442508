/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-merkle.h"

G_BEGIN_DECLS

#define WB_DISCLOSURE_MAX_SIZE                                                                     \
  (4 * 1024 * 1024) /* a field is text, not a file: those are evidence */

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
/* Whether the line is about that field; cheap, for those who compare digests. */
gboolean wb_disclosure_is_of (const char *line, gsize size, const char *name);
/* Compact JSON with members in the order given, no white space, UTF-8 not escaped, no LF. */
char *wb_json_compact (JsonNode *value);

G_END_DECLS
