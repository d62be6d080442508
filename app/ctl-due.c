/* SPDX-License-Identifier: EUPL-1.2 */

/* due: a date from a start and a term, with the sum. Needs no register. */
#include "ctl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_LINE_MAX 4096          /* bytes of one line of a table */
#define BATCH_MAX (64 * 1024 * 1024) /* bytes of a table: a million lines */

typedef struct {
  const WbRules *rules;
  const WbCalendar *calendar;
  WbZone *zone;
} Due;

static gboolean
load (Due *due, const char *zone, GError **error)
{
  due->rules = wb_rules_get_default (error);
  due->calendar = due->rules != NULL ? wb_calendar_get_default (error) : NULL;
  due->zone = due->calendar != NULL ? wb_zone_new (zone, error) : NULL;
  return due->zone != NULL;
}

static WbDue *
compute (const Due *due, const char *start, const WbPeriod *period, GError **error)
{
  WbInstant instant;
  WbDate date;

  if (!wb_due_parse_start (start, due->zone, &date, &instant, error))
    return NULL;
  return wb_due_compute (due->calendar, due->zone, period, date, instant, error);
}

static gboolean
parse_length (const char *text, int *ret_length, GError **error)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, -100000, 100000, &value, NULL)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("The length “%.20s” is not a whole number."),
                 text);
    return FALSE;
  }
  *ret_length = (int) value;
  return TRUE;
}

static gboolean
parse_period (const char *length,
              const char *unit,
              const char *regime,
              gboolean detention,
              WbPeriod *ret_period,
              GError **error)
{
  WbPeriod period = { 0 };

  if (!parse_length (length, &period.length, error) || !wb_unit_parse (unit, &period.unit, error) ||
      !wb_regime_parse (regime, &period.regime, error))
    return FALSE;
  period.detention = detention;
  *ret_period = period;
  return TRUE;
}

static int
find_column (char **names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], name))
      return i;
  }
  return -1;
}

enum {
  COLUMN_ID,
  COLUMN_START,
  COLUMN_LENGTH,
  COLUMN_UNIT,
  COLUMN_REGIME,
  COLUMN_DETENTION,
  N_COLUMNS
};
static const char *const COLUMNS[N_COLUMNS] = { "id",   "start",  "length",
                                                "unit", "regime", "detention" };

/* Prints a line of the table, or adds to @array where there is one. */
static void
tell_line (JsonArray *array, const char *id, const char *due, const char *end)
{
  JsonObject *object;

  if (array == NULL) {
    ctl_print ("%s\t%s\t%s\n", id, due, end);
    return;
  }
  object = json_object_new ();
  ctl_set_text (object, "id", id);
  ctl_set_text (object, "due", due);
  ctl_set_text (object, "end_utc_exclusive", end);
  json_array_add_object_element (array, object);
}

static gboolean
batch_line (const Due *due, char **cells, const int at[N_COLUMNS], JsonArray *array, GError **error)
{
  guint n = g_strv_length (cells);
  g_autoptr (WbDue) computed = NULL;
  g_autofree char *text = NULL;
  g_autofree char *end = NULL;
  WbPeriod period;
  gboolean detention;

  for (guint i = 0; i < N_COLUMNS; i++) {
    if (at[i] >= 0 && (guint) at[i] >= n) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_INVALID,
                   _ ("The column “%s” is missing."),
                   COLUMNS[i]);
      return FALSE;
    }
  }
  detention = at[COLUMN_DETENTION] >= 0 && g_str_equal (cells[at[COLUMN_DETENTION]], "1");
  if (!parse_period (cells[at[COLUMN_LENGTH]],
                     cells[at[COLUMN_UNIT]],
                     cells[at[COLUMN_REGIME]],
                     detention,
                     &period,
                     error))
    return FALSE;
  computed = compute (due, cells[at[COLUMN_START]], &period, error);
  if (computed == NULL)
    return FALSE;
  text = wb_due_format (computed, due->zone);
  end = wb_instant_format_seconds (computed->end);
  tell_line (array, cells[at[COLUMN_ID]], text, end);
  return TRUE;
}

static gboolean
find_columns (char **names, int at[N_COLUMNS], GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++) {
    at[i] = find_column (names, COLUMNS[i]);
    if (at[i] < 0 && i != COLUMN_DETENTION) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_INVALID,
                   _ ("The first line must name the column “%s”."),
                   COLUMNS[i]);
      return FALSE;
    }
  }
  return TRUE;
}

