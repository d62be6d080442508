/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wb_core_resources_ensure (void);
GBytes *wb_core_resource (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
