/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a correction sets: what @after holds otherwise than @before, and null for what it no longer
 * holds. */
JsonObject *wb_correction_new (JsonObject *before, JsonObject *after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
