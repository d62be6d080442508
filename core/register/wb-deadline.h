/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* What must be said beside a deadline: (element-type utf8) sentences. */
GPtrArray *wb_register_list_deadline_notes (WbRegister *self,
                                            const WbDeadline *deadline,
                                            WbInstant as_of,
                                            WbLanguage language,
                                            GError **error);
/* What runs and ends from @from on and before @until, by end. (element-type WbDeadline) */
GPtrArray *wb_register_list_due (WbRegister *self,
                                 WbInstant from,
                                 WbInstant until,
                                 WbInstant as_of,
                                 guint limit,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
