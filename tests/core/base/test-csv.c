/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"

#include "wb-csv.h"

static char *
line_of (WbCsvVariant variant, const char *const *cells)
{
  WbCsv csv;

  wb_csv_begin (&csv, variant);
  for (guint i = 0; cells[i] != NULL; i++)
    wb_csv_add (&csv, cells[i]);
  wb_csv_end_line (&csv);
  return wb_csv_end (&csv);
}

static void
cells_are_quoted_where_rfc_4180_asks_for_it_and_nowhere_else (void **state)
{
  const char *const cells[] = {
    "plain", "a,b", "a;b", "say \"x\"", "two\r\nlines", "", "=1+1", NULL
  };
  g_autofree char *line = line_of (WB_CSV_EXACT, cells);

  assert_string_equal (line, "plain,\"a,b\",a;b,\"say \"\"x\"\"\",\"two\r\nlines\",,=1+1\r\n");
}

static void
a_spreadsheet_gets_a_mark_and_semicolons (void **state)
{
  const char *const cells[] = { "plain", "a,b", "a;b", "é", NULL };
  g_autofree char *line = line_of (WB_CSV_SPREADSHEET, cells);

  assert_string_equal (line, "\xef\xbb\xbfplain;\"a,b\";\"a;b\";é\r\n");
}

static void
no_cell_of_a_spreadsheet_begins_like_a_formula (void **state)
{
  static const char *const hostile[] = { "=cmd|' /C calc'!A0", "+1",   "-1",
                                         "@SUM(A1)",           "\t=1", "\r=1" };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    const char *const cells[] = { hostile[i], NULL };
    g_autofree char *line = line_of (WB_CSV_SPREADSHEET, cells);
    const char *cell = line + 3; /* the mark */

    if (*cell == '"')
      cell++;
    assert_int_equal (*cell, '\'');
    assert_int_equal (cell[1], hostile[i][0]);
  }
  wb_test_count ("csv-formulas", G_N_ELEMENTS (hostile));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (cells_are_quoted_where_rfc_4180_asks_for_it_and_nowhere_else),
    cmocka_unit_test (a_spreadsheet_gets_a_mark_and_semicolons),
    cmocka_unit_test (no_cell_of_a_spreadsheet_begins_like_a_formula),
  };

  return cmocka_run_group_tests_name ("csv", tests, NULL, NULL);
}
