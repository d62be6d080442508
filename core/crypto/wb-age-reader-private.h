/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-age-stream-private.h"

G_BEGIN_DECLS

#define WB_TYPE_AGE_READER (wb_age_reader_get_type ())
G_DECLARE_FINAL_TYPE (WbAgeReader, wb_age_reader, WB, AGE_READER, GFilterInputStream)

GInputStream *wb_age_reader_new (GInputStream *base, WbAgeStream *stream);

G_END_DECLS
