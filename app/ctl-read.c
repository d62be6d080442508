/* SPDX-License-Identifier: EUPL-1.2 */

/* list, show, search, log: what reads a register. */
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
  ctl_set_instant (object, "law_end", row->law_end);
  ctl_set_text (object, "law_rule", row->law_rule);
  ctl_set_instant (object, "target_end", row->target_end);
  ctl_set_text (object, "target_rule", row->target_rule);
  return object;
}

/* @end is the first instant that is too late: at midnight, the day before is the last day. */
static char *
words_end (WbRegister *reg, WbInstant end)
{
  const WbZone *zone = wb_register_get_zone (reg);
  WbLocal local;

  if (end == WB_INSTANT_NONE)
    return g_strdup ("–");
  local = wb_zone_to_local (zone, end);
  if (local.hour == 0 && local.minute == 0 && local.second == 0)
    return wb_format_date (wb_date_add_days (local.date, -1), wb_language_current ());
  return wb_format_instant (end, zone, wb_language_current ());
}

static void
print_case (WbRegister *reg, gconstpointer data)
{
  const WbCaseRow *row = data;
  g_autofree char *law = words_end (reg, row->law_end);
  g_autofree char *target = words_end (reg, row->target_end);
  g_autofree char *own = g_strdup_printf (_ ("own target %s"), target);
  g_autofree char *status = ctl_pad (ctl_label (reg, row->status), 24);
  g_autofree char *urgency = ctl_pad (ctl_label (reg, row->urgency), 12);
  g_autofree char *first = ctl_pad (law, 22);
  g_autofree char *second = ctl_pad (row->target_end != WB_INSTANT_NONE ? own : "–", 34);

  ctl_print ("%-20s %s  %s %s %s %s %s\n",
             row->reference,
             row->received,
             status,
             urgency,
             first,
             second,
             row->title != NULL ? row->title : "");
}

static CtlExit list_records (Ctl *ctl, WbRegister *reg, const char *type);

