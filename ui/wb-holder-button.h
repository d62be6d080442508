/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Who holds a case, and a menu of the users who may. Emits "holder-requested" with a user. */
#define WB_TYPE_HOLDER_BUTTON (wb_holder_button_get_type ())
G_DECLARE_FINAL_TYPE (WbHolderButton, wb_holder_button, WB, HOLDER_BUTTON, AdwBin)

/* @holder: (nullable) */
void wb_holder_button_show_holder (WbHolderButton *self,
                                   const char *holder,
                                   const char *const *users);

G_END_DECLS
