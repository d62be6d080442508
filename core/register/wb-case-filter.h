/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* What the list of cases can be narrowed by, in the order in which it is offered. A filter is
 * "FIELD=CODE", such as "rights=right.charter.4"; "holder=" stands for cases that nobody holds. */
typedef struct {
  const char *field;
  const char *vocabulary; /* (nullable): NULL: the name of a user */
} WbCaseFilterField;

const WbCaseFilterField *wb_case_filter_fields (guint *ret_n);
/* In words, as the model has it: "Rights". */
const char *wb_case_filter_field_label (const WbModel *model,
                                        const char *field,
                                        WbLanguage language);
/* TRUE for a filter that can be asked for; @ret_code points into @filter. */
gboolean wb_case_filter_parse (const char *filter,
                               const WbCaseFilterField **ret_field,
                               const char **ret_code,
                               GError **error);

/* Orders by name: reference, received, changed, deadline, urgency, status, law, target. */
const char *wb_case_sort_name (WbCaseSort sort);
gboolean wb_case_sort_parse (const char *name, WbCaseSort *ret_sort);

G_END_DECLS
