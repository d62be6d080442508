/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-i18n.h"

G_BEGIN_DECLS

/* report.pdf from the case document (docs/case-json.md): only what stands in it is drawn. */
GBytes *wb_case_report_draw (JsonObject *case_document, WbLanguage language, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
