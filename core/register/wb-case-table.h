/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-csv.h"
#include "wb-register.h"

G_BEGIN_DECLS

/* What a list of cases can show of each; a name of a person never. */
typedef enum {
  WB_CASE_FIELD_REFERENCE,
  WB_CASE_FIELD_TITLE,
  WB_CASE_FIELD_RECEIVED,
  WB_CASE_FIELD_STATUS,
  WB_CASE_FIELD_URGENCY,
  WB_CASE_FIELD_SITE,
  WB_CASE_FIELD_ALLEGATIONS,
  WB_CASE_FIELD_LAW,
  WB_CASE_FIELD_TARGET,
  WB_N_CASE_FIELDS
} WbCaseField;
#define WB_CASE_FIELDS_ALL ((1u << WB_N_CASE_FIELDS) - 1)

const char *wb_case_field_name (WbCaseField field); /* "received" */
/* FALSE: no field is called so. */
gboolean wb_case_field_parse (const char *name, WbCaseField *ret_field);

/*
 * Cases as CSV. For other programs (WB_CSV_EXACT) with names of fields, codes and instants; for a
 * spreadsheet with words and dates.
 */
typedef struct {
  const WbCaseQuery *query;
  const guint *positions; /* (nullable): of the cases that go along, ascending; NULL: all */
  guint n_positions;
  guint fields; /* 1 << WbCaseField, each */
  WbCsvVariant variant;
  WbLanguage language;
  const char *purpose; /* (nullable): told why; logged */
} WbCaseTable;

/* Each is one act: how many, which filters and columns; never the words searched for. */
gboolean wb_register_write_case_table (WbRegister *self,
                                       const WbCaseTable *table,
                                       GOutputStream *stream,
                                       GError **error);
gboolean wb_register_export_case_table (WbRegister *self,
                                        const WbCaseTable *table,
                                        const char *path,
                                        WbProgress progress,
                                        gpointer user_data,
                                        GCancellable *cancellable,
                                        guint *ret_n,
                                        GError **error);

G_END_DECLS
