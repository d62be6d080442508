/* SPDX-License-Identifier: EUPL-1.2 */

/* list, show, search, deadlines, log: what reads a register. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

#define LIST_MAX 100000 /* rows that one listing prints */
#define LABEL_WIDTH 38  /* places; the longest labels stand out */

static gboolean
parse_sort (const char *text, WbCaseSort *ret_sort)
{
  static const char *const NAMES[] = { "reference", "received", "changed",
                                       "deadline",  "urgency",  "status" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    if (g_str_equal (NAMES[i], text)) {
      *ret_sort = (WbCaseSort) i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Whether @code, where one is given, is of the vocabulary; else says what is possible. */
static gboolean
check_code (const char *option, const char *vocabulary, const char *code, GError **error)
{
  const WbModel *model = wb_model_get_default (error);
  g_autoptr (GPtrArray) terms = NULL;
  g_autoptr (GString) possible = g_string_new (NULL);

  if (model == NULL)
    return FALSE;
  terms = wb_model_list_terms (model, vocabulary);
  for (guint i = 0; i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    if (code == NULL || g_str_equal (term->code, code))
      return TRUE;
    g_string_append_printf (possible, "%s%s", i > 0 ? ", " : "", term->code);
  }
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s takes one of: %s."),
               option,
               possible->str);
  return FALSE;
}

static JsonObject *
case_to_json (WbRegister *reg, gconstpointer data)
{
  const WbCaseRow *row = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "reference", row->reference);
  ctl_set_text (object, "id", row->id);
  ctl_set_text (object, "title", row->title);
  ctl_set_text (object, "status", row->status);
  ctl_set_text (object, "urgency", row->urgency);
  ctl_set_text (object, "site", row->site);
  ctl_set_text (object, "received", row->received);
  json_object_set_int_member (object, "allegations", row->n_allegations);
  ctl_set_instant (object, "changed", row->changed);
  ctl_set_instant (object, "next_end", row->next_end);
  ctl_set_text (object, "next_rule", row->next_rule);
  return object;
}

static void
print_case (WbRegister *reg, gconstpointer data)
{
  const WbCaseRow *row = data;
  g_autofree char *next = row->next_end != WB_INSTANT_NONE
                              ? wb_format_instant (row->next_end - 1,
                                                   wb_register_get_zone (reg),
                                                   wb_language_current ())
                              : g_strdup ("–");
  g_autofree char *status = ctl_pad (ctl_label (reg, row->status), 24);
  g_autofree char *urgency = ctl_pad (ctl_label (reg, row->urgency), 12);
  g_autofree char *end = ctl_pad (next, 22);

  ctl_print ("%-20s %s  %s %s %s %s\n",
             row->reference,
             row->received,
             status,
             urgency,
             end,
             row->title != NULL ? row->title : "");
}

static CtlExit
run_list (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *status = NULL;
  g_autofree char *urgency = NULL;
  g_autofree char *words = NULL;
  g_autofree char *sort = NULL;
  gboolean descending = FALSE;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &status, _ ("only cases of this status"), _ ("CODE") },
    { "urgency",
      0,
      0,
      G_OPTION_ARG_STRING,
      &urgency,
      _ ("only cases of this urgency"),
      _ ("CODE") },
    { "words",
      0,
      0,
      G_OPTION_ARG_STRING,
      &words,
      _ ("only cases in which all these words are found"),
      _ ("WORDS") },
    { "sort",
      0,
      0,
      G_OPTION_ARG_STRING,
      &sort,
      _ ("reference, received, changed, deadline, urgency or status"),
      _ ("KEY") },
    { "descending", 0, 0, G_OPTION_ARG_NONE, &descending, _ ("the other way round"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  WbCaseQuery query = { 0 };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("list REG"), entries, 1, 1, argc, argv, &exit_))
    return exit_;
  if (sort != NULL && !parse_sort (sort, &query.sort))
    return ctl_usage (_ ("Sort by reference, received, changed, deadline, urgency or status."));
  if (!check_code ("--status", "status", status, &error) ||
      !check_code ("--urgency", "urgency", urgency, &error))
    return ctl_usage ("%s", error->message);
  query.words = words;
  query.status = status;
  query.urgency = urgency;
  query.descending = descending;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    rows = wb_register_list_cases (reg, &query, 0, LIST_MAX, &error);
  if (rows == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, rows, case_to_json, print_case, _ ("No case matches."));
  return CTL_DONE;
}

const CtlCommand CTL_LIST = { "list", "REG", N_ ("lists cases"), run_list };

