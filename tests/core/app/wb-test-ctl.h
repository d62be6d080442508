/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test-register.h"

/* Runs the real waarborgctl on a register in a fresh folder. */
typedef struct {
  char *folder;
  char *path;       /* FOLDER/test.waarborg */
  char *passphrase; /* FOLDER/passphrase.txt */
  char *out, *err;  /* of the last run */
  int status;
} WbTestCtl;

int wb_test_ctl_setup (void **state); /* makes the register with a cheap key file */
int wb_test_ctl_teardown (void **state);
void wb_test_ctl_add_user (WbTestCtl *self, const char *name); /* with the same passphrase */
/* Words up to NULL; "--passphrase-file" is added. Returns the exit code. */
int wb_test_ctl_run (WbTestCtl *self, const char *command, ...) G_GNUC_NULL_TERMINATED;
int wb_test_ctl_run_with (WbTestCtl *self, const char *const *environment, char **words);
char *wb_test_ctl_write (WbTestCtl *self, const char *name, gconstpointer bytes, gssize size);

#define with_ctl(f) cmocka_unit_test_setup_teardown (f, wb_test_ctl_setup, wb_test_ctl_teardown)
