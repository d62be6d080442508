/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A4 pages that fill from top to bottom: headings, rows of label and value, tables. A text of any
 * length goes on on the next page. Sizes are in points.
 */
typedef struct _WbReportPage WbReportPage;

typedef enum {
  WB_REPORT_BODY,
  WB_REPORT_SMALL, /* grey, for what explains */
  WB_REPORT_STRONG,
  WB_REPORT_MONO, /* sums, keys */
  WB_REPORT_TITLE,
  WB_REPORT_LEAD,    /* below the title */
  WB_REPORT_HEADING, /* of a section */
  WB_REPORT_SUBHEADING,
  WB_REPORT_LABEL, /* grey, before a value */
  WB_REPORT_N_STYLES,
} WbReportStyle;

typedef enum {
  WB_REPORT_MARK_SOLID,  /* law */
  WB_REPORT_MARK_DOUBLE, /* watch */
  WB_REPORT_MARK_BLOCK,  /* bar */
  WB_REPORT_MARK_DASHED, /* policy */
  WB_REPORT_MARK_HOLLOW, /* open */
} WbReportMark;

typedef struct {
  const char *title;  /* of the document */
  const char *header; /* on every page but the first */
  const char *footer;
  const char *number; /* with two %u: page, pages */
  const char *made;   /* RFC 3339, of the document */
  guint pages;        /* 0: only to be counted */
} WbReportSetup;

WbReportPage *wb_report_page_new (const WbReportSetup *setup);
/* Ends the last page and frees @self. */
GBytes *wb_report_page_finish (WbReportPage *self, guint *ret_pages, GError **error);

void wb_report_page_space (WbReportPage *self, double height);
/* A new page unless that much is left on this one. */
void wb_report_page_keep (WbReportPage *self, double height);
void wb_report_page_text (WbReportPage *self, WbReportStyle style, const char *text);
void wb_report_page_banner (WbReportPage *self, const char *left, const char *right);
void wb_report_page_section (WbReportPage *self, const char *text); /* also in the outline */
void wb_report_page_subsection (WbReportPage *self, const char *left, const char *right);
void wb_report_page_row (WbReportPage *self,
                         const char *label,
                         const char *value,
                         WbReportStyle style);
void wb_report_page_rule (WbReportPage *self); /* a hairline */
/* @marked: a bar at the left until wb_report_page_mark_end(). */
void wb_report_page_mark_begin (WbReportPage *self, WbReportMark mark);
void wb_report_page_mark_end (WbReportPage *self);
/* Grey ground behind what follows, where it fits on the page. */
void wb_report_page_box (WbReportPage *self, WbReportStyle style, const char *text);
/* A square of @size points: @modules has @width rows of @width bytes, 1 is dark. */
void wb_report_page_modules (WbReportPage *self, const guint8 *modules, guint width, double size);
/* @widths: shares of the line, adding up to 1. */
void wb_report_page_cells (WbReportPage *self,
                           WbReportStyle style,
                           guint count,
                           const double *widths,
                           const char *const *texts);

G_END_DECLS
