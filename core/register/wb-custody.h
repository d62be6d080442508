/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* Who had a file in hands: what happened to a piece of evidence, as the log has it. */
typedef enum {
  WB_CUSTODY_TAKEN_IN,
  WB_CUSTODY_CHANGED, /* what is written about it, never the file */
  WB_CUSTODY_LOOKED,
  WB_CUSTODY_COPIED,  /* saved outside the register */
  WB_CUSTODY_EXPORTED /* in a bundle of its case; what is withheld from it is not told here */
} WbCustodyAct;

typedef struct {
  WbInstant time;
  WbCustodyAct act;
  char *author; /* user name where known, else fingerprint */
  char *to;     /* (nullable) code: whom a bundle is for */
} WbCustodyLine;
void wb_custody_line_free (WbCustodyLine *self);

GPtrArray *wb_register_list_custody (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbCustodyLine): earliest first */

/* An entry of its own ("consulted", as a copy), made first. Never overwrites. */
gboolean wb_register_save_evidence (WbRegister *self,
                                    const char *reference,
                                    const char *path,
                                    WbProgress progress,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCustodyLine, wb_custody_line_free)

G_END_DECLS
