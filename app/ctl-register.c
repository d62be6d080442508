/* SPDX-License-Identifier: EUPL-1.2 */

/* create, user, record, change, attach, rebuild: what makes and changes a register. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

/* Whoever was refused for want of the declaration is told how to make it. */
static CtlExit
fail_declared (GError *error, gboolean independent)
{
  CtlExit exit_ = ctl_fail (error);

  if (!independent)
    fprintf (stderr, "%s\n", _ ("With --independent you declare it, and it is recorded."));
  return exit_;
}

static void
print_created (Ctl *ctl, const WbRegister *reg, gboolean recoverable)
{
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "path", ctl->arguments[0]);
    ctl_set_text (object, "origin", wb_register_get_origin (reg));
    ctl_set_text (object, "user", ctl->user);
    ctl_set_text (object, "fingerprint", wb_register_get_fingerprint (reg));
    ctl_print_json_object (object);
    return;
  }
  printf (_ ("The register %s was made. Its log is %s.\n"),
          ctl->arguments[0],
          wb_register_get_origin (reg));
  printf (_ ("The key of %s is %s: write it down on paper.\n"),
          ctl->user,
          wb_register_get_fingerprint (reg));
  if (!recoverable)
    puts (_ ("Without a recovery recipient nothing can be read any more once every passphrase is "
             "lost."));
}

static CtlExit
run_create (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *body = NULL;
  g_autofree char *code = NULL;
  g_autofree char *profile = NULL;
  g_auto (GStrv) recovery = NULL;
  gboolean independent = FALSE;
  const GOptionEntry entries[] = {
    { "body", 0, 0, G_OPTION_ARG_STRING, &body, _ ("name of the body"), _ ("NAME") },
    { "code",
      0,
      0,
      G_OPTION_ARG_STRING,
      &code,
      _ ("code of the body, such as NL-INSP"),
      _ ("CODE") },
    { "profile",
      0,
      0,
      G_OPTION_ARG_STRING,
      &profile,
      _ ("inspectorate, human-rights-institution or ombudsperson"),
      _ ("PROFILE") },
    { "recovery",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &recovery,
      _ ("age recipient of the offline recovery key (may be given more than once)"),
      "age1…" },
    { "independent",
      0,
      0,
      G_OPTION_ARG_NONE,
      &independent,
      _ ("declare that you do not work for an authority that is monitored"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  WbRegisterSetup setup = { 0 };
  CtlExit code_;

  if (!ctl_parse (ctl,
                  N_ ("create REG --body NAME --code CODE --user NAME --independent"),
                  entries,
                  1,
                  1,
                  argc,
                  argv,
                  &code_))
    return code_;
  if (body == NULL || code == NULL || ctl->user == NULL)
    return ctl_usage (_ ("create needs --body, --code and --user."));
  passphrase = independent
                   ? ctl_read_passphrase (ctl->passphrase_file, _ ("New passphrase:"), TRUE, &error)
                   : NULL;
  if (independent && passphrase == NULL)
    return ctl_fail (error);
  setup.body = body;
  setup.code = code;
  setup.profile = profile;
  setup.user = ctl->user;
  setup.passphrase = passphrase;
  setup.recovery = (const char *const *) recovery;
  setup.independent = independent;
  reg = wb_register_create (ctl->arguments[0], &setup, &error);
  if (reg == NULL)
    return fail_declared (error, independent);
  print_created (ctl, reg, recovery != NULL);
  return CTL_DONE;
}

const CtlCommand CTL_CREATE = { "create", "REG", N_ ("makes a register"), run_create };

static void
print_user (WbRegister *reg, gconstpointer data)
{
  const WbUser *user = data;
  g_autofree char *added = wb_instant_format_seconds (user->added);

  ctl_print ("%-16s %s  %s\n", user->name, user->fingerprint, added);
}

static JsonObject *
user_to_json (WbRegister *reg, gconstpointer data)
{
  const WbUser *user = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "name", user->name);
  ctl_set_text (object, "fingerprint", user->fingerprint);
  ctl_set_text (object, "public_key", user->public_key);
  ctl_set_text (object, "recipient", user->recipient);
  ctl_set_instant (object, "added", user->added);
  return object;
}

static CtlExit
list_users (Ctl *ctl, WbRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = wb_register_list_users (reg, &error);

  if (users == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, users, user_to_json, print_user, NULL);
  return CTL_DONE;
}

static CtlExit
change_passphrase (Ctl *ctl, const char *path, const char *fresh_file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = ctl_find_user (ctl, path, &error);
  g_autoptr (WbSecret) current = NULL;
  g_autoptr (WbSecret) fresh = NULL;
  g_autoptr (WbRegister) reg = NULL;

  if (user == NULL)
    return ctl_fail (error);
  current = ctl_read_passphrase (ctl->passphrase_file, _ ("Passphrase now:"), FALSE, &error);
  if (current == NULL)
    return ctl_fail (error);
  reg = wb_register_open (path, user, current, &error);
  if (reg == NULL)
    return ctl_fail (error);
  fresh = ctl_read_passphrase (fresh_file, _ ("New passphrase:"), TRUE, &error);
  if (fresh == NULL || !wb_register_change_passphrase (reg, current, fresh, &error))
    return ctl_fail (error);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "user", user);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  printf (
      _ ("The passphrase of %s was changed. Backups made before still open with the old one.\n"),
      user);
  return CTL_DONE;
}

static CtlExit
print_added_user (WbRegister *reg, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = wb_register_list_users (reg, &error);

  for (guint i = 0; users != NULL && i < users->len; i++) {
    const WbUser *user = g_ptr_array_index (users, i);

    if (g_str_equal (user->name, name))
      ctl_print_json_object (user_to_json (reg, user));
  }
  return users != NULL ? CTL_DONE : ctl_fail (error);
}

static CtlExit
add_user (Ctl *ctl, WbRegister *reg, const char *name, const char *fresh_file, gboolean independent)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prompt = g_strdup_printf (_ ("New passphrase of %s:"), name);
  g_autoptr (WbSecret) fresh =
      independent ? ctl_read_passphrase (fresh_file, prompt, TRUE, &error) : NULL;

  if (independent && fresh == NULL)
    return ctl_fail (error);
  if (!wb_register_add_colleague (reg, name, fresh, independent, &error))
    return fail_declared (error, independent);
  if (ctl->json)
    return print_added_user (reg, name);
  printf (_ ("%s can open the register now.\n"), name);
  return CTL_DONE;
}

