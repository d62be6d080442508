/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* First start: make a register, open one or take it out of a backup, by the actions
 * win.create-register, win.open-register and win.restore-register. */
#define WB_TYPE_WELCOME_PAGE (wb_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (WbWelcomePage, wb_welcome_page, WB, WELCOME_PAGE, AdwBin)

GtkWidget *wb_welcome_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Folders of registers of earlier, the last one first. */
void wb_welcome_page_set_registers (WbWelcomePage *self, const char *const *paths);

G_END_DECLS
