/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib-object.h>

#include "wb-register.h"

G_BEGIN_DECLS

/* A deadline in words, made on the register's thread and shown on the other. */
#define WB_TYPE_DEADLINE_ITEM (wb_deadline_item_get_type ())
G_DECLARE_FINAL_TYPE (WbDeadlineItem, wb_deadline_item, WB, DEADLINE_ITEM, GObject)

WbDeadlineItem *wb_deadline_item_new (const WbDeadline *deadline,
                                      const WbClockContext *context,
                                      WbInstant now,
                                      WbLanguage language);
WbKind wb_deadline_item_get_kind (WbDeadlineItem *self);
WbClockState wb_deadline_item_get_state (WbDeadlineItem *self);
gboolean wb_deadline_item_is_active (WbDeadlineItem *self); /* running or overrun */
gboolean wb_deadline_item_is_late (WbDeadlineItem *self);   /* of the body itself */
WbInstant wb_deadline_item_get_end (WbDeadlineItem *self);
const char *wb_deadline_item_get_title (WbDeadlineItem *self);
const char *wb_deadline_item_get_due (WbDeadlineItem *self);
const char *wb_deadline_item_get_left (WbDeadlineItem *self);
const char *wb_deadline_item_get_sum (WbDeadlineItem *self);
const char *wb_deadline_item_get_note (WbDeadlineItem *self);  /* kind, whom it binds, basis */
const char *wb_deadline_item_get_words (WbDeadlineItem *self); /* all in one sentence */
const WbClockSpan *wb_deadline_item_get_span (WbDeadlineItem *self); /* (nullable) */

G_END_DECLS
