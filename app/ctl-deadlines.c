/* SPDX-License-Identifier: EUPL-1.2 */

/* deadlines, ages, overrun: clocks as they stand, and what may be made of them. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

#define REMINDER_DAYS 31 /* of the coming month */
#define AGES_MAX 1000    /* cases that one listing prints */

static const char *
state_words (WbClockState state, WbKind kind)
{
  /* That nobody told the end of a procedure is no proof that it came too late. */
  if (state == WB_CLOCK_OVERDUE && kind == WB_KIND_WATCH)
    return _ ("end unknown");
  switch (state) {
  case WB_CLOCK_MET:
    return _ ("met");
  case WB_CLOCK_MET_LATE:
    return _ ("met late");
  case WB_CLOCK_OVERDUE:
    return _ ("OVERDUE");
  case WB_CLOCK_CANCELLED:
    return _ ("cancelled");
  case WB_CLOCK_PASSED:
    return _ ("passed");
  case WB_CLOCK_SUSPENDED:
    return _ ("suspended");
  case WB_CLOCK_WAIVED:
    return _ ("waived");
  case WB_CLOCK_SUPERSEDED:
    return _ ("superseded");
  case WB_CLOCK_RUNNING:
  default:
    return _ ("running");
  }
}

static const char *
kind_words (WbKind kind)
{
  switch (kind) {
  case WB_KIND_LAW:
    return _ ("law");
  case WB_KIND_WATCH:
    return _ ("authority");
  case WB_KIND_BAR:
    return _ ("remedy");
  case WB_KIND_POLICY:
    return _ ("own target");
  case WB_KIND_OPEN:
  default:
    return _ ("no term");
  }
}

static void
print_indented (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    ctl_print ("    %s\n", lines[i]);
}

/* What must be said beside it, and why another took its place. */
static void
print_notes (WbRegister *reg, const WbDeadline *deadline, WbInstant as_of)
{
  g_autoptr (GPtrArray) notes =
      wb_register_list_deadline_notes (reg, deadline, as_of, wb_language_current (), NULL);
  const WbClock *clock = deadline->clock;

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    ctl_print ("    %s\n", (const char *) g_ptr_array_index (notes, i));
  if (clock->replaces_rule != NULL)
    ctl_print (_ ("    takes the place of %s, %s\n"),
               clock->replaces_rule,
               clock->replaces_due != NULL ? clock->replaces_due : "–");
}

static const char *
get_remark (WbRegister *reg, const char *rule, WbLanguage language)
{
  const WbClockContext *context = wb_register_get_clock_context (reg);
  const char *mode =
      context->body != NULL
          ? json_object_get_string_member_with_default (context->body, "whistle_mode", NULL)
          : NULL;

  return wb_rules_get_remark (context->rules, rule, context->profile, mode, language);
}

static void
print_deadline (WbRegister *reg, const WbDeadline *deadline, gboolean explain, WbInstant as_of)
{
  WbLanguage language = wb_language_current ();
  const WbClock *clock = deadline->clock;
  WbKind rule_kind = deadline->rule != NULL ? deadline->rule->kind : WB_KIND_OPEN;
  const char *remark = get_remark (reg, clock->rule, language);
  g_autofree char *due = ctl_pad (clock->due != NULL ? clock->due : "–", 26);
  g_autofree char *kind = ctl_pad (deadline->rule != NULL ? kind_words (rule_kind) : "", 13);
  g_autofree char *state = ctl_pad (state_words (deadline->state, rule_kind), 15);
  g_autofree char *left =
      clock->period.unit == WB_UNIT_HOUR ? wb_deadline_left (deadline, as_of) : NULL;

  ctl_print ("%s %-28s %s %s %-24s %s%s%s%s%s%s\n",
             due,
             deadline->record_reference,
             kind,
             state,
             clock->rule,
             deadline->rule != NULL ? deadline->rule->label[language] : "",
             remark != NULL ? " – " : "",
             remark != NULL ? remark : "",
             left != NULL ? " (" : "",
             left != NULL ? left : "",
             left != NULL ? ")" : "");
  if (clock->latest != NULL && g_strcmp0 (clock->latest, clock->due) != 0)
    ctl_print ("%-26s %s\n",
               clock->latest,
               _ ("at the latest, by the Regulation on periods or from the latest start"));
  if (explain) {
    g_autofree char *sum =
        wb_clock_explain (wb_register_get_clock_context (reg), clock, language, NULL);

    if (sum != NULL)
      print_indented (sum);
    print_notes (reg, deadline, as_of);
  }
}