static CtlExit
run_batch (Ctl *ctl, const Due *due, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ctl_read_file (path, BATCH_MAX, &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonArray) array = ctl->json ? json_array_new () : NULL;
  int at[N_COLUMNS];
  gsize size;

  if (bytes == NULL)
    return ctl_fail (error);
  text = g_strndup (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  if (size > BATCH_MAX)
    g_set_error (&error, WB_ERROR, WB_ERROR_TOO_LARGE, _ ("%s is too large: split it."), path);
  if (error != NULL || !wb_text_check (text, size, &error))
    return ctl_fail (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = NULL;

    g_strchomp (lines[i]);
    if (*lines[i] == '\0')
      continue;
    cells = g_strsplit (lines[i], "\t", -1);
    if (strlen (lines[i]) > BATCH_LINE_MAX ||
        !(i == 0 ? find_columns (cells, at, &error) : batch_line (due, cells, at, array, &error))) {
      if (error == NULL)
        g_set_error_literal (&error, WB_ERROR, WB_ERROR_TOO_LARGE, _ ("The line is too long."));
      g_prefix_error (&error, "%s:%u: ", path, i + 1);
      return ctl_fail (error);
    }
    if (i == 0 && array == NULL)
      puts ("id\tdue\tend_utc_exclusive");
  }
  if (array != NULL)
    ctl_print_json_array (json_array_ref (array));
  return CTL_DONE;
}

static char *
explain_due (const Due *due, const WbDue *computed, const WbRule *rule, WbLanguage language)
{
  if (rule == NULL)
    return wb_due_explain (computed, due->zone, NULL, language);
  return wb_due_explain_event (computed,
                               due->zone,
                               rule->start_event,
                               wb_rule_get_basis (rule, language),
                               language);
}

static CtlExit
print_due (Ctl *ctl, const Due *due, const WbDue *computed, const WbRule *rule, gboolean explain)
{
  g_autofree char *text = wb_due_format (computed, due->zone);
  g_autofree char *end = wb_instant_format_seconds (computed->end);

  if (ctl->json) {
    g_autofree char *nl = explain_due (due, computed, rule, WB_LANGUAGE_NL);
    g_autofree char *en = explain_due (due, computed, rule, WB_LANGUAGE_EN);
    JsonObject *object = json_object_new ();
    JsonObject *sum = json_object_new ();

    ctl_set_text (object, "due", text);
    ctl_set_text (object, "end_utc_exclusive", end);
    json_object_set_boolean_member (object, "calendar_incomplete", computed->calendar_incomplete);
    ctl_set_text (sum, "nl", nl);
    ctl_set_text (sum, "en", en);
    json_object_set_object_member (object, "sum", sum);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  printf ("%s\t%s\n", text, end);
  if (explain) {
    g_autofree char *sum = explain_due (due, computed, rule, wb_language_current ());

    ctl_print ("%s\n", sum);
  }
  return CTL_DONE;
}

static gboolean
find_rule (const Due *due,
           const char *code,
           const WbRule **ret_rule,
           WbPeriod *ret_period,
           GError **error)
{
  const WbRule *rule = wb_rules_find (due->rules, code);

  if (rule == NULL || !rule->has_period) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 rule == NULL
                     ? _ ("There is no rule “%.40s”.")
                     : _ ("The rule “%.40s” has no length in the law: enter the date by hand."),
                 code);
    return FALSE;
  }
  *ret_rule = rule;
  *ret_period = rule->period;
  return TRUE;
}

static CtlExit
run_due (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *start = NULL;
  g_autofree char *rule_code = NULL;
  g_autofree char *length = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *regime = NULL;
  g_autofree char *batch = NULL;
  g_autofree char *zone = NULL;
  gboolean detention = FALSE, explain = FALSE;
  const GOptionEntry entries[] = {
    { "start", 0, 0, G_OPTION_ARG_STRING, &start, _ ("date or time of the event"), "S" },
    { "rule",
      0,
      0,
      G_OPTION_ARG_STRING,
      &rule_code,
      _ ("a rule, such as awb.9_11_1.six"),
      _ ("CODE") },
    { "length", 0, 0, G_OPTION_ARG_STRING, &length, _ ("length of the term"), "N" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, _ ("h, d, w, m, y or wd (working days)"), "U" },
    { "regime", 0, 0, G_OPTION_ARG_STRING, &regime, _ ("eu1182, nl_atw, plain or policy"), "R" },
    { "detention",
      0,
      0,
      G_OPTION_ARG_NONE,
      &detention,
      _ ("the term is of deprivation of liberty"),
      NULL },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &zone, _ ("time zone (Europe/Amsterdam)"), _ ("ZONE") },
    { "batch",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &batch,
      _ ("a table: id start length unit regime detention"),
      _ ("FILE") },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain, _ ("show the sum"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  Due due = { 0 };
  const WbRule *rule = NULL;
  WbPeriod period = { 0 };
  g_autoptr (WbDue) computed = NULL;
  g_autoptr (WbZone) loaded = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl,
                  N_ ("due --start S (--rule CODE | --length N --unit U --regime R)"),
                  entries,
                  0,
                  0,
                  argc,
                  argv,
                  &exit_))
    return exit_;
  if (batch == NULL &&
      (start == NULL || (rule_code == NULL) == (length == NULL || unit == NULL || regime == NULL)))
    return ctl_usage (
        _ ("due needs --start and either --rule, or --length with --unit and --regime."));
  if (!load (&due, zone != NULL ? zone : "Europe/Amsterdam", &error))
    return ctl_fail (error);
  loaded = due.zone;
  if (batch != NULL)
    return run_batch (ctl, &due, batch);
  if (rule_code != NULL ? !find_rule (&due, rule_code, &rule, &period, &error)
                        : !parse_period (length, unit, regime, detention, &period, &error))
    return ctl_fail (error);
  computed = compute (&due, start, &period, &error);
  return computed != NULL ? print_due (ctl, &due, computed, rule, explain) : ctl_fail (error);
}

const CtlCommand CTL_DUE = { "due",
                             "--start S --rule CODE",
                             N_ ("computes a due date and shows the sum"),
                             run_due };
