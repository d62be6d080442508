/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A deadline in one line. Each kind has its own shape, icon and colour. */
#define WB_TYPE_DEADLINE_BADGE (wb_deadline_badge_get_type ())
G_DECLARE_FINAL_TYPE (WbDeadlineBadge, wb_deadline_badge, WB, DEADLINE_BADGE, GtkWidget)

GtkWidget *wb_deadline_badge_new (void) G_GNUC_WARN_UNUSED_RESULT;
void wb_deadline_badge_show (WbDeadlineBadge *self, int kind, const char *text, gboolean late);
void wb_deadline_badge_set_wrap (WbDeadlineBadge *self, gboolean wrap); /* it does at first */

G_END_DECLS