static CtlExit
run_list (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *type = NULL;
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
    { "type",
      0,
      0,
      G_OPTION_ARG_STRING,
      &type,
      _ ("records of this type that belong to no case, such as visit"),
      _ ("TYPE") },
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
  if (type != NULL && (words != NULL || status != NULL || urgency != NULL || sort != NULL))
    return ctl_usage (_ ("--type goes with no other choice."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL && type != NULL)
    return list_records (ctl, reg, type);
  if (reg != NULL)
    rows = wb_register_list_cases (reg, &query, 0, LIST_MAX, &error);
  if (rows == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, rows, case_to_json, print_case, _ ("No case matches."));
  return CTL_DONE;
}

const CtlCommand CTL_LIST = { "list", "REG", N_ ("lists cases"), run_list };

/* (nullable): the receipts that an allegation had before it was corrected: they are always shown.
 */
static GPtrArray *
list_receipts (WbRegister *reg, const WbRecord *record)
{
  return g_str_equal (record->type, "allegation")
             ? wb_register_list_earlier (reg, record->id, "received", NULL)
             : NULL;
}

static void
set_receipts (WbRegister *reg, const WbRecord *record, JsonObject *object)
{
  g_autoptr (GPtrArray) earlier = list_receipts (reg, record);
  JsonArray *array;

  if (earlier == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; i < earlier->len; i++) {
    const WbEarlier *value = g_ptr_array_index (earlier, i);

    json_array_add_element (array, json_from_string (value->text, NULL));
  }
  json_object_set_array_member (object, "earlier_receipts", array);
}

JsonObject *
ctl_record_to_json (WbRegister *reg, gconstpointer data)
{
  const WbRecord *record = data;
  JsonObject *object = json_object_new ();
  JsonArray *hidden = json_array_new ();
  g_autofree char *version = wb_register_get_list_version (reg, record->id, NULL, NULL);

  ctl_set_text (object, "reference", record->reference);
  ctl_set_text (object, "id", record->id);
  ctl_set_text (object, "type", record->type);
  ctl_set_text (object, "case", record->case_id);
  ctl_set_instant (object, "created", record->created);
  ctl_set_instant (object, "changed", record->changed);
  ctl_set_text (object, "author", record->author);
  ctl_set_text (object, "model", version);
  json_object_set_int_member (object, "first_entry", (gint64) record->first_entry);
  json_object_set_int_member (object, "last_entry", (gint64) record->last_entry);
  json_object_set_object_member (object, "fields", json_object_ref (record->fields));
  for (guint i = 0; record->hidden != NULL && record->hidden[i] != NULL; i++)
    json_array_add_string_element (hidden, record->hidden[i]);
  json_object_set_array_member (object, "hidden", hidden);
  json_object_set_array_member (object, "sealed", ctl_sealed_to_json (reg, record->id));
  set_receipts (reg, record, object);
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
print_receipts (WbRegister *reg, const WbRecord *record, const WbField *field)
{
  g_autoptr (GPtrArray) earlier = list_receipts (reg, record);

  for (guint i = 0; earlier != NULL && i < earlier->len; i++) {
    const WbEarlier *value = g_ptr_array_index (earlier, i);
    g_autoptr (JsonNode) node = json_from_string (value->text, NULL);
    g_autofree char *words = wb_register_format_value (reg, field, node, wb_language_current ());
    g_autofree char *label = ctl_pad ("", LABEL_WIDTH);

    ctl_print (_ ("  %s earlier: %s (entry %llu, %s)\n"),
               label,
               words,
               (unsigned long long) value->entry,
               value->author);
  }
}

static const WbSealed *
find_sealed (GPtrArray *list, const char *field)
{
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbSealed *sealed = g_ptr_array_index (list, i);

    if (g_str_equal (sealed->field, field))
      return sealed;
  }
  return NULL;
}

static void
print_hidden (WbRegister *reg, const WbRecord *record, const WbRecordType *type)
{
  g_autoptr (GPtrArray) list = wb_register_list_sealed (reg, record->id, NULL);
  const char *rule = NULL;

  (void) wb_register_admits (reg, record, &rule);
  for (guint i = 0; record->hidden != NULL && record->hidden[i] != NULL; i++) {
    const WbField *field = wb_record_type_find_field (type, record->hidden[i]);
    const WbSealed *sealed = find_sealed (list, record->hidden[i]);
    g_autofree char *label =
        ctl_pad (field != NULL ? field->label[wb_language_current ()] : record->hidden[i],
                 LABEL_WIDTH);
    g_autofree char *words = sealed != NULL ? ctl_sealed_to_words (sealed)
                             : rule != NULL
                                 ? g_strdup_printf (_ ("not for you (rule %s)"), rule)
                                 : g_strdup (_ ("hidden; --identity shows it, and the log tells"));

    ctl_print ("  %s %s\n", label, words);
  }
}

void
ctl_print_record (WbRegister *reg, gconstpointer data)
{
  const WbRecord *record = data;
  WbLanguage language = wb_language_current ();
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), record->type);

  ctl_print ("%s  %s\n", record->reference, type->label[language]);
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (json_object_has_member (record->fields, field->name))
      print_field (reg, field, json_object_get_member (record->fields, field->name));
    if (g_str_equal (field->name, "received"))
      print_receipts (reg, record, field);
  }
  print_hidden (reg, record, type);
  putchar ('\n');
}

/* What a list shows of a record that stands by itself: the first field that it has. */
static char *
summarise (WbRegister *reg, const WbRecord *record)
{
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), record->type);

  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (json_object_has_member (record->fields, field->name))
      return wb_register_format_value (reg,
                                       field,
                                       json_object_get_member (record->fields, field->name),
                                       wb_language_current ());
  }
  return g_strdup ("");
}

static void
print_summary (WbRegister *reg, gconstpointer data)
{
  const WbRecord *record = data;
  g_autofree char *line = summarise (reg, record);

  ctl_print ("%-20s %.*s\n", record->reference, (int) strcspn (line, "\n"), line);
}

static CtlExit
list_records (Ctl *ctl, WbRegister *reg, const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = wb_register_list_records (reg, type, 0, LIST_MAX, &error);

  if (records == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  records,
                  ctl_record_to_json,
                  print_summary,
                  _ ("No such record stands by itself."));
  return CTL_DONE;
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
  ctl_print_rows (ctl, reg, records, ctl_record_to_json, ctl_print_record, NULL);
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
  ctl_set_text (object, "rule", row->rule);
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
