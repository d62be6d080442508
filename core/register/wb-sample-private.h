/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"
#include "wb-sample.h"

G_BEGIN_DECLS

#define WB_SAMPLE "sample"

/* Hook of recording: a new sample gets its seed, however it is recorded. */
void wb_sample_fill_in (const WbRecordType *type, JsonObject *fields);

G_END_DECLS
