/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The register sorts, not the view. GTK 4.8 does not tell which header was clicked, so two items
 * are compared: the first column asked is the one, and the answer tells the direction.
 */
#include "wb-case-order.h"

#include "wb-case-item.h"

typedef struct {
  WbCaseOrder *order;
  GtkColumnViewColumn *column;
  WbCaseSort sort;
} Header;

struct _WbCaseOrder {
  GtkColumnView *view; /* outlives this */
  GtkSorter *sorter;
  GArray *headers; /* (element-type Header) */
  WbCaseOrderAsked asked;
  gpointer user_data;
  const Header *probed; /* (nullable) */
  gboolean showing;     /* what is set now was not asked for by anybody */
};

static int
compare_probe_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Header *header = user_data;

  if (header->order->probed == NULL)
    header->order->probed = header;
  return -1;
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, WbCaseOrder *self)
{
  g_autoptr (WbCaseItem) a = wb_case_item_new ();
  g_autoptr (WbCaseItem) b = wb_case_item_new ();
  GtkOrdering ordering;

  if (self->showing)
    return;
  self->probed = NULL;
  ordering = gtk_sorter_compare (sorter, a, b);
  if (self->probed != NULL)
    self->asked (self->probed->sort, ordering == GTK_ORDERING_LARGER, self->user_data);
}

WbCaseOrder *
wb_case_order_new (GtkColumnView *view,
                   const WbCaseOrderColumn *columns,
                   guint n,
                   WbCaseOrderAsked asked,
                   gpointer user_data)
{
  WbCaseOrder *self = g_new0 (WbCaseOrder, 1);

  self->view = view;
  self->sorter = g_object_ref (gtk_column_view_get_sorter (view));
  self->headers = g_array_new (FALSE, TRUE, sizeof (Header));
  self->asked = asked;
  self->user_data = user_data;
  g_array_set_size (self->headers, n); /* at once: the sorters point into it */
  for (guint i = 0; i < n; i++) {
    Header *header = &g_array_index (self->headers, Header, i);
    g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (compare_probe_cb, header, NULL));

    *header = (Header){ self, g_object_ref (columns[i].column), columns[i].sort };
    gtk_column_view_column_set_sorter (header->column, sorter);
  }
  g_signal_connect (self->sorter, "changed", G_CALLBACK (sorter_changed_cb), self);
  return self;
}

gboolean
wb_case_order_show (WbCaseOrder *self, WbCaseSort sort, gboolean descending)
{
  GtkColumnViewColumn *column = NULL;

  for (guint i = 0; i < self->headers->len; i++)
    if (g_array_index (self->headers, Header, i).sort == sort)
      column = g_array_index (self->headers, Header, i).column;
  self->showing = TRUE;
  gtk_column_view_sort_by_column (self->view,
                                  column,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->showing = FALSE;
  return column != NULL && gtk_column_view_column_get_visible (column);
}

void
wb_case_order_free (WbCaseOrder *self)
{
  if (self == NULL)
    return;
  self->showing = TRUE;
  g_signal_handlers_disconnect_by_data (self->sorter, self);
  for (guint i = 0; i < self->headers->len; i++) {
    GtkColumnViewColumn *column = g_array_index (self->headers, Header, i).column;

    gtk_column_view_column_set_sorter (column, NULL);
    g_object_unref (column);
  }
  g_array_unref (self->headers);
  g_object_unref (self->sorter);
  g_free (self);
}
