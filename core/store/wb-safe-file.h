/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that takes its name, and its older version's place, only once all of it is on disk. */
typedef struct _WbSafeFile WbSafeFile;

#define WB_SAFE_FILE_SUFFIX ".new" /* of the name while it is being written */

WbSafeFile *wb_safe_file_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_safe_file_write (WbSafeFile *self, gconstpointer bytes, gsize size, GError **error);
/* All of it on disk under its passing name; what is left of a commit can hardly fail. */
gboolean wb_safe_file_finish (WbSafeFile *self, GError **error);
/* For what is written as a stream: below it, on disk, and read again under the passing name. */
GOutputStream *wb_safe_file_get_stream (WbSafeFile *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_safe_file_sync (WbSafeFile *self, GError **error);
GInputStream *wb_safe_file_read_back (WbSafeFile *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_safe_file_commit (WbSafeFile *self, GError **error); /* still to be freed */
void wb_safe_file_free (WbSafeFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSafeFile, wb_safe_file_free)

gboolean wb_safe_file_replace (const char *path, gconstpointer bytes, gsize size, GError **error);
/* @name below @folder, neither of them reached through a link; WB_ERROR_TOO_LARGE over @limit. */
GBytes *wb_safe_file_read (const char *folder, const char *name, gsize limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_safe_file_sync_folder (const char *folder, GError **error);
gboolean wb_safe_file_set_error (GError **error, const char *name, int code); /* returns FALSE */

G_END_DECLS
