/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"
#include "wb-folder.h"
#include "wb-secret.h"

G_BEGIN_DECLS

/*
 * A backup: an age v1 file around a tar of the register's folder, with SHA256SUMS.backup over all
 * of it. `age -d FILE | tar -x` takes it out again without us. It gets its name by a commit only.
 */
typedef struct _WbBackup WbBackup;

typedef void (*WbBackupProgress) (guint64 done, guint64 total, gpointer user_data);

/* Either @recipients (age1...) or @passphrase. Writes, syncs, reads back and compares. */
WbBackup *wb_backup_write (WbFolder *folder,
                           WbDb *db,
                           const char *path,
                           const char *const *recipients,
                           const WbSecret *passphrase,
                           WbBackupProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *wb_backup_get_sha256 (const WbBackup *self); /* of the file, in hex */
guint64 wb_backup_get_size (const WbBackup *self);       /* of the file, in bytes */
gboolean wb_backup_commit (WbBackup *self, GError **error);
void wb_backup_free (WbBackup *self); /* without a commit nothing stays */

/* Takes a backup out into @folder, which must not exist; it is gone again where that fails. */
gboolean wb_backup_restore (const char *path,
                            GPtrArray *identities,
                            const WbSecret *passphrase,
                            const char *folder,
                            WbBackupProgress progress,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

void wb_backup_remove (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBackup, wb_backup_free)

G_END_DECLS
