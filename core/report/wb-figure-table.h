/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-csv.h"
#include "wb-i18n.h"

G_BEGIN_DECLS

/* Counts told apart by one thing (rows) or two (rows and columns). Labels by WbLanguage. */
typedef struct {
  char *code; /* "": not filled in */
  char *label[2];
} WbFigureHead;

typedef struct {
  char *name; /* "allegation.stages" */
  char *title[2];
  char *basis;               /* (nullable) */
  GPtrArray *rows, *columns; /* (element-type WbFigureHead); without columns only totals count */
  guint64 *cells;            /* a row after a row */
  guint64 *row_totals, *column_totals;
  guint64 total;
  gboolean overlaps; /* what is counted may be in more than one row */
  /* What the public version does not tell. */
  gboolean *hidden, *row_hidden, *column_hidden;
  gboolean total_hidden;
} WbFigureTable;

WbFigureTable *wb_figure_table_new (const char *name, const char *title_nl, const char *title_en)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_figure_table_add_row (WbFigureTable *self,
                              const char *code,
                              const char *nl,
                              const char *en);
void wb_figure_table_add_column (WbFigureTable *self,
                                 const char *code,
                                 const char *nl,
                                 const char *en);
void wb_figure_table_allocate (WbFigureTable *self); /* after the last head */
guint64 *wb_figure_table_cell (WbFigureTable *self, guint row, guint column);
/* Hides cells smaller than @least and as many others as it takes that nobody can work them out. */
void wb_figure_table_hide (WbFigureTable *self, guint least);
JsonObject *wb_figure_table_to_json (const WbFigureTable *self); /* what is hidden is null */
void wb_figure_table_free (WbFigureTable *self);

/*
 * A report is JSON: {"parts": [table or list …], …}; it is printed from that form alone, so that a
 * frozen one prints as it was. A list: {"kind": "list", "name", "title", "columns": [{"name",
 * "label"}], "rows": [{name: value}]}, whose values are numbers, text or {"nl", "en"}.
 */
char *wb_figure_report_to_text (JsonObject *report, WbLanguage language);
char *wb_figure_report_to_csv (JsonObject *report, WbCsvVariant variant, WbLanguage language);

/* The value below which half, or @share, of the sorted numbers lie; @n > 0. */
double wb_figure_median (const gint64 *sorted, gsize n);
gint64 wb_figure_percentile (const gint64 *sorted, gsize n, guint share); /* nearest rank */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFigureTable, wb_figure_table_free)

G_END_DECLS
