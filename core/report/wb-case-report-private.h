/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-format.h"
#include "wb-report-page-private.h"

G_BEGIN_DECLS

/* The case document with all that is needed to say it in one language. */
typedef struct {
  JsonObject *document;
  WbLanguage language;
  const WbWords *words;
  const WbZone *zone;
  WbReportPage *page;
  guint section; /* number of the last one */
} WbCaseReport;

const char *wb_case_report_word (const WbCaseReport *self, const char *key);
const char *wb_case_report_word_of (const WbCaseReport *self,
                                    const char *prefix,
                                    const char *code); /* the code itself where there is no word */
void wb_case_report_section (WbCaseReport *self, const char *key);

/* Members of a JSON object; "" or an empty array where there is none. */
const char *wb_case_report_text (JsonObject *object, const char *name);
const char *wb_case_report_label (const WbCaseReport *self, JsonObject *object, const char *name);
JsonObject *wb_case_report_object (JsonObject *object, const char *name); /* (nullable) */
JsonArray *wb_case_report_array (JsonObject *object, const char *name);   /* (transfer full) */
JsonObject *wb_case_report_element (JsonArray *array, guint i);           /* (nullable) */
gint64 wb_case_report_number (JsonObject *object, const char *name);
/* A date or an instant as people read it; what is neither stays as it is. */
char *wb_case_report_when (const WbCaseReport *self, const char *text);

void wb_case_report_draw_records (WbCaseReport *self, const char *type, const char *key);
void wb_case_report_draw_other_records (WbCaseReport *self);
void wb_case_report_draw_deadlines (WbCaseReport *self);
void wb_case_report_draw_evidence (WbCaseReport *self);
void wb_case_report_draw_withheld (WbCaseReport *self);
void wb_case_report_draw_log (WbCaseReport *self);

G_END_DECLS
