/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-case-data.h"

G_BEGIN_DECLS

/* Rows of a case page: made from values, without a will of their own. */
typedef struct {
  const WbModel *model;
  const WbZone *zone;
  WbLanguage language;
  GPtrArray *records; /* (element-type WbRecord): to say A-1 rather than a UUID */
  GHashTable *names;  /* (nullable) (element-type utf8 WbRecordName): of what lies outside */
} WbRowContext;

/* A label and below it its value; the same as a row of a list. */
GtkWidget *wb_property_new (const char *label, const char *value) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *wb_property_row_new (const char *label, const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* One property row for each filled field; with @names only those. */
void wb_expander_add_fields (AdwExpanderRow *row,
                             const WbRecord *record,
                             const WbRowContext *context,
                             char **names);
GtkWidget *wb_reference_label_new (const char *reference) G_GNUC_WARN_UNUSED_RESULT; /* */
/* All of them, once @row is opened, below a button that activates "case.change-record" where
 * @record can be corrected; @record is one of @context's records. */
void wb_expander_add_fields_later (AdwExpanderRow *row,
                                   const WbRecord *record,
                                   const WbRowContext *context);
GtkWidget *wb_record_row_new (const WbRecord *record, const WbRowContext *context)
    G_GNUC_WARN_UNUSED_RESULT;
/* Of a type without a section of its own: it says what it is. */
GtkWidget *wb_other_row_new (const WbRecord *record, const WbRowContext *context)
    G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *wb_evidence_row_new (const WbRecord *record, const WbRowContext *context)
    G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *wb_history_row_new (const WbHistoryLine *line) G_GNUC_WARN_UNUSED_RESULT;
char *wb_record_summary (const WbRecord *record, const WbRowContext *context);

G_END_DECLS
