/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test-register.h"

/* A register with two users, "anna" and "lezer", each under a key of their own. */
int wb_test_workflow_setup (void **state);
void wb_test_add_user (WbTestRegister *self, const char *name); /* with the same passphrase */
void wb_test_open_as (WbTestRegister *self, const char *user);
/* Records or changes something that a rule refuses; the rule is named, and a "refused" entry is
 * left. */
void wb_test_refused (WbTestRegister *self,
                      const char *rule,
                      const char *type,
                      const char *reference,
                      const char *json,
                      const char *reason);
#define wb_test_refused_new(self, rule, type, of, json)                                            \
  wb_test_refused (self, rule, type, of, json, "test")
#define wb_test_refused_change(self, rule, ref, json)                                              \
  wb_test_refused (self, rule, NULL, ref, json, "test")
/* Proposed by anna, confirmed by lezer; anna is at the register again. Returns the reference. */
char *wb_test_decided (WbTestRegister *self, const char *case_ref, const char *json);
void wb_test_sound (WbTestRegister *self); /* verifies deep, and rebuilds to the same */

#define with_workflow(f)                                                                           \
  cmocka_unit_test_setup_teardown (f, wb_test_workflow_setup, wb_test_register_teardown)
