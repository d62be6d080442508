/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-i18n.h"
#include "wb-time.h"

G_BEGIN_DECLS

/* Dates and sizes for people, in either language whatever the process's locale. */
char *wb_format_date (WbDate date, WbLanguage language); /* vr 13 nov 2026 / Fri 13 Nov 2026 */
char *wb_format_date_numeric (WbDate date);              /* 13-11-2026 in both languages */
char *wb_format_local (const WbLocal *local, WbLanguage language); /* vr 13 nov 2026 14:30 */
char *wb_format_instant (WbInstant instant, const WbZone *zone, WbLanguage language);
const char *wb_format_month (int month, WbLanguage language);     /* nov / Nov */
const char *wb_format_weekday (int weekday, WbLanguage language); /* vr / Fri */
char *wb_format_size (guint64 bytes, WbLanguage language);

/* A table of phrases in both languages: TSV with the columns key, nl, en, from core's resources. */
typedef struct _WbWords WbWords;
WbWords *wb_words_load (const char *resource_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
WbWords *wb_words_parse (const char *text, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_words_free (WbWords *self);
const char *wb_words_get (const WbWords *self, WbLanguage language, const char *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWords, wb_words_free)

G_END_DECLS
