/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Hiding small cells so that nothing shown gives them away. First what is small; then, line by line
 * and over the table as a whole, as many others as it takes. The test of a cell is exact: of all
 * tables that fit what is shown, one must have that cell at @least or more. In a table with fixed
 * sums that is a flow from the cell's row to its column through the other hidden cells.
 */
#include <string.h>

#include "wb-figure-table.h"

/* A line of counts and its sum. */
typedef struct {
  const guint64 *counts;
  gboolean *hidden;
  guint n;
  guint64 total;
  gboolean *total_hidden;
} Line;

static gboolean
is_small (guint64 count, guint least)
{
  return count > 0 && count < least;
}

/* The smallest that is shown; @zeros: also those that are 0. */
static gint
find_smallest (const guint64 *counts, const gboolean *hidden, guint n, gboolean zeros)
{
  gint found = -1;

  for (guint i = 0; i < n; i++) {
    if (hidden[i] || (counts[i] == 0) != zeros)
      continue;
    if (found < 0 || counts[i] < counts[found])
      found = (gint) i;
  }
  return found;
}

/* What somebody knows who subtracts what is shown from the total. */
static gboolean
is_line_safe (const Line *line, guint least)
{
  guint64 rest = 0, others;
  guint n = 0;
  gboolean small = FALSE, zeros = FALSE;

  for (guint i = 0; i < line->n; i++) {
    if (!line->hidden[i])
      continue;
    n++;
    rest += line->counts[i];
    small = small || is_small (line->counts[i], least);
    zeros = zeros || line->counts[i] == 0;
  }
  if (!small || *line->total_hidden)
    return TRUE;
  others = zeros ? 0 : n - 1; /* each hidden one is 1 at least, where a 0 is always shown */
  return n > 1 && rest >= others + least;
}

static void
hide_line (const Line *line, guint least)
{
  for (guint i = 0; i < line->n; i++)
    line->hidden[i] = is_small (line->counts[i], least);
  while (!is_line_safe (line, least)) {
    gint next = find_smallest (line->counts, line->hidden, line->n, FALSE);

    if (next < 0)
      next = find_smallest (line->counts, line->hidden, line->n, TRUE);
    if (next >= 0)
      line->hidden[next] = TRUE;
    else
      *line->total_hidden = TRUE;
  }
}

/* The table with its sums as one more row and column; a sum counts with the other sign, so that
 * every line adds up to 0. */
typedef struct {
  guint rows, columns; /* without the sums */
  guint stride;
  gint64 *value;
  gboolean *hidden;
  gint64 *moved; /* by the flow so far */
  gint64 lowest; /* of a hidden cell, as everybody knows */
  gint *from;    /* of each node of a search: the node before it, or -1 */
  guint *queue;
} Grid;

#define PLENTY (G_MAXINT64 / 4)

static gboolean
is_sum (const Grid *self, guint row, guint column)
{
  return (row == self->rows) != (column == self->columns);
}

static gint64
room_below (const Grid *self, guint row, guint column)
{
  gsize at = (gsize) row * self->stride + column;

  return MAX (self->value[at] + self->moved[at] - MIN (self->lowest, self->value[at]), 0);
}

/* By how much the signed value of a cell may go down or up. */
static gint64
get_room (const Grid *self, guint row, guint column, gboolean down)
{
  if (!self->hidden[(gsize) row * self->stride + column])
    return 0;
  return down != is_sum (self, row, column) ? room_below (self, row, column) : PLENTY;
}

static void
move (Grid *self, guint row, guint column, gint64 by)
{
  self->moved[(gsize) row * self->stride + column] += is_sum (self, row, column) ? -by : by;
}

/* Breadth first; nodes 0 to rows are rows, the others columns. */
static gboolean
search (Grid *self, guint start_row, guint end_column)
{
  guint n_rows = self->rows + 1, n_columns = self->columns + 1;
  guint head = 0, tail = 0;

  for (guint i = 0; i < n_rows + n_columns; i++)
    self->from[i] = -2;
  self->from[start_row] = -1;
  self->queue[tail++] = start_row;
  while (head < tail) {
    guint node = self->queue[head++];
    gboolean is_row = node < n_rows;

    for (guint i = 0; i < (is_row ? n_columns : n_rows); i++) {
      guint row = is_row ? node : i, column = is_row ? i : node - n_rows;
      guint next = is_row ? n_rows + i : i;

      if (self->from[next] != -2 || (row == start_row && column == end_column) ||
          get_room (self, row, column, is_row) == 0)
        continue;
      self->from[next] = (gint) node;
      if (!is_row || i != end_column) {
        self->queue[tail++] = next;
        continue;
      }
      return TRUE;
    }
  }
  return FALSE;
}

/* Walks back from the column; @by: 0 to find how much fits, else to move it. */
static gint64
walk_back (Grid *self, guint end_column, gint64 by)
{
  guint n_rows = self->rows + 1;
  gint64 fits = PLENTY;

  for (guint node = n_rows + end_column; self->from[node] >= 0; node = (guint) self->from[node]) {
    guint before = (guint) self->from[node];
    gboolean down = before < n_rows;
    guint row = down ? before : node, column = (down ? node : before) - n_rows;

    if (by == 0)
      fits = MIN (fits, get_room (self, row, column, down));
    else
      move (self, row, column, down ? -by : by);
  }
  return fits;
}

