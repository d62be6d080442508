/* SPDX-License-Identifier: EUPL-1.2 */

/* stats: figures of a period, the records behind them, and years that are frozen. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

#define LEAST_MAX 1000

typedef struct {
  char *from, *to, *as_of, *by, *per, *behind;
  int year, freeze, least;
  gboolean is_public, csv, spreadsheet, live, dimensions;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->from);
  g_free (options->to);
  g_free (options->as_of);
  g_free (options->by);
  g_free (options->per);
  g_free (options->behind);
}

/* Without dates the year of the clock. */
static gboolean
read_scope (WbRegister *reg, const Options *options, WbFigureScope *ret_scope, GError **error)
{
  WbLocal local = wb_zone_to_local (wb_register_get_zone (reg), wb_clock_now ());
  int year = options->year != 0 ? options->year : local.date.year;
  WbFigureScope scope = { { year, 1, 1 }, { year, 12, 31 }, WB_INSTANT_NONE, FALSE, 0 };

  scope.is_public = options->is_public;
  scope.least = (guint) options->least;
  if ((options->from != NULL && !wb_date_parse (options->from, &scope.from, error)) ||
      (options->to != NULL && !wb_date_parse (options->to, &scope.to, error)))
    return FALSE;
  if (options->as_of != NULL && !ctl_parse_as_of (reg, options->as_of, &scope.as_of, error))
    return FALSE;
  *ret_scope = scope;
  return TRUE;
}

static void
print_scope (WbRegister *reg, JsonObject *report, const Options *options)
{
  WbLanguage language = wb_language_current ();
  WbDate from, to;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!wb_date_parse (json_object_get_string_member (report, "from"), &from, NULL) ||
      !wb_date_parse (json_object_get_string_member (report, "to"), &to, NULL))
    return;
  first = wb_format_date (from, language);
  last = wb_format_date (to, language);
  ctl_print (_ ("%s: figures from %s to %s\n"), wb_register_get_body (reg), first, last);
  if (options->as_of != NULL)
    ctl_print (_ ("as it stood on %s: "), options->as_of);
  ctl_print (_ ("counted from %lld entries of the log\n\n"),
             (long long) json_object_get_int_member (report, "size"));
}

static void
print_report (Ctl *ctl, WbRegister *reg, JsonObject *report, const Options *options)
{
  g_autofree char *text = NULL;

  if (options->csv) {
    text = wb_figure_report_to_csv (report,
                                    options->spreadsheet ? WB_CSV_SPREADSHEET : WB_CSV_EXACT,
                                    wb_language_current ());
    fputs (text, stdout);
    return;
  }
  if (ctl->json) {
    ctl_print_json_object (json_object_ref (report));
    return;
  }
  print_scope (reg, report, options);
  text = wb_figure_report_to_text (report, wb_language_current ());
  ctl_print ("%s", text);
}

static void
print_differences (JsonObject *frozen)
{
  JsonArray *differences = json_object_get_array_member (frozen, "differences");
  JsonArray *because = json_object_get_array_member (frozen, "because");
  const char *member = wb_language_current () == WB_LANGUAGE_NL ? "nl" : "en";

  ctl_print ("\n%s\n", _ ("Counted now, these figures are others:"));
  for (guint i = 0; i < json_array_get_length (differences); i++) {
    JsonObject *one = json_array_get_object_element (differences, i);
    JsonObject *label =
        json_object_has_member (one, "label") ? json_object_get_object_member (one, "label") : NULL;

    ctl_print ("  %s, %s: %lld → %lld\n",
               json_object_get_string_member (one, "part"),
               label != NULL ? json_object_get_string_member (label, member) : "",
               (long long) json_object_get_int_member (one, "frozen"),
               (long long) json_object_get_int_member (one, "now"));
  }
  ctl_print ("%s\n", _ ("because these records changed after the year was frozen:"));
  for (guint i = 0; i < json_array_get_length (because); i++) {
    JsonObject *one = json_array_get_object_element (because, i);

    ctl_print (_ ("  %s (entry %lld)\n"),
               json_object_get_string_member (one, "reference"),
               (long long) json_object_get_int_member (one, "entry"));
  }
}

