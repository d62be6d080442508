/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The folder NAME.waarborg/: store.db, keys/, LEESMIJ.txt, README.txt and SHA256SUMS over all of
 * them but the store, so that a damaged key file is told apart from a wrong passphrase.
 */
typedef struct _WbFolder WbFolder;

/* Makes the folder with its texts; WB_ERROR_EXISTS where there is anything already. 0700. */
WbFolder *wb_folder_create (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the lock: WB_ERROR_BUSY while another process holds it, WB_ERROR_NOT_FOUND,
 * WB_ERROR_INVALID. */
WbFolder *wb_folder_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_folder_get_path (const WbFolder *self);
char *wb_folder_dup_store_path (const WbFolder *self);
/* Rewrites SHA256SUMS after a key file changed. */
gboolean wb_folder_seal (WbFolder *self, GError **error);
/* The names of files that differ from SHA256SUMS, are missing from it or are strangers;
 * NULL-terminated. */
char **wb_folder_check (WbFolder *self, GError **error);
void wb_folder_close (WbFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFolder, wb_folder_close)

G_END_DECLS
