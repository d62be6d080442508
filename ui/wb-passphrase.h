/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-secret.h"

G_BEGIN_DECLS

/* Takes what was typed out of @editable, which is empty after that. NULL where nothing was typed.
 */
WbSecret *wb_passphrase_take (GtkEditable *editable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_passphrase_is_empty (GtkEditable *editable);
gboolean wb_passphrase_is_same (GtkEditable *a, GtkEditable *b);
gboolean wb_passphrase_begins_with (GtkEditable *editable, GtkEditable *beginning);

/* From 0 to 1. @ret_advice (nullable): what to do better; NULL where it is good enough. */
double wb_passphrase_rate (GtkEditable *editable, char **ret_advice);
#define WB_PASSPHRASE_GOOD 0.6   /* from here on no advice is given */
#define WB_PASSPHRASE_USABLE 0.3 /* below this it is refused: guessed within hours */

G_END_DECLS
