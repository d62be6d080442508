/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Deeper nesting than this is no document of ours, and recursion costs stack. */
#define WB_JSON_DEPTH_MAX 32
/* Values in one document: what 8 MiB of "[],[],..." would otherwise cost in memory. */
#define WB_JSON_VALUES_MAX 500000

/*
 * Reads JSON exactly as RFC 8259 has it: no comments, no member given twice, no lone surrogate, no
 * NUL, no number that does not fit. json-glib takes all of these.
 */
JsonNode *wb_json_parse (const char *text, gsize size, GHashTable **ret_lines, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* The line on which the value at @path ("/types/3/fields/2") begins, or 0. */
guint wb_json_get_line (GHashTable *lines, const char *path);
/* (nullable) @node, and a member that may be absent: the text, NULL where it is no text. */
const char *wb_json_node_text (JsonNode *node);
const char *wb_json_get_text (JsonObject *object, const char *name);

G_END_DECLS
