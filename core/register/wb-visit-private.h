/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"
#include "wb-visit.h"

G_BEGIN_DECLS

/* Hook of recording: an allegation that was born in a visit takes over what the visit knows. */
gboolean wb_visit_prefill (WbRegister *reg,
                           const WbRecordType *type,
                           JsonObject *fields,
                           GError **error);

G_END_DECLS
