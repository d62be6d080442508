/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-secret.h"

G_BEGIN_DECLS

/* What keys/USER.age holds: JSON {"format":"waarborg-keys
 * v1","user":…,"store":HEX,"seed":HEX,"log":HEX,"identity":"AGE-SECRET-KEY-1…"} */
typedef struct {
  char *user;
  WbSecret *store_key; /* 32 bytes */
  WbSecret *seed;      /* the user's Ed25519 seed */
  WbSecret *log_seed;  /* the log's own Ed25519 seed; shared by the users of one register */
  WbSecret *identity;  /* AGE-SECRET-KEY-1... */
} WbKeyFile;

gboolean wb_key_file_check_user (const char *user,
                                 GError **error); /* [a-z0-9][a-z0-9._-]{0,31}; not "recovery" */
/* Writes atomically (temporary file, fsync, rename): the old one stays on failure. */
gboolean wb_key_file_save (const WbKeyFile *self,
                           const char *folder,
                           const WbSecret *passphrase,
                           GError **error);
WbKeyFile *wb_key_file_load (const char *folder,
                             const char *user,
                             const WbSecret *passphrase,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_key_file_save_recovery (const char *folder,
                                    const WbSecret *store_key,
                                    const char *const *recipients,
                                    GError **error);
WbSecret *wb_key_file_load_recovery (const char *folder, GPtrArray *identities, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
char **wb_key_file_list_users (const char *folder, GError **error);
void wb_key_file_set_work_factor (guint log2_n); /* tests only: WB_AGE_WORK_FACTOR otherwise */
WbKeyFile *wb_key_file_copy (const WbKeyFile *self) G_GNUC_WARN_UNUSED_RESULT; /* shares secrets */
void wb_key_file_free (WbKeyFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbKeyFile, wb_key_file_free)

G_END_DECLS
