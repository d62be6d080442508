/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-erasure.h"
#include "wb-test-register.h"

/* How often @canary stands in the decrypted store, its free places and its journal. */
guint wb_test_count_in_store (WbTestRegister *self, const char *canary);
/* Closes the register and runs SQL on its store with the key. */
void wb_test_run_sql (WbTestRegister *self, const char *sql);
/* Verifies deep: sound, with so many erased values and acts of erasure. */
void wb_test_assert_sound (WbTestRegister *self, guint64 erased, guint64 acts);
/* Closes the register and verifies: something is wrong with @part. */
void wb_test_assert_found (WbTestRegister *self, WbDepth depth, const char *part);