static JsonObject *
record_to_json (WbRegister *reg, gconstpointer data)
{
  const WbRecord *record = data;
  JsonObject *object = json_object_new ();
  JsonArray *hidden = json_array_new ();

  ctl_set_text (object, "reference", record->reference);
  ctl_set_text (object, "id", record->id);
  ctl_set_text (object, "type", record->type);
  ctl_set_text (object, "case", record->case_id);
  ctl_set_instant (object, "created", record->created);
  ctl_set_instant (object, "changed", record->changed);
  ctl_set_text (object, "author", record->author);
  json_object_set_int_member (object, "first_entry", (gint64) record->first_entry);
  json_object_set_int_member (object, "last_entry", (gint64) record->last_entry);
  json_object_set_object_member (object, "fields", json_object_ref (record->fields));
  for (guint i = 0; record->hidden != NULL && record->hidden[i] != NULL; i++)
    json_array_add_string_element (hidden, record->hidden[i]);
  json_object_set_array_member (object, "hidden", hidden);
  return object;
}

static void
print_field (WbRegister *reg, const WbField *field, JsonNode *value)
{
  WbLanguage language = wb_language_current ();
  g_autofree char *words = wb_register_format_value (reg, field, value, language);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *label = ctl_pad (i == 0 ? field->label[language] : "", LABEL_WIDTH);

    ctl_print ("  %s %s\n", label, lines[i]);
  }
}

static void
print_record (WbRegister *reg, gconstpointer data)
{
  const WbRecord *record = data;
  WbLanguage language = wb_language_current ();
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), record->type);

  ctl_print ("%s  %s\n", record->reference, type->label[language]);
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (json_object_has_member (record->fields, field->name))
      print_field (reg, field, json_object_get_member (record->fields, field->name));
  }
  for (guint i = 0; record->hidden != NULL && record->hidden[i] != NULL; i++) {
    const WbField *field = wb_record_type_find_field (type, record->hidden[i]);
    g_autofree char *label =
        ctl_pad (field != NULL ? field->label[language] : record->hidden[i], LABEL_WIDTH);

    ctl_print ("  %s %s\n", label, _ ("hidden; --identity shows it, and the log tells"));
  }
  putchar ('\n');
}

static GPtrArray *
read_records (WbRegister *reg,
              const char *reference,
              gboolean identity,
              const char *reason,
              GError **error)
{
  g_autoptr (WbRecord) one = wb_register_read (reg, reference, FALSE, NULL, error);
  GPtrArray *records;

  if (one == NULL)
    return NULL;
  if (g_str_equal (one->type, "case") && !identity)
    return wb_register_read_case (reg, reference, error);
  if (identity) {
    g_clear_pointer (&one, wb_record_free);
    one = wb_register_read (reg, reference, TRUE, reason, error);
    if (one == NULL)
      return NULL;
  }
  records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  g_ptr_array_add (records, g_steal_pointer (&one));
  return records;
}

static CtlExit
run_show (Ctl *ctl, int argc, char **argv)
{
  gboolean identity = FALSE;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "identity",
      0,
      0,
      G_OPTION_ARG_NONE,
      &identity,
      _ ("names too, of one record; this is an entry in the log"),
      NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why the names are asked for"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("show REG REF"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    records = read_records (reg, ctl->arguments[1], identity, reason, &error);
  if (records == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, records, record_to_json, print_record, NULL);
  return CTL_DONE;
}

const CtlCommand CTL_SHOW = { "show", "REG REF", N_ ("shows a case or a record"), run_show };

static void
print_hit (WbRegister *reg, gconstpointer data)
{
  const WbHit *hit = data;
  g_autoptr (GString) text = g_string_new (hit->snippet);

  g_string_replace (text, "\xe2\x81\xa8", "[", 0); /* U+2068 */
  g_string_replace (text, "\xe2\x81\xa9", "]", 0); /* U+2069 */
  g_string_replace (text, "\n", " · ", 0);
  ctl_print ("%-26s %s\n", hit->reference, text->str);
}

static JsonObject *
hit_to_json (WbRegister *reg, gconstpointer data)
{
  const WbHit *hit = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "reference", hit->reference);
  ctl_set_text (object, "case", hit->case_reference);
  ctl_set_text (object, "type", hit->type);
  ctl_set_text (object, "id", hit->record_id);
  ctl_set_text (object, "snippet", hit->snippet);
  return object;
}

static CtlExit
run_search (Ctl *ctl, int argc, char **argv)
{
  int limit = 50;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, _ ("at most so many results"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("search REG WORDS…"), entries, 2, CTL_MANY, argc, argv, &exit_))
    return exit_;
  words = g_strjoinv (" ", ctl->arguments + 1);
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    hits = wb_register_search (reg, words, (guint) CLAMP (limit, 1, LIST_MAX), &error);
  if (hits == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  hits,
                  hit_to_json,
                  print_hit,
                  _ ("Nothing was found. Names are not searched."));
  return CTL_DONE;
}

