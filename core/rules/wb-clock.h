/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-due.h"
#include "wb-moment.h"
#include "wb-rule.h"

G_BEGIN_DECLS

/*
 * A deadline that an act started: rule + start + due, with the rule's version and its period at
 * the time, so that later rules do not move it. @due is the strict reading; @latest the lenient
 * one (procedure clocks have two: plain and eu1182) or, with an uncertain start, the due date from
 * the latest start; NULL where there is one reading only, and then @latest_end equals @end.
 */
typedef struct {
  char *rule;
  char *version;
  char *family;    /* clocks of one family of one record replace each other */
  char *record_id; /* the record whose event started it */
  char *event;
  char *start;        /* as computed with: local date, or instant with offset */
  char *start_latest; /* (nullable): the same, where the start is uncertain */
  gboolean is_open;   /* kind open: an age counter without due */
  WbPeriod period;    /* strict reading; not set for open */
  gboolean has_lenient;
  WbRegime lenient; /* regime of the lenient reading */
  char *due;        /* (nullable): wb_due_format() */
  WbInstant end;    /* exclusive; WB_INSTANT_NONE for open */
  char *latest;     /* (nullable) */
  WbInstant latest_end;
  gboolean uncertain_start; /* start not known well enough: alarms on the earliest */
  gboolean once;            /* counts from the first act only; later ones do not start it again */
  WbInstant after;          /* recurring: met only by an event later than this */
} WbClock;

WbClock *wb_clock_new_from_json (JsonObject *object, GError **error);
JsonObject *wb_clock_to_json (const WbClock *self);
void wb_clock_free (WbClock *self);
WbDue *wb_clock_compute (const WbRules *self,
                         const WbClock *clock,
                         const WbZone *zone,
                         gboolean lenient,
                         GError **error); /* again, for the sum */
/* Both readings in words, from the event that started it. */
char *wb_clock_explain (const WbRules *self,
                        const WbClock *clock,
                        const WbZone *zone,
                        WbLanguage language,
                        GError **error);

/**
 * WbClockRelation:
 * @WB_CLOCK_BESIDE: another record or another family: both stand
 * @WB_CLOCK_SAME: nothing new: drop the newer one
 * @WB_CLOCK_REPLACES: the newer one takes the place of the older: show only the newer
 */
typedef enum { WB_CLOCK_BESIDE, WB_CLOCK_SAME, WB_CLOCK_REPLACES } WbClockRelation;
WbClockRelation wb_clock_relate (const WbClock *newer, const WbClock *older);

/*
 * Which clocks the fields of one record start, as resources/rules/triggers.json says.
 * @type: "allegation" ...; @record: all its present fields; @changed: (nullable) names that this
 * act set (NULL: all); @of_case: (nullable) fields of its case; @recorded: when it was typed in.
 * Returns: (element-type WbClock)
 */
GPtrArray *wb_rules_start (const WbRules *self,
                           const WbCalendar *calendar,
                           const WbZone *zone,
                           const char *profile,
                           const char *type,
                           const char *record_id,
                           JsonObject *record,
                           const char *const *changed,
                           JsonObject *of_case,
                           WbInstant recorded,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
  WB_CLOCK_RUNNING,
  WB_CLOCK_MET,
  WB_CLOCK_MET_LATE,
  WB_CLOCK_OVERDUE,
  WB_CLOCK_CANCELLED,
  WB_CLOCK_PASSED
} WbClockState; /* PASSED: a bar that has run out */
const char *wb_clock_state_to_text (WbClockState state);
/* State as of @now: met by which field of @record or @of_case, when. */
WbClockState wb_rules_judge (const WbRules *self,
                             const WbClock *clock,
                             const WbZone *zone,
                             const char *type,
                             JsonObject *record,
                             JsonObject *of_case,
                             WbInstant now,
                             char **ret_met);
/* Whether a case of @status asks for nothing by that rule any more: "let_go" of triggers.json. */
gboolean wb_rules_is_let_go (const WbRules *self, const char *code, const char *status);
/* Too late by the strict reading and not yet by the lenient one. */
gboolean wb_clock_is_disputed (const WbClock *self, WbInstant at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClock, wb_clock_free)

G_END_DECLS
