/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A text to read and to search in; it cannot be copied out, only saved as a whole. */
#define WB_TYPE_TEXT_VIEWER (wb_text_viewer_get_type ())
G_DECLARE_FINAL_TYPE (WbTextViewer, wb_text_viewer, WB, TEXT_VIEWER, AdwBin)

GtkWidget *wb_text_viewer_new (const char *text, gboolean cut, const char *name)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_text_viewer_begin (WbTextViewer *self);

G_END_DECLS