static JsonArray *
notes_to_json (WbRegister *reg, const WbDeadline *deadline, WbInstant as_of)
{
  g_autoptr (GPtrArray) nl =
      wb_register_list_deadline_notes (reg, deadline, as_of, WB_LANGUAGE_NL, NULL);
  g_autoptr (GPtrArray) en =
      wb_register_list_deadline_notes (reg, deadline, as_of, WB_LANGUAGE_EN, NULL);
  JsonArray *array = json_array_new ();

  for (guint i = 0; nl != NULL && en != NULL && i < MIN (nl->len, en->len); i++) {
    JsonObject *note = json_object_new ();

    ctl_set_text (note, "nl", g_ptr_array_index (nl, i));
    ctl_set_text (note, "en", g_ptr_array_index (en, i));
    json_array_add_object_element (array, note);
  }
  return array;
}

static JsonArray *
pauses_to_json (const WbClock *clock)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; clock->pauses != NULL && i < clock->pauses->len; i++) {
    const WbClockPause *pause = g_ptr_array_index (clock->pauses, i);
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "from", pause->from);
    ctl_set_text (object, "until", pause->until);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
said_to_json (const WbClock *clock)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; clock->said != NULL && i < clock->said->len; i++) {
    const WbClockSaid *said = g_ptr_array_index (clock->said, i);
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "party", said->party);
    ctl_set_text (object, "start", said->start);
    ctl_set_text (object, "start_latest", said->start_latest);
    json_array_add_object_element (array, object);
  }
  return array;
}

/* What moved it: by how much it was extended and suspended, by hand, in the place of which. */
static void
add_history (WbRegister *reg, JsonObject *object, const WbDeadline *deadline, WbInstant as_of)
{
  const WbClock *clock = deadline->clock;
  const char *remark = get_remark (reg, clock->rule, wb_language_current ());
  int extended = clock->period.base != 0 ? clock->period.length - clock->period.base : 0;
  g_autofree char *left = wb_deadline_left (deadline, as_of);

  ctl_set_text (object, "start_latest", clock->start_latest);
  json_object_set_int_member (object, "entry", (gint64) deadline->entry);
  json_object_set_boolean_member (object, "in_planning", deadline->in_planning);
  json_object_set_boolean_member (object, "disputed", wb_clock_is_disputed (clock, as_of));
  json_object_set_int_member (object, "extended", clock->by_hand ? 0 : extended);
  json_object_set_int_member (object, "suspended_days", clock->period.moved_days);
  json_object_set_int_member (object, "suspended_seconds", clock->period.moved_ms / 1000);
  json_object_set_boolean_member (object, "by_hand", clock->by_hand);
  json_object_set_array_member (object, "pauses", pauses_to_json (clock));
  json_object_set_array_member (object, "versions", said_to_json (clock));
  ctl_set_text (object, "replaces_rule", clock->replaces_rule);
  ctl_set_text (object, "replaces_due", clock->replaces_due);
  ctl_set_text (object, "remark", remark);
  ctl_set_text (object, "left", left);
  json_object_set_array_member (object, "notes", notes_to_json (reg, deadline, as_of));
}

static JsonObject *
deadline_to_json (WbRegister *reg, const WbDeadline *deadline, WbInstant as_of)
{
  const WbClock *clock = deadline->clock;
  JsonObject *object = json_object_new ();
  JsonObject *sum = json_object_new ();
  g_autofree char *nl =
      wb_clock_explain (wb_register_get_clock_context (reg), clock, WB_LANGUAGE_NL, NULL);
  g_autofree char *en =
      wb_clock_explain (wb_register_get_clock_context (reg), clock, WB_LANGUAGE_EN, NULL);

  ctl_set_text (object, "rule", clock->rule);
  ctl_set_text (object, "version", clock->version);
  ctl_set_text (object,
                "kind",
                deadline->rule != NULL ? wb_kind_to_text (deadline->rule->kind) : NULL);
  ctl_set_text (object, "case", deadline->case_reference);
  ctl_set_text (object, "record", deadline->record_reference);
  ctl_set_text (object, "event", clock->event);
  ctl_set_text (object, "start", clock->start);
  ctl_set_text (object, "due", clock->due);
  ctl_set_instant (object, "end", wb_clock_has_end (clock) ? clock->end : WB_INSTANT_NONE);
  ctl_set_text (object, "latest", clock->latest);
  ctl_set_text (object, "state", wb_clock_state_to_text (deadline->state));
  ctl_set_text (object, "met", deadline->met);
  ctl_set_text (sum, "nl", nl);
  ctl_set_text (sum, "en", en);
  json_object_set_object_member (object, "sum", sum);
  add_history (reg, object, deadline, as_of);
  return object;
}

