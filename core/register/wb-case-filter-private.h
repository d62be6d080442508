/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-filter.h"

G_BEGIN_DECLS

/* As the store asks for them; *ret_json is NULL where there are none. */
gboolean wb_case_filters_to_json (const char *const *filters, char **ret_json, GError **error);

/* What a case can be picked out by, gathered from its records. @codes: of [field, code] */
void wb_case_codes_add (JsonArray *codes, const char *field, const char *code);
void wb_case_codes_take (JsonArray *codes, const char *type, JsonObject *values);
gboolean wb_case_codes_save (WbRegister *reg,
                             const char *case_id,
                             JsonArray *codes,
                             GError **error);

/* Row by row, in the order of the query; FALSE from @each stops. (wb-register-read.c) */
typedef gboolean (*WbEachCase) (const WbCaseRow *row, gpointer user_data);
gboolean wb_register_each_case (WbRegister *self,
                                const WbCaseQuery *query,
                                WbEachCase each,
                                gpointer user_data,
                                GError **error);

G_END_DECLS
