/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test-ctl.h"

#include "wb-time.h"

/* The registers of tests/scenarios, and its steps recorded by waarborgctl in the order of time. */
typedef struct {
  WbTestCtl *ctl;
  GHashTable *paths; /* name in registers.tsv → folder */
  GHashTable *names; /* "S1", "S5b" → reference of the first, second case of the scenario */
  GHashTable *kept;  /* what a claim put aside: name → value */
  char **steps;
  guint at; /* the next step */
  char *language;
} WbTestStory;

int wb_test_story_setup (void **state);
int wb_test_story_teardown (void **state);
char **wb_test_story_lines (const char *name); /* of tests/scenarios, without the heading */
/* Records what comes before or at @until, fails where a step is refused; returns how many. */
guint wb_test_story_record_until (WbTestStory *self, WbInstant until);
char *wb_test_story_fill (WbTestStory *self, const char *text); /* @S1, ${kept} */
/* @command as on a shell's line, with REG for the register and @S1 for a case; a word that begins
 * with { or [ becomes a file. --now and --user are added. Returns the exit code. */
int wb_test_story_run (WbTestStory *self,
                       const char *name,
                       const char *now,
                       const char *user,
                       const char *command);

#define with_story(f)                                                                              \
  cmocka_unit_test_setup_teardown (f, wb_test_story_setup, wb_test_story_teardown)
