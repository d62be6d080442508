/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* A value that a field had before. */
typedef struct {
  guint64 entry; /* that set it */
  WbInstant time;
  char *author; /* user name where known, else fingerprint */
  char *text;   /* compact JSON */
} WbEarlier;
void wb_earlier_free (WbEarlier *self);

/* From the log, oldest first, without the value that stands; erased ones are gone. Not for names
 * and sealed values: reading those is an act of its own. */
GPtrArray *wb_register_list_earlier (WbRegister *self,
                                     const char *reference,
                                     const char *field,
                                     GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbEarlier) */

G_END_DECLS