gboolean
ctl_parse_as_of (WbRegister *reg, const char *text, WbInstant *ret_as_of, GError **error)
{
  WbDate date;

  if (text == NULL) {
    *ret_as_of = wb_clock_now ();
    return TRUE;
  }
  if (strlen (text) > 10)
    return wb_instant_parse (text, ret_as_of, error);
  if (!wb_date_parse (text, &date, error))
    return FALSE;
  *ret_as_of = wb_zone_start_of_day (wb_register_get_zone (reg), wb_date_add_days (date, 1)) - 1;
  return TRUE;
}

/* Each a day on which to think of a deadline; "due" is when that ends. */
static CtlExit
print_reminders (Ctl *ctl, WbRegister *reg, WbInstant as_of)
{
  WbDate day = wb_zone_to_local (wb_register_get_zone (reg), as_of).date;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list =
      wb_register_list_reminders (reg, day, wb_date_add_days (day, REMINDER_DAYS), &error);
  g_autoptr (JsonArray) array = json_array_new ();

  if (list == NULL)
    return ctl_fail (error);
  for (guint i = 0; i < list->len; i++) {
    const WbReminder *reminder = g_ptr_array_index (list, i);
    const WbDeadline *deadline = reminder->deadline;
    g_autofree char *on = wb_date_format (reminder->on);
    JsonObject *object;

    if (!ctl->json) {
      ctl_print (_ ("%s  reminder: %s of %s, due %s\n"),
                 on,
                 deadline->rule->label[wb_language_current ()],
                 deadline->record_reference,
                 deadline->clock->due);
      continue;
    }
    object = json_object_new ();
    ctl_set_text (object, "reminder", on);
    json_object_set_int_member (object, "days", reminder->days);
    ctl_set_text (object, "rule", deadline->clock->rule);
    ctl_set_text (object, "case", deadline->case_reference);
    ctl_set_text (object, "record", deadline->record_reference);
    ctl_set_text (object, "due", deadline->clock->due);
    json_array_add_object_element (array, object);
  }
  if (ctl->json)
    ctl_print_json_array (json_array_ref (array));
  return CTL_DONE;
}

static CtlExit
print_calendar (WbRegister *reg, GPtrArray *deadlines)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      wb_register_format_calendar (reg, deadlines, wb_language_current (), &error);

  if (text == NULL)
    return ctl_fail (error);
  fputs (text, stdout);
  return CTL_DONE;
}

static CtlExit
print_deadlines (Ctl *ctl, WbRegister *reg, GPtrArray *deadlines, gboolean explain, WbInstant as_of)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (ctl->json)
      json_array_add_object_element (array, deadline_to_json (reg, deadline, as_of));
    else
      print_deadline (reg, deadline, explain, as_of);
  }
  if (ctl->json)
    ctl_print_json_array (json_array_ref (array));
  else if (deadlines->len == 0)
    puts (_ ("No deadline runs."));
  return CTL_DONE;
}

