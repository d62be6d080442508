/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean wb_age_damaged (GError **error, const char *message);
/* @cause (transfer full) from a stream of GIO, as an error of ours. */
void wb_age_take_io_error (GError **error, GError *cause, const char *message);

G_END_DECLS
