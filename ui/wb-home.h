/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The first page of an open register: the day and the cases, one at a time. "visible-changed". */
#define WB_TYPE_HOME (wb_home_get_type ())
G_DECLARE_FINAL_TYPE (WbHome, wb_home, WB, HOME, AdwBin)

GtkWidget *wb_home_new (GtkWidget *today, GtkWidget *cases, GtkWidget *visits)
    G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *wb_home_get_visible (WbHome *self);
const char *wb_home_get_name (WbHome *self); /* "today" or "cases" */
void wb_home_show (WbHome *self, const char *name);
/* Beside the name of the day: how much of it cannot wait. */
void wb_home_set_urgent (WbHome *self, guint n);

G_END_DECLS