static CtlExit
run_deadlines (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *as_of_text = NULL;
  gboolean all = FALSE, explain = FALSE, calendar = FALSE, reminders = FALSE;
  const GOptionEntry entries[] = {
    { "as-of",
      0,
      0,
      G_OPTION_ARG_STRING,
      &as_of_text,
      _ ("judge as of the end of this day"),
      _ ("DATE") },
    { "all",
      0,
      0,
      G_OPTION_ARG_NONE,
      &all,
      _ ("also those that were met, cancelled, waived, superseded or have no term"),
      NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain, _ ("show the sum"), NULL },
    { "ics", 0, 0, G_OPTION_ARG_NONE, &calendar, _ ("print a calendar (RFC 5545)"), NULL },
    { "reminders",
      0,
      0,
      G_OPTION_ARG_NONE,
      &reminders,
      _ ("the reminders of the coming month, which are no deadlines"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) deadlines = NULL;
  g_autoptr (GError) error = NULL;
  WbInstant as_of;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("deadlines REG [REF]"), entries, 1, 2, argc, argv, &exit_))
    return exit_;
  if (calendar && (ctl->json || reminders))
    return ctl_usage (_ ("--ics stands alone."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL || !ctl_parse_as_of (reg, as_of_text, &as_of, &error))
    return ctl_fail (error);
  if (reminders)
    return print_reminders (ctl, reg, as_of);
  deadlines = wb_register_list_deadlines (reg,
                                          ctl->n_arguments > 1 ? ctl->arguments[1] : NULL,
                                          as_of,
                                          !all,
                                          &error);
  if (deadlines == NULL)
    return ctl_fail (error);
  return calendar ? print_calendar (reg, deadlines)
                  : print_deadlines (ctl, reg, deadlines, explain, as_of);
}

const CtlCommand CTL_DEADLINES = { "deadlines",
                                   "REG [REF]",
                                   N_ ("lists deadlines and procedure clocks"),
                                   run_deadlines };

static JsonObject *
age_to_json (const WbCaseAge *age)
{
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "case", age->case_reference);
  ctl_set_text (object, "received", age->received);
  ctl_set_text (object, "holder", age->holder);
  ctl_set_text (object, "waiting_for", age->waiting_for);
  json_object_set_int_member (object, "age", age->age);
  json_object_set_int_member (object, "longest_idle", age->idle);
  json_object_set_int_member (object, "idle", age->idle_now);
  json_object_set_int_member (object, "alert", age->alert);
  return object;
}

static void
print_age (const WbCaseAge *age)
{
  ctl_print (_ ("%s  %d days old, nothing done for %d days (longest %d); with %s\n"),
             age->case_reference,
             age->age,
             age->idle_now,
             age->idle,
             age->holder != NULL ? age->holder : _ ("nobody"));
}

static GPtrArray *
list_ages (Ctl *ctl, WbRegister *reg, WbInstant as_of, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  WbCaseAge *age;

  if (ctl->n_arguments < 2)
    return wb_register_list_case_ages (reg, as_of, AGES_MAX, error);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_case_age_free);
  age = wb_register_get_case_age (reg, ctl->arguments[1], as_of, error);
  if (age == NULL)
    return NULL;
  g_ptr_array_add (list, age);
  return g_steal_pointer (&list);
}

static CtlExit
run_ages (Ctl *ctl, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("ages REG [REF]"), entries, 1, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    list = list_ages (ctl, reg, wb_clock_now (), &error);
  if (list == NULL)
    return ctl_fail (error);
  for (guint i = 0; i < list->len; i++) {
    if (ctl->json)
      json_array_add_object_element (array, age_to_json (g_ptr_array_index (list, i)));
    else
      print_age (g_ptr_array_index (list, i));
  }
  if (ctl->json)
    ctl_print_json_array (json_array_ref (array));
  else if (list->len == 0)
    puts (_ ("No open case has reached an age at which it is pointed out."));
  return CTL_DONE;
}

const CtlCommand CTL_AGES = { "ages",
                              "REG [REF]",
                              N_ ("tells how old open cases are and how long nothing was done"),
                              run_ages };

static CtlExit
run_overrun (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("overrun REG REF RULE"), entries, 3, 3, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    record = wb_register_record_overrun (reg, ctl->arguments[1], ctl->arguments[2], reason, &error);
  if (record == NULL)
    return ctl_fail (error);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "reference", record->reference);
    ctl_set_text (object, "id", record->id);
    ctl_set_text (object, "type", record->type);
    ctl_print_json_object (object);
  } else {
    ctl_print ("%s\n", record->reference);
  }
  return CTL_DONE;
}

const CtlCommand CTL_OVERRUN = { "overrun",
                                 "REG REF RULE",
                                 N_ ("makes an allegation of a certain overrun of a time limit"),
                                 run_overrun };