static CtlExit
run_user (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *fresh_file = NULL;
  gboolean independent = FALSE;
  const GOptionEntry entries[] = {
    { "independent",
      0,
      0,
      G_OPTION_ARG_NONE,
      &independent,
      _ ("declare that the new user does not work for an authority that is monitored"),
      NULL },
    { "new-passphrase-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &fresh_file,
      _ ("read the new passphrase from the first line of a file"),
      _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  const char *action;
  CtlExit exit_;

  if (!ctl_parse (ctl,
                  N_ ("user add|list|passphrase REG [NAME]"),
                  entries,
                  2,
                  3,
                  argc,
                  argv,
                  &exit_))
    return exit_;
  action = ctl->arguments[0];
  if (g_str_equal (action, "passphrase"))
    return change_passphrase (ctl, ctl->arguments[1], fresh_file);
  if (!g_str_equal (action, "list") && !(g_str_equal (action, "add") && ctl->n_arguments == 3))
    return ctl_usage (_ ("Usage: waarborgctl %s"),
                      _ ("user add REG NAME | user list REG | user passphrase REG"));
  reg = ctl_open (ctl, ctl->arguments[1], &error);
  if (reg == NULL)
    return ctl_fail (error);
  return g_str_equal (action, "list")
             ? list_users (ctl, reg)
             : add_user (ctl, reg, ctl->arguments[2], fresh_file, independent);
}

const CtlCommand CTL_USER = { "user",
                              "add|list|passphrase REG",
                              N_ ("adds and lists users, changes a passphrase"),
                              run_user };

/* Names and sealed values of every item are for these users, where it does not say so itself. */
static void
seal_items (WbRegister *reg, GPtrArray *items, const char *sealed_for)
{
  g_auto (GStrv) users = ctl_split_users (sealed_for);

  for (guint i = 0; i < items->len; i++) {
    const WbRecordItem *item = g_ptr_array_index (items, i);
    g_autoptr (WbRecord) record =
        item->change != NULL ? wb_register_read (reg, item->change, FALSE, NULL, NULL) : NULL;
    const char *name = record != NULL ? record->type : item->type;
    const WbRecordType *type =
        name != NULL ? wb_model_find_type (wb_register_get_model (reg), name) : NULL;

    if (type != NULL)
      wb_sealed_wrap (type, item->fields, (const char *const *) users);
  }
}

static GPtrArray *
record_file (WbRegister *reg, const char *path, const char *sealed_for, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) bytes = ctl_read_file (path, WB_RECORD_FILE_MAX, error);
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *records = NULL;

  if (bytes == NULL)
    return NULL;
  items = wb_record_file_parse (bytes, error);
  if (items != NULL && sealed_for != NULL)
    seal_items (reg, items, sealed_for);
  if (items != NULL)
    records = wb_register_record_items (reg, items, folder, error);
  if (records == NULL)
    g_prefix_error (error, "%s: ", path);
  return records;
}

static JsonObject *
record_to_json (const WbRecord *record)
{
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "reference", record->reference);
  ctl_set_text (object, "id", record->id);
  ctl_set_text (object, "type", record->type);
  return object;
}

