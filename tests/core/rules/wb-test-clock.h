/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-rules.h"
#include "wb-test.h"

/* A record with what belongs to it, put together from JSON. */
typedef struct {
  WbZone *zone;
  WbClockContext context;
  WbClockSubject subject;
  JsonObject *record, *of_case, *body;
} TestClock;

int test_clock_setup (void **state);
int test_clock_teardown (void **state);
WbInstant test_at (const char *text);
JsonObject *test_object (const char *json);
void test_record (TestClock *self, const char *type, const char *json);
void test_case (TestClock *self, const char *json);
void test_body (TestClock *self, const char *json);
void test_link (TestClock *self, const char *field, const char *json);
void test_neighbour (TestClock *self,
                     const char *type,
                     const char *field,
                     const char *created,
                     const char *json);
void test_act (TestClock *self, const char *created, const char *json); /* on a clock */
void test_target (TestClock *self, const char *rule, int length, WbUnit unit);
/* "rule due latest" of each clock, sorted, one line each; "open", "stands" or "awaits" for due. */
char *test_list (TestClock *self, const char *now);
void test_assert_clocks (TestClock *self, const char *now, const char *expected);
/* The one clock of that rule; NULL where none starts. */
WbClock *test_start (TestClock *self, const char *rule, const char *now);
const char *test_judge (TestClock *self, const char *rule, const char *now); /* its state */
char *test_notes (TestClock *self, const char *rule, const char *now);
