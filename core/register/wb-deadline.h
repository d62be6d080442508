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
/* What stands still until somebody lets it run on. (element-type WbDeadline) */
GPtrArray *wb_register_list_suspended (WbRegister *self,
                                       WbInstant as_of,
                                       guint limit,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* RFC 5545, with reminders as alarms. @deadlines: (element-type WbDeadline) */
char *wb_register_format_calendar (WbRegister *self,
                                   GPtrArray *deadlines,
                                   WbLanguage language,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "30 minutes left", "2 days late"; NULL where nothing runs. */
char *wb_deadline_left (const WbDeadline *self, WbInstant now);

/* A day on which somebody is reminded of a deadline. It is never itself the end of anything. */
typedef struct {
  WbDeadline *deadline;
  WbDate on;
  int days; /* before the end negative, after it positive */
} WbReminder;
void wb_reminder_free (WbReminder *self);
/* (element-type WbReminder) by day; both days included */
GPtrArray *wb_register_list_reminders (WbRegister *self, WbDate from, WbDate until, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* "Without undue delay" has no length: how old a case is, how long nothing was done, by whom. */
typedef struct {
  char *case_id, *case_reference;
  char *holder;      /* (nullable): who has it */
  char *waiting_for; /* (nullable) */
  char *received;    /* original receipt, local date */
  int age;           /* days since */
  int idle;          /* the longest stretch of days without an act */
  int idle_now;      /* days since the last act */
  int alert;         /* the highest age of the body's list that it reached; 0: none */
} WbCaseAge;
void wb_case_age_free (WbCaseAge *self);
WbCaseAge *wb_register_get_case_age (WbRegister *self,
                                     const char *case_ref,
                                     WbInstant as_of,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first of the ages, in days, at which the body wants a case pointed out; 0: none. */
int wb_register_get_first_age (WbRegister *self);
/* Open cases that reached an age of the list, the oldest first. (element-type WbCaseAge) */
GPtrArray *wb_register_list_case_ages (WbRegister *self,
                                       WbInstant as_of,
                                       guint limit,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes of a certain overrun of an authority's limit an allegation that names it. */
WbRecord *wb_register_record_overrun (WbRegister *self,
                                      const char *reference,
                                      const char *rule,
                                      const char *reason,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of what lasted across the day on which the rules changed: two periods, one a regime, in one act.
 * (element-type WbRecord) */
GPtrArray *wb_register_split_regime (WbRegister *self,
                                     const char *reference,
                                     const char *reason,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbReminder, wb_reminder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCaseAge, wb_case_age_free)

G_END_DECLS
