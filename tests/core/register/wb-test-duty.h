/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test-workflow.h"

/* How many of a code the figures of 2026 tell, "": all together. */
gint64 wb_test_count_of (WbTestRegister *self, const char *by, const char *code);
/* A part of a report of figures, and its row of a code or a reference; both fail where there is
 * none. Borrowed. */
JsonObject *wb_test_part (JsonObject *report, const char *name);
JsonObject *wb_test_row (JsonObject *part, const char *member, const char *value);
/* The clocks of a rule on a record or case: "2026-12-24 running\n" each. */
void wb_test_assert_clock (WbTestRegister *self,
                           const char *reference,
                           const char *rule,
                           const char *expected);
/* Whether a step that the case can take lacks a rule. */
gboolean wb_test_lacks (WbTestRegister *self,
                        const char *case_ref,
                        const char *to,
                        const char *rule);
/* The English words of a member of a row. Borrowed. */
const char *wb_test_words (JsonObject *row, const char *member);
