/* SPDX-License-Identifier: EUPL-1.2 */

/* sample: a random sample that anybody can draw again. */
#include "ctl.h"

#include <stdio.h>

/* Lines of a signed checkpoint. */
enum { NOTE_ORIGIN, NOTE_SIZE, NOTE_ROOT, NOTE_LINES };

static CtlExit
report_seed (Ctl *ctl, WbRegister *reg, const WbRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = wb_register_checkpoint (reg, &error);
  g_auto (GStrv) lines = note != NULL ? g_strsplit (note, "\n", NOTE_LINES + 1) : NULL;

  if (lines == NULL || g_strv_length (lines) <= NOTE_ROOT)
    return ctl_fail (error);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "reference", record->reference);
    ctl_set_text (object, "id", record->id);
    json_object_set_int_member (object, "entries", g_ascii_strtoll (lines[NOTE_SIZE], NULL, 10));
    ctl_set_text (object, "root", lines[NOTE_ROOT]);
    ctl_set_text (object, "checkpoint", note);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  ctl_print (_ ("%s: the seed is in the log. Write this down, and ask for the list only then:\n"),
             record->reference);
  ctl_print (_ ("  entries  %s\n  root     %s\n"), lines[NOTE_SIZE], lines[NOTE_ROOT]);
  return CTL_DONE;
}

static CtlExit
make_sample (Ctl *ctl, WbRegister *reg, const char *what, int population, int size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_register_new_sample (reg,
                                                        ctl->arguments[1],
                                                        what,
                                                        (guint) population,
                                                        (guint) size,
                                                        &error);

  return record != NULL ? report_seed (ctl, reg, record) : ctl_fail (error);
}

static JsonArray *
drawn_to_json (const WbSample *sample)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < sample->numbers->len; i++) {
    JsonObject *object = json_object_new ();

    json_object_set_int_member (object, "number", g_array_index (sample->numbers, guint, i));
    ctl_set_text (object, "line", sample->lines != NULL ? sample->lines[i] : NULL);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
print_drawn (const WbSample *sample)
{
  for (guint i = 0; i < sample->numbers->len; i++)
    ctl_print ("%7u  %s\n",
               g_array_index (sample->numbers, guint, i),
               sample->lines != NULL ? sample->lines[i] : "");
  ctl_print (_ ("Seed                 %s\nSHA-256 of the list  %s\n"),
             sample->seed,
             sample->list_hash);
  puts (sample->as_logged ? _ ("These are the numbers in the log.")
                          : _ ("This is not what the log says."));
}

static CtlExit
report_draw (Ctl *ctl, const WbSample *sample)
{
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "reference", sample->reference);
    ctl_set_text (object, "seed", sample->seed);
    ctl_set_text (object, "list_hash", sample->list_hash);
    json_object_set_boolean_member (object, "as_logged", sample->as_logged);
    json_object_set_array_member (object, "drawn", drawn_to_json (sample));
    ctl_print_json_object (object);
  } else {
    print_drawn (sample);
  }
  return sample->as_logged ? CTL_DONE : CTL_VERIFY;
}

static CtlExit
draw_sample (Ctl *ctl, WbRegister *reg, const char *path, gboolean check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) list = path != NULL ? ctl_read_file (path, WB_SAMPLE_LIST_MAX, &error) : NULL;
  g_autoptr (WbSample) sample = NULL;

  if (path != NULL && list == NULL)
    return ctl_fail (error);
  sample = check ? wb_register_check_sample (reg, ctl->arguments[1], list, &error)
                 : wb_register_draw_sample (reg, ctl->arguments[1], list, &error);
  return sample != NULL ? report_draw (ctl, sample) : ctl_fail (error);
}

static CtlExit
run_sample (Ctl *ctl, int argc, char **argv)
{
  int population = 0;
  int size = 0;
  gboolean check = FALSE;
  g_autofree char *what = NULL;
  g_autofree char *list = NULL;
  const GOptionEntry entries[] = {
    { "population",
      0,
      0,
      G_OPTION_ARG_INT,
      &population,
      _ ("a new sample: how many items the list will have"),
      _ ("NUMBER") },
    { "size", 0, 0, G_OPTION_ARG_INT, &size, _ ("a new sample: how many to draw"), _ ("NUMBER") },
    { "what",
      0,
      0,
      G_OPTION_ARG_STRING,
      &what,
      _ ("a new sample: what the list is of, without names"),
      _ ("TEXT") },
    { "list",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &list,
      _ ("draw from this list, one item a line"),
      _ ("FILE") },
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, _ ("draw again and compare with the log"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("sample REG REF"), entries, 2, 2, argc, argv, &code))
    return code;
  if (list != NULL || check) {
    if (population != 0 || size != 0 || what != NULL)
      return ctl_usage (_ ("--list and --check go with a sample that was made before."));
  } else if (population < 1 || size < 1) {
    return ctl_usage (_ ("Give --population and --size for a new sample, or --list or --check."));
  }
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL)
    return ctl_fail (error);
  return list != NULL || check ? draw_sample (ctl, reg, list, check)
                               : make_sample (ctl, reg, what, population, size);
}

const CtlCommand CTL_SAMPLE = { "sample",
                                "REG REF",
                                N_ ("draws a random sample that can be checked"),
                                run_sample };
