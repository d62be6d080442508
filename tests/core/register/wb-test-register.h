/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test.h"

#include "wb-register-private.h"

/* A fresh register in a fresh folder, with a cheap key file and the clock at a fixed moment. */
typedef struct {
  char *folder;
  char *path; /* FOLDER/test.waarborg */
  WbRegister *reg;
} WbTestRegister;

#define WB_TEST_PASSPHRASE "correct horse battery staple"
#define WB_TEST_NOW "2026-11-24T09:00:00Z"

int wb_test_register_setup (void **state);
int wb_test_register_setup_at (void **state, const char *now);
int wb_test_register_teardown (void **state);
void wb_test_register_reopen (WbTestRegister *self);
WbSecret *wb_test_secret (const char *text);
JsonObject *wb_test_object (const char *json);
void wb_test_now (const char *instant);
char *wb_test_record (WbTestRegister *self,
                      const char *type,
                      const char *case_ref,
                      const char *json);
char *wb_test_change (WbTestRegister *self, const char *reference, const char *json);
void wb_test_move (WbTestRegister *self, const char *case_ref, const char *status);

#define with_register(f)                                                                           \
  cmocka_unit_test_setup_teardown (f, wb_test_register_setup, wb_test_register_teardown)