const CtlCommand CTL_SEARCH = { "search", "REG WORDS…", N_ ("searches the full text"), run_search };

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

static void
print_deadline (WbRegister *reg, gconstpointer data)
{
  const WbDeadline *deadline = data;
  WbLanguage language = wb_language_current ();
  const WbClock *clock = deadline->clock;
  WbKind rule_kind = deadline->rule != NULL ? deadline->rule->kind : WB_KIND_OPEN;
  g_autofree char *due = ctl_pad (clock->due != NULL ? clock->due : "–", 26);
  g_autofree char *kind = ctl_pad (deadline->rule != NULL ? kind_words (rule_kind) : "", 13);
  g_autofree char *state = ctl_pad (state_words (deadline->state, rule_kind), 15);

  ctl_print ("%s %-28s %s %s %-24s %s\n",
             due,
             deadline->record_reference,
             kind,
             state,
             clock->rule,
             deadline->rule != NULL ? deadline->rule->label[language] : "");
  if (clock->latest != NULL && g_strcmp0 (clock->latest, clock->due) != 0)
    ctl_print ("%-26s %s\n",
               clock->latest,
               _ ("at the latest, by the Regulation on periods or from the latest start"));
}

static void
print_explained (WbRegister *reg, gconstpointer data)
{
  const WbDeadline *deadline = data;
  g_autofree char *sum = wb_clock_explain (wb_register_get_clock_context (reg),
                                           deadline->clock,
                                           wb_language_current (),
                                           NULL);

  print_deadline (reg, deadline);
  if (sum != NULL)
    print_indented (sum);
}

static JsonObject *
deadline_to_json (WbRegister *reg, gconstpointer data)
{
  const WbDeadline *deadline = data;
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

static CtlExit
run_deadlines (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *as_of_text = NULL;
  gboolean all = FALSE, explain = FALSE;
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
      _ ("also those that were met, cancelled or have no term"),
      NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain, _ ("show the sum"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) deadlines = NULL;
  g_autoptr (GError) error = NULL;
  WbInstant as_of;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("deadlines REG [REF]"), entries, 1, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL && ctl_parse_as_of (reg, as_of_text, &as_of, &error))
    deadlines = wb_register_list_deadlines (reg,
                                            ctl->n_arguments > 1 ? ctl->arguments[1] : NULL,
                                            as_of,
                                            !all,
                                            &error);
  if (deadlines == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  deadlines,
                  deadline_to_json,
                  explain ? print_explained : print_deadline,
                  _ ("No deadline runs."));
  return CTL_DONE;
}

const CtlCommand CTL_DEADLINES = { "deadlines",
                                   "REG [REF]",
                                   N_ ("lists deadlines and procedure clocks"),
                                   run_deadlines };

static JsonObject *
log_to_json (WbRegister *reg, gconstpointer data)
{
  const WbLogRow *row = data;
  JsonObject *object = json_object_new ();
  JsonArray *fields = json_array_new ();

  json_object_set_int_member (object, "number", (gint64) row->number);
  ctl_set_instant (object, "time", row->time);
  ctl_set_text (object, "author", row->author);
  ctl_set_text (object, "event", row->event);
  ctl_set_text (object, "type", row->record_type);
  ctl_set_text (object, "record", row->record_reference);
  ctl_set_text (object, "case", row->case_reference);
  for (guint i = 0; row->fields != NULL && row->fields[i] != NULL; i++)
    json_array_add_string_element (fields, row->fields[i]);
  json_object_set_array_member (object, "fields", fields);
  return object;
}

static void
print_log_row (WbRegister *reg, gconstpointer data)
{
  const WbLogRow *row = data;
  g_autofree char *words = wb_log_row_to_words (row,
                                                wb_register_get_model (reg),
                                                wb_register_get_zone (reg),
                                                wb_language_current ());

  ctl_print ("%6" G_GUINT64_FORMAT "  %s\n", row->number, words);
}

static CtlExit
run_log (Ctl *ctl, int argc, char **argv)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("log REG [REF]"), NULL, 1, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    rows = wb_register_list_log (reg,
                                 ctl->n_arguments > 1 ? ctl->arguments[1] : NULL,
                                 0,
                                 LIST_MAX,
                                 &error);
  if (rows == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, rows, log_to_json, print_log_row, NULL);
  return CTL_DONE;
}

const CtlCommand CTL_LOG = { "log", "REG [REF]", N_ ("shows who did what when"), run_log };
