/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row to type a passphrase in, which no program on the accessibility bus can read. */
#define WB_TYPE_PASSPHRASE_ROW (wb_passphrase_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPassphraseRow, wb_passphrase_row, WB, PASSPHRASE_ROW, AdwPreferencesRow)

GtkText *wb_passphrase_row_get_text (WbPassphraseRow *self); /* (nullable) */

G_END_DECLS