/* Whether the cell can be raised to @least by tables that fit all that is shown. */
static gboolean
is_cell_safe (Grid *self, guint row, guint column, guint least)
{
  gint64 wanted = (gint64) least - self->value[(gsize) row * self->stride + column];

  memset (self->moved, 0, (gsize) (self->rows + 1) * self->stride * sizeof *self->moved);
  while (wanted > 0 && search (self, row, column)) {
    gint64 fits = walk_back (self, column, 0);

    (void) walk_back (self, column, MIN (fits, wanted));
    wanted -= MIN (fits, wanted);
  }
  return wanted <= 0;
}

/* The next cell to hide: small, shown, in the same row or column; then anywhere. */
static gint
choose (const Grid *self, guint row, guint column, gboolean zeros, gboolean anywhere)
{
  gint found = -1;

  for (guint i = 0; i < self->rows; i++) {
    for (guint j = 0; j < self->columns; j++) {
      gsize at = (gsize) i * self->stride + j;

      if (self->hidden[at] || (self->value[at] == 0) != zeros ||
          !(anywhere || i == row || j == column))
        continue;
      if (found < 0 || self->value[at] < self->value[found])
        found = (gint) at;
    }
  }
  return found;
}

static gboolean
hide_next (Grid *self, guint row, guint column)
{
  for (guint pass = 0; pass < 4; pass++) {
    gint at = choose (self, row, column, pass % 2 == 1, pass > 1);

    if (at < 0)
      continue;
    self->hidden[at] = TRUE;
    if (self->value[at] == 0)
      self->lowest = 0;
    return TRUE;
  }
  return FALSE;
}

static void
hide_cells (Grid *self, guint least)
{
  for (guint i = 0; i < self->rows; i++) {
    for (guint j = 0; j < self->columns; j++) {
      if (!is_small ((guint64) self->value[(gsize) i * self->stride + j], least))
        continue;
      while (!is_cell_safe (self, i, j, least) && hide_next (self, i, j))
        ;
    }
  }
}

static void
fill_grid (Grid *self, const WbFigureTable *table, guint least)
{
  guint rows = self->rows, columns = self->columns;

  for (guint i = 0; i < rows; i++) {
    for (guint j = 0; j < columns; j++) {
      gint64 count = (gint64) table->cells[(gsize) i * columns + j];
      gsize at = (gsize) i * self->stride + j;

      self->value[at] = count;
      self->hidden[at] = is_small ((guint64) count, least);
      self->value[(gsize) i * self->stride + columns] += count;
      self->value[(gsize) rows * self->stride + j] += count;
      self->value[(gsize) rows * self->stride + columns] += count;
    }
  }
  for (guint i = 0; i < rows; i++)
    self->hidden[(gsize) i * self->stride + columns] = table->row_hidden[i];
  for (guint j = 0; j < columns; j++)
    self->hidden[(gsize) rows * self->stride + j] = table->column_hidden[j];
  self->hidden[(gsize) rows * self->stride + columns] = table->total_hidden;
}

static void
hide_inside (WbFigureTable *table, guint least)
{
  guint rows = table->rows->len, columns = table->columns->len, stride = columns + 1;
  gsize n = (gsize) (rows + 1) * stride;
  g_autofree gint64 *value = g_new0 (gint64, n);
  g_autofree gint64 *moved = g_new0 (gint64, n);
  g_autofree gboolean *hidden = g_new0 (gboolean, n);
  g_autofree gint *from = g_new0 (gint, rows + columns + 2);
  g_autofree guint *queue = g_new0 (guint, rows + columns + 2);
  Grid grid = { rows, columns, stride, value, hidden, moved, 1, from, queue };

  fill_grid (&grid, table, least);
  hide_cells (&grid, least);
  for (guint i = 0; i < rows; i++)
    for (guint j = 0; j < columns; j++)
      table->hidden[(gsize) i * columns + j] = hidden[(gsize) i * stride + j];
}

static void
hide_all (WbFigureTable *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    self->row_hidden[i] = TRUE;
  for (guint j = 0; j < self->columns->len; j++)
    self->column_hidden[j] = TRUE;
  for (gsize i = 0; i < (gsize) self->rows->len * self->columns->len; i++)
    self->hidden[i] = TRUE;
  self->total_hidden = TRUE;
}

/**
 * wb_figure_table_hide:
 * @self: a table
 * @least: counts from 1 up to this one, itself not, are small
 *
 * A total of rows is hidden in the same way whatever the columns are, so that two tables of the
 * same rows show the same totals. Where the total itself is small nothing is told.
 */
void
wb_figure_table_hide (WbFigureTable *self, guint least)
{
  const Line by_row = { self->row_totals,
                        self->row_hidden,
                        self->rows->len,
                        self->total,
                        &self->total_hidden };
  const Line by_column = { self->column_totals,
                           self->column_hidden,
                           self->columns->len,
                           self->total,
                           &self->total_hidden };

  if (is_small (self->total, least)) {
    hide_all (self);
    return;
  }
  hide_line (&by_row, least);
  if (self->columns->len == 0)
    return;
  hide_line (&by_column, least);
  hide_inside (self, least);
}
