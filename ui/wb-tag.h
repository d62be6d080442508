/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A code in one or two words, such as an urgency; nothing at all where there is no code. */
#define WB_TYPE_TAG (wb_tag_get_type ())
G_DECLARE_FINAL_TYPE (WbTag, wb_tag, WB, TAG, AdwBin)

GtkWidget *wb_tag_new (const char *code, const char *label) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
