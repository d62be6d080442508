/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A4 pages that fill from top to bottom: headings, paragraphs and rows that break over pages. */
typedef struct _WbSheet WbSheet;

/* @n_pages: 0 in the first pass, which only counts. @foot: (nullable): "Page %u of %u". */
WbSheet *wb_sheet_new (cairo_surface_t *surface, const char *head, const char *foot, guint n_pages);
guint wb_sheet_finish (WbSheet *self); /* draws the last foot; returns the number of pages, frees */

void wb_sheet_title (WbSheet *self, const char *text, const char *below);
void wb_sheet_heading (WbSheet *self, const char *text);
void wb_sheet_subheading (WbSheet *self, const char *text, const char *aside);
void wb_sheet_paragraph (WbSheet *self, const char *text);
void wb_sheet_note (WbSheet *self, const char *text);
void wb_sheet_row (WbSheet *self, const char *label, const char *value);
void wb_sheet_code (WbSheet *self, const char *text); /* fixed width, for hashes and commands */
void wb_sheet_gap (WbSheet *self, double points);

#define WB_SHEET_WIDTH 595.276 /* A4 in points */
#define WB_SHEET_HEIGHT 841.89

G_END_DECLS
