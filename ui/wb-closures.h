/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-model.h"
#include "wb-rules.h"

G_BEGIN_DECLS

/* Pure functions from values to words, tested without a display. */
char *wb_words_until (WbKind kind, WbInstant end, WbInstant now, const WbZone *zone);
char *wb_words_last_day (WbInstant end, const WbZone *zone, WbLanguage language);
char *wb_words_end_brief (WbKind kind,
                          WbInstant end,
                          WbInstant now,
                          const WbZone *zone,
                          WbLanguage language);
/* "Within 24 hours, so by Wed 25 Nov 2026 14:30 at the latest". @raised (nullable): the urgency
 * that the reasons ask for. */
char *wb_words_urgency (const char *raised,
                        const WbPeriod *period,
                        WbInstant end,
                        const WbZone *zone,
                        WbLanguage language);
char *wb_words_age (WbInstant start, WbInstant now, const WbZone *zone);
const char *wb_words_kind (WbKind kind);
char *wb_words_bound (const char *bound);
const char *wb_words_state (WbKind kind, WbClockState state);
gboolean wb_kind_can_be_late (WbKind kind);
const char *wb_kind_icon (WbKind kind);
const char *wb_kind_style (WbKind kind);
char *wb_words_code (const char *code, WbLanguage language);
char *wb_words_short_hash (const char *hex);
char *wb_words_cases (guint n, gboolean filtered);
char *wb_text_first_line (const char *text, guint max_chars);

G_END_DECLS
