/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-moment.h"
#include "wb-rule.h"

G_BEGIN_DECLS

/* How the body works with its clocks, as resources/rules/practice.json says. */
typedef struct _WbPractice WbPractice;

/* How a person may lengthen an own target, with a reason and before it ends. */
typedef struct {
  char *rule;
  int length;  /* at most so much at once, in the rule's unit */
  guint times; /* at most so often; 0: as often as needed */
} WbExtension;
const WbExtension *wb_practice_find_extension (const WbRules *rules, const char *rule);

/* What becomes of an overrun limit of an authority: terms of the allegation. */
typedef struct {
  char *rule;
  char **acts, **stages, **safeguards, **authorities, **rights, **themes;
} WbOverrun;
const WbOverrun *wb_practice_find_overrun (const WbRules *rules, const char *rule);

/* When somebody is reminded of a clock: days before or after it ends. Never itself a deadline. */
typedef struct {
  int days;   /* negative: before the end */
  int repeat; /* after the end: again every so many days; 0: once */
} WbReminderStep;
GArray *wb_practice_list_reminders (const WbRules *rules,
                                    const WbRule *rule); /* (element-type WbReminderStep) */

/* Ages in days of a case at which it is pointed out; a body's target for the rule sets its own. */
GArray *wb_practice_list_ages (const WbRules *rules); /* (element-type int) rising */

/* Which reason for urgency a value of an allegation's field brings along; NULL: none. */
const char *wb_practice_find_escalation (const WbRules *rules,
                                         const char *type,
                                         const char *field,
                                         const char *value);

/* Which regime the dates of a person's procedure point to: regime.pact, .legacy or .ask. */
typedef struct {
  char *regime;  /* code */
  char *text[2]; /* why */
} WbRegimeProposal;
const WbRegimeProposal *wb_rules_propose_regime (const WbRules *rules,
                                                 JsonObject *person,
                                                 const WbZone *zone);
/* Whether something that lasted from @from to @until lies on both sides of the change, so that it
 * takes two periods; *ret_change is the first day of the new rules. */
gboolean wb_rules_split_period (const WbRules *rules,
                                const WbMoment *from,
                                const WbMoment *until,
                                WbDate *ret_change);

G_END_DECLS
