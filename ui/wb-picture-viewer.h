/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-view-child.h"

G_BEGIN_DECLS

/* Pictures and documents: a page at a time, larger and smaller, turned; all of it by keyboard. */
#define WB_TYPE_PICTURE_VIEWER (wb_picture_viewer_get_type ())
G_DECLARE_FINAL_TYPE (WbPictureViewer, wb_picture_viewer, WB, PICTURE_VIEWER, AdwBin)

/* @child (transfer none): the file is in it, or will be when wb_picture_viewer_begin() is called.
 */
GtkWidget *wb_picture_viewer_new (WbViewChild *child, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void wb_picture_viewer_begin (WbPictureViewer *self);
gboolean wb_picture_viewer_is_shown (WbPictureViewer *self);
guint wb_picture_viewer_get_page (WbPictureViewer *self); /* from 0 */
double wb_picture_viewer_get_scale (WbPictureViewer *self);

G_END_DECLS
