/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* Backups: one file, encrypted, read back and compared before it counts. */
typedef struct {
  WbInstant time;
  char *sha256; /* of the file, in hex */
  guint64 size; /* entries of the log that are in it */
} WbBackupNote;
void wb_backup_note_free (WbBackupNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBackupNote, wb_backup_note_free)

gboolean wb_register_backup (WbRegister *self,
                             const char *path,
                             const char *const *recipients,
                             const WbSecret *passphrase,
                             WbProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             char **ret_sha256,
                             GError **error);
/* The last one that was read back; *ret_note is NULL where there never was one. */
gboolean wb_register_find_backup (WbRegister *self, WbBackupNote **ret_note, GError **error);
/* The last rehearsal: of which backup, and how many entries it held. */
gboolean wb_register_find_rehearsal (WbRegister *self, WbBackupNote **ret_note, GError **error);
gboolean wb_register_restore (const char *path,
                              GPtrArray *identities,
                              const WbSecret *backup_passphrase,
                              const char *folder,
                              const char *user,
                              const WbSecret *passphrase,
                              WbProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              WbVerification **ret_result,
                              GError **error);

G_END_DECLS
