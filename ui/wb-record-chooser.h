/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-model.h"

G_BEGIN_DECLS

/*
 * A searchable list of the types of record that a case may hold, under the headings of the model.
 * Emits "chosen" with the name of a type.
 */
#define WB_TYPE_RECORD_CHOOSER (wb_record_chooser_get_type ())
G_DECLARE_FINAL_TYPE (WbRecordChooser, wb_record_chooser, WB, RECORD_CHOOSER, GtkPopover)

void wb_record_chooser_fill (WbRecordChooser *self, const WbModel *model, WbLanguage language);
gboolean wb_record_chooser_offers (const WbRecordType *type); /* in a case, by a person */
void wb_record_chooser_search (WbRecordChooser *self, const char *words);

G_END_DECLS
