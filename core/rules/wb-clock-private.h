/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-clock.h"
#include "wb-rules-private.h"

G_BEGIN_DECLS

gboolean wb_trigger_start (const WbTrigger *self,
                           const WbFacts *facts,
                           const char *record_id,
                           WbInstant recorded,
                           WbClock **ret_clock,
                           GError **error);
/* As WbClock.start has it; NULL where the record has no such date. */
char *wb_trigger_find_start (const WbTrigger *self, const WbFacts *facts);
/* The case's own fields are those of its case. */
JsonObject *wb_facts_pick_case (const char *type, JsonObject *record, JsonObject *of_case);

G_END_DECLS
