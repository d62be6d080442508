/* SPDX-License-Identifier: EUPL-1.2 */

/* list: cases, as text, JSON or CSV, and records that stand by themselves. */
#include "ctl.h"

#include <gio/gunixoutputstream.h>
#include <string.h>
#include <unistd.h>

#include "wb-case-filter.h"
#include "wb-stagnation.h"
#include "wb-work-list.h"

#define LIST_MAX 100000 /* rows that one listing prints */

typedef struct {
  char *type, *status, *urgency, *words, *sort, *columns, *purpose, *saved;
  char **filters;
  gboolean descending, csv, spreadsheet, stagnant, saves;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->type);
  g_free (options->status);
  g_free (options->urgency);
  g_free (options->words);
  g_free (options->sort);
  g_free (options->columns);
  g_free (options->purpose);
  g_free (options->saved);
  g_strfreev (options->filters);
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

static void
print_stagnation (WbRegister *reg, gconstpointer data)
{
  const WbStagnation *stagnation = data;
  g_autofree char *asked = wb_format_date (stagnation->asked, wb_language_current ());

  ctl_print (_ ("%-24s progress asked on %s, and no answer since\n"), stagnation->reference, asked);
}

static JsonObject *
stagnation_to_json (WbRegister *reg, gconstpointer data)
{
  const WbStagnation *stagnation = data;
  g_autofree char *asked = wb_date_format (stagnation->asked);
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "reference", stagnation->reference);
  ctl_set_text (object, "case", stagnation->case_reference);
  ctl_set_text (object, "asked", asked);
  return object;
}

static CtlExit
list_stagnant (Ctl *ctl, WbRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_register_list_stagnant (reg, NULL, wb_clock_now (), &error);

  if (rows == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  rows,
                  stagnation_to_json,
                  print_stagnation,
                  _ ("No referral stands still."));
  return CTL_DONE;
}

/* Without names all columns. */
static gboolean
parse_columns (const char *text, guint *ret_fields, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);
  guint fields = 0;

  for (guint i = 0; names[i] != NULL && *names[0] != '\0'; i++) {
    WbCaseField field;

    if (!wb_case_field_parse (names[i], &field)) {
      g_set_error_literal (error,
                           WB_ERROR,
                           WB_ERROR_INVALID,
                           _ ("The columns are reference, title, received, status, urgency, site, "
                              "allegations, law and target."));
      return FALSE;
    }
    fields |= 1u << field;
  }
  *ret_fields = fields != 0 ? fields : WB_CASE_FIELDS_ALL;
  return TRUE;
}

static CtlExit
print_csv (WbRegister *reg, const WbCaseQuery *query, guint fields, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  WbCaseTable table = { .query = query,
                        .fields = fields,
                        .variant = options->spreadsheet ? WB_CSV_SPREADSHEET : WB_CSV_EXACT,
                        .language = wb_language_current (),
                        .purpose = options->purpose };

  if ((options->columns != NULL && !parse_columns (options->columns, &table.fields, &error)) ||
      !wb_register_write_case_table (reg, &table, out, &error))
    return ctl_fail (error);
  return CTL_DONE;
}

static CtlExit
print_cases (Ctl *ctl, WbRegister *reg, const WbCaseQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_register_list_cases (reg, query, 0, LIST_MAX, &error);

  if (rows == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, rows, case_to_json, print_case, _ ("No case matches."));
  return CTL_DONE;
}

typedef struct {
  const WbWorkList *list;
  guint n_cases;
} Saved;

static void
print_saved (WbRegister *reg, gconstpointer data)
{
  const Saved *saved = data;
  g_autofree char *words =
      g_strdup_printf (ngettext_ ("%u case", "%u cases", saved->n_cases), saved->n_cases);
  g_autofree char *name = ctl_pad (saved->list->name, 32);

  ctl_print ("%s %s\n", name, words);
}

static void
set_texts (JsonObject *object, const char *name, char **texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, name, array);
}

static JsonObject *
saved_to_json (WbRegister *reg, gconstpointer data)
{
  const Saved *saved = data;
  JsonObject *object = json_object_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) columns = NULL;

  for (guint i = 0; i < WB_N_CASE_FIELDS; i++)
    if ((saved->list->fields & (1u << i)) != 0)
      g_strv_builder_add (builder, wb_case_field_name (i));
  columns = g_strv_builder_end (builder);
  ctl_set_text (object, "name", saved->list->name);
  json_object_set_int_member (object, "cases", saved->n_cases);
  ctl_set_text (object, "words", saved->list->words);
  set_texts (object, "filters", saved->list->filters);
  ctl_set_text (object, "order", wb_case_sort_name (saved->list->sort));
  json_object_set_boolean_member (object, "descending", saved->list->descending);
  set_texts (object, "columns", columns);
  return object;
}

static CtlExit
list_saves (Ctl *ctl, WbRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = wb_register_list_work_lists (reg, &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lists != NULL && i < lists->len; i++) {
    Saved *saved = g_new0 (Saved, 1);
    WbCaseQuery query;

    g_ptr_array_add (rows, saved);
    saved->list = g_ptr_array_index (lists, i);
    wb_work_list_get_query (saved->list, &query);
    if (!wb_register_count_cases (reg, &query, &saved->n_cases, &error))
      return ctl_fail (error);
  }
  if (lists == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, rows, saved_to_json, print_saved, _ ("You have no work lists."));
  return CTL_DONE;
}

