/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "wb-view-protocol.h"

G_BEGIN_DECLS

/* One kind of file each; state is the program's own. FALSE: it cannot be shown. */
typedef struct {
  const char *name;
  void (*prepare) (void); /* (nullable): what must be read from disk before the door closes */
  gboolean (*open) (GBytes *file);
  /* Fills the answer; @ret_picture (nullable) goes along. */
  gboolean (*answer) (const WbViewRequest *request,
                      WbViewAnswer *answer,
                      cairo_surface_t **ret_picture);
  gboolean talks; /* needs the sound server */
} WbViewKind;

extern const WbViewKind wb_view_image, wb_view_pdf, wb_view_sound;

/* FALSE: this system cannot close the door; nothing is shown then. */
gboolean wb_view_limit (void);
gboolean wb_view_close_door (gboolean talks);

G_END_DECLS
