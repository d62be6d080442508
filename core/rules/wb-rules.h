/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-i18n.h"
#include "wb-moment.h"

G_BEGIN_DECLS

typedef enum { WB_REGIME_EU1182, WB_REGIME_NL_ATW, WB_REGIME_PLAIN, WB_REGIME_POLICY } WbRegime;
typedef enum {
  WB_UNIT_HOUR,
  WB_UNIT_DAY,
  WB_UNIT_WEEK,
  WB_UNIT_MONTH,
  WB_UNIT_YEAR,
  WB_UNIT_WORKING_DAY
} WbUnit;
typedef enum { WB_KIND_LAW, WB_KIND_WATCH, WB_KIND_BAR, WB_KIND_POLICY, WB_KIND_OPEN } WbKind;

const char *wb_regime_to_text (WbRegime regime); /* eu1182 ... */
gboolean wb_regime_parse (const char *text, WbRegime *ret_regime, GError **error);
const char *wb_unit_to_text (WbUnit unit); /* h d w m y wd */
gboolean wb_unit_parse (const char *text, WbUnit *ret_unit, GError **error);
const char *wb_kind_to_text (WbKind kind);

/* Public holidays and decree days of one country, as data with the dates between which it is
 * complete. */
typedef struct _WbCalendar WbCalendar;
WbCalendar *wb_calendar_get_default (GError **error); /* (transfer none): the Netherlands */
WbCalendar *wb_calendar_load (GBytes *data, GError **error);
void wb_calendar_free (WbCalendar *self);
/* The holiday's name key in this regime, or NULL. */
const char *wb_calendar_get_holiday (const WbCalendar *self,
                                     WbRegime regime,
                                     WbDate date,
                                     WbLanguage language);
gboolean wb_calendar_is_working_day (const WbCalendar *self, WbRegime regime, WbDate date);
gboolean wb_calendar_covers (const WbCalendar *self,
                             WbDate date); /* FALSE: "feestdagenlijst na 2028 onvolledig" */

typedef struct {
  int length; /* not 0; negative counts back */
  WbUnit unit;
  WbRegime regime;
  gboolean detention; /* deprivation of liberty: Atw art. 4(c) */
} WbPeriod;           /* a length of time in a regime */

/* A computed due date with its sum. */
typedef struct {
  WbPeriod period;
  WbDate start;            /* local date of the event */
  WbInstant start_instant; /* WB_INSTANT_NONE where only a date is known */
  WbDate nominal;          /* before rolling */
  WbDate due;              /* last day, until 24:00 local */
  WbInstant end;           /* first instant that is too late */
  GPtrArray *steps;        /* (element-type WbDueStep): the sum */
  gboolean calendar_incomplete;
} WbDue;

WbDue *wb_due_compute (const WbCalendar *calendar,
                       const WbZone *zone,
                       const WbPeriod *period,
                       WbDate start,
                       WbInstant start_instant,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *wb_due_explain (const WbDue *self,
                      const WbZone *zone,
                      const char *basis,
                      WbLanguage language); /* the sum in one or more sentences */
char *wb_due_format (const WbDue *self,
                     const WbZone *zone); /* 2026-06-22, or for hours 2026-10-26T16:00:00+01:00 */
void wb_due_free (WbDue *self);

typedef struct {
  char *code;
  WbKind kind;
  char *bound;
  char *label[2];
  char *start_event;
  WbPeriod period;
  gboolean has_period; /* FALSE for kind open */
  char *basis;
  char *extension;
  char *certainty;
  guint line;
} WbRule;

typedef struct _WbRules WbRules;
WbRules *wb_rules_get_default (GError **error); /* (transfer none) */
WbRules *wb_rules_load (GBytes *rules_tsv,
                        GBytes *triggers_json,
                        GError **error); /* refuses with file, line and what is wrong */
void wb_rules_free (WbRules *self);
const char *wb_rules_get_version (const WbRules *self);
const WbRule *wb_rules_find (const WbRules *self, const char *code);
GPtrArray *wb_rules_list (const WbRules *self); /* (transfer none) (element-type WbRule) */

/*
 * A deadline that an act started: rule + start + due, with the rule's version, so that later rules
 * do not move it. @due is the strict reading; @latest the lenient one (procedure clocks have two:
 * plain and eu1182), equal where there is one.
 */
typedef struct {
  char *rule;
  char *version;
  char *record_id; /* the record whose event started it */
  char *event;
  char *start;      /* as computed with: local date, or instant with offset */
  gboolean is_open; /* kind open: an age counter without due */
  char *due;        /* (nullable): wb_due_format() */
  WbInstant end;    /* exclusive; WB_INSTANT_NONE for open */
  char *latest;     /* (nullable) */
  WbInstant latest_end;
  gboolean uncertain_start; /* start known to the month or worse: alarms on the earliest */
} WbClock;

WbClock *wb_clock_new_from_json (JsonObject *object, GError **error);
JsonObject *wb_clock_to_json (const WbClock *self);
void wb_clock_free (WbClock *self);
WbDue *wb_clock_compute (const WbRules *self,
                         const WbClock *clock,
                         const WbZone *zone,
                         gboolean lenient,
                         GError **error); /* again, for the sum */

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbDue, wb_due_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCalendar, wb_calendar_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRules, wb_rules_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClock, wb_clock_free)

G_END_DECLS
