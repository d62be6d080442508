/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

#include "wb-time.h"

G_BEGIN_DECLS

/* What a receipt slip says in one language: texts by key, see resources/text/slip.tsv. */
typedef struct _WbSlipText WbSlipText;

/* The languages that the program brings. */
GPtrArray *wb_slip_text_load_all (GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbSlipText) */
GPtrArray *wb_slip_text_parse (const char *text, gsize size, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
WbSlipText *wb_slip_text_new (const char *language, gboolean reviewed);
void wb_slip_text_free (WbSlipText *self);
void wb_slip_text_set (WbSlipText *self, const char *key, const char *text); /* replaces */
const char *wb_slip_text_get (const WbSlipText *self, const char *key);      /* (nullable) */
const char *wb_slip_text_get_language (const WbSlipText *self);              /* ISO 639-3 */
gboolean wb_slip_text_is_reviewed (const WbSlipText *self); /* by a sworn translator; or a source */
void wb_slip_text_set_reviewed (WbSlipText *self, gboolean reviewed);
/* Whether @code, of two or three letters, is this language. */
gboolean wb_slip_text_speaks (const WbSlipText *self, const char *code);
char *wb_slip_text_format_date (const WbSlipText *self, WbDate date);
const char *const *wb_slip_text_list_keys (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSlipText, wb_slip_text_free)

G_END_DECLS
