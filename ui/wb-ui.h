/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_UI_RESOURCES "/org/waarborg/Register"

void wb_ui_init (void);
void wb_ui_set_text_size (guint percent);    /* of the desktop's own */
double wb_ui_text_scale (GtkWidget *widget); /* 1: the desktop's usual text, 2: twice as large */

/* What a widget is called, and what more there is to say of it, by who does not see it. */
void wb_ui_set_name (GtkWidget *widget, const char *name);
void wb_ui_set_description (GtkWidget *widget, const char *description);
/* An expander row is two rows to who does not see it: itself, and the one that opens it. */
void wb_ui_name_expander (AdwExpanderRow *row, const char *reference, const char *description);

/* For a page that has a grab_focus() of its own. */
gboolean wb_ui_focus_within (GtkWidget *widget, GtkDirectionType direction);

char **wb_ui_split_recipients (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