static void
print_frozen (Ctl *ctl, WbRegister *reg, JsonObject *frozen, const Options *options)
{
  if (options->csv || ctl->json) {
    if (ctl->json)
      ctl_print_json_object (json_object_ref (frozen));
    else
      print_report (ctl, reg, json_object_get_object_member (frozen, "report"), options);
    return;
  }
  ctl_print (_ ("Frozen on %s as %s, SHA-256 %s.\n"),
             json_object_get_string_member (frozen, "frozen_on"),
             json_object_get_string_member (frozen, "record"),
             json_object_get_string_member (frozen, "sha256"));
  print_report (ctl, reg, json_object_get_object_member (frozen, "report"), options);
  if (json_object_has_member (frozen, "differs") &&
      json_object_get_boolean_member (frozen, "differs"))
    print_differences (frozen);
}

/* "stage.removal,right.charter.4", each "-" for what is not filled in. */
static char **
split_codes (const char *text)
{
  char **codes = g_strsplit (text, ",", 3);

  for (guint i = 0; codes[i] != NULL; i++)
    if (g_str_equal (codes[i], "-"))
      *codes[i] = '\0';
  return codes;
}

static CtlExit
print_behind (Ctl *ctl, WbRegister *reg, const WbFigureScope *scope, const Options *options)
{
  g_auto (GStrv) by = g_strsplit (options->by, ",", 3);
  g_auto (GStrv) codes = split_codes (options->behind);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) references = NULL;
  g_autoptr (JsonArray) array = json_array_new ();

  if (g_strv_length (by) != g_strv_length (codes))
    return ctl_usage (_ ("Give --behind as many codes as --by names."));
  references = wb_register_list_behind (reg,
                                        scope,
                                        (const char *const *) by,
                                        (const char *const *) codes,
                                        &error);
  if (references == NULL)
    return ctl_fail (error);
  for (guint i = 0; i < references->len; i++) {
    if (ctl->json)
      json_array_add_string_element (array, g_ptr_array_index (references, i));
    else
      ctl_print ("%s\n", (const char *) g_ptr_array_index (references, i));
  }
  if (ctl->json)
    ctl_print_json_array (json_array_ref (array));
  return CTL_DONE;
}

static CtlExit
print_counts (Ctl *ctl, WbRegister *reg, const WbFigureScope *scope, const Options *options)
{
  g_auto (GStrv) by = g_strsplit (options->by, ",", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = NULL;
  WbFigurePer per = WB_FIGURES_WHOLE;

  if (g_strv_length (by) > 2)
    return ctl_usage (_ ("Count by two codes at most."));
  if (options->per != NULL && !wb_figure_per_parse (options->per, &per, &error))
    return ctl_usage ("%s", error->message);
  report = wb_register_count_figures (reg, scope, (const char *const *) by, per, &error);
  if (report == NULL)
    return ctl_fail (error);
  print_report (ctl, reg, report, options);
  return CTL_DONE;
}

static CtlExit
print_year (Ctl *ctl, WbRegister *reg, const WbFigureScope *scope, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) frozen = NULL;
  g_autoptr (JsonObject) report = NULL;

  if (options->year != 0 && !options->live && options->as_of == NULL && options->least == 0) {
    frozen = wb_register_get_frozen_year (reg, options->year, options->is_public, &error);
    if (error != NULL)
      return ctl_fail (error);
    if (frozen != NULL) {
      print_frozen (ctl, reg, frozen, options);
      return CTL_DONE;
    }
  }
  report = wb_register_report_figures (reg, scope, &error);
  if (report == NULL)
    return ctl_fail (error);
  print_report (ctl, reg, report, options);
  return CTL_DONE;
}

static CtlExit
freeze (Ctl *ctl, WbRegister *reg, int year)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_register_freeze_year (reg, year, &error);
  const char *digest;

  if (record == NULL)
    return ctl_fail (error);
  digest = json_object_get_string_member_with_default (record->fields, "sha256", "");
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    json_object_set_int_member (object, "year", year);
    ctl_set_text (object, "record", record->reference);
    ctl_set_text (object, "sha256", digest);
    json_object_set_int_member (
        object,
        "size",
        json_object_get_int_member_with_default (record->fields, "log_size", 0));
    ctl_print_json_object (object);
  } else {
    ctl_print (_ ("%d is frozen as %s, SHA-256 %s.\n"), year, record->reference, digest);
  }
  return CTL_DONE;
}

