/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A searchable list of WbChoice in a popover; says which one was picked. */
#define WB_TYPE_PICKER (wb_picker_get_type ())
G_DECLARE_FINAL_TYPE (WbPicker, wb_picker, WB, PICKER, GtkPopover)

/* @multiple: stays open after a choice. */
GtkWidget *wb_picker_new (GListModel *choices, gboolean multiple) G_GNUC_WARN_UNUSED_RESULT;
/* The list is made elsewhere for each "search-requested" with words; until wb_picker_take_answer()
 * Enter picks nothing. */
void wb_picker_ask_elsewhere (WbPicker *self);
void wb_picker_take_answer (WbPicker *self);
void wb_picker_begin (WbPicker *self, const char *words); /* what was typed to open it */

G_END_DECLS
