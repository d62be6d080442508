/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <string.h>

#include "wb-test-clock.h"

int test_fields_setup (void **state); /* of the group: the zone of Amsterdam */
int test_fields_teardown (void **state);
WbClockContext test_fields_context (void);
WbClockSubject test_fields_subject (const char *type, JsonObject *record, JsonObject *of_case);
/* The clocks that a record of these fields starts, or those that the @changed ones touch. */
GPtrArray *test_fields_start (const char *type, const char *json, const char *const *changed);
WbClock *test_clock_find (GPtrArray *clocks, const char *rule); /* (transfer none) (nullable) */
/* How the clock that @before started stands by the fields @after and those of the case. */
WbClockState test_fields_judge_by (const char *type,
                                   const char *rule,
                                   const char *before,
                                   const char *after,
                                   const char *of_case,
                                   const char *now,
                                   char **ret_met);
WbClockState test_fields_judge (const char *type,
                                const char *rule,
                                const char *before,
                                const char *after,
                                const char *now);
