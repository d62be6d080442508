/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-clock.h"
#include "wb-rules-private.h"

G_BEGIN_DECLS

/* From the first to the last that a start can have been. */
typedef struct {
  WbDate first, last;
  WbInstant first_at, last_at; /* for hours; WB_INSTANT_NONE where only days are known */
} WbClockStart;

/* Facts of a subject; the case's own fields are those of its case. */
WbFacts wb_facts_new (const WbClockContext *context, const WbClockSubject *subject, WbInstant now);
char *wb_facts_format (const WbFacts *facts, WbDate date, WbInstant instant);
gboolean wb_rule_is_own (const WbRule *rule);
WbInstant wb_clock_get_late_from (const WbClockContext *context, const WbClock *clock);

/* wb-clock.c */
WbDue *wb_clock_compute_from (const WbClockContext *context,
                              const WbClock *self,
                              const char *start,
                              gboolean lenient,
                              GError **error);

/* wb-clock-start.c: as WbClock.start has it; NULL where the record has no such date. */
char *wb_trigger_find_start (const WbTrigger *self, const WbFacts *facts, WbInstant created);

/* wb-clock-ends.c: fills everything but the texts that say what it is. */
gboolean wb_clock_set_ends (WbClock *self,
                            const WbTrigger *trigger,
                            const WbFacts *facts,
                            const WbClockStart *start,
                            GError **error);
/* What the rule gives for this body before anything extends it. */
WbPeriod wb_facts_base_period (const WbFacts *facts, const WbTrigger *trigger, const char *start);

/* wb-clock-pause.c */
typedef enum { WB_PAUSE_NONE, WB_PAUSE_OPEN, WB_PAUSE_BY_HAND } WbPauseState;
gboolean wb_clock_apply_pauses (const WbFacts *facts,
                                const WbTrigger *trigger,
                                const WbClockStart *start,
                                WbPeriod *period,
                                GPtrArray *taken,
                                WbPauseState *ret_state,
                                GError **error);

/* wb-clock-act.c: acts on the clocks of a trigger's family, oldest first. */
GPtrArray *wb_clock_acts (const WbFacts *facts, const WbTrigger *trigger, const char *action);
WbInstant wb_clock_act_get_at (const WbNeighbour *act, const WbZone *zone);
/* Whether it lengthens a period that ends at @end; adds to *length. */
gboolean wb_clock_act_extends (const WbNeighbour *act,
                               const WbRules *rules,
                               const WbRule *rule,
                               guint times,
                               WbInstant end,
                               int *length);

void wb_clock_said_free (gpointer data); /* what one side says of a start */

G_END_DECLS