/* Names in free texts: told beside the answer, and never in the way of it. */
static JsonArray *
warn_of_names (WbRegister *reg, const WbRecord *record, JsonObject *only)
{
  g_autoptr (GPtrArray) hints = wb_register_list_name_hints (reg, record, only, NULL);
  JsonArray *warnings = json_array_new ();

  for (guint i = 0; hints != NULL && i < hints->len; i++) {
    const WbNameHint *hint = g_ptr_array_index (hints, i);
    g_autofree char *text = wb_name_hint_to_text (hint, wb_register_get_model (reg), record);
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "field", hint->field);
    ctl_set_text (object, "kind", hint->person != NULL ? "known-name" : "name-like");
    ctl_set_text (object, "person", hint->person);
    json_object_set_int_member (object, "count", hint->count);
    json_array_add_object_element (warnings, object);
    g_printerr ("waarborgctl: %s\n", text);
  }
  return warnings;
}

static JsonObject *
warned_to_json (WbRegister *reg, const WbRecord *record, JsonObject *only)
{
  JsonObject *object = record_to_json (record);

  json_object_set_array_member (object, "warnings", warn_of_names (reg, record, only));
  return object;
}

static void
report (Ctl *ctl, WbRegister *reg, GPtrArray *records, JsonArray *array)
{
  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    JsonObject *object = warned_to_json (reg, record, NULL);

    if (ctl->json)
      json_array_add_object_element (array, json_object_ref (object));
    else
      ctl_print ("%s\n", record->reference);
    json_object_unref (object);
  }
}