static CtlExit
print_dimensions (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  const WbFigureModel *figures = wb_figure_model_get_default (&error);
  GPtrArray *dimensions;
  JsonArray *array;

  if (figures == NULL)
    return ctl_fail (error);
  dimensions = wb_figure_model_get_dimensions (figures);
  array = json_array_new ();
  for (guint i = 0; i < dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (dimensions, i);

    if (ctl->json)
      json_array_add_string_element (array, dimension->name);
    else if (dimension->kind != WB_DIMENSION_SPAN)
      ctl_print ("%s\n", dimension->name);
  }
  if (ctl->json)
    ctl_print_json_array (json_array_ref (array));
  json_array_unref (array);
  return CTL_DONE;
}

static CtlExit
run_with (Ctl *ctl, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = ctl_open (ctl, ctl->arguments[0], &error);
  WbFigureScope scope;

  if (reg == NULL)
    return ctl_fail (error);
  if (options->freeze != 0)
    return freeze (ctl, reg, options->freeze);
  if (!read_scope (reg, options, &scope, &error))
    return ctl_fail (error);
  if (options->behind != NULL)
    return print_behind (ctl, reg, &scope, options);
  return options->by != NULL ? print_counts (ctl, reg, &scope, options)
                             : print_year (ctl, reg, &scope, options);
}

static CtlExit
check (const Options *options)
{
  if (options->spreadsheet && !options->csv)
    return ctl_usage (_ ("--spreadsheet goes with --csv."));
  if (options->behind != NULL && options->by == NULL)
    return ctl_usage (_ ("--behind needs --by: of which table?"));
  if (options->per != NULL && options->by == NULL)
    return ctl_usage (_ ("--per needs --by: of which table?"));
  if (options->year != 0 && (options->from != NULL || options->to != NULL))
    return ctl_usage (_ ("Give --year, or --from and --to, but not both."));
  if (options->least < 0 || options->least > LEAST_MAX)
    return ctl_usage (_ ("--least must be from 1 to 1000."));
  if ((options->year != 0 && (options->year < 1900 || options->year > 2200)) ||
      (options->freeze != 0 && (options->freeze < 1900 || options->freeze > 2200)))
    return ctl_usage (_ ("A year has four digits, from 1900 to 2200."));
  return CTL_DONE;
}

/* long: table of options */
static CtlExit
run_stats (Ctl *ctl, int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, _ ("first day of the period"), _ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, _ ("last day of the period"), _ ("DATE") },
    { "year",
      0,
      0,
      G_OPTION_ARG_INT,
      &options.year,
      _ ("a calendar year; as it was frozen, where it was"),
      _ ("YEAR") },
    { "live", 0, 0, G_OPTION_ARG_NONE, &options.live, _ ("count a frozen year anew"), NULL },
    { "as-of",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.as_of,
      _ ("as the register stood at the end of that day"),
      _ ("DATE") },
    { "by",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.by,
      _ ("one or two of what --dimensions lists, with a comma"),
      _ ("NAME[,NAME]") },
    { "per",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.per,
      _ ("a column, or a table, a year, quarter or month"),
      _ ("PERIOD") },
    { "behind",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.behind,
      _ ("list the records behind a cell, a median or an unseen site; - for what is not filled in"),
      _ ("CODE[,CODE]") },
    { "public",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.is_public,
      _ ("hide small counts and what would give them away"),
      NULL },
    { "least",
      0,
      0,
      G_OPTION_ARG_INT,
      &options.least,
      _ ("with --public: the smallest count that is shown (5)"),
      "N" },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, _ ("print CSV (RFC 4180)"), NULL },
    { "spreadsheet",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.spreadsheet,
      _ ("with --csv: as a spreadsheet opens it, and no cell can be a formula"),
      NULL },
    { "freeze",
      0,
      0,
      G_OPTION_ARG_INT,
      &options.freeze,
      _ ("keep the figures of a year that is over, for ever"),
      _ ("YEAR") },
    { "dimensions",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.dimensions,
      _ ("list what can be counted by; needs no register"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  CtlExit exit_;

  if (ctl_parse (ctl, N_ ("stats REG"), entries, 0, 1, argc, argv, &exit_)) {
    if (options.dimensions)
      exit_ = print_dimensions (ctl);
    else if (ctl->n_arguments != 1)
      exit_ = ctl_usage (_ ("Usage: waarborgctl %s"), _ ("stats REG"));
    else
      exit_ = check (&options);
    if (exit_ == CTL_DONE && !options.dimensions)
      exit_ = run_with (ctl, &options);
  }
  options_clear (&options);
  return exit_;
}

const CtlCommand CTL_STATS = { "stats",
                               "REG",
                               N_ ("counts, durations, and what was not looked at"),
                               run_stats };
