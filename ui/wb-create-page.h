/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-register.h"

G_BEGIN_DECLS

/* Asks what a new register needs. Emits "create"; the window makes it and reports back. */
#define WB_TYPE_CREATE_PAGE (wb_create_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCreatePage, wb_create_page, WB, CREATE_PAGE, AdwBin)

GtkWidget *wb_create_page_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Fills @ret_setup with what was typed, borrowed from @self; call in a handler of "create". */
void wb_create_page_get_setup (WbCreatePage *self, WbRegisterSetup *ret_setup);
const char *wb_create_page_get_folder (WbCreatePage *self);            /* NAME.waarborg, in full */
void wb_create_page_set_folder (WbCreatePage *self, const char *path); /* where it will be made */
void wb_create_page_set_busy (WbCreatePage *self, gboolean busy);
void wb_create_page_clear (WbCreatePage *self); /* the register is made: nothing stays here */
void wb_create_page_say (WbCreatePage *self, const char *message);

G_END_DECLS
