/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Widths of columns by the room there is. Left to GTK, a column is as wide as the widest of the
 * rows that happen to be seen, and the list says it needs more than it can do with.
 */
#include "wb-column-widths.h"

typedef struct {
  WbColumnWidth width;
  int given; /* 0: none yet; another width than this was dragged */
} Column;

struct _WbColumnWidths {
  GtkScrolledWindow *scroller; /* which holds the columns, and outlives this */
  GtkAdjustment *room;
  GArray *columns; /* (element-type Column) */
  int least;
  double scale;
  guint source;
};

static int
scaled (const WbColumnWidths *self, int width)
{
  return (int) (width * self->scale + 0.5);
}

static gboolean
is_dragged (const Column *column)
{
  return column->given != 0 &&
         gtk_column_view_column_get_fixed_width (column->width.column) != column->given;
}

static void
add_up (WbColumnWidths *self, int *ret_least, int *ret_best, int *ret_kept)
{
  int least = 0, best = 0, kept = 0;

  for (guint i = 0; i < self->columns->len; i++) {
    const Column *column = &g_array_index (self->columns, Column, i);
    GtkColumnViewColumn *shown = column->width.column;

    if (!gtk_column_view_column_get_visible (shown)) {
      kept += column->width.comes_and_goes ? scaled (self, column->width.least) : 0;
      continue;
    }
    if (is_dragged (column)) {
      least += gtk_column_view_column_get_fixed_width (shown);
      best += gtk_column_view_column_get_fixed_width (shown);
    } else {
      least += scaled (self, column->width.least);
      best += scaled (self, column->width.best);
    }
  }
  *ret_least = least;
  *ret_best = best;
  *ret_kept = kept;
}

static void
share (WbColumnWidths *self)
{
  int least, best, kept;
  double room = gtk_adjustment_get_page_size (self->room);
  double part;

  add_up (self, &least, &best, &kept);
  gtk_widget_set_size_request (GTK_WIDGET (self->scroller),
                               MAX (scaled (self, self->least), least + kept),
                               -1);
  if (room <= 0)
    return; /* not seen yet */
  part = best > least ? CLAMP ((room - least) / (best - least), 0, 1) : 1;
  for (guint i = 0; i < self->columns->len; i++) {
    Column *column = &g_array_index (self->columns, Column, i);
    int from = scaled (self, column->width.least);
    int to = scaled (self, column->width.best);

    if (is_dragged (column))
      continue;
    column->given = from + (int) ((to - from) * part);
    gtk_column_view_column_set_fixed_width (column->width.column, column->given);
  }
}

static gboolean
share_cb (gpointer user_data)
{
  WbColumnWidths *self = user_data;

  self->source = 0;
  share (self);
  return G_SOURCE_REMOVE;
}

/* The room is told while it is being given out, when nothing can be asked anew. */
static void
share_soon (WbColumnWidths *self)
{
  if (self->source == 0)
    self->source = g_idle_add_full (GTK_PRIORITY_RESIZE, share_cb, self, NULL);
}

WbColumnWidths *
wb_column_widths_new (GtkScrolledWindow *scroller, int least, const WbColumnWidth *widths, guint n)
{
  WbColumnWidths *self = g_new0 (WbColumnWidths, 1);

  self->scroller = scroller;
  self->room = g_object_ref (gtk_scrolled_window_get_hadjustment (scroller));
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  self->least = least;
  self->scale = 1;
  for (guint i = 0; i < n; i++) {
    const Column column = { widths[i], 0 };

    g_array_append_val (self->columns, column);
    g_object_ref (widths[i].column);
    g_signal_connect_swapped (widths[i].column, "notify::visible", G_CALLBACK (share_soon), self);
  }
  g_signal_connect_swapped (self->room, "notify::page-size", G_CALLBACK (share_soon), self);
  share (self);
  return self;
}

void
wb_column_widths_set_scale (WbColumnWidths *self, double scale)
{
  self->scale = scale;
  share (self);
}

void
wb_column_widths_free (WbColumnWidths *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->room, self);
  for (guint i = 0; i < self->columns->len; i++) {
    GtkColumnViewColumn *column = g_array_index (self->columns, Column, i).width.column;

    g_signal_handlers_disconnect_by_data (column, self);
    g_object_unref (column);
  }
  g_array_unref (self->columns);
  g_object_unref (self->room);
  g_free (self);
}
