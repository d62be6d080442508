/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* Whether the user may have the contents of the document; any other record: yes. */
gboolean wb_register_admits (WbRegister *self, const WbRecord *record, const char **ret_rule);
/* A document that a bundle for such a recipient would leave out. */
typedef struct {
  char *reference;
  char *rule; /* recipient-cleared, privileged-decided, user-cleared, need-to-know */
} WbBarred;
GPtrArray *wb_register_list_barred (WbRegister *self,
                                    const char *case_ref,
                                    const WbExportOptions *options,
                                    GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbBarred) */

G_END_DECLS