static CtlExit
list_saved (Ctl *ctl, WbRegister *reg, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbWorkList) list = wb_register_find_work_list (reg, options->saved, &error);
  WbCaseQuery query;

  if (list == NULL)
    return ctl_fail (error);
  wb_work_list_get_query (list, &query);
  return options->csv ? print_csv (reg, &query, list->fields, options)
                      : print_cases (ctl, reg, &query);
}

static CtlExit
list_with (Ctl *ctl, const Options *options, const WbCaseQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = ctl_open (ctl, ctl->arguments[0], &error);

  if (reg == NULL)
    return ctl_fail (error);
  if (options->stagnant)
    return list_stagnant (ctl, reg);
  if (options->type != NULL)
    return list_records (ctl, reg, options->type);
  if (options->saves)
    return list_saves (ctl, reg);
  if (options->saved != NULL)
    return list_saved (ctl, reg, options);
  return options->csv ? print_csv (reg, query, WB_CASE_FIELDS_ALL, options)
                      : print_cases (ctl, reg, query);
}

/* What a work list says itself. */
static gboolean
narrows (const Options *options)
{
  return options->words != NULL || options->status != NULL || options->urgency != NULL ||
         options->sort != NULL || options->filters != NULL || options->descending;
}

static CtlExit
check_and_list (Ctl *ctl, const Options *options)
{
  g_autoptr (GError) error = NULL;
  WbCaseQuery query = { .words = options->words,
                        .status = options->status,
                        .urgency = options->urgency,
                        .filters = (const char *const *) options->filters,
                        .descending = options->descending };
  guint fields;

  if (options->sort != NULL && !wb_case_sort_parse (options->sort, &query.sort))
    return ctl_usage (
        _ ("Sort by reference, received, changed, deadline, law, target, urgency or status."));
  if (!check_code ("--status", "status", options->status, &error) ||
      !check_code ("--urgency", "urgency", options->urgency, &error) ||
      !parse_columns (options->columns, &fields, &error))
    return ctl_usage ("%s", error->message);
  if (options->stagnant && options->type != NULL)
    return ctl_usage (_ ("--stagnant goes with no other choice."));
  if ((options->type != NULL || options->stagnant) &&
      (options->words != NULL || options->status != NULL || options->urgency != NULL ||
       options->sort != NULL || options->filters != NULL || options->csv))
    return ctl_usage (options->stagnant ? _ ("--stagnant goes with no other choice.")
                                        : _ ("--type goes with no other choice."));
  if ((options->saved != NULL || options->saves) &&
      (narrows (options) || options->type != NULL || options->stagnant))
    return ctl_usage (_ ("A work list has its own words, filters and order: give no others."));
  if (options->saves && (options->saved != NULL || options->csv))
    return ctl_usage (_ ("--saves goes with no other choice."));
  if (!options->csv &&
      (options->spreadsheet || options->columns != NULL || options->purpose != NULL))
    return ctl_usage (_ ("--spreadsheet, --columns and --purpose go with --csv."));
  if (options->csv && ctl->json)
    return ctl_usage (_ ("Give --csv or --json, but not both."));
  return list_with (ctl, options, &query);
}

/* long: table of options */
static CtlExit
run_list (Ctl *ctl, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "status",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.status,
      _ ("only cases of this status"),
      _ ("CODE") },
    { "urgency",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.urgency,
      _ ("only cases of this urgency"),
      _ ("CODE") },
    { "filter",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &options.filters,
      _ ("only cases with this, such as rights=right.charter.4; more than once"),
      _ ("FIELD=CODE") },
    { "words",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.words,
      _ ("only cases in which all these words are found"),
      _ ("WORDS") },
    { "sort",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.sort,
      _ ("reference, received, changed, deadline, law, target, urgency or status"),
      _ ("KEY") },
    { "descending", 0, 0, G_OPTION_ARG_NONE, &options.descending, _ ("the other way round"), NULL },
    { "saved",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.saved,
      _ ("the cases of a work list that you saved in the program"),
      _ ("NAME") },
    { "saves",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.saves,
      _ ("your work lists, and how many cases each finds"),
      NULL },
    { "type",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.type,
      _ ("records of this type that belong to no case, such as visit"),
      _ ("TYPE") },
    { "stagnant",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.stagnant,
      _ ("referrals that stand still: asked, and not answered in the body's own period"),
      NULL },
    { "csv",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.csv,
      _ ("print CSV (RFC 4180), with codes; this is an entry in the log"),
      NULL },
    { "spreadsheet",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.spreadsheet,
      _ ("with --csv: words, as a spreadsheet opens them, and no cell can be a formula"),
      NULL },
    { "columns",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.columns,
      _ ("with --csv: only these, with commas"),
      _ ("NAME,…") },
    { "purpose",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.purpose,
      _ ("with --csv: what it is for, in the log"),
      _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  CtlExit exit_;

  if (ctl_parse (ctl, N_ ("list REG"), entries, 1, 1, argc, argv, &exit_))
    exit_ = check_and_list (ctl, &options);
  options_clear (&options);
  return exit_;
}

const CtlCommand CTL_LIST = { "list", "REG", N_ ("lists cases"), run_list };
