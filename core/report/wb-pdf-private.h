/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* What all documents share: the file in memory and how letters are laid out on paper. In points. */
cairo_surface_t *wb_pdf_surface_new (GByteArray *bytes, double width, double height);
/* @title (nullable); @made: RFC 3339. */
void wb_pdf_surface_describe (cairo_surface_t *surface, const char *title, const char *made);
PangoContext *wb_pdf_context_new (const char *language); /* as "en": fonts are chosen by it */

G_END_DECLS
