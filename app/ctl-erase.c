/* SPDX-License-Identifier: EUPL-1.2 */

/* retention, erase, recipients: how long cases are kept, how data goes, and who has copies. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

static void
print_blocks (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++) {
    const WbErasureBlock *block = g_ptr_array_index (blocks, i);

    ctl_print ("    %s (%s%s%s)\n",
               block->sentence,
               block->rule,
               block->basis != NULL ? ", " : "",
               block->basis != NULL ? block->basis : "");
  }
}

static JsonArray *
blocks_to_json (GPtrArray *blocks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < blocks->len; i++) {
    const WbErasureBlock *block = g_ptr_array_index (blocks, i);
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "rule", block->rule);
    ctl_set_text (object, "basis", block->basis);
    ctl_set_text (object, "sentence", block->sentence);
    json_array_add_object_element (array, object);
  }
  return array;
}

static const char *
state_words (WbRetentionState state)
{
  switch (state) {
  case WB_RETENTION_REVIEW:
    return _ ("due for review");
  case WB_RETENTION_DUE:
    return _ ("due for destruction");
  case WB_RETENTION_BLOCKED:
    return _ ("expired, but stopped");
  case WB_RETENTION_KEPT:
    return _ ("to be kept");
  case WB_RETENTION_UNKNOWN:
    return _ ("no period known");
  case WB_RETENTION_RUNNING:
  default:
    return _ ("running");
  }
}

static void
print_retention (WbRegister *reg, gconstpointer data)
{
  const WbRetention *retention = data;
  g_autofree char *state = ctl_pad (state_words (retention->state), 22);

  ctl_print ("%s  %-20s %s %s%s%s\n",
             retention->due != NULL ? retention->due : "          ",
             retention->reference,
             state,
             ctl_label (reg, retention->category),
             retention->basis != NULL ? " · " : "",
             retention->basis != NULL ? retention->basis : "");
  print_blocks (retention->blocks);
}

static JsonObject *
retention_to_json (WbRegister *reg, gconstpointer data)
{
  const WbRetention *retention = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "case", retention->reference);
  ctl_set_text (object, "status", retention->status);
  ctl_set_text (object, "category", retention->category);
  ctl_set_text (object, "item", retention->item);
  ctl_set_text (object, "basis", retention->basis);
  ctl_set_text (object, "event", retention->event);
  ctl_set_text (object, "start", retention->start);
  ctl_set_text (object, "due", retention->due);
  ctl_set_text (object, "reviewed", retention->reviewed);
  ctl_set_text (object, "state", wb_retention_state_to_text (retention->state));
  json_object_set_array_member (object, "blocks", blocks_to_json (retention->blocks));
  return object;
}

static CtlExit
run_retention (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *as_of_text = NULL;
  gboolean all = FALSE;
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
      _ ("also cases whose period runs or that are kept"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  WbInstant as_of;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("retention REG"), entries, 1, 1, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL && ctl_parse_as_of (reg, as_of_text, &as_of, &error))
    list = wb_register_list_retention (reg, as_of, all, &error);
  if (list == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  list,
                  retention_to_json,
                  print_retention,
                  _ ("No closed case is due for review or destruction."));
  return CTL_DONE;
}

const CtlCommand CTL_RETENTION = { "retention",
                                   "REG",
                                   N_ ("lists cases due for review or destruction"),
                                   run_retention };

static const char *
copy_words (const char *kind)
{
  if (g_str_equal (kind, "bundle"))
    return _ ("bundle");
  if (g_str_equal (kind, "backup"))
    return _ ("backup");
  if (g_str_equal (kind, "list"))
    return _ ("list of cases");
  return g_str_equal (kind, "letter") ? _ ("letter") : _ ("referral");
}

static void
print_copy (WbRegister *reg, gconstpointer data)
{
  const WbCopy *copy = data;
  g_autofree char *time = wb_instant_format_seconds (copy->time);
  g_autofree char *kind = ctl_pad (copy_words (copy->kind), 10);

  ctl_print ("  %s  %s %s  %s%s%s%s%s\n",
             time,
             kind,
             ctl_label (reg, copy->what),
             ctl_label (reg, copy->recipient),
             copy->name != NULL ? ", " : "",
             copy->name != NULL ? copy->name : "",
             copy->reference != NULL ? "  " : "",
             copy->reference != NULL ? copy->reference : "");
}

static JsonObject *
copy_to_json (WbRegister *reg, gconstpointer data)
{
  const WbCopy *copy = data;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "entry", (gint64) copy->number);
  ctl_set_instant (object, "time", copy->time);
  ctl_set_text (object, "kind", copy->kind);
  ctl_set_text (object, "recipient", copy->recipient);
  ctl_set_text (object, "name", copy->name);
  ctl_set_text (object, "what", copy->what);
  ctl_set_text (object, "record", copy->reference);
  return object;
}

static CtlExit
run_recipients (Ctl *ctl, int argc, char **argv)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("recipients REG REF"), NULL, 2, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    copies = wb_register_list_recipients (reg, ctl->arguments[1], &error);
  if (copies == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  copies,
                  copy_to_json,
                  print_copy,
                  _ ("By the log nobody was given data of it."));
  return CTL_DONE;
}

const CtlCommand CTL_RECIPIENTS = { "recipients",
                                    "REG REF",
                                    N_ ("lists who was given data of a case or person"),
                                    run_recipients };

static void
print_erasure (WbRegister *reg, const WbErasure *erasure)
{
  ctl_print (_ ("%s was erased. Values: %llu, in entries: %llu; files: %llu; drafts: %llu. The act "
                "is entry %llu.\n"),
             erasure->reference,
             (unsigned long long) erasure->n_lines,
             (unsigned long long) erasure->n_entries,
             (unsigned long long) erasure->n_files,
             (unsigned long long) erasure->n_drafts,
             (unsigned long long) erasure->first_entry);
  if (erasure->certificate != NULL)
    ctl_print (_ ("The declaration of destruction is %s.\n"), erasure->certificate);
  if (!erasure->scrubbed)
    puts (_ ("The file could not be cleaned yet (the disk may be full): open the register again."));
  if (erasure->copies->len > 0)
    puts (_ ("Copies that this does not reach, by the log:"));
  for (guint i = 0; i < erasure->copies->len; i++)
    print_copy (reg, g_ptr_array_index (erasure->copies, i));
  if (erasure->mentions->len > 0)
    puts (_ ("Records that point at it or may still name it; look at each:"));
  for (guint i = 0; i < erasure->mentions->len; i++)
    ctl_print ("  %s\n", (const char *) g_ptr_array_index (erasure->mentions, i));
}

static JsonObject *
erasure_to_json (WbRegister *reg, const WbErasure *erasure)
{
  JsonObject *object = json_object_new ();
  JsonArray *copies = json_array_new ();
  JsonArray *mentions = json_array_new ();

  ctl_set_text (object, "reference", erasure->reference);
  ctl_set_text (object, "certificate", erasure->certificate);
  json_object_set_int_member (object, "entry", (gint64) erasure->first_entry);
  json_object_set_int_member (object, "values", (gint64) erasure->n_lines);
  json_object_set_int_member (object, "entries", (gint64) erasure->n_entries);
  json_object_set_int_member (object, "files", (gint64) erasure->n_files);
  json_object_set_int_member (object, "drafts", (gint64) erasure->n_drafts);
  json_object_set_boolean_member (object, "cleaned", erasure->scrubbed);
  for (guint i = 0; i < erasure->copies->len; i++)
    json_array_add_object_element (copies,
                                   copy_to_json (reg, g_ptr_array_index (erasure->copies, i)));
  json_object_set_array_member (object, "copies", copies);
  for (guint i = 0; i < erasure->mentions->len; i++)
    json_array_add_string_element (mentions, g_ptr_array_index (erasure->mentions, i));
  json_object_set_array_member (object, "mentions", mentions);
  return object;
}

/* What stands in the way, without erasing anything. */
static CtlExit
check_only (Ctl *ctl, WbRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) blocks =
      wb_register_list_erasure_blocks (reg, ctl->arguments[1], wb_clock_now (), &error);

  if (blocks == NULL)
    return ctl_fail (error);
  if (ctl->json)
    ctl_print_json_array (blocks_to_json (blocks));
  else if (blocks->len == 0)
    puts (_ ("Nothing stands in the way."));
  else
    print_blocks (blocks);
  return CTL_DONE;
}

