/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-view-child.h"

G_BEGIN_DECLS

/* A recording: play, pause, anywhere in it, louder and softer; all of it by keyboard. */
#define WB_TYPE_SOUND_VIEWER (wb_sound_viewer_get_type ())
G_DECLARE_FINAL_TYPE (WbSoundViewer, wb_sound_viewer, WB, SOUND_VIEWER, AdwBin)

GtkWidget *wb_sound_viewer_new (WbViewChild *child, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void wb_sound_viewer_begin (WbSoundViewer *self);
guint wb_sound_viewer_get_position (WbSoundViewer *self); /* ms */
guint wb_sound_viewer_get_duration (WbSoundViewer *self); /* ms; 0: not known yet */
gboolean wb_sound_viewer_is_playing (WbSoundViewer *self);

G_END_DECLS
