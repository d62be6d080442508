/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A picture that can be made larger and turned. Put into a scrolled window; while it fits itself
 * into the room there is ("fit"), nothing is to be scrolled.
 */
#define WB_TYPE_PICTURE (wb_picture_get_type ())
G_DECLARE_FINAL_TYPE (WbPicture, wb_picture, WB, PICTURE, GtkWidget)

GtkWidget *wb_picture_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @width, @height: of the whole at 1:1; the texture may have more or fewer pixels. NULL: none. */
void wb_picture_set_texture (WbPicture *self, GdkTexture *texture, guint width, guint height);
gboolean wb_picture_has_texture (WbPicture *self);
/* @scale: 0 fits it into the room there is, never larger than 1:1. */
void wb_picture_set_scale (WbPicture *self, double scale);
double wb_picture_get_scale (WbPicture *self); /* as it shows */
gboolean wb_picture_fits (WbPicture *self);
void wb_picture_turn (WbPicture *self, int quarters); /* with the clock */

G_END_DECLS
