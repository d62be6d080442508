/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a register is, in words. */
char *wb_place_name (const char *path) G_GNUC_WARN_UNUSED_RESULT;   /* NL-INSP */
char *wb_place_folder (const char *path) G_GNUC_WARN_UNUSED_RESULT; /* ~/Documents */

G_END_DECLS
