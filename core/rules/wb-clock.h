/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-due.h"
#include "wb-moment.h"
#include "wb-rule.h"

G_BEGIN_DECLS

/* Between these it stood still; @until is NULL where it still does. Dates, or instants for hours.
 */
typedef struct {
  char *from, *until;
} WbClockPause;

/* What somebody says about the start, where that is disputed. */
typedef struct {
  char *party; /* code of versionparty; "record": the record's own date */
  char *start, *start_latest;
} WbClockSaid;

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
  WbPeriod period;    /* strict reading; not set for open or by hand */
  int every;          /* recurring: the interval, in the unit of the period; else 0 */
  gboolean has_lenient;
  WbRegime lenient; /* regime of the lenient reading */
  char *due;        /* (nullable): wb_due_format() */
  WbInstant end;    /* exclusive; WB_INSTANT_NONE for open and for suspended */
  char *latest;     /* (nullable) */
  WbInstant latest_end;
  gboolean uncertain_start; /* start not known well enough: alarms on the earliest */
  gboolean once;            /* counts from the first act only; later ones do not start it again */
  WbInstant after;          /* recurring: met only by an event later than this */
  gboolean is_paused;       /* suspended now: no end is computed */
  gboolean awaits_date;     /* open, because its end must be entered by hand */
  gboolean by_hand;         /* the due date was entered by hand */
  gboolean started_by_hand; /* by an act on the clock, not by the record's dates */
  GPtrArray *pauses;        /* (element-type WbClockPause) (nullable) */
  GPtrArray *said;          /* (element-type WbClockSaid) (nullable) */
  char *replaces_rule;      /* (nullable): of the clock whose place it took, */
  char *replaces_due;       /* (nullable): and when that was due */
} WbClock;

/* What holds for every record of a body. */
typedef struct {
  const WbRules *rules;
  const WbCalendar *calendar;
  const WbZone *zone;
  const char *profile; /* (nullable) */
  JsonObject *body;    /* (nullable): its settings */
  GHashTable *targets; /* (nullable): rule -> WbPeriod: own targets in force */
} WbClockContext;

WbClock *wb_clock_new_from_json (JsonObject *object, GError **error);
JsonObject *wb_clock_to_json (const WbClock *self);
void wb_clock_free (WbClock *self);
gboolean wb_clock_has_end (const WbClock *self); /* neither open nor suspended */
WbDue *wb_clock_compute (const WbClockContext *context,
                         const WbClock *clock,
                         gboolean lenient,
                         GError **error); /* again, for the sum */
/* Both readings in words, from the event that started it. */
char *wb_clock_explain (const WbClockContext *context,
                        const WbClock *clock,
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

/* A record that points at another: a follow-up, somebody's version, an act on a clock. */
typedef struct {
  char *type;
  char *field; /* by which it points */
  WbInstant created;
  JsonObject *record;
} WbNeighbour;
WbNeighbour *wb_neighbour_new (const char *type,
                               const char *field,
                               WbInstant created,
                               JsonObject *record); /* keeps a reference on @record */
void wb_neighbour_free (WbNeighbour *self);

/* The record that clocks are started or judged for. */
typedef struct {
  const char *type;
  const char *id;
  WbInstant created;     /* when the record was made */
  JsonObject *record;    /* all its present fields; NULL where they are gone */
  JsonObject *of_case;   /* (nullable): fields of its case */
  GHashTable *linked;    /* (nullable): field -> JsonObject: what its fields point at */
  GPtrArray *neighbours; /* (nullable) (element-type WbNeighbour): oldest first */
  GPtrArray *standing;   /* (nullable) (element-type WbClock): clocks that it has already */
} WbClockSubject;

/*
 * Which clocks one record starts, as resources/rules/triggers.json says. @changed: (nullable) names
 * of its fields that this act set (NULL: look at all). Returns: (element-type WbClock)
 */
GPtrArray *wb_rules_start (const WbClockContext *context,
                           const WbClockSubject *subject,
                           const char *const *changed,
                           WbInstant now,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether clocks of records of @type may start or move when these fields change: of their case; of
 * a record that they point at by @link; or when a record of type @neighbour points at them. */
gboolean wb_rules_watch_case (const WbRules *self, const char *type, const char *const *changed);
gboolean wb_rules_watch_link (const WbRules *self,
                              const char *type,
                              const char *link,
                              const char *const *changed);
gboolean wb_rules_watch_neighbour (const WbRules *self,
                                   const char *type,
                                   const char *neighbour,
                                   const char *field);
/* Whether any clock at all looks at such neighbours, or at linked records with these fields. */
gboolean wb_rules_is_neighbour (const WbRules *self, const char *type, const char *field);
gboolean wb_rules_is_linked (const WbRules *self, const char *const *changed);
/* Codes of the rules that the body's settings take in and out of use. */
char **wb_rules_list_of_body (const WbRules *self);
gboolean wb_rules_has_clock (const WbRules *self, const char *code, const char *type);
/* Fields of records of @type that point at a record whose fields matter. */
char **wb_rules_list_links (const WbRules *self, const char *type);

typedef enum {
  WB_CLOCK_RUNNING,
  WB_CLOCK_MET,
  WB_CLOCK_MET_LATE,
  WB_CLOCK_OVERDUE,
  WB_CLOCK_CANCELLED,
  WB_CLOCK_PASSED, /* a bar that has run out */
  WB_CLOCK_SUSPENDED,
  WB_CLOCK_WAIVED,
  WB_CLOCK_SUPERSEDED /* another took its place */
} WbClockState;
const char *wb_clock_state_to_text (WbClockState state);
/* State as of @now: met by which field, when. */
WbClockState wb_rules_judge (const WbClockContext *context,
                             const WbClock *clock,
                             const WbClockSubject *subject,
                             WbInstant now,
                             char **ret_met);
/* Whether what the clock asks about stands still: asked, and not answered in the body's period. */
gboolean wb_rules_find_stagnation (const WbClockContext *context,
                                   const WbClock *clock,
                                   const WbClockSubject *subject,
                                   WbInstant now,
                                   WbDate *ret_asked);
char **wb_rules_list_asking (const WbRules *self); /* codes of the rules that ask so */
/* What must be said beside a clock: (element-type utf8) sentences. */
GPtrArray *wb_rules_list_notes (const WbClockContext *context,
                                const WbClock *clock,
                                const WbClockSubject *subject,
                                WbInstant now,
                                WbLanguage language);
/* Whether a case of @status asks for nothing by that rule any more: "let_go" of triggers.json. */
gboolean wb_rules_is_let_go (const WbRules *self, const char *code, const char *status);
/* Too late by the strict reading and not yet by the lenient one. */
gboolean wb_clock_is_disputed (const WbClock *self, WbInstant at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClock, wb_clock_free)

G_END_DECLS
