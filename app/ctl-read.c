/* SPDX-License-Identifier: EUPL-1.2 */

/* show, search, log: what reads a register. */
#include "ctl.h"

#include <stdio.h>

#include "wb-stagnation.h"

#define LIST_MAX 100000 /* rows that one listing prints */
#define LABEL_WIDTH 38  /* places; the longest labels stand out */

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

/* Of a referral whether it stands still, whoever noticed. */
static void
set_stagnant (WbRegister *reg, const WbRecord *record, JsonObject *object)
{
  g_autoptr (GPtrArray) found = NULL;

  if (!g_str_equal (record->type, "referral"))
    return;
  found = wb_register_list_stagnant (reg, record->reference, wb_clock_now (), NULL);
  if (found != NULL)
    json_object_set_boolean_member (object, "stagnant", found->len > 0);
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
  set_stagnant (reg, record, object);
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
