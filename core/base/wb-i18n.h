/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>
#include <libintl.h>

/* Messages of core, ui and app share one text domain. English is the source language. */
#define _(text) dgettext (GETTEXT_PACKAGE, text)
#define N_(text) (text)
#define C_(context, text) g_dpgettext2 (GETTEXT_PACKAGE, context, text)
#define ngettext_(one, many, n) dngettext (GETTEXT_PACKAGE, one, many, n)

G_BEGIN_DECLS

/**
 * WbLanguage:
 * @WB_LANGUAGE_EN: English
 * @WB_LANGUAGE_NL: Dutch
 *
 * The language of labels, sums and documents that come from data rather than from gettext.
 */
typedef enum { WB_LANGUAGE_EN, WB_LANGUAGE_NL } WbLanguage;

WbLanguage wb_language_current (void);
const char *wb_language_code (WbLanguage language);

G_END_DECLS
