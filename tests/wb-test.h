/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* cmocka.h needs these four before it, in this order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "wb-error.h"

#define wb_assert_no_error(error)                                                                  \
  do {                                                                                             \
    if ((error) != NULL)                                                                           \
      fail_msg ("unexpected error: %s", (error)->message);                                         \
  } while (0)

#define wb_assert_error(error, domain, code)                                                       \
  do {                                                                                             \
    if (!g_error_matches ((error), (domain), (code)))                                              \
      fail_msg ("expected " #code ", got: %s", (error) != NULL ? (error)->message : "no error");   \
  } while (0)

int wb_test_folder_setup (void **state);
int wb_test_folder_teardown (void **state);

char *wb_test_vectors (const char *suite);
void wb_test_count (const char *suite, guint cases);
char *wb_test_read (const char *path, gsize *ret_size);
JsonNode *wb_test_read_json (const char *path);
GBytes *wb_test_hex (const char *hex);
/* How sure we are of data has its own column; nobody reads its marks in a sentence. */
void wb_test_no_mark (const char *text);
gboolean wb_test_memory_holds (const guint8 *masked, gsize size);
