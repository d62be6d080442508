/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_UI_RESOURCES "/org/waarborg/Register"

void wb_ui_init (void);

G_END_DECLS
