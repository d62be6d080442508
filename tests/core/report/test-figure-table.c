/* SPDX-License-Identifier: EUPL-1.2 */

/* Small cells stay hidden from whoever subtracts; tables print as people and machines read them. */
#include "wb-test.h"

#include <string.h>

#include "wb-figure-table.h"

#define LEAST 5
#define MOST 14 /* counts that a table of the trial may have */

static WbFigureTable *
make_table (guint rows, guint columns)
{
  WbFigureTable *table = wb_figure_table_new ("trial", "Proef", "Trial");

  for (guint i = 0; i < rows; i++) {
    g_autofree char *code = g_strdup_printf ("r.%u", i);

    wb_figure_table_add_row (table, code, code, code);
  }
  for (guint j = 0; j < columns; j++) {
    g_autofree char *code = g_strdup_printf ("c.%u", j);

    wb_figure_table_add_column (table, code, code, code);
  }
  wb_figure_table_allocate (table);
  return table;
}

static void
add_up (WbFigureTable *table)
{
  guint rows = table->rows->len, columns = table->columns->len;

  table->total = 0;
  for (guint i = 0; i < rows; i++) {
    for (guint j = 0; j < columns; j++) {
      guint64 count = *wb_figure_table_cell (table, i, j);

      table->row_totals[i] += count;
      table->column_totals[j] += count;
    }
    table->total += table->row_totals[i];
  }
}

/* What somebody knows who has the table as it is published: every other way to fill it in. */
typedef struct {
  const WbFigureTable *table;
  guint64 cells[9];
  guint64 most[9]; /* the highest that each cell has in any of them */
  guint64 lowest;
} Attack;

static gboolean
fits (const Attack *attack)
{
  const WbFigureTable *table = attack->table;
  guint64 total = 0;

  for (guint i = 0; i < 3; i++) {
    guint64 row = attack->cells[3 * i] + attack->cells[3 * i + 1] + attack->cells[3 * i + 2];
    guint64 column = attack->cells[i] + attack->cells[3 + i] + attack->cells[6 + i];

    if ((!table->row_hidden[i] && row != table->row_totals[i]) ||
        (!table->column_hidden[i] && column != table->column_totals[i]))
      return FALSE;
    total += row;
  }
  return table->total_hidden || total == table->total;
}

static void
try_cell (Attack *attack, guint at)
{
  if (at == 9) {
    if (fits (attack))
      for (guint i = 0; i < 9; i++)
        attack->most[i] = MAX (attack->most[i], attack->cells[i]);
    return;
  }
  if (!attack->table->hidden[at]) {
    attack->cells[at] = attack->table->cells[at];
    try_cell (attack, at + 1);
    return;
  }
  /* The last of a row follows from the others. */
  if (at % 3 == 2 && !attack->table->row_hidden[at / 3]) {
    guint64 others = attack->cells[at - 1] + attack->cells[at - 2];
    guint64 row = attack->table->row_totals[at / 3];

    if (others + attack->lowest > row)
      return;
    attack->cells[at] = row - others;
    try_cell (attack, at + 1);
    return;
  }
  for (guint64 count = attack->lowest; count <= MOST; count++) {
    attack->cells[at] = count;
    try_cell (attack, at + 1);
  }
}

static void
nobody_can_work_out_a_small_cell (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint tables = 0, hidden = 0;

  for (guint n = 0; n < 400; n++) {
    g_autoptr (WbFigureTable) table = make_table (3, 3);
    Attack attack = { .table = table, .lowest = 1 };
    guint shown = 0;

    for (guint i = 0; i < 9; i++) {
      gint count = g_rand_int_range (rand, -3, MOST - 4);

      table->cells[i] = (guint64) MAX (count, 0);
    }
    add_up (table);
    wb_figure_table_hide (table, LEAST);
    if (table->total_hidden)
      continue;
    for (guint i = 0; i < 9; i++) {
      shown += table->hidden[i] ? 0 : 1;
      if (table->hidden[i] && table->cells[i] == 0)
        attack.lowest = 0;
    }
    if (shown < 3)
      continue; /* more ways than there is time for, and nothing to subtract from */
    try_cell (&attack, 0);
    tables++;
    for (guint i = 0; i < 9; i++) {
      if (table->cells[i] == 0 || table->cells[i] >= LEAST)
        continue;
      assert_true (table->hidden[i]);
      if (attack.most[i] < LEAST)
        fail_msg ("table %u, cell %u is %u and can be no more than %u",
                  n,
                  i,
                  (guint) table->cells[i],
                  (guint) attack.most[i]);
      hidden++;
    }
  }
  assert_true (tables > 50);
  wb_test_count ("figure-tables-attacked", tables);
  wb_test_count ("figure-cells-attacked", hidden);
}

static void
a_single_small_count_takes_another_with_it (void **state)
{
  g_autoptr (WbFigureTable) table = make_table (4, 0);
  static const guint64 COUNTS[] = { 3, 40, 9, 20 };

  for (guint i = 0; i < 4; i++)
    table->total += table->row_totals[i] = COUNTS[i];
  wb_figure_table_hide (table, LEAST);
  assert_true (table->row_hidden[0]);
  assert_false (table->row_hidden[1]);
  assert_true (table->row_hidden[2]); /* the smallest of the others */
  assert_false (table->row_hidden[3]);
  assert_false (table->total_hidden);
}

