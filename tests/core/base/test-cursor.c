/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-cursor.h"

#include <string.h>

#include "wb-test.h"

static void
strings_and_numbers_are_read_in_order (void **state)
{
  static const guint8 bytes[] = "\x00\x00\x00\x03"
                                "abc"
                                "\xff\x00\x00\x01"
                                "\x00\x00\x00\x00"
                                "z";
  WbCursor cursor = wb_cursor_new (bytes, sizeof bytes - 1);
  const guint8 *at;
  gsize size;
  guint32 number;

  assert_true (wb_cursor_string (&cursor, &at, &size));
  assert_int_equal (size, 3);
  assert_memory_equal (at, "abc", 3);
  assert_true (wb_cursor_uint32 (&cursor, &number));
  assert_true (number == 0xff000001);
  assert_true (wb_cursor_string (&cursor, &at, &size));
  assert_int_equal (size, 0);
  assert_true (wb_cursor_bytes (&cursor, 1, &at));
  assert_int_equal (*at, 'z');
  assert_int_equal (cursor.left, 0);
}

static void
a_length_beyond_the_end_fails_for_good (void **state)
{
  static const guint8 bytes[] = "\xff\xff\xff\xff"
                                "abcdefgh";
  WbCursor cursor = wb_cursor_new (bytes, sizeof bytes - 1);
  const guint8 *at = NULL;
  gsize size = 7;

  assert_false (wb_cursor_string (&cursor, &at, &size));
  assert_int_equal (size, 7);
  assert_false (wb_cursor_bytes (&cursor, 1, &at));
  assert_false (wb_cursor_bytes (&cursor, 0, &at));
  assert_null (at);
}

static void
three_bytes_are_no_number (void **state)
{
  WbCursor cursor = wb_cursor_new ("abc", 3);
  guint32 number = 5;

  assert_false (wb_cursor_uint32 (&cursor, &number));
  assert_int_equal (number, 5);
}

static void
lines_end_in_a_line_feed (void **state)
{
  WbCursor cursor = wb_cursor_new ("one\n\nlast", 9);
  const char *line = NULL;
  gsize size;

  assert_true (wb_cursor_line (&cursor, &line, &size));
  assert_int_equal (size, 3);
  assert_memory_equal (line, "one", 3);
  assert_true (wb_cursor_line (&cursor, &line, &size));
  assert_int_equal (size, 0);
  assert_int_equal (cursor.left, 4);
  assert_false (wb_cursor_line (&cursor, &line, &size));
}

static void
nothing_holds_nothing (void **state)
{
  WbCursor cursor = wb_cursor_new (NULL, 0);
  const guint8 *at;
  const char *line;
  gsize size;

  assert_true (wb_cursor_bytes (&cursor, 0, &at));
  assert_false (wb_cursor_line (&cursor, &line, &size));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (strings_and_numbers_are_read_in_order),
    cmocka_unit_test (a_length_beyond_the_end_fails_for_good),
    cmocka_unit_test (three_bytes_are_no_number),
    cmocka_unit_test (lines_end_in_a_line_feed),
    cmocka_unit_test (nothing_holds_nothing),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
