/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

#define WB_EVENT_REHEARSED "rehearsed"

/* What a rehearsal of the recovery showed. */
typedef struct {
  char *sha256;    /* of the backup, in hex */
  guint64 size;    /* entries of the log that are in it */
  guint64 since;   /* entries that were added to the log after it was made */
  gboolean by_key; /* the recovery identity opened the register too, without any passphrase */
} WbRehearsal;
void wb_rehearsal_free (WbRehearsal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRehearsal, wb_rehearsal_free)
char *wb_rehearsal_to_words (const WbRehearsal *self); /* one sentence */

/* Puts a backup of this register back beside it, opens and verifies it, and throws it away. */
WbRehearsal *wb_register_rehearse (WbRegister *self,
                                   const char *path,
                                   GPtrArray *identities,
                                   const WbSecret *passphrase,
                                   WbProgress progress,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
