/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-age-stream-private.h"

G_BEGIN_DECLS

#define WB_TYPE_AGE_WRITER (wb_age_writer_get_type ())
G_DECLARE_FINAL_TYPE (WbAgeWriter, wb_age_writer, WB, AGE_WRITER, GFilterOutputStream)

GOutputStream *wb_age_writer_new (GOutputStream *base, WbAgeStream *stream);

G_END_DECLS
