/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children beside each other at their own width, on as many lines as it takes. */
#define WB_TYPE_WRAP (wb_wrap_get_type ())
G_DECLARE_FINAL_TYPE (WbWrap, wb_wrap, WB, WRAP, GtkWidget)

void wb_wrap_append (WbWrap *self, GtkWidget *child);
void wb_wrap_clear (WbWrap *self);

G_END_DECLS
