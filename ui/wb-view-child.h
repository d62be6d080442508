/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-view-protocol.h"

G_BEGIN_DECLS

/*
 * A program beside this one that decodes one file, see wb-view-protocol.h. Whatever goes wrong with
 * it ends in "failed", once. Disposing of it kills it and wipes the last picture it gave.
 *
 * Emits "answered" with a WbViewAnswer * and a GdkTexture * (nullable).
 */
#define WB_TYPE_VIEW_CHILD (wb_view_child_get_type ())
G_DECLARE_FINAL_TYPE (WbViewChild, wb_view_child, WB, VIEW_CHILD, GObject)

/* @kind: "image", "pdf", "sound". NULL: it cannot be started. */
WbViewChild *wb_view_child_new (const char *kind) G_GNUC_WARN_UNUSED_RESULT;
/* Where the file goes in; the caller's to close, which tells that the file ends. */
int wb_view_child_take_input (WbViewChild *self);
/* One at a time; of those that come meanwhile the last of each verb counts. */
void wb_view_child_ask (WbViewChild *self, const WbViewRequest *request);
void wb_view_child_set_program (const char *path); /* where it is not beside this program */

G_END_DECLS