static CtlExit
run_record (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *sealed_for = NULL;
  const GOptionEntry entries[] = {
    { "sealed-for",
      0,
      0,
      G_OPTION_ARG_STRING,
      &sealed_for,
      _ ("seals names and sealed values for these users, with commas"),
      _ ("NAMES") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("record REG FILE.json…"), entries, 2, CTL_MANY, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  for (guint i = 1; reg != NULL && i < ctl->n_arguments; i++) {
    g_autoptr (GPtrArray) records = record_file (reg, ctl->arguments[i], sealed_for, &error);

    if (records == NULL)
      break;
    report (ctl, reg, records, array);
  }
  if (ctl->json && (error == NULL || json_array_get_length (array) > 0))
    ctl_print_json_array (json_array_ref (array));
  return error != NULL ? ctl_fail (error) : CTL_DONE;
}

const CtlCommand CTL_RECORD = { "record",
                                "REG FILE.json…",
                                N_ ("records what JSON files hold; each file is all or nothing"),
                                run_record };

static JsonNode *
split_codes (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    json_array_add_string_element (array, g_strstrip (parts[i]));
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
parse_boolean (const char *text)
{
  static const char *const YES[] = { "true", "yes", "ja", "1", NULL }, *const NO[] = { "false",
                                                                                       "no",
                                                                                       "nee",
                                                                                       "0",
                                                                                       NULL };

  if (g_strv_contains (YES, text) || g_strv_contains (NO, text))
    return json_node_init_boolean (json_node_alloc (), g_strv_contains (YES, text));
  return json_node_init_string (json_node_alloc (), text); /* the model refuses it by name */
}

static JsonNode *
parse_integer (const char *text)
{
  gint64 value;

  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return json_node_init_int (json_node_alloc (), value);
  return json_node_init_string (json_node_alloc (), text);
}

/* What a person types after "=", as the field's type wants it. */
static JsonNode *
parse_value (const WbField *field, const char *text)
{
  if (*text == '\0')
    return json_node_init_null (json_node_alloc ());
  switch (field != NULL ? field->type : WB_FIELD_TEXT) {
  case WB_FIELD_CODES:
  case WB_FIELD_LANGUAGES:
  case WB_FIELD_RECORDS:
    return split_codes (text);
  case WB_FIELD_BOOLEAN:
    return parse_boolean (text);
  case WB_FIELD_INTEGER:
    return parse_integer (text);
  case WB_FIELD_MOMENT:
  case WB_FIELD_TERMS:
    if (*text == '{') {
      JsonNode *node = json_from_string (text, NULL);

      if (node != NULL)
        return node;
    }
    return json_node_init_string (json_node_alloc (), text);
  case WB_FIELD_TEXT:
  case WB_FIELD_LONGTEXT:
  case WB_FIELD_CODE:
  case WB_FIELD_DATE:
  case WB_FIELD_RECORD:
  case WB_FIELD_LANGUAGE:
  case WB_FIELD_COUNTRY:
  default:
    return json_node_init_string (json_node_alloc (), text);
  }
}

static JsonObject *
parse_fields (WbRegister *reg,
              const char *reference,
              char **pairs,
              const char *sealed_for,
              GError **error)
{
  g_auto (GStrv) users = sealed_for != NULL ? ctl_split_users (sealed_for) : NULL;
  g_autoptr (WbRecord) record = wb_register_read (reg, reference, FALSE, NULL, error);
  g_autoptr (JsonObject) fields = json_object_new ();
  const WbRecordType *type;

  if (record == NULL)
    return NULL;
  type = wb_model_find_type (wb_register_get_model (reg), record->type);
  for (guint i = 0; pairs[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);
    g_autoptr (GError) problem = NULL;

    if (!wb_text_check (pairs[i], strlen (pairs[i]), error))
      return NULL;
    if (pair[0] == NULL || pair[1] == NULL || *pair[0] == '\0') {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_INVALID,
                   _ ("Write “%.60s” as FIELD=VALUE."),
                   pairs[i]);
      return NULL;
    }
    json_object_set_member (fields,
                            pair[0],
                            parse_value (wb_record_type_find_field (type, pair[0]), pair[1]));
  }
  if (users != NULL)
    wb_sealed_wrap (type, fields, (const char *const *) users);
  return g_steal_pointer (&fields);
}

static CtlExit
run_change (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  g_autofree char *sealed_for = NULL;
  const GOptionEntry entries[] = {
    { "sealed-for",
      0,
      0,
      G_OPTION_ARG_STRING,
      &sealed_for,
      _ ("seals names and sealed values for these users, with commas"),
      _ ("NAMES") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why; kept in the log"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl,
                  N_ ("change REG RECORD FIELD=VALUE…"),
                  entries,
                  3,
                  CTL_MANY,
                  argc,
                  argv,
                  &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    fields = parse_fields (reg, ctl->arguments[1], ctl->arguments + 2, sealed_for, &error);
  if (fields != NULL)
    record = wb_register_change (reg, ctl->arguments[1], fields, reason, &error);
  if (record == NULL)
    return ctl_fail (error);
  answer = warned_to_json (reg, record, fields);
  if (ctl->json)
    ctl_print_json_object (g_steal_pointer (&answer));
  else
    ctl_print ("%s\n", record->reference);
  return CTL_DONE;
}

const CtlCommand CTL_CHANGE = { "change",
                                "REG RECORD FIELD=VALUE…",
                                N_ ("changes fields; the earlier values stay in the log"),
                                run_change };

static WbRecord *
attach_file (WbRegister *reg,
             const char *reference,
             const char *path,
             JsonObject *fields,
             GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GInputStream) stream = ctl_open_file (path, error);

  if (stream == NULL)
    return NULL;
  return wb_register_attach (reg, reference, name, stream, 0, fields, NULL, NULL, NULL, error);
}

static CtlExit
run_attach (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *kind = NULL;
  g_autofree char *title = NULL;
  const GOptionEntry entries[] = {
    { "kind",
      0,
      0,
      G_OPTION_ARG_STRING,
      &kind,
      _ ("what it is: doc.photo, doc.medical …"),
      _ ("CODE") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, _ ("a title without names"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("attach REG REF FILE…"), entries, 3, CTL_MANY, argc, argv, &exit_))
    return exit_;
  if (kind != NULL)
    json_object_set_string_member (fields, "kind", kind);
  if (title != NULL)
    json_object_set_string_member (fields, "title", title);
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  for (guint i = 2; reg != NULL && i < ctl->n_arguments; i++) {
    g_autoptr (WbRecord) record =
        attach_file (reg, ctl->arguments[1], ctl->arguments[i], fields, &error);

    if (record == NULL)
      break;
    if (ctl->json) {
      JsonObject *object = record_to_json (record);
      ctl_set_text (object,
                    "sha256",
                    json_object_get_string_member_with_default (record->fields, "sha256", NULL));
      json_array_add_object_element (array, object);
    } else {
      ctl_print ("%s  %s\n",
                 record->reference,
                 json_object_get_string_member_with_default (record->fields, "sha256", ""));
    }
  }
  if (ctl->json && json_array_get_length (array) > 0)
    ctl_print_json_array (json_array_ref (array));
  return error != NULL ? ctl_fail (error) : CTL_DONE;
}

const CtlCommand CTL_ATTACH = { "attach",
                                "REG REF FILE…",
                                N_ ("takes files into the register"),
                                run_attach };

static CtlExit
report_rebuild (Ctl *ctl, WbRegister *reg, GPtrArray *aside)
{
  JsonObject *object;
  JsonArray *array;

  if (!ctl->json) {
    for (guint i = 0; i < aside->len; i++)
      ctl_print ("%s\n", (const char *) g_ptr_array_index (aside, i));
    printf (ngettext_ ("Everything shown was made anew from the %llu entry of the log.\n",
                       "Everything shown was made anew from the %llu entries of the log.\n",
                       (gulong) wb_register_get_size (reg)),
            (unsigned long long) wb_register_get_size (reg));
    return CTL_DONE;
  }
  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < aside->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (aside, i));
  json_object_set_int_member (object, "entries", (gint64) wb_register_get_size (reg));
  json_object_set_array_member (object, "set_aside", array);
  ctl_print_json_object (object);
  return CTL_DONE;
}

static CtlExit
run_rebuild (Ctl *ctl, int argc, char **argv)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) aside = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("rebuild REG"), NULL, 1, 1, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL || !wb_register_rebuild (reg, NULL, NULL, NULL, &error))
    return ctl_fail (error);
  aside = wb_register_list_set_aside (reg, &error);
  return aside != NULL ? report_rebuild (ctl, reg, aside) : ctl_fail (error);
}

const CtlCommand CTL_REBUILD = { "rebuild",
                                 "REG",
                                 N_ ("makes lists, search and deadlines anew from the log"),
                                 run_rebuild };