static void
of_a_small_total_nothing_is_told (void **state)
{
  g_autoptr (WbFigureTable) table = make_table (2, 2);

  *wb_figure_table_cell (table, 0, 1) = 4;
  add_up (table);
  wb_figure_table_hide (table, LEAST);
  assert_true (table->total_hidden);
  for (guint i = 0; i < 4; i++)
    assert_true (table->hidden[i]);
}

static void
without_small_counts_nothing_is_hidden (void **state)
{
  g_autoptr (WbFigureTable) table = make_table (2, 2);

  *wb_figure_table_cell (table, 0, 1) = 5;
  *wb_figure_table_cell (table, 1, 0) = 70;
  add_up (table);
  wb_figure_table_hide (table, LEAST);
  assert_false (table->total_hidden);
  for (guint i = 0; i < 4; i++)
    assert_false (table->hidden[i]);
}

/* Totals of the same rows must be the same whatever stands beside them. */
static void
rows_show_the_same_totals_whatever_the_columns (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint n = 0; n < 200; n++) {
    g_autoptr (WbFigureTable) two = make_table (3, 3);
    g_autoptr (WbFigureTable) one = make_table (3, 0);

    for (guint i = 0; i < 9; i++)
      two->cells[i] = (guint64) g_rand_int_range (rand, 0, 8);
    add_up (two);
    for (guint i = 0; i < 3; i++)
      one->row_totals[i] = two->row_totals[i];
    one->total = two->total;
    wb_figure_table_hide (two, LEAST);
    wb_figure_table_hide (one, LEAST);
    if (!two->total_hidden)
      for (guint i = 0; i < 3; i++)
        assert_int_equal (one->row_hidden[i], two->row_hidden[i]);
  }
}

static JsonObject *
make_report (WbFigureTable *table)
{
  JsonObject *report = json_object_new ();
  JsonArray *parts = json_array_new ();

  json_array_add_object_element (parts, wb_figure_table_to_json (table));
  json_object_set_array_member (report, "parts", parts);
  return report;
}

static void
csv_is_as_rfc_4180_has_it (void **state)
{
  g_autoptr (WbFigureTable) table = wb_figure_table_new ("t", "T", "T");
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *csv = NULL;

  wb_figure_table_add_row (table, "a.b", "x", "He said \"no\", twice");
  wb_figure_table_add_row (table, "", "Niet ingevuld", "Not filled in");
  wb_figure_table_allocate (table);
  table->row_totals[0] = 7;
  table->row_totals[1] = 2;
  table->row_hidden[1] = TRUE;
  table->total = 9;
  report = make_report (table);
  csv = wb_figure_report_to_csv (report, WB_CSV_EXACT, WB_LANGUAGE_EN);
  assert_string_equal (csv,
                       "table,row,row_label,column,column_label,value,hidden\r\n"
                       "t,a.b,\"He said \"\"no\"\", twice\",(total),Total,7,no\r\n"
                       "t,(none),Not filled in,(total),Total,,yes\r\n"
                       "t,(total),Total,(total),Total,9,no\r\n");
}

static void
text_is_in_columns_in_both_languages (void **state)
{
  g_autoptr (WbFigureTable) table = make_table (1, 0);
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *nl = NULL;
  g_autofree char *en = NULL;

  table->row_totals[0] = table->total = 120;
  report = make_report (table);
  nl = wb_figure_report_to_text (report, WB_LANGUAGE_NL);
  en = wb_figure_report_to_text (report, WB_LANGUAGE_EN);
  assert_string_equal (nl, "Proef\n  r.0     120\n  Totaal  120\n");
  assert_string_equal (en, "Trial\n  r.0    120\n  Total  120\n");
}

static void
medians_and_percentiles_are_those_of_the_textbook (void **state)
{
  static const gint64 ODD[] = { 1, 2, 9 }, EVEN[] = { 1, 2, 3, 10 };

  assert_true (wb_figure_median (ODD, 3) == 2);
  assert_true (wb_figure_median (EVEN, 4) == 2.5);
  assert_int_equal (wb_figure_percentile (EVEN, 4, 25), 1);
  assert_int_equal (wb_figure_percentile (EVEN, 4, 75), 3);
  assert_int_equal (wb_figure_percentile (EVEN, 4, 90), 10);
  assert_int_equal (wb_figure_percentile (ODD, 1, 90), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nobody_can_work_out_a_small_cell),
    cmocka_unit_test (a_single_small_count_takes_another_with_it),
    cmocka_unit_test (of_a_small_total_nothing_is_told),
    cmocka_unit_test (without_small_counts_nothing_is_hidden),
    cmocka_unit_test (rows_show_the_same_totals_whatever_the_columns),
    cmocka_unit_test (csv_is_as_rfc_4180_has_it),
    cmocka_unit_test (text_is_in_columns_in_both_languages),
    cmocka_unit_test (medians_and_percentiles_are_those_of_the_textbook),
  };

  return cmocka_run_group_tests_name ("figure-table", tests, NULL, NULL);
}
