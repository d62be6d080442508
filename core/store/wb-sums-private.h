/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_SUMS_NAME "SHA256SUMS"
#define WB_KEYS_FOLDER "keys"
#define WB_KEY_FILE_SUFFIX ".age"
#define WB_KEY_FILE_SIZE_MAX (64 * 1024) /* ours have half a KiB */

/* The lines of SHA256SUMS, as `sha256sum -c` reads them: name -> hex digest. */
typedef struct _WbSums WbSums;

WbSums *wb_sums_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
WbSums *wb_sums_parse (const char *bytes, gsize size) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_sums_is_whole (const WbSums *self);
const char *wb_sums_get (const WbSums *self, const char *name); /* (nullable): hex */
void wb_sums_set (WbSums *self, const char *name, gconstpointer bytes, gsize size);
void wb_sums_remove (WbSums *self, const char *name);
char **wb_sums_list (const WbSums *self);
char *wb_sums_format (const WbSums *self);
/* FALSE only where there is a line for it and it says something else. */
gboolean wb_sums_fits (const WbSums *self, const char *name, GBytes *bytes);
void wb_sums_free (WbSums *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSums, wb_sums_free)

G_END_DECLS
