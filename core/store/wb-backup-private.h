/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "wb-backup.h"

G_BEGIN_DECLS

#define WB_BACKUP_SUMS "SHA256SUMS.backup" /* the last member: digests of all the others */
#define WB_BACKUP_CHUNK (256 * 1024)       /* bytes read or written at once */

/* Takes what each member of a backup holds; called with size 0 at its end. */
typedef gboolean (*WbBackupMember) (const char *name,
                                    gconstpointer bytes,
                                    gsize size,
                                    gpointer user_data,
                                    GError **error);

/* Reads the tar in @plain to its end and compares every member with SHA256SUMS.backup. */
gboolean wb_backup_read (GInputStream *plain,
                         WbBackupMember take,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);
gboolean wb_backup_set_error (GError **error, GError *problem); /* takes @problem; returns FALSE */

G_END_DECLS