static CtlExit
run_erase (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *basis = NULL;
  g_auto (GStrv) fields = NULL;
  gboolean check = FALSE;
  const GOptionEntry entries[] = {
    { "basis",
      0,
      0,
      G_OPTION_ARG_STRING,
      &basis,
      _ ("why it may go: kept in the log, without names"),
      _ ("TEXT") },
    { "field",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &fields,
      _ ("only this field of the record (may be given more than once)"),
      _ ("NAME") },
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, _ ("only tell what stands in the way"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("erase REG REF --basis TEXT"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  if (basis == NULL && !check)
    return ctl_usage (_ ("erase needs --basis, or --check."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL && check)
    return check_only (ctl, reg);
  if (reg != NULL)
    erasure = wb_register_erase (reg,
                                 ctl->arguments[1],
                                 (const char *const *) fields,
                                 basis,
                                 NULL,
                                 NULL,
                                 &error);
  if (erasure == NULL)
    return ctl_fail (error);
  if (ctl->json)
    ctl_print_json_object (erasure_to_json (reg, erasure));
  else
    print_erasure (reg, erasure);
  return CTL_DONE;
}

const CtlCommand CTL_ERASE = { "erase",
                               "REG REF --basis TEXT",
                               N_ ("destroys a case, or erases a person or a field"),
                               run_erase };

/* As every file that is made here: nothing is overwritten. */
gboolean
ctl_write_sheet (const WbSheet *sheet, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = wb_sheet_draw (sheet, wb_language_current (), error);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  gsize written;

  if (bytes == NULL)
    return FALSE;
  stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
  return stream != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (stream),
                                    g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes),
                                    &written,
                                    NULL,
                                    error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static CtlExit
run_certificate (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, _ ("make this PDF"), _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("certificate REG REF"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    sheet = wb_register_make_certificate (reg,
                                          ctl->arguments[1],
                                          wb_language_current (),
                                          path != NULL,
                                          &error);
  if (sheet == NULL || (path != NULL && !ctl_write_sheet (sheet, path, &error)))
    return ctl_fail (error);
  text = wb_sheet_to_text (sheet);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "text", text);
    ctl_set_text (object, "file", path);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  if (path == NULL)
    ctl_print ("%s", text);
  else
    ctl_print (_ ("The declaration is in %s.\n"), path);
  return CTL_DONE;
}

const CtlCommand CTL_CERTIFICATE = { "certificate",
                                     "REG REF",
                                     N_ ("prints a declaration of destruction"),
                                     run_certificate };
