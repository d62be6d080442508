/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/*
 * What is late, due today, due soon, and what has been silent too long. Emits "counted" with the
 * number of what is on it and of what cannot wait, "case-activated", "changed" with the case after
 * an act, and "message".
 */
#define WB_TYPE_TODAY_PAGE (wb_today_page_get_type ())
G_DECLARE_FINAL_TYPE (WbTodayPage, wb_today_page, WB, TODAY_PAGE, AdwBin)

GtkWidget *wb_today_page_new (WbSession *session) G_GNUC_WARN_UNUSED_RESULT;
void wb_today_page_reload (WbTodayPage *self);
void wb_today_page_check_day (WbTodayPage *self); /* reads again where another day has begun */
gboolean wb_today_page_is_loading (WbTodayPage *self);
guint wb_today_page_get_n (WbTodayPage *self);
void wb_today_page_focus (WbTodayPage *self);

/* The act on a time limit that the lock took away, as it was typed. */
void wb_today_page_ask_again (WbTodayPage *self, JsonObject *kept);

G_END_DECLS
