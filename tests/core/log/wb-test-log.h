/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-checkpoint.h"
#include "wb-digest.h"
#include "wb-log-check.h"
#include "wb-note.h"
#include "wb-test.h"

#define TEST_LOG_ORIGIN "waarborg/NL-INSP/3f9c2a1b0d4e5f60"
#define TEST_LOG_NOW G_GINT64_CONSTANT (1795471800123)
#define TEST_LOG_LONG 200 /* entries of a long log */

/* An entry as a store has it. */
typedef struct {
  GBytes *bytes;
  GPtrArray *lines; /* (element-type utf8) */
  WbHash leaf;
} TestRow;

typedef struct {
  GPtrArray *rows;
  GPtrArray *notes; /* (element-type utf8): checkpoints */
  WbHash head;
} TestLog;

typedef enum {
  TEST_KEPT = 1 << 0,    /* the kept leaf hashes are compared */
  TEST_NO_HEAD = 1 << 1, /* nothing is known of the end but its number */
  TEST_GAPS = 1 << 2,    /* rows have the numbers of their entries, not of their places */
} TestHow;

extern WbSecret *test_log_seed; /* the register's key, and how a note names it */
extern char *test_log_vkey;

int test_log_setup (void **state);
int test_log_teardown (void **state);
TestRow *test_row_new (guint64 number, WbInstant time, const WbHash *previous);
TestRow *test_row_copy (const TestRow *row);
TestRow *test_row_at (const TestLog *log, guint at);
void test_row_set_bytes (TestRow *row, GBytes *bytes, gboolean kept_too);
WbEntry *test_row_parse (const TestRow *row);
void test_row_write (TestRow *row, const WbEntry *entry, gboolean kept_too);
char *test_log_sign (guint64 size, const WbHash *root, const WbSecret *key);
char *test_log_checkpoint (const TestLog *log, guint size);
TestLog *test_log_new (guint n, guint checkpoint_every);
TestLog *test_log_copy (const TestLog *log);
void test_log_free (TestLog *log);
WbVerification *test_log_check (const TestLog *log, guint64 size, TestHow how, const char *outside);
const WbFinding *test_first_finding (const WbVerification *result);
void test_assert_named (const TestLog *log, guint64 size, TestHow how, gint64 number, guint most);
GBytes *test_flip (GBytes *bytes, gsize at, guint8 bits); /* a copy with these bits changed */
void test_assert_good (const TestLog *log, TestHow how);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestLog, test_log_free)
