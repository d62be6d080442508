/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-order.h"
#include "wb-cases-page.h"
#include "wb-column-widths.h"
#include "wb-filter-bar.h"

G_BEGIN_DECLS

/* Shared by the files of the list of cases: the page, what is selected, what is saved. */
struct _WbCasesPage {
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkLabel *count;
  GtkWidget *bar;
  GtkMenuButton *filter;
  GtkMenuButton *lists; /* saved by the user */
  WbFilterBar *chips;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkColumnView *columns;
  GtkListView *list;
  GtkSelectionModel *rows; /* of the cases, for the view that is seen */
  GtkScrolledWindow *wide;
  GtkScrolledWindow *narrow;
  double scale; /* of the text, as the columns have it now */
  WbColumnWidths *widths;
  WbCaseOrder *headers;
  GtkActionBar *selection_bar;
  GtkLabel *selected; /* how many */
  GtkColumnViewColumn *column_check;
  GtkColumnViewColumn *column_reference;
  GtkColumnViewColumn *column_title;
  GtkColumnViewColumn *column_received;
  GtkColumnViewColumn *column_status;
  GtkColumnViewColumn *column_urgency;
  GtkColumnViewColumn *column_site;
  GtkColumnViewColumn *column_allegations;
  GtkColumnViewColumn *column_law;
  GtkColumnViewColumn *column_target;
  WbCaseList *cases;
  WbSession *session;
  WbCaseSort sort;
  gboolean descending;
  gboolean in_header; /* the order is shown by an arrow */
  gboolean selecting;
  GHashTable *kept; /* (nullable): ids of what is selected, while the rows are being replaced */
  gboolean clearing;
};

guint wb_cases_page_get_fields (WbCasesPage *self); /* 1 << WbCaseField of each that is shown */

/* wb-cases-page-select.c */
void wb_cases_page_install_select (GtkWidgetClass *widget_class);
void wb_cases_page_set_selecting (WbCasesPage *self, gboolean selecting);
void wb_cases_page_watch_selection (WbCasesPage *self); /* once self->rows is there */

/* wb-cases-page-keep.c */
void wb_cases_page_keep_selection (WbCasesPage *self); /* once self->rows is there */

/* wb-cases-page-lists.c */
void wb_cases_page_install_lists (GtkWidgetClass *widget_class);
void wb_cases_page_watch_lists (WbCasesPage *self); /* once self->session is there */

G_END_DECLS
