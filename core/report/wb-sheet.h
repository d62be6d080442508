/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

#include "wb-i18n.h"

G_BEGIN_DECLS

/* A sheet of paper: a title, rows of label and value, a closing sentence. As PDF and as text. */
typedef struct _WbSheet WbSheet;

WbSheet *wb_sheet_new (const char *body, const char *title, const char *made);
void wb_sheet_add (WbSheet *self, const char *label, const char *value); /* NULL: nothing */
void wb_sheet_add_heading (WbSheet *self, const char *text);
void wb_sheet_add_text (WbSheet *self, const char *text);
void wb_sheet_add_code (WbSheet *self, const char *text); /* a QR code of it */
void wb_sheet_free (WbSheet *self);
char *wb_sheet_to_text (const WbSheet *self) G_GNUC_WARN_UNUSED_RESULT;
GBytes *wb_sheet_draw (const WbSheet *self, WbLanguage language, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* PDF */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSheet, wb_sheet_free)

G_END_DECLS
