/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* The public halves of the body's recovery keys, as given when the register was made: age1... */
char **wb_register_list_recovery (WbRegister *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A sheet for the safe, as PDF: what recovers the register, how, and what is lost without it.
 * Nothing on it is secret. */
GBytes *wb_register_draw_recovery (WbRegister *self, WbLanguage language, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
